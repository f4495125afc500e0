"""What can be seen of a run with the learner's formulas beside a run with the right ones, as one sentence.

It looks at the two paths only; which mistake lies behind them is for `mistaken` to say.
"""

import math
import operator

from tutor.descent.compared import Compared
from tutor.descent.figures import apart
from tutor.descent.mistaken import sentence
from tutor.descent.run import Run, Stop
from tutor.maths.grammar import display_name
from tutor.words import tr, tr_n

SAME = 1e-6
"Two weights closer than this share of the way the right run goes are the same to the eye."

STILL = 1e-4
"A weight that moved less than this share in the last tenth of its run has settled."

RUN_AWAY = (Stop.DIVERGED, Stop.NOT_A_NUMBER)
"How a run ends that has no end."

MOST_CLAIMS = 3
"Weights of which something is said; a network has nine."


def differs(run: Run, right: Run) -> bool:
    """Whether the two runs would not lie on top of each other."""
    if len(run.path) != len(right.path):
        return True
    near = SAME * _scale(right)
    return any(
        not max(map(abs, map(operator.sub, way, other))) <= near
        for way, other in zip(run.ways, right.ways, strict=True)
    )


def told(run: Run, right: Run) -> str:
    """What is seen of a learner's run beside the right one, and which mistake makes that picture, the first of several."""
    # A formula without a value is named by what is seen already.
    named = () if _lacking(run) else run.mistakes[:1]
    return " ".join([seen(run, right), *map(sentence, named)])


def seen(run: Run, right: Run) -> str:
    """One sentence on how the learner's run differs from the right one.

    Args:
        run: the run of the formulas as typed.
        right: the run of the right ones, of the same problem, rate and number of steps.
    """
    if not differs(run, right):
        if run.mistakes:
            return tr("As far as this run goes, your formulas take the very path of the right ones.")
        return tr("Your formulas take the very path of the right ones.")
    if run.stop is Stop.NOT_A_NUMBER:
        return _without_value(run)
    if _is_idle(run):
        if any(run.path[0]):
            return tr("Nothing moves: at the start each partial comes to 0 with your formulas.")
        return tr("Nothing moves: at the start, where every weight is 0, each partial comes to 0 with your formulas.")
    pace = _pace(run, right)
    if run.stop is Stop.DIVERGED:
        if right.stop in RUN_AWAY:
            return tr("At this rate even the right formulas run away; try a smaller one.")
        names = [_shown(name) for name in _moving_off(run, right)]
        away = tr_n(
            "{names} runs away and never comes back",
            "{names} run away and never come back",
            len(names),
            names=_listed(names),
        )
        if pace:
            return tr("With your formulas {away}: {pace}.", away=away, pace=pace)
        return tr("With your formulas {away}.", away=away)
    if right.stop in RUN_AWAY:
        step = len(run.path) - 1
        if pace:
            return tr(
                "At this rate the right formulas run away, and yours have not by step {step}: {pace}.",
                step=step,
                pace=pace,
            )
        return tr("At this rate the right formulas run away, and yours have not by step {step}.", step=step)
    claims = [claim for index in range(len(run.weights)) if (claim := _claim(run, right, index))][:MOST_CLAIMS]
    if claims:
        return tr("With your formulas {claims}.", claims="; ".join([pace, claims[0]] if pace else claims))
    if not pace:
        return tr("Your formulas end where the right ones do, by another way.")
    return tr(
        "With your formulas {pace}; they end where the right ones do, in {steps} steps instead of {right}.",
        pace=pace,
        steps=_steps(run),
        right=_steps(right),
    )


def _without_value(run: Run) -> str:
    step = len(run.path) - 1
    lacking = _lacking(run)
    if not lacking:
        return tr("With your formulas the numbers grow too large to go on after step {step}.", step=step)
    if step == 0:
        return tr_n(
            "Your formula for {names} gives no number at the start, so the run cannot go on.",
            "Your formulas for {names} give no number at the start, so the run cannot go on.",
            len(lacking),
            names=_listed(lacking),
        )
    return tr_n(
        "Your formula for {names} gives no number at step {step}, so the run cannot go on.",
        "Your formulas for {names} give no number at step {step}, so the run cannot go on.",
        len(lacking),
        names=_listed(lacking),
        step=step,
    )


def _lacking(run: Run) -> list[str]:
    """The weights whose formula gives no number at the last step."""
    return [_shown(name) for name, partial in zip(run.weights, run.partials[-1], strict=True) if partial is None]


def _is_idle(run: Run) -> bool:
    """Whether no weight ever moved because no partial said so."""
    return len(run.path) == 1 and not any(run.partials[0])


