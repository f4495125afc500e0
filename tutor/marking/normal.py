"""A normal form in which equal school expressions become the same polynomial; runs in the engine's child only.

Every expression becomes a quotient of polynomials in generators: the variables, and one for each thing that is not rational
(e to a term, ln of a base, sine and cosine of a term, roots, absolute values). Known relations (cos^2 = 1 - sin^2, a root's own
power, |u|^2 = u^2) reduce powers. When the difference of two expressions reduces to zero they are equal wherever both have a
value. When it does not, that says nothing, except between rational functions.
"""

from collections.abc import Iterator
from fractions import Fraction

from tutor.marking.generators import Generators
from tutor.marking.ratio import Ratio, TooHardError
from tutor.maths.tidy import as_number
from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum, walk

_ROOT = 12
"Roots are kept in twelfths."
_E = Constant("e")
_DEFINED_ABOVE_ZERO = frozenset({"ln", "log", "log2", "log10", "sqrt"})


class NormalForm(Generators):
    """The normal forms of the expressions that are to be compared."""

    def __init__(self, trees: tuple[Node, ...]) -> None:
        names = sorted({node.name for tree in trees for node in walk(tree) if isinstance(node, Name)})
        others = sum(isinstance(node, Call | Power | Constant) for tree in trees for node in walk(tree))
        # Each call or power makes at most a few generators.
        super().__init__(names, len(names) + 3 * others + 2)
        for tree in trees:
            for inside in _taken_for_positive(tree):
                top, bottom = self.lowest(self.of(inside))
                if bottom.is_ground:
                    self.positive.add(top.primitive()[1])

    def of(self, node: Node) -> Ratio:
        """The normal form of an expression.

        Raises:
            TooHardError: it has none here.
        """
        self.charge(3)
        return super().of(node)

    def atom(self, node: Node) -> Ratio:
        """A letter, a constant, a power or a function, by its generators."""
        match node:
            case Name(name=name):
                return self.generator(("name", name))[1]
            case Constant(name="e"):
                return self.exponential(self.constant(1))
            case Constant(name=name):
                return self.generator(("constant", name))[1]
            case Power(base=base, exponent=exponent):
                return self.power(base, self.of(exponent))
            case Call(function=function, arguments=arguments):
                return self.call(function, arguments)
        raise TooHardError

    def power(self, base: Node, exponent: Ratio) -> Ratio:
        if base == _E:
            return self.exponential(exponent)
        size = self.rational(exponent)
        if size is not None and size.denominator == 1:
            return self.raised(self.of(base), int(size))
        if size is not None and _ROOT % size.denominator == 0:
            return self.raised(self.root(self.of(base)), int(size * _ROOT))
        below = as_number(base)
        if below is not None and below <= 0:  # it has a value at single points only, and no logarithm
            raise TooHardError
        return self.exponential(self.multiply(exponent, self.logarithm(base)))

    def logarithm(self, node: Node) -> Ratio:
        """ln of the size of an expression: products and powers taken apart, numbers into primes.

        ln u is taken as ln |u|, which is the same wherever ln u has a value.
        """
        match node:
            case Group(of=inside) | Negative(of=inside) | Call(function="abs", arguments=(inside,)):
                return self.logarithm(inside)
            case Product(factors=factors):
                total = self.constant(0)
                for factor in factors:
                    total = self.add(total, self.logarithm(factor))
                return total
            case Quotient(numerator=top, denominator=bottom):
                return self.add(self.logarithm(top), self.negative(self.logarithm(bottom)))
            case Power(base=base, exponent=exponent):
                return self.multiply(self.of(exponent), self.logarithm(base))
            case Call(function="exp", arguments=(inside,)):
                return self.of(inside)
            case Call(function="sqrt", arguments=(inside,)):
                return self.multiply(self.constant(Fraction(1, 2)), self.logarithm(inside))
            case Constant(name="e"):
                return self.constant(1)
        return self.logarithm_of(self.of(node))

    def size(self, node: Node) -> Ratio:
        """|u|, product by product."""
        match node:
            case Group(of=inside) | Negative(of=inside):
                return self.size(inside)
            case Product(factors=factors):
                total = self.constant(1)
                for factor in factors:
                    total = self.multiply(total, self.size(factor))
                return total
            case Quotient(numerator=over, denominator=under):
                return self.multiply(self.size(over), self.inverse(self.size(under)))
        return self.size_of(self.of(node))

    def call(self, function: str, arguments: tuple[Node, ...]) -> Ratio:
        first = arguments[-1]
        match function:
            case "ln":
                return self.logarithm(first)
            case "log":
                return self.multiply(self.logarithm(first), self.inverse(self.logarithm(arguments[0])))
            case "log2" | "log10":
                base = self.logarithm_of(self.constant(2 if function == "log2" else 10))
                return self.multiply(self.logarithm(first), self.inverse(base))
            case "abs":
                return self.size(first)
        return self.applied(function, [self.of(argument) for argument in arguments])

    def applied(self, function: str, values: list[Ratio]) -> Ratio:
        """A function of values that are worked out already, each once: rewriting trees would double them at every level."""
        u = values[0]
        match function:
            case "exp":
                return self.exponential(u)
            case "sqrt":
                return self.raised(self.root(u), _ROOT // 2)
            case "sin" | "cos":
                return self.waves(u)[function == "cos"]
            case "tan" | "cot" | "sec" | "csc":
                sine, cosine = self.waves(u)
                one = self.constant(1)
                above, below = {
                    "tan": (sine, cosine), "cot": (cosine, sine), "sec": (one, cosine), "csc": (one, sine)
                }[function]  # fmt: skip
                return self.multiply(above, self.inverse(below))
            case "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch" | "sigmoid":
                return self.hyperbolic(function, u)
            case "asinh":
                square = self.add(self.multiply(u, u), self.constant(1))
                return self.logarithm_of(self.add(u, self.raised(self.root(square), _ROOT // 2)))
            case "atanh":
                above = self.add(self.constant(1), u)
                below = self.add(self.constant(1), self.negative(u))
                both = self.add(self.logarithm_of(above), self.negative(self.logarithm_of(below)))
                return self.multiply(self.constant(Fraction(1, 2)), both)
            case "sign":
                return self.sign(u)
            case "step":
                return self.half(self.constant(1), self.sign(u))
            case "relu":
                return self.half(u, self.size_of(u))
            case "max" | "min":
                return self.extreme(values, 1 if function == "max" else -1)
        return self.bent_generator((function, *(self.lowest(value) for value in values)))

    def extreme(self, values: list[Ratio], sign: int) -> Ratio:
        if len(values) != 2:
            ordered = sorted((self.lowest(value) for value in values), key=str)
            return self.bent_generator(("max" if sign > 0 else "min", *ordered))
        left, right = values
        gap = self.size_of(self.add(left, self.negative(right)))
        return self.half(self.add(left, right), self.multiply(self.constant(sign), gap))

    def hyperbolic(self, function: str, u: Ratio) -> Ratio:
        up = self.exponential(u)
        down = self.inverse(up)
        one = self.constant(1)
        if function == "sigmoid":
            return self.multiply(up, self.inverse(self.add(one, up)))
        sine, cosine = self.half(up, self.negative(down)), self.half(up, down)
        above, below = {
            "sinh": (sine, one), "cosh": (cosine, one), "tanh": (sine, cosine),
            "coth": (cosine, sine), "sech": (one, cosine), "csch": (one, sine),
        }[function]  # fmt: skip
        return self.multiply(above, self.inverse(below))


def _taken_for_positive(tree: Node) -> Iterator[Node]:
    """Small inner expressions that must not be negative for the tree to have a value."""
    for node in walk(tree):
        inside = None
        if isinstance(node, Call) and node.function in _DEFINED_ABOVE_ZERO:
            inside = node.arguments[-1]
        elif isinstance(node, Power) and not (isinstance(node.base, Number | Constant)):
            size = as_number(node.exponent)
            inside = node.base if size is not None and size.denominator != 1 else None
        if inside is not None and all(isinstance(part, Name | Number | Sum | Negative) for part in walk(inside)):
            yield inside
