"""Where a run has ended, beside where the loss is smallest, in words."""

from tutor.descent.ended import Ended
from tutor.descent.figures import agreeing, apart, distances
from tutor.descent.run import Place, Stop
from tutor.words import tr


def whereabouts(ended: Ended) -> str:
    """Where the weights are, compared with where the loss is smallest."""
    if ended.optimum is None:
        return _around(ended)
    agreed = agreeing(ended.weights, ended.optimum)
    if agreed >= 3:
        return (
            tr(", and the weights agree with least squares to {agreed} significant figures", agreed=agreed)
            if ended.is_least_squares
            else tr(", and the weights agree with the bottom to {agreed} significant figures", agreed=agreed)
        )
    off = distances(ended.weights, ended.optimum)
    worst = off.index(max(off))
    is_at, goal = apart(ended.weights[worst], ended.optimum[worst])
    if ended.is_least_squares:
        return tr(
            ", and the loss is not at its smallest: {name} is {is_at}, least squares gives {goal}",
            name=ended.names[worst],
            is_at=is_at,
            goal=goal,
        )
    return tr(
        ", and the loss is not at its smallest: {name} is {is_at}, the bottom is at {goal}",
        name=ended.names[worst],
        is_at=is_at,
        goal=goal,
    )


def _around(ended: Ended) -> str:
    """What kind of place it is, where nobody knows the best one."""
    stands = ended.stop is Stop.CONVERGED
    match ended.place:
        case Place.BOTTOM if ended.is_too_fast and not stands:
            return tr(", swinging around a bottom, at which it does not come to rest")
        case Place.VALLEY if ended.is_too_fast and not stands:
            return tr(", swinging across a valley, in which it does not come to rest")
        case Place.BOTTOM:
            if stands:
                return tr(", at a bottom: the loss rises on every side")
            return tr(", close to a bottom: the loss rises on every side")
        case Place.VALLEY:
            if stands:
                return tr(
                    ", in a valley: the loss is level along one direction or more, where other weights do as well, and "
                    "nowhere around is it lower"
                )
            return tr(
                ", close to the bottom of a valley: along it the loss is level in one direction or more, where other weights "
                "do as well, and nowhere around is it lower"
            )
        case Place.INFLECTION:
            if stands:
                return tr(", at a level place that is no bottom: the loss only pauses there and falls on beyond it")
            return tr(", close to a level place that is no bottom: the loss only pauses there and falls on beyond it")
        case Place.SADDLE:
            if stands:
                return tr(
                    ", at a saddle: it is level there, but the loss falls on some side, and a start a little to that "
                    "side rolls down"
                )
            return tr(
                ", close to a saddle: it is level there, but the loss falls on some side, and a start a little to that "
                "side rolls down"
            )
        case Place.TOP:
            if stands:
                return tr(", at a top: it is level there, but the loss falls on every side")
            return tr(", close to a top: it is level there, but the loss falls on every side")
        case Place.PLATEAU:
            return tr(
                ", on a plateau: the loss has next to no slope and no bend there, as where a tanh or a sigmoid is "
                "saturated, so the weights hardly move; begin elsewhere, with smaller weights"
            )
        case Place.TAIL:
            return tr(
                ", where the loss levels out: what is left of it falls ever more slowly, towards a bottom infinitely far off"
            )
        case Place.SLOPE if stands and not ended.is_right:
            return tr(", but not at a bottom: the loss slopes there, and only the formulas used do not say so")
    return ""
