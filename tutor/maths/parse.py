"""Tokens to the expression tree, by the grammar in docs/grammar: products run together, functions without brackets.

Nothing typed is ever evaluated: the result is a bounded tree, and every refusal says where and what to do.
"""

from collections.abc import Callable
from fractions import Fraction
from math import log10

from tutor.errors import Unreadable
from tutor.maths.grammar import (
    INVERSES,
    MANY_ARGUMENTS,
    MAX_DEPTH,
    MAX_EXPONENT,
    MAX_MAGNITUDE,
    MAX_NODES,
    Vocabulary,
    canonical,
)
from tutor.maths.lexer import Token, tokens
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
    without_brackets,
)

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_STARTS = frozenset({"number", "variable", "constant", "function", "log"})


def parse(text: str, vocabulary: Vocabulary) -> Node:
    """The tree of a typed answer, brackets kept as `Group`.

    Raises:
        Unreadable: with the column and a remedy; `is_unfinished` when the text merely stops too soon.
    """
    return _Parser(tokens(text, vocabulary)).answer()


def parse_free(text: str, names: tuple[str, ...] = ()) -> Node:
    """The tree of an author's formula: any single letter, with or without an index, is a variable.

    Args:
        names: longer names that the formula may use, such as `sqft`.

    Raises:
        Unreadable: as `parse`.
    """
    return without_brackets(parse(text, free_vocabulary(text, names)))


def free_vocabulary(text: str, names: tuple[str, ...] = ()) -> Vocabulary:
    """The names given, and each single letter of the text (with its index) that is not otherwise known."""
    return Vocabulary.of(*names, *_single_letters(text, names))


