"""What practice is made of when no lesson's exercise will do: for each rule formulas with parameters, in four levels. Pure.

A template and a seed make an exercise, as with those of lessons, so that two words in the journal show again what a learner
saw. Ids are a promise; so a new formula goes behind the others of its level. The tests try every one with many seeds.
"""

import re
from functools import cache
from typing import Final

import msgspec

from tutor.lesson.model import AnyExercise, Derivative, Gradient, Lesson, NumberAnswer
from tutor.words import tr

PRACTICE: Final = "+practice"
"What a generated exercise has in the place of a lesson. Authors' ids hold no plus sign."

LEVELS: Final = 4

_TABLE: Final = """
power-rule 1: x^{n} | n 3..12
power-rule 1: {a}x^{n} | a 2..9, n 2..7
power-rule 2: {a}x^{n} + {b}x^{m} | a 2..9, b 2..9, n 4..8, m 2..3
power-rule 2: {a}x^{n} - {b}x^2 | a 2..9, b 2..9, n 3..8
power-rule 3: {a}/x^{n} | a 2..9, n 2..7
power-rule 3: {a}x^(-{n}) | a 2..9, n 1..6
power-rule 3: {a}sqrt(x) | a 2..12
power-rule 4: {a}x^{r} | a 2..9, r 3/2 5/2 7/2 2/3 4/3 5/3 -1/2 -3/2
power-rule 4: {a}x^{n} - {b}/x^{m} | a 2..9, b 2..9, n 2..6, m 2..5
power-rule 4: {a}/sqrt(x) + {b}x^{n} | a 2..9, b 2..9, n 2..6
constants-and-sums 1: {a}x + {b} | a 2..12, b 2..12
constants-and-sums 1: x^{n} + {a} | n 2..9, a 2..12
constants-and-sums 2: {a}x^2 - {b}x + {c} | a 2..9, b 2..9, c 2..12
constants-and-sums 2: {a} - {b}x^{n} | a 2..12, b 2..9, n 2..6
constants-and-sums 3: ({a}x^{n} + x)/{b} | a 2..9, b 3..9, n 2..5
constants-and-sums 3: -({a}x^{n} - {b}x) | a 2..9, b 2..9, n 2..5
constants-and-sums 4: {a}x^{n} + pi^{m} | a 2..9, n 2..6, m 2..3
constants-and-sums 4: {a}(x^{n} - {b}x) + e^{m} | a 2..9, b 2..9, n 2..5, m 2..4
exponentials 1: {a}e^x | a 2..12
exponentials 1: {a}ln(x) | a 2..12
exponentials 2: e^({k}x) | k 2..12
exponentials 2: ln({k}x) + {a}x | k 2..9, a 2..9
exponentials 2: {a}e^x - {b}x^{n} | a 2..9, b 2..9, n 2..5
exponentials 3: {a}e^(-{k}x) | a 2..9, k 2..6
exponentials 3: {a}^x | a 2..12
exponentials 4: {a}e^({k}x) - {b}ln(x) | a 2..6, k 2..6, b 2..9
exponentials 4: {b}*{a}^x - x^{a} | a 2..9, b 2..6
exponentials 4: {a}e^(-x/{k}) | a 2..9, k 2..6
functions 1: {a}sin(x) | a 2..12
functions 1: {a}cos(x) | a 2..12
functions 1: {a}{f}(x) | f tanh sigmoid, a 2..12
functions 2: {f}({k}x) | f sin cos tanh, k 2..9
functions 2: {a}sin(x) - {b}cos(x) | a 2..9, b 2..9
functions 2: {a}sigmoid(x) - {b}tanh(x) | a 2..9, b 2..9
functions 3: {a}{f}({k}x) | f cos sigmoid tanh, k 2..6, a 2..9
functions 3: tanh(x) - {a}x^{n} | a 2..9, n 2..5
functions 4: {f}({k}x + {b}) | f sigmoid tanh cos, k 2..9, b 1..9
functions 4: {a}cos({k}x) + {b}sigmoid(x) | a 2..6, k 2..6, b 2..6
functions 4: {a}tanh(x) - {b}sigmoid(x) + {c}e^x | a 2..6, b 2..6, c 2..6
product-rule 1: x^{n}*sin(x) | n 2..9
product-rule 1: x^{n}*e^x | n 2..9
product-rule 2: {a}x^{n}*cos(x) | a 2..9, n 2..6
product-rule 2: (x^{n} + {a})*e^x | a 2..9, n 2..4
product-rule 2: x^{n}*ln(x) | n 2..9
product-rule 3: (x^{n} + {a})*({b}x - {c}) | n 2..4, a 2..9, b 2..9, c 2..9
product-rule 3: x^{n}*e^({k}x) | n 2..6, k 2..6
product-rule 3: {a}sin(x)*{f}(x) | a 2..9, f cos tanh sigmoid
product-rule 4: {a}x*e^x*{f}(x) | a 2..9, f sin cos
product-rule 4: {a}x^{n}*tanh({k}x) | a 2..6, n 2..4, k 2..6
product-rule 4: (x^2 + {a})*{f}({k}x) | f sin cos sigmoid, a 2..9, k 2..6
product-rule 4: {a}x^{n}*e^x*{f}(x) | a 2..9, n 2..5, f tanh sigmoid
quotient-rule 1: x/(x + {a}) | a 2..12
quotient-rule 1: {a}/(x + {b}) | a 2..9, b 2..9
quotient-rule 2: ({a}x + {b})/(x - {c}) | a 2..9, b 2..9, c 2..9
quotient-rule 2: x^2/(x + {a}) | a 2..12
quotient-rule 3: x/(x^2 + {a}) | a 2..12
quotient-rule 3: {f}(x)/({a}x) | a 2..9, f sin cos tanh
quotient-rule 4: e^x/(x^2 + {a}) | a 2..12
quotient-rule 4: (x^2 - {a})/(x^2 + {b}) | a 2..9, b 2..9
quotient-rule 4: ln(x)/x^{n} | n 2..6
quotient-rule 4: {a}ln(x)/x^{n} | a 2..9, n 2..6
quotient-rule 4: ({a}ln(x) + {b})/x | a 2..9, b 2..9
chain-rule 1: ({a}x + {b})^{n} | a 2..9, b 1..9, n 3..8
chain-rule 1: {f}({k}x) | f sin cos, k 2..12
chain-rule 2: (x^2 + {a})^{n} | a 1..9, n 3..8
chain-rule 2: e^({a}x^{n}) | a 2..9, n 2..4
chain-rule 2: {f}(x^{n}) | f sin cos tanh, n 2..5
chain-rule 3: sqrt({a}x^2 + {b}) | a 2..9, b 1..9
chain-rule 3: ln(x^{n} + {a}) | n 2..4, a 1..9
chain-rule 3: {f}({a}x^2 + {b}) | f sin cos sigmoid, a 2..6, b 1..6
chain-rule 4: {f}(e^({k}x)) | f sin cos, k 2..6
chain-rule 4: (e^({k}x) + {a})^{n} | k 2..6, a 1..9, n 2..5
chain-rule 4: e^({f}({k}x)) | f sin cos, k 2..6
chain-rule 4: {f}(x^2 + {a})^{n} | f sin tanh, a 1..6, n 2..4
partial-derivatives 1: {a}x^{n} + {b}y^{m} | a 2..9, b 2..9, n 2..5, m 2..5 | x
partial-derivatives 1: {a}x*y + {b}y | a 2..9, b 2..9 | y
partial-derivatives 2: {a}x^{n}*y^{m} | a 2..9, n 2..5, m 2..5 | y
partial-derivatives 2: x^2*y + {a}x*y^{n} | a 2..9, n 2..5 | x
partial-derivatives 3: {f}({a}x*y) | f sin cos tanh, a 2..6 | x
partial-derivatives 3: {a}x^{n}*e^y | a 2..9, n 2..5 | x
partial-derivatives 3: e^({a}x*y^{n}) | a 2..6, n 2..5 | y
partial-derivatives 4: (x^2 + {a}y^2)^{n} | a 2..6, n 2..5 | y
partial-derivatives 4: x/(x + {a}y) | a 2..9 | x
partial-derivatives 4: {a}x^{n}*y^{m} | a 2..6, n 3..5, m 2..5 | x y
gradients 1: {a}x^2 + {b}y^2 | a 2..9, b 2..9 | x y
gradients 1: {a}x*y + {b}x | a 2..9, b 2..9 | x y
gradients 2: x^2 + {a}x*y - {b}y^2 | a 2..9, b 2..9 | x y
gradients 2: x^{n}*y - {a}y | n 2..5, a 2..9 | x y
gradients 3: {a}x^2 + {b}y*z | a 2..9, b 2..9 | x y z
gradients 3: {a}x*e^y | a 2..9 | x y
gradients 4: (x - {a}y)^{n} | a 2..6, n 2..4 | x y
gradients 4: {f}({a}x*y) | f sin cos, a 2..6 | x y
loss-gradient 1: (w - {a})^2 | a 2..12 | w
loss-gradient 1: ({a}w - {b})^2/2 | a 2..9, b 2..12 | w
loss-gradient 2: (w*x + {b} - y)^2 | b 2..12 | w
loss-gradient 2: ({a}w + b - {c})^2/2 | a 2..9, c 2..12 | w
loss-gradient 2: ({a}w + b - {c})^2/2 | a 2..9, c 2..12 | b
loss-gradient 3: (w*x + b - {c})^2/2 | c 2..12 | w
loss-gradient 3: ({a}w*x + b - y)^2 | a 2..9 | b
loss-gradient 3: ({a}w1 + {c}w2 + b - {d})^2/2 | a 2..6, c 2..6, d 7..12 | w2
loss-gradient 4: (w1*x1 + w2*x2 + {b} - y)^2/2 | b 2..12 | w2
loss-gradient 4: (({a}w - {b})^2 + ({c}w - {d})^2)/2 | a 2..4, b 2..9, c 5..7, d 2..9 | w
loss-gradient 4: (sigmoid(w*x + {b}) - y)^2/2 | b 2..12 | w
back-propagation 1: (v*h - {c})^2/2 | c 2..12 | v
back-propagation 1: (v*h + {b} - y)^2/2 | b 2..12 | h
back-propagation 2: (v*tanh(w*x + {b}) - y)^2/2 | b 2..12 | v
back-propagation 2: ({a}tanh(w) - {b})^2/2 | a 2..6, b 2..6 | w
back-propagation 3: (v*tanh(w*x + {b}) - y)^2/2 | b 2..12 | w
back-propagation 3: (v*tanh({a}w + b) - {c})^2/2 | a 2..9, c 2..12 | b
back-propagation 4: (v*sigmoid(w*x + {b}) - y)^2/2 | b 2..12 | w
back-propagation 4: (v1*tanh(w1*x) + v2*tanh(w2*x + {b}) - y)^2/2 | b 2..12 | w2
"""
"Rule and level: formula | parameters | variables, x where there are none."

