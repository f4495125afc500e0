"""From weights found on scaled inputs back to the data's own units."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from tutor.descent.problem import Problem
from tutor.maths.numeric import compile_float
from tutor.maths.rules import derivative
from tutor.maths.tree import Name, Number

_ONE: Final = Number(Fraction(1))


def raw_weights(problem: Problem, weights: Sequence[float]) -> tuple[float, ...] | None:
    """The weights that make the same predictions from inputs in their own units.

    From w (x - m) / s + b = (w/s) x + (b - w m/s), summed over the inputs.

    Args:
        weights: shape (n,), in the units trained in.

    Returns:
        Shape (n,): target's unit per input's unit, the bias in the target's unit; nothing where no weights do, as in a
        model that is not linear in a scaled column, or of a target that is scaled itself.

    >>> from tutor.descent.problem import Feature
    >>> scaled = Problem(name="", title="", weights=("w", "b"), target="y", residual="w*x + b - y",
    ...     inputs=(Feature(name="x", label="x", mean=10.0, deviation=2.0),), start=(0.0, 0.0))
    >>> raw_weights(scaled, (6.0, 50.0))
    (3.0, 20.0)
    """
    scaled = {feature.name: feature for feature in problem.inputs if (feature.mean, feature.deviation) != (0.0, 1.0)}
    if not scaled:
        return tuple(weights)
    factors = _factors(problem)
    if factors is None or not scaled.keys() <= set(factors) or factors.count("") > 1:
        return None
    of_weights = [scaled.get(name) for name in factors]
    slopes = [w / feature.deviation if feature else w for w, feature in zip(weights, of_weights, strict=True)]
    shift = sum(slope * feature.mean for slope, feature in zip(slopes, of_weights, strict=True) if feature)
    if "" not in factors:
        return tuple(slopes) if shift == 0.0 else None
    return tuple(w if name else w - shift for w, name in zip(slopes, factors, strict=True))


def _factors(problem: Problem) -> tuple[str, ...] | None:
    """Of a prediction that is linear: the column that stands by each weight, or nothing by the bias."""
    if problem.residual:
        return (*(feature.name for feature in problem.inputs), "")
    if not problem.model:
        return None
    model = problem.tree(problem.model)
    slopes = [derivative(model, (weight,)) for weight in problem.weights]
    factors = tuple(
        slope.name if isinstance(slope, Name) and slope.name in problem.columns else "" if slope == _ONE else None
        for slope in slopes
    )
    names = (*problem.weights, *problem.columns)
    at_zero = compile_float(model, names)
    rests = [
        at_zero((*(0.0 for _ in problem.weights), *(0.7 * k + by for k in range(len(problem.columns)))))
        for by in (1, 2)
    ]
    return tuple(map(str, factors)) if None not in factors and not any(rests) else None


def raw_formula(problem: Problem, raw: Sequence[float]) -> str:
    """The trained prediction in raw units, to six significant figures: `price = 139.211 x square feet + ...`.

    Args:
        raw: what `raw_weights` returned, shape (n,).
    """
    if not problem.residual and (len(problem.weights) > 1 or problem.inputs):
        return ", ".join(f"{name} = {value:.6g}" for name, value in zip(problem.weights, raw, strict=True))
    said = f"{problem.target or problem.weights[-1]} ="
    words = [f" x {feature.label}" for feature in problem.inputs] + [""]
    for place, (value, word) in enumerate(zip(raw, words, strict=True)):
        sign = (" -" if value < 0 else "") if place == 0 else (" - " if value < 0 else " + ")
        said += f"{sign or ' '}{abs(value):.6g}{word}"
    return said
