"""An exercise's formulas as trees: what may be typed, what is right, in which letters a difference is told.

Reads the author's texts once for each exercise; knows nothing of any answer.
"""

from functools import lru_cache

import msgspec

from tutor.errors import TutorError, Unreadable
from tutor.lesson.model import (
    AnyExercise,
    Choice,
    Derivative,
    Expression,
    Fix,
    Gradient,
    LineByLine,
    NumberAnswer,
    Order,
    Predict,
    Steer,
)
from tutor.maths.grammar import Vocabulary, canonical
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.tree import Call, Name, Node, Tuple, substitute, variables, walk
from tutor.words import tr


class BrokenExerciseError(TutorError):
    """An exercise whose own formulas cannot be used; its author should run `tutor check`."""


class Question(msgspec.Struct, frozen=True):
    """What marking needs of an exercise."""

    vocabulary: Vocabulary
    right: Node
    "The right answer, tidied; a `Tuple` for a gradient."
    names: tuple[str, ...]
    "The variables of the question, in the order in which a point is told."
    of: Node | None
    "What was to be differentiated."
    abbreviations: dict[str, Node]


@lru_cache(maxsize=256)
def _asked(key: bytes, kind: type) -> Question:
    return _ask(msgspec.json.decode(key, type=kind))


def ask(exercise: AnyExercise) -> Question:
    """The question behind an exercise, worked out when first asked for.

    Raises:
        BrokenExerciseError: a formula in it cannot be read.
    """
    # By content, since the same exercise comes over the wire anew with every answer, and dicts in it have no hash.
    return _asked(msgspec.json.encode(exercise), type(exercise))


def _ask(exercise: AnyExercise) -> Question:
    longer = (*exercise.variables, *exercise.let)
    try:
        match exercise:
            case Derivative(of=of, by=by):
                tree = parse_free(of, (*longer, *by))
                right = derivative(tree, [canonical(name) for name in by])
                return _question(exercise, tree, right, by)
            case Gradient(of=of, by=by):
                tree = parse_free(of, (*longer, *by))
                parts = tuple(derivative(tree, [canonical(name)]) for name in by)
                # Of one variable it is one formula: brackets around it would be no list.
                return _question(exercise, tree, Tuple(parts) if len(parts) > 1 else parts[0], by)
            case NumberAnswer():
                return _number(exercise, longer)
            case Expression(answer=answer):
                tree = parse_free(answer, longer)
                return _question(exercise, None, tree, tuple(sorted(variables(tree))))
            case Choice() | Predict() | Steer() | Fix() | Order() | LineByLine():
                raise BrokenExerciseError(tr("it asks for no formula"))
    except Unreadable as error:
        raise BrokenExerciseError(error.message) from error


def _number(exercise: NumberAnswer, longer: tuple[str, ...]) -> Question:
    tree = parse_free(exercise.of, (*longer, *exercise.by, *exercise.at))
    slope = derivative(tree, [canonical(name) for name in exercise.by]) if exercise.by else tree
    values = {canonical(name): parse_free(value) for name, value in exercise.at.items()}
    right = substitute(slope, values)
    left_over = variables(right)
    if left_over:
        raise BrokenExerciseError(tr("no value is given for {left_over}", left_over=", ".join(sorted(left_over))))
    if exercise.by and _is_at_corner(tree, right):
        raise BrokenExerciseError(tr("there is a corner at this point, and no derivative"))
    letters = [canonical(name) for name in exercise.variables]
    abbreviations = {name: substitute(formula, values) for name, formula in _abbreviations(exercise).items()}
    abbreviations |= {name: values[name] for name in letters if name in values}
    # What may be typed and has no value: an answer with it is wrong, unless it cancels.
    free = {name for name in letters if name not in values}.union(*map(variables, abbreviations.values()))
    names = tuple(sorted(free))
    return Question(Vocabulary.of(*names, *letters, *exercise.let), right, names, None, abbreviations)


def _is_at_corner(of: Node, slope: Node) -> bool:
    """Whether a bar bends there: its slope was taken for sign(0), which the function itself may have but no derivative has."""
    return not any(map(_is_sign, walk(of))) and any(
        _is_sign(node) and compile_float(node.children[0], ())(()) == 0 for node in walk(slope)
    )


def _is_sign(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "sign"


def _question(exercise: AnyExercise, of: Node | None, right: Node, first: tuple[str, ...]) -> Question:
    abbreviations = _abbreviations(exercise)
    known = {canonical(name) for name in exercise.variables}
    known |= variables(of) if of is not None else variables(right)
    known |= {name for tree in abbreviations.values() for name in variables(tree)}
    written = (node.name for node in walk(of if of is not None else right) if isinstance(node, Name))
    leading = tuple(dict.fromkeys((*written, *(canonical(name) for name in first))))
    names = (*leading, *sorted(known - set(leading)))
    return Question(Vocabulary.of(*names, *exercise.let), right, names, of, abbreviations)


def _abbreviations(exercise: AnyExercise) -> dict[str, Node]:
    longer = (*exercise.variables, *getattr(exercise, "by", ()))
    return {canonical(name): parse_free(formula, longer) for name, formula in exercise.let.items()}
