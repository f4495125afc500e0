"""How runs end: the word for the place, the reason, and the sentence that explains it; nothing ever crashes."""

import math

import numpy as np
import pytest
from travelled import travelled

from tutor.descent.averages import Averages, partial_trees
from tutor.descent.bottom import bottom_near
from tutor.descent.catalogue import PROBLEMS, find_problem
from tutor.descent.curvature import eigen, hessian
from tutor.descent.formula import formula_problem
from tutor.descent.place import place_of
from tutor.descent.run import Place
from tutor.descent.runstring import read_run
from tutor.descent.train import make_run

NAMES = find_problem("xor").weights


def start(value: float) -> str:
    return "start=" + ",".join(f"{name}={value}" for name in NAMES)


TABLE = [
    # run, why it stops, the place, a part of what is said
    ("saddle:start=v=0.0", "converged", "saddle", "at a saddle: it is level there, but the loss falls on some side"),
    ("saddle", "converged", "bottom", "at a bottom"),
    ("saddle:steps=30", "steps", "saddle", "close to a saddle"),
    ("saddle:rate=1.0:steps=2000", "steps", "bottom", "The rate is at the edge: 1 is the largest"),
    ("saddle:rate=5", "diverged", "slope", "The rate 5 is above 1, the largest at which this descent settles"),
    ("loss=u^2-v^2:start=u=1.0,v=0.0", "converged", "saddle", "at a saddle"),
    ("loss=-w^2:start=w=0.0", "converged", "top", "at a top"),
    (f"xor:{start(0.0)}", "converged", "saddle", "at a saddle"),  # no bend at all in eight of nine directions
    (f"xor:{start(5.0)}", "converged", "plateau", "as where a tanh or a sigmoid is saturated"),
    ("xor:rate=1000", "converged", "plateau", "on a plateau"),
    ("xor:rate=0.5:steps=2000", "steps", "tail", "the loss levels out"),
    ("xor:rate=0.1:steps=20", "steps", "slope", "Step 20 was the last one asked for."),
    ("loss=tanh{w}^2:start=w=6.0", "steps", "plateau", "on a plateau"),
    ("loss={sigmoid{w}-1}^2:start=w=-12.0", "steps", "plateau", "on a plateau"),
    ("loss={relu{w}-1}^2:start=w=-2.0", "converged", "plateau", "on a plateau"),  # a dead unit
    ("loss=1-e^{-w^2}:start=w=5.0", "converged", "plateau", "on a plateau"),
    ("loss=w^4:start=w=1.0:steps=4000", "steps", "bottom", "close to a bottom"),
    ("loss=w^2+1:start=w=1.0", "converged", "bottom", "agree with the bottom"),
    ("rosenbrock:rate=0.001", "steps", "slope", "Step 400 was the last one asked for."),
    ("rosenbrock:rate=0.0019:steps=20000", "converged", "bottom", "at a bottom"),
    ("rosenbrock:rate=0.001995:steps=9000", "steps", "bottom", "at the edge: 0.0019968 is the largest"),
    ("rosenbrock:rate=0.002:steps=20000", "steps", "bottom", "The rate 0.002 is above 0.0019968, the largest"),
    (
        "rosenbrock:rate=0.0021:steps=5000",
        "steps",
        "bottom",
        "swinging around a bottom, at which it does not come to rest. The loss is rising. The rate 0.0021",
    ),
    ("rosenbrock:rate=0.0025", "steps", "slope", "The rate 0.0025 is above 0.0019968, the largest"),
    (
        "rosenbrock:rate=0.0019:start=u=-3.0",
        "diverged",
        "slope",
        "where the run began the loss bends more: 0.000189731",
    ),
    ("rosenbrock:rate=1e300", "not-a-number", "slope", "too large to go on. The rate 1e+300 is above 0.0019968"),
    ("rosenbrock:d.u=0:d.v=0", "converged", "slope", "not at a bottom: the loss slopes there"),
    ("rosenbrock:method=momentum:rate=0.002", "steps", "bottom", "on every side."),  # bears 1.9 times the rate
    ("himmelblau:rate=0.01", "converged", "bottom", "at a bottom"),
    ("himmelblau:rate=0.0243:steps=2000", "steps", "bottom", "at the edge: 0.024306"),
    ("himmelblau:rate=0.03", "steps", "slope", "The rate 0.03 is above 0.024306, the largest"),
    ("himmelblau:d.u=-u:rate=0.01", "converged", "slope", "not at a bottom"),
    ("logistic:rate=1:steps=3000", "converged", "bottom", "at a bottom"),
    ("logistic:rate=1.8:steps=3000", "steps", "bottom", "at the edge: 1.8038 is the largest"),
    ("logistic:rate=1.81", "steps", "bottom", "The rate 1.81 is above 1.8038, the largest"),
    ("logistic:rate=3", "steps", "slope", "The rate 3 is above 1.8038, the largest"),
    ("logistic:d.w=-x:rate=1e308", "not-a-number", "slope", "After step 0 the numbers grow too large"),
    ("bowl:rate=2.0", "steps", "slope", "exactly the largest that does not run away"),
    ("ravine:rate=0.02000001", "steps", "slope", "The rate 0.02000001 is above 0.02, the largest"),
    ("ravine:rate=0.02:start=v=0", "steps", "slope", "but this one has no way to go along it."),
    (
        "ravine:rate=0.03:start=v=0,u=1",
        "steps",
        "bottom",
        "0.02, the largest at which every start settles: this run has",
    ),
    ("ravine:rate=0.03:start=v=1e-15", "diverged", "slope", "0.02, the largest at which this descent settles."),
    # the other eigenvalue is as large, and the run swings along one of the two
    (
        "loss=u^2+v^2:rate=1:start=u=0,v=1",
        "steps",
        "slope",
        "the steepest direction swings for ever from side to side.",
    ),
    ("bowl:rate=1.9999999", "steps", "slope", "The rate 1.9999999 is just below 2, the largest"),
    (
        "bowl:rate=1.99",
        "steps",
        "slope",
        "The rate 1.99 is just below 2, the largest at which this descent settles: the",
    ),
    ("bowl:rate=1.99:steps=3000", "converged", "bottom", "agree with the bottom to 7 significant figures."),
    ("houses:rate=1.28207", "steps", "slope", "The rate 1.28207 is just below 1.28208, the largest"),
    ("ravine:rate=0.0199999:start=v=0", "steps", "slope", "the bottom is at 0."),
    (
        "ravine:method=nesterov:rate=0.0135714285714:momentum=0.9",
        "steps",
        "slope",
        "just below 0.01357142857143, the largest at which this descent settles, with this momentum 0.678571 times",
    ),
    # where it is level along a direction, or no bottom is there at all
    ("loss={u+v+w-1}^2:start=u=3,v=-4,w=1", "converged", "valley", "level along one direction or more"),
    ("loss={u*v*w-1}^2:start=u=1.5,v=1,w=0.5", "converged", "valley", "in a valley"),
    ("loss=u^2*v^2:start=u=1,v=2:rate=0.05", "converged", "valley", "in a valley"),
    ("loss={u-v}^2:start=u=1,v=0:steps=20", "steps", "valley", "close to the bottom of a valley"),
    ("loss={u-v}^2:start=u=1,v=0:rate=0.5", "steps", "slope", "exactly the largest that does not run away"),
    ("loss={u-v}^2:start=u=1,v=0:rate=0.51", "diverged", "slope", "The rate 0.51 is above 0.5, the largest"),
    ("loss={u-v}^2:start=u=1,v=0:d.u=0:d.v=0", "converged", "slope", "not at a bottom"),
    ("loss=u^2+v^4:start=u=1,v=0.01", "steps", "bottom", "close to a bottom"),
    ("loss={w-5}^4:rate=0.01:start=w=0", "converged", "bottom", "at a bottom"),
    ("loss={w-2}^4+{u-1}^4:rate=0.1:start=w=1,u=0", "steps", "bottom", "close to a bottom"),
    ("loss=w^2/2+cos{w}:rate=0.3:start=w=1.3", "steps", "bottom", "close to a bottom"),
    ("loss=u*v:start=u=1,v=1", "converged", "saddle", "at a saddle"),
    ("loss={u-1}*{v-2}:start=u=2,v=3", "converged", "saddle", "at a saddle"),
    ("loss=w^8:start=w=0", "converged", "bottom", "at a bottom"),
    ("loss=-w^4:start=w=0", "converged", "top", "at a top"),
    ("loss=u^2-v^4:start=u=1,v=0", "converged", "saddle", "at a saddle"),
    ("loss=u^2+v^3:start=u=1,v=0", "converged", "inflection", "a level place that is no bottom"),
    ("loss=w^3:start=w=1:steps=1000", "steps", "inflection", "close to a level place that is no bottom"),
    ("loss=w^3:start=w=-0.001:steps=5", "steps", "inflection", "the loss only pauses there and falls on beyond it"),
    ("loss=cos{w}:start=w=3.141592653589793", "converged", "bottom", "at a bottom"),
    ("loss=-w^2:start=w=1:steps=1000", "steps", "slope", "This loss has no bottom"),
    # bottoms flatter than a quadratic, wherever they are and however high
    ("loss={w-2}^4:start=w=1", "steps", "bottom", "close to a bottom"),
    ("loss={w-3}^4+1000:start=w=2", "steps", "bottom", "close to a bottom"),
    ("loss={w-3}^6:start=w=3", "converged", "bottom", "at a bottom"),
    ("loss={w-2}^4+{u-1}^4:start=w=1.97,u=0.97", "steps", "bottom", "close to a bottom"),
    ("loss=w^2/2+cos{w}:rate=0.3:start=w=0.05", "steps", "bottom", "close to a bottom"),
    ("loss={u-v}^4:start=u=1,v=0:steps=3000", "steps", "valley", "close to the bottom of a valley"),
    ("loss=relu{w-1}^2+relu{-w-1}^2:start=w=0.5", "converged", "valley", "nowhere around is it lower"),
    ("loss={w-3}^3:start=w=4:steps=3000", "steps", "inflection", "close to a level place that is no bottom"),
    ("loss=-u^4-v^4:start=u=0,v=0", "converged", "saddle", "falls on some side"),
    # bottoms infinitely far off, and losses that fall without end though ever more slowly
    ("loss=e^{-w}:start=w=1.3:rate=0.3", "steps", "tail", "towards a bottom infinitely far off"),
    ("loss=1/w:start=w=1:rate=1", "steps", "tail", "towards a bottom infinitely far off"),
    ("loss={tanh{w}-1}^2:start=w=0:rate=1:steps=2000", "steps", "tail", "towards a bottom infinitely far off"),
    ("loss=e^{-w}+0.001w:start=w=0:rate=1", "steps", "slope", "Step 400 was the last one asked for."),  # bottom at 6.9
    ("loss=-ln{w}:start=w=1:rate=1", "steps", "slope", "Step 400 was the last one asked for."),  # no bottom at all
    # straight down from where it has run to the slopes are infinite, of either sign
    (
        "loss={4v^2-{u+2}{u-v}}*{{u-3/4}^3-1/{4v^2+1}}:rate=0.34:start=u=0.59,v=-1.7",
        "diverged",
        "slope",
        "and growing",
    ),
    # saddles that are level along every weight
    ("loss=u*v*w:start=u=0,v=0,w=0", "converged", "inflection", "no bottom"),
    ("loss=u^2+v:start=u=1,v=0", "steps", "slope", "This loss has no bottom"),
    ("loss=w^3-w:start=w=-2", "not-a-number", "slope", "nothing says that it has a bottom that way"),
    # with momentum m the edge is 2 (1 + m) times 1/bend, with Nesterov's 2 (1 + m)/(1 + 2m) times
    ("ravine:method=momentum:rate=0.038", "steps", "slope", "momentum 1.9 times that of plain descent: the steepest"),
    ("ravine:method=momentum:rate=0.0381", "diverged", "slope", "The rate 0.0381 is above 0.038, the largest"),
    (
        "bowl:method=momentum:momentum=0.99:rate=3.98:steps=900",
        "steps",
        "slope",
        "swings for ever from side to side, wider",
    ),
    ("bowl:method=nesterov:rate=1.3571428571428572", "steps", "slope", "with this momentum 0.678571 times that of"),
    ("bowl:method=nesterov:rate=1.36", "diverged", "slope", "The rate 1.36 is above 1.35714, the largest"),
    # methods without such a rate, rates that do not stay, and batches
    ("rosenbrock:method=adam:rate=1e5", "steps", "slope", "Adam moves a weight by about the rate at each step"),
    ("houses:method=rmsprop:rate=1e200", "not-a-number", "slope", "RMSProp moves a weight by about the rate at each"),
    (
        "houses:method=adam:rate=0.1",
        "steps",
        "slope",
        "b has come 39.999 of the 340413 that it has to go, for the rate is",
    ),
    (
        "houses:method=rmsprop:rate=0.1",
        "steps",
        "slope",
        "RMSProp moves a weight by about the rate at each step, however",
    ),
    ("rosenbrock:method=adam:rate=0.0001", "steps", "slope", "u has come 0.0369747 of the 2.2 that it has to go"),
    ("bowl:method=adam:rate=0.01", "steps", "slope", "the bottom is at 3."),  # more than half way
    ("bowl:method=adam:rate=100", "steps", "bottom", "agree with the bottom"),  # far away first, and back
    ("bowl:rate=3:schedule=stairs:half=20", "converged", "bottom", "agree with the bottom"),
    (
        "bowl:rate=3:schedule=inverse:steps=60",
        "steps",
        "slope",
        "began at 3, above 2, the largest that settles, and",
    ),
    ("ravine:rate=1e5:schedule=inverse", "not-a-number", "slope", "settles, and is above that still."),
    ("houses:batch=1:rate=1", "diverged", "slope", "the steepest bears a rate of 0.118792 at most, and the rate is 1."),
    (
        "houses:batch=1:rate=0.5",
        "steps",
        "slope",
        "jumped about between 2.40758e+09 and 3.08397e+12; it started at 6.55915e+10. Some single examples bend the loss",
    ),
    (
        "houses-raw:batch=5:rate=1e-5",
        "diverged",
        "slope",
        "4.32821e-07, the largest at which a descent on all examples",
    ),
    # below 0 too the loss is compared with where it began
    ("loss=w^2-5:start=w=1.0:rate=1.1", "diverged", "slope", "At step 42 the loss, 4.47944e+06, is above"),
    ("loss={w-1}^2-1:start=w=0.0:rate=1.05", "diverged", "slope", "The rate 1.05 is above 1"),
    (
        "saddle:method=momentum:rate=1.0",
        "diverged",
        "slope",
        "but on the way the loss bends more than that rate bears.",
    ),
    ("bowl:rate=2.0:d.w=w", "converged", "slope", "the loss is not at its smallest"),
    (
        "loss=ln{w}:start=w=1.0",
        "not-a-number",
        "slope",
        "Step 6 would leave the domain of the loss: ln(w) has no value at w = -0.00156978.",
    ),
    (
        "loss=ln{w1+w2}^2:start=w1=1.0,w2=1.0:rate=9",
        "not-a-number",
        "slope",
        "ln(w1 + w2) has no value at w1 = -5.23832, w2 = -5.23832.",
    ),
    ("bowl:d.w=1/w", "not-a-number", "slope", "gives no number: 1/w has no value at w = 0."),
    (
        "houses:d.w1=sqrt{r}",
        "not-a-number",
        "slope",
        "for w1 gives no number: sqrt(r) has no value at example 1, r = -399900.",
    ),
    ("loss=sqrt{w}:start=w=1.0", "not-a-number", "slope", "sqrt(w) has no value at w = -0.331563."),
]


