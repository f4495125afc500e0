"""The prover that marking is handed in the engine's child: many digits from mpmath, algebra from SymPy's polynomials."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tutor.marking import polynomials
from tutor.marking.functions import NoValueError, UnclearError
from tutor.marking.normal import NormalForm
from tutor.marking.precise import Measured, measure
from tutor.marking.ratio import TooHardError
from tutor.maths.tidy import as_number
from tutor.maths.tree import Call, Constant, Node, Power, walk


class SympyProver:
    """See `tutor.marking.equal.Prover` and `tutor.marking.form.Shapes`."""

    def value(self, node: Node, point: dict[str, Fraction], digits: int) -> Any:
        """The value at a point, or None where there is none."""
        measured = self.measure(node, point, digits)
        return None if measured is None else measured.value

    def measure(self, node: Node, point: dict[str, Fraction], digits: int) -> Measured | None:
        """The value with its error, or None where there is none or it is unclear."""
        try:
            return measure(node, point, digits)
        except NoValueError:
            return None

    def is_outside(self, node: Node, point: dict[str, Fraction]) -> bool:
        """Whether there certainly is no value at a point."""
        try:
            measure(node, point, 50)
        except UnclearError:
            return False
        except NoValueError:
            return True
        return False

    def is_same(self, left: Node, right: Node) -> bool | None:
        """True if the difference reduces to zero; False only between rational functions; else None."""
        return _is_same(left, right)

    def can_be_factored(self, node: Node) -> bool:
        """Whether a sum is a product of several things, or has a whole number in common."""
        return polynomials.can_be_factored(node)

    def has_common_factor(self, top: Node, bottom: Node) -> bool:
        """Whether both have a factor that is no number."""
        return polynomials.has_common_factor(top, bottom)


@lru_cache(maxsize=512)
def _is_same(left: Node, right: Node) -> bool | None:
    try:
        forms = NormalForm((left, right))
        difference = forms.reduced(forms.add(forms.of(left), forms.negative(forms.of(right))).top)
    except (TooHardError, ZeroDivisionError):
        return None
    if not difference:
        return True
    return False if _is_rational(left) and _is_rational(right) else None


def _is_rational(node: Node) -> bool:
    """Whether only the four operations and whole powers occur, so that the normal form is unique."""
    for part in walk(node):
        if isinstance(part, Call | Constant):
            return False
        if isinstance(part, Power):
            size = as_number(part.exponent)
            if size is None or size.denominator != 1:
                return False
    return True
