"""What a report says of small classes whose figures can be counted by hand."""

import math
import statistics

import msgspec
import pytest
from classroom.classes import COURSE, WRONG, class_of_ten, given, handed

from tutor.classroom.gradebook import canvas, moodle
from tutor.classroom.hand_in import HandIn
from tutor.classroom.items import discrimination, items
from tutor.classroom.learners import LONGEST, join, seconds_spent
from tutor.classroom.report import LessonDone, Report, report
from tutor.classroom.report_lines import remarks
from tutor.classroom.tally import Shared, of_exercise, of_hand_ins
from tutor.marking.slips.registry import SLIPS
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer


@pytest.mark.parametrize(
    ("hand_ins", "learners"),
    [
        ([handed("Ada", given(1), given(2)), handed("Ada", given(2), given(3), day=3)], [("Ada", "", 3)]),
        ([handed(" ada  L ", given(1)), handed("Ada L", given(2), day=3)], [("Ada L", "", 2)]),
        ([handed("Ada", given(1), login="a@b"), handed("A. L.", given(2), login="A@B", day=3)], [("A. L.", "A@B", 2)]),
        ([handed("Ada", given(1)), handed("Ada", given(2), login="a@b")], [("Ada", "a@b", 2)]),
        # Two of one name: whose the file without a login is, nobody can say.
        (
            [handed("Ada", given(1)), handed("Ada", given(2), login="a1"), handed("Ada", given(3), login="a2")],
            [("Ada", "", 1), ("Ada", "a1", 1), ("Ada", "a2", 1)],
        ),
        ([handed("Bob", given(1)), handed("Ada", given(2))], [("Ada", "", 1), ("Bob", "", 1)]),
        ([handed("E\u0301va", given(1)), handed("\u00c9va", given(2), day=3)], [("\u00c9va", "", 2)]),
        ([handed("A\x1b[2J\nda")], [("A [2J da", "", 0)]),
        ([handed("\x00")], [("(no name)", "", 0)]),
    ],
)
def test_who_is_who(hand_ins: list[HandIn], learners: list[tuple[str, str, int]]) -> None:
    for order in (hand_ins, hand_ins[::-1]):
        assert [(each.name, each.login, len(each.answers)) for each in join(order)] == learners


@pytest.mark.parametrize(
    ("answers", "seconds", "why"),
    [
        ([], 0, "nothing"),
        ([given(1, seconds=20)], 20, "as long as the exercise was there"),
        ([given(1, seconds=20), given(2, seconds=80)], 80, "the second try was made a minute after the first"),
        ([given(1, seconds=20), given(2, "e2", seconds=15)], 35, "a pause between exercises is no work"),
        ([given(1, seconds=9e9)], LONGEST, "left open overnight"),
        ([given(1, seconds=-5)], 0, "a clock that went back"),
        ([given(1, seconds=20), given(1, "e2", seconds=20)], 20, "two at one moment"),
    ],
)
def test_time_spent(answers: list[Answer], seconds: float, why: str) -> None:
    assert seconds_spent(answers) == seconds, why


def test_who_did_what() -> None:
    ada = handed(
        "Ada", given(1, "e1", WRONG), given(2, "e1"), given(3, "e2", WRONG), given(4, "e3", None), given(5, "x")
    )
    found = report(COURSE, of_hand_ins([ada, handed("Bob")]))
    learner, nobody = found.learners
    assert learner.lessons == (LessonDone(lesson="slopes", right=1, copied=0, hinted=0, tried=2, total=3),)
    assert (learner.right, learner.tried, learner.last) == (1, 2, given(5).at)
    assert (nobody.lessons, nobody.minutes, nobody.last) == ((), 0, "")
    assert (found.titles, found.totals, found.elsewhere) == ({"slopes": "Slopes"}, {"slopes": 3}, 1)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Report) == found


def test_slips_are_counted_by_exercise() -> None:
    """Most learners first, then most times; of several slips the likeliest; an unknown one cannot speak to the terminal."""
    wrong = [given(n, "e1", WRONG, slips=("K1", "P1")) for n in (1, 2)]
    class_ = [
        handed("Ada", *wrong, given(3, "p1", WRONG, slips=("P1",)), given(4, "x", WRONG, slips=("P1",))),
        handed("Bob", given(5, "p1", WRONG, slips=("P1",)), given(6, "e2", WRONG, slips=("\x1bZ",))),
    ]
    found = report(COURSE, of_hand_ins(class_))
    told = [(each.lesson, each.exercise, each.slip, each.words, each.learners, each.times) for each in found.slips]
    assert told == [
        ("powers", "p1", "P1", SLIPS["P1"].wrong_rule, 2, 2),
        ("slopes", "e1", "K1", SLIPS["K1"].wrong_rule, 1, 2),
        ("slopes", "e2", "'\\x1bZ'", "a slip that this tutor does not know", 1, 1),
    ]


def test_practice_counts_under_its_skill() -> None:
    """In the slips and the minutes; one skill is one place, whichever of its templates a slip was made in."""
    ada = handed("Ada", *(practised(n, template) for n, template in enumerate(("chain-rule-1a", "chain-rule-4c"))))
    bob = handed("Bob", practised(10, "chain-rule-2b"), practised(11, "magic-1a"), given(12, "e1"))
    found = report(COURSE, of_hand_ins([ada, bob]))
    assert [(each.lesson, each.exercise, each.where, each.slip, each.learners, each.times) for each in found.slips] == [
        ("+practice", "chain-rule", "practice, the chain rule", "K1", 2, 3)
    ]
    assert [(each.practised, each.tried, each.minutes > 0) for each in found.learners] == [(2, 0, True), (1, 1, True)]
    assert (found.titles, found.elsewhere, [item.exercise for item in found.items]) == ({"slopes": "Slopes"}, 1, ["e1"])
    told = " ".join(remarks(found))
    assert "Answers given in practice: 3." in told
    assert "does not have: 1." in told


