"""Exercises about a run of gradient descent: foretell what it does, or choose so that it does what is asked.

Nothing is right because an author says so: the run is made, and what became of it decides.
"""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import msgspec

from tutor.descent.fate import Fate, fate
from tutor.descent.run import Run
from tutor.descent.setting import Setting
from tutor.descent.train import make_run
from tutor.errors import TutorError, Unreadable
from tutor.lesson.model import RATE, WITHIN, AnyExercise, Predict, Steer, Trial
from tutor.marking.own_words import own_words
from tutor.marking.question import BrokenExerciseError
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.grammar import Vocabulary, canonical, display_name
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse, parse_free
from tutor.maths.tree import variables
from tutor.words import tr, tr_n

_DONE: Final = {
    "settles": tr("the loss goes down to the bottom from one side"),
    "swings": tr("it swings from side to side"),
    "grows": tr("the loss ends above where it began"),
    "crawls": tr("it is still far from the bottom at the end"),
    "stays": tr("nothing moves"),
}
_TRIED: Final = (0.1, 0.3, 0.5, 0.2, 0.05, 0.9, 1.0, 0.03, 0.01, 1.5, 2.0, 3.0, 0.005, 0.001, 0.0001, 5.0, 10.0, 100.0)
"Numbers among which a solution is looked for, likelier ones first; a start may be negative too."


# --- running


def run_trial(trial: Trial, rate: float | None = None, formulas: Mapping[str, str] = MappingProxyType({})) -> Run:
    """Make the run that a trial describes.

    Args:
        rate: instead of the trial's own.
        formulas: for some weights the partial as typed; the right ones for the rest.

    Raises:
        BrokenExerciseError: the trial's own words make no sense, or a formula cannot be read.
    """
    return _run(msgspec.json.encode((trial, dict(formulas))), rate)


@lru_cache(maxsize=64)
def _run(key: bytes, rate: float | None) -> Run:
    trial, formulas = msgspec.json.decode(key, type=tuple[Trial, dict[str, str]])
    try:
        setting = _setting(trial, _number(trial.rate) if rate is None else rate)
        return make_run(msgspec.structs.replace(setting, formulas=formulas))
    except Unreadable as error:
        raise BrokenExerciseError(error.message) from error
    except TutorError as error:
        raise BrokenExerciseError(str(error)) from error


def trial_setting(trial: Trial, rate: str) -> Setting:
    """What a trial runs.

    Args:
        rate: where the trial leaves it to the learner.

    Raises:
        Unreadable: something that ought to be a number is none.
    """
    return _setting(trial, _number(trial.rate or rate))


def _setting(trial: Trial, rate: float) -> Setting:
    return Setting(
        problem=trial.problem,
        loss=trial.loss,
        data=trial.data,
        model=trial.model,
        standardise=trial.standardise,
        start={name: _number(value) for name, value in trial.start.items()},
        rate=rate,
        steps=trial.steps,
    )


def _number(text: str) -> float:
    tree = parse_free(text)
    value = math.nan if variables(tree) else compile_float(tree, ())(())
    if not math.isfinite(value):
        raise Unreadable(tr("{text} is not a number", text=text or tr("Nothing")), 0)
    return value


# --- foretelling


def predicted(exercise: Predict) -> Fate:
    """The word that is right.

    Raises:
        BrokenExerciseError: no single word fits the run, or not one of the options.
    """
    word = fate(run_trial(exercise.run))
    if word is None:
        raise BrokenExerciseError(tr("this run ends neither near the bottom nor far from it"))
    if word.value not in exercise.options:
        raise BrokenExerciseError(tr("this run {does}, and `{does}` is not among the options", does=word.value))
    return word


def solve_predict(exercise: Predict) -> str:
    """The letter of the right option."""
    return chr(ord("a") + exercise.options.index(predicted(exercise).value))


def mark_predict(exercise: Predict, text: str) -> Verdict:
    """Judge a letter, brackets around it or not.

    Raises:
        Unreadable: it is none of the letters.
        BrokenExerciseError: as `predicted`.
    """
    letter = text.strip().strip("().").lower()
    letters = [chr(ord("a") + place) for place in range(len(exercise.options))]
    if letter not in letters:
        raise Unreadable(tr("Choose one of the letters a to {last}.", last=letters[-1]), 0)
    run, word = run_trial(exercise.run), predicted(exercise)
    if letter == solve_predict(exercise):
        return Verdict(outcome=Outcome.CORRECT, message=_sentence(_DONE[word.value]), decided_by="run")
    said = own_words(exercise, exercise.options[letters.index(letter)], letter)
    return Verdict(outcome=Outcome.INCORRECT, message=said or _first_steps(run), decided_by="run")


def _first_steps(run: Run) -> str:
    """The arithmetic of the first two updates of the weight that decides, from which the rest can be foretold."""
    place = _deciding(run)
    name, start, partial = display_name(run.weights[place]), run.path[0][place], run.partials[0][place]
    if partial is None or len(run.path) < 2:
        return tr(
            "At the start the slope for {name} is {slope}. What does that do to {name}?",
            name=name,
            slope=_short(partial or 0.0),
        )
    said = tr(
        "Work out the first step: {name} begins at {start}, where the slope is {slope}, and moves by "
        "−{rate} times that, to {next}.",
        name=name,
        start=_short(start),
        slope=_short(partial),
        rate=_short(run.rate),
        next=_short(run.path[1][place]),
    )
    then = run.partials[1][place] if len(run.partials) > 1 else None
    return said if then is None else said + " " + tr("There the slope is {slope}.", slope=_short(then))


