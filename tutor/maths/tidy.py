"""An expression made neat as a person would: numbers worked out, like terms together, powers of one base joined.

Brackets are not multiplied out and nothing is factored; terms and factors keep the order they came in, numbers first.
The value is unchanged wherever the expression had one.
"""

from fractions import Fraction

from tutor.maths.tree import (
    Call,
    Constant,
    Group,
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
    walk,
)

ZERO, ONE = number(0), number(1)
_E = Constant("e")
_LARGEST_EXACT_POWER = 64

Factors = dict[Node, Node]
"Base to exponent, both tidy."
Term = tuple[Fraction, Factors]


def tidy(node: Node) -> Node:
    """The expression made neat.

    >>> from tutor.maths.parse import parse_free
    >>> from tutor.maths.show import show_line
    >>> show_line(tidy(parse_free("3*x^2*1 + 2*y + x*0 + x^2")))
    '4x² + 2y'
    """
    if isinstance(node, Tuple):
        return Tuple(tuple(tidy(item) for item in node.items))
    return _sum_of(_terms(node))


def as_number(node: Node) -> Fraction | None:
    """The exact value of a number, a negated number or a quotient of such; None for anything else."""
    match node:
        case Number(value=value):
            return value
        case Negative(of=inside):
            value_ = as_number(inside)
            return None if value_ is None else -value_
        case Quotient(numerator=top, denominator=bottom):
            over, under = as_number(top), as_number(bottom)
            return over / under if over is not None and under else None
        case Group(of=inside):
            return as_number(inside)
    return None


def _terms(node: Node) -> list[Term]:
    """The expression as a sum of terms, none of them like another."""
    match node:
        case Group(of=inside):
            return _terms(inside)
        case Sum(terms=parts):
            return _collected([inner for part in parts for term in _terms(part) for inner in _opened(term)])
        case Negative(of=inside):
            return [(-coefficient, factors) for coefficient, factors in _terms(inside)]
        case Product(factors=parts):
            if len(parts) == 2 and (scale := as_number(parts[0])) is not None and not isinstance(parts[1], Sum):
                return [(scale * c, f) for c, f in _terms(parts[1])] if scale else []
            return _multiplied([_single(part) for part in parts])
        case Quotient(numerator=top, denominator=bottom):
            return _divided(_single(top), _single(bottom))
    return _multiplied([_single(node)])


def _opened(term: Term) -> list[Term]:
    """A term of a sum that is itself a sum, or one taken away, as its terms: `a - (b + c)`."""
    coefficient, factors = term
    if abs(coefficient) == 1 and len(factors) == 1:
        ((base, exponent),) = factors.items()
        if isinstance(base, Sum) and exponent == ONE:
            return [(coefficient * inner, parts) for inner, parts in _terms(base)]
    return [term]


def _collected(terms: list[Term]) -> list[Term]:
    totals: dict[frozenset[tuple[Node, Node]], Term] = {}
    for coefficient, factors in terms:
        key = frozenset(factors.items())
        before = totals[key][0] if key in totals else Fraction(0)
        totals[key] = (before + coefficient, totals[key][1] if key in totals else factors)
    return [term for term in totals.values() if term[0]]


def _single(node: Node) -> Term:
    """The expression as one term; a sum of several becomes one factor."""
    match node:
        case Number(value=value):
            return value, {}
        case Power():
            return _power(node)
        case Call(arguments=arguments):
            return _call(rebuild(node, tuple(tidy(argument) for argument in arguments)))
        case Name() | Constant():
            return Fraction(1), {node: ONE}
    terms = _terms(node)
    if not terms:
        return Fraction(0), {}
    if len(terms) == 1:
        return terms[0]
    return Fraction(1), {_sum_of(terms): ONE}


def _call(call: Node) -> Term:
    if isinstance(call, Call) and call.function == "exp":
        return Fraction(1), {_E: call.arguments[0]}
    if call == Call("ln", (_E,)):
        return Fraction(1), {}
    if call == Call("ln", (ONE,)):
        return Fraction(0), {}
    return Fraction(1), {call: ONE}


