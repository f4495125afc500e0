"""What expressions look like, and that the line shown is read back as the same value."""

import random

import pytest
from maths.expressions import NAMES, is_same, random_point, random_tree

from tutor.errors import Unreadable
from tutor.maths.grammar import Vocabulary
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse, parse_free
from tutor.maths.rules import derivative
from tutor.maths.show import show_grid, show_line
from tutor.maths.tidy import tidy
from tutor.maths.tree import Call, Constant, Name, Negative, Node, Power, Product, Quotient, Sum, number

X, Y, E = Name("x"), Name("y"), Constant("e")
V = Vocabulary.of(*NAMES)

LINES = [
    # typed, Unicode, ASCII
    ("3*x**2 + 2*y", "3x² + 2y", "3x^2 + 2y"),
    ("x - y - -1", "x − y − (−1)", "x - y - (-1)"),
    ("x-(y-1)", "x − (y − 1)", "x - (y - 1)"),
    ("1/2 x", "1/2·x", "1/2*x"),
    ("1/(2x)", "1/(2x)", "1/(2x)"),
    ("x/y/2", "(x/y)/2", "(x/y)/2"),
    ("x*2", "x·2", "x*2"),
    ("x*-y", "x(−y)", "x(-y)"),
    ("2*3", "2·3", "2*3"),
    ("p*i", "p·i", "p*i"),
    ("s*i*n", "s·i·n", "s*i*n"),
    ("e*x*p", "e·x·p", "e*x*p"),
    ("w_1 w_2", "w₁·w₂", "w1*w2"),
    ("x^-1", "x⁻¹", "x^(-1)"),
    ("x^2y", "x²y", "x^2*y"),
    ("x^(2y)", "x^(2y)", "x^(2y)"),
    ("x^2^3", "x^(2³)", "x^(2^3)"),
    ("(x^2)^3", "(x²)³", "(x^2)^3"),
    ("-x^2", "−x²", "-x^2"),
    ("(-x)^2", "(−x)²", "(-x)^2"),
    ("e^-x^2", "e^(−x²)", "e^(-x^2)"),
    ("x^1.5", "x^(1.5)", "x^(1.5)"),
    ("sin x^2", "sin(x²)", "sin(x^2)"),
    ("sin^2 x cos x", "sin²(x) cos(x)", "sin(x)^2 cos(x)"),
    ("sin^-2 x", "sin(x)⁻²", "sin(x)^(-2)"),
    ("2x sin x", "2x sin(x)", "2x sin(x)"),
    ("x cos^2 x", "x cos²(x)", "x cos(x)^2"),
    ("x*√x^3", "x√(x³)", "x sqrt(x^3)"),
    ("x*(cos x)/y", "x cos(x)/y", "x cos(x)/y"),
    ("sin(x)y", "sin(x)·y", "sin(x)*y"),
    ("sqrt x", "√(x)", "sqrt(x)"),
    ("√x^3", "√(x³)", "sqrt(x^3)"),
    ("cbrt x", "cbrt(x)", "cbrt(x)"),
    ("2|x|", "2|x|", "2|x|"),
    ("|x|y", "|x|·y", "|x|*y"),
    ("||x|-1|", "abs(|x| − 1)", "abs(|x| - 1)"),
    ("sigmoid x", "σ(x)", "sigmoid(x)"),
    ("relu(x)", "ReLU(x)", "ReLU(x)"),
    ("log_2 x", "log₂(x)", "log2(x)"),
    ("log10 x", "log₁₀(x)", "log10(x)"),
    ("log_3 x", "log₃(x)", "log_3(x)"),
    ("log_b x", "log_b(x)", "log_b(x)"),
    ("log_(x+1) y", "log(y, x + 1)", "log(y, x + 1)"),
    ("max(x;y)", "max(x, y)", "max(x, y)"),
    ("theta_1 pi", "θ₁·π", "theta1*pi"),
    ("0.10x", "0.10x", "0.10x"),
    (".5x", ".5x", ".5x"),
    ("5.", "5.", "5."),
    ("½x", "½x", "1/2*x"),
    ("2½", "2½", "5/2"),
    ("1e-3*x", "1e-3·x", "1e-3*x"),
    ("x,y/2", "(x, y/2)", "(x, y/2)"),
]


@pytest.mark.parametrize(("typed", "line", "plain"), LINES)
def test_on_one_line(typed: str, line: str, plain: str) -> None:
    tree = parse_free(typed)
    assert (show_line(tree), show_line(tree, ascii=True)) == (line, plain)


BRACKETS_KEPT = ["2(x)", "(x)(y)", "((x + 1))", "(x/y)/2", "(2x)y", "x + (y + 1)", "sin((x))"]


@pytest.mark.parametrize("typed", BRACKETS_KEPT[:-1])
def test_typed_brackets_are_kept(typed: str) -> None:
    assert show_line(parse(typed, V)) == typed