@pytest.mark.parametrize(("run", "stop", "place", "said"), TABLE, ids=[row[0] for row in TABLE])
def test_how_a_run_ends(run: str, stop: str, place: str, said: str) -> None:
    done = make_run(read_run(run))
    assert (done.stop.value, done.place and done.place.value) == (stop, place), done.why
    assert said in done.why
    assert done.why.count("the largest") <= 1, "nothing is said twice"
    assert travelled(done) == done


HEALTHY = [
    *(
        f"houses:method={method}:rate=0.1:steps={steps}"
        for method in ("momentum", "nesterov")
        for steps in (12, 20, 30, 47)
    ),
    *(f"logistic:batch=1:rate=0.1:seed={seed}:steps={steps}" for seed in (1, 2, 3) for steps in (40, 41, 57)),
    "houses:batch=5:rate=0.1:steps=50",
    "bowl:method=adam:rate=1:steps=12",
    "loss=w^2-5:start=w=1.0:steps=30",
]


@pytest.mark.parametrize("run", HEALTHY)
def test_a_loss_that_rises_for_a_step_is_no_finding(run: str) -> None:
    assert not any(word in make_run(read_run(run)).why for word in ("rising", "above", "growing", "jumped"))


@pytest.mark.parametrize("momentum", [0.5, 0.9, 0.99])
@pytest.mark.parametrize("method", ["momentum", "nesterov"])
@pytest.mark.parametrize("factor", [0.999, 1.01])
def test_the_edge_is_where_the_step_stretches(method: str, momentum: float, factor: float) -> None:
    """By the eigenvalues of one step as a matrix, on a loss w^2/2."""
    rate = make_run(read_run(f"bowl:method={method}:momentum={momentum}:steps=1")).largest_rate
    assert rate is not None
    ahead = (1.0, momentum) if method == "momentum" else (1 + momentum, momentum**2)
    step = [[1 - factor * rate * ahead[0], -factor * rate * ahead[1]], [1.0, momentum]]
    assert bool(max(abs(np.linalg.eigvals(step))) > 1) is (factor > 1)


