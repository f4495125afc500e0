"""The whole course done in line mode through a pipe, with the program, the engine and the journal that learners have."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from terminal import environment, tutor_command

from tutor import places
from tutor.lesson.model import AnyExercise, AnyStep, Exercise, Lesson, LineByLine
from tutor.lesson.pages import Descent
from tutor.lesson.read import read_course
from tutor.lesson.vary import seeds_of, variant
from tutor.marking.kinds import solve
from tutor.marking.verdict import Outcome
from tutor.study.journal import Journal

LESSONS = read_course(places.course_directory()).lessons


def through_a_pipe(home: Path, lines: list[str], *arguments: str, **variables: str) -> str:
    """What line mode writes for these lines."""
    done = subprocess.run(
        tutor_command(*arguments),
        input="".join(f"{line}\n" for line in lines).encode(),
        env=environment(home, **variables),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_the_whole_course_is_done_through_a_pipe(tmp_path: Path) -> None:
    lines = [line for number, lesson in enumerate(LESSONS) for line in _through(number, lesson)]
    said = through_a_pipe(tmp_path, [*lines, "quit"], "--plain")
    for lesson in LESSONS:
        count = len(lesson.exercises)
        assert f"The end. {count} of {count} exercises done." in said
    with_journal = Journal(tmp_path / "tutor" / "journal.sqlite3")
    with_journal.open()
    answers = with_journal.answers()
    assert {(each.lesson, each.exercise) for each in answers if each.verdict is Outcome.CORRECT} == {
        (lesson.id, exercise.id) for lesson in LESSONS for exercise in lesson.exercises
    }
    assert not [each for each in answers if each.verdict not in (Outcome.CORRECT, Outcome.ON_THE_WAY)]


def _through(number: int, lesson: Lesson) -> Iterator[str]:
    """The lines that lead from the list of lessons through one of them, and back to the list."""
    yield str(number)
    for step in lesson.steps:
        yield from _past(step)
    yield ""


def _past(step: AnyStep) -> Iterator[str]:
    if isinstance(step, Exercise):
        yield from _answer(step)
        yield ""
    elif isinstance(step, Descent):
        yield from ("", "next")
    else:
        yield "next"


def _answer(exercise: AnyExercise) -> list[str]:
    """The right answer of the variant that a learner meets first, line by line where it is asked so."""
    seeds = seeds_of(exercise)
    asked = variant(exercise, seeds[0]) if seeds else exercise
    return [line for line in asked.split(solve(asked)) if line] if isinstance(asked, LineByLine) else [solve(asked)]