_HINTS: Final = {
    "power-rule": (
        tr("Write roots and fractions as powers of $x$ first."),
        tr("The exponent comes down in front, and the new exponent is one less."),
    ),
    "constants-and-sums": (
        tr("Take it term by term."),
        tr("A factor stays, and what holds no $x$ has the derivative 0, however it looks."),
    ),
    "exponentials": (
        tr("$e^x$ is its own derivative, that of $ln x$ is $1/x$."),
        tr("In front of an $x$ in the exponent stands a factor, and it comes out."),
    ),
    "functions": (
        tr("What is the derivative of the function itself? Mind its sign."),
        tr("Then: how fast does what is inside move with $x$?"),
    ),
    "product-rule": (
        tr("Which factors are multiplied?"),
        tr("Differentiate one of them and keep the others; then the next one; add it all up."),
    ),
    "quotient-rule": (
        tr("What is above, what is below?"),
        tr(
            "Derivative of the top times the bottom, minus the top times derivative of the bottom; all over the bottom squared."
        ),
    ),
    "chain-rule": (
        tr("What is outside, and what is inside?"),
        tr("Differentiate the outside and leave the inside in it; then times the derivative of the inside."),
    ),
    "partial-derivatives": (
        tr("Which letter moves? All others stand still, as numbers do."),
        tr("Go term by term. A factor without the letter stays, a term without it goes."),
    ),
    "gradients": (
        tr("One partial for each letter, in their order."),
        tr("For each one all other letters stand still."),
    ),
    "loss-gradient": (
        tr("Call what stands in the brackets $r$. What does its square become?"),
        tr("Then times how fast $r$ moves with the letter that is asked for."),
    ),
    "back-propagation": (
        tr("Begin at the outside, with the square."),
        tr("Then go inwards, one factor for each layer, until you come to the letter that is asked for."),
    ),
    "update-step": (
        tr("The new value is the old one minus rate times derivative."),
        tr("Find the derivative at the old value first."),
    ),
}

