"""Figures that stand in the words of the lesson on 47 houses, and what the seeds of exercises are said to give, once more."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from tutor import places
from tutor.descent.catalogue import find_problem
from tutor.descent.run import Run
from tutor.descent.train import train
from tutor.descent.units import raw_weights
from tutor.lesson.model import Exercise, Lesson
from tutor.lesson.read import read_course
from tutor.lesson.vary import draw

LEFT: Final = 0.1
"Of a weight's way: what `sweep` says may be left."


@cache
def course() -> dict[str, Lesson]:
    return {lesson.id: lesson for lesson in read_course(places.course_directory()).lessons}


def page(id_: str) -> str:
    """A page of the lesson on 47 houses, in one line."""
    (text,) = (
        step.text for step in course()["descent-on-houses"].steps if not isinstance(step, Exercise) and step.id == id_
    )
    return " ".join(text.split())


def arrival(run: Run) -> int | None:
    """The step from which on no weight has more than a tenth of its way left."""
    assert run.optimum is not None
    way = np.abs(np.array(run.path) - np.array(run.optimum)) / np.abs(np.array(run.path[0]) - np.array(run.optimum))
    late = np.flatnonzero((way > LEFT).any(axis=1))
    after = int(late[-1]) + 1 if late.size else 0
    return after if after < len(run.path) else None


def test_the_steps_that_each_rate_takes() -> None:
    told = {float(rate): steps for rate, steps in re.findall(r"- ([\d.]+): (\d+|never)", page("sweep"))}
    assert len(told) == 7
    for rate, steps in told.items():
        found = arrival(train("houses", rate, 2000, {}))
        assert (str(found) if found is not None else "never") == steps, rate


def test_the_curvatures_and_what_they_set() -> None:
    condition, rate = page("condition"), page("right-rate")
    raw = _curvatures("houses-raw")
    assert "above ninety million" in condition
    assert 90e6 < raw[-1] / raw[0] < 100e6
    scaled = _curvatures("houses")
    for figure in (scaled[-1], scaled[0], 2 / scaled[-1]):
        assert f"{figure:.2f}" in rate
    assert f"to {scaled[-1] / scaled[0]:.1f}. " in rate


def _curvatures(name: str) -> np.ndarray:
    """Smallest first."""
    inputs = np.array([[*row[:-1], 1.0] for row in find_problem(name).rows])
    return np.linalg.eigvalsh(inputs.T @ inputs / len(inputs))


def test_what_is_said_of_the_trained_model() -> None:
    problem, run = find_problem("houses"), train("houses", 0.1, 400, {})
    assert run.optimum is not None
    size, beds, bias = (round(abs(weight)) for weight in raw_weights(problem, run.optimum))
    assert f"{size}*sqft - {beds}*beds + {bias}" in page("what-they-say")
    inputs = np.array([[*row[:-1], 1.0] for row in problem.rows])
    missed = np.abs(inputs @ np.array(run.optimum) - np.array([row[-1] for row in problem.rows]))
    assert f"\\${round(missed.mean(), -2):,.0f}" in page("optimum")


def test_the_second_weight_climbs_and_turns() -> None:
    ways = [point[1] for point in train("houses", 0.1, 400, {}).path]
    told = page("sharing")
    assert f"about {round(ways[10], -3):,.0f} in ten steps" in told
    below = next(step for step, value in enumerate(ways) if value < 0)
    assert f"below zero at step {below}" in told
    assert all(value < 0 for value in ways[below:])


def test_what_z_scores_are_counted_in() -> None:
    size, beds = find_problem("houses").inputs
    assert f"(sqft - {size.mean:.0f})/{size.deviation:.0f}" in page("z-scores")
    (exercise,) = (each for each in course()["descent-on-houses"].exercises if each.id == "z-of-four")
    assert f"average {beds.mean:.2f} and the standard deviation {beds.deviation:.2f}" in " ".join(exercise.ask.split())


FILES: Final = sorted(places.course_directory().glob("*.yaml"))


@pytest.mark.parametrize(
    "file", [file for file in FILES if "# seeds give" in file.read_text("utf-8")], ids=lambda file: file.stem
)
def test_what_seeds_are_said_to_give(file: Path) -> None:
    text = file.read_text("utf-8")
    (lesson,) = (each for each in course().values() if f"\nid: {each.id}\n" in text)
    exercises = {exercise.id: exercise for exercise in lesson.exercises}
    for part in text.split("\n      id: ")[1:]:
        for told in re.findall(r"# seeds give (.+)", part):
            exercise = exercises[part.split("\n")[0]]
            given = "; ".join(" ".join(draw(exercise, seed).values()) for seed in exercise.seeds)
            assert told == f"{', '.join(exercise.vary)}: {given}", exercise.id
