"""How the tests write a tree down: every operation as `(sign part part)`, typed brackets as `[...]`, numbers exact."""

from typing import NamedTuple

from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum, Tuple

_SIGNS: dict[type[Node], str] = {Negative: "-", Sum: "+", Product: "*", Quotient: "/", Power: "^", Tuple: ","}


def reading(node: Node) -> str:
    """The tree in prefix notation: `2x + 1` is `(+ (* 2 x) 1)`; the constant e is `e'`, so as not to be a variable."""
    match node:
        case Number(value=value):
            return str(value)
        case Name(name=name):
            return name
        case Constant(name=name):
            return name + "'"
        case Group(of=inside):
            return f"[{reading(inside)}]"
    head = node.function if isinstance(node, Call) else _SIGNS[type(node)]
    return f"({head} {' '.join(reading(child) for child in node.children)})"


class Form(NamedTuple):
    """One row of a table: what is typed, in which exercise, and the tree it must give."""

    typed: str
    reading: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return self.typed


def forms(table: str) -> list[Form]:
    """The rows of `typed :: tree   with names`; without names the variables are x and y."""
    rows = []
    for line in table.strip().splitlines():
        typed, _, rest = line.partition(":: ")
        tree, _, names = rest.partition("   with ")
        rows.append(Form(typed.rstrip(), tree.strip(), tuple(names.split()) or ("x", "y")))
    return rows