_OUTSIDE: Final = (
    tr("Differentiate each function itself. Mind its sign."),
    tr("A factor in front stays where it is."),
)
_A_POWER: Final = (
    tr("What becomes of the exponent, and where does it go?"),
    tr("The exponent comes down in front, and the new exponent is one less."),
)

_HINTS_OF: Final = {
    **dict.fromkeys(("power-rule-1a", "power-rule-1b", "power-rule-2a", "power-rule-2b", "power-rule-4a"), _A_POWER),
    **dict.fromkeys(("exponentials-1a", "exponentials-1b"), (_HINTS["exponentials"][0], _OUTSIDE[1])),
    "exponentials-2b": (
        tr("The logarithm of a product is a sum: $ln({k}x) = ln({k}) + ln(x)$."),
        tr("Only the part with $x$ moves, and the derivative of $ln(x)$ is $1/x$."),
    ),
    "exponentials-2c": (
        tr("Take it term by term: one is an exponential, the other a power."),
        tr("$e^x$ is its own derivative. In the power the exponent comes down, and is one less."),
    ),
    "exponentials-3b": (
        tr("The $x$ stands in the exponent, so this is no power."),
        tr("The derivative of ${a}^x$ is ${a}^x$ itself, times the natural logarithm of the base."),
    ),
    "exponentials-4b": (
        tr("Where is $x$ the exponent, and where the base? The two have different rules."),
        tr("${a}^x$ gives itself times the natural logarithm of {a}; $x^{a}$ is a power."),
    ),
    **dict.fromkeys([f"functions-{each}" for each in ("1a", "1b", "1c", "2b", "2c", "3b", "4c")], _OUTSIDE),
    "update-step-1a": (
        tr("The new value is the old one minus rate times derivative."),
        tr("Rate times derivative first; then take it away from {w}. Mind the sign."),
    ),
}
"Of single formulas, where what is said for the whole rule does not fit."

