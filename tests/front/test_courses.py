"""What the list of lessons says of what is not in it."""

import pytest

from tutor.errors import Problem
from tutor.front.courses import left_out

SAID = [
    # the files with problems, what is said
    ((), ""),
    (("/srv/ours/lessons/a.yaml",), "ours/a.yaml has a fault and is left out; the command tutor check says why."),
    (("/srv/ours/a.yaml",), "ours/a.yaml has a fault and is left out; the command tutor check says why."),
    (("/srv/ours/a.yaml",) * 3, "ours/a.yaml has a fault and is left out; the command tutor check says why."),
    (("/srv/ours/a.yaml", "b.yaml"), "ours/a.yaml and 1 other file have faults and are left out; the command tutor"),
    (("a.yaml", "b.yaml", "c.yaml"), "a.yaml and 2 other files have faults"),
    (("/srv/none",), "The lessons of srv/none are left out. It is faulty."),
    (("/srv/ours/course.toml",), "The lessons of ours/course.toml are left out. It is faulty."),
]


@pytest.mark.parametrize(("files", "said"), SAID)
def test_what_is_left_out_is_named(files: tuple[str, ...], said: str) -> None:
    problems = [Problem(file=file, line=0, field="", what="It is faulty.", do="Mend it.") for file in files]
    assert left_out(problems).startswith(said)
    assert bool(left_out(problems)) == bool(files)


def test_a_lesson_that_needs_itself_is_in_the_list_all_the_same() -> None:
    problem = Problem(file="/srv/ours/a.yaml", line=4, field="needs", what="It needs itself.", do="Mend it.")
    assert left_out([problem]) == "ours/a.yaml has a fault; the command tutor check says why."
