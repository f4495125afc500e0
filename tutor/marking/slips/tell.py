"""A verdict on a wrong answer, with the slips that explain it and the words for them: the author's own where there are some."""

from __future__ import annotations

from typing import Final

import msgspec

from tutor.lesson.formula import plain_line
from tutor.lesson.model import AnyExercise, Choice, Exercise, Gradient
from tutor.marking.equal import Prover
from tutor.marking.question import Question
from tutor.marking.slips.diagnose import Diagnosis, diagnose, diagnose_parts
from tutor.marking.slips.foreseen import is_same
from tutor.marking.slips.generic import is_related
from tutor.marking.slips.registry import SLIPS
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.tree import Node, substitute, walk
from tutor.words import tr

_OF_A_PART: Final = tr("Look at the {ordinal} part.").partition("{")[0]
"How a verdict on one of several parts begins; see `tutor.marking.judge`."
_MOST_NODES = 90
"Of a question's formula or its answer: beyond, the search would take most of a second; the three-weight loss has about twenty."


def with_slips(
    exercise: AnyExercise, question: Question, answer: Node, verdict: Verdict, plain: str, prover: Prover
) -> Verdict:
    """The verdict, with what went wrong if it is a wrong answer; any other verdict as it is.

    Args:
        answer: as `read_answer` gives it, abbreviations written out.
        plain: the beginning of a message that says no more than that the answer is wrong; any other one is kept
            unless slips are found.
    """
    if verdict.outcome is not Outcome.INCORRECT or isinstance(exercise, Choice):
        return verdict
    if _is_large(question.of) or _is_large(question.right):
        return verdict
    found = _diagnose(exercise, question, answer)
    if found is not None and not found.slips and not is_related(answer, question.right, question.names, prover):
        found = None
    own = _own_words(exercise, question, answer, found)
    if own is not None:
        return msgspec.structs.replace(verdict, slips=own.slips, message=_message(own, verdict.message))
    if found is None or not (found.slips or verdict.message.startswith((plain, _OF_A_PART))):
        return verdict
    return msgspec.structs.replace(verdict, slips=found.slips, message=_message(found, verdict.message))


def _is_large(tree: Node | None) -> bool:
    """Whether a formula is so large that the search alone would cost the verdict, which is known already."""
    return tree is not None and any(place >= _MOST_NODES for place, _ in enumerate(walk(tree)))


def miscounted(exercise: AnyExercise, question: Question, answer: Node) -> Verdict | None:
    """The verdict on an answer with fewer values than were asked for, where a slip explains that; else None."""
    if not isinstance(exercise, Gradient):
        return None
    found = diagnose_parts(exercise, question, substitute(answer, question.abbreviations))
    if found is None:
        return None
    return Verdict(outcome=Outcome.INCORRECT, message=found.message, slips=found.slips, decided_by="probes")


def _diagnose(exercise: AnyExercise, question: Question, answer: Node) -> Diagnosis | None:
    if isinstance(exercise, Gradient):
        found = diagnose_parts(exercise, question, answer)
        if found is not None or len(exercise.by) > 1:
            return found
    return diagnose(exercise, question, answer)


def _message(found: Diagnosis, before: str) -> str:
    if found.is_of_all or not before.startswith(_OF_A_PART):
        return found.message or before
    return f"{before} {found.message}".strip()


def _own_words(exercise: Exercise, question: Question, answer: Node, found: Diagnosis | None) -> Diagnosis | None:
    """What the author says of this very answer, or of a slip that was found."""
    slips, is_of_all = (found.slips, found.is_of_all) if found else ((), False)
    for text, words in exercise.says.items():
        if text not in SLIPS and is_same(text, question, answer):
            given = exercise.reject.get(text, "")
            return Diagnosis(
                tuple(dict.fromkeys((given, *slips) if given else slips)), plain_line(words), is_of_all=is_of_all
            )
    for id_ in slips:
        if id_ in exercise.says:
            first = (id_, *(other for other in slips if other != id_))
            return Diagnosis(first, plain_line(exercise.says[id_]), is_of_all=is_of_all)
    return None
