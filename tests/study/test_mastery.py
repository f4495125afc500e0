"""Knowledge tracing: the equations against the paper's words, and what answers do to a skill."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study.samples import answer, lesson

from tutor.lesson.model import Choice, Derivative, Option
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer
from tutor.study.mastery import (
    FORGOTTEN,
    GUESSED,
    KNOWN_BEFORE,
    LEARNT,
    MASTERED,
    SLIPPED,
    Mastery,
    growth,
    learnt,
    masteries,
    seen_right,
    seen_wrong,
)
from tutor.study.templates import PRACTICE

POWERS = [Derivative(id=f"e{number}", ask="?", of=f"x^{number}", by=("x",)) for number in range(2, 8)]
SINES = Derivative(id="sines", ask="?", of="sin(x^2)", by=("x",))
WORDS = Choice(id="words", ask="?", options=(Option(right="a"), Option(wrong="b")))
COURSE = [lesson("slopes", *POWERS, SINES, WORDS)]

chances = st.floats(0, 1)


def after_right(chance: float, help_taken: int = 0, **more: float) -> float:
    return learnt(seen_right(chance, help_taken, **more))


def after_wrong(chance: float) -> float:
    return learnt(seen_wrong(chance))


@given(chances)
def test_bayes_by_counting_a_thousand_learners(chance: float) -> None:
    knowing, others = 1000 * chance, 1000 * (1 - chance)
    right, lucky = knowing * (1 - SLIPPED), others * GUESSED
    knows = right / (right + lucky)
    assert after_right(chance, 0) == pytest.approx(knows * (1 - FORGOTTEN) + (1 - knows) * LEARNT)
    wrong, unlucky = knowing * SLIPPED, others * (1 - GUESSED)
    knows = wrong / (wrong + unlucky)
    assert after_wrong(chance) == pytest.approx(knows * (1 - FORGOTTEN) + (1 - knows) * LEARNT), (
        "an opportunity teaches, right or wrong"
    )


@given(chances, st.integers(0, 9))
def test_chances_stay_chances_and_move_the_right_way(chance: float, help_taken: int) -> None:
    right, wrong = seen_right(chance, help_taken), seen_wrong(chance)
    assert -1e-12 <= wrong <= chance + 1e-12
    assert chance - 1e-12 <= right <= 1 + 1e-12
    assert seen_right(chance, help_taken + 1) <= right, "help never makes an answer count for more"


def test_with_much_help_an_answer_shows_nothing_and_may_still_teach() -> None:
    assert after_right(0.3, 9) == pytest.approx(0.3 * (1 - FORGOTTEN) + 0.7 * LEARNT)


def skill(id: str, *answers: Answer) -> Mastery:
    return next(each for each in masteries(COURSE, answers) if each.skill.id == id)


def right(exercise: str, **more: object) -> Answer:
    return answer(1, exercise=exercise, **more)


def wrong(exercise: str, text: str = "0", **more: object) -> Answer:
    return answer(1, exercise=exercise, text=text, verdict=Outcome.INCORRECT, **more)


def test_four_right_answers_without_help_make_it_mastered() -> None:
    seen = [skill("power-rule", *[right(f"e{number}") for number in range(2, 2 + count)]) for count in range(5)]
    assert [each.is_mastered for each in seen] == [False, False, False, False, True]
    assert seen[4].chance >= MASTERED > seen[3].chance
    assert [(each.right, each.exercises, each.begun) for each in seen[::4]] == [(0, 7, False), (4, 7, True)]


@pytest.mark.parametrize(
    ("rightly", "wrongly", "most"), [(40, 1, MASTERED), (40, 2, 0.6), (400, 3, 0.25), (40, 100, 0.12)]
)
def test_however_often_it_was_right_a_few_wrong_answers_show(rightly: int, wrongly: int, most: float) -> None:
    given = [right("e2", seed=number) for number in range(rightly)]
    assert skill("power-rule", *given).is_mastered
    given += [wrong("e2", seed=number) for number in range(rightly, rightly + wrongly)]
    assert skill("power-rule", *given).chance < most


STARTED, ONCE = KNOWN_BEFORE, after_right(KNOWN_BEFORE, 0)


@pytest.mark.parametrize(
    ("answers", "chance", "why"),
    [
        ([], STARTED, "nothing yet"),
        ([right("e2")], ONCE, "right"),
        ([right("e2", hints=1)], after_right(STARTED, 1), "with a hint"),
        ([right("e2", solution_shown=True)], STARTED, "copied"),
        ([wrong("e2")], after_wrong(STARTED), "wrong"),
        ([wrong("e2"), wrong("e2", "1")], after_wrong(STARTED), "only the first try counts against it"),
        ([wrong("e2"), wrong("e2"), right("e2")], seen_right(after_wrong(STARTED), 1), "the same text twice is one try"),
        ([wrong("e2", slips=("C3",)), right("e2")], after_right(STARTED, 1), "the slip was not of it"),
        ([right("e2"), wrong("e2")], after_wrong(ONCE), "after a right answer it is a new opportunity"),
        ([wrong("e2", seed=1), wrong("e2", seed=2)], after_wrong(after_wrong(STARTED)), "each variant is an opportunity"),
        ([wrong("e2", slips=("C3",))], STARTED, "the slip blames another skill"),
        ([wrong("e2", slips=("P1", "C3"))], after_wrong(STARTED), "the likeliest slip counts"),
        ([wrong("e2", slips=("Z9",))], after_wrong(STARTED), "a slip of a later tutor explains nothing"),
        ([answer(1, exercise="e2", verdict=None, text="", hints=1)], STARTED, "a hint alone"),
        ([answer(1, exercise="e2", verdict=Outcome.UNREADABLE)], STARTED, "no attempt"),
        ([answer(1, exercise="e2", verdict=Outcome.UNDECIDED)], STARTED, "never blamed on the learner"),
        ([answer(1, exercise="gone"), answer(1, lesson="gone")], STARTED, "what is gone counts for nothing"),
    ],
)  # fmt: skip
def test_what_answers_do_to_the_power_rule(answers: list[Answer], chance: float, why: str) -> None:
    assert skill("power-rule", *answers).chance == pytest.approx(chance), why


def test_one_answer_counts_for_every_skill_of_its_exercise() -> None:
    found = {each.skill.id: each.chance for each in masteries(COURSE, [right("sines")])}
    assert found == pytest.approx(
        {"power-rule": ONCE, "functions": ONCE, "chain-rule": ONCE, "lesson:slopes": KNOWN_BEFORE}
    )


def test_a_slip_blames_its_own_skill_alone() -> None:
    found = {each.skill.id: each.begun for each in masteries(COURSE, [wrong("sines", slips=("K1",))])}
    assert found == {"power-rule": False, "functions": False, "chain-rule": True, "lesson:slopes": False}


def test_a_choice_of_two_is_easily_guessed() -> None:
    assert skill("lesson:slopes", right("words")).chance == pytest.approx(after_right(KNOWN_BEFORE, 0, guess=0.5))


def test_practice_counts_and_an_easy_exercise_for_less() -> None:
    def known(exercise: str) -> float:
        given = answer(1, PRACTICE, exercise, seed=7)
        return next(each.chance for each in masteries(COURSE, [given]) if each.skill.id == "chain-rule")

    assert KNOWN_BEFORE < known("chain-rule-1a") < known("chain-rule-3a") < known("chain-rule-4a")
    assert known("chain-rule-4a") == pytest.approx(after_right(KNOWN_BEFORE, 0))
    assert known("chain-rule-9z") == KNOWN_BEFORE, "a template of a later tutor"


def test_the_order_of_a_merge_says_nothing() -> None:
    early = answer(1, "slopes", "e2", verdict=Outcome.INCORRECT, at="2025-03-01T09:00:00Z")
    late = answer(2, "slopes", "e3", at="2025-03-02T09:00:00Z")
    assert masteries(COURSE, [early, late]) == masteries(COURSE, [late, early])


def test_it_is_moments_that_are_ordered_and_no_texts() -> None:
    early = answer(1, "slopes", "e2", verdict=Outcome.INCORRECT, at="2025-03-02T09:30:00+02:00")
    late = answer(2, "slopes", "e3", at="2025-03-02T09:00:00Z")
    assert masteries(COURSE, [late, early]) == masteries(COURSE, [early, late])


def test_growth_at_the_end_of_days() -> None:
    answers = [answer(n, "slopes", f"e{n}", at=f"2025-03-0{n}T09:00:00Z") for n in (2, 3, 5)]
    now = datetime(2025, 3, 6, tzinfo=UTC)
    shares = growth(COURSE, answers, [date(2025, 3, day) for day in (1, 2, 4, 6)], now)
    skills = masteries(COURSE, answers)
    assert shares[0] == 0.0
    assert list(shares) == sorted(set(shares))
    assert shares[-1] == pytest.approx(sum(each.chance for each in skills if each.begun) / len(skills))
    assert growth([], answers, [date(2025, 3, 6)], now) == (0.0,)


def test_wrong_tries_of_another_sitting_take_nothing_from_a_right_answer() -> None:
    def chance(*days: int) -> float:
        given = [
            answer(
                n, exercise="e2", text=f"{n}x", verdict=Outcome.CORRECT if day == days[-1] else Outcome.INCORRECT, at=at
            )
            for n, day in enumerate(days)
            for at in [f"2025-03-{day:02}T09:00:00Z"]
        ]
        return max(each.chance for each in masteries(COURSE, given) if each.skill.id == "power-rule")

    before = learnt(seen_wrong(learnt(seen_wrong(KNOWN_BEFORE))))
    assert chance(1, 3, 9) == pytest.approx(learnt(seen_right(before, 0))), "each sitting is an opportunity of its own"
