"""Typed text to the expression tree, by the grammar in design.md.

Nothing typed is ever evaluated: the result is a bounded tree, and every refusal says where and what to do.
"""

from tutor.errors import Unreadable
from tutor.maths.expression import ExpressionReader
from tutor.maths.grammar import Vocabulary
from tutor.maths.lexer import tokens
from tutor.maths.names import UnknownName
from tutor.maths.tree import Node, without_brackets

_MOST_LETTERS = 40
"Variables found in an author's formula; each costs a reading."


def parse(text: str, vocabulary: Vocabulary) -> Node:
    """The tree of a typed answer, brackets kept as `Group`; a list of values comes back as a `Tuple`, outermost.

    Raises:
        Unreadable: with the column and a remedy; `is_unfinished` when the text merely stops too soon.
    """
    found = tokens(text, vocabulary)
    try:
        return ExpressionReader(found).answer()
    except Unreadable:
        if sum(token.text == "|" for token in found) < 4:
            raise
        try:
            return ExpressionReader(found, bars_open_first=True).answer()
        except Unreadable:
            pass
        raise


def parse_free(text: str, names: tuple[str, ...] = ()) -> Node:
    """The tree of an author's formula: any single letter, with or without an index, is a variable.

    Args:
        names: longer names that the formula may use, such as `sqft`.

    Raises:
        Unreadable: as `parse`.
    """
    return without_brackets(parse(text, free_vocabulary(text, names)))


def free_vocabulary(text: str, names: tuple[str, ...] = ()) -> Vocabulary:
    """The names given, and each single letter of the text (with its index) that is not otherwise known."""
    vocabulary = Vocabulary.of(*names)
    for _ in range(_MOST_LETTERS):
        try:
            tokens(text, vocabulary)
        except UnknownName as error:
            vocabulary = Vocabulary.of(*vocabulary.variables, error.name)
        except Unreadable:
            break
        else:
            break
    return vocabulary
