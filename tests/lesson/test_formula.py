"""Formulas in pages: read by the learner's grammar, joined by signs, with derivatives left as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lesson.formula import read_formula, show_maths
from tutor.maths.show import show_grid

FORMULAS = [
    # as written, as shown
    ("3x^2 + 2*y", "3x² + 2y"),
    ("f = x^3 + 2xy", "f = x³ + 2xy"),
    ("f(x, y) = x^3", "f(x, y) = x³"),
    ("∂f/∂x = 3x^2 + 2y", "∂f/∂x = 3x² + 2y"),
    ("df/dx = n*x^(n - 1)", "df/dx = nx^(n − 1)"),
    ("d^2s/dt^2 = 4", "d²s/dt² = 4"),
    ("∂²f/∂x∂y", "∂²f/∂x∂y"),
    ("∂E/∂w_1 = r*x_1", "∂E/∂w₁ = r·x₁"),
    ("∂L/∂w = ∂L/∂r*∂r/∂w", "∂L/∂w = ∂L/∂r·∂r/∂w"),
    ("w ← w - η*∂L/∂w", "w ← w − η·∂L/∂w"),
    ("2*df/dx*x", "2·df/dx·x"),
    ("(∂f/∂x)^2", "(∂f/∂x)²"),
    ("f'(x) = 2x", "f′(x) = 2x"),
    ("f''(x)", "f′′(x)"),
    ("(x^2 (x + 1))' + (…)''", "(x²(x + 1))′ + (…)′′"),
    ("f(x)/g(x)", "f(x)/g(x)"),
    ("w - E'(w_1)/E''(w_1 + 2h)", "w − E′(w₁)/E′′(w₁ + 2h)"),
    ("(f'(x)*g(x) - f(x)*g'(x))/g(x)^2", "(f′(x)g(x) − f(x)g′(x))/g(x)²"),
    ("f(2)/ g(2)", "f(2)/g(2)"),
    ("1/n(x + 1)", "1/n·(x + 1)"),
    ("Δy/Δx", "Δy/Δx"),
    ("∇L = (∂L/∂w, ∂L/∂b)", "∇L = (∂L/∂w, ∂L/∂b)"),
    ("(f(x + h) - f(x))/h", "(f(x + h) − f(x))/h"),
    ("x = 2, y ≈ 3.14", "x = 2, y ≈ 3.14"),
    ("0 <= x < 1", "0 ≤ x < 1"),
    ("x -> 0", "x → 0"),
    ("x_1, x_2, ..., x_n", "x₁, x₂, …, x_n"),
    ("df/dx = ?", "df/dx = ?"),
    ("= 2x", "= 2x"),
    ("(18, 4)", "(18, 4)"),
    ("x^(-2)", "x⁻²"),
    ("price = w1*sqft + w2*x_{beds} + b", "price = w₁·sqft + w₂·x_beds + b"),
    ("|x| < 3", "|x| < 3"),
]


@pytest.mark.parametrize(("written", "shown"), FORMULAS)
def test_a_formula_on_one_line(written: str, shown: str) -> None:
    formula = read_formula(written)
    assert formula.line == shown
    assert formula.faults == ()


FAULTS = [
    # as written, as shown, offset of the fault, words
    ("f(x", "f(x", 1, "never closed"),
    ("y = 3 +", "y = 3 +", 7, "still to come"),
    ("y = 3x, z = 2 3", "y = 3x, z = 2 3", 14, "Two numbers stand side by side"),
    ("y =", "y =", 3, "A formula is missing"),
    ("", "", 0, "A formula is missing"),
    ("5%", "5%", 1, "Percent"),
    ("∂f/∂x + % 2", "∂f/∂x + % 2", 8, "Percent"),
]


@pytest.mark.parametrize(("written", "shown", "at", "what"), FAULTS)
def test_what_cannot_be_read_is_shown_as_typed(written: str, shown: str, at: int, what: str) -> None:
    formula = read_formula(written)
    assert formula.line == shown
    (fault,) = formula.faults
    assert fault.at == at
    assert what in fault.what


def test_the_pieces_can_be_set_in_two_dimensions() -> None:
    pieces = read_formula("∂E/∂w_1 = r/2").pieces
    assert [piece.joint for piece in pieces] == ["", "="]
    grids = [show_grid(piece.node, width=20) for piece in pieces if piece.node is not None]
    assert [[grid[0].strip(), grid[-1].strip()] for grid in grids] == [["∂E", "∂w₁"], ["r", "2"]]


@given(st.text(alphabet="xf∂d/'=,^2()+?Δ∇ |", max_size=30))
def test_any_text_can_be_shown(text: str) -> None:
    assert "\ue000" not in show_maths(text)
