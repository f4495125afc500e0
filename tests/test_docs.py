"""What the documents for authors say is true: every YAML block is a good lesson, and no kind or field lacks its example."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tutor import places
from tutor.check.report import check_paths
from tutor.engine.client import Engine
from tutor.errors import Problem
from tutor.lesson.fields import fields_of
from tutor.lesson.model import Exercise
from tutor.lesson.read import KINDS, examine
from tutor.lesson.source import Items, Mapping, Value, parse

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
TOP = "format: 1\nid: x\ntitle: T\nobjectives: [Go]\nsummary: Done.\nsteps:\n"

sys.path.insert(0, str(DOCS))
import reference  # noqa: E402


def blocks() -> list[Any]:
    found = []
    for file in [REPOSITORY / "README.md", *sorted(DOCS.glob("*.md"))]:
        text = file.read_text(encoding="utf-8")
        for match in re.finditer(r"^```ya?ml\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
            line = text[: match.start()].count("\n") + 2
            found.append(pytest.param(match[1], id=f"{file.name}:{line}"))
    return found


def problems(block: str, directory: Path) -> tuple[Problem, ...]:
    """What `tutor check` says of a block: of a whole lesson, or of some of its steps."""
    file = directory / "block.yaml"
    file.write_text(block if re.match(r"(#.*\n)*format:", block) else TOP + block, encoding="utf-8")

    async def check() -> tuple[Problem, ...]:
        engine = Engine.for_proofs()
        try:
            found = (await check_paths([file], engine)).problems
            return tuple(problem for problem in found if "ms to mark" not in problem.what)  # the machine may be busy
        finally:
            await engine.close()

    return asyncio.run(check())


@pytest.mark.parametrize("block", blocks())
def test_every_yaml_block_passes_the_check(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(places.course_directory() / "data", tmp_path / "data")
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path))
    assert problems(block, tmp_path) == ()


def test_there_are_blocks_and_a_bad_one_would_be_seen(tmp_path: Path) -> None:
    assert len(blocks()) > 20
    assert [problem.line for problem in problems("- read: $x^$\n", tmp_path)] == [7]


def test_the_reference_is_made_from_the_schema_as_it_is() -> None:
    assert (DOCS / "lesson-format.md").read_text(encoding="utf-8") == reference.reference(), "run docs/reference.py"


def keys_of(value: Value) -> set[str]:
    """Every key in a value."""
    if isinstance(value, Mapping):
        return {key.value for key, _ in value.entries}.union(*(keys_of(inner) for _, inner in value.entries))
    return set().union(*map(keys_of, value.items)) if isinstance(value, Items) else set()


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_of_a_kind_is_in_its_example(kind: str) -> None:
    record = KINDS[kind]
    common = set(Exercise.__struct_fields__) if issubclass(record, Exercise) else set()
    root = parse(TOP + reference.EXAMPLES[kind], "f").root
    assert root is not None
    assert set(fields_of(record)) - common <= keys_of(root)


def test_what_every_exercise_has_is_in_the_common_example_and_what_a_lesson_has_in_the_first() -> None:
    root = parse(TOP + reference.COMMON, "f").root
    assert root is not None
    assert set(fields_of(Exercise)) <= keys_of(root)
    lesson = examine(parse(reference.LESSON, "f"))
    assert isinstance(lesson.source.root, Mapping)
    assert {key.value for key, _ in lesson.source.root.entries} == set(reference.lesson_schema()["properties"])


def test_the_examples_that_name_data_have_them() -> None:
    assert (places.course_directory() / "data" / "rents.csv").is_file()
