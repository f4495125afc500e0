"""What stands between brackets, and between bars, where nothing tells an opening bar from a closing one.

What the expressions inside are made of is `tutor.maths.expression`'s.
"""

from abc import abstractmethod

from tutor.errors import Unreadable
from tutor.maths.lexer import Token
from tutor.maths.reader import CLOSING, Reader
from tutor.maths.tree import Call, Node
from tutor.words import tr


class BracketReader(Reader):
    """A place in a list of tokens that knows which bars are open."""

    def __init__(self, found: list[Token], *, bars_open_first: bool = False) -> None:
        """
        Args:
            bars_open_first: a bar after something complete opens, rather than closes, while enough bars are left: `|2|x||`.
        """
        super().__init__(found)
        self.bars_open_first = bars_open_first
        self.bars = 0
        self.bars_left = sum(token.text == "|" for token in found)

    def take(self) -> Token:
        token = super().take()
        self.bars_left -= token.text == "|"
        return token

    @abstractmethod
    def sum(self) -> Node:
        """A sum."""

    @abstractmethod
    def list_of_sums(self) -> list[Node]:
        """One sum, or several with commas."""

    def bracketed(self, opening: Token) -> list[Node]:
        """What stands between brackets, the opening one taken already: one expression, or several with commas."""
        self.deeper(opening)
        bars, self.bars = self.bars, 0
        items = self.list_of_sums()
        if not self.sees(CLOSING[opening.text]):
            raise self.refuse_unclosed(opening)
        self.take()
        self.bars = bars
        self.depth -= 1
        return items

    def bar(self, opening: Token) -> Node:
        """`|...|`: a bar closes the innermost open one whenever it can."""
        self.deeper(opening)
        self.bars += 1
        inside = self.sum()
        if not self.sees("|"):
            raise Unreadable(
                tr("This | is never closed: a second | is missing."),
                opening.column,
                is_unfinished=self.next.kind == "end",
            )
        self.take()
        self.bars -= 1
        self.depth -= 1
        return Call("abs", (inside,))

    def only(self, opening: Token) -> Node:
        """The single expression between brackets."""
        items = self.bracketed(opening)
        if len(items) > 1:
            raise Unreadable(tr("One value is wanted here, not a list."), opening.column)
        return items[0]

    def bar_opens(self) -> bool:
        """Whether a bar that stands after something complete opens a new pair."""
        return not self.bars or (self.bars_open_first and self.bars_left >= self.bars + 2)
