"""A typed answer as a tree: its unit taken away, read with the exercise's letters, with as many parts as were asked for."""

import re
from typing import Final

from tutor.errors import Unreadable
from tutor.lesson.model import Derivative, Expression, Gradient, NumberAnswer
from tutor.marking.question import Question
from tutor.maths.grammar import Vocabulary
from tutor.maths.parse import parse
from tutor.maths.tree import Node, Tuple, substitute, without_brackets
from tutor.words import tr

FormulaExercise = Derivative | Gradient | NumberAnswer | Expression
"The kinds whose answer is a formula, or a list of them."


_DEGREES: Final = ("degrees", "degree", "°C", "°")
"Spellings of one unit, longer ones first; a unit that the question asks for is no angle."


_COMMA: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),([0-9]+)")
"A number as half of Europe writes it: 0,25 or 1.234,5."


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
    bare = without_unit(exercise, text)
    tree = without_brackets(parse(bare, question.vocabulary))
    wanted, given = _parts(question.right), _parts(tree)
    meant = _with_points(bare, wanted, question.vocabulary) if given > wanted else ""
    if wanted > 1 and given != wanted:
        message = tr(
            "{wanted} parts are wanted, in brackets with commas between; this has {given}.", wanted=wanted, given=given
        )
        point = tr(" A decimal is written with a point: {meant}", meant=meant) if meant else ""
        raise MiscountedError(message + point, tree)
    if wanted == 1 and given > 1:
        column = next((index for index, char in enumerate(text) if char in ",;"), 0)
        raise Unreadable(_one_value(meant, bare), column)
    return tree


def _parts(tree: Node) -> int:
    return len(tree.items) if isinstance(tree, Tuple) else 1


def _with_points(text: str, wanted: int, vocabulary: Vocabulary) -> str:
    """The text with points for commas between digits, if it then has as many parts as are wanted; otherwise nothing."""
    pointed = _COMMA.sub(lambda found: f"{found[1].replace('.', '')}.{found[2]}", text).strip()
    try:
        return pointed if _parts(without_brackets(parse(pointed, vocabulary))) == wanted else ""
    except Unreadable:
        return ""


def _one_value(meant: str, text: str) -> str:
    if not meant:
        return tr("One value is wanted. A decimal is written with a point, and thousands without a comma.")
    if re.search(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9])", text) and "." not in text:
        whole = text.strip().replace(",", "")
        return tr(
            "One value is wanted. A decimal is written with a point: {meant}. Thousands have no comma: {whole}.",
            meant=meant,
            whole=whole,
        )
    return tr("One value is wanted. A decimal is written with a point: {meant}", meant=meant)


def without_unit(exercise: FormulaExercise, text: str) -> str:
    """The text without the unit that may stand behind a number."""
    unit = exercise.unit if isinstance(exercise, NumberAnswer) else ""
    bare = text.rstrip()
    for spelling in (unit, *(_DEGREES if unit in _DEGREES else ())):
        if spelling and bare.endswith(spelling):
            return bare.removesuffix(spelling)
    return text