_UPDATES: Final[tuple[tuple[int, str, str, dict[str, str | tuple[str, ...]], dict[str, str]], ...]] = (
    (
        1,
        tr(
            "A weight is $w = {w}$, and the derivative of the loss there is ${g}$. What is $w$ after one step of gradient "
            "descent at the rate {r}?"
        ),
        "{w} - {r}*{g}",
        {"w": "2..9", "g": ("4", "6", "8", "-4", "-6", "-8"), "r": ("0.1", "0.05", "0.2")},
        {"{w + r*g}": "U1"},
    ),
    (
        2,
        tr(
            "The loss is $E = (w - {c})^2$, and $w = {w}$. What is $w$ after one step of gradient descent at the rate {r}?"
        ),
        "{w} - {r}*2*({w} - {c})",
        {"w": "6..12", "c": "1..4", "r": ("0.1", "0.05", "0.2")},
        {"{w + r*2*(w - c)}": "U1", "{w - 2*(w - c)}": "U2"},
    ),
    (
        3,
        tr(
            "One row of data has $x = {x}$ and $y = {y}$; the loss is $E = (w*x - y)^2/2$, and $w = {w}$. What is $w$ after "
            "one step of gradient descent at the rate {r}?"
        ),
        "{w} - {r}*{x}*({w}*{x} - {y})",
        {"w": "3..5", "x": "2..4", "y": "1..5", "r": ("0.1", "0.05", "0.02")},
        {"{w + r*x*(w*x - y)}": "U1", "{w - x*(w*x - y)}": "U2"},
    ),
    (
        4,
        tr(
            "The loss is $E = (w - {c})^2$, and $w = {w}$. What is $w$ after *two* steps of gradient descent at the rate {r}?"
        ),
        "{c} + (1 - 2*{r})^2*({w} - {c})",
        {"w": "6..12", "c": "1..4", "r": ("0.1", "0.2", "0.25")},
        {"{c + (1 + 2*r)^2*(w - c)}": ""},
    ),
)


