"""How fast and how well wrong answers are diagnosed: `PYTHONPATH=.:tests python tests/bench/slips.py`.

Three figures: the time of a diagnosis on the gradient of the three-weight house loss; the share of generated single slips, over
the course's exercises and typical functions, whose id is among those reported; the share of random wrong answers that are said
to be slips. Those are drawn without a look at any rule; when one happens to be the very answer that a slip gives (x^4 for x^5),
it counts as accused all the same, so short answers and numbers are told apart from the rest.
"""

from __future__ import annotations

import math
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from marking.slips.mistakes import MISTAKES, d, grad

from tutor.errors import Unreadable
from tutor.lesson.model import AnyExercise, Derivative, Expression, Gradient, NumberAnswer
from tutor.lesson.read import read_course
from tutor.marking.question import Question, ask
from tutor.marking.slips.diagnose import Diagnosis, diagnose, diagnose_parts
from tutor.marking.slips.explain import guesses_safely, target_of
from tutor.marking.slips.formula import formula_guesses
from tutor.marking.slips.landscape import landscape_of
from tutor.marking.slips.search import repeatable
from tutor.marking.slips.whole import Asked, guesses
from tutor.maths.grammar import canonical
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.show import show_line
from tutor.maths.tidy import tidy
from tutor.maths.tree import Name, Negative, Node, Number, Power, Product, Sum, Tuple, number, rebuild, substitute, walk

LOSS = "(w1*sqft + w2*beds + b - price)^2/2"
FUNCTIONS = (
    *(d(of) for of in """
x^5; 3x^2 + 7; x^3 - 4x; 5x^4 - 2x^3 + x - 9; x^-3; 1/x^3; 4/x; sqrt x; x^(3/2); 6x^(1/3); (x + 3)^2; (3x + 1)^5; (2x^2 - 5)^3
sqrt(x^2 + 1); 1/(x^2 + 1); e^x; e^(3x); e^-x; 2^x; 5*2^(3x); x e^x; x^2 e^(-x); ln x; ln(3x); ln(x^2 + 1); x ln x; sin x; cos x
sin 3x; cos(x^2); tan x; x^2 sin x; sin(x) cos(x); sin((2x+1)^3); (x^2+1)/(x-3); x/(x+1); sin(x)/x; e^x/(1+x^2); asin(2x^2)
tanh x; sigmoid(x); sigmoid(3x - 1); relu(2x - 1); ln(sin x); e^(sin x); (1 - e^x)^3; x^x; x sin(x) e^x; atan(x/2)
""".replace("\n", ";").split(";") if of.strip()),
    d("x^2*y + y^3"), d("x^3 + 2xy"), d("x^2*y", "y"), d("x^y", "y"), d("sin(x*y)"), d("a x^2 + b x + c"), d("e^(x*y)", "y"),
    d("x/y", "y"), d("x^3*y^2", "x y"), d("x^4", "x x"), d("sin(2x)", "x x"), d("x e^x", "x x"), d("x^2*y + sin(y)", "y y"),
    d("(w*x + b - y)^2", "w"), d("(y - w*x - b)^2", "b"), d("((w*1 + b - 4)^2 + (w*2 + b - 13)^2)/2", "w"),
    d("(v*tanh(w*x + b) + c - y)^2", "w"), d("(v*tanh(w*x + b) + c - y)^2", "v"), d("(sigmoid(w*x + b) - y)^2", "w"),
    grad("x^2 + 3x*y - y^2", "x y"), grad("x*y*z", "x y z"),
    Gradient(ask="", of=LOSS, by=("w1", "w2", "b"), variables=("sqft", "beds", "price")),
)  # fmt: skip


def course() -> list[AnyExercise]:
    lessons = Path(__file__).parents[2] / "lessons"
    return [
        exercise
        for lesson in read_course(lessons).lessons
        for exercise in lesson.exercises
        if isinstance(exercise, Derivative | Gradient | NumberAnswer | Expression)
    ]


def told(exercise: AnyExercise, question: Question, answer: Node) -> Diagnosis | None:
    if isinstance(exercise, Gradient):
        return diagnose_parts(exercise, question, answer)
    return diagnose(exercise, question, answer)


# --- generated slips


def slips_of(exercise: AnyExercise) -> Iterator[tuple[str, Node]]:
    """Every single slip that can be made in an exercise: its id, and the answer that it gives, tidied."""
    question = ask(exercise)
    if isinstance(exercise, Gradient) and isinstance(question.right, Tuple) and question.of is not None:
        for place, name in enumerate(exercise.by):
            right = question.right.items
            for id_, wrong in wrongs(question.of, (canonical(name),), right[place], question.names):
                yield id_, Tuple((*right[:place], wrong, *right[place + 1 :]))
    elif isinstance(exercise, Derivative) and question.of is not None:
        yield from wrongs(question.of, tuple(map(canonical, exercise.by)), question.right, question.names)
    elif isinstance(exercise, NumberAnswer):
        yield from wrong_numbers(exercise)
    else:
        for guess in formula_guesses(question.right, show_line):
            yield guess.id, tidy(guess.answer)


