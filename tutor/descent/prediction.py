"""What a problem predicts for an example, and what it is compared with; for those that predict something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tutor.descent.problem import Problem
from tutor.maths.numeric import compile_float
from tutor.maths.tree import variables


class Prediction(NamedTuple):
    """A model and its target."""

    predict: Callable[[Sequence[float], Sequence[float]], float]
    "From the weights, shape (n,), and a row of the problem to the prediction, in the target's unit as formulas see it."
    target: int
    "The place of the target in a row."
    inputs: tuple[int, ...]
    "The places of what the model looks at."


def prediction(problem: Problem) -> Prediction | None:
    """The model of a problem; nothing where it has none, or more than one column to be compared with."""
    if not problem.model:
        return None
    columns = problem.columns
    model = problem.tree(problem.model)
    seen = variables(model)
    inputs = tuple(place for place, name in enumerate(columns) if name in seen)
    targets = [place for place, name in enumerate(columns) if name not in seen]
    if problem.target:
        targets = [columns.index(problem.target)]
    if len(targets) != 1 or not inputs:
        return None
    value = compile_float(model, (*problem.weights, *columns))
    return Prediction(lambda weights, row: value((*weights, *row)), targets[0], inputs)
