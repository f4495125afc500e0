"""Pictures hold all of a run that settles, and the first steps of one that runs away; a still says where it leaves."""

import pytest

from tutor.descent.runstring import read_run
from tutor.descent.setting import problem_of
from tutor.descent.train import make_run
from tutor.front.scenes import log_loss_picture, loss_picture, weights_picture
from tutor.front.still import still
from tutor.front.trail import ground_picture

WHOLE = [
    "rosenbrock:rate=0.001:steps=1000",
    "rosenbrock:method=momentum:rate=0.001:steps=1000",
    "rosenbrock:method=adam:rate=0.1:steps=400",
    "himmelblau:rate=0.01",
    "ravine:rate=0.0199",
    "ravine:method=momentum:rate=0.037",
    "saddle:rate=0.1",
    "loss={u-3}^2+{v+1}^2:start=u=0.0,v=0.0",
    "houses:rate=0.1",
]


@pytest.mark.parametrize("run", WHOLE)
def test_a_map_holds_the_whole_of_a_run_that_stays(run: str) -> None:
    setting = read_run(run)
    done = make_run(setting)
    picture = ground_picture(problem_of(setting), done)
    assert all(picture.left <= row[0] <= picture.right and picture.bottom <= row[1] <= picture.top for row in done.path)
    assert picture.right - picture.left < 3 * (max(row[0] for row in done.path) - min(row[0] for row in done.path))


@pytest.mark.parametrize(
    ("run", "steps"),
    # how many steps each must at least show: growing 2, 1.5, 2 and 4 times a step
    [("ravine:rate=0.03", 3), ("ravine:rate=0.025", 5), ("bowl:rate=3", 3), ("houses:rate=1.5", 3), ("bowl:rate=5", 1)],
)
def test_the_first_steps_of_a_run_that_runs_away_are_seen(run: str, steps: int) -> None:
    done = make_run(read_run(run))
    weights, loss = weights_picture(done, None, len(done.path) - 1), loss_picture(done, None, len(done.path) - 1)
    assert all(weights.bottom <= value <= weights.top for row in done.path[: steps + 1] for value in row)
    assert weights.top < 1e3 * max(1.0, *map(abs, done.path[0]), *map(abs, done.bottom or (0.0,)))
    assert all(loss.bottom <= value <= loss.top for value in done.loss[: min(steps, 2) + 1])
    log = log_loss_picture(done, None, len(done.path) - 1)
    assert all(log.bottom <= y <= log.top for _, y in log.series[0].points)


def test_a_loss_below_nothing_is_seen() -> None:
    done = make_run(read_run("saddle"))
    picture = loss_picture(done, None, len(done.path) - 1)
    assert picture.bottom < min(done.loss) < 0


@pytest.mark.parametrize(
    ("run", "view", "said"),
    [
        ("bowl:rate=3", "weights", "weights   off the picture at step 4"),
        ("bowl:rate=3", "loss", "loss   off the picture at step 3"),
        ("ravine:rate=0.03", "contours", "v   off the picture at step 4"),
        ("ravine:rate=0.01", "contours", "v"),
    ],
)
def test_a_still_says_where_the_run_leaves_it(run: str, view: str, said: str) -> None:
    setting = read_run(run)
    assert still(problem_of(setting), make_run(setting), None, view, 79, ascii=False)[0].rstrip() == said