@pytest.mark.parametrize(
    ("problem", "bends"),
    [
        # Rosenbrock at (1, 1): [[802, -400], [-400, 200]]; eigenvalues 501 +- sqrt(301^2 + 400^2)
        ("rosenbrock", (501 - math.hypot(301, 400), 501 + math.hypot(301, 400))),
        # Himmelblau at (3, 2): [[74, 20], [20, 34]]; 54 +- sqrt(20^2 + 20^2)
        ("himmelblau", (54 - math.hypot(20, 20), 54 + math.hypot(20, 20))),
    ],
)
def test_the_bottom_and_its_bends_worked_by_hand(problem: str, bends: tuple[float, float]) -> None:
    found = make_run(read_run(f"{problem}:rate=1e-4:steps=3"))
    assert found.bottom == pytest.approx({"rosenbrock": (1, 1), "himmelblau": (3, 2)}[problem], rel=1e-6)
    assert found.largest_rate == pytest.approx(2 / bends[1], rel=1e-6)
    assert found.condition == pytest.approx(bends[1] / bends[0], rel=1e-4)


@pytest.mark.parametrize("factor", [0.99, 1.01])
@pytest.mark.parametrize("problem", ["rosenbrock", "himmelblau", "logistic", "saddle"])
def test_the_largest_rate_is_where_settling_ends(problem: str, factor: float) -> None:
    known = make_run(read_run(f"{problem}:rate=1e-4:steps=2"))
    assert known.bottom is not None
    assert known.largest_rate is not None
    begin = ",".join(f"{name}={value + 1e-6!r}" for name, value in zip(known.weights, known.bottom, strict=True))
    run = make_run(read_run(f"{problem}:rate={factor * known.largest_rate!r}:steps=300:start={begin}"))
    assert (math.hypot(*map(float, run.partials[-1])) < math.hypot(*map(float, run.partials[0]))) is (factor < 1)