def _power(node: Power) -> Term:
    exponent = tidy(node.exponent)
    size = as_number(exponent)
    coefficient, factors = _single(node.base)
    if size is None:
        base = _term(coefficient, factors)
        if base == _E or len(factors) != 1 or coefficient != 1:
            return Fraction(1), {base: exponent}
        ((inner, to),) = factors.items()
        return Fraction(1), {inner: exponent if to == ONE else tidy(Product((to, exponent)))} if inner == _E else {
            base: exponent
        }
    if (
        size.denominator == 1
        and (abs(size) <= _LARGEST_EXACT_POWER or coefficient in (1, -1))
        and (coefficient or size > 0)
    ):
        return coefficient ** int(size), {base: _times(to, size) for base, to in factors.items()} if size else {}
    if coefficient == 1 and len(factors) == 1:
        ((base, to),) = factors.items()
        # (x^2)^(1/2) is |x|, not x: only a plain base, or e, takes a further fractional power.
        if to == ONE or base == _E:
            return Fraction(1), {base: _times(to, size)}
    return Fraction(1), {_term(coefficient, factors): exponent}


def _times(exponent: Node, size: Fraction) -> Node:
    value = as_number(exponent)
    return number_node(value * size) if value is not None else tidy(Product((number_node(size), exponent)))


def number_node(value: Fraction) -> Node:
    """A rational as a person writes it: a whole number, or a quotient of two."""
    if value.denominator == 1:
        return number(value)
    quotient = Quotient(number(abs(value.numerator)), number(value.denominator))
    return Negative(quotient) if value < 0 else quotient


def _multiplied(terms: list[Term]) -> list[Term]:
    total = Fraction(1)
    joined: Factors = {}
    for coefficient, factors in terms:
        total *= coefficient
        for base, exponent in factors.items():
            joined[base] = _added(joined[base], exponent) if base in joined else exponent
    kept: Factors = {}
    for base, exponent in joined.items():
        power = as_number(exponent)
        is_whole = power is not None and power.denominator == 1 and abs(power) <= _LARGEST_EXACT_POWER
        if isinstance(base, Number) and base.value and power is not None and is_whole:
            total *= base.value ** int(power)  # two roots of 4 make a plain 4
        elif exponent != ZERO:
            kept[base] = exponent
    return [(total, kept)] if total else []


def _added(left: Node, right: Node) -> Node:
    return tidy(Sum((left, right)))


def _divided(top: Term, bottom: Term) -> list[Term]:
    coefficient, factors = bottom
    if not coefficient:  # a division by zero stays to be seen
        return [(Fraction(1), {Quotient(_term(*top), ZERO): ONE})]
    inverse = {base: _times(exponent, Fraction(-1)) for base, exponent in factors.items()}
    return _multiplied([top, (1 / coefficient, inverse)])


# --- terms back to a tree


def _sum_of(terms: list[Term]) -> Node:
    parts = [_term(*term) for term in terms]
    if not parts:
        return ZERO
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def _term(coefficient: Fraction, factors: Factors) -> Node:
    if coefficient < 0:
        return Negative(_term(-coefficient, factors))
    above = [_raised(base, exponent) for base, exponent in factors.items() if not _is_below(base, exponent)]
    below = [
        _raised(base, _times(exponent, Fraction(-1))) for base, exponent in factors.items() if _is_below(base, exponent)
    ]
    top = _side(coefficient.numerator, above)
    if coefficient.denominator == 1 and not below:
        return top
    return Quotient(top, _side(coefficient.denominator, below))


def _is_below(base: Node, exponent: Node) -> bool:
    """Whether a factor goes under the line: a negative power of anything but e."""
    value = as_number(exponent)
    return value is not None and value < 0 and base != _E


def _raised(base: Node, exponent: Node) -> Node:
    return base if exponent == ONE else Power(base, exponent)


def _side(coefficient: int, factors: list[Node]) -> Node:
    ordered = sorted(factors, key=_rank)
    if coefficient != 1 or not ordered:
        ordered.insert(0, number(coefficient))
    return ordered[0] if len(ordered) == 1 else Product(tuple(ordered))


def _rank(factor: Node) -> int:
    """Constants, then letters, then powers of other things, brackets, functions: `2x e^x (x + 1) cos x (1 - sin x)`."""
    base = factor.base if isinstance(factor, Power) else factor
    match base:
        case Number() | Constant(name="pi"):
            return 0
        case Name():
            return 1
        case Constant():
            return 2
        case Sum() if not any(isinstance(part, Call) for part in walk(base)):
            return 3
        case Sum():
            return 5
    return 4