def practised(number: int, template: str) -> Answer:
    return given(number, template, WRONG, lesson="+practice", slips=("K1",))


SHOWN = {"solution_shown": True, "hints": 2}


@pytest.mark.parametrize(
    ("answers", "counts", "why"),
    [
        ([given(1)], (1, 0, 0), "right at once"),
        ([given(1, verdict=WRONG), given(2, hints=1)], (1, 0, 1), "right in the end, with a hint"),
        ([given(1, verdict=None, **SHOWN), given(2, **SHOWN)], (0, 1, 1), "copied"),
        ([given(1, verdict=None, **SHOWN)], (0, 0, 1), "shown, and left"),
        ([given(1, **SHOWN), given(2)], (1, 0, 1), "copied, and in review a fresh variant was right without"),
        ([given(1), given(2, **SHOWN)], (1, 0, 1), "right, and looked at the solution afterwards"),
    ],
)
def test_what_was_copied_is_told_apart_and_is_no_mark(
    answers: list[Answer], counts: tuple[int, int, int], why: str
) -> None:
    found = report(COURSE, of_hand_ins([handed("Ada", *answers, login="ada")]))
    (learner,) = found.learners
    assert (learner.right, learner.copied, learner.hinted) == counts, why
    assert canvas(found).splitlines()[-1].endswith(f",{counts[0]}")
    assert moodle(found).splitlines()[-1].endswith(f",{100 * counts[0] / 3:.2f}")


@pytest.mark.parametrize("slip", SLIPS)
def test_each_slip_is_told_in_words(slip: str) -> None:
    (told,) = report(COURSE, of_hand_ins([handed("Ada", given(1, "e1", WRONG, slips=(slip,)))])).slips
    assert (told.slip, len(told.words) > 5) == (slip, True)


def test_the_same_answers_from_two_are_told() -> None:
    class_ = [handed("Ada", given(1), given(2)), handed("Bob", given(2), given(3)), handed("Cid", given(4))]
    assert report(COURSE, of_hand_ins(class_)).shared == (Shared(("Ada", "Bob"), 1),)


@pytest.mark.parametrize(
    ("answers", "score", "why"),
    [
        ([given(1)], 1, "right at once"),
        ([given(1, verdict=WRONG), given(2)], 0, "right at the second try"),
        ([given(1, verdict=Outcome.UNREADABLE), given(2)], 1, "a typing error is no attempt"),
        ([given(1, hints=1)], 0, "after a hint"),
        ([given(1, solution_shown=True)], 0, "after the solution"),
        ([given(1), given(2, verdict=WRONG)], 1, "what comes later does not count"),
        ([given(1, verdict=None, hints=1)], None, "not tried"),
    ],
)
def test_the_first_attempt_counts(answers: list[Answer], score: int | None, why: str) -> None:
    assert of_exercise(answers).first == score, why


@pytest.mark.parametrize(
    ("right", "rest"),
    [
        ([1, 0, 1, 0, 1, 1], [10.0, 8.0, 12.0, 5.0, 9.0, 11.0]),
        ([1, 1, 0], [0.0, 0.5, 1.0]),
        ([0, 1] * 20, [n / 40 for n in range(40)]),
    ],
)
def test_discrimination_is_the_formula_of_the_books(right: list[int], rest: list[float]) -> None:
    ones = [score for score, is_right in zip(rest, right, strict=True) if is_right]
    zeros = [score for score, is_right in zip(rest, right, strict=True) if not is_right]
    p = len(ones) / len(rest)
    gap = statistics.fmean(ones) - statistics.fmean(zeros)
    assert discrimination(right, rest) == pytest.approx(gap / statistics.pstdev(rest) * math.sqrt(p * (1 - p)))


@pytest.mark.parametrize(("right", "rest"), [([], []), ([1], [0.5]), ([1, 1], [0.1, 0.2]), ([0, 1], [0.1, 0.1])])
def test_where_all_are_alike_nothing_is_told_apart(right: list[int], rest: list[float]) -> None:
    assert discrimination(right, rest) is None


def test_items_to_look_at() -> None:
    found = {item.exercise: item for item in report(COURSE, of_hand_ins(class_of_ten())).items}
    assert {id: item.remark for id, item in found.items()} == {
        "e1": "too easy",
        "e2": "divides badly",
        "e3": "divides badly",
        "p1": "too hard",
    }
    assert [found[id].first_right for id in ("e1", "e2", "e3", "p1")] == [1.0, 0.5, 0.5, 0.1]
    few = report(COURSE, of_hand_ins(class_of_ten()[:9])).items
    assert not any(item.remark for item in few), "nine learners are too few to judge by"


@pytest.mark.parametrize(("learners", "remark"), [(10, ""), (20, ""), (40, "divides badly"), (400, "divides badly")])
def test_what_chance_may_have_done_is_held_against_no_exercise(learners: int, remark: str) -> None:
    """A discrimination of 0 is poor; among 20 it may be chance, which moves it by 0.23, and among 40 it is not."""
    rights = [{0: number % 2, 1: number // 2 % 2, 2: 1} for number in range(learners)]
    item = items([("l", "e1"), ("l", "e2"), ("l", "e3")], rights)[0]
    assert item.discrimination == pytest.approx(0, abs=0.06)
    assert item.remark == remark
