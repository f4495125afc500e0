"""Update rules: from a point and its gradient to the next point, and nothing else."""

from collections.abc import Callable, Sequence

Method = Callable[[Sequence[float], Sequence[float], float], tuple[float, ...]]


def gradient_descent(weights: Sequence[float], partials: Sequence[float], rate: float) -> tuple[float, ...]:
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


METHODS: dict[str, Method] = {"gradient-descent": gradient_descent}
