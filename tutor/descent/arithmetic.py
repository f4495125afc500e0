"""The arithmetic of one step: which partial, times which rate, gives which new weight.

As records, for whoever has little room to choose from, and in words.
"""

from collections.abc import Callable
from typing import NamedTuple

from tutor.descent.methods import METHODS, Memory
from tutor.descent.run import REMEMBERED, Run
from tutor.descent.runstring import read_run
from tutor.descent.setting import Setting
from tutor.maths.grammar import display_name

BRISK = 4
"Figures of a number that is seen for a moment only."

Figure = Callable[[float], str]
"How a number is written."


class Remembered(NamedTuple):
    """What a method remembers of one weight, before and after an update."""

    letter: str
    before: float
    after: float


class Update(NamedTuple):
    """What one step does to one weight."""

    weight: str
    old: float
    partial: float
    "The mean partial, whatever the method makes of it."
    rate: float
    kept: tuple[Remembered, ...]
    "Nothing for the plain method, which moves by -rate times the partial itself."
    new: float

    @property
    def direction(self) -> float:
        """What the rate is multiplied by: the partial, or what the method makes of it."""
        return (self.old - self.new) / self.rate if self.kept and self.rate else self.partial


def updates(run: Run, step: int) -> list[Update]:
    """What the update after a step does to each weight; nothing for the last step.

    Args:
        step: the point from which the update goes, counted from 0.
    """
    if not 0 <= step < len(run.rates):
        return []
    setting = read_run(run.setting) if run.setting else Setting()
    letters = METHODS[setting.method].remembers
    before, after = (memory_at(run, setting, at) for at in (step, step + 1))
    found = []
    for place, weight in enumerate(run.weights):
        kept = tuple(
            Remembered(letter, was[place], becomes[place])
            for letter, was, becomes in zip(letters, before, after, strict=True)
        )
        old, new = run.path[step][place], run.path[step + 1][place]
        found.append(Update(weight, old, run.partials[step][place] or 0.0, run.rates[step], kept, new))
    return found


def memory_at(run: Run, setting: Setting, step: int) -> Memory:
    """What the method remembers at a point, to the last digit: worked out from where the run kept it last."""
    method, options = METHODS[setting.method], setting.all_options
    if not method.remembers:
        return ()
    first = step // REMEMBERED
    kept = run.memory[first]
    for done in range(first * REMEMBERED, step):
        slopes = tuple(slope or 0.0 for slope in run.partials[done])
        _, kept = method.update(run.path[done], slopes, run.rates[done], kept, done, options)
    return kept


def lines(run: Run, step: int, *, ascii: bool = False) -> list[str]:
    """What the update after a step does in words, one line a weight, to six figures; nothing for the last step.

    Args:
        step: the point from which the update goes, counted from 0.
    """
    told = []
    for update in updates(run, step):
        name = display_name(update.weight, ascii=ascii)
        pieces = [remembered(update, _short), moved(update, _short)]
        told.append(f"{name}: {'; '.join(filter(None, pieces))}")
    return [line.replace("·", " * ").replace("→", "->").replace("−", "-") for line in told] if ascii else told


def remembered(update: Update, figure: Figure) -> str:
    """The partial and what the method makes of it: `g = −2; v 1 → −1.5`; nothing where the method remembers nothing."""
    if not update.kept:
        return ""
    kept = ", ".join(f"{each.letter} {figure(each.before)} → {figure(each.after)}" for each in update.kept)
    return _minus(f"g = {figure(update.partial)}; {kept}")


def moved(update: Update, figure: Figure) -> str:
    """What gives the new weight: `1 − 0.5·(−2) = 2`."""
    return _minus(
        f"{figure(update.old)} − {_short(update.rate)}·{_bracketed(figure(update.direction))} = {figure(update.new)}"
    )


def brisk(value: float) -> str:
    """A number to four figures, noughts at its end and room for a sign kept: what is behind it does not move with each step.

    >>> [brisk(value) for value in (0.3, -1.23456e-9, 105764.2, 12.0)]
    [' 0.3000', '-1.235e-09', ' 105764', ' 12.00']
    """
    if 10**BRISK <= abs(value) < 1e9:
        return f"{value: .0f}"
    return f"{value: #.{BRISK}g}".rstrip(".")


def _bracketed(text: str) -> str:
    if text.startswith(("-", "−")):
        return f"({text})"
    return f"{text} " if text.startswith(" ") else text


def _short(value: float) -> str:
    return f"{value:.6g}"


def _minus(text: str) -> str:
    return text.replace("-", "−")
