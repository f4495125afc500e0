"""Walking along tokens: what comes next, how deep one is, and the refusals of what cannot stand where it stands."""

from tutor.errors import Unreadable
from tutor.maths.grammar import MAX_DEPTH
from tutor.maths.lexer import Token
from tutor.words import tr

CLOSING = {"(": ")", "[": "]", "{": "}"}
_OPENING = {close: open_ for open_, close in CLOSING.items()}


class Reader:
    """A place in a list of tokens; `depth` counts the levels it is inside."""

    def __init__(self, found: list[Token]) -> None:
        """
        Args:
            found: the last of kind `end`, which is never taken by who looks before taking.
        """
        self.tokens = found
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    @property
    def last(self) -> Token | None:
        """The token taken last."""
        return self.tokens[self.at - 1] if self.at else None

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def sees(self, *signs: str) -> bool:
        return self.next.kind == "sign" and self.next.text in signs

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(
                tr(
                    "This is nested more than {max_depth} deep. Is there a flatter way to write it?",
                    max_depth=MAX_DEPTH,
                ),
                token.column,
            )

    def refuse_stray(self) -> Unreadable:
        """The complaint about what comes after something complete."""
        token = self.next
        if token.kind == "sign" and token.text in _OPENING:
            return Unreadable(
                tr(
                    "This {text} closes nothing: there is no {opening} before it.",
                    text=token.text,
                    opening=_OPENING[token.text],
                ),
                token.column,
            )
        return Unreadable(tr("{token} cannot stand here.", token=_shown(token)), token.column)

    def refuse_nothing(self) -> Unreadable:
        """The complaint where something to reckon with should come next and does not."""
        before, token = self.last, self.next
        if token.kind == "end":
            if before is None:
                return Unreadable(tr("Nothing to read yet: type an answer."), token.column, is_unfinished=True)
            return Unreadable(
                tr("Something is still to come after {before}.", before=_shown(before)),
                token.column,
                is_unfinished=True,
            )
        if before and before.kind == "sign" and before.text in CLOSING:
            return Unreadable(
                tr("There is nothing between {text} and {token}.", text=before.text, token=_shown(token)), token.column
            )
        if before and before.kind == "sign" and token.text in ")]}|,;":
            return Unreadable(tr("{before} needs something after it.", before=_shown(before)), before.column)
        if before and before.text == token.text == "^":
            return Unreadable(tr("One ^ is enough: write x^2."), token.column)
        if token.text in ("*", "/", "^"):
            return Unreadable(tr("{token} needs something in front of it.", token=_shown(token)), token.column)
        if token.text in _OPENING:
            return self.refuse_stray()
        return Unreadable(tr("{token} cannot stand here.", token=_shown(token)), token.column)

    def refuse_unclosed(self, opening: Token) -> Unreadable:
        """The complaint where a bracket should close and does not."""
        closing = CLOSING[opening.text]
        if self.next.kind == "end":
            return Unreadable(
                tr("This {text} is never closed: a {closing} is missing.", text=opening.text, closing=closing),
                opening.column,
                is_unfinished=True,
            )
        if self.sees(*_OPENING):
            return Unreadable(
                tr(
                    "{text} cannot close {opening}: use {closing}.",
                    text=self.next.text,
                    opening=opening.text,
                    closing=closing,
                ),
                self.next.column,
            )
        return self.refuse_stray()


def _shown(token: Token) -> str:
    return {"frac": "\\frac"}.get(token.text, token.text)
