"""What is wrong with the formulas of a run, also where they are right around its start and wrong where it went."""

import math
from collections.abc import Mapping, Sequence

from tutor.descent.averages import Averages, averages_of, partial_trees
from tutor.descent.figures import FOUR, apart
from tutor.descent.gradient_check import compare
from tutor.descent.mistaken import SAME, around_start, mistakes
from tutor.descent.problem import Problem
from tutor.descent.run import Mistake
from tutor.words import tr

Path = Sequence[Sequence[float]]
"Of a run: the weights, each of shape (n,), from step 0."
FAR = 1e9
"Times where the weights began, or 1: beyond that a run tells of rounding only."
DIGIT, SAFETY = 1e-15, 100.0
"A change of the last digits of a weight, and how many times what that does to a slope rounding on the way may do."


def mistakes_of_run(problem: Problem, formulas: Mapping[str, str], path: Path) -> tuple[Mistake, ...]:
    """As `mistakes`, with those that only the run shows.

    Raises: as `partial_trees`.
    """
    if not formulas:
        return ()
    found = {mistake.weight: mistake for mistake in mistakes(problem, formulas)}
    passed = {weight: formula for weight, formula in formulas.items() if weight not in found}
    if passed and len(path) > 1:
        found |= _on_the_way(problem, passed, path)
    return tuple(found[weight] for weight in problem.weights if weight in found)


def _on_the_way(problem: Problem, formulas: Mapping[str, str], path: Path) -> dict[str, Mistake]:
    """The mistakes of formulas that are right around the start, where a run of them went farthest.

    There rounding alone may part two right formulas, as in sin(1e9 w). So a difference counts beside the largest slope met
    until then and beside what the last digits of the weights do to it, and where finite differences of the loss agree with
    the right formula and not with the typed one.
    """
    typed, right = (averages_of(problem, partial_trees(problem, each)) for each in (formulas, {}))
    sizes = [abs(p) for point in around_start(problem) for p in right.at(point)[1] if math.isfinite(p)]
    found: dict[str, Mistake] = {}
    for step in _farthest(problem, formulas, path):
        mine, theirs = typed.at(path[step])[1], right.at(path[step])[1]
        sizes += filter(math.isfinite, map(abs, theirs))
        noise = [sum(pair) for pair in zip(*(_noise(each, path[step]) for each in (typed, right)), strict=True)]
        differing = {
            weight
            for weight, one, other, blur in zip(problem.weights, mine, theirs, noise, strict=True)
            if SAME * max(sizes) + SAFETY * blur < abs(one - other) < math.inf
        }
        if differing.isdisjoint(formulas.keys() - found.keys()):
            continue
        refuted = _agreeing(problem, {}, path[step], True) & _agreeing(problem, formulas, path[step], False)
        for place, weight in enumerate(problem.weights):
            if weight in refuted & differing and weight not in found:
                found[weight] = _later(weight, step, mine[place], theirs[place])
    return found


def _noise(averages: Averages, point: Sequence[float]) -> list[float]:
    """By how much each slope changes where the last digits of the weights do."""
    here = averages.at(point)[1]
    beside = [averages.at([(1 + share) * weight for weight in point])[1] for share in (DIGIT, -DIGIT)]
    return [max(abs(value - slope) for value in values) for slope, *values in zip(here, *beside, strict=True)]


def _agreeing(problem: Problem, formulas: Mapping[str, str], point: Sequence[float], wanted: bool) -> set[str]:
    return {row.weight for row in compare(problem, formulas, point) if row.agrees is wanted}


def _farthest(problem: Problem, formulas: Mapping[str, str], path: Path) -> list[int]:
    """The steps at which a weight with a formula of its own is largest or smallest, and the last one; none too far off."""
    far = FAR * max(1.0, *map(abs, path[0]))
    steps = [step for step, point in enumerate(path) if max(map(abs, point)) <= far]
    found = {steps[-1]}
    for place in (place for place, weight in enumerate(problem.weights) if weight in formulas):
        values = {step: path[step][place] for step in steps}
        found |= {max(values, key=values.__getitem__), min(values, key=values.__getitem__)}
    return sorted(found)


def _later(weight: str, step: int, mine: float, theirs: float) -> Mistake:
    """What is said where a formula is right around the start, and not where the run went."""
    first, wanted = apart(mine, theirs, FOUR)
    return Mistake(
        weight=weight,
        what=tr(
            "is right around the start, but not where the run went: at step {step} it gives {first}, the right one gives "
            "{wanted}",
            step=step,
            first=first,
            wanted=wanted,
        ),
    )
