"""The placement check without a screen: what is asked next, what replies say of the graph, and what is kept of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study.samples import exercise, page, verdict

from tutor import places
from tutor.lesson.model import AnyStep, Choice, Derivative, Lesson, Option
from tutor.lesson.read import read_course
from tutor.marking.verdict import Outcome
from tutor.study.answer import Place
from tutor.study.placement import (
    CHANCES,
    MOST_QUESTIONS,
    PLACEMENT,
    Placement,
    Replied,
    Reply,
    chances_of,
    kept_placement,
    written,
)
from tutor.study.session import Session

RIGHT, WRONG, UNSURE = Reply

COURSE = {
    "typing": "",
    "rates": "typing",
    "limit": "rates",
    "powers": "limit",
    "exponentials": "powers",
    "products": "powers",
    "chain": "exponentials products",
    "descent": "chain",
    "partials": "chain",
    "gradient": "partials",
    "houses": "descent gradient",
    "loss": "houses gradient descent",
    "training": "loss",
    "graph": "gradient chain",
    "network": "graph exponentials",
}
"The graph of the curriculum: fifteen lessons, and what each needs."
CHAIN = {"a": "", "b": "a", "c": "b"}
DIAMOND = {"a": "", "b": "a", "c": "a", "d": "b c"}
APART = {"a": "", "b": ""}
CIRCLE = {"a": "c", "b": "a", "c": "b"}


def varied(id: str, *seeds: int) -> Derivative:
    return Derivative(id=id, ask="?", of="x^{n}", by=("x",), vary={"n": "2..9"}, seeds=seeds)


def choice(id: str) -> Choice:
    return Choice(id=id, ask="?", options=(Option(right="yes"), Option(wrong="no")))


def made(id: str, needs: str = "", *steps: AnyStep, placement: str = "") -> Lesson:
    steps = steps or (page(), varied("e", 1, 2, 3))
    return Lesson(
        id=id,
        title=id,
        needs=tuple(needs.split()),
        objectives=("Learn",),
        steps=steps,
        summary="S",
        placement=placement,
    )


def lessons_of(graph: Mapping[str, str]) -> list[Lesson]:
    return [made(id, needs) for id, needs in graph.items()]


def placed(lessons: Sequence[Lesson], truth: Collection[str], otherwise: Reply = UNSURE) -> Placement:
    """The end of a check on somebody who knows `truth`."""
    placement = Placement(lessons)
    while (question := placement.question) is not None:
        placement = placement.take(RIGHT if question.lesson in truth else otherwise)
    return placement


def closed(graph: Mapping[str, str], tops: Collection[str]) -> frozenset[str]:
    """Some lessons and all that they need."""
    below = {need for top in tops for need in graph[top].split()}
    return frozenset(tops) if below <= set(tops) else closed(graph, {*tops, *below})


def every_truth(graph: Mapping[str, str]) -> set[frozenset[str]]:
    """Every set of lessons that somebody may know: what a lesson needs is known with it. No graph here is four wide."""
    return {closed(graph, tops) for count in range(4) for tops in combinations(graph, count)}


ASKED = [
    # graph, replies so far, lesson asked about next, known, why
    (CHAIN, "", "b", "", "the middle"),
    (CHAIN, "b=right", "c", "ab", "what it builds on comes with it"),
    (CHAIN, "b=unsure", "a", "", "what builds on it is out of the question"),
    (CHAIN, "b=wrong", "b", "", "a second chance"),
    (CHAIN, "b=wrong b=wrong", "a", "", "there is no third"),
    (CHAIN, "b=wrong b=unsure", "a", "", "who says so is believed"),
    (CHAIN, "b=wrong b=right", "c", "ab", "it was a slip of the pen"),
    (CHAIN, "b=right c=right", "", "abc", "all is known"),
    (CHAIN, "b=unsure a=unsure", "", "", "nothing is left that could be known"),
    (DIAMOND, "", "b", "", "two each way"),
    (DIAMOND, "b=right", "d", "ab", "of two that split alike the later, which may settle both"),
    (DIAMOND, "b=right d=unsure", "c", "ab", "the other way is still open"),
    (DIAMOND, "d=right", "", "abcd", "the top stands for all"),
    (APART, "a=unsure", "b", "", "what is not connected says nothing"),
    (CIRCLE, "", "a", "", "a faulty course ends all the same"),
    (CIRCLE, "a=right", "", "abc", "as each needs the others"),
    (CHAIN, "gone=right", "b", "", "a lesson that was taken out"),
    (CHAIN, "c=right a=unsure", "", "abc", "a pass outweighs, should the course have changed"),
]


@pytest.mark.parametrize(("graph", "replies", "asked", "known", "why"), ASKED)
def test_what_is_asked_next_and_what_is_known(
    graph: dict[str, str], replies: str, asked: str, known: str, why: str
) -> None:
    placement = kept_placement(lessons_of(graph), [Place(PLACEMENT, replies, "")])
    question = placement.question
    assert (question.lesson if question else "") == asked, why
    assert placement.known == set(known), why
    assert placement.is_second_chance == (replies == "b=wrong")


BEGIN = [
    ("", "a"),
    ("a=right", "b"),
    ("b=right d=unsure", "c"),
    ("d=right", None),
]


@pytest.mark.parametrize(("replies", "begin"), BEGIN)
def test_one_begins_with_the_first_lesson_not_known(replies: str, begin: str | None) -> None:
    found = kept_placement(lessons_of(DIAMOND), [Place(PLACEMENT, replies, "")]).begin_with
    assert (found.id if found else None) == begin


QUESTIONS = [
    # steps, the marked exercise, exercise and seed of each chance, why
    (
        (exercise("e1"), exercise("e2"), choice("c")),
        "",
        [("e2", None), ("e1", None)],
        "the last that is typed, then before",
    ),
    ((exercise("e1"), exercise("e2")), "e1", [("e1", None), ("e2", None)], "the one that is marked"),
    ((exercise("e1"),), "", [("e1", None)], "no second one, no second chance"),
    ((varied("v", 4, 7, 9),), "", [("v", 7), ("v", 9)], "the first variant is left for the lesson"),
    ((exercise("e1"), varied("v", 4, 7)), "", [("v", 7), ("e1", None)], "another exercise rather than that variant"),
    ((varied("v", 4),), "", [("v", 4)], "unless it is the only one"),
    ((page(), choice("c")), "", [], "a guess proves nothing"),
    ((exercise("e1"), choice("c")), "c", [("e1", None)], "a mark that `tutor check` complains of"),
]


@pytest.mark.parametrize(("steps", "marked", "expected", "why"), QUESTIONS)
def test_which_exercises_stand_for_a_lesson(
    steps: tuple[AnyStep, ...], marked: str, expected: list[tuple[str, int | None]], why: str
) -> None:
    chances = chances_of(made("a", "", *steps, placement=marked))
    assert [(exercise.id, seed) for exercise, seed in chances] == expected, why
    assert len(chances) <= CHANCES


def test_a_lesson_without_a_typed_answer_is_known_only_through_others() -> None:
    lessons = [made("a", "", choice("c")), made("b", "a"), made("z", "", choice("c"))]
    assert placed(lessons, "ab").known == {"a", "b"}
    assert placed(lessons, "a").known == set()


def test_parameters_are_filled_in_and_the_row_says_which_variant() -> None:
    (one,) = lessons = [made("a", "", varied("v", 4, 7))]
    question = Placement(lessons).question
    assert question is not None
    assert "{" not in question.exercise.of
    row = question.record("6x", verdict(Outcome.CORRECT), id="1", at="2025-03-01T09:00:00Z", seconds=2.0)
    assert (row.lesson, row.exercise, row.seed, row.hints) == ("a", "v", 7, 0)
    assert Session(one, [row]).is_done


def test_of_all_the_course_a_few_questions_decide() -> None:
    lessons = lessons_of(COURSE)
    for truth in every_truth(COURSE):
        for otherwise in (UNSURE, WRONG):
            placement = placed(lessons, truth, otherwise)
            assert placement.known == truth
            assert len(placement.replies) <= (6 if otherwise is UNSURE else MOST_QUESTIONS)
    assert len(placed(lessons, COURSE).replies) <= 4
    assert len(placed(lessons, ()).replies) <= 4


def test_the_shipped_course_is_placed_exactly() -> None:
    lessons = read_course(places.course_directory()).lessons
    graph = {lesson.id: " ".join(lesson.needs) for lesson in lessons}
    assert all(chances_of(lesson) for lesson in lessons)
    for truth in every_truth(graph):
        assert placed(lessons, truth).known == truth


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, str]:
    """Up to a dozen lessons, each needing some of those before it."""
    ids = [f"l{n}" for n in range(draw(st.integers(1, 12)))]
    return {id: " ".join(draw(st.sets(st.sampled_from(ids[:n])))) if n else "" for n, id in enumerate(ids)}


@given(graphs(), st.data())
def test_who_answers_truly_is_never_said_to_know_more(graph: dict[str, str], data: st.DataObject) -> None:
    truth = closed(graph, data.draw(st.sets(st.sampled_from(list(graph)))))
    placement = placed(lessons_of(graph), truth, data.draw(st.sampled_from([UNSURE, WRONG])))
    assert placement.known <= truth
    assert placement.known == truth or len(placement.replies) == MOST_QUESTIONS
    begin = placement.begin_with
    assert begin is None or set(begin.needs) <= placement.known


@given(graphs(), st.lists(st.sampled_from(list(Reply)), max_size=MOST_QUESTIONS + 2))
def test_whatever_is_replied_the_check_ends_and_can_be_put_down(graph: dict[str, str], replies: list[Reply]) -> None:
    lessons = lessons_of(graph)
    placement = Placement(lessons)
    for reply in replies:
        after = placement.take(reply)
        assert (after is placement) == (placement.question is None)
        placement = after
    assert len(placement.replies) <= MOST_QUESTIONS
    again = kept_placement(lessons, [Place("l0", "e", ""), Place(PLACEMENT, written(placement), "")])
    assert (again.replies, again.known, again.question) == (placement.replies, placement.known, placement.question)


@pytest.mark.parametrize("text", ["", "a", "a=", "a=perhaps", "= = =", "a=right=x"])
def test_what_cannot_be_read_was_not_replied(text: str) -> None:
    assert not kept_placement(lessons_of(CHAIN), [Place(PLACEMENT, text, "")]).is_begun


def test_replies_are_kept_in_words() -> None:
    placement = Placement(lessons_of(CHAIN), [Replied("b", WRONG), Replied("b", RIGHT)])
    assert written(placement) == "b=wrong b=right"
