"""A residual recognised by its shape: something linear in weights less a target, squared. Formulas only; no slip is here."""

from __future__ import annotations

import msgspec

from tutor.marking.slips.twin import ONE, depends, plus, times
from tutor.maths.rules import Rule, RuleName
from tutor.maths.tree import Name, Negative, Node, Number, Power, Product, Sum, variables

_NEVER_WEIGHTS = frozenset("xyztrspq")
"Letters that a weight does not begin with; differentiating by one of them is not training."
_WEIGHTS = frozenset("wvθβab")


class Residual(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of one squared residual, taken apart."""

    whole: Node
    by: str
    "The weight in which it is differentiated; it occurs in one term."
    is_reversed: bool
    "Whether it is target less prediction."
    input: Node
    "What the weight is multiplied by; 1 for a bias."
    others: tuple[Node, ...]
    "The inputs of the other weights."
    prediction: Node | None
    "None where no target can be told."
    data: tuple[str, ...]
    "Names that stand for data: the weight's own input and the target."


def residual_of(rule: Rule) -> Residual | None:
    """The residual whose square a chain rule differentiates, or None."""
    if rule.name is not RuleName.CHAIN or rule.by[0] in _NEVER_WEIGHTS:
        return None
    match rule.of:
        case Power(base=Sum() as inside, exponent=Number(value=2)):
            return _take_apart(inside, rule.by)
    return None


def squares_in(rule: Rule) -> list[Residual]:
    """The residuals of a sum of squares; empty where a moving term is anything else."""
    if rule.name is not RuleName.SUM:
        found = residual_of(rule)
        return [found] if found else []
    moving = [part for part in rule.parts if part.name is not RuleName.CONSTANT]
    residuals = [residual_of(part) for part in moving]
    return [found for found in residuals if found] if all(residuals) and len(moving) == len(rule.parts) else []


def _take_apart(inside: Sum, by: str) -> Residual | None:
    terms = _signed_terms(inside, 1)
    own = [(sign, term) for sign, term in terms if depends(term, by)]
    if len(own) != 1:
        return None
    sign, term = own[0]
    taken = _cofactor(term, by)
    if taken is None:
        return None
    place, input_ = taken
    targets = [t for s, t in terms if s != sign and isinstance(t, Name | Number)]
    rest = [(s, t) for s, t in terms if t is not term]
    letters = {name for _, t in rest for name in variables(t)} | variables(input_)
    if not targets and len(letters) < 2:
        return None
    predicted = [t if s == sign else Negative(t) for s, t in terms if t not in targets]
    inputs = [other for _, t in rest if (other := _input_in(t, place)) is not None]
    data = [name for name in sorted(variables(input_)) if not is_weight(name)]
    data += [t.name for t in targets if isinstance(t, Name)]
    return Residual(
        whole=inside,
        by=by,
        is_reversed=sign < 0,
        input=input_,
        others=tuple(inputs),
        prediction=plus(*predicted) if targets else None,
        data=tuple(data),
    )


def _signed_terms(node: Node, sign: int) -> list[tuple[int, Node]]:
    match node:
        case Sum(terms=terms):
            return [found for term in terms for found in _signed_terms(term, sign)]
        case Negative(of=inside):
            return _signed_terms(inside, -sign)
    return [(sign, node)]


def _cofactor(term: Node, by: str) -> tuple[int, Node] | None:
    """The weight's place in its term and what multiplies it; None where the term is not linear in it."""
    if term == Name(by):
        return 0, ONE
    if isinstance(term, Product):
        places = [place for place, factor in enumerate(term.factors) if depends(factor, by)]
        if len(places) == 1 and term.factors[places[0]] == Name(by):
            place = places[0]
            return place, times(*term.factors[:place], *term.factors[place + 1 :])
    return None


def is_weight(name: str) -> bool:
    """Whether a name looks like a weight's."""
    return name[0] in _WEIGHTS and not (len(name) > 2 and name.isalpha())


def _input_in(term: Node, place: int) -> Node | None:
    """The input in the term of another weight; a weight stands where the first one stood, or is known by its letter."""
    if not isinstance(term, Product) or len(term.factors) != 2:
        return None
    weights = [n for n, factor in enumerate(term.factors) if isinstance(factor, Name) and is_weight(factor.name)]
    where = weights[0] if len(weights) == 1 else min(place, 1)
    return term.factors[1 - where]
