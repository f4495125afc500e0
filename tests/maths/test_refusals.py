"""Texts that cannot be read: where the complaint points, what it says, and whether going on typing could mend it."""

import string
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import Unreadable
from tutor.maths.grammar import MAX_LENGTH, Vocabulary
from tutor.maths.parse import parse, parse_free
from tutor.maths.tree import Node

X_Y = Vocabulary.of("x", "y")
OWN = Vocabulary.of("w_1", "d", "e", "σ", "sqft", "θ")
UNFINISHED = True
LONGEST_MESSAGE = 110
"What a panel of 80 columns shows well."


class Refusal(NamedTuple):
    typed: str
    column: int
    words: str
    is_unfinished: bool = False
    names: tuple[str, ...] = ("x", "y")

    def __str__(self) -> str:
        return ascii(self.typed[:30])


STOPS_TOO_SOON = [
    Refusal("", 0, "Nothing to read yet", UNFINISHED),
    Refusal("   ", 3, "Nothing to read yet", UNFINISHED),
    Refusal("\u200b", 1, "Nothing to read yet", UNFINISHED),
    Refusal("dy/dx =", 7, "Nothing to read yet", UNFINISHED),
    Refusal("f'(x)=", 6, "Nothing to read yet", UNFINISHED),
    Refusal("x*", 2, "after *", UNFINISHED),
    Refusal("x+", 2, "after +", UNFINISHED),
    Refusal("x - ", 4, "after -", UNFINISHED),
    Refusal("x^", 2, "after ^", UNFINISHED),
    Refusal("x**", 3, "after ^", UNFINISHED),
    Refusal("2*(x+", 5, "after +", UNFINISHED),
    Refusal("(", 1, "after (", UNFINISHED),
    Refusal("(x", 0, "a ) is missing", UNFINISHED),
    Refusal("((x)", 0, "a ) is missing", UNFINISHED),
    Refusal("2[x", 1, "a ] is missing", UNFINISHED),
    Refusal("sin(x", 3, "a ) is missing", UNFINISHED),
    Refusal("sin", 3, "sin has nothing to act on yet", UNFINISHED),
    Refusal("log", 3, "log has nothing to act on yet", UNFINISHED),
    Refusal("sin^2", 5, "sin has nothing to act on yet", UNFINISHED),
    Refusal("log_", 0, "A base is missing", UNFINISHED),
    Refusal("|x", 0, "a second | is missing", UNFINISHED),
    Refusal("||", 2, "after |", UNFINISHED),
    Refusal("x,", 2, "after ,", UNFINISHED),
    Refusal("\\frac", 0, "two pairs of braces", UNFINISHED),
    Refusal("\\frac{x}", 0, "two pairs of braces", UNFINISHED),
    Refusal("dy/dx", 0, "work it out", UNFINISHED),
    Refusal("f'(x)", 0, "work it out", UNFINISHED),
]
NOTHING_BESIDE = [
    Refusal("*x", 0, "* needs something in front"),
    Refusal("/x", 0, "/ needs something in front"),
    Refusal("^2", 0, "^ needs something in front"),
    Refusal("x//y", 2, "/ needs something in front"),
    Refusal("x^^2", 2, "One ^ is enough"),
    Refusal("2+*3", 2, "* needs something in front"),
    Refusal("(x+)", 2, "+ needs something after it"),
    Refusal("x⁻", 1, "- needs something after it"),
    Refusal("x,,y", 1, ", needs something after it"),
    Refusal("(x,)", 2, ", needs something after it"),
    Refusal(",x", 0, ", cannot stand here"),
    Refusal("ln*x", 0, "ln is a function and has nothing to act on"),
    Refusal("sin/x", 0, "sin is a function and has nothing to act on"),
    Refusal("sin - x", 0, "sin is a function and has nothing to act on"),
    Refusal("x cos + 1", 2, "cos is a function and has nothing to act on"),
    Refusal("2 3", 2, "Two numbers stand side by side"),
    Refusal("1.2.3", 3, "Two numbers stand side by side"),
]
BRACKETS = [
    Refusal(")", 0, "closes nothing"),
    Refusal("x)", 1, "there is no ( before it"),
    Refusal("x]", 1, "there is no [ before it"),
    Refusal("(x]", 2, "] cannot close (: use )"),
    Refusal("[x)", 2, ") cannot close [: use ]"),
    Refusal("()", 1, "nothing between ( and )"),
    Refusal("sin()", 4, "nothing between ( and )"),
    Refusal("(|x)", 1, "a second | is missing"),
    Refusal("|)", 0, "| needs something after it"),
    Refusal("x⁽²", 1, "small brackets do not match"),
]
NAMES = [
    Refusal("z", 0, "use x and y here; z is not one"),
    Refusal("2xz", 2, "use x and y here; z is not one"),
    Refusal("x + Y", 4, "Did you mean y?"),
    Refusal("X", 0, "Did you mean x?"),
    Refusal("W_1", 0, "Did you mean w", names=("w_1",)),
    Refusal("sen(x)", 0, "s is not one of them"),
    Refusal("SINX", 3, "Did you mean x?"),
    Refusal("silu(x)", 0, "silu is not one of them"),
    Refusal("sqr(x)", 0, "Did you mean sqrt?"),
    Refusal("sqfeet", 0, "Did you mean sqft?", names=("sqft",)),
    Refusal("foo(x)", 0, "foo is not one of them"),
    Refusal("w_2", 0, "use w₁ here; w₂ is not one", names=("w1",)),
    Refusal("\\alpha", 0, "α is not one of them"),
    Refusal("a", 0, "A number is wanted here", names=("",)),
    Refusal("x2", 0, "x2 could mean two things: write x^2 for a power, 2*x"),
    Refusal("xy2", 1, "y2 could mean two things"),
    Refusal("e5", 0, "e5 could mean two things"),
    Refusal("1e5", 1, "e5 could mean two things", names=("e",)),
    Refusal("x½", 0, "x½ could mean two things"),
    Refusal("exp^-1 x", 0, "write 1/exp(...)"),
    Refusal("3x^2 dx", 5, "Leave out dx"),
    Refusal("(2x)dx", 4, "Leave out dx"),
    Refusal("3x² \\, dx", 7, "Leave out dx"),
    Refusal("2x dx + 2y dy", 3, "Leave out dx"),
    Refusal("dy = 2x dx", 8, "Leave out dx"),
    Refusal("x + d", 4, "d is not one of them"),
]
RUN_INTO_A_FUNCTION = [
    Refusal("tan-1(x)", 0, "write arctan(...) for the inverse"),
    Refusal("sin-1 x", 0, "write arcsin(...) for the inverse"),
    Refusal("2cos−1(x)", 1, "write arccos(...) for the inverse"),
    Refusal("tanh-1|x|", 0, "write arctanh(...) for the inverse"),
    Refusal("sin2(x)", 0, "write sin(...)^2, or sin(2*...)"),
    Refusal("3ln2(x)", 1, "write ln(...)^2, or ln(2*...)"),
    Refusal("2e-3x", 0, "write 2*10^(-3)*x, or 2e - 3x, with spaces"),
    Refusal("x+1E+3x", 2, "could mean two things"),
    Refusal("loge x", 0, "write ln(...), or log(e*...)"),
    Refusal("loge(x)", 0, "write ln(...), or log(e*...)"),
    Refusal("exp^x", 0, "write exp(x), or e^x", UNFINISHED),
    Refusal("exp^(2x) + 1", 0, "write exp(x), or e^x"),
    Refusal("log_(x)", 0, "A base is missing", UNFINISHED),
    Refusal("log_(x) + 1", 0, "A base is missing"),
]
PROGRAMS = [
    Refusal("__import__('os').system('x')", 0, "command of a program"),
    Refusal("x.__class__", 1, "command of a program"),
    Refusal("eval(x)", 0, "command of a program"),
    Refusal("2x + exec('x')", 5, "command of a program"),
    Refusal("lambda x: 2*x", 0, "command of a program"),
    Refusal("import os", 0, "command of a program"),
    Refusal("return 2*x", 0, "command of a program"),
    Refusal("x + math.sin(x)", 4, "Leave out math."),
    Refusal("np.exp(x)", 0, "Leave out np."),
    Refusal("x.diff()", 2, "work it out"),
]
NOT_ONE_EXPRESSION = [
    Refusal("y = 2x", 2, "An equation is not wanted"),
    Refusal("x = 3", 2, "An equation is not wanted"),
    Refusal("x(y) = 3", 5, "An equation is not wanted"),
    Refusal("xy = 3", 3, "An equation is not wanted"),
    Refusal("x^2 = 4", 4, "An equation is not wanted"),
    Refusal("2x = y", 3, "An equation is not wanted"),
    Refusal("e = 3", 2, "An equation is not wanted"),
    Refusal("sin(x) = 3", 7, "An equation is not wanted"),
    Refusal("w_b = 3", 4, "An equation is not wanted", names=("w_b",)),
    Refusal("f = x = 3", 6, "An equation is not wanted"),
    Refusal("f == 3", 2, "An equation is not wanted"),
    Refusal("dy/dx + 3 = 2x", 0, "work it out"),
    Refusal("dy/dx = 2x = 3", 11, "An equation is not wanted"),
    Refusal("x == 2", 2, "An equation is not wanted"),
    Refusal("x < y", 2, "A comparison is not wanted"),
    Refusal("x <= y", 2, "A comparison is not wanted"),
    Refusal("x ≤ y", 2, "A comparison is not wanted"),
    Refusal("x \\leq y", 2, "A comparison is not wanted"),
    Refusal("x ± 1", 2, "One answer at a time"),
    Refusal("2(x,y)", 1, "can only be the whole answer"),
    Refusal("x^(0,5)", 2, "A decimal is written with a point"),
    Refusal("(x,y)^2", 0, "can only be the whole answer"),
    Refusal("(x,y)+1", 0, "can only be the whole answer"),
    Refusal("-(x,y)", 1, "can only be the whole answer"),
    Refusal("((1,2),3)", 1, "can only be the whole answer"),
    Refusal("(x,(y,1))", 3, "can only be the whole answer"),
    Refusal("sin(x,y)", 0, "sin takes one value, not 2"),
    Refusal("max(1)", 0, "write max(a, b)"),
    Refusal("max x", 0, "write max(a, b)"),
    Refusal("\\frac{x,y}{2}", 5, "not a list"),
    Refusal("log_(x,y) 2", 4, "not a list"),
    Refusal("d/dx (x^2)", 0, "work it out", UNFINISHED),
    Refusal("2x + d/dx (x^2)", 5, "work it out"),
    Refusal("diff(x^2, x)", 0, "work it out"),
    Refusal("D(x^2)", 0, "work it out", UNFINISHED),
    Refusal("(x^2)'", 5, "work it out"),
    Refusal("2x = f'(x)", 5, "work it out"),
    Refusal("∂/∂x (x^2)", 0, "work it out", UNFINISHED),
    Refusal("\\frac{d}{dx} x^2", 0, "work it out", UNFINISHED),
    Refusal("∫x dx", 0, "work it out"),
    Refusal("∇f", 0, "work it out", UNFINISHED),
    Refusal("x'", 0, "work it out", UNFINISHED),
]
SIGNS = [
    Refusal("x!", 1, "Factorials"),
    Refusal("5%", 1, "5/100"),
    Refusal("30°", 2, "radians"),
    Refusal("5€", 1, "money"),
    Refusal("x.y", 1, "write 0.5, and * to multiply"),
    Refusal("x..", 1, "belongs to no number"),
    Refusal("0.(3)", 2, "written as a fraction"),
    Refusal("0.333...", 5, "written as a fraction"),
    Refusal("0.3…", 3, "written as a fraction"),
    Refusal("0.3\u0305", 3, "written as a fraction"),
    Refusal("x → y", 2, "An arrow"),
    Refusal(".", 0, "belongs to no number"),
    Refusal("x:y", 1, "use / to divide"),
    Refusal('"x"', 0, "Quotation marks"),
    Refusal("_x", 0, "follows no letter"),
    Refusal("x_", 1, "follows no letter"),
    Refusal("₂", 0, "follows no letter"),
    Refusal("\\foo{x}", 0, "\\foo is a LaTeX command that is not known"),
    Refusal("2\\Sqrt{x}", 1, "Did you mean \\sqrt?"),
    Refusal("\\fraction{1}{2}", 0, "Did you mean \\frac?"),
    Refusal("x\\over 2", 1, "write \\frac{above}{below}"),
    Refusal("\\" + "foo" * 30, 0, "LaTeX command that is not known"),
    Refusal("x\\", 1, "none follows"),
    Refusal("\\sqrt", 5, "sqrt has nothing to act on yet", UNFINISHED),
    Refusal("\\frac1", 0, "two pairs of braces", UNFINISHED),
    Refusal("\\frac+12", 0, "two pairs of braces"),
    Refusal("\\sqrt(x", 5, "a ) is missing", UNFINISHED),
    Refusal("\\pm x", 0, "One answer at a time"),
    Refusal("∞", 0, "Infinity"),
    Refusal("x☃", 1, "The sign ☃ means nothing here"),
    Refusal("1,000", 1, "without commas"),
    Refusal("1 000", 2, "without spaces"),
    Refusal("3٣", 1, "means nothing here"),
    Refusal("#x", 0, "The sign # means nothing here"),
]
HOSTILE = [
    Refusal("9**9**9**9", 0, "exponent in this is too big"),
    Refusal("9^9^9", 0, "exponent in this is too big"),
    Refusal("2^2^2^2^2^2", 0, "too big"),
    Refusal("e^e^e^e^e^e", 0, "too big"),
    Refusal("x^(9^9)", 0, "too big"),
    Refusal("x^10001", 0, "at most 10000"),
    Refusal("10^1001", 0, "at most 1000 places"),
    Refusal("(10^400)^3", 0, "at most 1000 places"),
    Refusal("10^400*10^400*10^400", 0, "at most 1000 places"),
    Refusal("(1.0000000001^9999)^9999", 0, "more than 4000 digits"),
    Refusal("(1.0000000001x)^9999", 0, "more than 4000 digits"),
    Refusal("(1+1/10^9)^(10^4)", 0, "more than 4000 digits"),
    Refusal("e^3000", 0, "too big"),
    Refusal("e^(-(-3000))", 0, "too big"),
    Refusal("e^-9999", 0, "too near to 0"),
    Refusal("10^-4001", 0, "too near to 0"),
    Refusal("1e1001", 0, "at most 1000 places"),
    Refusal("1e99999999999999999999", 0, "at most 1000 places"),
    Refusal("exp(exp(exp(99999)))", 0, "too big"),
    Refusal("exp(exp(exp(99999 + 0)))", 0, "too big"),
    Refusal("cosh(cosh(cosh(9999)))", 0, "too big"),
    Refusal("x if x else y", 2, "not one of them"),
    Refusal("0x10", 1, "x10 could mean two things"),
    Refusal("1_000", 1, "follows no letter"),
    Refusal("x" * 100_000, MAX_LENGTH, "more than 500 characters"),
    Refusal("(" * 5000, MAX_LENGTH, "more than 500 characters"),
    Refusal("(" * 400, 60, "nested more than 60 deep"),
    Refusal("-" * 400 + "x", 60, "nested more than 60 deep"),
    Refusal("x^" * 200 + "x", 121, "nested more than 60 deep"),
    Refusal("|" * 500, 60, "nested more than 60 deep"),
    Refusal("x" + "/x" * 200, 0, "too large to be worked with"),
    Refusal("q" * 500, 0, "not one of them"),
    Refusal("x" + "1" * 400, 0, "could mean two things"),
    Refusal("\\frac" * 100, 150, "two pairs of braces"),
    Refusal("\\sqrt{" * 83, 180, "nested more than 60 deep"),
    Refusal("x" * 499 + "q", 499, "q is not one of them"),
    Refusal("x\x00", 1, "U+0000 (invisible)"),
    Refusal("\x1b[31mx", 0, "U+001B (invisible)"),
    Refusal("x\u202ey", 1, "U+202E (invisible)"),
    Refusal("x\ud800", 1, "U+D800 (invisible)"),
    Refusal("x\u0301", 1, "U+0301 (invisible)"),
    Refusal("\ufdfa", 0, "not one of them"),
]