def _deciding(run: Run) -> int:
    """The weight that is farthest from its bottom at the end, as a part of its way; where that is not known, the steepest."""
    if run.optimum is None:
        return max(range(len(run.weights)), key=lambda place: abs(run.partials[0][place] or 0.0))
    ways = [(abs(b - o), abs(e - o)) for b, e, o in zip(run.path[0], run.path[-1], run.optimum, strict=True)]
    return max(range(len(ways)), key=lambda place: ways[place][1] / ways[place][0] if ways[place][0] else 0.0)


# --- steering


def mark_steer(exercise: Steer, text: str) -> Verdict:
    """Judge a rate or a start by running with it.

    Raises:
        Unreadable: it is no number, or no rate.
        BrokenExerciseError: the exercise's own words make no sense.
    """
    value = _chosen(exercise, text)
    run = _steered(exercise, value)
    with_it = tr("With {value}", value=_short(value))
    if isinstance(exercise.goal, str):
        word = fate(run)
        is_right = word is not None and word.value == exercise.goal
        seen = _DONE[word.value] if word else tr("it ends neither near the bottom nor far from it")
        what = f"{with_it} {seen}."
    else:
        misses = list(_misses(exercise.goal, run))
        is_right = not misses
        what = tr("{with_it}, {ends}", with_it=with_it, ends=_ends(exercise.goal, run))
        what += f": {'; '.join(misses)}." if misses else "."
    if is_right:
        return Verdict(outcome=Outcome.CORRECT, message=what, decided_by="run")
    said = own_words(exercise, *(typed for typed in exercise.says if _is_near(typed, value)))
    return Verdict(outcome=Outcome.INCORRECT, message=f"{what} {said}".rstrip(), decided_by="run")


def solve_steer(exercise: Steer) -> str:
    """A choice that does what is asked, looked for among plain numbers.

    Raises:
        BrokenExerciseError: none of them does.
    """
    signs = (1.0,) if exercise.choose == RATE else (1.0, -1.0)
    candidates = list(exercise.accept)
    candidates += [f"{sign * value:g}" for value in _TRIED for sign in signs]
    for text in candidates:
        if mark_steer(exercise, text).outcome is Outcome.CORRECT:
            return text
    raise BrokenExerciseError(tr("none of the usual numbers does what is asked"))


def _is_near(text: str, value: float) -> bool:
    """Whether a text is that number, but for rounding."""
    try:
        return math.isclose(_number(text), value, rel_tol=1e-9)
    except Unreadable:
        return False


def _chosen(exercise: Steer, text: str) -> float:
    tree = parse(text, Vocabulary.of())
    value = compile_float(tree, ())(())
    if not math.isfinite(value):
        raise Unreadable(tr("This has no value. A number is wanted, such as 0.1."), 0)
    if exercise.choose == RATE and value <= 0:
        raise Unreadable(tr("A learning rate is a number above 0."), 0)
    return value


def _steered(exercise: Steer, value: float) -> Run:
    if exercise.choose == RATE:
        return run_trial(exercise.run, value)
    return run_trial(_starting(exercise.run, exercise.choose, value))


def run_of(exercise: AnyExercise, text: str) -> tuple[Trial, float] | None:
    """What a learner may watch: the trial, with a chosen start in it, and the rate; nothing where there is no run.

    Args:
        text: what was answered last.
    """
    try:
        match exercise:
            case Predict(run=trial):
                return trial, _number(trial.rate)
            case Steer(run=trial, choose=choose):
                value = _chosen(exercise, text)
                return (trial, value) if choose == RATE else (_starting(trial, choose, value), _number(trial.rate))
    except Unreadable:
        return None
    return None


def _starting(trial: Trial, name: str, value: float) -> Trial:
    return msgspec.structs.replace(trial, start={**trial.start, name: repr(value)})


def _ends(goal: dict[str, str], run: Run) -> str:
    ends = dict(zip(run.weights, run.path[-1], strict=True))
    told = [
        tr("{name} is {value}", name=display_name(name), value=_short(ends[canonical(name)])) for name in _targets(goal)
    ]
    steps = len(run.path) - 1
    return tr_n("{told} after {n} step", "{told} after {n} steps", steps, told=tr(" and ").join(told))


def _misses(goal: dict[str, str], run: Run) -> Iterator[str]:
    within = _number(goal[WITHIN])
    ends = dict(zip(run.weights, run.path[-1], strict=True))
    for name in _targets(goal):
        gap = abs(ends[canonical(name)] - _number(goal[name]))
        if not gap <= within:
            yield tr(
                "{gap} away from {goal}, and at most {within} is wanted",
                gap=_short(gap),
                goal=goal[name],
                within=goal[WITHIN],
            )


def _targets(goal: dict[str, str]) -> list[str]:
    return [name for name in goal if name != WITHIN]


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _short(value: float) -> str:
    """A number with five digits that count, written out: `−105760`, never with e+05, unless it is far beyond that."""
    rounded = float(f"{value:.5g}")
    if rounded and not 1e-6 < abs(rounded) < 1e12:
        return f"{value:.5g}".replace("-", "−")
    return f"{rounded:.10f}".rstrip("0").rstrip(".").replace("-", "−")