def _pace(run: Run, right: Run) -> str:
    """What is to be said where the first steps are all the same multiple, other than 1, of the right ones."""
    mine, theirs = (
        [there - here for here, there in zip(*each.path[:2], strict=True)] if len(each.path) > 1 else []
        for each in (run, right)
    )
    largest = max(range(len(theirs)), key=lambda index: abs(theirs[index]), default=None)
    if largest is None or theirs[largest] == 0 or len(mine) != len(theirs):
        return ""
    ratio = mine[largest] / theirs[largest]
    near = SAME * abs(ratio * theirs[largest])
    if ratio <= 0 or abs(ratio - 1) <= SAME:
        return ""
    if any(abs(ours - ratio * its) > near for ours, its in zip(mine, theirs, strict=True)):
        return ""
    match round(ratio, 6):
        case 2.0:
            return tr("the weights set out twice as fast")
        case 0.5:
            return tr("the weights set out half as fast")
    return tr("the weights set out {times:g} times as fast", times=float(f"{ratio:.3g}"))


def _steps(run: Run) -> str:
    steps = len(run.path) - 1
    return tr("more than {steps}", steps=steps) if run.stop is Stop.STEPS else str(steps)


def _claim(run: Run, right: Run, index: int) -> str:
    name = _shown(run.weights[index])
    scale = _scale(right)
    start, end, goal = run.path[0][index], run.path[-1][index], right.path[-1][index]
    far = max(max(run.ways[index]) - start, start - min(run.ways[index]))
    if far <= SAME * scale and abs(goal - start) > STILL * scale:
        return tr("{name} stays where it began, at {number}", name=name, number=number(start))
    if abs(end - goal) <= STILL * scale:
        return ""
    tail = run.path[-max(2, len(run.path) // 10)][index]
    here, there = numbers(end, goal)
    # By its own way: a weight that drifts slowly has not settled because another one goes far.
    if abs(end - tail) > max(STILL * far, SAME * scale):
        return tr(
            "{name} is still moving at {number}, where the right ones reach {goal}", name=name, number=here, goal=there
        )
    return tr("{name} settles at {number} instead of {goal}", name=name, number=here, goal=there)


def _moving_off(run: Run, right: Run) -> list[str]:
    """The weights that end further from where the right run goes than they began; at least the farthest of all."""
    ends = zip(run.weights, run.path[0], run.path[-1], right.path[-1], strict=True)
    strayed = {name: abs(end - goal) - abs(start - goal) for name, start, end, goal in ends}
    return [name for name, far in strayed.items() if far > 0] or [max(strayed, key=lambda name: strayed[name])]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + tr(" and ") + names[-1]


def _scale(right: Run) -> float:
    """The longest way that a weight goes in the right run; 1 when none moves or they run away."""
    spans = [abs(end - start) for start, end in zip(right.path[0], right.path[-1], strict=True)]
    largest = max(spans, default=0.0)
    return largest if 0 < largest < math.inf else 1.0


def _shown(name: str) -> str:
    return display_name(name)


def numbers(one: float, other: float) -> tuple[str, str]:
    """Two numbers that differ, so that what is printed does too."""
    if number(one) != number(other):
        return number(one), number(other)
    this, that = (text.replace("-", "−") for text in apart(one, other))
    return this, that


def measured(row: Compared) -> str:
    """The finite difference of a gradient check, as `known`, or with its error where that is to be seen.

    So it stands where the two agree and would not look alike, and where the difference is good for fewer than six figures.

    >>> measured(Compared("w", 2.0, 2.0021566, True, 0.02)), measured(Compared("w", 1e-11, 0.000627, True, 0.0034))
    ('2.00 ± 0.02', '0 ± 0.003')
    >>> measured(Compared("w", -105764.13, -105764.17, True, 0.07)), measured(Compared("w", 3.0, 1.23456, False, 3e-7))
    ('−105764', '1.23456')
    """
    value, error = row.difference, row.error
    looks_alike = known(row.formula) == known(value)
    if value is None or not error or looks_alike or (row.agrees is False and error <= 5e-6 * abs(value)):
        return known(value)
    figures = math.floor(math.log10(abs(value))) - math.floor(math.log10(error)) + 1 if value else 0
    good = f"{value:#.{figures}g}".rstrip(".") if figures > 0 else "0"
    return f"{good} ± {error:.1g}".replace("-", "−").replace("e−0", "e−").replace("e+0", "e")


def known(value: float | None) -> str:
    """As `number`, or that there is none."""
    return tr("none") if value is None else number(value)


def number(value: float) -> str:
    """A number to six figures, as it is printed in tables and sentences: `0.884766`, `1.2e−07`, `∞`."""
    if math.isnan(value):
        return tr("not a number")
    if value == 0:
        return "0"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value != 0 and not 1e-4 <= abs(float(f"{value:.6g}")) < 1e6:
        mantissa, exponent = f"{value:.3e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    decimals = max(0, min(6, 6 - len(str(int(abs(value)))))) if abs(value) >= 1 else 6
    return f"{value:.{decimals}f}".replace("-", "−")
