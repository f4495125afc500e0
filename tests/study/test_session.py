"""A walk through one lesson: by table, then by every order of moves that hypothesis thinks of."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from study.samples import answer, exercise, lesson, page, verdict

from tutor.lesson.model import Derivative
from tutor.lesson.vary import variant
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer
from tutor.study.session import SUMMARY, Phase, Session, step_ids

RIGHT, WRONG, FORM = Outcome.CORRECT, Outcome.INCORRECT, Outcome.WRONG_FORM
UNREADABLE, UNDECIDED = Outcome.UNREADABLE, Outcome.UNDECIDED
SLOPES = lesson("slopes", page(), exercise("e1"), page(), page(), exercise("e2", hints=0), page("end"))


def at(step_id: str, past: tuple[Answer, ...] = ()) -> Session:
    session = Session(SLOPES, past)
    assert session.go_to(step_id)
    return session


@pytest.mark.parametrize(
    ("steps", "ids", "why"),
    [
        (SLOPES.steps, ("+1", "e1", "e1+1", "e1+2", "e2", "end"), "pages are counted from the last step with an id"),
        ((page(), page()), ("+1", "+2"), "nothing to count from"),
        ((page("a"), page("b")), ("a", "b"), "authors' own ids stay"),
        ((), (), "no steps"),
    ],
)
def test_every_step_has_an_id(steps, ids, why):
    assert step_ids(lesson("any", *steps)) == ids, why


@pytest.mark.parametrize(
    ("moves", "moved", "ends_at"),
    [
        ("b", [False], "+1"),
        ("f", [True], "e1"),
        ("ff", [True, True], "e1+1"),
        ("fb", [True, True], "+1"),
        ("ffffff", [True] * 6, SUMMARY),
        ("fffffff", [True] * 6 + [False], SUMMARY),
        ("ffffffb", [True] * 7, "end"),
    ],
)
def test_moves(moves, moved, ends_at):
    session = Session(SLOPES)
    assert [session.forward() if move == "f" else session.back() for move in moves] == moved
    assert session.step_id == ends_at
    assert session.is_first == (ends_at == "+1")
    assert session.at_summary == (ends_at == SUMMARY) == (session.step is None)


@pytest.mark.parametrize(
    ("step_id", "goes"), [("e2", True), ("e1+2", True), (SUMMARY, True), ("gone", False), ("", False)]
)
def test_go_to(step_id, goes):
    session = Session(SLOPES)
    assert session.go_to(step_id) is goes
    assert session.step_id == (step_id if goes else "+1")


def test_nothing_can_be_done_on_a_page_or_at_the_summary():
    for step_id in ("+1", SUMMARY):
        session = at(step_id)
        assert session.exercise is None
        assert session.phase is None
        assert not session.take("2x", verdict(RIGHT))
        assert session.next_hint() is None
        assert not session.show_solution()
        assert (session.attempts, session.hints, session.hints_left, session.done) == (0, (), 0, ())


@pytest.mark.parametrize(
    ("typed", "attempts", "phase", "latest", "may_show", "why"),
    [
        ([], 0, Phase.ASKING, None, False, "nothing yet"),
        ([("2x", RIGHT)], 1, Phase.RIGHT, "2x", False, "right at once"),
        ([("x", WRONG)], 1, Phase.ASKING, "x", False, "one wrong try is not enough for the solution"),
        ([("x", WRONG), ("3x", WRONG)], 2, Phase.ASKING, "3x", True, "two are"),
        ([("x", WRONG), (" x ", WRONG)], 1, Phase.ASKING, " x ", False, "the same again counts once"),
        ([("x", WRONG), ("3x", WRONG), ("x", WRONG)], 2, Phase.ASKING, "x", True, "even with another between"),
        ([("2y", UNREADABLE)] * 3, 0, Phase.ASKING, None, False, "unreadable is no attempt, and no formula"),
        ([("x", WRONG), ("2x +", UNREADABLE)], 1, Phase.ASKING, "x", False, "the last readable one is kept"),
        ([("2x^9", UNDECIDED)], 0, Phase.ASKING, None, False, "undecided is nobody's fault"),
        ([("x + x", FORM)], 0, Phase.ASKING, "x + x", False, "another form is a nudge, and a readable formula"),
        ([("x", WRONG), ("2x", RIGHT)], 2, Phase.RIGHT, "2x", False, "right in the end"),
        ([("2x", RIGHT), ("x", WRONG)], 1, Phase.RIGHT, "2x", False, "what is right stays right"),
    ],
)
def test_answers(typed, attempts, phase, latest, may_show, why):
    session = at("e1")
    for text, outcome in typed:
        was_right = session.phase is Phase.RIGHT
        assert session.take(text, verdict(outcome)) is not was_right, why
    assert (session.attempts, session.phase, session.latest_text("e1")) == (attempts, phase, latest), why
    assert session.may_show_solution is may_show, why
    assert session.done == (("e1",) if phase is Phase.RIGHT else ()), why


def test_hints_come_one_at_a_time_and_open_the_way_to_the_solution():
    session = at("e1")
    assert not session.show_solution()
    assert session.hints_left == 2
    assert session.next_hint() == "e1 hint 1"
    assert session.may_show_solution
    assert session.next_hint() == "e1 hint 2"
    assert (session.next_hint(), session.hints_left) == (None, 0)
    assert session.hints == ("e1 hint 1", "e1 hint 2")
    assert session.forward()
    assert session.back()
    assert session.hints == ("e1 hint 1", "e1 hint 2"), "going away and back hides none"


def test_a_shown_solution_is_not_done_but_may_still_be_typed():
    session = at("e1")
    session.next_hint()
    assert session.show_solution()
    assert (session.phase, session.done, session.shown, session.undone) == (Phase.SHOWN, (), ("e1",), ("e1", "e2"))
    assert session.show_solution(), "it can be looked at again"
    assert (session.next_hint(), session.hints_left) == (None, 0)
    assert session.take("2x", verdict(RIGHT))
    assert (session.phase, session.done, session.shown) == (Phase.RIGHT, ("e1",), ())


def test_a_verdict_that_comes_late_goes_to_its_own_exercise():
    session = at("e2")
    assert session.take("2x", verdict(RIGHT), exercise_id="e1")
    assert (session.phase, session.done) == (Phase.ASKING, ("e1",))
    assert not session.take("2x", verdict(RIGHT), exercise_id="gone")


def test_the_lesson_is_done_when_every_exercise_is():
    session = at("e1")
    session.take("2x", verdict(RIGHT))
    session.go_to(SUMMARY)
    assert (session.is_done, session.undone) == (False, ("e2",)), "passing one by leaves it undone"
    session.go_to("e2")
    session.take("2x", verdict(RIGHT))
    assert (session.is_done, session.undone) == (True, ())
    assert not Session(lesson("words", page())).is_done


@pytest.mark.parametrize(
    ("past", "phase", "attempts", "hints", "why"),
    [
        ([answer(1)], Phase.RIGHT, 1, 0, "done before"),
        ([answer(1, text="x", verdict=WRONG)], Phase.ASKING, 1, 0, "a try of before still counts"),
        ([answer(1, text="", verdict=None, hints=1)], Phase.ASKING, 0, 1, "a hint of before stays revealed"),
        ([answer(1, text="", verdict=None, hints=9)], Phase.ASKING, 0, 2, "the author took hints out since"),
        ([answer(1, text="", verdict=None, solution_shown=True)], Phase.SHOWN, 0, 0, "shown before"),
        ([answer(1, text="x", verdict=WRONG, solution_shown=True)], Phase.SHOWN, 1, 0, "shown, then wrong"),
        ([answer(1, solution_shown=True)], Phase.RIGHT, 1, 0, "shown, then right"),
        ([answer(1), answer(2, text="x", verdict=WRONG)], Phase.RIGHT, 1, 0, "another window was late"),
        (
            [answer(2, at="2025-04-01T09:00:00Z"), answer(1, text="", verdict=None, solution_shown=True)],
            Phase.RIGHT,
            1,
            0,
            "another machine's was merged behind it",
        ),
        ([answer(1, lesson="other")], Phase.ASKING, 0, 0, "another lesson's exercise of the same id"),
        ([answer(1, exercise="gone")], Phase.ASKING, 0, 0, "an exercise that is gone"),
    ],
)
def test_past_answers_are_brought_back(past, phase, attempts, hints, why):
    session = at("e1", past)
    assert (session.phase, session.attempts, len(session.hints)) == (phase, attempts, hints), why


def test_unknown_exercises_are_nothing():
    session = Session(SLOPES)
    assert session.latest_text("gone") is None


def test_the_row_of_an_answer():
    session = at("e1")
    session.next_hint()
    judged = verdict(WRONG)
    row = session.record("e1", " x", judged, id="an-id", at="2025-03-01T09:00:00Z", seconds=3.0)
    assert (row.lesson, row.exercise, row.text, row.verdict, row.hints) == ("slopes", "e1", " x", WRONG, 1)
    session.show_solution()
    row = session.record("e1", id="another", at="2025-03-01T09:00:09Z", seconds=12.0)
    assert (row.text, row.verdict, row.solution_shown) == ("", None, True)


class Walk(RuleBasedStateMachine):
    """Any learner at all, who also leaves and comes back at any moment."""

    def __init__(self):
        super().__init__()
        self.session = Session(SLOPES)
        self.rows: list[Answer] = []
        self.before = self.seen()

    def seen(self):
        """What may only ever grow."""
        where, totals = self.session.step_id, {}
        for id in ("e1", "e2"):
            self.session.go_to(id)
            totals[id] = (self.session.attempts, len(self.session.hints), self.session.phase is Phase.RIGHT)
        self.session.go_to(where)
        return totals

    def note(self, text="", judged=None):
        number = f"{len(self.rows)}"
        return self.session.record(self.session.exercise.id, text, judged, id=number, at=number, seconds=1.0)

    @rule()
    def forward(self):
        was = self.session.index
        assert self.session.forward() == (self.session.index == was + 1)

    @rule()
    def back(self):
        was = self.session.index
        assert self.session.back() == (self.session.index == was - 1)

    @rule(step_id=st.sampled_from([*step_ids(SLOPES), SUMMARY, "gone"]))
    def go_to(self, step_id):
        assert self.session.go_to(step_id) == (self.session.step_id == step_id)

    @rule(text=st.sampled_from(["x", " x", "2x", "3x"]), outcome=st.sampled_from(Outcome))
    def take(self, text, outcome):
        judged = verdict(outcome)
        row = self.note(text, judged) if self.session.exercise else None
        if self.session.take(text, judged):
            self.rows.append(row)

    @rule()
    def next_hint(self):
        left = self.session.hints_left
        if self.session.next_hint():
            assert self.session.hints_left == left - 1
            self.rows.append(self.note())
        else:
            assert left == 0

    @rule()
    def show_solution(self):
        allowed = self.session.may_show_solution
        assert self.session.show_solution() == allowed
        if allowed:
            assert self.session.phase is Phase.SHOWN
            self.rows.append(self.note())

    @precondition(lambda self: self.rows)
    @rule()
    def come_back(self):
        again = Session(SLOPES, self.rows)
        again.go_to(self.session.step_id)
        assert (again.done, again.shown) == (self.session.done, self.session.shown)
        for id in ("e1", "e2"):
            assert again.latest_text(id) == self.session.latest_text(id)
        self.session = again

    @invariant()
    def nothing_is_taken_back(self):
        now = self.seen()
        assert all(new >= old for id in now for new, old in zip(now[id], self.before[id], strict=True))
        self.before = now

    @invariant()
    def the_position_is_in_the_lesson(self):
        assert 0 <= self.session.index <= len(SLOPES.steps)
        assert self.session.at_summary == (self.session.step is None)

    @invariant()
    def done_and_undone_make_the_whole(self):
        assert sorted(self.session.done + self.session.undone) == ["e1", "e2"]
        assert set(self.session.shown) <= set(self.session.undone)
        assert self.session.is_done == (not self.session.undone)


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


VARIED = Derivative(
    id="power",
    ask="{a}",
    of="{a}x^{n}",
    by=("x",),
    hints=("{n}",),
    vary={"a": "2..9", "n": "3..9"},
    seeds=(1, 2, 3),
)


def test_a_learner_has_one_variant_until_it_is_known_and_then_may_have_another() -> None:
    journal: list[Answer] = []
    walk = Session(lesson("varied", VARIED))
    first = walk.exercise
    assert first == variant(VARIED, 1)
    assert not walk.another()
    walk.next_hint()
    assert walk.take("x", verdict(Outcome.INCORRECT))
    assert walk.exercise == first
    journal.append(walk.record("power", "x", verdict(Outcome.CORRECT), id="1", at="", seconds=0))
    assert walk.take("y", verdict(Outcome.CORRECT))
    assert journal[-1].seed == 1
    assert walk.another()
    assert walk.exercise == variant(VARIED, 2)
    assert walk.phase is Phase.ASKING
    assert walk.hints == ()
    assert walk.is_done, "what was done stays done"
    journal.append(walk.record("power", "z", verdict(Outcome.INCORRECT), id="2", at="", seconds=0))
    again = Session(lesson("varied", VARIED), journal)
    assert again.exercise == variant(VARIED, 2)
    assert again.is_done
    assert again.attempts == 1


def test_after_the_last_variant_comes_the_first() -> None:
    walk = Session(lesson("varied", VARIED))
    for seed in (2, 3, 1):
        walk.take("y", verdict(Outcome.CORRECT))
        assert walk.another()
        assert walk.exercise == variant(VARIED, seed)
