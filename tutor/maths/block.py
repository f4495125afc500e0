"""Text in two dimensions: blocks of equal-width lines with a main line, and how fractions, powers and roots stack them."""

import msgspec

_TALL = {"(": ("⎛", "⎜", "⎝"), ")": ("⎞", "⎟", "⎠"), "|": ("│", "│", "│")}
_TALL_ASCII = {"(": ("/", "|", "\\"), ")": ("\\", "|", "/"), "|": ("|", "|", "|")}


class Block(msgspec.Struct, frozen=True):
    """Lines of one width; `main` is the line that stands beside other text."""

    lines: tuple[str, ...]
    main: int = 0

    @property
    def width(self) -> int:
        """In cells."""
        return len(self.lines[0])

    @property
    def below(self) -> int:
        """Lines under the main one."""
        return len(self.lines) - 1 - self.main


class BlockSetter:
    """Draws pieces as blocks."""

    stacks = True

    def __init__(self, *, ascii: bool) -> None:
        self.ascii = ascii

    def text(self, text: str) -> Block:
        return Block((text,))

    def row(self, pieces: list[Block]) -> Block:
        above = max(piece.main for piece in pieces)
        below = max(piece.below for piece in pieces)
        padded = [_padded(piece, above, below) for piece in pieces]
        return Block(tuple("".join(parts) for parts in zip(*padded, strict=True)), above)

    def brackets(self, inside: Block, left: str, right: str) -> Block:
        height = len(inside.lines)
        sides = [self.side(sign, height) for sign in (left, right)]
        return Block(
            tuple(a + line + b for a, line, b in zip(sides[0], inside.lines, sides[1], strict=True)), inside.main
        )

    def side(self, sign: str, height: int) -> list[str]:
        """A bracket as tall as what it holds."""
        if height == 1:
            return [sign]
        top, middle, bottom = (_TALL_ASCII if self.ascii else _TALL)[sign]
        return [top, *[middle] * (height - 2), bottom]

    def fraction(self, numerator: Block, denominator: Block) -> Block:
        width = max(numerator.width, denominator.width) + 2
        bar = ("-" if self.ascii else "─") * width
        lines = (
            [line.center(width) for line in numerator.lines]
            + [bar]
            + [line.center(width) for line in denominator.lines]
        )
        return Block(tuple(lines), len(numerator.lines))

    def power(self, base: Block, exponent: Block) -> Block:
        """The exponent stands to the right, its lowest line just above the base's highest."""
        left = [" " * base.width] * len(exponent.lines) + list(base.lines)
        right = list(exponent.lines) + [" " * exponent.width] * len(base.lines)
        return Block(tuple(a + b for a, b in zip(left, right, strict=True)), base.main + len(exponent.lines))

    def root(self, inside: Block) -> Block:
        if self.ascii:
            return self.row([self.text("sqrt"), self.brackets(inside, "(", ")")])
        height = len(inside.lines)
        roof = " " + "_" * inside.width
        sides = ["│"] * (height - 1) + ["√"]
        return Block((roof, *(a + line for a, line in zip(sides, inside.lines, strict=True))), inside.main + 1)

    def start(self, piece: Block) -> str:
        return piece.lines[piece.main].strip()

    def end(self, piece: Block) -> str:
        return piece.lines[piece.main].strip()

    def is_tall(self, piece: Block) -> bool:
        return len(piece.lines) > 1


def _padded(piece: Block, above: int, below: int) -> list[str]:
    empty = " " * piece.width
    return [empty] * (above - piece.main) + list(piece.lines) + [empty] * (below - piece.below)
