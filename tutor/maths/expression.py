"""The grammar of expressions: sums of products of powers, products run together, functions without brackets, bars.

What a function makes of its arguments is `tutor.maths.application`'s, where a complaint is put into words mostly `Reader`'s.
"""

from collections.abc import Callable

from tutor.errors import Unreadable
from tutor.maths.ambiguity import refuse_run_into_name, refuse_side_by_side
from tutor.maths.application import apply, raise_call
from tutor.maths.bounds import check_size
from tutor.maths.brackets import BracketReader
from tutor.maths.lexer import Token
from tutor.maths.reader import CLOSING
from tutor.maths.tree import (
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
    variables,
    walk,
)
from tutor.words import tr

_APPLIED = ("function", "log", "root")
_STARTS = frozenset({"number", "variable", "constant", *_APPLIED})


class ExpressionReader(BracketReader):
    """Recursive descent over the tokens of one answer."""

    def __init__(self, found: list[Token], *, bars_open_first: bool = False) -> None:
        super().__init__(found, bars_open_first=bars_open_first)
        self.lists: list[int] = []
        "Columns of the brackets that hold several values, inner ones first."

    # --- the whole answer

    def answer(self) -> Node:
        if self.next.kind == "end":
            raise Unreadable(tr("Nothing to read yet: type an answer."), self.next.column, is_unfinished=True)
        items = self.list_of_sums()
        if self.next.kind != "end":
            raise self.refuse_stray()
        tree = _outermost_list(items[0]) if len(items) == 1 else Tuple(tuple(items))
        lists = [part for child in tree.children for part in walk(child) if isinstance(part, Tuple)]
        if any(isinstance(item, Number) for part in lists for item in part.items[1:]):
            what = tr("A decimal is written with a point, such as 0.5; a list of values can only be the whole answer.")
            raise Unreadable(what, self.lists[0])
        if lists:
            raise Unreadable(tr("A list of values such as (a, b) can only be the whole answer."), self.lists[0])
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
        """Factors side by side or joined by `*` and `/`.

        A function's argument ends at `/` or another function, and at a `*` once there is a letter in it: `sin 2*x` is the sine
        of 2x, but whoever writes `cos 3x * 3` multiplies the cosine.
        """
        done: list[Node] = [self.power()]
        while True:
            if self.sees("*"):
                if in_argument and (self.tokens[self.at + 1].kind in _APPLIED or any(map(variables, done))):
                    break
                self.take()
                done.append(self.signed(self.power))
            elif self.sees("/") and not in_argument:
                self.take()
                done = [Quotient(_product(done), self.signed(self.power))]
            elif self.starts_factor() and not (in_argument and self.next.kind in _APPLIED):
                refuse_side_by_side(self.tokens[self.at - 1], self.next)
                done.append(self.power())
            else:
                break
        return _product(done)

    def starts_factor(self) -> bool:
        return self.next.kind in _STARTS or self.sees("(", "[", "{", "frac") or (self.sees("|") and self.bar_opens())

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
            case "function" | "log" | "root":
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

    def latex_argument(self, command: Token) -> Node:
        r"""What follows `\frac`; where no braces were typed, respelling has put them."""
        if self.sees("{"):
            return self.only(self.take())
        raise Unreadable(
            tr("\\frac wants two pairs of braces: \\frac{above}{below}."),
            command.column,
            is_unfinished=self.next.kind == "end",
        )

    # --- functions

    def call(self, token: Token) -> Node:
        """A function's application, with any power, base or index that stands between its name and its argument."""
        if token.kind == "function":
            refuse_run_into_name(token, self.tokens[self.at : self.at + 3])
        base = self.base(token)
        power = self.exponent() if self.sees("^") else None
        if power is not None and token.text == "exp" and not self.starts_factor():
            raise Unreadable(
                tr("exp is a function: write exp(x), or e^x."), token.column, is_unfinished=self.next.kind == "end"
            )
        call = apply(token, base, self.arguments(token))
        return call if power is None else raise_call(token, call, power)

    def base(self, token: Token) -> Node | None:
        """A logarithm's base or a root's index, where one stands behind the name."""
        if token.kind == "root" or (token.text == "sqrt" and self.sees("[") and self.is_latex_index()):
            return self.only(self.take())
        return self.log_base(token) if token.kind == "log" else None

    def log_base(self, token: Token) -> Node:
        missing = Unreadable(tr("A base is missing after log_: write log_2(x), or ln x."), token.column)
        if self.sees("{", "("):
            is_round = self.sees("(")
            base = self.only(self.take())
            missing.is_unfinished = self.next.kind == "end"
            if is_round and not (self.starts_factor() or self.sees("^")):
                raise missing
            return base
        if self.next.kind in ("number", "variable", "constant"):
            return self.atom()
        missing.is_unfinished = self.next.kind == "end"
        raise missing

    def is_latex_index(self) -> bool:
        closing = next((i for i in range(self.at, len(self.tokens)) if self.tokens[i].text == "]"), None)
        return closing is not None and self.tokens[closing + 1].text == "{"

    def arguments(self, token: Token) -> tuple[Node, ...]:
        if self.sees("(", "[", "{"):
            return tuple(self.bracketed(self.take()))
        if self.sees("|") and self.bar_opens():
            return (self.bar(self.take()),)
        if self.next.kind == "end":
            raise Unreadable(
                tr("{typed} has nothing to act on yet: write {typed}(...).", typed=token.typed),
                self.next.column,
                is_unfinished=True,
            )
        if self.sees("+", "-") and not (self.next.after_space and self.tokens[self.at + 1].after_space):
            return (self.signed(self.argument),)
        if not self.starts_factor():
            raise Unreadable(
                tr("{typed} is a function and has nothing to act on: write {typed}(...).", typed=token.typed),
                token.column,
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