BUILT = [
    # trees that nobody can type, as rules build them
    (Product((X, Product((X, Y)))), "x(xy)"),
    (Product((Quotient(X, Y), Quotient(X, Y))), "x/y·(x/y)"),
    (Quotient(Quotient(X, Y), Quotient(Y, X)), "(x/y)/(y/x)"),
    (Power(Quotient(X, Y), Quotient(X, Y)), "(x/y)^(x/y)"),
    (Sum((Sum((X, Y)), Negative(Sum((X, Y))))), "(x + y) − (x + y)"),
    (Negative(Negative(X)), "−(−x)"),
    (Power(Power(X, number(2)), number(2)), "(x²)²"),
    (Product((Negative(X), Negative(Y))), "(−x)(−y)"),
    (Power(Negative(X), number(-1)), "(−x)⁻¹"),
    (Call("abs", (Call("abs", (X,)),)), "abs(|x|)"),
]


@pytest.mark.parametrize(("tree", "line"), BUILT)
def test_trees_from_the_rules(tree: Node, line: str) -> None:
    assert show_line(tree) == line


def test_a_variable_takes_its_letter_from_constants_and_functions() -> None:
    e, sigma = Name("e"), Name("σ")
    assert show_line(Sum((e, Power(E, X), E))) == "e + exp(x) + exp(1)"
    assert show_line(Product((sigma, Call("sigmoid", (X,))))) == "σ sigmoid(x)"


GRIDS = [
    # typed, width, ascii, picture
    ("x/y", 60, False, [" x ", "───", " y "]),
    ("x/y", 60, True, [" x ", "---", " y "]),
    ("1/2 x^2", 60, False, [" 1    ", "───·x²", " 2    "]),
    ("1/2 x^2", 60, True, [" 1   2", "---*x ", " 2    "]),
    ("x^(1/2)", 60, False, ["  1 ", " ───", "  2 ", "x   "]),
    ("√x", 60, False, [" _", "√x"]),
    ("√x", 60, True, ["sqrt(x)"]),
    ("√(x/y)", 60, False, [" ___", "│ x ", "│───", "√ y "]),
    ("(x/y)^2", 60, False, ["     2", "⎛ x ⎞ ", "⎜───⎟ ", "⎝ y ⎠ "]),
    ("(x/y)^2", 60, True, ["     2", "/ x \\ ", "|---| ", "\\ y / "]),
    ("|x/y|", 60, False, ["│ x │", "│───│", "│ y │"]),
    ("sin(x/2)^2", 60, False, ["    ⎛ x ⎞", "sin²⎜───⎟", "    ⎝ 2 ⎠"]),
    ("(2x, x/y)", 60, False, ["⎛     x ⎞", "⎜2x, ───⎟", "⎝     y ⎠"]),
    ("x/y + z", 3, False, ["x/…"]),
    ("x/y + z", 7, False, [" x     ", "─── + z", " y     "]),
    ("x/y + z", 3, True, ["..."]),
    ("(x+1)/y", 6, False, ["(x + …"]),
    ("x/y", 0, False, [""]),
]


@pytest.mark.parametrize(("typed", "width", "ascii", "picture"), GRIDS)
def test_in_two_dimensions(typed: str, width: int, ascii: bool, picture: list[str]) -> None:
    assert show_grid(parse_free(typed), width=width, ascii=ascii) == picture


SEEDS = range(300)


def trees(seed: int) -> list[Node]:
    """A random tree, what tidying makes of it, and its derivative."""
    source = random.Random(seed)
    tree = random_tree(source, source.choice((2, 3, 4)))
    return [tree, tidy(tree), derivative(tree, ["x"])]


def read_back(line: str) -> Node | None:
    """The line as parsed; None where its numbers or its length are beyond what anybody may type."""
    try:
        return parse(line, V)
    except Unreadable as error:
        if "too " in error.message or "characters" in error.message:
            return None
        raise


@pytest.mark.parametrize("seed", SEEDS)
def test_the_line_is_read_back_as_the_same_value(seed: int) -> None:
    source = random.Random(seed)
    points = [random_point(source) for _ in range(4)]
    for tree in trees(seed):
        for line in (show_line(tree), show_line(tree, ascii=True)):
            back = read_back(line)
            if back is None:
                continue
            for point in points:
                shown, read = compile_float(tree, NAMES)(point), compile_float(back, NAMES)(point)
                assert is_same(shown, read) or min(abs(shown), abs(read)) > 1e12, line


@pytest.mark.parametrize("seed", SEEDS[:100])
@pytest.mark.parametrize("ascii", [False, True])
def test_a_picture_is_a_rectangle_that_fits(seed: int, ascii: bool) -> None:
    for tree in trees(seed):
        for width in (1, 20, 76):
            lines = show_grid(tree, width=width, ascii=ascii)
            assert {len(line) for line in lines} == {len(lines[0])}
            assert len(lines[0]) <= width
            assert not ascii or all(line.isascii() for line in lines)


def test_nesting_costs_no_more_than_it_must() -> None:
    tree: Node = X
    for _ in range(60):
        tree = Product((number(2), Call("abs", (tree,))))
    assert show_line(tree).startswith("2 abs(2 abs(")
    assert len(show_grid(tree, width=76)) == 1
