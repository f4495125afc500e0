"""What a descent is run on: the error of one example, the examples, and the way back to the data's own units.

Most problems are one half of a squared residual, averaged over examples; others are a formula in the weights alone. Which
there are is for `catalogue.py` to say; nothing here moves a weight.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

from tutor.maths.grammar import Vocabulary
from tutor.maths.numeric import compile_float
from tutor.maths.rules import derivative
from tutor.maths.tree import Name, Node, Number, without_brackets

_ONE: Final = Number(Fraction(1))


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """One input of an example, and how it was scaled: the formulas see (raw - mean) / deviation."""

    name: str
    "As formulas write it: `sqft`."
    label: str
    "As people call it, with its unit: `square feet`."
    mean: float = 0.0
    "In raw units; 0 when the formulas see the raw value."
    deviation: float = 1.0
    "In raw units, dividing by the number of examples (not one less); 1 when the formulas see the raw value."


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Examples, and an error whose mean over them is to be made small."""

    name: str
    title: str
    weights: tuple[str, ...]
    "Names, n of them. With a residual over data: one for each input in the inputs' order, and a last one, the bias."
    start: tuple[float, ...]
    "The weights at step 0, shape (n,)."
    residual: str = ""
    "Prediction minus target for one example, linear in the weights; empty where the error is no square."
    formula: str = ""
    "Where there is no residual: the error itself."
    model: str = ""
    "What is predicted for an example, and what a typed partial may call `prediction` where there is no residual."
    inputs: tuple[Feature, ...] = ()
    "With a residual n - 1 of them; none when there are no data. Over a file every column that the error names."
    target: str = ""
    "The name of what is to be predicted, in its own units; empty when there are no data."
    rows: Sequence[tuple[float, ...]] = ((),)
    "One row an example: the inputs as formulas see them, then the target. Without data a single one with nothing in it."
    examples: int = 0
    "How many there are in all, where the rows are a sample of them."
    every: int = 1
    "Where they are a sample: one of so many was kept, the first of them."

    @property
    def error(self) -> str:
        """The error of one example, as a formula in the weights and the columns; half the square of a residual."""
        return f"({self.residual})^2/2" if self.residual else self.formula

    @property
    def count(self) -> int:
        """The number of examples."""
        return self.examples or len(self.rows)

    @property
    def is_sample(self) -> bool:
        """Whether the rows are not all of the examples."""
        return self.count > len(self.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the values in a row."""
        names = tuple(feature.name for feature in self.inputs)
        return (*names, self.target) if self.target else names

    @property
    def let(self) -> dict[str, str]:
        """Abbreviations that a typed partial may use; a weight or a column of the same name goes before one."""
        let = {"r": self.residual} if self.residual else {"prediction": self.model} if self.model else {}
        return {name: formula for name, formula in let.items() if name not in (*self.weights, *self.columns)}

    @property
    def vocabulary(self) -> Vocabulary:
        """What a typed partial may use: the weights, the columns and the abbreviations."""
        return Vocabulary.of(*self.weights, *self.columns, *self.let)

    def tree(self, formula: str) -> Node:
        """One of the problem's own formulas, `residual` or `error`, as a tree in the weights and the columns.

        Raises:
            Unreadable: a formula of an author's that is none, or that has other letters in it.
        """
        from tutor.maths.parse import (
            parse,  # here: the home screen knows of problems and reads none, and it takes 13 ms
        )

        return without_brackets(parse(formula, Vocabulary.of(*self.weights, *self.columns)))

    def raw_weights(self, weights: Sequence[float]) -> tuple[float, ...] | None:
        """The weights that make the same predictions from inputs in their own units.

        From w (x - m) / s + b = (w/s) x + (b - w m/s), summed over the inputs.

        Args:
            weights: shape (n,), in the units trained in.

        Returns:
            Shape (n,): target's unit per input's unit, the bias in the target's unit; nothing where no weights do, as in a
            model that is not linear in a scaled column, or of a target that is scaled itself.

        >>> scaled = Problem(name="", title="", weights=("w", "b"), target="y", residual="w*x + b - y",
        ...     inputs=(Feature(name="x", label="x", mean=10.0, deviation=2.0),), start=(0.0, 0.0))
        >>> scaled.raw_weights((6.0, 50.0))
        (3.0, 20.0)
        """
        scaled = {feature.name: feature for feature in self.inputs if (feature.mean, feature.deviation) != (0.0, 1.0)}
        if not scaled:
            return tuple(weights)
        factors = self._factors()
        if factors is None or not scaled.keys() <= set(factors) or factors.count("") > 1:
            return None
        of_weights = [scaled.get(name) for name in factors]
        slopes = [w / feature.deviation if feature else w for w, feature in zip(weights, of_weights, strict=True)]
        shift = sum(slope * feature.mean for slope, feature in zip(slopes, of_weights, strict=True) if feature)
        if "" not in factors:
            return tuple(slopes) if shift == 0.0 else None
        return tuple(w if name else w - shift for w, name in zip(slopes, factors, strict=True))

    def _factors(self) -> tuple[str, ...] | None:
        """Of a prediction that is linear: the column that stands by each weight, or nothing by the bias."""
        if self.residual:
            return (*(feature.name for feature in self.inputs), "")
        if not self.model:
            return None
        model = self.tree(self.model)
        slopes = [derivative(model, (weight,)) for weight in self.weights]
        factors = tuple(
            slope.name if isinstance(slope, Name) and slope.name in self.columns else "" if slope == _ONE else None
            for slope in slopes
        )
        names = (*self.weights, *self.columns)
        at_zero = compile_float(model, names)
        rests = [
            at_zero((*(0.0 for _ in self.weights), *(0.7 * k + by for k in range(len(self.columns))))) for by in (1, 2)
        ]
        return tuple(map(str, factors)) if None not in factors and not any(rests) else None

    def raw_formula(self, raw: Sequence[float]) -> str:
        """The trained prediction in raw units, to six significant figures: `price = 139.211 x square feet + ...`.

        Args:
            raw: what `raw_weights` returned, shape (n,).
        """
        if not self.residual and (len(self.weights) > 1 or self.inputs):
            return ", ".join(f"{name} = {value:.6g}" for name, value in zip(self.weights, raw, strict=True))
        said = f"{self.target or self.weights[-1]} ="
        words = [f" x {feature.label}" for feature in self.inputs] + [""]
        for place, (value, word) in enumerate(zip(raw, words, strict=True)):
            sign = (" -" if value < 0 else "") if place == 0 else (" - " if value < 0 else " + ")
            said += f"{sign or ' '}{abs(value):.6g}{word}"
        return said


def sample(problem: Problem, most: int) -> Problem:
    """The same problem with at most so many of its rows, evenly spread over them, and as tuples, which travel.

    >>> problem = Problem(name="", title="", weights=("w",), start=(0.0,), rows=tuple((float(k),) for k in range(10)))
    >>> few = sample(problem, 4)
    >>> [row[0] for row in few.rows], few.count, few.is_sample
    ([0.0, 3.0, 6.0, 9.0], 10, True)
    """
    every = max(1, -(-len(problem.rows) // most))
    rows = tuple(problem.rows[::every])
    examples = problem.count if every > 1 else problem.examples
    return msgspec.structs.replace(problem, rows=rows, examples=examples, every=problem.every * every)
