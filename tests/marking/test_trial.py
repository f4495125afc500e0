"""Exercises about a run: what is typed, the verdict, and that it comes from the run alone."""

from __future__ import annotations

import pytest

from tutor.lesson.model import Predict, Steer, Trial
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.trial import run_of
from tutor.marking.verdict import Outcome

BOWL = Trial(loss="(w - 3)^2", start={"w": "0"}, steps=20)
PROVER = SympyProver()


def at_rate(rate: str, *options: str) -> Predict:
    return Predict(ask="", run=Trial(loss=BOWL.loss, start=BOWL.start, steps=20, rate=rate), options=options)


@pytest.mark.parametrize(
    ("rate", "letter", "why"),
    [
        ("0.2", "a", "it settles"),
        ("0.9", "b", "each step goes past 3"),
        ("1.1", "c", "and by more each time"),
        ("0.001", "d", "20 steps are far too few"),
    ],
)
def test_the_right_word_comes_from_running(rate: str, letter: str, why: str) -> None:
    exercise = at_rate(rate, "settles", "swings", "grows", "crawls")
    assert solve(exercise) == letter, why
    for each in "abcd":
        verdict = mark(exercise, each, PROVER)
        assert verdict.outcome is (Outcome.CORRECT if each == letter else Outcome.INCORRECT), why
        assert verdict.decided_by == "run"


def test_a_wrong_word_is_told_the_first_step() -> None:
    verdict = mark(at_rate("1.1", "settles", "grows"), "a", PROVER)
    assert "w begins at 0, where the slope is −6, and moves by −1.1 times that" in verdict.message


@pytest.mark.parametrize(
    ("exercise", "why"),
    [
        (at_rate("0.02", "settles", "crawls"), "a third of the way is left"),
        (at_rate("0.2", "grows", "crawls"), "the right word is not there"),
        (at_rate("nonsense", "settles", "grows"), ""),
        (Predict(ask="", run=Trial(problem="nowhere", rate="0.1"), options=("settles", "grows")), "no such problem"),
        (Predict(ask="", run=Trial(loss="w^2", rate="0.1"), options=("settles", "grows")), "no start"),
    ],
)
def test_a_broken_run_is_never_the_learners_fault(exercise: Predict, why: str) -> None:
    assert mark(exercise, "a", PROVER).outcome is Outcome.UNDECIDED, why


def near(choose: str, **trial: object) -> Steer:
    start = {} if choose == "w" else {"w": "0"}
    run = Trial(loss="(w - 3)^2", start=start, steps=20, **trial)  # type: ignore[arg-type]
    return Steer(ask="", run=run, choose=choose, goal={"w": "3", "within": "0.01"})


@pytest.mark.parametrize(
    ("exercise", "text", "outcome"),
    [
        (near("rate"), "0.4", Outcome.CORRECT),
        (near("rate"), "1/2", Outcome.CORRECT),
        (near("rate"), "0.01", Outcome.INCORRECT),
        (near("rate"), "1.2", Outcome.INCORRECT),
        (near("rate"), "0", Outcome.UNREADABLE),
        (near("rate"), "-1", Outcome.UNREADABLE),
        (near("rate"), "1/0", Outcome.UNREADABLE),
        (near("rate"), "w", Outcome.UNREADABLE),
        (near("rate"), "", Outcome.UNREADABLE),
        (near("rate"), "10^300", Outcome.INCORRECT),
        (near("w", rate="0.01"), "3", Outcome.CORRECT),
        (near("w", rate="0.01"), "-3", Outcome.INCORRECT),
        (Steer(ask="", run=BOWL, choose="rate", goal="swings"), "0.9", Outcome.CORRECT),
        (Steer(ask="", run=BOWL, choose="rate", goal="swings"), "0.3", Outcome.INCORRECT),
        (Steer(ask="", run=BOWL, choose="rate", goal="grows"), "1.01", Outcome.CORRECT),
    ],
)
def test_steering(exercise: Steer, text: str, outcome: Outcome) -> None:
    assert mark(exercise, text, PROVER).outcome is outcome


def test_a_miss_says_by_how_much() -> None:
    message = mark(near("rate"), "0.01", PROVER).message
    end = 3 * (1 - 0.98**20)  # each step keeps 98 parts of 100 of the way
    away = f"{3 - end:.5g} away from 3, and at most 0.01 is wanted."
    assert message == f"With 0.01, w is {end:.5g} after 20 steps: {away}"


@pytest.mark.parametrize("goal", ["settles", "swings", "grows", "crawls"])
def test_a_solution_is_found_for_every_goal(goal: str) -> None:
    exercise = Steer(ask="", run=BOWL, choose="rate", goal=goal)
    assert mark(exercise, solve(exercise), PROVER).outcome is Outcome.CORRECT


def test_what_may_be_watched() -> None:
    assert run_of(at_rate("0.2", "settles", "grows"), "") == (at_rate("0.2").run, 0.2)
    assert run_of(near("rate"), "0.4") == (near("rate").run, 0.4)
    assert run_of(near("rate"), "w") is None
    started = run_of(near("w", rate="0.01"), "5")
    assert started is not None
    assert started[0].start == {"w": "5.0"}
