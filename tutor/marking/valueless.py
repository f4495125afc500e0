"""Why an answer has no value anywhere: a part without letters that has none, such as `1/0`, `ln(-1)` or `log_1 x`.

Says only what is certain: a number too large to work with is no reason, nor is one that is zero as far as can be seen.
"""

from collections.abc import Iterator
from fractions import Fraction

from tutor.marking.equal import Prover
from tutor.marking.parts import exponent_of, quoted
from tutor.maths.tidy import ONE, ZERO, as_number, tidy
from tutor.maths.tree import Call, Constant, Negative, Node, Power, Quotient, rebuild, variables
from tutor.words import tr

_DIGITS = 30
_BY_ZERO = tr("nothing can be divided by 0")
_INNER = tr("{function} takes numbers from −1 to 1 only")
_LOGARITHM = tr("only positive numbers have a logarithm")
_DOMAINS = {
    "sqrt": tr("the square of a real number is never negative"),
    **dict.fromkeys(("ln", "log2", "log10"), _LOGARITHM),
    **dict.fromkeys(("asin", "acos"), _INNER),
    "atanh": tr("{function} takes numbers between −1 and 1 only"),
    "acosh": tr("{function} takes numbers from 1 upwards only"),
    **dict.fromkeys(("asec", "acsc"), tr("{function} takes no numbers between −1 and 1")),
    "step": tr("it jumps there"),
}
_DIVIDES_BY = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin", "coth": "sinh", "csch": "sinh"}
_FIRST_ZERO = {"sin": Fraction(0), "cos": Fraction(1, 2)}
"In units of pi; one unit lies between any two zeros."


def without_value(tree: Node, prover: Prover) -> str:
    """A sentence about the innermost part that has no value, with what to write instead where that is known; or nothing."""
    for node in _inside_out(tree):
        why = _why(node, prover)
        if why:
            return why
    return ""


def _inside_out(tree: Node) -> Iterator[Node]:
    for child in tree.children:
        yield from _inside_out(child)
    yield tree


def _why(node: Node, prover: Prover) -> str:
    """Why a node has no value though everything in it has."""
    match node:
        case Quotient(denominator=bottom) if _is_zero(bottom, prover):
            return tr("{node} has no value: {why}.", node=quoted(node), why=_BY_ZERO)
        case Power(base=base) if _is_none(node, prover):
            return _why_power(node, base, prover)
        case Call(function="log", arguments=(base, argument)):
            return _why_log(node, base, argument, prover)
        case Call(function=function, arguments=(argument,)) if function in _DIVIDES_BY:
            below = Call(_DIVIDES_BY[function], (argument,))
            why = tr("it divides by {below}, which is 0", below=quoted(below))
            return tr("{node} has no value: {why}.", node=quoted(node), why=why) if _is_zero(below, prover) else ""
        case Call(function=function) if function in _DOMAINS and _is_none(node, prover):
            return tr("{node} has no real value: {why}.", node=quoted(node), why=_told(function))
    return ""


def _told(function: str) -> str:
    domain = _DOMAINS[function]
    return domain.format(function=function)


def _is_none(node: Node, prover: Prover) -> bool:
    """Whether a node certainly has no value, whatever its letters; they may cancel, as in 1/(x - x)."""
    neat = rebuild(node, tuple(tidy(child) for child in node.children))
    return (
        not variables(neat)
        and all(_has_value(child, prover) for child in neat.children)
        and prover.is_outside(neat, {})
    )


def _has_value(node: Node, prover: Prover) -> bool:
    return prover.value(node, {}, _DIGITS) is not None


def _is_zero(node: Node, prover: Prover) -> bool:
    """Whether a node is certainly zero, whatever its letters: sin(pi) and sqrt(2)^2 - 2 too."""
    neat = tidy(node)
    under = Quotient(ONE, neat)
    if variables(neat) or not _has_value(neat, prover) or _has_value(under, prover):
        return False
    return prover.is_outside(under, {}) or _is_zero_of_wave(neat) or bool(prover.is_same(neat, ZERO))


def _is_zero_of_wave(node: Node) -> bool:
    """Whether it is a sine or cosine of so many times pi, which neither digits nor algebra can tell from nearly zero."""
    if not (isinstance(node, Call) and node.function in _FIRST_ZERO):
        return False
    half_turns = as_number(tidy(Quotient(node.arguments[0], Constant("pi"))))
    return half_turns is not None and (half_turns - _FIRST_ZERO[node.function]).denominator == 1


def _why_power(node: Power, base: Node, prover: Prover) -> str:
    value, size = prover.value(tidy(base), {}, _DIGITS), exponent_of(node)
    if value == 0:
        return tr("{node} has no value: {why}.", node=quoted(node), why=_BY_ZERO)
    if value > 0:  # only too large to be worked with
        return ""
    why = tr("{node} has no real value here: only whole powers of a negative number are taken.", node=quoted(node))
    if size is None or size.denominator % 2 == 0:
        return why
    outside = Power(tidy(Negative(base)), node.exponent)
    instead = quoted(outside if size.numerator % 2 == 0 else Negative(outside))
    root = tr(", or {root} for the cube root", root=quoted(Call("cbrt", (base,)))) if size == Fraction(1, 3) else ""
    return tr("{why} You may write {instead}{root}.", why=why, instead=instead, root=root)


def _why_log(node: Node, base: Node, argument: Node, prover: Prover) -> str:
    if _is_none(Call("ln", (argument,)), prover):
        return tr("{node} has no real value: {why}.", node=quoted(node), why=_LOGARITHM)
    of_base = Call("ln", (base,))
    if _is_none(of_base, prover) or _is_zero(of_base, prover):
        return tr("{node} has no value: the base of a logarithm is positive and not 1.", node=quoted(node))
    return ""
