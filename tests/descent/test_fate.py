"""The one word for a run: losses, rates and steps, and what anybody would say who watched."""

import pytest

from tutor.descent.fate import Fate, fate
from tutor.descent.formula import formula_problem
from tutor.descent.train import train, train_on
from tutor.errors import Unreadable, UsageError

BOWL = "(w - 3)^2"


@pytest.mark.parametrize(
    ("loss", "start", "rate", "steps", "word"),
    [
        (BOWL, {"w": 0.0}, 0.2, 30, Fate.SETTLES),
        (BOWL, {"w": 0.0}, 0.5, 30, Fate.SETTLES),  # there in one step
        (BOWL, {"w": 0.0}, 0.9, 30, Fate.SWINGS),
        (BOWL, {"w": 0.0}, 0.999, 30, Fate.SWINGS),  # hardly nearer, yet from side to side
        (BOWL, {"w": 0.0}, 1.0, 30, None),  # for ever between 0 and 6, and never nearer
        (BOWL, {"w": 0.0}, 1.1, 30, Fate.GROWS),
        (BOWL, {"w": 0.0}, 0.001, 30, Fate.CRAWLS),
        (BOWL, {"w": 0.0}, 0.02, 30, None),  # 0.96^30, a third of the way left: neither
        (BOWL, {"w": 3.0}, 0.1, 30, Fate.STAYS),
        ("w1^2 + 25w2^2", {"w1": 5.0, "w2": 1.0}, 0.039, 60, Fate.SWINGS),  # one weight swings, the other settles
        ("w^4", {"w": 1.0}, 0.1, 200, Fate.SETTLES),
        ("w^4", {"w": 1.0}, 2.0, 20, Fate.GROWS),
        ("-w^2", {"w": 1.0}, 0.1, 20, None),  # falls for ever, ever faster
        ("tanh(w)^2", {"w": 5.0}, 0.1, 50, Fate.CRAWLS),  # on a plateau
    ],
)
def test_the_word_for_a_formula(loss, start, rate, steps, word):
    run = train_on(formula_problem(loss, start), rate, steps, {})
    assert fate(run) is word


@pytest.mark.parametrize(
    ("problem", "rate", "steps", "word"),
    [
        ("houses", 0.1, 400, Fate.SETTLES),
        ("houses", 0.001, 50, Fate.CRAWLS),
        ("houses", 1.3, 200, Fate.GROWS),
        ("houses-raw", 1e-8, 100, Fate.CRAWLS),  # the size is soon fitted, the bedrooms hardly begun
    ],
)
def test_the_word_for_the_houses(problem, rate, steps, word):
    assert fate(train(problem, rate, steps, {})) is word


@pytest.mark.parametrize(
    ("loss", "start", "fault"),
    [
        ("w^2 + v", {"w": 1.0}, UsageError),
        ("w^2", {"w": 1.0, "v": 1.0}, UsageError),
        ("w^2 +", {"w": 1.0}, Unreadable),
        ("+".join(f"w{n}^2" for n in range(13)), {f"w{n}": 1.0 for n in range(13)}, UsageError),
    ],
)
def test_what_is_no_problem(loss, start, fault):
    with pytest.raises(fault):
        formula_problem(loss, start)
