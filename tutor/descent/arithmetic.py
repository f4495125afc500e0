"""The arithmetic of one step in words: which partial, times which rate, gives which new weight."""

from tutor.descent.methods import METHODS
from tutor.descent.run import Run
from tutor.descent.runstring import read_run
from tutor.maths.grammar import display_name


def lines(run: Run, step: int, *, ascii: bool = False) -> list[str]:
    """What the update after a step does, one line a weight; nothing for the last step, and for a run without a string.

    Args:
        step: the point from which the update goes, counted from 0.
    """
    if not (run.setting and 0 <= step < len(run.rates)):
        return []
    setting = read_run(run.setting)
    method = METHODS[setting.method]
    told = []
    for place, weight in enumerate(run.weights):
        name = display_name(weight, ascii=ascii)
        slope, rate = run.partials[step][place], run.rates[step]
        old, new = run.path[step][place], run.path[step + 1][place]
        if not method.remembers:
            told.append(f"{name}: {_short(old)} - {_short(rate)} * {_bracketed(slope or 0.0)} = {_short(new)}")
            continue
        kept = ", ".join(
            f"{letter} {_short(before[place])} -> {_short(after[place])}"
            for letter, before, after in zip(method.remembers, run.memory[step], run.memory[step + 1], strict=True)
        )
        moved = f"{_short(old)} - {_short(rate)} * {_bracketed((old - new) / rate)}" if rate else _short(old)
        told.append(f"{name}: g = {_short(slope or 0.0)}; {kept}; {moved} = {_short(new)}")
    return told if ascii else [line.replace(" * ", "·").replace("->", "→").replace("-", "−") for line in told]


def _bracketed(value: float) -> str:
    return f"({_short(value)})" if value < 0 else _short(value)


def _short(value: float) -> str:
    return f"{value:.6g}"
