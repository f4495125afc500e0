"""What may be asked for on the exercise stood on, beyond what the session itself knows: the way to its answer, or its run."""

from __future__ import annotations

from tutor.lesson.model import Choice, Expression, Fix, Order, Predict, Steer
from tutor.study.session import Phase, Session


def has_steps(session: Session) -> bool:
    """Whether the way to the answer may be shown: it is right or shown, and can be worked out in steps."""
    is_known = session.phase in (Phase.RIGHT, Phase.SHOWN)
    if isinstance(session.exercise, Fix):
        return is_known and bool(session.exercise.of)
    return is_known and not isinstance(session.exercise, Choice | Expression | Predict | Steer | Order)


def has_run(session: Session) -> bool:
    """Whether there is a run to watch: foretold and known now, or steered by an answer that was judged."""
    match session.exercise:
        case Predict():
            return session.phase in (Phase.RIGHT, Phase.SHOWN)
        case Steer(id=id):
            return session.latest_text(id) is not None
    return False
