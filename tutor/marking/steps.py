"""Worked steps: from the rule tree to what a good teacher writes on the board, one line at a time.

What is still to be differentiated stands in a line as `d/dx(...)`. The last line is the very answer that the tutor gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

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
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tuple,
    number,
    rebuild,
    variables,
    walk,
)

_MOST_LINES = 30
"Of one differentiation; nobody reads more."
_MOST_WORK = 12_000
"Lines times nodes of the function: each line is set anew, at about 10 µs a node."
_RUNES = "ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾᛁᛃᛇᛈᛉᛊᛏᛒᛖᛗ"
"Letters that no lesson uses."
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
    return (*steps, Step(rule="gradient", why="Write the partials in a row, in the order of the letters.", line=line))


def number_steps(formula: Node, by: Sequence[str], values: dict[str, Node], answer: str) -> tuple[Step, ...]:
    """The steps to a number: differentiate if asked, put the values in, work it out.

    Args:
        values: for every variable of the formula.
        answer: the last line.
    """
    steps = list(derivative_steps(formula, by)) if by else []
    slope = derivative(formula, by) if by else formula
    used = {name: value for name, value in values.items() if name in variables(slope)}
    filled = show_line(_put_in(slope, used))
    given = ", ".join(f"{display_name(name)} = {show_line(value)}" for name, value in used.items())
    if used and filled != answer:
        steps.append(Step(rule="values", why=f"Put in {given}.", line=filled))
    if not steps or steps[-1].line != answer:
        steps.append(Step(rule="arithmetic", why="Work it out.", line=answer))
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
            why = f"It takes {len(order)} lines, all by rules you know; only the end is shown."
            return [Step(rule="many rules", why=why, line=self.show(answer))]
        for rules in order:
            self.done.update(id(rule) for rule in rules)
            line = self.line()
            if not found or line != found[-1].line:
                found.append(self.step(rules, line, is_first=not found))
        last = self.show(answer)
        if sorted(_signs(found[-1].line)) == sorted(_signs(last)):  # the same but for the order
            found[-1] = msgspec.structs.replace(found[-1], line=last)
        elif found[-1].line != last:
            found.append(Step(rule="tidy up", why="Work out the numbers and put like things together.", line=last))
        return found

    def step(self, rules: Sequence[Rule], line: str, *, is_first: bool) -> Step:
        why = explain(rules, self.show)
        if is_first and self.is_partial:
            why = f"{stands_still(self.rule.of, self.by, self.show)} {why}"
        if is_first and self.again:
            why = f"Now differentiate that by {self.show(Name(self.by))}. {why}"
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
        if rule.by != self.by or not rule.parts or (is_simple(rule) and not is_whole_sum):
            return tidy(rule.result)
        inside = rule is not self.rule or rule.name is not RuleName.SUM
        return neat(
            combine(rule.name, rule.of, rule.by, tuple(self.render(part, is_inside=inside) for part in rule.parts))
        )

    def undone(self, of: Node) -> Node:
        """A rune in the place of a derivative; the line is set around it as around any letter, then it is spelt out."""
        sign = "∂" if self.is_partial and not self.ascii else "d"
        spelt = f"{sign}/{sign}{self.show(Name(self.by))}({self.show(of)})"
        return Name(_RUNES[self.spelt.setdefault(spelt, len(self.spelt)) % len(_RUNES)])

    def line(self) -> str:
        """The line as far as the work has gone."""
        self.spelt.clear()
        shown = self.show(self.render(self.rule))
        dot = "*" if self.ascii else "·"
        for spelt, place in self.spelt.items():
            before, rune, after = shown.partition(_RUNES[place % len(_RUNES)])
            if rune:
                left = dot if before[-1:].isalnum() or before[-1:] in _HOLDS else ""
                right = dot if after[:1].isalnum() or after[:1] in ("(", "√") else ""
                shown = f"{before}{left}{spelt}{right}{after}"
        return shown


def neat(node: Node) -> Node:
    """Without what nobody writes: a factor 1, a term 0, a power 1; numbers in exponents worked out, all else left."""
    if not node.children:
        return node
    parts = tuple(neat(child) for child in node.children)
    return _NEAT.get(type(node), rebuild_as(node))(parts)


def rebuild_as(node: Node) -> Callable[[tuple[Node, ...]], Node]:
    """Rebuilds the same kind of node."""
    return lambda parts: rebuild(node, parts)


_ZERO, _ONE = number(0), number(1)


def _sum(terms: tuple[Node, ...]) -> Node:
    flat = [part for term in terms for part in (term.terms if isinstance(term, Sum) else (term,))]
    kept = tuple(term for term in flat if term != _ZERO)
    return kept[0] if len(kept) == 1 else Sum(kept) if kept else _ZERO


def _product(factors: tuple[Node, ...]) -> Node:
    if _ZERO in factors:
        return _ZERO
    minus, flat = _flattened(factors)
    above = [part for factor in flat for part in _flattened(_sides(factor)[0])[1]]
    below = [part for factor in flat for part in _sides(factor)[1]]
    top = _in_order(above)
    product = Quotient(top, _in_order(below)) if below else top
    return Negative(product) if minus else product


def _flattened(factors: tuple[Node, ...]) -> tuple[bool, list[Node]]:
    """Whether the signs make a minus, and the factors without signs or products among them."""
    minus, flat = False, []
    for factor in factors:
        if isinstance(factor, Negative):
            minus = not minus
            factor = factor.of
        if isinstance(factor, Product | Negative):
            inner, parts = _flattened(factor.children if isinstance(factor, Product) else (factor,))
            minus ^= inner
            flat += parts
        else:
            flat.append(factor)
    return minus, flat


def _sides(factor: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    return ((factor.numerator,), (factor.denominator,)) if isinstance(factor, Quotient) else ((factor,), ())


def _in_order(factors: list[Node]) -> Node:
    """A product with its numbers first and no factor 1."""
    kept = [factor for factor in factors if factor != _ONE]
    ordered = sorted(kept, key=lambda factor: not isinstance(factor, Number))
    return Product(tuple(ordered)) if len(ordered) > 1 else ordered[0] if ordered else _ONE


def _negative(parts: tuple[Node, ...]) -> Node:
    (part,) = parts
    if part == _ZERO:
        return _ZERO
    return part.of if isinstance(part, Negative) else Negative(part)


def _quotient(parts: tuple[Node, ...]) -> Node:
    top, bottom = parts
    if top == _ZERO or bottom == _ONE:
        return top
    return Negative(Quotient(top.of, bottom)) if isinstance(top, Negative) else Quotient(top, bottom)


def _power(parts: tuple[Node, ...]) -> Node:
    base, exponent = parts[0], tidy(parts[1])
    return base if exponent == _ONE else Power(base, exponent)


_NEAT: dict[type[Node], Callable[[tuple[Node, ...]], Node]] = {
    Sum: _sum,
    Product: _product,
    Negative: _negative,
    Quotient: _quotient,
    Power: _power,
}
