"""A formula on lines of its own, set in two dimensions: a fraction above its line, an exponent above its base."""

from __future__ import annotations

from tutor import display
from tutor.front.shown import shown
from tutor.front.words import wrapped
from tutor.lesson.formula import Piece, read_formula
from tutor.maths.block import Block, BlockSetter
from tutor.maths.show import show_block
from tutor.maths.tree import Name, Node, Tuple, rebuild


def set_display(maths: str, width: int, *, is_flat: bool) -> list[str]:
    """A formula in lines of at most `width` cells, in two dimensions where that fits; flat, on one line, broken at spaces."""
    formula = read_formula(maths)
    if is_flat:
        return wrapped(shown(formula.line), width)
    setter = BlockSetter(ascii=display.is_ascii())
    parts: list[Block] = []
    for piece in formula.pieces:
        joint = {"": "", ",": ",  "}.get(piece.joint, f" {piece.joint} ")
        parts += [setter.text(shown(joint if parts else joint.lstrip()))] if joint else []
        parts.append(_picture(piece))
    if parts:
        picture = setter.row(parts)
        if picture.width <= width:
            return [line.rstrip() for line in picture.lines]
    return wrapped(shown(formula.line), width)


def _picture(piece: Piece) -> Block:
    if piece.node is None or isinstance(piece.node, Tuple):
        return Block((shown(piece.line),))
    is_ascii = display.is_ascii()
    return show_block(_spelt(piece.node) if is_ascii else piece.node, ascii=is_ascii)


def _spelt(node: Node) -> Node:
    """With names in ASCII; a notation such as ∂f within a formula is one."""
    if isinstance(node, Name):
        return Name(shown(node.name))
    return rebuild(node, tuple(map(_spelt, node.children)))
