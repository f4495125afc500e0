"""The prover that marking is handed in the engine's child: many digits from mpmath, algebra from SymPy's polynomials."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tutor.marking.normal import NormalForm, TooHardError
from tutor.marking.precise import NoValueError, evaluate, evaluate_with_error
from tutor.maths.tree import Call, Constant, Node, Power, walk


class SympyProver:
    """See `tutor.marking.equal.Prover`."""

    def value(self, node: Node, point: dict[str, Fraction], digits: int) -> Any:
        """The value at a point, or None where there is none."""
        try:
            return evaluate(node, point, digits)
        except NoValueError:
            return None

    def value_and_error(self, node: Node, point: dict[str, Fraction], digits: int) -> tuple[Any, Any] | None:
        """The value and a bound on its error, or None where there is none."""
        try:
            return evaluate_with_error(node, point, digits)
        except NoValueError:
            return None

    def is_same(self, left: Node, right: Node) -> bool | None:
        """True if the difference reduces to zero; False only between rational functions; else None."""
        return _is_same(left, right)


@lru_cache(maxsize=512)
def _is_same(left: Node, right: Node) -> bool | None:
    forms = NormalForm((left, right))
    try:
        a, b = forms.of(left), forms.of(right)
        difference = forms.reduced(forms.times(a.top, b.bottom) - forms.times(b.top, a.bottom))
    except (TooHardError, ZeroDivisionError):
        return None
    if not difference:
        return True
    return False if _is_rational(left) and _is_rational(right) else None


def _is_rational(node: Node) -> bool:
    """Whether only the four operations and whole powers occur, so that the normal form is unique."""
    return not any(isinstance(part, Call | Constant) for part in walk(node)) and all(
        not part.exponent.children for part in walk(node) if isinstance(part, Power)
    )
