"""The arithmetic of one step in words: which partial, times which rate, gives which new weight."""

from collections.abc import Callable

from tutor.descent.methods import METHODS
from tutor.descent.run import Run
from tutor.descent.runstring import read_run
from tutor.maths.grammar import display_name

BRISK = 4
"Figures of a number that is seen for a moment only."


def lines(run: Run, step: int, *, ascii: bool = False, figure: Callable[[float], str] | None = None) -> list[str]:
    """What the update after a step does, one line a weight; nothing for the last step, and for a run without a string.

    Args:
        step: the point from which the update goes, counted from 0.
        figure: how numbers are written; to six figures without it.
    """
    if not (run.setting and 0 <= step < len(run.rates)):
        return []
    setting = read_run(run.setting)
    method = METHODS[setting.method]
    write = figure or _short
    told = []
    for place, weight in enumerate(run.weights):
        name = display_name(weight, ascii=ascii)
        slope, rate = run.partials[step][place], run.rates[step]
        old, new = run.path[step][place], run.path[step + 1][place]
        if not method.remembers:
            told.append(f"{name}: {write(old)} - {_short(rate)} * {_bracketed(write(slope or 0.0))} = {write(new)}")
            continue
        kept = ", ".join(
            f"{letter} {write(before[place])} -> {write(after[place])}"
            for letter, before, after in zip(method.remembers, run.memory[step], run.memory[step + 1], strict=True)
        )
        moved = f"{write(old)} - {_short(rate)} * {_bracketed(write((old - new) / rate))}" if rate else write(old)
        told.append(f"{name}: g = {write(slope or 0.0)}; {kept}; {moved} = {write(new)}")
    return told if ascii else [line.replace(" * ", "·").replace("->", "→").replace("-", "−") for line in told]


def brisk(value: float) -> str:
    """A number to four figures, noughts at its end and room for a sign kept: what is behind it does not move with each step.

    >>> [brisk(value) for value in (0.3, -1.23456e-9, 105764.2, 12.0)]
    [' 0.3000', '-1.235e-09', ' 105764', ' 12.00']
    """
    if 10**BRISK <= abs(value) < 1e9:
        return f"{value: .0f}"
    return f"{value: #.{BRISK}g}".rstrip(".")


def _bracketed(text: str) -> str:
    if text.startswith("-"):
        return f"({text})"
    return f"{text} " if text.startswith(" ") else text


def _short(value: float) -> str:
    return f"{value:.6g}"
