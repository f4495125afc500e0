"""Tokens to the expression tree, by the grammar in design.md: products run together, functions without brackets.

Nothing typed is ever evaluated: the result is a bounded tree, and every refusal says where and what to do.
"""

from collections.abc import Callable
from fractions import Fraction

from tutor.errors import Unreadable
from tutor.maths.bounds import check_size
from tutor.maths.grammar import INVERSES, MANY_ARGUMENTS, Vocabulary
from tutor.maths.lexer import Token, UnknownName, tokens
from tutor.maths.reader import CLOSING, Reader
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
    walk,
    without_brackets,
)

_STARTS = frozenset({"number", "variable", "constant", "function", "log"})
_MOST_LETTERS = 40
"Variables found in an author's formula; each costs a reading."


def parse(text: str, vocabulary: Vocabulary) -> Node:
    """The tree of a typed answer, brackets kept as `Group`; a list of values comes back as a `Tuple`, outermost.

    Raises:
        Unreadable: with the column and a remedy; `is_unfinished` when the text merely stops too soon.
    """
    found = tokens(text, vocabulary)
    try:
        return _Parser(found).answer()
    except Unreadable:
        if sum(token.text == "|" for token in found) < 4:
            raise
        try:
            return _Parser(found, bars_open_first=True).answer()
        except Unreadable:
            pass
        raise


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
    vocabulary = Vocabulary.of(*names)
    for _ in range(_MOST_LETTERS):
        try:
            tokens(text, vocabulary)
        except UnknownName as error:
            vocabulary = Vocabulary.of(*vocabulary.variables, error.name)
        except Unreadable:
            break
        else:
            break
    return vocabulary


class _Parser(Reader):
    """Recursive descent over the tokens."""

    def __init__(self, found: list[Token], *, bars_open_first: bool = False) -> None:
        """
        Args:
            bars_open_first: a bar after something complete opens, rather than closes, while enough bars are left: `|2|x||`.
        """
        super().__init__(found)
        self.bars_open_first = bars_open_first
        self.bars = 0
        self.bars_left = sum(token.text == "|" for token in found)
        self.lists: list[int] = []
        "Columns of the brackets that hold several values, inner ones first."

    def take(self) -> Token:
        token = super().take()
        self.bars_left -= token.text == "|"
        return token

    # --- the whole answer

    def answer(self) -> Node:
        if self.next.kind == "end":
            raise Unreadable("Nothing to read yet: type an answer.", self.next.column, is_unfinished=True)
        items = self.list_of_sums()
        if self.next.kind != "end":
            raise self.refuse_stray()
        tree = _outermost_list(items[0]) if len(items) == 1 else Tuple(tuple(items))
        if any(isinstance(part, Tuple) for child in tree.children for part in walk(child)):
            raise Unreadable("A list of values such as (a, b) can only be the whole answer.", self.lists[0])
        check_size(tree)
        return tree

    def list_of_sums(self) -> list[Node]:
        items = [self.sum()]
        while self.sees(",", ";"):
            self.take()
            items.append(self.sum())
        return items

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
        return self.next.kind in _STARTS or self.sees("(", "[", "{", "frac") or (self.sees("|") and self.bar_opens())

    def bar_opens(self) -> bool:
        """Whether a bar that stands after something complete opens a new pair."""
        return not self.bars or (self.bars_open_first and self.bars_left >= self.bars + 2)

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
        token = self.next
        if token.kind == "end":
            raise self.refuse_nothing()
        self.take()
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
        if token.text in CLOSING:
            return self.group(token)
        if token.text == "|":
            return self.bar(token)
        if token.text == "frac":
            return Quotient(self.latex_argument(token), self.latex_argument(token))
        self.at -= 1
        raise self.refuse_nothing()

    def group(self, opening: Token) -> Node:
        """Brackets; braces are LaTeX's and leave no trace."""
        items = self.bracketed(opening)
        if len(items) > 1:
            self.lists.append(opening.column)
            return Group(Tuple(tuple(items)))
        return items[0] if opening.text == "{" else Group(items[0])

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
                "This | is never closed: a second | is missing.", opening.column, is_unfinished=self.next.kind == "end"
            )
        self.take()
        self.bars -= 1
        self.depth -= 1
        return Call("abs", (inside,))

    def latex_argument(self, command: Token) -> Node:
        r"""What follows `\frac`: braces, or a single sign."""
        if self.sees("{"):
            return self.only(self.take())
        if self.next.kind == "number" and self.next.value.denominator == 1 and len(self.next.text) > 1:
            digits = self.next  # \frac12 is one half
            self.tokens[self.at] = digits._replace(
                text=digits.text[1:], value=Fraction(digits.text[1:]), column=digits.column + 1
            )
            return Number(Fraction(digits.text[0]))
        if self.next.kind in ("number", "variable", "constant"):
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
        if base == Constant("e"):
            name, base = "ln", None
        index = self.root_index() if name == "sqrt" and self.sees("[") and self.is_latex_index() else None
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
            raise Unreadable(f"{token.typed} takes one value, not {len(arguments)}.", token.column)
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
            f"{token.typed}^-1 could mean two things: write 1/{token.typed}(...) if that is meant.", token.column
        )

    def log_base(self, token: Token) -> Node:
        if self.sees("{", "("):
            return self.only(self.take())
        if self.next.kind in ("number", "variable", "constant"):
            return self.atom()
        raise Unreadable(
            "A base is missing after log_: write log_2(x), or ln x.",
            token.column,
            is_unfinished=self.next.kind == "end",
        )

    def only(self, opening: Token) -> Node:
        """The single expression between brackets."""
        items = self.bracketed(opening)
        if len(items) > 1:
            raise Unreadable("One value is wanted here, not a list.", opening.column)
        return items[0]

    def is_latex_index(self) -> bool:
        closing = next((i for i in range(self.at, len(self.tokens)) if self.tokens[i].text == "]"), None)
        return closing is not None and self.tokens[closing + 1].text == "{"

    def root_index(self) -> Node:
        return self.only(self.take())

    def arguments(self, token: Token) -> tuple[Node, ...]:
        if self.sees("(", "[", "{"):
            return tuple(self.bracketed(self.take()))
        if self.sees("|") and self.bar_opens():
            return (self.bar(self.take()),)
        if self.next.kind == "end":
            raise Unreadable(
                f"{token.typed} has nothing to act on yet: write {token.typed}(...).",
                self.next.column,
                is_unfinished=True,
            )
        if self.sees("+", "-") and not (self.next.after_space and self.tokens[self.at + 1].after_space):
            return (self.signed(self.argument),)
        if not self.starts_factor():
            raise Unreadable(
                f"{token.typed} is a function and has nothing to act on: write {token.typed}(...).", token.column
            )
        return (self.argument(),)

    def argument(self) -> Node:
        return self.factors(in_argument=True)


def _outermost_list(tree: Node) -> Node:
    """`((a, b))` is the list of two; brackets around anything else stay."""
    inside = tree
    while isinstance(inside, Group):
        inside = inside.of
    return inside if isinstance(inside, Tuple) else tree


def _product(factors: list[Node]) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def _kept(token: Token) -> str:
    """A number's own writing, where the value alone would be shown otherwise."""
    return "" if token.text == str(token.value) else token.text
