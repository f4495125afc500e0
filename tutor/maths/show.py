"""An expression as a person would write it: on one line, or in two dimensions.

One walk decides where brackets and dots belong; two setters, a line and a block, do the drawing. The line can be read back
by `tutor.maths.parse` and gives an expression of the same value. Nothing is simplified.
"""

from typing import Generic

from tutor.maths.beside import Neighbours
from tutor.maths.block import Block, BlockSetter
from tutor.maths.grammar import TO_SUBSCRIPTS, TO_SUPERSCRIPTS, display_name
from tutor.maths.setter import LineSetter, Piece, Setter
from tutor.maths.tree import (
    Call,
    Constant,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tuple,
    number,
    variables,
    walk,
)

ONE = number(1)
_E = Constant("e")

# How tightly a piece holds together: what stands inside something tighter gets brackets.
_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4

_SHOWN_FUNCTION = {"sigmoid": "σ", "relu": "ReLU", "log2": "log₂", "log10": "log₁₀"}
_ASCII_FUNCTION = {"relu": "ReLU"}


def show_line(node: Node, *, ascii: bool = False) -> str:
    """The expression on one line: `3x² + 2y`, or with `ascii` `3x^2 + 2y`.

    >>> from tutor.maths.parse import parse_free
    >>> show_line(parse_free("3*x**2 + 2*y/(x+1)"))
    '3x² + 2y/(x + 1)'
    """
    return _Walk(LineSetter(ascii=ascii), node).outermost(node)


def show_grid(node: Node, *, width: int, ascii: bool = False) -> list[str]:
    """The expression in two dimensions, as lines of equal width at most `width` (in cells).

    Falls back to one line where the picture is too wide, and cuts that with an ellipsis where it is too wide as well.
    """
    block = show_block(node, ascii=ascii)
    if block.width <= width:
        return list(block.lines)
    line = show_line(node, ascii=ascii)
    if len(line) <= width:
        return [line]
    mark = "..." if ascii else "…"
    return [(line[: max(0, width - len(mark))] + mark)[:width]]


def show_block(node: Node, *, ascii: bool = False) -> Block:
    """The expression in two dimensions however wide it is, for setting beside other blocks."""
    return _Walk(BlockSetter(ascii=ascii), node).outermost(node)