def _single_letters(text: str, names: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    known = Vocabulary.of(*names)
    for _ in range(40):
        try:
            tokens(text, Vocabulary.of(*known.variables, *found))
        except Unreadable as error:
            letter = text[error.column : error.column + 1]
            index = text[error.column + 1 :]
            if not letter.isalpha():
                break
            digits = index[: len(index) - len(index.lstrip("_{0123456789₀₁₂₃₄₅₆₇₈₉"))]
            name = canonical(letter + digits.rstrip("_{"))
            if name in found:
                break
            found.append(name)
        else:
            break
    return found


class _Parser:
    """Recursive descent over the tokens; `depth` counts the levels it is inside."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.at = 0
        self.depth = 0
        self.bars = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

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
                f"This is nested more than {MAX_DEPTH} deep. Is there a flatter way to write it?", token.column
            )

    # --- the whole answer

    def answer(self) -> Node:
        if self.next.kind == "end":
            raise Unreadable("Nothing to read yet: type an answer.", self.next.column, is_unfinished=True)
        items = [self.sum()]
        while self.sees(",", ";"):
            self.take()
            items.append(self.sum())
        if self.next.kind != "end":
            raise self.stray(self.next)
        tree = items[0] if len(items) == 1 else Tuple(tuple(items))
        check_size(tree)
        return tree

    def stray(self, token: Token) -> Unreadable:
        if token.text in (")", "]", "}"):
            opener = {close: open_ for open_, close in _CLOSING.items()}[token.text]
            return Unreadable(f"This {token.text} closes nothing: there is no {opener} before it.", token.column)
        return Unreadable(f"{token.text} cannot stand here.", token.column)

    # --- sums and products

    def sum(self) -> Node:
        terms = [self.signed(self.product)]
        while self.sees("+", "-"):
            minus = self.take().text == "-"
            term = self.signed(self.product)
            terms.append(Negative(term) if minus else term)
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def signed(self, operand: Callable[[], Node]) -> Node:
        """An operand with any plus or minus signs in front."""
        if not self.sees("+", "-"):
            return operand()
        sign = self.take()
        self.deeper(sign)
        inner = self.signed(operand)
        self.depth -= 1
        return Negative(inner) if sign.text == "-" else inner

    def product(self) -> Node:
        return self.factors(in_argument=False)

    def factors(self, *, in_argument: bool) -> Node:
        """Factors side by side or joined by `*` and `/`, from left to right; a function's argument ends at `/` or another function."""
        done: list[Node] = [self.power()]
        while True:
            if self.sees("*"):
                if in_argument and self.tokens[self.at + 1].kind in ("function", "log"):
                    break
                self.take()
                done.append(self.signed(self.power))
            elif self.sees("/") and not in_argument:
                self.take()
                done = [Quotient(_product(done), self.signed(self.power))]
            elif self.starts_factor() and not (in_argument and self.next.kind in ("function", "log")):
                self.refuse_side_by_side()
                done.append(self.power())
            else:
                break
        return _product(done)

    def starts_factor(self) -> bool:
        return self.next.kind in _STARTS or self.sees("(", "[", "{", "frac") or (self.sees("|") and not self.bars)

    def refuse_side_by_side(self) -> None:
        before, now = self.tokens[self.at - 1], self.next
        if now.kind == "number" and before.kind == "number":
            raise Unreadable("Two numbers stand side by side: put *, + or - between them.", now.column)
        if now.kind == "number" and before.kind in ("variable", "constant") and not now.after_space:
            name = before.text
            raise Unreadable(
                f"{name}{now.text} could mean two things: write {name}^{now.text} for a power, {now.text}*{name} for a product.",
                before.column,
            )

    # --- powers and the things they are raised on

    def power(self) -> Node:
        base = self.atom()
        while self.sees("^"):
            base = Power(base, self.exponent())
        return base

    def exponent(self) -> Node:
        """What follows `^`; powers group from the right, and a minus sign needs no brackets."""
        sign = self.take()
        self.deeper(sign)
        exponent = self.signed(self.raised)
        self.depth -= 1
        return exponent

    def raised(self) -> Node:
        base = self.atom()
        return Power(base, self.exponent()) if self.sees("^") else base

    def atom(self) -> Node:
        token = self.take()
        match token.kind:
            case "number":
                return Number(token.value, _kept(token))
            case "variable":
                return Name(token.text)
            case "constant":
                return Constant(token.text)
            case "function" | "log":
                self.deeper(token)
                call = self.call(token)
                self.depth -= 1
                return call
        if token.text in _CLOSING:
            items = self.bracketed(token)
            return Group(items[0]) if len(items) == 1 else Group(Tuple(tuple(items)))
        if token.text == "|":
            return self.bar(token)
        if token.text == "frac":
            return Quotient(self.latex_argument(token), self.latex_argument(token))
        raise self.nothing_here(token)

    def nothing_here(self, token: Token) -> Unreadable:
        before = self.tokens[self.at - 2] if self.at > 1 else None
        if token.kind == "end":
            if before is None:
                return Unreadable("Nothing to read yet: type an answer.", token.column, is_unfinished=True)
            return Unreadable(f"Something is still to come after {_sign(before)}.", token.column, is_unfinished=True)
        if before and before.kind == "sign" and before.text in "([{":
            return Unreadable(f"There is nothing between {before.text} and {_sign(token)}.", token.column)
        if before and before.kind == "sign" and token.text in ")]}|,;":
            return Unreadable(f"{_sign(before)} needs something after it.", before.column)
        if token.text in ("*", "/", "^"):
            return Unreadable(f"{_sign(token)} needs something in front of it.", token.column)
        return Unreadable(f"{_sign(token)} cannot stand here.", token.column)

    def bracketed(self, opening: Token) -> list[Node]:
        """What stands between brackets, the opening one taken already: one expression, or several with commas."""
        self.deeper(opening)
        bars, self.bars = self.bars, 0
        items = [self.sum()]
        while self.sees(",", ";"):
            self.take()
            items.append(self.sum())
        closing = _CLOSING[opening.text]
        if self.next.kind == "end":
            raise Unreadable(
                f"This {opening.text} is never closed: a {closing} is missing.", opening.column, is_unfinished=True
            )
        if not self.sees(closing):
            if self.sees(*_CLOSING.values()):
                raise Unreadable(f"{self.next.text} cannot close {opening.text}: use {closing}.", self.next.column)
            raise self.stray(self.next)
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
                "This | is never closed: a second | is missing.", opening.column, is_unfinished=self.next.kind == "end"
            )
        self.take()
        self.bars -= 1
        self.depth -= 1
        return Call("abs", (inside,))

    def latex_argument(self, command: Token) -> Node:
        r"""What follows `\frac`: braces, or a single sign."""
        if self.sees("{"):
            items = self.bracketed(self.take())
            if len(items) == 1:
                return items[0]
        elif self.next.kind == "number" and self.next.value.denominator == 1 and len(self.next.text) > 1:
            digits = self.next  # \frac12 is one half
            self.tokens[self.at] = digits._replace(
                text=digits.text[1:], value=Fraction(digits.text[1:]), column=digits.column + 1
            )
            return Number(Fraction(digits.text[0]))
        elif self.next.kind in ("number", "variable", "constant"):
            return self.atom()
        raise Unreadable(
            "\\frac wants two pairs of braces: \\frac{above}{below}.",
            command.column,
            is_unfinished=self.next.kind == "end",
        )

    # --- functions

    def call(self, token: Token) -> Node:
        """A function's application, with any power or base that stands between its name and its argument."""
        name = token.text
        base = self.log_base(token) if token.kind == "log" else None
        index = self.root_index(token) if name == "sqrt" and self.sees("[") and self.is_latex_index() else None
        power = self.exponent() if self.sees("^") else None
        arguments = self.arguments(token)
        if index is not None:
            call: Node = (
                Power(arguments[0], Quotient(Number(Fraction(1)), index))
                if index != Number(Fraction(3))
                else Call("cbrt", arguments)
            )
        elif base is not None:
            call = Call("log", (base, *arguments))
        elif name == "ln" and len(arguments) == 2:
            call = Call("log", (arguments[1], arguments[0]))
        elif len(arguments) > 1 and name not in MANY_ARGUMENTS:
            raise Unreadable(f"{name} takes one value, not {len(arguments)}.", token.column)
        elif len(arguments) < 2 and name in MANY_ARGUMENTS:
            raise Unreadable(f"{name} compares values: write {name}(a, b).", token.column)
        else:
            call = Call(name, arguments)
        return call if power is None else self.raised_call(token, call, power)

    def raised_call(self, token: Token, call: Node, power: Node) -> Node:
        """`sin^2 x` is the square; `sin^-1 x` is the inverse function, as everywhere in mathematics."""
        if without_brackets(power) != Negative(Number(Fraction(1))):
            return Power(call, power)
        if isinstance(call, Call) and call.function in INVERSES:
            return Call(INVERSES[call.function], call.arguments)
        raise Unreadable(
            f"{token.text}^-1 could mean two things: write 1/{token.text}(...) if that is meant.", token.column
        )

    def log_base(self, token: Token) -> Node:
        if self.sees("{"):
            return self.bracketed(self.take())[0]
        if self.next.kind in ("number", "variable", "constant"):
            return self.atom()
        raise Unreadable("A base is missing after log_: write log_2(x), or ln x.", token.column)

    def is_latex_index(self) -> bool:
        closing = next((i for i in range(self.at, len(self.tokens)) if self.tokens[i].text == "]"), None)
        return closing is not None and self.tokens[closing + 1].text == "{"

    def root_index(self, token: Token) -> Node:
        return self.bracketed(self.take())[0]

    def arguments(self, token: Token) -> tuple[Node, ...]:
        if self.sees("(", "[", "{"):
            return tuple(self.bracketed(self.take()))
        if self.sees("|") and not self.bars:
            return (self.bar(self.take()),)
        if self.next.kind == "end":
            raise Unreadable(
                f"{token.text} has nothing to act on yet: write {token.text}(...).",
                self.next.column,
                is_unfinished=True,
            )
        if self.sees("+", "-") and not self.next.after_space:
            return (self.signed(self.argument),)
        if not self.starts_factor():
            raise Unreadable(
                f"{token.text} is a function and has nothing to act on: write {token.text}(...).", token.column
            )
        return (self.argument(),)

    def argument(self) -> Node:
        return self.factors(in_argument=True)


