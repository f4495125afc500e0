"""Review: when exercises come again, how many of them in a day, and in which variants. FSRS itself is not tested here."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest
from study.samples import answer, exercise, lesson, page, verdict

from tutor.lesson.model import Derivative
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer
from tutor.study.picks import Seen
from tutor.study.review import A_DAY, Review, may_be_due, pick_due, plan, said_of, today

RIGHT, WRONG = Outcome.CORRECT, Outcome.INCORRECT
START = datetime(2025, 3, 1, 9, tzinfo=UTC)
VARIED = Derivative(id="varied", ask="?", of="{a}x^{n}", by=("x",), vary={"a": "2..9", "n": "3..9"}, seeds=(1, 2, 3))
SINES = Derivative(id="sines", ask="?", of="sin(x)", by=("x",))
COURSE = (lesson("slopes", *(exercise(f"e{n}") for n in range(40)), VARIED), lesson("sines", SINES))


def on(day: float, exercise: str = "e1", verdict: Outcome | None = RIGHT, **changes: object) -> Answer:
    """An answer so many days after the first of March, 9 o'clock."""
    given = START + timedelta(days=day)
    lesson = "sines" if exercise == "sines" else "slopes"
    return answer(hash((day, exercise)) % 10**9, lesson, exercise, at=given.isoformat(), verdict=verdict, **changes)


def due_in(*answers: Answer) -> int:
    """Days from the last answer until the exercise comes again."""
    last = datetime.fromisoformat(answers[-1].at)
    (planned,) = plan(answers, last)
    return (planned.due - last.date()).days


def test_the_better_it_went_the_later_it_comes() -> None:
    again = due_in(on(0, verdict=WRONG, text="x"), on(0.001, verdict=WRONG, text="y"), on(0.002))
    hard = due_in(on(0, verdict=WRONG), on(0.001))
    good = due_in(on(0))
    assert 1 <= again <= hard < good
    assert good < due_in(on(0), on(2)) < due_in(on(0), on(2), on(13))
    assert due_in(on(0), on(2), on(13, verdict=WRONG)) < due_in(on(0), on(2))


def test_what_was_never_right_is_not_reviewed() -> None:
    assert plan([on(0, verdict=WRONG), on(1, verdict=None, solution_shown=True)], START) == []
    (planned,) = plan([on(0, verdict=WRONG), on(5)], START + timedelta(days=5))
    assert planned.due > date(2025, 3, 6), "the tries before count for nothing once it is right at once"


def test_nothing_comes_on_the_day_on_which_it_was_learnt() -> None:
    evening = START.replace(hour=23)
    assert not may_be_due([on(0)], evening)
    assert today(COURSE, [on(0, verdict=WRONG), on(0.001)], evening).due == ()
    assert may_be_due([on(0)], evening + timedelta(hours=1))
    # Where the learner is it is the next day already.
    assert may_be_due([on(0)], evening.astimezone(timezone(timedelta(hours=2))))


def test_after_a_month_away_there_is_no_wall() -> None:
    answers = [on(n / 100, f"e{n}") for n in range(40)]
    now = START + timedelta(days=30)
    for day in range(4):
        found = today(COURSE, answers, now)
        assert (len(found.due), found.left) == (40 - A_DAY * day, min(A_DAY, 40 - A_DAY * day))
        if day < 3:
            assert (found.next_day, found.next_count) == (now.date() + timedelta(days=1), min(A_DAY, 28 - A_DAY * day))
        for number, (_, name) in enumerate(found.due[: found.left]):
            answers.append(on(30 + day + number / 1000, name))
        done = today(COURSE, answers, now + timedelta(hours=1))
        assert (done.left, done.reviewed) == (0, found.left)
        assert "Today's review is done" in said_of(done, now)
        now += timedelta(days=1)


def test_a_learner_who_knows_it_all_has_ever_less_to_review() -> None:
    """Forty exercises learnt in eight days, then everything answered rightly as it comes: no day is over the cap."""
    answers = [on(n // 5 + n % 5 / 100, f"e{n}") for n in range(40)]
    counts = []
    for day in range(8, 120):
        found = today(COURSE, answers, START + timedelta(days=day))
        counts.append(found.left)
        answers += [on(day + number / 1000, name) for number, (_, name) in enumerate(found.due[: found.left])]
    assert max(counts) <= A_DAY
    assert sum(counts[-30:]) < sum(counts[:30]) / 3
    assert not today(COURSE, answers, START + timedelta(days=120)).due[A_DAY:]


def test_practice_and_lessons_count_as_reviews_too() -> None:
    answers = [on(0), on(5, verdict=WRONG)]
    assert today(COURSE, answers, START + timedelta(days=5)).reviewed == 1, "a wrong answer is a review as well"
    early = [on(0), on(1)]
    assert today(COURSE, early, START + timedelta(days=1)).reviewed == 0, "it was not due yet"


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ([on(400)], {0: 0, 3: 3, 30: 30}),  # of no known day: due until it is answered
        ([on(400), on(3)], {3: 5, 4: 5, 30: 5}),
        ([on(400, verdict=WRONG), on(3)], {3: 5, 4: 5, 30: 5}),
        ([on(0.9)], {0: 2, 1: 3, 30: 3}),  # of another zone, or of a clock that is set within a day
    ],
)
def test_a_clock_that_was_ahead_puts_nothing_off(given: list[Answer], due: dict[int, int]) -> None:
    for day, expected in due.items():
        now = START + timedelta(days=day)
        (planned,) = plan(given, now)
        assert planned.due == (START + timedelta(days=expected)).date(), now
        assert expected > day or may_be_due(given, now)


