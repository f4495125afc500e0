"""Answers that are right but for a letter: another one than the question's, or the + C of an integral.

An unknown letter leaves an answer unreadable, which costs nothing; but what is right about it may be said all the same.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Final

from tutor.errors import Unreadable
from tutor.lesson.model import Derivative, Gradient
from tutor.marking.answer import FormulaExercise, without_unit
from tutor.marking.equal import Prover, Sameness, compare
from tutor.marking.parts import quoted, terms, unsigned
from tutor.marking.question import Question
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.grammar import Vocabulary, canonical, display_name
from tutor.maths.names import UnknownName
from tutor.maths.parse import parse
from tutor.maths.rules import derivative
from tutor.maths.tree import Name, Node, Sum, Tuple, number, substitute, variables, without_brackets
from tutor.words import tr, tr_n

_OF_INTEGRALS: Final = frozenset({"C", "c"})
_MOST_STRANGERS: Final = 3


def of_stranger(
    exercise: FormulaExercise, question: Question, text: str, error: UnknownName, prover: Prover
) -> Verdict:
    """The verdict on an answer with an unknown letter, which says what is right about it where something is."""
    answer = _read_freely(exercise, question, text)
    message, slips = ("", ()) if answer is None else _about_letters(exercise, question, answer, prover)
    return Verdict(
        outcome=Outcome.UNREADABLE,
        message=message or error.message,
        column=error.column,
        slips=slips,
        decided_by="reading",
    )


def said_of_letters(exercise: FormulaExercise, question: Question, answer: Node, prover: Prover) -> str:
    """A sentence about an answer with a letter that the right one has not; empty when that explains nothing."""
    return _about_letters(exercise, question, answer, prover)[0]


def _about_letters(
    exercise: FormulaExercise, question: Question, answer: Node, prover: Prover
) -> tuple[str, tuple[str, ...]]:
    """The sentence, and the slip that it speaks of."""
    strangers = sorted(variables(answer) - variables(question.right))
    own = variables(question.of) if question.of is not None else frozenset()
    constant = next((name for name in strangers if name in _OF_INTEGRALS - own and _is_added(name, answer)), None)
    if constant is not None:
        return _said_of_constant(exercise, question, answer, constant, prover), ()
    message = _said_of_others(question, answer, strangers, prover) if strangers else ""
    return message, ("C9",) if message else ()


def _read_freely(exercise: FormulaExercise, question: Question, text: str) -> Node | None:
    """The answer with a few letters that the exercise does not know; None where it cannot be read even so."""
    vocabulary = question.vocabulary
    for _ in range(_MOST_STRANGERS + 1):
        try:
            tree = without_brackets(parse(without_unit(exercise, text), vocabulary))
        except UnknownName as error:
            vocabulary = Vocabulary.of(*vocabulary.variables, error.name)
        except Unreadable:
            return None
        else:
            return substitute(tree, question.abbreviations)
    return None


def _said_of_others(question: Question, answer: Node, strangers: Sequence[str], prover: Prover) -> str:
    """Whether the answer is right once each strange letter is one of the question's."""
    missing = sorted(variables(question.right) - variables(answer))
    if len(missing) != len(strangers) or len(strangers) > _MOST_STRANGERS:
        return ""
    for letters in permutations(missing):
        moved = substitute(answer, {old: Name(new) for old, new in zip(strangers, letters, strict=True)})
        if _is_right(moved, question, prover):
            return tr_n(
                "Right, but in the wrong letter: this is about {letters}; you wrote {strangers}.",
                "Right, but in the wrong letters: this is about {letters}; you wrote {strangers}.",
                len(strangers),
                letters=_listed(letters),
                strangers=_listed(strangers),
            )
    return ""


def _listed(names: Iterable[str]) -> str:
    return tr(" and ").join(display_name(name) for name in names)


# --- the constant of integration


def _is_added(constant: str, answer: Node) -> bool:
    """Whether the constant is a term of its own in the answer, or in a part of it, and stands nowhere else."""
    mine = Name(constant)
    sums = [item for item in _items(answer) if isinstance(item, Sum)]
    others = [term for item in _items(answer) for term in terms(item) if unsigned(term) != mine]
    return any(unsigned(term) == mine for item in sums for term in terms(item)) and not any(
        constant in variables(term) for term in others
    )


def _said_of_constant(
    exercise: FormulaExercise, question: Question, answer: Node, constant: str, prover: Prover
) -> str:
    rest = substitute(answer, {constant: number(0)})
    if variables(rest) - set(question.names):
        return ""
    is_derivative = isinstance(exercise, Derivative | Gradient)
    if _is_right(rest, question, prover):
        why = tr("a derivative has none") if is_derivative else tr("it is not asked for here")
        return tr("Right but for the + {constant}: {why}. Leave it out.", constant=constant, why=why)
    if isinstance(exercise, Derivative) and _is_integral(rest, exercise, question, prover):
        of = quoted(question.of) if question.of is not None else tr("it")
        return tr("{answer} is the integral of {of}. Here the derivative is asked for.", answer=quoted(answer), of=of)
    return (
        tr("A derivative has no + {constant}: that belongs to an integral. Leave it out.", constant=constant)
        if is_derivative
        else ""
    )


def _is_integral(rest: Node, exercise: Derivative, question: Question, prover: Prover) -> bool:
    if question.of is None or len(exercise.by) != 1 or isinstance(rest, Tuple):
        return False
    try:
        slope = derivative(rest, [canonical(name) for name in exercise.by])
    except Unreadable:  # grown too large
        return False
    return compare(slope, question.of, question.names, prover).sameness is Sameness.EQUAL


def _is_right(answer: Node, question: Question, prover: Prover) -> bool:
    mine, theirs = _items(answer), _items(question.right)
    return len(mine) == len(theirs) and all(
        compare(one, other, question.names, prover).sameness is Sameness.EQUAL
        for one, other in zip(mine, theirs, strict=True)
    )


def _items(tree: Node) -> tuple[Node, ...]:
    return tree.items if isinstance(tree, Tuple) else (tree,)
