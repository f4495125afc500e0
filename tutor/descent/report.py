"""A run as a table, as one JSON object, or as comma-separated values."""

import math
from collections.abc import Sequence

from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.units import raw_formula, raw_weights
from tutor.words import tr

TABLE_ROWS = 12
REPORTED = 50
"Steps of a JSON object, about."


def as_json(
    problem: Problem, done: Run, method: str, used: dict[str, str], every: int | None, seen: Sequence[str]
) -> dict[str, object]:
    """The object that `--json` prints: numbers at full precision."""
    last = len(done.path) - 1
    optimum = None
    if done.optimum is not None:
        optimum = {
            "standardised": dict(zip(done.weights, done.optimum, strict=True)),
            "raw": _raw(problem, done.optimum),
            "loss": done.optimum_loss,
        }
    return {
        "problem": done.problem,
        "method": method,
        "rate": done.rate,
        "run": done.setting,
        "formulas": used,
        "weights": done.weights,
        "loss_is": loss_name(problem),
        "steps": [
            {
                "step": step,
                "standardised": dict(zip(done.weights, done.path[step], strict=True)),
                "raw": _raw(problem, done.path[step]),
                "loss": done.loss[step],
            }
            for step in reported(last, every or max(1, math.ceil(last / REPORTED)))
        ],
        "optimum": optimum,
        "stop": {
            "reason": done.stop.value,
            "step": last,
            "why": done.why,
            "place": done.place.value if done.place else None,
            "largest_rate": done.largest_rate,
        },
        "seen": seen,
        "mistakes": done.mistakes,
    }


def _raw(problem: Problem, weights: Sequence[float]) -> dict[str, float] | None:
    """The weights in the data's own units; nothing where there are none that predict the same."""
    raw = raw_weights(problem, weights)
    return dict(zip(problem.weights, raw, strict=True)) if raw is not None else None


def as_table(
    problem: Problem, done: Run, method: str, used: dict[str, str], every: int | None, seen: Sequence[str]
) -> list[str]:
    """What is printed for people: about a dozen steps, how it ended, and the prediction in the data's own units."""
    last = len(done.path) - 1
    rows = [[tr("step"), *done.weights, tr("loss")]]
    for step in reported(last, every or max(1, math.ceil(last / (TABLE_ROWS - 1)))):
        rows.append([str(step), *(f"{value:.6g}" for value in (*done.path[step], done.loss[step]))])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        problem.title,
        tr(
            "{method}, rate {rate:g}; the loss is {loss_name}",
            method=method,
            rate=done.rate,
            loss_name=loss_name(problem),
        ),
        *(tr("partial for {weight}: {formula}", weight=weight, formula=formula) for weight, formula in used.items()),
        "",
        *("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows),
        "",
        done.why,
        *seen,
        raw_formula(problem, raw_weights(problem, done.path[-1]) or done.path[-1]),
    ]


def loss_name(problem: Problem) -> str:
    """What the numbers under `loss` are."""
    if not problem.inputs:
        return tr("the formula {error}", error=problem.error)
    return tr("half the mean squared error") if problem.residual else tr("the mean error")


def as_csv(done: Run, every: int) -> list[str]:
    """The trajectory: the step, each weight and the loss, every number in full."""
    rows = [",".join(["step", *done.weights, "loss"])]
    for step in reported(len(done.path) - 1, every):
        rows.append(",".join([str(step), *map(repr, (*done.path[step], done.loss[step]))]))
    return rows


def reported(last: int, every: int) -> list[int]:
    """The steps to show: each `every`-th from 0, and always the last.

    >>> reported(7, 3), reported(6, 3), reported(0, 5)
    ([0, 3, 6, 7], [0, 3, 6], [0])
    """
    steps = list(range(0, last + 1, every))
    return steps if steps[-1] == last else [*steps, last]
