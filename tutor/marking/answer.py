"""A typed answer as a tree: its unit taken away, read with the exercise's letters, with as many parts as were asked for."""

from typing import Final

from tutor.errors import Unreadable
from tutor.lesson.model import Derivative, Expression, Gradient, NumberAnswer
from tutor.marking.question import Question
from tutor.maths.parse import parse
from tutor.maths.tree import Node, Tuple, substitute, without_brackets
from tutor.words import tr

FormulaExercise = Derivative | Gradient | NumberAnswer | Expression
"The kinds whose answer is a formula, or a list of them."


_DEGREES: Final = ("degrees", "degree", "°C", "°")
"Spellings of one unit, longer ones first; a unit that the question asks for is no angle."


class MiscountedError(Unreadable):
    """A list of the wrong length, which may yet be a mistake worth explaining."""

    def __init__(self, message: str, tree: Node) -> None:
        self.tree = tree
        super().__init__(message, 0)


def read_answer(exercise: FormulaExercise, question: Question, text: str) -> Node:
    """The tree of an answer, brackets gone and abbreviations written out.

    Raises:
        Unreadable: the text is no answer to this kind of question.
    """
    return substitute(read_typed(exercise, question, text), question.abbreviations)


def read_typed(exercise: FormulaExercise, question: Question, text: str) -> Node:
    """The tree of an answer, brackets gone, abbreviations as they were typed.

    Raises:
        Unreadable: the text is no answer to this kind of question.
    """
    tree = without_brackets(parse(without_unit(exercise, text), question.vocabulary))
    wanted = len(question.right.items) if isinstance(question.right, Tuple) else 1
    given = len(tree.items) if isinstance(tree, Tuple) else 1
    if wanted > 1 and given != wanted:
        message = tr(
            "{wanted} parts are wanted, in brackets with commas between; this has {given}.", wanted=wanted, given=given
        )
        raise MiscountedError(message, tree)
    if wanted == 1 and given > 1:
        column = next((index for index, char in enumerate(text) if char in ",;"), 0)
        raise Unreadable(
            tr("One value is wanted. A decimal is written with a point, and thousands without a comma."), column
        )
    return tree


def without_unit(exercise: FormulaExercise, text: str) -> str:
    """The text without the unit that may stand behind a number."""
    unit = exercise.unit if isinstance(exercise, NumberAnswer) else ""
    bare = text.rstrip()
    for spelling in (unit, *(_DEGREES if unit in _DEGREES else ())):
        if spelling and bare.endswith(spelling):
            return bare.removesuffix(spelling)
    return text
