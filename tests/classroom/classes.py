"""Small classes to report on: a course of two lessons, and answers given in a row."""

from study.samples import answer, exercise, lesson

from tutor.classroom.hand_in import HandIn, hand_in
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer

COURSE = (
    lesson("slopes", exercise("e1"), exercise("e2"), exercise("e3")),
    lesson("powers", exercise("p1")),
    lesson("untouched", exercise("u1")),
)

RIGHT, WRONG = Outcome.CORRECT, Outcome.INCORRECT


def given(number: int, exercise: str = "e1", verdict: Outcome | None = RIGHT, **changes: object) -> Answer:
    """An answer at so many minutes past nine."""
    at = f"2025-03-01T{9 + number // 60 % 12:02}:{number % 60:02}:00+00:00"
    which = {"p": "powers", "x": "gone"}.get(exercise[0], "slopes")
    fields = {"lesson": which, "exercise": exercise, "at": at, "verdict": verdict}
    return answer(number, **(fields | changes))


def handed(name: str, *answers: Answer, login: str = "", day: int = 2) -> HandIn:
    return hand_in(name, answers, f"2025-03-{day:02}T09:00:00+00:00", login)


def class_of_ten() -> list[HandIn]:
    """The better a learner, the more are right at first: e1 for all, e2 for the better half, e3 for the worse, p1 for none."""
    class_ = []
    for place in range(10):
        rights = {"e1": True, "e2": place >= 5, "e3": place < 5, "p1": place == 9}
        answers = [given(10 * place + n, id, RIGHT if right else WRONG) for n, (id, right) in enumerate(rights.items())]
        class_.append(handed(f"Learner {place}", *answers))
    return class_
