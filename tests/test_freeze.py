"""`tutor check --deploy` touches the lines of `seeds:` and nothing else."""

from pathlib import Path

import pytest

from tutor.check.freeze import freeze
from tutor.commands.check import deploy
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
        "      seeds:\n        - 7\n        - 9\n        - 11\n      because: So.\n",
        '  - derivative:\n      id: d\n      ask: Go  # why\n      of: "{a}x^2"\n      by: x\n      vary: {a: [2, 3]}\n'
        "      seeds: [7, 9]\n      because: So.\n",
    ),
    (
        '  - derivative: {id: d, ask: Go, of: "{a}x^2", by: x, vary: {a: [2, 3]}}\n',
        '  - derivative: {id: d, ask: Go, of: "{a}x^2", by: x, seeds: [1, 2], vary: {a: [2, 3]}}\n',
    ),
    (
        '  - derivative: {id: d, ask: Go, of: "x^2 + {a}x", by: x, vary: {a: [0, 3]}, seeds: [1, 2, 3, 4]}\n',
        '  - derivative: {id: d, ask: Go, of: "x^2 + {a}x", by: x, vary: {a: [0, 3]}, seeds: [1]}\n',
    ),
    (  # more than were asked for, but all good
        '  - derivative: {id: d, ask: Go, of: "{a}x^2", by: x, vary: {a: 2..9}, seeds: [3, 1, 2]}\n',
        '  - derivative: {id: d, ask: Go, of: "{a}x^2", by: x, vary: {a: 2..9}, seeds: [3, 1, 2]}\n',
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


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            'of: "x^{a}", by: x, vary: {a: [1]}, seeds: [4]',
            [
                "only 0 good variants of d were found.",
                "199 seeds are no good, such as 1. It makes an exercise that there is already.",
                "1 seed is no good, 4. It reads `^1`, which nobody would write.",
            ],
        ),
        (  # as `tutor check` takes them, which would refuse the two together
            'of: "{p}", by: x, vary: {p: [2x^2, 2*x^2]}',
            [
                "wrote seeds 1 of d.",
                "only 1 good variant of d was found.",
                "199 seeds are no good, such as 2. It makes an exercise that there is already.",
            ],
        ),
        (
            'of: "x^2 + {a}x", by: x, vary: {a: 0..2}, seeds: [4, 1, 2, 3]',
            [
                "wrote seeds 4, 8 of d.",
                "left out seed 1. It makes an exercise that there is already.",
                "left out seed 2. It reads `+ 0x`, which nobody would write.",
                "left out seed 3. It makes an exercise that there is already.",
            ],
        ),
    ],
)
async def test_it_is_said_which_seeds_are_no_good_and_why(
    tmp_path: Path, fields: str, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(f"{TOP}  - derivative: {{id: d, ask: Go, {fields}}}\n")
    engine = Engine(deadline=20)
    try:
        await deploy(file, 2, engine)
    finally:
        await engine.close()
    assert capsys.readouterr().err.splitlines() == [f"tutor: x.yaml: {sentence}" for sentence in told]


async def test_a_file_whose_yaml_is_at_fault_is_left_alone_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(TOP + PLACES[0][0] + "      because: a: b\n")
    before = file.read_text()
    await deploy(file, 2, Engine())
    assert file.read_text() == before
    assert "x.yaml: no seeds were written" in capsys.readouterr().err
