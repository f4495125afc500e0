"""A kind of exercise is a record, a reader, a marker, a widget and a YAML example; none may be missing."""

from __future__ import annotations

from typing import get_args

import pytest

from tutor import places
from tutor.check import prove
from tutor.lesson.model import AnyExercise, Exercise, Lesson
from tutor.lesson.read import KINDS, read_course
from tutor.lesson.vary import FIRST_SEED, seeds_of, variant
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Outcome
from tutor.study.session import Session
from tutor.tui.widgets.exercise import ExerciseView
from tutor.tui.widgets.steps import step_view

RECORDS = Exercise.__subclasses__()


def test_every_record_of_an_exercise_travels_and_is_read() -> None:
    assert set(RECORDS) == set(get_args(AnyExercise))
    assert set(RECORDS) == {kind for kind in KINDS.values() if issubclass(kind, Exercise)}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_kind_has_an_example_a_marker_and_a_widget(kind: type[Exercise]) -> None:
    lessons = read_course(places.course_directory()).lessons
    example = next((each for lesson in lessons for each in lesson.exercises if isinstance(each, kind)), None)
    assert example is not None, "no lesson in lessons/ has one"
    example = variant(example, (*seeds_of(example), FIRST_SEED)[0])
    assert mark(example, solve(example), SympyProver()).outcome is Outcome.CORRECT
    assert mark(example, "", SympyProver()).outcome is Outcome.UNREADABLE
    lesson = Lesson(id="a", title="A", objectives=("Learn",), steps=(example,), summary="Learnt.")
    assert isinstance(step_view(Session(lesson, ())), ExerciseView)
    assert kind in prove._QUESTION, "`tutor check` must know which field its answer comes from"
