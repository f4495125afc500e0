"""Which skills an exercise asks for: formula in, rules out."""

import pytest
from study.samples import lesson

from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Gradient, NumberAnswer, Option
from tutor.marking.slips.registry import SKILLS, SLIPS
from tutor.study.skills import RULES, skill_of_slip, skills_of


def derivative(of: str, *by: str, **more: object) -> Derivative:
    return Derivative(id="e", ask="?", of=of, by=by or ("x",), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exercise", "skills"),
    [
        (derivative("x^5"), "power-rule"),
        (derivative("3x^2 + 7"), "power-rule constants-and-sums"),
        (derivative("x^2 sin(x)"), "power-rule functions product-rule"),
        (derivative("x/(x + 1)"), "constants-and-sums quotient-rule"),
        (derivative("ln(x^2)"), "power-rule exponentials chain-rule"),
        (derivative("2^x"), "exponentials"),
        (derivative("x^x"), "exponentials"),
        (derivative("max(x, x^2)"), "power-rule functions"),
        (derivative("x^2 y", "y"), "constants-and-sums partial-derivatives"),
        (derivative("x^{n}", vary={"n": "2..4"}), "power-rule"),
        (derivative("x^5", reject={"x^5": "K1", "0": ""}), "power-rule chain-rule"),
        (derivative("x^{n}", vary={"n": "4..2"}), "lesson:slopes"),
        (derivative("x^^2"), "lesson:slopes"),
        (derivative("1/x", taught=("power-rule",)), "power-rule"),
        (derivative("3/x^2", taught=("power-rule", "quotient-rule")), "power-rule quotient-rule"),
        (derivative("sin(3x)", taught=("functions",)), "functions"),
        (derivative("sin(3x)", taught=("power-rule",)), "lesson:slopes"),
        (derivative("x^5", taught=("power-rule",), reject={"x^5": "K1"}), "power-rule"),
        (Gradient(id="e", ask="?", of="x^2 + y^2", by=("x", "y")), "power-rule constants-and-sums partial-derivatives gradients"),
        (NumberAnswer(id="e", ask="?", of="x^2", by=("x",), at={"x": "3"}), "power-rule"),
        (NumberAnswer(id="e", ask="?", of="2 + 2"), "lesson:slopes"),
        (NumberAnswer(id="e", ask="?", of="2 - 0.1*8", reject={"2.8": "U1"}), "update-step"),
        (Expression(id="e", ask="?", answer="x^2"), "lesson:slopes"),
        (Choice(id="e", ask="?", options=(Option(right="a"), Option(wrong="b"))), "lesson:slopes"),
    ],
)  # fmt: skip
def test_skills_of_an_exercise(exercise: AnyExercise, skills: str) -> None:
    assert " ".join(skill.id for skill in skills_of(lesson("slopes", exercise), exercise)) == skills


def test_every_slip_belongs_to_a_skill_with_the_name_of_its_group() -> None:
    assert {skill_of_slip(id).name for id in SLIPS} == set(SKILLS.values())  # type: ignore[union-attr]
    assert len(RULES) == len(SKILLS)
    assert skill_of_slip("Z9") is None
