"""What went wrong in an answer, and what to tell: ids of the slips that give that very answer, and a sentence or two.

Asked only of answers known to be wrong. It takes milliseconds, and says nothing rather than guess.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

import msgspec
from msgspec.structs import replace

from tutor.errors import Unreadable
from tutor.lesson.model import AnyExercise, Derivative, Expression, Gradient, NumberAnswer
from tutor.marking.question import Question
from tutor.marking.slips.explain import Explanation, explain, explain_formula, target_at, target_of
from tutor.marking.slips.foreseen import is_foreseen
from tutor.marking.slips.generic import relation
from tutor.marking.slips.probe import Probe, is_close
from tutor.marking.slips.registry import SLIPS, is_of_training, is_taught, kin, rank
from tutor.marking.slips.search import Target
from tutor.marking.slips.twin import Said, Show
from tutor.marking.slips.vector import diagnose_list
from tutor.marking.slips.whole import Asked
from tutor.maths.grammar import canonical
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.show import show_line
from tutor.maths.tree import Name, Node, Number, Tuple, rebuild, variables, walk
from tutor.words import tr

SECONDS = 0.12
"For a diagnosis, so that two slips together are looked for no longer than that."
_MOST_SHOWN = 44
"Characters of a formula in a message."


Skills = Collection[str] | None
"Ids of what the learner has been taught; None where nothing is known of that."

_MORE_SPECIAL = {"C6": "E9", "P2": "P6", "Q4": "P5"}
"A slip to the one that is the same mistake seen closer: the sign of an exponent is a sign."


class Diagnosis(msgspec.Struct, frozen=True):
    """What was found."""

    slips: tuple[str, ...]
    "Likeliest first; empty where only the relation to the right answer is known."
    message: str
    "One or two plain sentences, or three short ones."
    is_of_all: bool = False
    "For a gradient: whether the list as a whole is spoken of, rather than its first wrong part."


def diagnose(exercise: AnyExercise, question: Question, answer: Node, *, seconds: float = SECONDS) -> Diagnosis | None:
    """What explains a wrong answer, or None.

    Args:
        answer: as `read_answer` gives it; one part of a gradient is asked about by `diagnose_part`.
    """
    deadline = time.monotonic() + seconds
    show = _showing(question)
    try:
        match exercise:
            case Derivative():
                return _derivative(exercise, question, answer, show, deadline)
            case NumberAnswer():
                return _number(exercise, question, answer, show, deadline)
            case Expression() if not isinstance(question.right, Tuple):
                return _expression(exercise, question, answer, show)
    except (Unreadable, RecursionError):  # a further derivative, or a formula, that has grown too large
        return None
    return None


def diagnose_parts(exercise: Gradient, question: Question, answer: Node) -> Diagnosis | None:
    """What explains a gradient with parts that are wrong, or with too few of them; the first wrong one is spoken of."""
    deadline = time.monotonic() + SECONDS
    right = question.right
    if not isinstance(right, Tuple):
        return None
    whole = diagnose_list(answer, right, question.names)
    if whole is not None:
        return Diagnosis(
            (whole[0],), _sentence([Explanation((whole[0],), (whole[1],), 1)], exercise.taught), is_of_all=True
        )
    if not isinstance(answer, Tuple) or len(answer.items) != len(right.items):
        return None
    show = _showing(question)
    found = [
        _part(question, name, theirs, mine, show, deadline, exercise.taught)
        for name, mine, theirs in zip(exercise.by, answer.items, right.items, strict=True)
    ]
    wrong = [diagnosis for diagnosis in found if diagnosis is not None]
    explained = sum(bool(diagnosis.message) for diagnosis in wrong)
    if 2 * explained < len(wrong) or not wrong:  # a part or two of a wild list look like slips by accident
        return None
    return Diagnosis(_joined(wrong), wrong[0].message, is_of_all=_is_one_relation(found))


def _is_one_relation(found: Sequence[Diagnosis | None]) -> bool:
    """Whether every part stands to the right one in the same way, such as twice as large."""
    first = found[0]
    return first is not None and not first.slips and all(part == first for part in found)


def _part(
    question: Question, name: str, right: Node, answer: Node, show: Show, deadline: float, skills: Skills
) -> Diagnosis | None:
    """None for a part that is right; without slips and words for a wrong one that nothing explains."""
    if question.of is None or (target := target_of(answer, right, question.of, question.names)) is None:
        return None
    asked = Asked(of=question.of, by=(canonical(name),), right=right, names=question.names)
    try:
        return _told(explain(answer, asked, target, show, deadline), target, skills) or Diagnosis((), "")
    except (Unreadable, RecursionError):
        return Diagnosis((), "")


def _joined(found: Sequence[Diagnosis]) -> tuple[str, ...]:
    """The slips of several parts: first those that explain all of them."""
    each = [diagnosis.slips for diagnosis in found]
    ids = list(dict.fromkeys(id_ for slips in each for id_ in slips))
    return tuple(sorted(ids, key=lambda id_: -sum(id_ in slips for slips in each)))


def _derivative(
    exercise: Derivative, question: Question, answer: Node, show: Show, deadline: float
) -> Diagnosis | None:
    if question.of is None or (target := target_of(answer, question.right, question.of, question.names)) is None:
        return None
    target = replace(target, is_foreseen=is_foreseen(exercise, question, answer))
    by = tuple(canonical(name) for name in exercise.by)
    asked = Asked(of=question.of, by=by, right=question.right, names=question.names)
    return _told(explain(answer, asked, target, show, deadline), target, exercise.taught)


def _expression(exercise: Expression, question: Question, answer: Node, show: Show) -> Diagnosis | None:
    target = target_of(answer, question.right, question.right, question.names)
    if target is None:
        return None
    target = replace(target, is_foreseen=is_foreseen(exercise, question, answer))
    return _told(explain_formula(answer, question.right, target, show), target, exercise.taught)


def _number(exercise: NumberAnswer, question: Question, answer: Node, show: Show, deadline: float) -> Diagnosis | None:
    if variables(answer):
        return None
    formula = parse_free(exercise.of, (*exercise.variables, *exercise.let, *exercise.by, *exercise.at))
    by = tuple(canonical(name) for name in exercise.by)
    right = derivative(formula, by) if by else formula
    values = {canonical(name): compile_float(parse_free(text), ())(()) for name, text in exercise.at.items()}
    names = tuple(values)
    for places in (None, _places(answer)):
        if places == 0:
            return None
        target = target_at([Probe(dict(values))], answer, right, places)
        if target is None:
            return None
        target = replace(target, is_foreseen=is_foreseen(exercise, question, answer))
        if by:
            asked = Asked(of=formula, by=by, right=right, names=names, has_values=True)
            found = explain(answer, asked, target, show, deadline)
        else:
            found = explain_formula(answer, formula, target, show)
        if found:
            return Diagnosis(_ids(found), _sentence(found, exercise.taught, is_number=True))
        if target.mine[0] and is_close(target.mine[0], -target.right[0]):
            return Diagnosis((), tr("Your number is right but for its sign."))
    return None


def _places(answer: Node) -> int:
    """Decimals typed, where there are enough digits that the answer may be a rounded one; else 0."""
    decimals = 0
    for node in walk(answer):
        if isinstance(node, Number) and "." in node.text:
            whole, _, after = node.text.partition(".")
            if len(after) >= 2 and len((whole + after).lstrip("0")) >= 3:
                decimals = max(decimals, len(after))
    return decimals


# --- telling


def _told(found: list[Explanation], target: Target, skills: Skills) -> Diagnosis | None:
    if found:
        return Diagnosis(_ids(found), _sentence(found, skills) or relation(target))
    message = relation(target)
    return Diagnosis((), message) if message else None


def _ids(found: list[Explanation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for group in _kinds(found) for explanation in group for id_ in explanation.ids))


def _kinds(found: list[Explanation]) -> list[list[Explanation]]:
    """Explanations that are of one kin together, special cases first; the likeliest kin first."""
    ordered = sorted(found, key=lambda explanation: (len(explanation.ids), *map(rank, explanation.ids)))
    kinds: dict[tuple[str, ...], list[Explanation]] = {}
    for explanation in ordered:
        kinds.setdefault(tuple(sorted(map(kin, explanation.ids))), []).append(explanation)
    return [sorted(kind, key=lambda explanation: not SLIPS[explanation.ids[0]].case_of) for kind in kinds.values()]


def _sentence(found: list[Explanation], skills: Skills, *, is_number: bool = False) -> str:
    """The likeliest explanation, or the two likeliest where they are different ones; nothing of what was not taught."""
    found = [one for one in found if all(is_taught(id_, skills) for id_ in one.ids)]
    if not found:
        return ""
    first, *others = _without_doubles([kind[0] for kind in _kinds(found)])
    if len(first.ids) == 1 and kin(first.ids[0]) == "K1":
        others = [other for other in others if not (other.is_inside and kin(other.ids[0]) == "C3")]
    if is_of_training(first.ids[0]):  # the same answer by a general rule says less of what was meant
        others = [other for other in others if is_of_training(other.ids[0])]
    if len(first.ids) == 2:
        return tr(
            "Two things may have come together: you {did}, and you {did2}.",
            did=first.said[0].did,
            did2=first.said[1].did,
        )
    said: Said = first.said[0]
    if others and others[0].said[0].did != said.did:
        other = others[0].said[0]
        if is_number:
            return tr("Perhaps you {did}, or you {did2}.", did=said.did, did2=other.did)
        return tr("Either you {did}, or you {did2}.", did=said.did, did2=other.did)
    told = tr("It looks as if you {did}.", did=said.did) if is_number else tr("You {did}.", did=said.did)
    return f"{told} {said.nudge}"


def _without_doubles(ordered: list[Explanation]) -> list[Explanation]:
    """Without an explanation that says more generally what another one says as well."""
    ids = {one.ids for one in ordered}
    return [one for one in ordered if (_MORE_SPECIAL.get(one.ids[0], ""),) not in ids or len(one.ids) > 1]


def _showing(question: Question) -> Show:
    """Formulas as the learner of this exercise writes them, with its abbreviations, cut where they are long."""
    short = {tree: Name(name) for name, tree in question.abbreviations.items()}

    def show(node: Node) -> str:
        line = show_line(_abbreviated(node, short))
        return line if len(line) <= _MOST_SHOWN else line[: _MOST_SHOWN - 1].rstrip() + "…"

    return show


def _abbreviated(node: Node, short: dict[Node, Name]) -> Node:
    if not short:
        return node
    if node in short:
        return short[node]
    return rebuild(node, tuple(_abbreviated(child, short) for child in node.children))