def wrongs(of: Node, by: tuple[str, ...], right: Node, names: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
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


def wrong_numbers(exercise: NumberAnswer) -> Iterator[tuple[str, Node]]:
    formula = parse_free(exercise.of, (*exercise.by, *exercise.at))
    values = {canonical(name): parse_free(text) for name, text in exercise.at.items()}
    by = tuple(map(canonical, exercise.by))
    if by:
        made = wrongs(formula, by, derivative(formula, by), tuple(values))
    else:
        made = ((guess.id, guess.answer) for guess in formula_guesses(formula, show_line))
    for id_, wrong in made:
        yield id_, tidy(substitute(wrong, values))


def is_wrong(exercise: AnyExercise, question: Question, answer: Node) -> bool:
    """Whether an answer has values, and they differ from the right ones."""
    pairs = zip(
        answer.items if isinstance(answer, Tuple) else (answer,),
        question.right.items if isinstance(question.right, Tuple) else (question.right,),
        strict=True,
    )
    for mine, right in pairs:
        if question.names:
            if target_of(mine, right, question.of or right, question.names) is not None:
                return True
        else:
            a, b = compile_float(mine, ())(()), compile_float(right, ())(())
            if math.isfinite(a) and abs(a - b) > 1e-9 * max(abs(a), abs(b), 1e-9):
                return True
    return False


def share_named(exercises: list[AnyExercise]) -> None:
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    shown = 0
    for exercise in exercises:
        question = ask(exercise)
        for id_, answer in slips_of(exercise):
            try:
                if not is_wrong(exercise, question, answer):
                    continue
            except (TypeError, KeyError, Unreadable):
                continue
            made[id_] += 1
            found = told(exercise, question, answer)
            if found is None or id_ not in found.slips:
                missed[id_] += 1
                shown += 1
                if shown <= 12:
                    of = getattr(exercise, "of", "") or getattr(exercise, "answer", "")
                    print(
                        f"  missed {id_}: {of} by {getattr(exercise, 'by', ())} -> {show_line(answer)}: {found and found.slips}"
                    )
    total, lost = made.total(), missed.total()
    print(f"single slips: {total} of {len(made)} ids; named {1 - lost / total:.2%}; missed {dict(missed)}")


# --- random wrong answers


def random_answer(random: Random, names: tuple[str, ...], depth: int) -> Node:
    """A formula such as people write, drawn without a look at any rule."""
    kind = random.random()
    if depth == 0 or kind < 0.2:
        return Name(random.choice(names)) if names and random.random() < 0.7 else number(random.randint(1, 12))
    if kind < 0.45:
        terms = [random_answer(random, names, depth - 1) for _ in range(random.randint(2, 3))]
        return Sum(tuple(Negative(term) if random.random() < 0.3 else term for term in terms))
    if kind < 0.75:
        return Product(tuple(random_answer(random, names, depth - 1) for _ in range(2)))
    return Power(random_answer(random, names, depth - 1), number(random.randint(2, 4)))


def spoilt(random: Random, right: Node) -> Node:
    """The right answer with one number in it changed to another, or one name to another number."""
    leaves = [part for part in walk(right) if isinstance(part, Number | Name)]
    chosen = random.choice(leaves)
    return _replaced(right, chosen, number(random.randint(2, 29)))


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    return rebuild(node, tuple(_replaced(child, old, new) for child in node.children))


def share_accused(exercises: list[AnyExercise], seed: int) -> None:
    for kind in ("drawn", "spoilt", "numbers"):
        random, tried, accused, pairs, long, long_accused = Random(seed), 0, 0, 0, 0, 0
        for exercise in exercises:
            question = ask(exercise)
            if isinstance(exercise, NumberAnswer) is not (kind == "numbers"):
                continue
            for _ in range(20):
                answer = _random_for(random, kind, question)
                if not is_wrong(exercise, question, answer):
                    continue
                tried += 1
                is_long = len(list(walk(answer))) > 4
                long += is_long
                found = told(exercise, question, answer)
                if found is not None and found.slips:
                    accused += 1
                    long_accused += is_long
                    pairs += "Two things" in found.message
                    if accused <= 8:
                        of = getattr(exercise, "of", "") or getattr(exercise, "answer", "")
                        print(f"  accused: {of} -> {show_line(answer)}: {found.slips} {found.message[:40]}")
        print(
            f"random, {kind}: {tried} answers, accused {accused / max(1, tried):.2%} ({pairs} as two slips);"
            f" of {long} longer than x^2 or 4x {long_accused / max(1, long):.2%}"
        )


def _random_for(random: Random, kind: str, question: Question) -> Node:
    if kind == "numbers":
        size = abs(compile_float(question.right, ())(()))
        return number(round(random.uniform(-2, 2) * max(size, 10)))
    parts = question.right.items if isinstance(question.right, Tuple) else (question.right,)
    made = [
        tidy(random_answer(random, question.names, 3)) if kind == "drawn" else tidy(spoilt(random, part))
        for part in parts
    ]
    return Tuple(tuple(made)) if isinstance(question.right, Tuple) else made[0]


# --- time


def times() -> None:
    exercise = Gradient(ask="", of=LOSS, by=("w1", "w2", "b"), variables=("sqft", "beds", "price"))
    question, random = ask(exercise), Random(1)
    assert isinstance(question.right, Tuple)
    answers = [answer for _, answer in slips_of(exercise) if is_wrong(exercise, question, answer)]
    wilds = [Tuple(tuple(tidy(spoilt(random, part)) for part in question.right.items)) for _ in range(60)]
    wilds += [Tuple(tuple(random_answer(random, question.names, 3) for _ in range(3))) for _ in range(60)]
    for name, asked in (("slips", answers), ("wild answers, three parts wrong", wilds)):
        spent = []
        for answer in asked:
            landscape_of.cache_clear()
            started = time.perf_counter()
            told(exercise, question, answer)
            spent.append((time.perf_counter() - started) * 1000)
        spent.sort()
        worst = spent[min(len(spent) - 1, math.ceil(0.99 * len(spent)) - 1)]
        print(f"{name}: {len(spent)} diagnoses, median {statistics.median(spent):.1f} ms, p99 {worst:.1f} ms")


if __name__ == "__main__":
    everything = [*course(), *FUNCTIONS]
    print(f"{len(everything)} exercises, {len(MISTAKES)} worked examples")
    times()
    share_named(everything)
    share_accused(everything, 7)
