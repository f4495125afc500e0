"""What could mean two things is refused, never guessed: names and numbers side by side, numbers run into a function's name."""

from collections.abc import Sequence

from tutor.errors import Unreadable
from tutor.maths.grammar import INVERSES
from tutor.maths.lexer import Token
from tutor.maths.names import power_or_product
from tutor.words import tr

_FEW = frozenset("23456789")
"Numbers that are written as a power behind a function's name."
_ROOTS = frozenset({"sqrt", "cbrt"})


def refuse_side_by_side(before: Token, now: Token) -> None:
    """Refuse `2 3`, `x2`, and `2e-3x`, which is a product with a very small number or a difference.

    Raises:
        Unreadable: with both meanings.
    """
    if before.kind == "number" and {"e-", "e+"} & {before.text[at : at + 2].lower() for at in range(len(before.text))}:
        power, _, rest = before.text.lower().partition("e")
        raise Unreadable(
            tr(
                "{text}{typed} could mean two things: write {power}*10^({rest})*{typed}, or {power}e {head} "
                "{tail}{typed}, with spaces.",
                text=before.text,
                typed=now.typed,
                power=power,
                rest=rest,
                head=rest[0],
                tail=rest[1:],
            ),
            before.column,
        )
    if now.kind != "number":
        return
    if before.kind == "number":
        raise Unreadable(tr("Two numbers stand side by side: put *, + or - between them."), now.column)
    if before.kind in ("variable", "constant") and not now.after_space:
        raise Unreadable(power_or_product(before.text, now.text), before.column)


def refuse_run_into_name(function: Token, following: Sequence[Token]) -> None:
    """Refuse `tan-1(x)`, which is often `tan⁻¹`, `sin2(x)`, often the square, and `loge x`, often `ln`.

    Args:
        following: the two or three tokens behind the function's name; fewer where the text ends.

    Raises:
        Unreadable: with both meanings.
    """
    signs = [token.text for token in following]
    name = function.typed
    if (
        function.text in {*INVERSES, "coth", "sech", "csch"}
        and signs[:2] == ["-", "1"]
        and _begins_something(following[2:])
    ):
        raise Unreadable(
            tr(
                "{name}-1 could mean two things: write arc{text}(...) for the inverse, or {name}(-1*...).",
                name=name,
                text=function.text,
            ),
            function.column,
        )
    if len(signs) < 2 or following[0].after_space:
        return
    if signs[0] in _FEW and signs[1] == "(" and not following[1].after_space and function.text not in _ROOTS:
        raise Unreadable(
            tr(
                "{name}{signs}(...) could mean two things: write {name}(...)^{signs}, or {name}({signs}*...).",
                name=name,
                signs=signs[0],
            ),
            function.column,
        )
    if name == "log" and following[0].kind == "constant" and signs[0] == "e" and _begins_something(following[1:]):
        raise Unreadable(tr("loge could mean two things: write ln(...), or log(e*...)."), function.column)


def _begins_something(following: Sequence[Token]) -> bool:
    """Whether a factor comes next."""
    return bool(following) and (following[0].kind not in ("sign", "end") or following[0].text in ("(", "[", "{", "|"))