def test_a_kink_is_no_bottom_with_a_bend() -> None:
    kink = formula_problem("|w|", {"w": 0.0})
    assert bottom_near(Averages(kink, partial_trees(kink, {})).at, (0.0,)) is None


def test_no_place_of_a_loss_with_one_level_place_is_called_a_saddle() -> None:
    """Rosenbrock's is level at (1, 1) alone, however it bends in its valley v = u^2."""
    valley = find_problem("rosenbrock")
    measure = Averages(valley, partial_trees(valley, {})).at
    told = {
        (place_of(measure, (u, u * u + beside)), math.hypot(u - 1, u * u + beside - 1) < 0.2)
        for u in (k / 20 for k in range(-40, 41))
        for beside in (-0.01, -0.003, 0.0, 0.001, 0.005, 0.02)
    }
    assert told == {(Place.SLOPE, False), (Place.SLOPE, True), (Place.BOTTOM, True)}


@pytest.mark.parametrize("begin", [0.0, 1e-200, 1e200, -1e308])
@pytest.mark.parametrize("loss", ["1/w", "ln(w)", "sqrt(w)", "tan(w)", "e^(e^w)", "w^9", "|w|", "1/(w - w)"])
def test_no_place_is_a_crash(loss: str, begin: float) -> None:
    problem = formula_problem(loss, {"w": begin})
    measure = Averages(problem, partial_trees(problem, {})).at
    assert place_of(measure, (begin,)) in {None, *Place}
    bottom_near(measure, (begin,))


@pytest.mark.parametrize("rate", ["1e-300", "1e-3", "2", "1e5", "1e200", "1e308"])
@pytest.mark.parametrize("method", ["gradient-descent", "nesterov", "adam"])
@pytest.mark.parametrize("problem", sorted(PROBLEMS))
def test_no_rate_is_a_crash(problem: str, method: str, rate: str) -> None:
    run = make_run(read_run(f"{problem}:method={method}:rate={rate}:steps=12"))
    assert travelled(run) == run
    assert "nan" not in run.why
    assert "inf" not in run.why.replace("infinitely", "")


def test_the_hessian_and_its_directions() -> None:
    found = hessian(lambda w: (2 * w[0] * w[1], w[0] ** 2), (3.0, 5.0))  # of u^2 v
    assert [entry for row in found for entry in row] == pytest.approx([10, 6, 6, 0], rel=1e-8, abs=1e-8)
    for value, vector in eigen(found):
        image = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in found]
        assert image == pytest.approx([value * entry for entry in vector], rel=1e-9, abs=1e-9)
