"""Practice: how its levels rise and fall, which rule comes next, and that it never ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec import structs
from study.samples import answer, exercise, lesson, page

from tutor.lesson.model import Choice, Derivative, Option
from tutor.lesson.read import read_course
from tutor.marking.verdict import Outcome, Verdict
from tutor.places import course_directory
from tutor.study.answer import Answer
from tutor.study.grades import Grade, Sitting
from tutor.study.practice import Practice, level_after
from tutor.study.skills import RULES
from tutor.study.slips import can_show
from tutor.study.taught import Taught, fits
from tutor.study.templates import LEVELS, PRACTICE, level_of, rule_of, templates

RIGHT, WRONG = Outcome.CORRECT, Outcome.INCORRECT
START = datetime(2025, 3, 1, 9, tzinfo=UTC)
VARIED = Derivative(
    id="varied",
    ask="?",
    of="({a}x + 1)^{n}",
    by=("x",),
    vary={"a": "2..9", "n": "3..9"},
    seeds=(1, 2),
    reject={"x": "K2"},
)
COURSE = (
    lesson("powers", page(), exercise("e1")),
    structs.replace(lesson("chains", page(), VARIED), needs=("powers",)),
)

GRADES = {"+": Grade.GOOD, "o": Grade.HARD, "-": Grade.AGAIN}


@pytest.mark.parametrize(
    ("went", "first", "level", "why"),
    [
        ("", 1, 1, "nothing yet"),
        ("+", 1, 1, "one alone"),
        ("++", 1, 2, "two in a row"),
        ("++++++++++++", 1, LEVELS, "no higher than the highest"),
        ("-", 3, 2, "one not managed"),
        ("---", 2, 1, "no lower than the lowest"),
        ("+o+o+o", 2, 2, "with help it neither rises nor falls"),
        ("+-+-", 2, 1, "a right one between is no row"),
        ("+++", 1, 2, "after a rise the row begins again"),
        ("++-++-", 1, 1, "up and down"),
    ],
)
def test_a_level_is_a_staircase(went: str, first: int, level: int, why: str) -> None:
    sittings = [
        Sitting(key=(PRACTICE, "chain-rule-1a"), seed=1, at=START, grade=GRADES[sign], is_right=sign != "-")
        for sign in went
    ]
    assert level_after(sittings, first) == level, why


class Learner:
    """Answers one exercise after the other."""

    def __init__(self, answers: list[Answer], rule: str | None = None) -> None:
        self.practice = Practice(COURSE, answers, rule)
        self.rows: list[Answer] = []

    def answer(self, outcome: Outcome = RIGHT, slips: tuple[str, ...] = ()) -> Answer:
        number, exercise = len(self.rows), self.practice.exercise
        assert exercise is not None
        at = (START + timedelta(minutes=number)).isoformat()
        said = Verdict(outcome=outcome, message="", slips=slips, decided_by="probes")
        self.rows.append(self.practice.record(exercise.id, "2x", said, id=str(number), at=at, seconds=1))
        self.practice.take("2x", said)
        assert self.practice.forward(), "there is always another one"
        return self.rows[-1]


def test_it_rises_with_the_learner_and_falls_back() -> None:
    learner = Learner([], "chain-rule")
    up = [level_of(learner.answer().exercise) for _ in range(8)]
    assert up == [1, 1, 2, 2, 3, 3, 4, 4]
    down = [level_of(learner.answer(WRONG).exercise) for _ in range(4)]
    assert down == [4, 3, 2, 1]


def test_it_goes_on_where_it_was_left() -> None:
    learner = Learner([], "chain-rule")
    for _ in range(4):
        learner.answer()
    assert "level 3 of 4" in Learner(learner.rows, "chain-rule").practice.standing.words


@pytest.mark.parametrize(("right", "level"), [(0, 1), (2, 2), (4, 3)])
def test_it_begins_as_high_as_the_rule_is_known(right: int, level: int) -> None:
    known = [answer(n, "powers", "e1", seed=None) for n in range(right)]
    assert f"level {level} of" in Learner(known, "power-rule").practice.standing.words


def test_it_never_ends_and_never_repeats_soon() -> None:
    learner = Learner([], "functions")
    rows = [learner.answer() for _ in range(100)]
    variants = [(row.exercise, row.seed) for row in rows]
    assert len(set(variants)) == 100
    assert all(rule_of(row.exercise) == "functions" for row in rows)


def test_what_is_passed_without_an_answer_does_not_come_again_at_once() -> None:
    practice = Practice(COURSE, [], "functions")
    for _ in range(6):
        assert practice.forward()
    assert len({(pick.exercise.id, pick.seed) for pick in practice.picks}) == 7
    assert practice.back()
    assert practice.index == 5


def test_two_neighbours_do_not_get_the_same() -> None:
    one, two = (Practice(COURSE, [], "power-rule", first_seed=seed).picks[0] for seed in (1, 500))
    assert one.exercise != two.exercise


def test_only_what_was_taught_and_no_rule_twice_in_a_row() -> None:
    assert Learner([]).answer().lesson == COURSE[0].id, "before the first lesson, what that asks"
    course = (*COURSE, lesson("words", Choice(id="c", ask="?", options=(Option(right="a"), Option(wrong="b")))))
    assert Practice(course, [answer(1, "words", "gone")]).picks[0].lesson == "words", "before any rule, ideas begun"
    for begun, rules in (
        (["powers"], {"power-rule"}),
        (["chains"], {"power-rule", "constants-and-sums", "chain-rule"}),
    ):
        learner = Learner([answer(n, id, "e1") for n, id in enumerate(begun)])
        came = [learner.practice.standing.words.split(",")[0] for _ in range(9) if learner.answer()]
        assert set(came) == {RULES[rule].name for rule in rules}
        assert len(rules) == 1 or all(one != other for one, other in pairwise(came))


def templates_of(rule: str, level: int, first_seed: int, many: int) -> list[str]:
    known = [answer(n, PRACTICE, f"{rule}-{level}a", seed=n) for n in range(8)]
    practice = Practice(COURSE, known, rule, first_seed=first_seed)
    for _ in range(many - 1):
        practice.forward()
    return [pick.exercise.id for pick in practice.picks]


def test_the_templates_of_a_level_come_in_another_order_each_time_and_none_twice_running() -> None:
    orders = [templates_of("chain-rule", 4, seed, 12) for seed in (1, 2, 3)]
    assert orders[0] == templates_of("chain-rule", 4, 1, 12), "the same seed, the same order"
    assert len({tuple(order) for order in orders}) == 3
    for order in orders:
        assert len(set(order)) == 4
        assert all(one != other for one, other in pairwise(order))
        assert order[:4] != order[4:8] or order[4:8] != order[8:]


def test_a_template_of_few_variants_does_not_repeat_them_while_others_have_new_ones() -> None:
    known = [answer(n, PRACTICE, "quotient-rule-4a", seed=n) for n in range(8)]
    practice = Practice(COURSE, known, "quotient-rule", first_seed=1)
    for _ in range(60):
        practice.forward()
    asked = [pick.exercise.ask for pick in practice.picks]
    assert len(asked) == len(set(asked))


def test_answers_merged_from_another_machine_are_not_the_latest() -> None:
    old = [
        answer(n, PRACTICE, "product-rule-1a", seed=n, verdict=WRONG, slips=("R1",), at="2024-06-01T09:00:00Z")
        for n in range(60)
    ]
    new = [answer(n, PRACTICE, "chain-rule-1a", seed=n, at="2025-03-01T08:00:00Z") for n in range(100, 160)]
    both = [Learner(answers, "product-rule") for answers in (old + new, new + old)]
    came = [[learner.answer().exercise for _ in range(6)] for learner in both]
    assert came[0] == came[1], "the order written says nothing"


def test_what_failed_comes_before_what_was_not_tried() -> None:
    begun = [answer(n, PRACTICE, "power-rule-4a", seed=n) for n in range(6)]
    for failed in ("constants-and-sums", "chain-rule"):
        wrong = [answer(n, PRACTICE, f"{failed}-1a", seed=n, verdict=WRONG) for n in range(20, 28)]
        given = [answer(40, "chains", "gone"), *begun, *wrong]
        assert rule_of(Learner(given).practice.picks[0].exercise.id) == failed


ONCE = Derivative(id="once", ask="?", of="1/x^3", by=("x",))
QUOTIENTS = [Derivative(id=f"q{n}", ask="?", of=f"x/(x + {n})", by=("x",)) for n in range(1, 4)]


@pytest.mark.parametrize(
    ("begun", "rules", "why"),
    [
        ([], "", "nothing begun"),
        (["gone"], "", "a lesson that is gone"),
        (["powers"], "power-rule", "1/x^3 once is no lesson in quotients"),
        (["quotients"], "power-rule constants-and-sums quotient-rule", "and what it builds on"),
    ],
)
def test_what_is_taught_where(begun: list[str], rules: str, why: str) -> None:
    powers = lesson("powers", exercise("e1"), exercise("e2"), ONCE)
    quotients = structs.replace(lesson("quotients", *QUOTIENTS), needs=("powers", "elsewhere"))
    assert " ".join(Taught([powers, quotients]).rules(begun)) == rules, why


def test_what_is_known_least_comes_first() -> None:
    begun = [answer(n, PRACTICE, "power-rule-4a", seed=n) for n in range(6)]
    begun += [answer(10, "chains", "varied", seed=1, verdict=WRONG, slips=("K2",))]
    assert rule_of(Learner(begun).answer().exercise) == "chain-rule"


def test_every_other_exercise_of_a_rule_is_for_the_slip_that_recurs() -> None:
    slipped = [answer(n, PRACTICE, "chain-rule-1a", seed=n, verdict=WRONG, slips=("K2",)) for n in range(3)]
    learner = Learner([answer(20, "chains", "varied", seed=1), *slipped])
    rows = [learner.answer() for _ in range(8)]
    chains = [pick for pick in learner.practice.picks[:8] if "chain" in pick.exercise.id or pick.lesson == "chains"]
    assert len(chains) >= 3, "the slip makes its rule urgent"
    assert any(can_show(pick.exercise, "K2") for pick in chains)
    assert rows


def test_exercises_of_lessons_come_in_variants_not_seen_and_under_their_own_name() -> None:
    learner = Learner([answer(1, "chains", "varied", seed=1)], "chain-rule")
    rows = [learner.answer() for _ in range(9)]
    of_lesson = [row for row in rows if row.lesson == "chains"]
    assert [(row.exercise, row.seed) for row in of_lesson] == [("varied", 2)], "the other variant, once"


def test_the_line_shows_how_surely_the_rule_is_known() -> None:
    learner = Learner([], "product-rule")
    before = learner.practice.standing
    learner.answer()
    after = learner.practice.standing
    assert (before.of, after.of) == (100, 100)
    assert before.done < after.done
    assert RULES["product-rule"].name in after.words


def test_a_lessons_ideas_are_practised_by_its_own_exercises() -> None:
    words = [Choice(id=f"w{n}", ask="?", options=(Option(right="a"), Option(wrong="b"))) for n in range(2)]
    course = [structs.replace(COURSE[0], steps=(*COURSE[0].steps, *words)), COURSE[1]]
    practice = Practice(course, [], "lesson:powers")
    assert practice.standing.words == "ideas: Powers"
    for _ in range(3):
        practice.forward()
    assert [pick.exercise.id for pick in practice.picks] == ["w0", "w1", "w0", "w1"]
    assert [pick.exercise.id for pick in Practice(COURSE, [], "lesson:chains").picks] == ["varied"], (
        "all, where none is of ideas"
    )


REAL = read_course(course_directory()).lessons


@pytest.mark.parametrize("last", [3, 4, 5, 6])
def test_nothing_is_asked_that_no_lesson_has_taught(last: int) -> None:
    """The course itself: whoever has done its first lessons meets neither a later rule nor a later function."""
    met = REAL[: last + 1]
    answers = [
        answer(100 * n + m, each.id, asked.id) for n, each in enumerate(met) for m, asked in enumerate(each.exercises)
    ]
    taught, begun = Taught(REAL), {lesson.id for lesson in met}
    assert ("sin" in taught.functions(begun)) is (last >= 6)
    practice = Practice(REAL, answers, None, first_seed=3)
    for _ in range(40):
        practice.forward()
    made = [pick.exercise.id for pick in practice.picks if pick.lesson == PRACTICE]
    assert len(made) > 20
    assert all(fits(templates()[id], taught.rules(begun), taught.functions(begun)) for id in made)
    for rule in taught.rules(begun):
        level = [each for each in templates().values() if rule_of(each.id) == rule]
        assert any(fits(each, taught.rules(begun), taught.functions(begun)) for each in level if level_of(each.id) == 1)
