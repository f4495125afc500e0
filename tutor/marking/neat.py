"""A line of worked steps as one writes it: nothing worked out that is still to be seen, nothing left that nobody writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tutor.maths.tidy import tidy
from tutor.maths.tree import Name, Negative, Node, Number, Power, Product, Quotient, Sum, number, rebuild

RUNES = "ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾᛁᛃᛇᛈᛉᛊᛏᛒᛖᛗ"
"Letters that no lesson uses: each stands for a derivative still to be taken."


def neat(node: Node) -> Node:
    """Without what nobody writes: a factor 1, a term 0, a power 1; numbers in exponents worked out, all else left."""
    if not node.children:
        return node
    parts = tuple(neat(child) for child in node.children)
    how = _NEAT.get(type(node))
    return how(parts) if how is not None else rebuild(node, parts)


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
    """A product without factors 1: numbers first, then letters, equal ones as a power, then all else."""
    kept = _powers([factor for factor in factors if factor != _ONE])
    ordered = sorted(kept, key=_place)
    return Product(tuple(ordered)) if len(ordered) > 1 else ordered[0] if ordered else _ONE


def _powers(factors: list[Node]) -> list[Node]:
    counts = Counter(factor for factor in factors if _is_letter(factor))
    once = [factor for place, factor in enumerate(factors) if counts[factor] < 2 or factor not in factors[:place]]
    return [Power(factor, number(counts[factor])) if counts[factor] > 1 else factor for factor in once]


def _is_letter(node: Node) -> bool:
    return isinstance(node, Name) and node.name not in RUNES


def _place(factor: Node) -> int:
    base = factor.base if isinstance(factor, Power) else factor
    return 0 if isinstance(factor, Number) else 1 if _is_letter(base) else 2


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
