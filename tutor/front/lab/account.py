"""A run in words, for so much room: the arithmetic of a step, where it stands beside another run, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from tutor.descent.comparison import differs
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.setting import Setting
from tutor.descent.so_far import so_far
from tutor.display import NARROW
from tutor.front.lab.experiment import letters, method_said, standing
from tutor.front.lab.menu import offer
from tutor.front.lab.stage import Stage
from tutor.front.lab.sums import Line, head, lines, sources, whole
from tutor.front.picture import label_text
from tutor.front.shown import OTHER
from tutor.front.training import how_it_ended
from tutor.maths.grammar import display_name
from tutor.words import tr

TINY: Final = 19
"Rows below which of the arithmetic and of what is said there is one line each."
WORDY: Final = 18
"Rows that all else takes where a sentence gets more than one."
ROOMY: Final = 36
"Rows from which there is room to spare."
SHORT_TITLE: Final = 100
"Columns below which a problem is called by its shorter name."
GAP: Final = 3
AROUND: Final = 15
"Rows beside the arithmetic that the views, the sentence and the frame want at least."

Kept = tuple[Setting, Run]


class Room(NamedTuple):
    """The cells of a whole screen."""

    width: int
    height: int

    @property
    def is_narrow(self) -> bool:
        """Whether only the most important fits beside one another."""
        return self.width < NARROW

    @property
    def is_tiny(self) -> bool:
        """Whether only the most important fits beneath one another."""
        return self.height < TINY

    @property
    def is_roomy(self) -> bool:
        """Whether lines can be left empty between what belongs together."""
        return self.height >= ROOMY

    @property
    def sentence(self) -> tuple[int, int]:
        """Lines for the sentence, at least and at most: what moves leaves it its usual room, its end may need more."""
        most = 1 if self.is_tiny else min(3 if self.is_narrow else 6, self.height - WORDY)
        return min(2, most), most

    def sums(self, *, is_all: bool, others: int) -> int:
        """Lines for the arithmetic.

        Args:
            is_all: whether as many are wanted as leave the smallest room for the views.
            others: lines in which runs are compared.
        """
        usual = 1 if self.is_tiny else 3 if self.height < 30 else 6 if self.height < 45 else 12
        return max(usual, self.height - AROUND - others) if is_all and not self.is_tiny else usual


@dataclass(frozen=True)
class Account:
    """A run, everything that is seen of it, and all that is said of it."""

    setting: Setting
    stage: Stage
    compared: str
    "What the other run of the stage is; empty where there is none."
    ended: str
    "How the run ended, beside the right one where its formulas are not the right ones."
    written: dict[str, str]
    "For every weight the partial as it is written."

    def title(self, room: Room) -> str:
        """What the problem is called."""
        found = offer(self.setting.problem)
        return found.title if found and room.width < SHORT_TITLE else self.stage.problem.title

    def is_over(self, step: int) -> bool:
        """Whether the run itself has ended at a step of the longer one."""
        return step >= len(self.stage.run.path) - 1

    def sentence(self, step: int) -> str:
        """What to try, or what is seen so far, while the run is young, and how it ended once it is over."""
        if self.is_over(step):
            return self.ended
        return self.advice or label_text(so_far(self.stage.run, step))

    @property
    def advice(self) -> str:
        """What there is to try; nothing for a problem that the lab does not offer."""
        found = offer(self.setting.problem)
        return found.what if found else ""

    def sums(self, step: int, room: Room, *, is_moving: bool, is_all: bool) -> list[Line]:
        """The arithmetic of a step, of as many weights as there is room for."""
        run = self.stage.run
        most = room.sums(is_all=is_all, others=2 if self.compared else 0)
        step = min(step, len(run.path) - 1)
        told = lines(run, step, self.written, room.width - 4, most, is_moving=is_moving or room.is_narrow)
        return told if room.is_tiny else [head(self.stage.problem, self.setting, step), *told]

    def runs(self, step: int, beside: int, width: int, *, is_moving: bool) -> list[Line]:
        """The method and the loss of each run, nothing of which is ever cut: what does not fit goes into the next line.

        Args:
            beside: cells of the first line.
            width: cells of the others.
        """
        mine = standing(self.stage.run, step, is_moving=is_moving)
        method = method_said(self.setting)
        if self.stage.other is None:
            if len(method) + GAP + len(mine) <= beside:
                return [[(method, "strong"), (" " * GAP + mine, "quiet")]]
            return [[(method, "strong")], [(mine, "quiet")]]
        pieces: list[Line] = [
            [(tr("this run: "), "strong"), (mine, "quiet")],
            [
                (f"{OTHER * 3} {self.compared}: ", "strong"),
                (standing(self.stage.other, step, is_moving=is_moving), "quiet"),
            ],
        ]
        joined: Line = [*pieces[0], (" " * GAP, "quiet"), *pieces[1]]
        if _long(joined) <= width:
            return [[(method, "strong")], joined]
        return [[(method, "strong")], *(line for piece in pieces for line in _broken(piece, width))]

    def whole(self, step: int) -> list[str]:
        """Everything that is said of a step, in paragraphs."""
        run = self.stage.run
        at = min(step, len(run.path) - 1)
        rule = "".join(text for text, _ in head(self.stage.problem, self.setting, at))
        partials = [f"∂E/∂{display_name(weight)} = {text}" for weight, text in self.written.items()]
        stands = "".join(
            text for line in self.runs(step, 0, 0, is_moving=False)[1:] for text, _ in [*line, ("\n", "quiet")]
        )
        return [
            self.stage.problem.title,
            tr(
                "{method}, rate {rate:g}\n{stands}",
                method=method_said(self.setting),
                rate=self.setting.rate,
                stands=stands,
            ).rstrip(),
            self.sentence(step),
            "\n".join([rule, *whole(run, at)]),
            "\n".join(partials),
            letters(self.stage.problem),
        ]


def account(setting: Setting, problem: Problem, run: Run, right: Run | None, kept: Kept | None) -> Account:
    """What is shown and said of a run.

    Args:
        problem: the run's, with no more rows than can be drawn.
        right: the same run with the right formulas, where others drive it.
        kept: a run to compare it with, which counts more than the right one.
    """
    other, compared, mine = (
        None,
        "",
        tr("this run: {method}, rate {rate:g}", method=method_said(setting), rate=setting.rate),
    )
    if kept is not None:
        other, compared = (
            kept[1],
            tr("kept: {method}, rate {rate:g}", method=method_said(kept[0]), rate=kept[0].rate),
        )
    elif right is not None and differs(run, right):
        other, compared, mine = right, tr("right formulas"), tr("this run: your formulas")
    stage = Stage(problem, run, other, (mine, compared))
    return Account(setting, stage, compared, how_it_ended(run, right), sources(problem, setting))


def _long(line: Line) -> int:
    return sum(len(text) for text, _ in line)


def _broken(line: Line, width: int) -> list[Line]:
    """A line, or where it is too long its last piece beneath the others."""
    return [line] if _long(line) <= width else [line[:-1], [(f"  {line[-1][0]}", line[-1][1])]]
