"""Nothing but ASCII, which means what it meant: every formula of the course, every text of the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor import display, places
from tutor.front.ascii import ONE_FOR_ONE, has_unspelt, spelt
from tutor.front.shown import shown
from tutor.front.unshown import with_legible_titles
from tutor.front.words import cell_len
from tutor.lesson.formula import read_formula, words_in
from tutor.lesson.model import Course, Exercise, Lesson
from tutor.lesson.page import parse_page
from tutor.lesson.pages import Read
from tutor.lesson.read import read_course
from tutor.lesson.vary import seeds_of, variant
from tutor.maths.numeric import compile_float
from tutor.maths.parse import free_vocabulary, parse
from tutor.maths.tree import Tuple, variables

PACKAGE = Path(__file__).resolve().parent.parent.parent / "tutor"

SPELT = [
    ("3x² + 2y", "3x^2 + 2y"),
    ("x²y", "x^2*y"),
    ("1 − ηλ√2", "1 - eta*lambda*sqrt(2)"),
    ("x²(y + 1)", "x^2*(y + 1)"),
    ("sin²(x)", "sin^2(x)"),
    ("tanh²z", "tanh^2z"),
    ("x⁻²", "x^(-2)"),
    ("e⁻ˣ", "e^(-x)"),
    ("w₁₂x", "w12*x"),
    ("log₂(x)", "log2(x)"),
    ("xᵢ", "x_i"),
    ("√(x)", "sqrt(x)"),
    ("2√(x)", "2sqrt(x)"),
    ("x√2", "x*sqrt(2)"),
    ("∛(x)", "cbrt(x)"),
    ("the sign √ is", "the sign sqrt is"),
    ("2πr", "2*pi*r"),
    ("σ(z)(1 − σ(z))", "sigmoid(z)(1 - sigmoid(z))"),
    ("σ′(z)", "sigmoid'(z)"),
    ("θ₁ + θ₂²", "theta1 + theta2^2"),
    ("∂²f/∂x∂y", "d^2f/dx dy"),
    ("d²s/dt²", "d^2s/dt^2"),
    ("∂L/∂θ", "dL/dtheta"),
    ("∇f = (2x, 3)", "grad f = (2x, 3)"),
    ("Δx", "Delta x"),
    ("½x²", "1/2*x^2"),
    ("1½", "1 1/2"),
    ("90 m²", "90 m^2"),
    ("“right” – it’s…", '"right" - it\'s...'),
    ("✓ Right", "+ Right"),
    ("✗ Not yet", "x Not yet"),
    ("· an item", "- an item"),
    ("a·b", "a*b"),
    ("⣀⠤", "**"),
    ("Fünf Größen, naïve", "Fuenf Groessen, naive"),
    ("œuvre, Łódź, smørrebrød, «so»", 'oeuvre, Lodz, smorrebrod, "so"'),
    ("∑xᵢ ∑ᵢ w₁", "sum x_i sum_i w1"),
    ("∫₀¹ x² dx", "int_0^1 x^2 dx"),
    ("x∈A∪B, ∀x", "x in A union B, for all x"),
    ("½∑(y − ŷ)², x̄", "1/2 sum(y - y_hat)^2, x_bar"),
    ("Café, tête", "Cafe, tete"),
    ("日本", "????"),
]


@pytest.mark.parametrize(("text", "told"), SPELT)
def test_what_is_spelt(text: str, told: str) -> None:
    assert spelt(text) == told


@pytest.mark.parametrize(
    ("is_ascii", "titles"), [(True, ["a", "Zwoelf Faelle", "c"]), (False, ["微分", "Zwölf Fälle", "c"])]
)
def test_a_title_that_would_be_question_marks_is_an_id(
    is_ascii: bool, titles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "is_ascii", lambda: is_ascii)
    steps = (Read(id="p", text="Go."),)
    written = (("a", "微分"), ("b", "Zwölf Fälle"), ("c", "c"))
    lessons = tuple(Lesson(id=id, title=title, objectives=("",), steps=steps, summary="") for id, title in written)
    course = with_legible_titles(Course(lessons, (), {"x": "Производная"}))
    assert [shown(lesson.title) for lesson in course.lessons] == titles
    assert course.titles == {"x": "x" if is_ascii else "Производная"}


def formulas() -> Iterator[str]:
    """Every formula of the course's pages, as authors wrote it."""
    for lesson in read_course(places.course_directory()).lessons:
        texts = [lesson.summary, *lesson.objectives]
        for step in lesson.steps:
            if not isinstance(step, Exercise):
                texts.append(step.text)
                continue
            for seed in seeds_of(step) or (None,):
                made = step if seed is None else variant(step, seed)
                texts += [made.ask, made.because, *made.hints]
        for text in texts:
            yield from (maths for maths, _ in parse_page(text).maths)


def test_every_formula_of_the_course_means_what_it_meant() -> None:
    count = 0
    for written in dict.fromkeys(formulas()):
        for piece in read_formula(written).pieces:
            told = spelt(piece.line)
            assert told.isascii(), piece.line
            is_notation = re.fullmatch(r"\w\(\w(, \w)+\)", piece.line) or any(sign in piece.line for sign in "∂∇Δ′…?")
            if piece.node is None or is_notation or "/d" in piece.line:
                continue  # a notation, which is no formula to be read
            assert _values(told) == pytest.approx(_values(piece.line), nan_ok=True), (piece.line, told)
            count += 1
    assert count > 500


def _values(text: str) -> list[float]:
    """A formula's values, several of a list, where each of its letters has a value of its own."""
    tree = parse(text, free_vocabulary(text, words_in(text)))
    names = tuple(sorted(variables(tree)))
    at = tuple(0.3 + sum(map(ord, name)) % 17 / 7 for name in names)
    return [compile_float(each, names)(at) for each in (tree.items if isinstance(tree, Tuple) else (tree,))]


def texts_of_the_program() -> Iterator[str]:
    for source in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isascii():
                yield node.value


def test_every_text_of_the_program_is_ascii_then_and_keeps_its_columns() -> None:
    for text in texts_of_the_program():
        assert spelt(text).isascii(), text
        kept = text.translate(ONE_FOR_ONE)
        assert kept.isascii(), text
        assert len(kept) == cell_len(text) or not text.isprintable(), text


@pytest.mark.parametrize(
    ("text", "is_lost"), [("Größe für σ(x) ≤ ∂²f ✓ → café", False), ("Производная", True), ("x of 导数", True)]
)
def test_letters_of_other_scripts_are_noticed(text: str, is_lost: bool) -> None:
    assert has_unspelt(text) is is_lost


def test_nothing_of_the_course_is_lost() -> None:
    assert not [file.name for file in places.course_directory().glob("*.yaml") if has_unspelt(file.read_text("utf-8"))]
