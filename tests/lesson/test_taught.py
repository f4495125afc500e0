"""What a learner of a lesson has been taught, and that a slip in a rule of later lessons is recorded and not spoken of."""

import msgspec
import pytest

from tutor.lesson.model import Derivative, Lesson
from tutor.lesson.taught import taught, with_taught
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver

QUOTIENT = Derivative(id="a", ask="", of="x^2/(x + 1)", by=("x",))


def lesson(id_: str, needs: tuple[str, ...] = (), teaches: tuple[str, ...] | None = None) -> Lesson:
    return Lesson(id=id_, title=id_, needs=needs, teaches=teaches, objectives=(), steps=(QUOTIENT,), summary="")


COURSE = {
    each.id: each
    for each in (
        lesson("limits", teaches=()),
        lesson("powers", needs=("limits",), teaches=("power-rule",)),
        lesson("quotients", needs=("powers", "not-there"), teaches=("quotient-rule",)),
        lesson("own"),
        lesson("after-own", needs=("own", "quotients")),
        lesson("circle", needs=("circle",), teaches=("gradients",)),
    )
}


@pytest.mark.parametrize(
    ("name", "skills"),
    [
        ("limits", ()),
        ("powers", ("power-rule",)),
        ("quotients", ("power-rule", "quotient-rule")),
        ("own", None),
        ("after-own", ("power-rule", "quotient-rule")),
        ("circle", ("gradients",)),
    ],
)
def test_a_lesson_counts_on_what_those_it_needs_teach(name: str, skills: tuple[str, ...] | None) -> None:
    assert taught(COURSE[name], COURSE) == skills


@pytest.mark.parametrize(("name", "is_told"), [("limits", False), ("quotients", True), ("own", True)])
def test_a_slip_is_told_where_its_rule_was_taught(name: str, is_told: bool) -> None:
    exercise = next(each for each in with_taught(list(COURSE.values())) if each.id == name).exercises[0]
    verdict = mark(exercise, "2x", SympyProver())
    assert verdict.slips[0] == "Q1", "recorded, for practice and for the teacher"
    assert ("divided the derivative" in verdict.message) is is_told
    assert verdict.message


def test_what_was_taught_travels_with_the_exercise() -> None:
    given = msgspec.structs.replace(QUOTIENT, taught=("power-rule",))
    assert msgspec.json.decode(msgspec.json.encode(given), type=Derivative).taught == ("power-rule",)
