"""Whether a page with a descent names a problem that is there, and gives each of its weights a partial."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.descent.catalogue import PROBLEMS, find_problem
from tutor.descent.sales import MissingDataError
from tutor.errors import Problem
from tutor.lesson.fields import problem_at
from tutor.lesson.pages import Descent
from tutor.lesson.read import Reading
from tutor.lesson.source import Route
from tutor.nearest import nearest
from tutor.words import tr


def descent_problems(reading: Reading) -> list[Problem]:
    """Whether the problem that a descent names is there, and each of its weights has a partial."""
    return [
        problem_at(reading.source, path, what, do, on_key=on_key)
        for route, step in reading.drafts
        if isinstance(step, Descent)
        for path, what, do, on_key in _faults(route, step)
        if not reading.is_reported(path)
    ]


def _faults(route: Route, step: Descent) -> Iterator[tuple[Route, str, str, bool]]:
    """Of each fault: where, what, what to do, and whether the key is at fault."""
    if step.problem not in PROBLEMS:
        what = tr("There is no problem called `{problem}`.", problem=step.problem[:40])
        yield (*route, "problem"), what, nearest(step.problem, PROBLEMS), False
        return
    try:
        weights = find_problem(step.problem).weights
    except MissingDataError as error:
        yield (*route, "problem"), str(error), tr("This is no fault of the lesson's."), False
        return
    path = (*route, "partials")
    for weight in [name for name in step.partials if name not in weights]:
        what = tr("The problem `{problem}` has no weight `{weight}`.", problem=step.problem, weight=weight)
        yield (*path, weight), what, nearest(weight, weights), True
    for weight in [name for name in weights if name not in step.partials]:
        what = tr("The weight `{weight}` of `{problem}` is given no partial.", weight=weight, problem=step.problem)
        do = tr("Add `{weight}:` and the id of the exercise in which its partial is derived.", weight=weight)
        yield path, what, do, False
