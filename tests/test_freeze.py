"""`tutor check --deploy` touches the lines of `seeds:` and nothing else."""

from pathlib import Path

import pytest

from tutor.check.freeze import freeze
from tutor.engine.client import Engine

TOP = "format: 1\nid: x\ntitle: T\nobjectives: [Go]\nsummary: Done.\nsteps:\n"

PLACES = [
    # an exercise as written, and as it is afterwards
    (
        '  - derivative:\n      id: d\n      ask: Go\n      of: "{a}x^2"\n      by: x\n      vary: {a: [2, 3]}\n',
        '  - derivative:\n      id: d\n      ask: Go\n      of: "{a}x^2"\n      by: x\n      '
        "seeds: [1, 2]\n      vary: {a: [2, 3]}\n",
    ),
    (
        '  - derivative:\n      id: d\n      ask: Go  # why\n      of: "{a}x^2"\n      by: x\n      vary: {a: [2, 3]}\n'
        "      seeds:\n        - 7\n        - 9\n      because: So.\n",
        '  - derivative:\n      id: d\n      ask: Go  # why\n      of: "{a}x^2"\n      by: x\n      vary: {a: [2, 3]}\n'
        "      seeds: [7, 9]\n      because: So.\n",
    ),
    (
        '  - derivative: {id: d, ask: Go, of: "{a}x^2", by: x, vary: {a: [2, 3]}}\n',
        '  - derivative: {id: d, ask: Go, of: "{a}x^2", by: x, seeds: [1, 2], vary: {a: [2, 3]}}\n',
    ),
    ("  - read: It's 'x: y\n  - read: \"\n", "  - read: It's 'x: y\n  - read: \"\n"),
]


@pytest.mark.parametrize(("before", "after"), PLACES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
async def test_seeds_are_written_and_nothing_else(tmp_path: Path, before: str, after: str, ending: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes((TOP + before).replace("\n", ending).encode())
    engine = Engine(deadline=20)
    try:
        await freeze(file, 2, engine)
        assert file.read_bytes().decode() == (TOP + after).replace("\n", ending)
        again = file.stat().st_mtime_ns
        await freeze(file, 2, engine)
    finally:
        await engine.close()
    assert file.stat().st_mtime_ns == again  # nothing to write, nothing written
    assert [found.name for found in tmp_path.iterdir()] == ["x.yaml"]
