"""What is proved of an exercise before learners meet it: its answer in other words is right, and every slip is wrong and named.

Runs in the engine's child, for `tutor check`; a few dozen answers are marked for each exercise.
"""

import time
from collections.abc import Iterator
from typing import get_args

from tutor.errors import TutorError
from tutor.lesson.model import AnyExercise, Choice, Fix, Gradient, LineByLine, NumberAnswer, Order, Predict, Steer
from tutor.marking.answer import FormulaExercise
from tutor.marking.calculation import questions
from tutor.marking.judge import Judge
from tutor.marking.kinds import mark, solve
from tutor.marking.polynomials import expanded, factored, single_fraction
from tutor.marking.question import ask
from tutor.marking.ratio import TooHardError
from tutor.marking.slips.made import slips_of
from tutor.marking.slips.registry import SLIPS
from tutor.marking.verdict import Outcome
from tutor.marking.vouched import Vouched
from tutor.marking.worked import work_out
from tutor.maths.show import show_line
from tutor.maths.tree import Node, Product, Sum, Tuple, rebuild

_MOST_SLIPS = 60
"Answers with a slip that are marked for one exercise; a long gradient has hundreds."
_RIGHT = (Outcome.CORRECT, Outcome.WRONG_FORM)
_LONGEST = 400
"Characters of a text that a learner could still type."


def vouch(exercise: AnyExercise, judge: Judge) -> Vouched:
    """Prove what can be proved; of an exercise that asks for no formula only that its steps end in the answer."""
    if not isinstance(exercise, get_args(FormulaExercise)):
        return Vouched(could=_could(exercise))
    steps, answer = work_out(exercise), solve(exercise)
    strays = steps[-1].line if steps and steps[-1].line != answer else ""
    asking = _Asking(exercise, judge)
    written = list(rewritings(ask(exercise).right))
    refused = [text for text in written if asking.outcome(text) not in _RIGHT]
    by_answer = _by_answer(exercise)
    undecided, unnamed, alike, hidden = [], [], [], []
    for text, ids in by_answer.items():
        outcome, named = asking.judged(text)
        label = f"{', '.join(sorted(ids))}: {text}"
        if outcome in _RIGHT:  # what happens to lead to the right answer is no slip here
            hidden += [label] if isinstance(exercise, NumberAnswer) else []
            continue
        if outcome is not Outcome.INCORRECT:
            undecided.append(label)
        elif not ids & set(named):
            unnamed.append(label)
        if len(ids) > 1:
            alike.append(label)
    return Vouched(
        rewritings=len(written),
        refused=tuple(refused),
        slips=len(by_answer),
        could=_could(exercise),
        undecided=tuple(undecided),
        unnamed=tuple(unnamed),
        alike=tuple(alike),
        hidden=tuple(hidden),
        strays=strays,
        slowest=asking.slowest,
    )


def _could(exercise: AnyExercise) -> dict[str, str]:
    """Ids of the slips that can be named in an exercise, each with an answer that it leads to, if one is known."""
    match exercise:
        case Fix(slip=slip):
            return {slip: ""} if slip else {}
        case LineByLine(lines=()):
            return _could(exercise.derivative)
        case LineByLine():
            return {id_: answer for question in questions(exercise) for id_, answer in _could(question).items()}
        case Choice() | Predict() | Steer() | Order():
            return {}
    of_letters = ("C9", "D9", "P10", "P11", "P12") if getattr(exercise, "by", ()) else ("C9",)
    of_lists = [id_ for id_ in SLIPS if id_[0] == "V"] if isinstance(exercise, Gradient) else []
    found = dict.fromkeys((*of_letters, *of_lists), "")
    for id_, answer in slips_of(exercise):
        found[id_] = found.get(id_) or show_line(answer)
    return found


def rewritings(right: Node) -> Iterator[str]:
    """The right answer as people might write it: as it is, plain letters only, turned round, multiplied out, factored."""
    yield show_line(right)
    seen = {show_line(right)}
    for tree in (right, _turned(right), *_reshaped(right)):
        for text in (show_line(tree), show_line(tree, ascii=True)):
            if text not in seen and len(text) <= _LONGEST:
                seen.add(text)
                yield text


def _turned(node: Node) -> Node:
    """Terms and factors in the opposite order."""
    parts = rebuild(node, tuple(_turned(child) for child in node.children))
    match parts:
        case Sum(terms=terms):
            return Sum(terms[::-1])
        case Product(factors=factors):
            return Product(factors[::-1])
    return parts


def _reshaped(node: Node) -> Iterator[Node]:
    for way in (expanded, factored, single_fraction):
        try:
            yield Tuple(tuple(map(way, node.items))) if isinstance(node, Tuple) else way(node)
        except (TooHardError, ZeroDivisionError, TutorError):
            continue


def _by_answer(exercise: FormulaExercise) -> dict[str, set[str]]:
    """Every wrong answer that a single slip leads to, with the slips that lead there."""
    found: dict[str, set[str]] = {}
    for id_, answer in slips_of(exercise):
        text = show_line(answer)
        if len(text) <= _LONGEST and (text in found or len(found) < _MOST_SLIPS):
            found.setdefault(text, set()).add(id_)
    return found


class _Asking:
    """Marks answers to one exercise and remembers how long the slowest took, in CPU time: a busy machine is no fault."""

    def __init__(self, exercise: AnyExercise, judge: Judge) -> None:
        self.exercise, self.judge, self.slowest = exercise, judge, 0.0

    def judged(self, text: str) -> tuple[Outcome, tuple[str, ...]]:
        started = time.process_time()
        verdict = mark(self.exercise, text, self.judge)
        self.slowest = max(self.slowest, (time.process_time() - started) * 1000)
        return verdict.outcome, verdict.slips

    def outcome(self, text: str) -> Outcome:
        return self.judged(text)[0]
