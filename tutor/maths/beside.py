"""What stands between two factors when they are shown: nothing, a space, or a dot where they could be misread."""

from collections.abc import Set as AbstractSet

from tutor.maths.grammar import CONSTANTS, FUNCTIONS
from tutor.maths.tree import Call, Constant, Name, Node, Number, Power, Product, Quotient

_NOT_BESIDE = frozenset("0123456789.-−½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒")


class Neighbours:
    """Which names would be read as another one when they stand side by side."""

    def __init__(self, shown: AbstractSet[str], *, ascii: bool) -> None:
        """
        Args:
            shown: the variables of the whole expression as they are shown.
        """
        self.dot = "*" if ascii else "·"
        self.words = tuple(word for word in {*FUNCTIONS, *CONSTANTS, *shown} if len(word) > 1)

    def joint(self, before: Node, after: Node, left: str, right: str) -> str:
        """What stands between two factors.

        Args:
            left: the text that the first ends with.
            right: the text that the second begins with.
        """
        if (_begins_with_call(after) and right[:1].isalpha()) or right.startswith(("σ", "sqrt")):
            return self.dot if isinstance(before, Quotient) else " "
        if not left or not right or right[0] in _NOT_BESIDE or left[-1] in "|│":
            return self.dot
        if isinstance(before, Quotient | Call) or (isinstance(before, Power) and "^" in left):
            return self.dot
        if isinstance(before, Number) and ("/" in left or "e" in left or len(_first_name(after)) > 2):
            return self.dot  # 139·sqft: a number run into a word is hard to read
        return self.dot if right[0].isalpha() and self.would_merge(before, after) else ""

    def would_merge(self, before: Node, after: Node) -> bool:
        """Whether names side by side would be read as another one: `p` and `i`, or a name of several signs beside any."""
        left, right = _last_name(before), _first_name(after)
        if not left or not right:
            return False
        if len(left) > 1 or len(right) > 1:
            return True
        return any(left + right in word for word in self.words)


def _begins_with_call(node: Node) -> bool:
    """Whether a function's name comes first: `cos²(x)` too."""
    return isinstance(node, Call) or (
        isinstance(node, Power | Product | Quotient) and _begins_with_call(node.children[0])
    )


def _last_name(node: Node) -> str:
    """The name that an expression ends with when written, if any."""
    match node:
        case Name(name=name) | Constant(name=name):
            return name
        case Product():
            return _last_name(node.children[-1])
    return ""


def _first_name(node: Node) -> str:
    """The name that an expression begins with when written, if any."""
    match node:
        case Name(name=name) | Constant(name=name):
            return name
        case Product() | Power() | Quotient():
            return _first_name(node.children[0])
    return ""