def test_exercises_that_are_gone_and_answers_without_a_time_are_passed_over() -> None:
    found = today(COURSE, [on(0, "gone"), answer(1, "slopes", "e1", at="soon")], START + timedelta(days=9))
    assert (found.due, found.next_day) == ((), None)
    assert "a day or more after" in said_of(found, START)


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 exercise comes again tomorrow."), (2, "1 exercise comes again in 2 days, on 3 March.")]
)
def test_when_there_is_something_again(days: int, said: str) -> None:
    found = today(COURSE, [on(0)], START)
    assert found.next_day == date(2025, 3, 3)
    assert said_of(found, START + timedelta(days=2 - days)) == f"Nothing is due for review today. {said}"


def test_a_review_is_a_fresh_variant_recorded_under_its_own_name() -> None:
    answers = [on(0, "varied", seed=1), on(0, "sines")]
    now = START + timedelta(days=9)
    sitting = Review(pick_due(COURSE, answers, today(COURSE, answers, now)))
    assert [(pick.exercise.id, pick.seed) for pick in sitting.picks] == [("varied", 2), ("sines", None)]
    assert sitting.exercise is not None
    row = sitting.record(sitting.exercise.id, "x", verdict(RIGHT), id="1", at="", seconds=1)
    assert (row.lesson, row.exercise, row.seed) == ("slopes", "varied", 2)
    assert sitting.standing.words == "1 of 2"
    assert sitting.forward()
    assert sitting.forward()
    assert sitting.at_summary
    assert not sitting.forward()


def test_where_not_all_can_come_every_skill_does() -> None:
    answers = [on(n / 100, f"e{n}") for n in range(40)] + [on(day, "sines") for day in (0.9, 3, 14)]
    found = today(COURSE, answers, START + timedelta(days=365))
    assert len(found.due) == 41
    assert found.due[-1] == ("sines", "sines"), "the one that fell due last"
    assert "sines" in [pick.exercise.id for pick in pick_due(COURSE, answers, found)]


def test_after_a_month_away_what_waited_longest_comes_before_what_failed_yesterday() -> None:
    """Else whatever fails would come back each day, and what waits behind it never."""
    answers = [on(n / 100, f"e{n}") for n in range(40)]
    for day in range(30, 45):
        found = today(COURSE, answers, START + timedelta(days=day))
        failing = [key for key, _ in zip(found.due, range(found.left), strict=False)]
        answers += [
            on(day + place / 1000 + late, name, verdict=outcome, text=text)
            for place, (_, name) in enumerate(failing)
            for late, outcome, text in ((0.0, WRONG, "x"), (0.0001, WRONG, "y"), (0.0002, RIGHT, "z"))
        ]
    met = {answer.exercise for answer in answers if answer.at > on(29).at}
    assert len(met) == 40


def test_a_variant_whose_solution_was_shown_was_seen() -> None:
    shown = on(0, "varied", verdict=None, seed=1, solution_shown=True)
    assert Seen([]).pick(COURSE[0], VARIED).seed == 1
    assert Seen([shown]).pick(COURSE[0], VARIED).seed == 2


def test_the_variant_seen_longest_ago_comes_whichever_machine_it_was_seen_on() -> None:
    seen = [on(0, "varied", seed=2), on(1, "varied", seed=1), on(2, "varied", seed=3)]
    assert Seen(seen).pick(COURSE[0], VARIED).seed == 2
    assert Seen(seen[::-1]).pick(COURSE[0], VARIED).seed == 2, "merged later"


def test_a_question_that_leans_on_a_page_comes_with_it() -> None:
    asked = [msgspec.structs.replace(exercise(id), page="map") for id in ("same-line", "other-line")]
    course = (lesson("maps", page("map"), *asked, exercise("alone")),)
    answers = [answer(n, "maps", id, at=START.isoformat()) for n, id in enumerate(("same-line", "other-line", "alone"))]
    sitting = Review(pick_due(course, answers, today(course, answers, START + timedelta(days=9))))
    seen = []
    while not sitting.at_summary:
        seen.append((type(sitting.step).__name__, sitting.standing.words))
        sitting.forward()
    assert seen == [("Read", "1 of 3"), ("Derivative", "1 of 3"), ("Derivative", "2 of 3"), ("Derivative", "3 of 3")]
    assert sitting.standing.words == "done"
