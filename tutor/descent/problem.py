"""What a descent is run on: the error of one example, and the examples.

Most problems are one half of a squared residual, averaged over examples; others are a formula in the weights alone. Which
there are is for `catalogue.py` to say; nothing here moves a weight. Light, for every start of the screens loads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # the methods that read formulas import the grammar themselves, which takes 20 ms
    from tutor.maths.grammar import Vocabulary
    from tutor.maths.tree import Node


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
        from tutor.maths.grammar import Vocabulary

        return Vocabulary.of(*self.weights, *self.columns, *self.let)

    def tree(self, formula: str) -> Node:
        """One of the problem's own formulas, `residual` or `error`, as a tree in the weights and the columns.

        Raises:
            Unreadable: a formula of an author's that is none, or that has other letters in it.
        """
        from tutor.maths.grammar import Vocabulary
        from tutor.maths.parse import parse
        from tutor.maths.tree import without_brackets

        return without_brackets(parse(formula, Vocabulary.of(*self.weights, *self.columns)))


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
