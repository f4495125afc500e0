"""Each function of the grammar on numbers of many digits, with what an error of the argument does to the result.

Errors are bounded by the function's slope: by a constant where there is one, otherwise by moving the argument that far.
"""

from collections.abc import Callable

from mpmath import mp, mpf

Inexact = tuple[mpf, mpf]
"A value, and how far it may be off."

_LARGEST_MAGNITUDE = 400
"Binary digits before the point of what an exponential or a wave may act on."
TOUCHING = 100
"So many times its error from the end of a domain, a value may as well be the end, where slopes have no bound."


class NoValueError(ArithmeticError):
    """The expression has no real value at the point, or one too large to work with."""


class UnclearError(NoValueError):
    """Whether there is a value cannot be told with so few digits."""


def _bounded(value: mpf) -> mpf:
    if value and mp.mag(value) > _LARGEST_MAGNITUDE:
        raise NoValueError
    return value


def exponential(x: Inexact) -> Inexact:
    """e to the x, for the power of e as well."""
    value, off = _bounded(x[0]), x[1]
    if off > 1:
        raise UnclearError
    result = mp.exp(value)
    return result, 2 * result * off


def _gentle(function: Callable[[mpf], mpf]) -> Callable[[Inexact], Inexact]:
    """A function defined everywhere whose slope is between -1 and 1."""
    return lambda x: (function(x[0]), x[1])