@cache
def templates() -> dict[str, AnyExercise]:
    """Every template by its id: rule, level and a letter, as `chain-rule-2b`."""
    made = [_formula(line) for line in _TABLE.strip().splitlines()] + [_update(*each) for each in _UPDATES]
    found: dict[str, AnyExercise] = {}
    for name, exercise in made:
        letter = next(letter for letter in "abcdefgh" if name + letter not in found)
        found[name + letter] = _named(exercise, name + letter)
    return found


def of_level(rule: str, level: int) -> tuple[AnyExercise, ...]:
    """The templates of a rule at a level, 1 to `LEVELS`."""
    return tuple(each for id, each in templates().items() if id[:-1] == f"{rule}-{level}")


def rule_of(id: str) -> str:
    """The rule that a template is for."""
    return id.rpartition("-")[0]


def level_of(id: str) -> int:
    """The level of a template."""
    return int(id[-2])


PRACTISED: Final = Lesson(id=PRACTICE, title=tr("Practice"), objectives=(), steps=(), summary="")
"What stands for the lesson of a generated exercise."


def template_of(lesson: str, exercise: str) -> AnyExercise | None:
    """The template that an answer was given to, if it was one."""
    return templates().get(exercise) if lesson == PRACTICE else None


def _formula(line: str) -> tuple[str, AnyExercise]:
    head, _, rest = line.partition(": ")
    rule, _, level = head.partition(" ")
    of, values, letters = (part.strip() for part in f"{rest} | |".split("|")[:3])
    by = tuple(letters.split()) or ("x",)
    function = "E" if rule in ("loss-gradient", "back-propagation") else "f"
    kind = Gradient if rule == "gradients" else Derivative
    made = kind(
        id="",
        ask=f"{_question(kind is Gradient, by, function, of)}\n\n$${function} = {of}$$",
        of=of,
        by=by,
        function=function,
        hints=_HINTS[rule],
        vary=_values(values),
    )
    return f"{rule}-{level}", made


def _question(is_gradient: bool, by: tuple[str, ...], function: str, of: str) -> str:
    if is_gradient:
        return tr("What is the gradient? Type the partials in brackets, with commas between them.")
    if len(by) > 1:
        return tr("Differentiate first in ${first}$, then in ${second}$.", first=by[0], second=by[1])
    letters = set(re.findall(r"\b[a-z]\d?\b", re.sub(r"\{\w\}", " ", of))) - {"e"}
    sign = "d" if letters == set(by) else "∂"
    written = f"{sign}{function}/{sign}{by[0]}"
    return tr("What is ${derivative}$?", derivative=written)


def _values(written: str) -> dict[str, str | tuple[str, ...]]:
    """Parameters from `a 2..9, f sin cos`."""
    pairs = (part.split() for part in written.split(",") if part.strip())
    return {name: values[0] if len(values) == 1 else tuple(values) for name, *values in pairs}


def _update(
    level: int, ask: str, of: str, vary: dict[str, str | tuple[str, ...]], reject: dict[str, str]
) -> tuple[str, AnyExercise]:
    rule = "update-step"
    return f"{rule}-{level}", NumberAnswer(id="", ask=ask, of=of, hints=_HINTS[rule], vary=vary, reject=reject)


def _named(exercise: AnyExercise, id: str) -> AnyExercise:
    return msgspec.structs.replace(exercise, id=id, hints=_HINTS_OF.get(id, exercise.hints))
