"""Every worked example of the registry of mistakes is diagnosed as what it is, and told in the words for it."""

from __future__ import annotations

import pytest
from marking.slips.mistakes import MISTAKES

from tutor.lesson.model import AnyExercise
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver
from tutor.marking.slips.landscape import TWINS
from tutor.marking.slips.registry import SLIPS, kin
from tutor.marking.verdict import Outcome

PROVER = SympyProver()


@pytest.mark.parametrize(("exercise", "typed", "id_", "phrase"), MISTAKES, ids=lambda value: str(value)[:30])
def test_each_worked_example_is_named_and_told(exercise: AnyExercise, typed: str, id_: str, phrase: str) -> None:
    verdict = mark(exercise, typed, PROVER)
    assert verdict.outcome is Outcome.INCORRECT
    assert id_ in verdict.slips, verdict
    assert phrase in verdict.message


@pytest.mark.parametrize(("exercise", "typed", "id_", "phrase"), MISTAKES, ids=lambda value: str(value)[:30])
def test_what_is_told_is_plain_and_short(exercise: AnyExercise, typed: str, id_: str, phrase: str) -> None:
    message = mark(exercise, typed, PROVER).message
    assert len(message) <= 220
    assert message.endswith((".", "?"))
    assert not any(sign in message for sign in "□▪{}[]*$_"), "no stand-in and no markup"
    assert id_ not in message.split(), "a learner is not shown ids"


def test_every_id_that_can_be_diagnosed_has_an_example() -> None:
    shown = {id_ for _, _, id_, _ in MISTAKES}
    assert {id_ for id_, slip in SLIPS.items() if slip.is_transform} - shown == set()


def test_ids_of_the_registry_are_a_promise() -> None:
    counts = {"P": 10, "C": 9, "E": 9, "T": 7, "R": 6, "Q": 7, "K": 11, "D": 10, "V": 8, "G": 12, "U": 10, "B": 11}
    promised = {f"{group}{number}" for group, count in counts.items() for number in range(1, count + 1)}
    ours = {"P11", "P12", "P13", "C10", "E10"}
    assert set(SLIPS) == promised | ours


@pytest.mark.parametrize("id_", SLIPS)
def test_each_slip_is_described_or_says_why_it_is_no_transform(id_: str) -> None:
    slip = SLIPS[id_]
    assert bool(slip.wrong_rule) is slip.is_transform
    assert slip.skill
    assert slip.evidence in "ABCD"
    assert kin(id_) in SLIPS


def test_every_twin_is_of_the_registry() -> None:
    assert {twin.id for twin in TWINS} <= {id_ for id_, slip in SLIPS.items() if slip.is_transform}
