"""Every single slip that can be made in an exercise, made: for proofs and figures, not for a learner's answer."""

from collections.abc import Iterator

from tutor.lesson.model import Derivative, Gradient, NumberAnswer
from tutor.marking.answer import FormulaExercise
from tutor.marking.question import ask
from tutor.marking.slips.explain import guesses_safely
from tutor.marking.slips.formula import formula_guesses
from tutor.marking.slips.landscape import landscape_of
from tutor.marking.slips.search import repeatable
from tutor.marking.slips.whole import Asked, guesses
from tutor.maths.grammar import canonical
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.show import show_line
from tutor.maths.tidy import tidy
from tutor.maths.tree import Node, Tuple, substitute


def slips_of(exercise: FormulaExercise) -> Iterator[tuple[str, Node]]:
    """Every single slip that can be made in an exercise: its id, and the answer that it gives, tidied."""
    question = ask(exercise)
    if isinstance(exercise, Gradient) and isinstance(question.right, Tuple) and question.of is not None:
        for place, name in enumerate(exercise.by):
            right = question.right.items
            for id_, wrong in _wrongs(question.of, (canonical(name),), right[place], question.names):
                yield id_, Tuple((*right[:place], wrong, *right[place + 1 :]))
    elif isinstance(exercise, Derivative) and question.of is not None:
        yield from _wrongs(question.of, tuple(map(canonical, exercise.by)), question.right, question.names)
    elif isinstance(exercise, NumberAnswer):
        yield from _wrong_numbers(exercise)
    else:
        for guess in formula_guesses(question.right, show_line):
            yield guess.id, tidy(guess.answer)


def _wrongs(of: Node, by: tuple[str, ...], right: Node, names: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
    asked = Asked(of=of, by=by, right=right, names=names)
    for guess in guesses_safely(lambda: guesses(asked, show_line)):
        yield guess.id, tidy(guess.answer)
    landscape = landscape_of(derivative(of, by[:-1]) if by[:-1] else of, by[-1])
    for number_, site in enumerate(landscape.sites):
        for wrong in site.wrongs:
            yield wrong.twin.id, tidy(landscape.tree({number_: wrong}))
    for id_, variant in repeatable(landscape):
        yield id_, tidy(landscape.tree(landscape.everywhere(id_, variant)))
    if len(by) == 2:
        first = landscape_of(of, by[0])
        for number_, site in enumerate(first.sites):
            for wrong in site.wrongs:
                yield wrong.twin.id, derivative(tidy(first.tree({number_: wrong})), by[1:])


def _wrong_numbers(exercise: NumberAnswer) -> Iterator[tuple[str, Node]]:
    formula = parse_free(exercise.of, (*exercise.by, *exercise.at))
    values = {canonical(name): parse_free(text) for name, text in exercise.at.items()}
    by = tuple(map(canonical, exercise.by))
    if by:
        made = _wrongs(formula, by, derivative(formula, by), tuple(values))
    else:
        made = ((guess.id, guess.answer) for guess in formula_guesses(formula, show_line))
    for id_, wrong in made:
        yield id_, tidy(substitute(wrong, values))
