"""Update rules: from a point, its gradient and what is remembered to the next point, and nothing else.

Each follows PyTorch's reading of its source where the sources leave a choice, so that runs can be compared digit for digit.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import msgspec

from tutor.words import tr

Vector = tuple[float, ...]
Memory = tuple[Vector, ...]


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """An update rule and what it needs to know."""

    title: str
    equation: str
    "As people write it, g being the mean partial of the weight."
    update: Callable[[Sequence[float], Sequence[float], float, Memory, int, Mapping[str, float]], tuple[Vector, Memory]]
    """From the weights, the partials (both of shape (n,)), the rate, the memory, the number of updates done before this
    one, and the options, to the new weights and the new memory. Overflow gives an infinity and NaN stays NaN."""
    remembers: tuple[str, ...] = ()
    "The letter of each vector in its memory; all are 0 at step 0."
    options: Mapping[str, float] = {}
    "What can be set besides the rate, with what it is when it is not."
    is_scaled: bool = False
    "Whether a step is about as long as the rate says, however large or small the partials are."

    def start(self, count: int) -> Memory:
        """The memory at step 0 for so many weights."""
        return tuple((0.0,) * count for _ in self.remembers)


def gradient_descent(weights: Sequence[float], partials: Sequence[float], rate: float) -> Vector:
    """One step of plain gradient descent: w_j <- w_j - rate * dL/dw_j, for all j at once.

    Cauchy, A. (1847), Méthode générale pour la résolution des systèmes d'équations simultanées, Comptes rendus
    hebdomadaires des séances de l'Académie des sciences 25, 536-538. There the step length is chosen anew each time;
    here it is the same throughout.

    Args:
        weights: shape (n,), each in its own unit.
        partials: shape (n,), the loss's partial derivative for each weight at that point.
        rate: per step, above 0; its unit is the weight's over the partial's, dimensionless for standardised features.

    Returns:
        Shape (n,). An overflow gives an infinity and NaN stays NaN; nothing is raised.

    >>> gradient_descent((0.0, 1.0), (-3.0, 2.0), 0.5)
    (1.5, 0.0)
    """
    return tuple(w - rate * partial for w, partial in zip(weights, partials, strict=True))


def _plain(
    weights: Sequence[float], partials: Sequence[float], rate: float, memory: Memory, done: int, _: Mapping[str, float]
) -> tuple[Vector, Memory]:
    return gradient_descent(weights, partials, rate), memory


def momentum(
    weights: Sequence[float],
    partials: Sequence[float],
    rate: float,
    memory: Memory,
    done: int,
    set_: Mapping[str, float],
) -> tuple[Vector, Memory]:
    """v <- momentum v + g;  w <- w - rate v.

    Polyak, B. (1964), Some methods of speeding up the convergence of iteration methods, USSR Computational Mathematics
    and Mathematical Physics 4(5), 1-17, equation (9); written as in Goh (2017), doi:10.23915/distill.00006.

    >>> momentum((1.0,), (2.0,), 0.5, ((4.0,),), 1, {"momentum": 0.25})
    ((-0.5,), ((3.0,),))
    """
    (before,) = memory
    speed = tuple(set_["momentum"] * v + g for v, g in zip(before, partials, strict=True))
    return gradient_descent(weights, speed, rate), (speed,)


def nesterov(
    weights: Sequence[float],
    partials: Sequence[float],
    rate: float,
    memory: Memory,
    done: int,
    set_: Mapping[str, float],
) -> tuple[Vector, Memory]:
    """v <- momentum v + g;  w <- w - rate (g + momentum v).

    Nesterov, Y. (1983), Soviet Mathematics Doklady 27, 372-376. The weights kept are those that look ahead, so that the
    gradient is taken where the run is (Bengio, Boulanger-Lewandowski and Pascanu 2012, arXiv:1212.0901, equations 6-7).

    >>> nesterov((1.0,), (2.0,), 0.5, ((4.0,),), 1, {"momentum": 0.25})
    ((-0.375,), ((3.0,),))
    """
    (before,) = memory
    share = set_["momentum"]
    speed = tuple(share * v + g for v, g in zip(before, partials, strict=True))
    ahead = tuple(g + share * v for g, v in zip(partials, speed, strict=True))
    return gradient_descent(weights, ahead, rate), (speed,)


def rmsprop(
    weights: Sequence[float],
    partials: Sequence[float],
    rate: float,
    memory: Memory,
    done: int,
    set_: Mapping[str, float],
) -> tuple[Vector, Memory]:
    """s <- decay s + (1 - decay) g²;  w <- w - rate g / (√s + epsilon).

    Tieleman, T. and Hinton, G. (2012), Lecture 6.5, rmsprop, Neural Networks for Machine Learning, Coursera.

    >>> rmsprop((1.0,), (2.0,), 0.5, ((0.0,),), 0, {"decay": 0.75, "epsilon": 0.0})
    ((0.0,), ((1.0,),))
    """
    (before,) = memory
    decay = set_["decay"]
    squares = tuple(decay * s + (1 - decay) * g * g for s, g in zip(before, partials, strict=True))
    return _scaled(weights, partials, squares, rate, set_["epsilon"]), (squares,)


def adam(
    weights: Sequence[float],
    partials: Sequence[float],
    rate: float,
    memory: Memory,
    done: int,
    set_: Mapping[str, float],
) -> tuple[Vector, Memory]:
    """m <- beta1 m + (1 - beta1) g;  s <- beta2 s + (1 - beta2) g²;  w <- w - rate m̂ / (√ŝ + epsilon).

    m̂ = m / (1 - beta1^k) and ŝ = s / (1 - beta2^k) at the k-th update, counted from 1. Kingma, D. and Ba, J. (2015),
    Adam: a method for stochastic optimization, arXiv:1412.6980, algorithm 1; s is v there.

    >>> adam((1.0,), (2.0,), 0.5, ((0.0,), (0.0,)), 0, {"beta1": 0.5, "beta2": 0.75, "epsilon": 0.0})
    ((0.5,), ((1.0,), (1.0,)))
    """
    means, squares = memory
    beta1, beta2 = set_["beta1"], set_["beta2"]
    means = tuple(beta1 * m + (1 - beta1) * g for m, g in zip(means, partials, strict=True))
    squares = tuple(beta2 * s + (1 - beta2) * g * g for s, g in zip(squares, partials, strict=True))
    share1, share2 = 1 - beta1 ** (done + 1), 1 - beta2 ** (done + 1)
    first = tuple(m / share1 for m in means)
    second = tuple(s / share2 for s in squares)
    return _scaled(weights, first, second, rate, set_["epsilon"]), (means, squares)


def _scaled(
    weights: Sequence[float], moves: Sequence[float], squares: Sequence[float], rate: float, epsilon: float
) -> Vector:
    return tuple(w - rate * _share(move, s, epsilon) for w, move, s in zip(weights, moves, squares, strict=True))


def _share(move: float, square: float, epsilon: float) -> float:
    size = math.sqrt(square) + epsilon if square >= 0 else math.nan
    return move / size if size else move


METHODS: dict[str, Method] = {
    "gradient-descent": Method(title=tr("Gradient descent"), equation="w ← w − rate·g", update=_plain),
    "momentum": Method(
        title=tr("Momentum"),
        equation="v ← momentum·v + g;  w ← w − rate·v",
        update=momentum,
        remembers=("v",),
        options={"momentum": 0.9},
    ),
    "nesterov": Method(
        title=tr("Nesterov's momentum"),
        equation="v ← momentum·v + g;  w ← w − rate·(g + momentum·v)",
        update=nesterov,
        remembers=("v",),
        options={"momentum": 0.9},
    ),
    "rmsprop": Method(
        title="RMSProp",
        equation="s ← decay·s + (1 − decay)·g²;  w ← w − rate·g/(√s + epsilon)",
        update=rmsprop,
        remembers=("s",),
        options={"decay": 0.99, "epsilon": 1e-8},
        is_scaled=True,
    ),
    "adam": Method(
        title=tr("Adam"),
        equation="m ← beta1·m + (1 − beta1)·g;  s ← beta2·s + (1 − beta2)·g²;  w ← w − rate·m̂/(√ŝ + epsilon)",
        update=adam,
        remembers=("m", "s"),
        options={"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        is_scaled=True,
    ),
}
