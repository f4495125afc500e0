"""How a typed partial differs from the right one, in words, and which picture that makes of the run.

It compares numbers, weight by weight, so it needs no answer key; the whole run beside the right one is `comparison`'s.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from tutor.descent.averages import Averages, averages_of, partial_trees
from tutor.descent.figures import FOUR, apart
from tutor.descent.lost import lost
from tutor.descent.problem import Problem, sample
from tutor.descent.run import Mistake
from tutor.maths.grammar import display_name
from tutor.maths.tree import Node
from tutor.words import tr

SAME = 1e-9
"Of the largest value: far above rounding, far below any slip."
MOST_EXAMPLES = 200
"At which a slip is looked for, spread over all; whether there is any is asked of the mean over all of them too."

Values = Sequence[float]
"Of a formula, for several weights and examples."


def mistakes(problem: Problem, formulas: Mapping[str, str]) -> tuple[Mistake, ...]:
    """One for each typed formula that is not the right one, in the weights' order.

    Raises: as `partial_trees`.
    """
    few = sample(problem, MOST_EXAMPLES)
    trees, right_trees = partial_trees(problem, formulas), partial_trees(problem, {})
    typed, right = Averages(few, trees), Averages(few, right_trees)
    points = around_start(problem)
    seen = [
        each
        for point in points
        for each in zip(few.rows, typed.each(point), right.each(point), strict=True)
        if point == problem.start or not _is_too_large(few, trees, point, each)
    ]
    rows, mine, theirs = zip(*seen, strict=True)
    known = {name: [row[k] for row in rows] for k, name in enumerate(problem.columns) if name != problem.target}
    if problem.residual:
        known["r"] = [row[0] for row in theirs]
    columns = {weight: [row[1 + k] for row in theirs] for k, weight in enumerate(problem.weights)}
    found: dict[str, Mistake] = {}
    for place, weight in enumerate(problem.weights):
        values = [row[1 + place] for row in mine]
        if weight in formulas and not _is_same(values, columns[weight]):
            found[weight] = _mistake(weight, values, columns, known)
    if len(few.rows) < len(problem.rows):
        means = [[each.at(point)[1] for point in points] for each in _on_all(problem, trees, right_trees)]
        for place, weight in enumerate(problem.weights):
            values, wanted = ([row[place] for row in rows] for rows in means)
            if weight in formulas and weight not in found and not _is_same(values, wanted):
                found[weight] = _rare(weight, values, wanted)
    return tuple(found[weight] for weight in problem.weights if weight in found)


def _is_too_large(
    problem: Problem,
    trees: Mapping[str, Node],
    point: Values,
    seen: tuple[Values, Values, Values],
) -> bool:
    """Whether a typed formula has no value at a row only since numbers end there: e^z/(1 + e^z)^2 is right at z = 800 too."""
    row, (_, *mine), _ = seen
    one = msgspec.structs.replace(problem, rows=(tuple(row),))
    return any(
        found.is_too_large
        for weight, value in zip(problem.weights, mine, strict=True)
        if not math.isfinite(value) and (found := lost(one, trees[weight], point))
    )


def _on_all(problem: Problem, *partials: Mapping[str, Node]) -> list[Averages]:
    return [averages_of(problem, trees) for trees in partials]


def sentence(mistake: Mistake) -> str:
    """One sentence for the learner."""
    return tr("Your formula for {weight} {what}.", weight=display_name(mistake.weight), what=mistake.what)


def _mistake(weight: str, mine: Values, right: Mapping[str, Values], known: Mapping[str, Values]) -> Mistake:
    name, theirs = display_name(weight), right[weight]
    if not all(map(math.isfinite, mine)):
        return Mistake(weight=weight, what=tr("does not always give a number"))
    if not any(mine):
        return Mistake(weight=weight, what=tr("is always 0: {name} freezes where it began", name=name))
    times = _times(mine, theirs)
    if times is not None:
        return _multiple(weight, times, is_residual="r" in known)
    for factor, values in known.items():
        times = _times([value * by for value, by in zip(mine, values, strict=True)], theirs)
        if times is not None:
            return _without(weight, factor, times)
    for other, values in right.items():
        if other != weight and _is_same(mine, values):
            return Mistake(
                weight=weight,
                what=tr(
                    "is the one for {weight}: {name} follows the wrong slope",
                    weight=display_name(other),
                    name=name,
                ),
            )
    if _is_same(mine, [mine[0]] * len(mine)):
        return Mistake(
            weight=weight,
            what=tr("is the same everywhere: {name} drifts at an even pace and never comes to rest", name=name),
        )
    first, wanted = _furthest(mine, theirs)
    return Mistake(
        weight=weight,
        what=tr(
            "is not the right one: where it gives {first}, the right one gives {wanted}", first=first, wanted=wanted
        ),
    )


def _rare(weight: str, mine: Values, theirs: Values) -> Mistake:
    """What is said where a formula is right at every example looked at, and not at all there are."""
    first, wanted = _furthest(mine, theirs)
    return Mistake(
        weight=weight,
        what=tr(
            "is not the right one at some of the examples: where its mean over all is {first}, the right one's is {wanted}",
            first=first,
            wanted=wanted,
        ),
    )


def _furthest(mine: Values, theirs: Values) -> tuple[str, str]:
    """The pair that differs most for its size, as printed."""
    return apart(*max(zip(mine, theirs, strict=True), key=lambda pair: _share(*pair)), FOUR)


def _share(one: float, other: float) -> float:
    size = max(abs(one), abs(other))
    return abs(one - other) / size if math.isfinite(size) and size else 0.0


def _multiple(weight: str, times: float, *, is_residual: bool) -> Mistake:
    name = display_name(weight)
    if times == -1:
        slip = "G3" if is_residual else ""
        return Mistake(
            weight=weight,
            slip=slip,
            what=tr("has the wrong sign: {name} moves away from where it should go", name=name),
        )
    if times < 0:
        said = tr(
            "is {times:.4g} times the right one: with the wrong sign {name} moves away from where it should go",
            times=times,
            name=name,
        )
        return Mistake(weight=weight, what=said)
    slip = "G2" if is_residual and times in (2.0, 0.5) else ""
    return Mistake(weight=weight, slip=slip, what=_sized(name, times))


def _sized(name: str, times: float) -> str:
    match times:
        case 2.0:
            return tr("is twice the right one: {name} moves as if its rate were doubled", name=name)
        case 0.5:
            return tr("is half the right one: {name} moves as if its rate were halved", name=name)
    return tr(
        "is {times:.4g} times the right one: {name} moves as if its rate were {times:.4g} times as large",
        name=name,
        times=times,
    )


def _without(weight: str, factor: str, times: float) -> Mistake:
    name = display_name(weight)
    also = "" if times > 0 else tr(" and has the wrong sign")
    if factor == "r":
        why = tr("the push on {name} stays the same however good the predictions become", name=name)
        return Mistake(weight=weight, what=tr("lacks the residual r{also}: {why}", also=also, why=why))
    why = tr("every example pushes {name} as if its {factor} were 1", name=name, factor=factor)
    what = tr("lacks the factor {factor}{also}: {why}", factor=factor, also=also, why=why)
    return Mistake(weight=weight, slip="G1" if times == 1 else "", what=what)


def around_start(problem: Problem) -> list[tuple[float, ...]]:
    """The start and six settings of the weights around it, none of them special."""
    return [problem.start] + [
        tuple(
            w + (0.37 + 0.61 * k + 0.29 * j) * (-1) ** (j + k) * max(1.0, abs(w)) for j, w in enumerate(problem.start)
        )
        for k in range(6)
    ]


def _times(mine: Values, theirs: Values) -> float | None:
    """The number k, to nine figures, with mine = k times theirs; nothing where there is none."""
    largest = max(range(len(theirs)), key=lambda place: abs(theirs[place]))
    if not (theirs[largest] and math.isfinite(theirs[largest])):
        return None
    times = mine[largest] / theirs[largest]
    return float(f"{times:.9g}") if times and _is_same(mine, [times * value for value in theirs]) else None


def _is_same(mine: Values, theirs: Values) -> bool:
    """Whether all values agree where the second has any; those of the first that are not finite agree with nothing."""
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if math.isfinite(b)]
    size = max((abs(value) for pair in pairs for value in pair), default=0.0)
    return all(abs(a - b) <= SAME * size for a, b in pairs)
