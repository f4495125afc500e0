"""How fast and how well wrong answers are diagnosed.

    PYTHONPATH=.:tests python tests/bench/slips.py [--write]

With --write the section of docs/benchmarks.md is written anew. All over the course's exercises and typical functions:

- time: of a diagnosis on the gradient of the three-weight house loss, nothing remembered from the one before.
- named: the share of generated single slips whose id is among those reported. A slip is made at one place of the rule tree, or
  wherever it can be, or in the whole; where that happens to give the right answer it is left out.
- accused: the share of wrong answers, drawn without a look at any rule, for which any slip is reported.
  - formulas: sums of a few terms in the exercise's letters (`3x^2 - sin(x)`, `4xy`, `7`), or nested ones (`(x + 2)^3*x`).
  - numbers: whole ones, of either sign, up to 100 or to four times the right one.
  - spoilt: the right answer with one number in it, or one sign, changed at random. This often is just what a slip does
    (`5x^4 - 4` to `5x^4 + 4`), so both figures are given: of all that are named, and of those accused falsely, where none of
    the slips named leads by itself, once or wherever it can be made, from the question to that very answer.
"""

from __future__ import annotations

import datetime
import math
import platform
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from marking.slips.mistakes import MISTAKES, d, grad

from tutor.lesson.model import AnyExercise, Derivative, Expression, Gradient, NumberAnswer
from tutor.lesson.read import read_course
from tutor.lesson.vary import FIRST_SEED, seeds_of, variant
from tutor.marking.question import Question, ask
from tutor.marking.slips.diagnose import Diagnosis, diagnose, diagnose_parts
from tutor.marking.slips.explain import target_of
from tutor.marking.slips.landscape import landscape_of
from tutor.marking.slips.made import slips_of
from tutor.maths.numeric import compile_float
from tutor.maths.show import show_line
from tutor.maths.tidy import tidy
from tutor.maths.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Tuple,
    number,
    rebuild,
    walk,
)

SEED, SHOWN = 7, 12
DRAWS = {"formulas": 40, "numbers": 300, "spoilt": 20}
"Wrong answers for each exercise."
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
        variant(exercise, (*seeds_of(exercise), FIRST_SEED)[0])
        for lesson in read_course(lessons).lessons
        for exercise in lesson.exercises
        if isinstance(exercise, Derivative | Gradient | NumberAnswer | Expression)
    ]


def told(exercise: AnyExercise, question: Question, answer: Node) -> Diagnosis | None:
    if isinstance(exercise, Gradient):
        return diagnose_parts(exercise, question, answer)
    return diagnose(exercise, question, answer)


def is_wrong(exercise: AnyExercise, question: Question, answer: Node) -> bool:
    """Whether an answer has values, and they differ from the right ones."""
    pairs = zip(parts(answer), parts(question.right), strict=True)
    for mine, right in pairs:
        if question.names:
            if target_of(mine, right, question.of or right, question.names) is not None:
                return True
        else:
            a, b = compile_float(mine, ())(()), compile_float(right, ())(())
            if math.isfinite(a) and abs(a - b) > 1e-9 * max(abs(a), abs(b), 1e-9):
                return True
    return False


def share_named(exercises: list[AnyExercise]) -> str:
    """What share of the single slips is reported under its id."""
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for exercise in exercises:
        question = ask(exercise)
        for id_, answer in slips_of(exercise):
            if not is_wrong(exercise, question, answer):
                continue
            made[id_] += 1
            found = told(exercise, question, answer)
            if found is None or id_ not in found.slips:
                missed[id_] += 1
                if missed.total() <= SHOWN:
                    print(f"  missed {id_}: {of_what(exercise)} -> {show_line(answer)}: {found and found.slips}")
    print(f"  missed in all: {dict(missed)}")
    return f"named: {1 - missed.total() / made.total():.2%} of {made.total()} single slips of {len(made)} ids"


# --- random wrong answers


def drawn(random: Random, names: tuple[str, ...]) -> Node:
    """A formula such as people write, drawn without a look at any rule."""
    if random.random() < 0.5:
        return nested(random, names, 3)
    terms = [term(random, names) for _ in range(random.choice((1, 2, 2, 3)))]
    return Sum(tuple(terms)) if len(terms) > 1 else terms[0]


def term(random: Random, names: tuple[str, ...]) -> Node:
    """A coefficient before powers or functions of a letter or two; now and then a plain number."""
    factors = [factor(random, names) for _ in range(random.choice((0, 1, 1, 1, 2)))]
    coefficient = number(
        random.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)) if random.random() < 0.7 or not factors else 1
    )
    whole = Product((coefficient, *factors)) if factors else coefficient
    return Negative(whole) if random.random() < 0.3 else whole


def factor(random: Random, names: tuple[str, ...]) -> Node:
    letter = Name(random.choice(names))
    match random.randint(1, 6):
        case 1:
            return Call(random.choice(("sin", "cos", "ln", "exp")), (letter,))
        case 2 | 3 | 4:
            return Power(letter, number(random.randint(2, 5)))
    return letter


def nested(random: Random, names: tuple[str, ...], depth: int) -> Node:
    """Sums, products and powers within each other."""
    kind = random.random()
    if depth == 0 or (depth < 3 and kind < 0.2):
        return Name(random.choice(names)) if random.random() < 0.7 else number(random.randint(1, 12))
    if kind < 0.45:
        terms = [nested(random, names, depth - 1) for _ in range(random.randint(2, 3))]
        return Sum(tuple(Negative(term) if random.random() < 0.3 else term for term in terms))
    if kind < 0.75:
        return Product(tuple(nested(random, names, depth - 1) for _ in range(2)))
    return Power(nested(random, names, depth - 1), number(random.randint(2, 4)))


