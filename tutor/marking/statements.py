"""A derivation as statements, parts first: each line says what the derivative of one part is, from those above it.

With the id of a slip one rule among them is the wrong one, and what follows from it is carried on.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import msgspec

from tutor.errors import Unreadable
from tutor.marking.neat import neat
from tutor.marking.question import BrokenExerciseError
from tutor.marking.slips.landscape import Landscape, Site, Wrong, landscape_of
from tutor.marking.slips.probe import choose_probes, is_close
from tutor.marking.slips.twin import Said, inside_of
from tutor.marking.step_words import is_simple
from tutor.maths.grammar import canonical
from tutor.maths.parse import parse_free
from tutor.maths.rules import INNER, Rule, RuleName, combine
from tutor.maths.show import show_line
from tutor.maths.tidy import tidy
from tutor.maths.tree import Name, Negative, Node, substitute, variables
from tutor.words import tr

_FEWEST, _MOST = 3, 6
_INNER_LETTERS = "utvs"
_PROBES = 3


class Statement(msgspec.Struct, frozen=True):
    """One line."""

    text: str
    uses: tuple[int, ...] = ()
    "The lines that it follows from, counted from 0; all of them stand above it."


class Statements(msgspec.Struct, frozen=True):
    """A whole derivation, the last line being what was asked for."""

    lines: tuple[Statement, ...]
    wrong: int = -1
    "The first line that is wrong, counted from 0; -1 where none is."
    said: Said | None = None
    "What was done there, and what leads on."


def state(of: str, by: tuple[str, ...], names: tuple[str, ...] = ()) -> Statements:
    """The right derivation.

    Raises:
        BrokenExerciseError: a formula that cannot be read, or a derivation of too few lines or too many.
    """
    return _Account(_landscape(of, by, names), -1, None).statements()


def state_with_slip(of: str, by: tuple[str, ...], slip: str, names: tuple[str, ...] = ()) -> Statements:
    """The derivation with a slip made once, at the first place where it makes the end wrong.

    Raises:
        BrokenExerciseError: as `state`; or the slip cannot be made there, or makes no difference.
    """
    landscape = _landscape(of, by, names)
    places = [
        (number, wrong) for number, site in enumerate(landscape.sites) for wrong in site.wrongs if wrong.twin.id == slip
    ]
    if not places:
        raise BrokenExerciseError(tr("the slip {slip} cannot be made in it", slip=slip))
    for number, wrong in places:
        account = _Account(landscape, number, wrong)
        if account.is_wrong_where_it_should():
            return account.statements()
    raise BrokenExerciseError(tr("the slip {slip} makes no difference in it", slip=slip))


def _landscape(of: str, by: tuple[str, ...], names: tuple[str, ...]) -> Landscape:
    if len(by) != 1:
        raise BrokenExerciseError(tr("it must be differentiated by one variable"))
    try:
        return landscape_of(parse_free(of, (*names, *by)), canonical(by[0]))
    except Unreadable as error:
        raise BrokenExerciseError(error.message) from error


class _Account:
    """What every rule gives, with one of them replaced by a wrong one."""

    def __init__(self, landscape: Landscape, wrong_at: int, wrong: Wrong | None) -> None:
        self.sites = landscape.sites
        self.wrong_at, self.wrong = wrong_at, wrong
        self.of = self.sites[0].rule.of
        self.is_partial = len(variables(self.of) | {self.sites[0].rule.by}) > 1
        self.letter = next((letter for letter in _INNER_LETTERS if letter not in variables(self.of)), "z")
        self.order = list(self._parts_first(0))
        self.raw: dict[int, Node] = {}
        "What each rule gives, not yet tidied."
        for number in self.order:
            self.raw[number] = self._result(number)

    def _parts_first(self, number: int) -> Iterator[int]:
        for part in self.sites[number].parts:
            yield from self._parts_first(part)
        yield number

    def _result(self, number: int) -> Node:
        site = self.sites[number]
        rule, parts = site.rule, tuple(tidy(self.raw[part]) for part in site.parts)
        made = combine(rule.name, rule.of, rule.by, parts)
        if number == self.wrong_at and self.wrong is not None:
            made = next(islice(self.wrong.twin.make(rule, parts), self.wrong.variant, None), made)
        return substitute(made, {INNER: inside_of(rule)}) if rule.name is RuleName.CHAIN else made

    def is_wrong_where_it_should(self) -> bool:
        """Whether the slip shows in its own line, and in the end."""
        return all(_are_different(self.raw[number], self.sites[number].rule.result) for number in (self.wrong_at, 0))

    def statements(self) -> Statements:
        shown = self._chosen()
        lines = [Statement(self._text(number), tuple(sorted(self._uses(number, shown)))) for number in shown]
        end = show_line(tidy(self.raw[0]))
        if not lines[-1].text.endswith(f"= {end}"):
            lines.append(Statement(f"= {end}", (len(lines) - 1,)))
        if len(lines) < _FEWEST:
            raise BrokenExerciseError(
                tr(
                    "its derivation is too short, {n} of at least {fewest} lines: take more parts",
                    n=len(lines),
                    fewest=_FEWEST,
                )
            )
        if self.wrong is None:
            return Statements(tuple(lines))
        return Statements(tuple(lines), shown.index(self.wrong_at), self._said(self.sites[self.wrong_at], self.wrong))

    # --- which rules have a line

    def _chosen(self) -> list[int]:
        """The rules that are given a line: as many as a learner reads."""
        for has_line in (_is_work, _is_more_than_simple, _is_not_outside):
            shown = [
                number for number in self.order if number in (0, self.wrong_at) or has_line(self.sites[number].rule)
            ]
            if len(shown) <= _MOST:
                return shown
        raise BrokenExerciseError(
            tr("its derivation is too long, {n} of at most {most} lines: take fewer parts", n=len(shown), most=_MOST)
        )

    def _uses(self, number: int, shown: list[int]) -> Iterator[int]:
        for part in self.sites[number].parts:
            if part in shown:
                yield shown.index(part)
            else:
                yield from self._uses(part, shown)

    # --- how a line is set

    def _text(self, number: int) -> str:
        rule = self.sites[number].rule
        result = tidy(self.raw[number])
        if number == 0 and _signs(show_line(neat(self.raw[0]))) != _signs(show_line(result)):
            result = neat(self.raw[0])
        sign = "∂" if self.is_partial and rule.by != INNER else "d"
        return f"{sign}/{sign}{self._show(Name(rule.by))}({self._show(rule.of)}) = {self._show(result)}"

    def _show(self, node: Node) -> str:
        return show_line(substitute(node, {INNER: Name(self.letter)}))

    def _said(self, site: Site, wrong: Wrong) -> Said:
        inside = site.inside
        return wrong.twin.say(
            site.rule, self._show if inside is None else lambda node: show_line(substitute(node, {INNER: inside}))
        )


def _signs(line: str) -> list[str]:
    """What a line says, without the order and without what only holds it together."""
    return sorted(sign for sign in line if sign not in " ·()")


def _is_work(rule: Rule) -> bool:
    return rule.name not in (RuleName.CONSTANT, RuleName.VARIABLE) and not isinstance(rule.of, Negative)


def _is_more_than_simple(rule: Rule) -> bool:
    return _is_work(rule) and (not is_simple(rule) or rule.by == INNER)


def _is_not_outside(rule: Rule) -> bool:
    return _is_work(rule) and not is_simple(rule)


def _are_different(mine: Node, theirs: Node) -> bool:
    names = tuple(sorted(variables(mine) | variables(theirs)))
    probes = choose_probes(names, (mine, theirs), _PROBES if names else 1)
    return any(not is_close(probe.value(mine), probe.value(theirs)) for probe in probes)
