"""Solutions with a slip: which lines there are, which is the first wrong one, and what is said of each choice."""

from __future__ import annotations

import pytest

from tutor.lesson.model import Fix
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.question import BrokenExerciseError
from tutor.marking.slips.landscape import TWINS
from tutor.marking.statements import state, state_with_slip
from tutor.marking.verdict import Outcome
from tutor.marking.wrong_line import worked_wrongly
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.show import show_line

PROVER = SympyProver()

MADE = [
    # function, variable, slip, the wrong line, what it says
    ("sin(x^2)", "x", "K1", 3, "d/dx(sin(x²)) = cos(x²)"),
    ("x^2 sin(x)", "x", "R1", 3, "d/dx(x² sin(x)) = 2x cos(x)"),
    ("3x^2 + 2x - 5", "x", "P2", 1, "d/dx(x²) = 2x²"),
    ("3x^2 + 2x - 5", "x", "C1", 4, "d/dx(−5) = −5"),
    ("1/(x^2 + 1)", "x", "Q4", 3, "d/dx(1/(x² + 1)) = −2x/(x² + 1)"),
    ("(w x + b - y)^2", "w", "G1", 4, "∂/∂w((wx + b − y)²) = 2(wx + b − y)"),
    ("x sin(x^2) + 3x^4", "x", "K1", 2, "d/dx(sin(x²)) = cos(x²)"),
]


@pytest.mark.parametrize(("of", "by", "slip", "number", "line"), MADE)
def test_the_slip_is_made_in_one_line_and_carried_to_the_end(
    of: str, by: str, slip: str, number: int, line: str
) -> None:
    exercise = Fix(id="a", ask="", of=of, by=(by,), slip=slip)
    solution, right = worked_wrongly(exercise), state(of, (by,))
    assert solve(exercise) == str(number)
    assert solution.lines[number - 1].text == line
    assert 3 <= len(solution.lines) <= 7
    assert solution.lines[-1].text != right.lines[-1].text
    for place in range(1, len(solution.lines) + 1):
        expected = Outcome.CORRECT if place == number else Outcome.INCORRECT
        assert mark(exercise, str(place), PROVER).outcome is expected


@pytest.mark.parametrize(("of", "by", "slip"), [(of, by, slip) for of, by, slip, *_ in MADE])
def test_lines_before_the_wrong_one_are_those_of_the_right_solution(of: str, by: str, slip: str) -> None:
    solution, right = state_with_slip(of, (by,), slip), {line.text for line in state(of, (by,)).lines}
    assert right.issuperset(line.text for line in solution.lines[: solution.wrong])


@pytest.mark.parametrize("of", ["sin(x^2)", "x^2 sin(x)", "(3x + 1)^4", "e^(-x^2)", "sin(x)/x^2"])
def test_a_right_solution_ends_in_the_derivative(of: str) -> None:
    end = show_line(derivative(parse_free(of), ["x"]))
    assert state(of, ("x",)).lines[-1].text.endswith(f"= {end}")


@pytest.mark.parametrize("slip", sorted({twin.id for twin in TWINS}))
def test_every_slip_is_either_made_or_refused_with_a_sentence(slip: str) -> None:
    for of, by in (("x sin(x^2) + 3x^4", "x"), ("(w x + b - y)^2", "w"), ("x^2 e^(-x)/(x + 1)", "x")):
        verdict = mark(Fix(id="a", ask="", of=of, by=(by,), slip=slip), "1", PROVER)
        assert verdict.outcome.is_attempt or f"the slip {slip}" in verdict.message


OWN = ("2(3*2 + 1 - 20)*3", "2(7 - 20)*3", "2*13*3", "78")


@pytest.mark.parametrize(
    ("typed", "outcome", "part"),
    [
        ("3", Outcome.CORRECT, "not equal to line 2"),
        (" Line 3. ", Outcome.CORRECT, ""),
        ("1", Outcome.INCORRECT, "what was to be worked out"),
        ("2", Outcome.INCORRECT, "equal to line 1"),
        ("4", Outcome.INCORRECT, "went wrong before"),
        ("5", Outcome.UNREADABLE, "1 to 4"),
        ("0", Outcome.UNREADABLE, "1 to 4"),
        ("", Outcome.UNREADABLE, "1 to 4"),
        ("c", Outcome.UNREADABLE, "1 to 4"),
    ],
)
def test_a_line_of_the_authors_own(typed: str, outcome: Outcome, part: str) -> None:
    verdict = mark(Fix(id="a", ask="", lines=OWN), typed, PROVER)
    assert verdict.outcome is outcome
    assert part in verdict.message


@pytest.mark.parametrize(
    ("typed", "line", "part"),
    [
        ("1", "d/du(sin(u)) = cos(u)", "Line 1 is right. Look at the others."),
        ("2", "d/dx(x²) = 2x", "Line 2 is right."),
        ("3", "d/dx(x² + 1) = 2x", "Line 3 is right: it follows from line 2."),
        (
            "4",
            "d/dx(sin(x² + 1)) = cos(x² + 1)",
            "Its writer differentiated the outside, sin, and left out the inside.",
        ),
    ],
)
def test_what_is_said_of_a_choice(typed: str, line: str, part: str) -> None:
    exercise = Fix(id="a", ask="", of="sin(x^2 + 1)", by=("x",), slip="K1")
    assert worked_wrongly(exercise).lines[int(typed) - 1].text == line
    assert part in mark(exercise, typed, PROVER).message


@pytest.mark.parametrize(
    "exercise",
    [
        Fix(id="a", ask="", lines=("1 + 1", "2", "2")),
        Fix(id="a", ask="", lines=("1 + 1", "3", "4")),
        Fix(id="a", ask="", lines=("1 +", "3", "4")),
        Fix(id="a", ask="", of="sin(x^2)", by=("x",), slip="R1"),
        Fix(id="a", ask="", of="x^5", by=("x",), slip="P2"),
    ],
    ids=["none wrong", "two wrong", "unreadable", "no such slip there", "too short"],
)
def test_an_exercise_without_one_wrong_line_is_broken(exercise: Fix) -> None:
    with pytest.raises(BrokenExerciseError):
        solve(exercise)
    assert mark(exercise, "2", PROVER).outcome is Outcome.UNDECIDED