@pytest.mark.parametrize(
    "refusal",
    [
        *STOPS_TOO_SOON,
        *NOTHING_BESIDE,
        *BRACKETS,
        *NAMES,
        *RUN_INTO_A_FUNCTION,
        *PROGRAMS,
        *NOT_ONE_EXPRESSION,
        *SIGNS,
        *HOSTILE,
    ],
    ids=str,
)
def test_is_refused_with_a_remedy(refusal: Refusal) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(refusal.typed, Vocabulary.of(*filter(None, refusal.names)))
    error = caught.value
    assert refusal.words in error.message
    assert (error.column, error.is_unfinished) == (refusal.column, refusal.is_unfinished)
    assert len(error.message) <= LONGEST_MESSAGE


def refusal_of(text: str, read: Callable[[str], Node]) -> Unreadable | None:
    """The refusal, or None where the text is read; any other exception is a fault."""
    try:
        read(text)
    except Unreadable as error:
        return error
    return None


def check(text: str, read: Callable[[str], Node] = lambda text: parse(text, X_Y)) -> None:
    error = refusal_of(text, read)
    if error is not None:
        assert 0 <= error.column <= len(text)
        assert len(error.message) <= LONGEST_MESSAGE
        assert error.message.isprintable()


PIECES = st.sampled_from(
    [*"xyzwde0123456789", *"+-*/^()[]{}|,;.=<>'_\\ ", *"²³⁻⁽⁾ˣ₁½√∛πσ∂∇−·×÷∞∫", "sin", "ln", "log_", "exp", "max(", "**",
     "\\frac", "\\sqrt[", "{x}", "\\left", "\\right.", "\\mathrm{", "dy/dx", "f'(x)", "= ", "1e", ".5", "$", "\u200b", "\x00"]
)  # fmt: skip


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    check(text)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_anything_like_mathematics_is_read_or_refused(text: str) -> None:
    check(text)
    check(text, lambda text: parse(text, OWN))


@given(st.text(alphabet=string.printable + "".join(map(chr, range(0x2070, 0x20A0))), min_size=200))
def test_long_texts_are_read_or_refused(text: str) -> None:
    check(text)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_an_authors_formula_is_read_or_refused(text: str) -> None:
    check(text, parse_free)


def test_many_names_do_not_make_a_long_complaint() -> None:
    vocabulary = Vocabulary.of(*(f"feature_{letter}" for letter in string.ascii_letters))
    with pytest.raises(Unreadable) as caught:
        parse("q" * 60, vocabulary)
    assert len(caught.value.message) <= LONGEST_MESSAGE


@pytest.mark.parametrize(
    "typed",
    [
        "e^(10^-100)",
        "x^(10^-300)",
        "x^(1 + 10^-100)",
        "cosh(10^-90)",
        "10^-1000",
        "e^-3000",
        "exp(-3000)",
        "sech(3000)",
        "2^-5000",
    ],
)
def test_a_tiny_number_is_not_called_too_big(typed: str) -> None:
    parse(typed, Vocabulary.of("x"))
