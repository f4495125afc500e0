"""The lines of a derivation or a calculation as a learner writes them: which stand, which is next, and where one may go on.

Which lines are right is marking's to say; here is only what stands where, and that a wrong line may be carried on.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec

from tutor.errors import Unreadable
from tutor.front import prompt
from tutor.lesson.formula import show_maths
from tutor.lesson.model import LineByLine
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.grammar import canonical
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import variables
from tutor.words import tr

TRIES_BEFORE_KEEPING: Final = 2
"Different wrong answers on a line of a calculation after which one may go on with the last."

_LONG_FOR_A_NUMBER: Final = 8
"Characters; what is longer is worth being told its value."

RIGHT, WRONG, UNKNOWN = "✓ ", "✗ ", "· "
"The marks of lines."

_AGAIN = tr("Work out the next line again; what you had there stands in the box.")
_OFFER = tr("Try again, or press Enter once more to go on with this value.")


class Written:
    """The lines so far, each with its mark, and what is known of the next one."""

    def __init__(self, exercise: LineByLine, text: str = "") -> None:
        """
        Args:
            text: what was typed last; its last line is to be looked at once more.
        """
        self._exercise = exercise
        *above, last = exercise.split(text)
        self.lines = [(line, UNKNOWN) for line in above]
        "What was typed, each with its mark."
        self.next = last
        "What stands in the next line at first."
        self._earlier: list[str] = []
        "What stood in the lines that are still to come, before one above them was mended."
        self._asked = ""
        "What was handed up last, without the lines above it."
        self._tries: set[str] = set()
        "Wrong answers on this line."

    def keep(self, line: str) -> str:
        """Go on with a wrong line that is handed up once more; how it is shown, or nothing where that may not be."""
        if line != self._asked or not self._may_keep(line):
            return ""
        self.lines.append((line, WRONG))
        kept = self.shown(len(self.lines) - 1)
        self._go_to(len(self.lines), "")
        return kept

    def hand_up(self, line: str) -> str:
        """All lines with this one beneath, as they are marked; empty where this one is."""
        self._asked = line
        return "\n".join([*(above for above, _ in self.lines), line]) if line else ""

    def take(self, verdict: Verdict, text: str, typed: str) -> Verdict:
        """Go on after a right line, stay on a wrong one; returns what is left to be said.

        Args:
            text: what was judged: all lines, as they were handed up.
            typed: what stands in the next line now, which may be more than was handed up, and handed up since.
        """
        *above, line = text.split("\n")
        if above != [line for line, _ in self.lines]:
            return verdict  # a line above was gone on with meanwhile
        if verdict.outcome is Outcome.INCORRECT:
            self._tries.add(line)
            if line == typed and self._may_keep(line):
                return msgspec.structs.replace(verdict, message=f"{verdict.message} {_OFFER}".strip())
        if verdict.outcome is Outcome.ON_THE_WAY and verdict.next_line is not None:
            self.lines += [(line, RIGHT) for line in self._exercise.split(line)]
            is_again = len(self.lines) == verdict.next_line < len(self._earlier)
            self._go_to(verdict.next_line, typed.removeprefix(line))
            if is_again:
                return msgspec.structs.replace(verdict, message=_AGAIN)
        return verdict

    def finish(self, last: str) -> None:
        """All lines are right, and this one is the last."""
        self.lines = [(line, RIGHT) for line in (*(line for line, _ in self.lines), *([last] if last else []))]

    @property
    def before(self) -> str:
        """What stands before the next line, such as `z =`."""
        place = len(self.lines)
        if self._exercise.lines:
            return f"{show_maths(self._exercise.lines[min(place, len(self._exercise.lines) - 1)].name)} ="
        return prompt.before(self._exercise) if place == 0 else "="

    @property
    def given(self) -> str:
        """The numbers that a calculation starts from, in the language of pages: no equation is broken over two lines."""
        given = ", ".join(f"${name} = {value}$" for name, value in self._exercise.given.items())
        return tr("Given: {given}", given=given) if given else ""

    @property
    def wanted(self) -> str:
        """What the next line of a calculation asks for, in the language of pages."""
        place = len(self.lines)
        if place >= len(self._exercise.lines):
            return ""
        line = self._exercise.lines[place]
        if line.ask:
            return line.ask
        if line.by:
            by = ", ".join(line.by)
            return tr("${name}$ is the derivative of ${of}$ by ${by}$.", name=line.name, of=line.of, by=by)
        return f"${line.name} = {line.of}$"

    def shown(self, place: int) -> str:
        """A line as it stands, with what it is."""
        line = self.lines[place][0]
        if self._exercise.lines:
            typed = _right_side(line)
            return f"{show_maths(self._exercise.lines[place].name)} = {show_maths(typed)}{self._worth(place)}"
        return f"{prompt.before(self._exercise) if place == 0 else '='} {show_maths(line)}"

    def _worth(self, place: int) -> str:
        """What a formula that was typed comes to, since the lines beneath go on with that; nothing for a plain number."""
        values: dict[str, float] = {}
        texts = [*self._exercise.given.items()]
        texts += [
            (line.name, _right_side(text)) for line, (text, _) in zip(self._exercise.lines, self.lines, strict=False)
        ]
        for name, text in texts[: len(self._exercise.given) + place + 1]:
            try:
                tree = parse_free(text, tuple(values))
            except Unreadable:
                return ""
            names = tuple(map(canonical, values))
            known = variables(tree) <= set(names)
            values[name] = compile_float(tree, names)(tuple(values.values())) if known else math.nan
        worth = [*values.values()][-1]
        is_plain = as_number(tidy(tree)) is not None and not variables(tree) and len(text) < _LONG_FOR_A_NUMBER
        return "" if is_plain or not math.isfinite(worth) else f" = {worth:.5g}".replace("-", "−")

    def _may_keep(self, text: str) -> bool:
        """Whether one may go on with a wrong line: in a calculation, after some tries, where more is to come."""
        more = len(self.lines) + 1 < len(self._exercise.lines)
        return more and text in self._tries and len(self._tries) >= TRIES_BEFORE_KEEPING

    def _go_to(self, place: int, typed: str) -> None:
        """Have a line written next; those after it are to be worked out again.

        Args:
            typed: what was typed for it already.
        """
        if place < len(self.lines):
            self._earlier = [line for line, _ in self.lines]
            self.lines = self.lines[:place]
        self._tries.clear()
        self._asked = ""
        self.next = typed or (self._earlier[place] if place < len(self._earlier) else "")


def _right_side(line: str) -> str:
    """What is given for a value: `0.5` of `z = 0.5`."""
    return line.rpartition("=")[2].strip()
