"""Whether a page with a descent can be run, gives each weight a partial, and takes it from an exercise that derives just that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from tutor import places
from tutor.descent.catalogue import PROBLEMS
from tutor.descent.mistaken import mistakes
from tutor.descent.problem import Problem as DescentProblem
from tutor.descent.sales import MissingDataError
from tutor.descent.setting import problem_of
from tutor.engine.wire import Solution
from tutor.errors import EngineError, Problem, TutorError, Unreadable
from tutor.lesson.fields import problem_at
from tutor.lesson.model import RATE, AnyExercise, AnyStep, Derivative, Predict, Steer, Trial, trial_of
from tutor.lesson.pages import Descent
from tutor.lesson.read import Reading
from tutor.lesson.source import Route, Source, Text
from tutor.lesson.vary import variant
from tutor.marking.trial import trial_setting
from tutor.maths.grammar import canonical, display_name
from tutor.nearest import nearest
from tutor.words import tr

MOST_NAMED = 20
"Files that are named to somebody who named one that is not there."
_ANOTHER = tr("Name the exercise in which just this partial is derived, or correct the loss of one of the two.")


class Solver(Protocol):
    """The part of the engine that these proofs need."""

    async def solve(self, exercise: AnyExercise) -> Solution:
        """Work out the right answer, or raise `EngineError`."""


def descent_problems(reading: Reading) -> list[Problem]:
    """Whether what a page or an exercise runs is there, and each weight of a descent has a partial."""
    return [
        problem_at(reading.source, path, what, do, on_key=on_key)
        for route, step in reading.drafts
        for path, what, do, on_key in _faults(route, step, reading.source)
        if not reading.is_reported(path)
    ]


async def partial_problems(reading: Reading, engine: Solver) -> list[Problem]:
    """Whether the right answer of each exercise that a descent names is the partial that is trained with."""
    exercises = {step.id: step for _, step in reading.steps if isinstance(step, Derivative)}
    problems = []
    for route, step in reading.steps:
        trained = _trained(step) if isinstance(step, Descent) else None
        if not isinstance(step, Descent) or trained is None:
            continue
        for weight, id_ in step.partials.items():
            exercise = exercises.get(id_)
            if exercise is not None and canonical(weight) in trained.weights:
                what = await _otherwise(trained, canonical(weight), exercise, engine)
                if what:
                    problems.append(problem_at(reading.source, (*route, "partials", weight), what, _ANOTHER))
    return problems


async def _otherwise(trained: DescentProblem, weight: str, exercise: Derivative, engine: Solver) -> str:
    """How an exercise's answer differs from a partial, for its first variant that does; nothing where none does."""
    for made in [variant(exercise, seed) for seed in exercise.seeds] if exercise.vary else [exercise]:
        try:
            found = mistakes(trained, {weight: (await engine.solve(made)).answer})
        except EngineError:
            continue  # said of the exercise itself
        except Unreadable as error:
            return tr("The answer of `{id}` cannot be trained with. {message}", id=exercise.id, message=error.message)
        if found:
            return tr(
                "The answer of `{id}` is not the partial for {weight}: it {what}.",
                id=exercise.id,
                weight=display_name(weight),
                what=found[0].what,
            )
    return ""


def _trained(step: Descent) -> DescentProblem | None:
    """What a page runs; nothing where it cannot be run."""
    try:
        return problem_of(trial_setting(trial_of(step), "0.1"))
    except (TutorError, Unreadable):
        return None


def _faults(route: Route, step: AnyStep, source: Source) -> Iterator[tuple[Route, str, str, bool]]:
    """Of each fault: where, what, what to do, and whether the key is at fault."""
    match step:
        case Predict(run=run) | Steer(run=run) if _is_unknown(run.problem):
            yield _unknown((*route, "run"), run.problem)
        case Predict(run=run) if run.data:
            yield from _faults_of_table((*route, "run"), run, source)
        case Steer(run=run, choose=choose) if run.data:
            start = run.start if choose == RATE else {choose: "0", **run.start}
            yield from _faults_of_table((*route, "run"), msgspec.structs.replace(run, start=start), source)
        case Descent(problem=problem) if _is_unknown(problem):
            yield _unknown(route, problem)
        case Descent():
            faults = list(_faults_of_table(route, trial_of(step), source)) if step.data else []
            yield from faults or _faults_of_descent(route, step)


def _faults_of_table(path: Route, trial: Trial, source: Source) -> Iterator[tuple[Route, str, str, bool]]:
    """As `_faults`, of a run over a file."""
    written = source.find((*path, "data"))
    name = written.value if isinstance(written, Text) else trial.data
    file = places.lessons_directory() / trial.data
    home = Path(str(file).removesuffix(name))
    if not file.is_file():
        beside = sorted(str(each.relative_to(home)) for form in ("*.csv", "*/*.csv") for each in home.glob(form))
        what = tr("There is no file `{name}` beside the lessons, in {home}.", name=name, home=home)
        do = nearest(name, beside[:MOST_NAMED]) if beside else tr("Put the file there, or correct its name.")
        yield (*path, "data"), what, do, False
    elif what := _refusal(trial):
        is_scaling = bool(trial.standardise) and not _refusal(msgspec.structs.replace(trial, standardise=()))
        do = tr("Correct the file, or the formulas that name its columns.")
        yield (*path, "standardise" if is_scaling else "data"), what, do, False


def _refusal(trial: Trial) -> str:
    """Why a run cannot be made; empty where it can, or where another check says why not."""
    try:
        problem_of(trial_setting(trial, "0.1"))
    except (TutorError, Unreadable) as error:
        return str(error)
    return ""


def _is_unknown(problem: str) -> bool:
    return bool(problem) and problem not in PROBLEMS


def _unknown(route: Route, problem: str) -> tuple[Route, str, str, bool]:
    what = tr("There is no problem called `{problem}`.", problem=problem[:40])
    return (*route, "problem"), what, nearest(problem, PROBLEMS), False


def _faults_of_descent(route: Route, step: Descent) -> Iterator[tuple[Route, str, str, bool]]:
    try:
        weights = problem_of(trial_setting(trial_of(step), "0.1")).weights
    except MissingDataError as error:
        yield (*route, "problem"), str(error), tr("This is no fault of the lesson's."), False
        return
    except (TutorError, Unreadable):
        return  # what is wrong with a loss is said where its formula is read
    path, called = (*route, "partials"), step.problem or step.loss or step.data
    given = {canonical(weight) for weight in step.partials}
    for weight in [name for name in step.partials if canonical(name) not in weights]:
        what = tr("The problem `{problem}` has no weight `{weight}`.", problem=called, weight=weight)
        yield (*path, weight), what, nearest(weight, weights), True
    for weight in [name for name in weights if name not in given]:
        what = tr("The weight `{weight}` of `{problem}` is given no partial.", weight=weight, problem=called)
        do = tr("Add `{weight}:` and the id of the exercise in which its partial is derived.", weight=weight)
        yield path, what, do, False
