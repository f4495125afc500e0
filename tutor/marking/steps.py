"""Worked steps: from the rule tree to what a good teacher writes on the board, one line at a time.

What is still to be differentiated stands in a line as `d/dx(...)`. The last line is the very answer that the tutor gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tutor.marking.arithmetic import worked_lines
from tutor.marking.neat import RUNES, neat
from tutor.marking.rule_words import is_power_below
from tutor.marking.step import Step
from tutor.marking.step_words import explain, is_simple, name_of, parts_of, stands_still
from tutor.maths.grammar import display_name
from tutor.maths.rules import Rule, RuleName, combine, derivative, differentiate
from tutor.maths.show import show_line
from tutor.maths.tidy import tidy
from tutor.maths.tree import (
    Name,
    Negative,
    Node,
    Tuple,
    rebuild,
    variables,
    walk,
)
from tutor.words import tr

_MOST_LINES = 30
"Of one differentiation; nobody reads more."
_MOST_WORK = 12_000
"Lines times nodes of the function: each line is set anew, at about 10 µs a node."
_HOLDS = (")", "′", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "|")
_ALONE = 2
"Simple terms of a sum that are each given a line; more of them share one."


def derivative_steps(of: Node, by: Sequence[str], *, ascii: bool = False) -> tuple[Step, ...]:
    """The steps to a derivative of any order; the last line is `show_line(derivative(of, by))`.

    Args:
        of: without typed brackets.
        by: at least one variable, in canonical spelling, first one first.
    """
    steps: list[Step] = []
    for order, letter in enumerate(by):
        before = derivative(of, by[:order]) if order else of
        steps += _Board(before, letter, ascii=ascii, again=order > 0).steps(derivative(of, by[: order + 1]))
    return tuple(steps)


def gradient_steps(of: Node, by: Sequence[str], *, ascii: bool = False) -> tuple[Step, ...]:
    """The steps to every partial, then the list of them."""
    steps = [step for letter in by for step in derivative_steps(of, (letter,), ascii=ascii)]
    whole = Tuple(tuple(derivative(of, (letter,)) for letter in by))
    line = show_line(whole, ascii=ascii)
    return (
        *steps,
        Step(rule=tr("Gradient"), why=tr("Write the partials in a row, in the order of the letters."), line=line),
    )


def number_steps(formula: Node, by: Sequence[str], values: dict[str, Node], answer: str) -> tuple[Step, ...]:
    """The steps to a number: differentiate if asked, put the values in, work it out.

    Args:
        values: for every variable of the formula.
        answer: the last line.
    """
    steps = list(derivative_steps(formula, by)) if by else []
    slope = derivative(formula, by) if by else formula
    used = {name: value for name, value in values.items() if name in variables(slope)}
    here = _put_in(slope, used)
    filled = show_line(here)
    given = ", ".join(f"{display_name(name)} = {show_line(value)}" for name, value in used.items())
    if used and filled != answer:
        steps.append(Step(rule=tr("Values"), why=tr("Put in {given}.", given=given), line=filled))
    elif not steps and filled != answer:
        steps.append(Step(rule=tr("Values"), why=tr("This is what is to be worked out."), line=filled))
    for line in map(show_line, worked_lines(here)[:-1]):
        if line not in (filled, answer):
            steps.append(Step(rule=tr("Arithmetic"), why=tr("From the inside."), line=line))
    if not steps or steps[-1].line != answer:
        steps.append(Step(rule=tr("Arithmetic"), why=tr("Work it out."), line=answer))
    return tuple(steps)


def _put_in(node: Node, values: dict[str, Node]) -> Node:
    """Values in the place of letters, with a dot or brackets where two numbers would run together."""
    if isinstance(node, Name):
        return values.get(node.name, node)
    return rebuild(node, tuple(_put_in(child, values) for child in node.children))


def _signs(line: str) -> str:
    """What a line says, without what only holds it together."""
    return "".join(sign for sign in line if sign not in " ·*()")


class _Board:
    """One differentiation: which rules have been used so far, and the line that this leaves."""

    def __init__(self, of: Node, by: str, *, ascii: bool, again: bool) -> None:
        self.rule = differentiate(of, by)
        self.by, self.ascii, self.again = by, ascii, again
        self.is_partial = len(variables(of) | {by}) > 1
        self.spelt: dict[str, int] = {}
        "Derivatives that the line still has in it, with the rune that stands for each."
        self.done: set[int] = set()
        "Rules that have been used, by identity."

    def steps(self, answer: Node) -> list[Step]:
        """Every line; the last one shows the answer."""
        found: list[Step] = []
        order = list(self.order())
        if len(order) > _MOST_LINES or len(order) * sum(1 for _ in walk(self.rule.of)) > _MOST_WORK:
            why = tr("It takes {n} lines, all by rules you know; only the end is shown.", n=len(order))
            return [Step(rule=tr("Many rules"), why=why, line=self.show(answer))]
        for rules in order:
            self.done.update(id(rule) for rule in rules)
            line = self.line()
            if not found or line != found[-1].line:
                found.append(self.step(rules, line, is_first=not found))
        last = self.show(answer)
        if sorted(_signs(found[-1].line)) == sorted(_signs(last)):  # the same but for the order
            found[-1] = msgspec.structs.replace(found[-1], line=last)
        elif found[-1].line != last:
            why = tr("Work out the numbers and put like things together.")
            found.append(Step(rule=tr("Tidy up"), why=why, line=last))
        return found

    def step(self, rules: Sequence[Rule], line: str, *, is_first: bool) -> Step:
        why = explain(rules, self.show)
        if is_first and self.is_partial:
            why = f"{stands_still(self.rule.of, self.by, self.show)} {why}"
        if is_first and self.again:
            why = tr("Now differentiate that by {by}. {why}", by=self.show(Name(self.by)), why=why)
        return Step(rule=name_of(rules), why=why, line=line, parts=parts_of(rules, self.show))

    def show(self, node: Node) -> str:
        return show_line(node, ascii=self.ascii)

    # --- the order of work

    def order(self) -> Iterator[list[Rule]]:
        """The rules in the order in which they are used, those together that share a line."""
        if self.rule.name is not RuleName.SUM:
            yield from self.within(self.rule)
            return
        yield [self.rule]
        simple = [part for part in self.rule.parts if is_simple(part)]
        if len(simple) > _ALONE:
            yield simple
        for part in self.rule.parts:
            if not is_simple(part):
                yield from self.within(part)
            elif len(simple) <= _ALONE:
                yield [part]

    def within(self, rule: Rule) -> Iterator[list[Rule]]:
        """A rule, then those of its parts that are not seen at a glance."""
        if isinstance(rule.of, Negative) and not is_simple(rule):
            first, *later = self.within(rule.parts[0])
            yield [rule, *first]
            yield from later
            return
        yield [rule]
        for part in rule.parts:
            if not is_simple(part) and part.by == self.by:
                yield from self.within(part)

    # --- the line

    def render(self, rule: Rule, *, is_inside: bool = False) -> Node:
        """The derivative as far as it has been worked out; what is not, as `d/dx(...)`."""
        if id(rule) not in self.done and not (is_inside and is_simple(rule)):
            return self.undone(rule.of)
        is_whole_sum = rule is self.rule and rule.name is RuleName.SUM
        at_a_glance = not rule.parts or is_power_below(rule) or (is_simple(rule) and not is_whole_sum)
        if rule.by != self.by or at_a_glance:
            return tidy(rule.result)
        inside = rule is not self.rule or rule.name is not RuleName.SUM
        return neat(
            combine(rule.name, rule.of, rule.by, tuple(self.render(part, is_inside=inside) for part in rule.parts))
        )

    def undone(self, of: Node) -> Node:
        """A rune in the place of a derivative; the line is set around it as around any letter, then it is spelt out."""
        sign = "∂" if self.is_partial and not self.ascii else "d"
        spelt = f"{sign}/{sign}{self.show(Name(self.by))}({self.show(of)})"
        return Name(RUNES[self.spelt.setdefault(spelt, len(self.spelt)) % len(RUNES)])

    def line(self) -> str:
        """The line as far as the work has gone."""
        self.spelt.clear()
        shown = self.show(self.render(self.rule))
        for spelt, place in self.spelt.items():
            first, *others = shown.split(RUNES[place % len(RUNES)])
            shown = first
            for after in others:
                shown = self.joined(shown, spelt, after)
        return shown

    def joined(self, before: str, spelt: str, after: str) -> str:
        """A derivative between what stands around it, with dots where it multiplies."""
        dot = "*" if self.ascii else "·"
        left = dot if before[-1:].isalnum() or before[-1:] in _HOLDS else ""
        right = dot if after[:1].isalnum() or after[:1] in ("(", "√") else ""
        return f"{before}{left}{spelt}{right}{after}"