class _Walk(Generic[Piece]):
    """Decides brackets, signs and dots; each `set_` returns a piece and how tightly it holds."""

    def __init__(self, setter: Setter[Piece], whole: Node) -> None:
        """
        Args:
            whole: everything that will be shown, whose variables decide which spellings are free.
        """
        self.setter = setter
        self.names = variables(whole)
        shown = {display_name(name, ascii=setter.ascii) for name in self.names}
        self.neighbours = Neighbours(shown, ascii=setter.ascii)

    def outermost(self, node: Node) -> Piece:
        if isinstance(node, Tuple):
            return self.listed(node.items, "(", ")")
        return self.set(node)[0]

    def listed(self, items: tuple[Node, ...], left: str, right: str) -> Piece:
        pieces: list[Piece] = []
        for item in items:
            pieces += [self.setter.text(", ")] if pieces else []
            pieces.append(self.set(item)[0])
        return self.setter.brackets(self.setter.row(pieces), left, right)

    def set(self, node: Node) -> tuple[Piece, int]:
        match node:
            case Number():
                return self.number(node)
            case Name(name=name):
                return self.setter.text(display_name(name, ascii=self.setter.ascii)), _ATOM
            case Constant(name="e") if "e" in self.names:
                return self.set(Call("exp", (ONE,)))
            case Constant(name=name):
                return self.setter.text("π" if name == "pi" and not self.setter.ascii else name), _ATOM
            case Group(of=Tuple() as inside):
                return self.outermost(inside), _ATOM
            case Group(of=inside):
                return self.setter.brackets(self.set(inside)[0], "(", ")"), _ATOM
            case Negative(of=inside):
                return self.setter.row([self.setter.text(self.minus), self.within(inside, _PRODUCT)]), _SUM
            case Sum(terms=terms):
                return self.sum(terms), _SUM
            case Product(factors=factors):
                return self.product(factors), _PRODUCT
            case Quotient():
                return self.quotient(node)
            case Power():
                return self.power(node)
            case Call():
                return self.call(node)
        return self.outermost(node), _ATOM

    @property
    def minus(self) -> str:
        return "-" if self.setter.ascii else "−"

    def within(self, node: Node, tightness: int) -> Piece:
        """The piece, in brackets if it holds less tightly than it must here."""
        piece, own = self.set(node)
        return piece if own >= tightness else self.setter.brackets(piece, "(", ")")

    def number(self, node: Number) -> tuple[Piece, int]:
        if node.text and not (self.setter.ascii and not node.text.isascii()):
            return self.setter.text(node.text), _ATOM if "e" not in node.text.lower() else _POWER
        if node.value.denominator == 1:
            return self.setter.text(str(node.value)), _ATOM
        top, bottom = (self.setter.text(str(part)) for part in (node.value.numerator, node.value.denominator))
        return self.setter.fraction(top, bottom), _PRODUCT

    def sum(self, terms: tuple[Node, ...]) -> Piece:
        pieces: list[Piece] = []
        for index, term in enumerate(terms):
            if index and isinstance(term, Negative):
                pieces += [self.setter.text(f" {self.minus} "), self.within(term.of, _PRODUCT)]
            else:
                pieces += [self.setter.text(" + ")] if index else []
                piece, own = self.set(term)
                nested = isinstance(term, Sum) or (index > 0 and own == _SUM)
                pieces.append(self.setter.brackets(piece, "(", ")") if nested else piece)
        return self.setter.row(pieces)

    def product(self, factors: tuple[Node, ...]) -> Piece:
        pieces: list[Piece] = []
        for index, factor in enumerate(factors):
            stands_free = index == 0 or (self.setter.stacks and isinstance(factor, Quotient))
            piece, own = self.set(factor)
            if own < (_PRODUCT if stands_free else _POWER) or isinstance(factor, Product):
                piece = self.setter.brackets(piece, "(", ")")
            if index:
                left, right = self.setter.end(pieces[-1]), self.setter.start(piece)
                joint = self.neighbours.joint(factors[index - 1], factor, left, right)
                pieces += [self.setter.text(joint)] if joint else []
            pieces.append(piece)
        return self.setter.row(pieces)

    def quotient(self, node: Quotient) -> tuple[Piece, int]:
        if self.setter.stacks:
            return self.setter.fraction(
                self.set(_bare(node.numerator))[0], self.set(_bare(node.denominator))[0]
            ), _PRODUCT
        top = self.within(node.numerator, _PRODUCT)
        if isinstance(node.numerator, Quotient):
            top = self.setter.brackets(top, "(", ")")
        return self.setter.fraction(top, self.within(node.denominator, _POWER)), _PRODUCT

    def power(self, node: Power) -> tuple[Piece, int]:
        raised = _as_superscript(node.exponent) if not self.setter.ascii else None
        if isinstance(node.base, Call) and _is_named_call(node.base) and raised and raised[0] != "⁻":
            return self.call(node.base, raised)[0], _POWER
        if node.base == _E and "e" in self.names:
            return self.call(Call("exp", (node.exponent,)))
        base = self.within(node.base, _ATOM)
        if raised and not self.setter.is_tall(base):
            return self.setter.row([base, self.setter.text(raised)]), _POWER
        if self.setter.stacks:
            return self.setter.power(base, self.set(_bare(node.exponent))[0]), _POWER
        exponent, _ = self.set(node.exponent)
        if not _is_short(node.exponent):
            exponent = self.setter.brackets(exponent, "(", ")")
        return self.setter.power(base, exponent), _POWER

    def call(self, node: Call, raised: str = "") -> tuple[Piece, int]:
        if node.function == "abs" and not _holds_bars(node.arguments[0]):
            return self.setter.brackets(self.set(_bare(node.arguments[0]))[0], "|", "|"), _ATOM
        if node.function == "sqrt":
            return self.setter.root(self.set(_bare(node.arguments[0]))[0]), _ATOM
        if node.function == "log":
            return self.logarithm(node)
        shown = _ASCII_FUNCTION if self.setter.ascii else _SHOWN_FUNCTION
        spelling = shown.get(node.function, node.function)
        name = self.setter.text((node.function if spelling in self.names else spelling) + raised)
        arguments = tuple(_bare(argument) for argument in node.arguments)
        return self.setter.row([name, self.listed(arguments, "(", ")")]), _ATOM

    def logarithm(self, node: Call) -> tuple[Piece, int]:
        base, inside = (_bare(argument) for argument in node.arguments)
        index = _as_index(base, ascii=self.setter.ascii)
        arguments = (inside,) if index else (inside, base)
        return self.setter.row([self.setter.text("log" + index), self.listed(arguments, "(", ")")]), _ATOM


def _bare(node: Node) -> Node:
    """Without the brackets typed around it, where something else encloses it anyway."""
    return _bare(node.of) if isinstance(node, Group) and not isinstance(node.of, Tuple) else node


def _is_named_call(node: Call) -> bool:
    return node.function not in ("abs", "sqrt", "log", "log2", "log10", "cbrt")


def _is_short(node: Node) -> bool:
    """Whether it needs no brackets behind `^`."""
    return isinstance(node, Name | Constant | Group) or (
        isinstance(node, Number) and (node.text or str(node.value)).isdigit()
    )


def _as_superscript(exponent: Node) -> str | None:
    """A small whole number in raised digits, or None."""
    inside = exponent.of if isinstance(exponent, Negative) else exponent
    if (
        isinstance(inside, Number)
        and inside.value.denominator == 1
        and inside.value < 1000
        and inside.text in ("", str(inside.value))
    ):
        return ("⁻" if isinstance(exponent, Negative) else "") + str(inside.value).translate(TO_SUPERSCRIPTS)
    return None


def _as_index(base: Node, *, ascii: bool) -> str:
    """The base of a logarithm as it stands below the line, where it is a whole number or one letter; else nothing."""
    if isinstance(base, Number) and base.value.denominator == 1 and base.value < 1000 and not base.text:
        return f"_{base.value}" if ascii else str(base.value).translate(TO_SUBSCRIPTS)
    if isinstance(base, Name) and len(base.name) == 1 and base.name.isascii():
        return f"_{base.name}"
    return ""


def _holds_bars(node: Node) -> bool:
    return any(isinstance(part, Call) and part.function == "abs" for part in walk(node))
