"""What the home screen shows, and where it goes on."""

import pytest
from study.samples import answer, exercise, lesson, page

from tutor.marking.verdict import Outcome
from tutor.study.answer import Place
from tutor.study.progress import Destination, LessonProgress, course_progress, where_to_go_on
from tutor.study.session import SUMMARY

SLOPES = lesson("slopes", page("start"), exercise("e1"), page("turn"), exercise("e2"))
POWERS = lesson("powers", exercise("p1"), page("end"))
WORDS = lesson("words", page("only"))
COURSE = (SLOPES, POWERS)

E1, E2, P1 = answer(1), answer(2, exercise="e2"), answer(3, "powers", "p1")
WRONG_E1 = answer(4, text="x", verdict=Outcome.INCORRECT)
SHOWN_E1 = answer(5, text="", verdict=None, solution_shown=True)


def place(lesson_id: str, step: str) -> Place:
    return Place(lesson_id, step, "2025-03-01T09:00:00Z")


@pytest.mark.parametrize(
    ("answers", "at", "done", "shown", "started", "finished", "why"),
    [
        ([], None, 0, 0, False, False, "nothing yet"),
        ([], place("slopes", "start"), 0, 0, True, False, "reading has begun"),
        ([WRONG_E1], None, 0, 0, True, False, "tried"),
        ([SHOWN_E1], None, 0, 1, True, False, "shown is not done"),
        ([SHOWN_E1, E1], None, 1, 0, True, False, "shown, then typed"),
        ([E1, E1], None, 1, 0, True, False, "the same exercise twice is one"),
        ([E1, E2], None, 2, 0, True, True, "all"),
        ([answer(9, exercise="gone")], None, 0, 0, True, False, "an exercise that is gone counts for nothing"),
        ([P1], place("powers", "end"), 0, 0, False, False, "another lesson"),
    ],
)
def test_progress_in_a_lesson(answers, at, done, shown, started, finished, why):
    last = "2025-03-01T09:00:00Z" if started else ""
    expected = LessonProgress(
        lesson="slopes", done=done, shown=shown, total=2, started=started, finished=finished, last=last
    )
    assert course_progress(COURSE, answers, placed(at))[0] == expected, why


def test_the_last_visit_is_the_latest_answer_or_place():
    later, earlier = answer(1, at="2025-03-09T09:00:00Z"), place("slopes", "start")
    assert course_progress([SLOPES], [later], [earlier])[0].last == later.at
    assert course_progress([SLOPES], [], [earlier])[0].last == earlier.at


def test_every_lesson_has_its_progress_in_order():
    progress = course_progress((*COURSE, WORDS), [P1])
    assert [(one.lesson, one.done, one.total, one.finished) for one in progress] == [
        ("slopes", 0, 2, False),
        ("powers", 1, 1, True),
        ("words", 0, 0, False),
    ]


@pytest.mark.parametrize(
    ("answers", "at", "lesson_id", "step", "why"),
    [
        ([], None, "slopes", "start", "a new learner begins at the beginning"),
        ([E1], None, "slopes", "turn", "answers but no place: the page before the first undone exercise"),
        ([E1, E2], None, "powers", "p1", "the first unfinished lesson"),
        ([E1, E2, P1], None, "slopes", "start", "all finished: the first again"),
        ([], place("powers", "p1"), "powers", "p1", "the last place"),
        ([E1, E2, P1], place("powers", "end"), "powers", "end", "the last place, even in a finished lesson"),
        ([E1], place("slopes", "gone"), "slopes", "turn", "its step is gone: what is undone of that lesson"),
        ([], place("slopes", "gone"), "slopes", "start", "its step is gone and nothing is done"),
        ([E1, E2], place("slopes", "gone"), "powers", "p1", "its step is gone and nothing is undone"),
        ([], place("gone", "e1"), "slopes", "start", "its lesson is gone"),
        ([E1, E2], place("gone", "e1"), "powers", "p1", "its lesson is gone: the first unfinished one"),
        ([E1], place("slopes", SUMMARY), "slopes", "turn", "at the summary with something left"),
        ([E1, E2], place("slopes", SUMMARY), "powers", "p1", "at the summary, done: the next lesson"),
        ([P1], place("powers", SUMMARY), "slopes", "start", "the last is done, an earlier one is not"),
        ([E1, E2, P1], place("powers", SUMMARY), "slopes", "start", "everything is done"),
    ],
)
def test_where_to_go_on(answers, at, lesson_id, step, why):
    assert where_to_go_on(COURSE, answers, placed(at)) == Destination(lesson_id, step), why


def test_a_lesson_without_exercises_is_left_by_its_summary():
    assert where_to_go_on((WORDS, POWERS), [], [place("words", SUMMARY)]) == Destination("powers", "p1")


def test_a_course_without_lessons_goes_nowhere():
    assert where_to_go_on((), [E1], [place("slopes", "e1")]) is None
    assert course_progress((), [E1]) == ()


def placed(at):
    """The places of a learner who has been in one lesson, or in none."""
    return () if at is None else (at,)


def test_each_lesson_is_gone_on_with_where_it_was_left():
    left = (place("powers", "p1"), place("slopes", "e1"))
    assert where_to_go_on(COURSE, [], left) == Destination("powers", "p1")
    assert where_to_go_on(COURSE[:1], [], left) == Destination("slopes", "e1")
