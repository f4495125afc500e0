"""What the lab takes from lessons."""

from tutor.descent.runstring import read_run
from tutor.descent.setting import check
from tutor.front.lab.from_lessons import lesson_offers
from tutor.lesson.model import Lesson, Predict, Steer, Trial

OWN = Trial(loss="(w - 3)^2", start={"w": "0"}, rate="0.2", steps=20)
STEERED = Trial(loss="u^2 + v^2", start={"u": "1", "v": "1/2"}, steps=9)
TABLE = Trial(data="data/rents.csv", model="w*size + b", standardise=("size",), start={"w": "0", "b": "0"}, rate="0.5")


def lesson(*runs: Trial) -> Lesson:
    steps = tuple(
        Steer(id=f"s{n}", ask="", run=run, choose="rate", goal="settles")
        if not run.rate
        else Predict(id=f"s{n}", ask="", run=run, options=("settles", "grows"))
        for n, run in enumerate(runs)
    )
    return Lesson(id="a", title="A lesson", objectives=(), steps=steps, summary="")


def test_losses_and_tables_of_lessons_are_offered_once_each() -> None:
    offers = lesson_offers([lesson(OWN, OWN, STEERED), lesson(TABLE)])
    assert [read_run(each.problem).loss or read_run(each.problem).data for each in offers] == [
        "(w - 3)^2",
        "u^2 + v^2",
        "data/rents.csv",
    ]
    for each in offers:
        check(read_run(each.problem))
    assert read_run(offers[1].problem).rate == 0.1, "left to the learner"
    assert read_run(offers[1].problem).start == {"u": 1.0, "v": 0.5}


def test_what_the_lab_has_itself_or_nobody_can_read_is_left_out() -> None:
    broken = Trial(loss="(w - 3)^2", start={"w": "zero"}, rate="0.2")
    varied = Trial(loss="(w - {a})^2", start={"w": "0"}, rate="0.2")
    assert lesson_offers([lesson(Trial(problem="bowl", rate="0.1"), broken, varied)]) == []