def check_size(tree: Node) -> None:
    """Refuse a tree that is too large to walk, or that holds a number too big ever to be worked out.

    Raises:
        Unreadable: with column 0, since the whole is at fault.
    """
    count = 0
    level = [tree]
    depth = 0
    while level:
        count += len(level)
        depth += 1
        if depth > 2 * MAX_DEPTH or count > MAX_NODES:
            raise Unreadable("This is too large to be worked with. Is there a shorter way to write it?", 0)
        level = [child for node in level for child in node.children]
    _magnitude(tree)


def _magnitude(node: Node) -> float | None:
    """The base-ten logarithm of a constant's size (an upper estimate), or None for what is no constant or is zero."""
    inside = [_magnitude(child) for child in node.children]
    size = _own_magnitude(node, inside)
    if size is not None and abs(size) > MAX_MAGNITUDE:
        raise Unreadable(f"A number in this is too big or too small: at most {MAX_MAGNITUDE} places.", 0)
    if isinstance(node, Power):
        exponent = inside[1]
        if exponent is not None and exponent > log10(MAX_EXPONENT):
            raise Unreadable(f"An exponent in this is too big: at most {MAX_EXPONENT}.", 0)
    return size


def _own_magnitude(node: Node, inside: list[float | None]) -> float | None:
    match node:
        case Number(value=value):
            return log10(value.numerator) - log10(value.denominator) if value else None
        case Constant():
            return 0.5
        case Group() | Negative():
            return inside[0]
        case Call(function="exp"):
            return 0.4343 * 10 ** min(inside[0], 6) if inside[0] is not None else None
        case Call():
            return inside[-1]
        case Sum():
            known = [size for size in inside if size is not None]
            return max(known) if len(known) == len(inside) else None
        case Product():
            known = [size for size in inside if size is not None]
            return sum(known) if len(known) == len(inside) else None
        case Quotient():
            return inside[0] - inside[1] if inside[0] is not None and inside[1] is not None else None
        case Power() if inside[0] is not None and inside[1] is not None:
            return inside[0] * 10 ** min(inside[1], 6)
    return None


def _product(factors: list[Node]) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def _kept(token: Token) -> str:
    """A number's own writing, where the value alone would be shown otherwise."""
    return "" if token.text == str(token.value) else token.text


def _sign(token: Token) -> str:
    return {"frac": "\\frac"}.get(token.text, token.text)
