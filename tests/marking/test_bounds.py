"""Whatever is typed, judging it takes a bounded number of steps, and never raises."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import Unreadable
from tutor.lesson.model import AnyExercise, Derivative, Expression, Form, Gradient, NumberAnswer
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Outcome
from tutor.maths.grammar import FUNCTIONS, MAX_LENGTH, Vocabulary
from tutor.maths.parse import parse
from tutor.maths.tree import Node

CORPUS = Path(__file__).resolve().parent.parent / "fuzz" / "corpus"
NAMES = Vocabulary.of("x", "y", "z")
ALL_FORMS: tuple[Form, ...] = ("exact", "expanded", "factored", "simplified", "single-fraction", "no-negative-powers")


class Counting(SympyProver):
    """Counts what the slow parts are asked for."""

    def __init__(self) -> None:
        self.digits: list[int] = []
        self.proofs = 0

    def measure(self, node: Node, point: dict[str, Fraction], digits: int) -> Any:
        self.digits.append(digits)
        return super().measure(node, point, digits)

    def is_same(self, left: Node, right: Node) -> bool | None:
        self.proofs += 1
        return super().is_same(left, right)


def nested(function: str, depth: int) -> str:
    return f"{function}(" * depth + "x" + ")" * depth


def joined(parts: list[str], sign: str) -> str:
    """As many of the parts as fit into 400 characters."""
    text = parts[0]
    for part in parts[1:]:
        if len(text) + len(part) > 400:
            break
        text += sign + part
    return text


NUMBERS = range(1, 80)
HOSTILE = [
    *(nested(function, 50) for function in sorted(set(FUNCTIONS) & set(FUNCTIONS.values()) - {"max", "min"})),
    *(
        joined([f"{function}({n}x+y)^{n}" for n in NUMBERS], "+")
        for function in ("sin", "tanh", "ln", "asin", "sqrt", "e^")
    ),
    *(f"({f}(x)+{f}(y)+{f}(z)+1)^9000" for f in ("acosh", "cosh", "ln", "tanh", "sqrt", "abs", "atan")),
    *(f"({f}(x)+{f}(y)+1)^60 - ({f}(y)+{f}(x)+1)^60" for f in ("atan", "cbrt", "step")),
    joined([f"sqrt({n})" for n in NUMBERS], "+"),
    joined([f"1/(x^{n}+y+z)" for n in NUMBERS], "+"),
    joined([f"(x^{n}+y^{n + 1}+z)" for n in NUMBERS], "*"),
    joined([f"1/(x*{n}+y)^{n}" for n in NUMBERS], "+"),
    joined(["sin(8x+8y+8z)"] * 40, "*"),
    joined(["x^(ln x)"] * 60, ""),
    "^".join(["x"] * 50),
    "^".join(["e"] * 40) + "^x",
    "x^(x" * 20 + ")" * 20,
    "1/(1+" * 50 + "x" + ")" * 50,
    "sqrt(x+" * 30 + "1" + ")" * 30,
    "max(x,min(y," * 20 + "z" + "))" * 20,
    "(x+y+z+1)^9999",
    "((x+y)^99+(x-y)^99)^99",
    "((((x+1)^9)^9)^9)^9",
    "x^9999 y^9999 z^9999",
    "9^999 x^999",
    "x^0." + "3" * 390,
    "1." + "3" * 390 + "x",
    "x^(1/" + "7" * 90 + ")",
    "tan(10^999 x^99)",
    "exp(exp(exp(exp(x))))",
    "sqrt(10^999+x)-sqrt(10^999)",
    "cosh(10^50 x)",
    "(x^y)^(z^x)^(y^z)",
    "ln(" + "123456789" * 15 + ")",
]
TWISTS = {
    "against something else": ("{}", "x + y"),
    "times one": ("({})*((x+1)^2-x^2-2x)", "{}"),
    "plus what algebra cannot see is zero": ("({})+acos(x/99)+asin(x/99)-pi/2", "{}"),
    "plus next to nothing": ("({})+10^-400", "{}"),
}


@pytest.mark.parametrize("twist", list(TWISTS))
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30])
def test_the_work_is_bounded(text: str, twist: str) -> None:
    assert len(text) <= MAX_LENGTH
    answer, right = (side.format(text) for side in TWISTS[twist])
    prover = Counting()
    try:
        parse(text, NAMES)
    except Unreadable:
        return
    verdict = mark(Expression(ask="", answer=right, variables=("x", "y", "z"), form=ALL_FORMS), answer, prover)
    assert isinstance(verdict.outcome, Outcome)
    # Each costs at most some milliseconds at 50 digits, some hundredths of a second at 4500.
    assert len(prover.digits) <= 400
    assert sum(digits for digits in prover.digits if digits > 50) <= 70_000
    assert prover.proofs <= 2


EXERCISES: list[AnyExercise] = [
    Derivative(ask="", of="x^2 y + sin(x)", by=("x",), let={"r": "x y"}, form=ALL_FORMS),
    Gradient(ask="", of="x^2 y", by=("x", "y")),
    NumberAnswer(ask="", of="sin(x)", by=("x",), at={"x": "1"}, places=2, unit="cm"),
    Expression(ask="", answer="|x| + e^x", variables=("y",)),
]
SCRAPS = [
    *sorted(FUNCTIONS), "x", "y", "r", "e", "pi", "2", "10", "0.1", "0", "(", ")", "[", "]", "{", "}", "|", "+", "-", "*", "/",
    "^", ",", ";", " ", ".", "C", "=", "dy/dx =", r"\frac", r"\sqrt", r"\cdot", "²", "⁻", "½", "√", "−", "∂", "_", "'", "<",
    "cm", "\x00", "é", "x^", "^x", "1/", "/0",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join)),
    st.sampled_from(EXERCISES),
)
def test_any_text_gets_a_verdict(text: str, exercise: AnyExercise) -> None:
    verdict = mark(exercise, text, SympyProver())
    assert verdict.message
    assert verdict.column is None or 0 <= verdict.column <= len(text)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*")), ids=lambda path: path.name)
def test_what_the_fuzzer_found(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    for exercise in EXERCISES:
        assert mark(exercise, text, SympyProver()).message