def spoilt(random: Random, right: Node) -> Node:
    """The right answer with a number in it, or a sign, changed."""
    places = [part for part in walk(right) if isinstance(part, Number)]
    signs = [part for whole in walk(right) if isinstance(whole, Sum) for part in whole.terms]
    chosen = random.choice([*places, *signs] or [right])
    if isinstance(chosen, Number) and chosen not in signs:
        return _replaced(right, chosen, number(random.choice([n for n in range(1, 13) if n != chosen.value])))
    return _replaced(right, chosen, chosen.of if isinstance(chosen, Negative) else Negative(chosen))


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    return rebuild(node, tuple(_replaced(child, old, new) for child in node.children))


def accusations(exercises: list[AnyExercise], kind: str, seed: int) -> str:
    """What share of the wrong answers of a kind is laid to a slip."""
    random, tried, named, false = Random(seed), 0, 0, 0
    for exercise in exercises:
        question = ask(exercise)
        if isinstance(exercise, NumberAnswer) is not (kind == "numbers") or not (question.names or kind == "numbers"):
            continue
        made = [(id_, answer) for id_, answer in slips_of(exercise)] if kind == "spoilt" else []
        for _ in range(DRAWS[kind]):
            answer = _random_for(random, kind, question)
            if not is_wrong(exercise, question, answer):
                continue
            tried += 1
            found = told(exercise, question, answer)
            if found is not None and found.slips:
                named += 1
                excused = any(
                    id_ in found.slips and not is_wrong_beside(answer, wrong, question.names) for id_, wrong in made
                )
                false += not excused
                if not excused and false <= SHOWN:
                    print(f"  accused: {of_what(exercise)} -> {show_line(answer)}: {found.slips} {found.message[:40]}")
    return f"{kind}: {tried} answers, named {named / tried:.2%}, falsely {false / tried:.2%}"


def is_wrong_beside(answer: Node, other: Node, names: tuple[str, ...]) -> bool:
    """Whether two answers differ."""
    pairs = zip(parts(answer), parts(other), strict=True)
    return any(target_of(mine, theirs, theirs, names) is not None for mine, theirs in pairs)


def parts(answer: Node) -> tuple[Node, ...]:
    return answer.items if isinstance(answer, Tuple) else (answer,)


def of_what(exercise: AnyExercise) -> str:
    return getattr(exercise, "of", "") or getattr(exercise, "answer", "")


def _random_for(random: Random, kind: str, question: Question) -> Node:
    if kind == "numbers":
        size = abs(compile_float(question.right, ())(()))
        return number(round(random.uniform(-1, 1) * max(100, 4 * size)))
    if not isinstance(question.right, Tuple):
        return _changed(random, kind, question, question.right)
    right = question.right.items
    changed = range(len(right)) if kind == "formulas" else (random.randrange(len(right)),)
    return Tuple(
        tuple(_changed(random, kind, question, part) if place in changed else part for place, part in enumerate(right))
    )


def _changed(random: Random, kind: str, question: Question, right: Node) -> Node:
    return tidy(drawn(random, question.names) if kind == "formulas" else spoilt(random, right))


# --- time


def times() -> str:
    """Milliseconds of a diagnosis."""
    exercise = Gradient(ask="", of=LOSS, by=("w1", "w2", "b"), variables=("sqft", "beds", "price"))
    question, random = ask(exercise), Random(1)
    slips = [answer for _, answer in slips_of(exercise) if is_wrong(exercise, question, answer)]
    wild = [Tuple(tuple(tidy(spoilt(random, part)) for part in parts(question.right))) for _ in range(60)]
    wild += [Tuple(tuple(nested(random, question.names, 3) for _ in range(3))) for _ in range(60)]
    told_of = []
    for name, asked in (("slips", slips), ("three wrong parts", wild)):
        spent = sorted(milliseconds(exercise, question, answer) for answer in asked)
        worst = spent[math.ceil(0.99 * len(spent)) - 1]
        told_of.append(f"{len(spent)} {name}: median {statistics.median(spent):.1f} ms, 99th percentile {worst:.1f} ms")
    return "time: " + "; ".join(told_of)


def milliseconds(exercise: AnyExercise, question: Question, answer: Node) -> float:
    landscape_of.cache_clear()
    started = time.perf_counter()
    told(exercise, question, answer)
    return (time.perf_counter() - started) * 1000


def write(lines: list[str]) -> None:
    """The section of the page of benchmarks, with this file's own words on how it is done."""
    page = Path(__file__).parents[2] / "docs/benchmarks.md"
    begin, end = "<!-- slips: written by tests/bench/slips.py -->", "<!-- slips: end -->"
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    body = "\n".join(f"- {line}" for line in lines)
    section = (
        f"{begin}\n## Naming what went wrong\n\n{machine()}\n\n{body}\n\n```text\n{(__doc__ or '').strip()}\n```\n{end}"
    )
    page.write_text(f"{before.rstrip()}\n\n{section}\n{after.lstrip()}", "utf-8")


def machine() -> str:
    return f"Python {platform.python_version()}, {platform.machine()}, {datetime.date.today()}."


def main() -> None:
    everything = [*course(), *FUNCTIONS]
    lines = [f"{len(everything)} exercises, {len(MISTAKES)} worked examples", times(), share_named(everything)]
    lines += ["accused, " + accusations(everything, kind, SEED) for kind in DRAWS]
    print(*lines, sep="\n")
    if "--write" in sys.argv:
        write(lines)


if __name__ == "__main__":
    main()
