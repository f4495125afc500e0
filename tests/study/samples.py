"""Small lessons and answers to study with."""

from tutor.lesson.model import AnyStep, Derivative, Lesson
from tutor.lesson.pages import Read
from tutor.marking.verdict import Outcome, Verdict
from tutor.study.answer import Answer


def exercise(id: str, hints: int = 2) -> Derivative:
    return Derivative(id=id, ask="?", of="x^2", by=("x",), hints=tuple(f"{id} hint {n}" for n in range(1, hints + 1)))


def page(id: str = "") -> Read:
    return Read(id=id, text="Words.")


def lesson(id: str, *steps: AnyStep) -> Lesson:
    return Lesson(id=id, title=id.title(), objectives=("Learn",), steps=steps, summary="Learnt.")


def verdict(outcome: Outcome) -> Verdict:
    return Verdict(outcome=outcome, message="Said.", decided_by="probes")


def answer(number: int, lesson: str = "slopes", exercise: str = "e1", **changes: object) -> Answer:
    fields: dict[str, object] = {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "at": "2025-03-01T09:00:00Z",
        "lesson": lesson,
        "exercise": exercise,
        "text": "2x",
        "verdict": Outcome.CORRECT,
        "seconds": 12.5,
        "version": "0.1.0",
    }
    return Answer(**(fields | changes))  # type: ignore[arg-type]
