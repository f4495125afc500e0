"""What is wrong with an exercise that is made of lines: `fix`, `order` and `line`.

`tutor.lesson.proofread` hands each over, with a way to read formulas and pages and to report.
"""

from __future__ import annotations

from typing import Final, Protocol

from tutor.errors import Unreadable
from tutor.lesson.model import Fix, LineByLine, Order
from tutor.lesson.proof_pictures import Proof as FormulaProof
from tutor.lesson.source import Route
from tutor.maths.grammar import Vocabulary, canonical, display_name
from tutor.maths.parse import parse
from tutor.maths.tree import variables
from tutor.words import tr, tr_n

_FIX: Final = (3, 9)
_ORDER: Final = (3, 7)
"Fewest and most lines of an author's own."


class Proof(FormulaProof, Protocol):
    """What is needed besides formulas."""

    def page(self, path: Route, text: str) -> None:
        """Look at a text in the language of pages."""

    def unreadable(self, path: Route, text: str, error: Unreadable, *, on_key: bool = False) -> None:
        """Note that a formula cannot be read."""


def exercise_in_lines(proof: Proof, route: Route, exercise: Fix | Order | LineByLine) -> None:
    """Report what would keep an exercise from being asked."""
    match exercise:
        case Fix():
            _fix(proof, route, exercise)
        case Order():
            _order(proof, route, exercise)
        case LineByLine():
            _line_by_line(proof, route, exercise)


# --- fix and order


def _fix(proof: Proof, route: Route, exercise: Fix) -> None:
    if _is_one_of_two(proof, route, exercise, ("of", "by", "slip")) and not exercise.lines:
        _one_variable(proof, route, exercise)
    if exercise.lines:
        for n, text in enumerate(exercise.lines):
            proof.formula((*route, "lines", n), text, (*exercise.variables, *exercise.let))
        _count(proof, route, exercise.lines, _FIX)


def _order(proof: Proof, route: Route, exercise: Order) -> None:
    if _is_one_of_two(proof, route, exercise, ("of", "by")) and not exercise.lines:
        _one_variable(proof, route, exercise)
    if exercise.lines:
        for n, text in enumerate(exercise.lines):
            proof.page((*route, "lines", n), text)
            if text in exercise.lines[:n]:
                what = tr("Line {n} is the same as line {first}.", n=n + 1, first=exercise.lines.index(text) + 1)
                proof.report((*route, "lines", n), what, tr("Make all lines different, so that each has one place."))
        _count(proof, route, exercise.lines, _ORDER)


def _is_one_of_two(proof: Proof, route: Route, exercise: Fix | Order | LineByLine, fields: tuple[str, ...]) -> bool:
    """Whether either all of some fields are there, or `lines`; reports it if not."""
    given = [field for field in fields if getattr(exercise, field)]
    spelt = ", ".join(f"`{field}`" for field in fields)
    if exercise.lines and given:
        what = tr("`{given}` has no use beside `lines`.", given=given[0])
        proof.report((*route, given[0]), what, tr("Write either {spelt}, or `lines`.", spelt=spelt), on_key=True)
    elif not exercise.lines and len(given) < len(fields):
        missing = [f"`{field}`" for field in fields if field not in given]
        what = tr_n(
            "{missing} is missing, and there are no `lines`.",
            "{missing} are missing, and there are no `lines`.",
            len(missing),
            missing=tr(" and ").join(missing),
        )
        proof.report(route, what, tr("Write either {spelt}, or `lines`.", spelt=spelt))
    else:
        return True
    return False


def _one_variable(proof: Proof, route: Route, exercise: Fix | Order) -> None:
    tree = proof.formula((*route, "of"), exercise.of, (*exercise.variables, *exercise.let, *exercise.by))
    if len(exercise.by) != 1:
        proof.report((*route, "by"), tr("Here one variable is differentiated by."), tr("Write one, such as `by: x`."))
    elif tree is not None and canonical(exercise.by[0]) not in variables(tree):
        proof.report(
            (*route, "by"), tr("There is no {by} in `of`.", by=exercise.by[0]), tr("Name a variable of the formula.")
        )


def _count(proof: Proof, route: Route, lines: tuple[str, ...], bounds: tuple[int, int]) -> None:
    least, most = bounds
    if not least <= len(lines) <= most:
        what = tr("There must be {least} to {most} lines, and there are {n}.", least=least, most=most, n=len(lines))
        proof.report((*route, "lines"), what, tr("Leave some out.") if len(lines) > most else tr("Add some."))


# --- line


def _line_by_line(proof: Proof, route: Route, exercise: LineByLine) -> None:
    if not _is_one_of_two(proof, route, exercise, ("of", "by")):
        return
    if exercise.lines:
        _calculation(proof, route, exercise)
        return
    tree = proof.formula((*route, "of"), exercise.of, (*exercise.variables, *exercise.let, *exercise.by))
    if tree is not None:
        known = variables(tree) | {canonical(name) for name in (*exercise.variables, *exercise.by, *exercise.let)}
        _answers(proof, route, exercise, Vocabulary(frozenset(known)))


def _calculation(proof: Proof, route: Route, exercise: LineByLine) -> None:
    for name, text in exercise.given.items():
        proof.number((*route, "given", name), text)
    if exercise.form:
        what = tr("`form` is for a derivation; the lines of a calculation are numbers.")
        proof.report((*route, "form"), what, tr("Remove it; `places` says how exact they must be."), on_key=True)
    known = [*exercise.given]
    for n, line in enumerate(exercise.lines):
        path = (*route, "lines", n)
        proof.page((*path, "ask"), line.ask)
        tree = proof.formula((*path, "of"), line.of, (*known, *line.by))
        strangers = variables(tree) - {canonical(name) for name in known} if tree is not None else frozenset()
        for name in sorted(strangers):
            what = tr("{name} is neither given nor the name of a line above.", name=display_name(name))
            proof.report((*path, "of"), what, tr("Give it a number under `given`, or correct it."))
        for name in line.by:
            if tree is not None and canonical(name) not in variables(tree):
                proof.report(
                    (*path, "by"), tr("There is no {name} in `of`.", name=name), tr("Name a variable of the formula.")
                )
        if line.name in known:
            proof.report(
                (*path, "name"),
                tr("The name {name} is taken already.", name=line.name),
                tr("Give the line a name of its own."),
            )
        known.append(line.name)
    _answers(proof, route, exercise, Vocabulary.of())


def _answers(proof: Proof, route: Route, exercise: LineByLine, vocabulary: Vocabulary) -> None:
    """Check that the sample answers read, line by line, as a learner's would."""
    samples: list[tuple[Route, str]] = [((*route, "accept", n), text) for n, text in enumerate(exercise.accept)]
    samples += [((*route, "reject", text), text) for text in exercise.reject]
    for path, text in samples:
        for line in exercise.split(text):
            try:
                parse(line, vocabulary)
            except Unreadable as error:
                proof.unreadable(path, line, error, on_key="accept" not in path)