def _bounded_first(function: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    return lambda value: function(_bounded(value))


def _near_pole(distance: mpf, off: mpf) -> bool:
    """Whether a place at some distance from a pole, or from an end of the domain, may as well be on the other side."""
    return bool(abs(distance) <= 4 * off)


def _tan(x: Inexact) -> Inexact:
    value, off = x
    sine, cosine = mp.sin(_bounded(value)), mp.cos(value)
    return _quotient(sine, cosine, off)


def _cot(x: Inexact) -> Inexact:
    value, off = x
    sine, cosine = mp.sin(_bounded(value)), mp.cos(value)
    return _quotient(cosine, sine, off)


def _coth(x: Inexact) -> Inexact:
    value, off = x
    below = mp.tanh(_bounded(value))
    return _quotient(mpf(1), below, off)


def _csch(x: Inexact) -> Inexact:
    value, off = x
    if off > 1:
        raise UnclearError
    below = mp.sinh(_bounded(value))
    if abs(value) <= 4 * off or not below:
        raise UnclearError if off else NoValueError
    return 1 / below, 4 * off * (1 + 1 / abs(value)) / abs(below)


def _quotient(above: mpf, below: mpf, off: mpf) -> Inexact:
    """One function over another, neither larger than one nor steeper."""
    if _near_pole(below, off) or not below:
        raise UnclearError if off else NoValueError
    value = above / below
    return value, 2 * off * (1 + abs(value)) / abs(below)


def _atan(x: Inexact) -> Inexact:
    value, off = x
    nearest = max(abs(value) - off, mpf(0))
    return mp.atan(value), off / (1 + nearest * nearest)


def _atanh(x: Inexact) -> Inexact:
    value, off = x
    room = 1 - abs(value)
    if room <= 0 or _near_pole(room, off):
        raise UnclearError if off and _near_pole(room, off) else NoValueError
    return mp.atanh(value), 2 * off / room


def _acosh(x: Inexact) -> Inexact:
    value, off = x
    over = value - 1
    if over < -off:
        raise NoValueError
    if over <= TOUCHING * off:
        return mpf(0), 4 * mp.sqrt(TOUCHING * off)
    return mp.acosh(value), 2 * off / mp.sqrt(over) if off else mpf(0)


def _edged(function: Callable[[mpf], mpf]) -> Callable[[Inexact], Inexact]:
    """An inverse function on an interval from -1 to 1, whose ends belong to it."""

    def of(x: Inexact) -> Inexact:
        value, off = x
        room = 1 - abs(value)
        if room < -off:
            raise NoValueError
        if off and room <= TOUCHING * off:
            return function(mpf(1 if value > 0 else -1)), 4 * mp.sqrt(TOUCHING * off)
        return function(value), 2 * off / mp.sqrt(room) if off else mpf(0)

    return of


def _over(function: Callable[[mpf], mpf]) -> Callable[[Inexact], Inexact]:
    """One over a function whose slope is between -1 and 1."""

    def of(x: Inexact) -> Inexact:
        value, off = x
        below = function(_bounded(value))
        off += abs(below) * mp.eps * 4
        if abs(below) <= 2 * off:
            raise UnclearError if off else NoValueError
        return 1 / below, 2 * off / (below * below)

    return of


def _reciprocal(function: Callable[[Inexact], Inexact]) -> Callable[[Inexact], Inexact]:
    """A function of one over the argument."""

    def of(x: Inexact) -> Inexact:
        value, off = x
        if abs(value) <= 2 * off:
            raise UnclearError if off else NoValueError
        under = 1 / value
        return function((under, 2 * off * under * under + abs(under) * mp.eps))

    return of


def _ln(x: Inexact) -> Inexact:
    value, off = x
    if abs(value) <= 2 * off:
        raise UnclearError if off else NoValueError
    if value <= 0:
        raise NoValueError
    return mp.log(value), 2 * off / value


def _log(base: Inexact, x: Inexact) -> Inexact:
    (above, off), (below, error) = _ln(x), _ln(base)
    error += abs(below) * mp.eps
    if abs(below) <= 2 * error:
        raise UnclearError if error else NoValueError
    value = above / below
    return value, 2 * (off + abs(value) * error) / abs(below)


def _log_of(base: int) -> Callable[[Inexact], Inexact]:
    return lambda x: _log((mpf(base), mpf(0)), x)


def _sqrt(x: Inexact) -> Inexact:
    value, off = x
    if value < 0 and -value > off:
        raise NoValueError
    if off and value <= TOUCHING * off:
        return (mp.sqrt(value) if value > 0 else mpf(0)), 2 * mp.sqrt(TOUCHING * off)
    root = mp.sqrt(value)
    return root, off / root if off else mpf(0)


def _cbrt(x: Inexact) -> Inexact:
    value, off = x
    size = abs(value)
    root = mp.sign(value) * mp.cbrt(size)
    if off and size <= TOUCHING * off:
        return root, 2 * mp.cbrt(TOUCHING * off)
    return root, off / (root * root) if off else mpf(0)


def _sign(x: Inexact) -> Inexact:
    value, off = x
    if off and abs(value) <= off:
        raise UnclearError
    return mp.sign(value), mpf(0)


def _step(x: Inexact) -> Inexact:
    value, off = x
    if abs(value) <= off:
        raise UnclearError if off else NoValueError
    return mpf(1 if value > 0 else 0), mpf(0)


def _extreme(choose: Callable[..., mpf]) -> Callable[..., Inexact]:
    return lambda *parts: (choose(value for value, _ in parts), max(off for _, off in parts))


def _sigmoid(value: mpf) -> mpf:
    return 1 / (1 + mp.exp(-value)) if value >= 0 else mp.exp(value) / (1 + mp.exp(value))


_asin, _acos = _edged(mp.asin), _edged(mp.acos)


def _relative(function: Callable[[mpf], mpf]) -> Callable[[Inexact], Inexact]:
    """A function whose slope is at most its own size, or one where it passes zero."""

    def of(x: Inexact) -> Inexact:
        value, off = x
        if off > 1:
            raise UnclearError
        result = function(_bounded(value))
        return result, 2 * off * (abs(result) + (0 if abs(value) > 1 else 1))

    return of


FUNCTIONS: dict[str, Callable[..., Inexact]] = {
    "sin": _gentle(_bounded_first(mp.sin)),
    "cos": _gentle(_bounded_first(mp.cos)),
    "tan": _tan,
    "sec": _over(mp.cos),
    "csc": _over(mp.sin),
    "cot": _cot,
    "asin": _asin,
    "acos": _acos,
    "atan": _atan,
    "asec": _reciprocal(_acos),
    "acsc": _reciprocal(_asin),
    "acot": _gentle(lambda value: mp.pi / 2 - mp.atan(value)),
    "sinh": _relative(mp.sinh),
    "cosh": _relative(mp.cosh),
    "tanh": _gentle(_bounded_first(mp.tanh)),
    "sech": _relative(mp.sech),
    "csch": _csch,
    "coth": _coth,
    "asinh": _gentle(mp.asinh),
    "acosh": _acosh,
    "atanh": _atanh,
    "exp": exponential,
    "ln": _ln,
    "log": _log,
    "log2": _log_of(2),
    "log10": _log_of(10),
    "sqrt": _sqrt,
    "cbrt": _cbrt,
    "abs": _gentle(abs),
    "sign": _sign,
    "relu": _gentle(lambda value: value if value > 0 else mpf(0)),
    "sigmoid": _relative(_sigmoid),
    "step": _step,
    "max": _extreme(max),
    "min": _extreme(min),
}
