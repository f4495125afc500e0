"""Numbers that are not worked out yet: sums, products, powers and functions of numbers that have a plainer value.

Looks at one node at a time. A root that does not come out stays, but for the squares in it: √8 is 2√2.
"""

from fractions import Fraction
from math import isfinite, isqrt

from tutor.marking.parts import exponent_of, quoted
from tutor.maths.numeric import compile_float
from tutor.maths.tidy import as_number
from tutor.maths.tree import Call, Constant, Negative, Node, Power, Product, Quotient, Sum, variables
from tutor.words import tr

_LARGEST_EXPONENT = 20
_LARGEST_DENOMINATOR = 6
_LARGEST_ROOT = 10**6
"Squares are looked for in numbers up to this."


def left_to_work_out(node: Node) -> str:
    """What is to be done about a number, a zero or a one in this node itself; empty when nothing is."""
    match node:
        case Sum(terms=terms):
            return _sum(node, [term for term in terms if as_number(term) is not None])
        case Product(factors=factors):
            values = {as_number(factor) for factor in factors}
            if 0 in values:
                return tr("{node} is 0", node=quoted(node))
            return tr("leave out the factor 1 in {node}", node=quoted(node)) if values & {1, -1} else ""
        case Quotient(numerator=top):
            return tr("{node} is 0", node=quoted(node)) if as_number(top) == 0 else ""
        case Power():
            return _power(node)
        case Negative(of=inside):
            return tr("leave out the 0") if as_number(inside) == 0 else ""
        case Call():
            return _call(node)
    return ""


def idle(node: Node) -> str:
    """What to leave out of this node because it does nothing: a term 0, a factor 1, an exponent 1, two minus signs."""
    match node:
        case Sum(terms=terms) if any(as_number(term) == 0 for term in terms):
            return tr("leave out the 0 in {node}", node=quoted(node))
        case Product(factors=factors) if {as_number(factor) for factor in factors} & {1, -1}:
            return tr("leave out the factor 1 in {node}", node=quoted(node))
        case Power() if exponent_of(node) == 1:
            return tr("leave out the exponent 1 in {node}", node=quoted(node))
        case Negative(of=Negative()):
            return tr("two minus signs make a plus in {node}", node=quoted(node))
    return ""


def squares_in(value: Fraction) -> int:
    """The largest whole number whose square divides a whole number; 1 for a fraction or beyond what is looked at."""
    if value.denominator != 1 or not 1 < value <= _LARGEST_ROOT:
        return 1
    return next(root for root in range(isqrt(value.numerator), 0, -1) if value.numerator % root**2 == 0)


def _sum(node: Sum, plain: list[Node]) -> str:
    if any(as_number(term) == 0 for term in plain):
        return tr("leave out the 0 in {node}", node=quoted(node))
    return tr("work out {plain}", plain=quoted(Sum(tuple(plain)))) if len(plain) > 1 else ""


def _power(node: Power) -> str:
    if node.base == Constant("e") and _is_ln(node.exponent):
        return tr("ln and e undo each other in {node}", node=quoted(node))
    size, value = exponent_of(node), as_number(node.base)
    if size == 1:
        return tr("leave out the exponent 1 in {node}", node=quoted(node))
    if size == 0:
        return tr("{node} is 1", node=quoted(node))
    if value is None or size is None:
        return ""
    is_short = size.denominator == 1 and abs(size) <= _LARGEST_EXPONENT
    is_root = size.denominator > 1 and _comes_out(node)
    return tr("work out {node}", node=quoted(node)) if value in (0, 1) or is_short or is_root else ""


def _call(node: Call) -> str:
    function, argument = node.function, node.arguments[0]
    if _comes_out(node):
        return tr("work out {node}", node=quoted(node))
    if function == "sqrt" and squares_in(as_number(argument) or Fraction(0)) > 1:
        return tr("take the square number out of {node}", node=quoted(node))
    undone = _is_ln(argument) if function == "exp" else argument == Constant("e") or _is_power_of_e(argument)
    return tr("ln and e undo each other in {node}", node=quoted(node)) if undone and function in ("exp", "ln") else ""


def _is_ln(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "ln"


def _comes_out(node: Node) -> bool:
    """Whether a node without letters is a plain number, such as log₂ 8, cos π or ∛8.

    By floats: 1e-12 is far above rounding, and no root or function of short numbers comes so near a fraction of sixths and
    is none. It only decides whether to ask for more.
    """
    if variables(node):
        return False
    value = compile_float(node, ())(())
    if not isfinite(value) or abs(value) > _LARGEST_ROOT:
        return False
    return abs(value - float(Fraction(value).limit_denominator(_LARGEST_DENOMINATOR))) <= 1e-12 * max(1.0, abs(value))


def _is_power_of_e(node: Node) -> bool:
    return (isinstance(node, Power) and node.base == Constant("e")) or (
        isinstance(node, Call) and node.function == "exp"
    )
