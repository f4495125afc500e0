"""What draws an expression, as the walk in `tutor.maths.show` wants it, and the one that draws it on a line.

`tutor.maths.block` has the one that draws in two dimensions. Neither decides where brackets or dots belong.
"""

from typing import Protocol, TypeVar

Piece = TypeVar("Piece")


class Setter(Protocol[Piece]):
    """Draws what the walk has decided."""

    ascii: bool

    def text(self, text: str) -> Piece:
        """Plain text."""

    def row(self, pieces: list[Piece]) -> Piece:
        """Pieces side by side."""

    def brackets(self, inside: Piece, left: str, right: str) -> Piece:
        """A piece between brackets."""

    def fraction(self, numerator: Piece, denominator: Piece) -> Piece:
        """One piece over another; for a line, both come with the brackets they need."""

    def power(self, base: Piece, exponent: Piece) -> Piece:
        """A raised piece."""

    def root(self, inside: Piece) -> Piece:
        """A square root."""

    def start(self, piece: Piece) -> str:
        """The text that the piece begins with on its main line, at least its first run of letters."""

    def end(self, piece: Piece) -> str:
        """The text that the piece ends with on its main line."""

    def is_tall(self, piece: Piece) -> bool:
        """Whether the piece takes more than one line."""

    stacks: bool
    "Whether fractions and exponents need no brackets, being set above and below."


class LineSetter:
    """Everything on one line, as it could be typed."""

    stacks = False

    def __init__(self, *, ascii: bool) -> None:
        self.ascii = ascii

    def text(self, text: str) -> str:
        return text

    def row(self, pieces: list[str]) -> str:
        return "".join(pieces)

    def brackets(self, inside: str, left: str, right: str) -> str:
        return f"{left}{inside}{right}"

    def fraction(self, numerator: str, denominator: str) -> str:
        return f"{numerator}/{denominator}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{exponent}"

    def root(self, inside: str) -> str:
        return f"sqrt({inside})" if self.ascii else f"√({inside})"

    def start(self, piece: str) -> str:
        return piece

    def end(self, piece: str) -> str:
        return piece

    def is_tall(self, piece: str) -> bool:
        return False
