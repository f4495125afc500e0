"""Makes the corpus of `pairs.jsonl`: derivative questions with answers that are right in another form, or subtly wrong.

SymPy rewrites and spoils, and 60 digits of mpmath at points of the common domain say what is true; the engine has no part in it.
The seed is fixed: `python tests/bench/pairs.py > tests/bench/pairs.jsonl` gives the same file again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import mpmath
import sympy
from sympy import Symbol, cos, exp, log, sin, sqrt, tanh

x, y, z, w, b = (Symbol(name, real=True) for name in "xyzwb")

RIGHT, WRONG = 320, 220
"Pairs of each sort."
LONGEST = 480
"Characters of an answer, a little under what an answer box takes."


def _sigmoid(u: sympy.Expr) -> sympy.Expr:
    return 1 / (1 + exp(-u))


# --- functions to differentiate, eight kinds


def _polynomial(random: Random, v: Symbol) -> sympy.Expr:
    powers = random.sample(range(6), random.randint(2, 4))
    return sum(random.choice([-1, 1]) * random.randint(1, 9) * v**power for power in powers) + v


def _linear(random: Random, v: Symbol) -> sympy.Expr:
    return random.choice([-3, -2, -1, 1, 2, 3, 4]) * v + random.choice([-2, -1, 0, 1, 2, 5])


def _elementary(random: Random, v: Symbol) -> sympy.Expr:
    return random.choice([sin, cos, exp, lambda u: log(u**2 + 1), tanh, lambda u: sqrt(u**2 + 3)])(_linear(random, v))


def polynomial(random: Random) -> sympy.Expr:
    return random.choice(
        [
            _polynomial(random, x),
            _polynomial(random, x) * _polynomial(random, x),
            _linear(random, x) ** random.randint(2, 6) * _linear(random, x),
        ]
    )


def rational(random: Random) -> sympy.Expr:
    return _polynomial(random, x) / (
        random.choice([_linear(random, x), x**2 + random.randint(1, 5), _polynomial(random, x)])
    )


def roots(random: Random) -> sympy.Expr:
    power = sympy.Rational(random.choice([-3, -1, 1, 3, 5, 1, 2]), random.choice([2, 2, 3]))
    return random.choice([_polynomial(random, x), _linear(random, x), x]) * (
        random.choice([x, x**2 + 1, _linear(random, x), x**2 + x + 4]) ** power
    )


def trigonometric(random: Random) -> sympy.Expr:
    wave = random.choice([sin, cos, sympy.tan])(random.choice([x, 2 * x, 3 * x, x**2, _linear(random, x)]))
    return random.choice(
        [wave ** random.randint(1, 4), wave * _polynomial(random, x), wave * random.choice([sin, cos])(x)]
    )


def exponential(random: Random) -> sympy.Expr:
    return random.choice(
        [
            exp(_linear(random, x)) * _polynomial(random, x),
            exp(-(x**2) / random.randint(1, 4)) * _linear(random, x),
            log(_linear(random, x)) * _polynomial(random, x),
            log(x**2 + random.randint(1, 4)) / x,
            x**x,
            2**x * _linear(random, x),
            log(_elementary(random, x) ** 2 + 1),
        ]
    )


def neuron(random: Random) -> sympy.Expr:
    inner = random.choice([w * x + b, w * x, _linear(random, w), w * x**2 + b])
    outer = random.choice(
        [_sigmoid, tanh, lambda u: _sigmoid(u) ** 2, lambda u: u * _sigmoid(u), lambda u: log(1 + exp(u))]
    )
    return random.choice([outer(inner), (outer(inner) - y) ** 2, (outer(inner) - y) ** 2 / 2])


def log_loss(random: Random) -> sympy.Expr:
    p = _sigmoid(random.choice([w * x + b, w * x, w + b * x]))
    return random.choice(
        [-y * log(p) - (1 - y) * log(1 - p), -log(p), -log(1 - p), -y * log(p) - (1 - y) * log(1 - p) + w**2]
    )


def several(random: Random) -> sympy.Expr:
    names = random.choice([(x, y), (x, y, z)])
    terms = [
        random.choice([-2, -1, 1, 3, 5])
        * random.choice([names[0], names[0] ** 2, names[0] ** 3])
        * random.choice([names[-1], names[1] ** 2, sin(names[-1]), exp(names[1])])
        for _ in range(2)
    ]
    return random.choice([1, names[0] * names[1] + 1, exp(names[0] * names[-1])]) * sum(terms) + random.choice(
        [sin(names[0] * names[1]), log(names[0] ** 2 + names[-1] ** 2), names[0] / (names[1] ** 2 + 1), names[0]]
    )


KINDS: dict[str, Callable[[Random], sympy.Expr]] = {
    function.__name__.replace("_", "-"): function
    for function in (polynomial, rational, roots, trigonometric, exponential, neuron, log_loss, several)
}

# --- the same in another form


def _identity(expression: sympy.Expr) -> sympy.Expr:
    """Things people write for one another: 1 - tanh^2, sech, a logarithm taken apart."""
    a, b_ = sympy.Wild("a"), sympy.Wild("b")
    return sympy.expand_log(
        expression.replace(tanh(a) ** 2, 1 - 1 / sympy.cosh(a) ** 2)
        .replace(sin(a) ** 2, 1 - cos(a) ** 2)
        .replace(exp(a + b_), exp(a) * exp(b_)),
        force=True,
    )


def _split(expression: sympy.Expr) -> sympy.Expr:
    return (
        sympy.Add(expression, 1, evaluate=False) - 1
        if expression.is_Atom
        else sympy.collect(sympy.expand(expression), x)
    )


REWRITINGS: dict[str, Callable[[sympy.Expr], sympy.Expr]] = {
    "expand": sympy.expand,
    "factor": sympy.factor,
    "together": sympy.together,
    "cancel": sympy.cancel,
    "simplify": sympy.simplify,
    "trigsimp": sympy.trigsimp,
    "expand-trig": lambda e: sympy.expand(e, trig=True),
    "rewrite-exp": lambda e: e.rewrite(exp),
    "apart": lambda e: sympy.apart(e, sorted(e.free_symbols, key=str)[0]) if e.free_symbols else e,
    "powsimp": sympy.powsimp,
    "radsimp": sympy.radsimp,
    "identity": _identity,
    "collect": _split,
}

# --- nearly the same


def _parts(expression: sympy.Expr) -> list[sympy.Expr]:
    return [part for part in sympy.preorder_traversal(expression) if part.args or part.is_Number]


def _swap(expression: sympy.Expr, old: sympy.Expr, new: sympy.Expr) -> sympy.Expr:
    return expression.xreplace({old: new})


def _sign(random: Random, e: sympy.Expr) -> sympy.Expr:
    if not e.is_Add:
        return -e
    flipped = random.choice(e.args)
    return e - 2 * flipped


def _coefficient(random: Random, e: sympy.Expr) -> sympy.Expr:
    part = random.choice(e.args) if e.is_Add else e
    return e + part * random.choice(
        [1, sympy.Rational(1, 2), sympy.Rational(-1, 3), sympy.Rational(1, 100), sympy.Rational(1, 10**9)]
    )


def _exponent(random: Random, e: sympy.Expr) -> sympy.Expr:
    powers = [part for part in _parts(e) if part.is_Pow and part.exp.is_Number]
    if not powers:
        return e * x
    chosen = random.choice(powers)
    return _swap(e, chosen, chosen.base ** (chosen.exp + random.choice([-1, 1])))


def _missing(random: Random, e: sympy.Expr) -> sympy.Expr:
    if e.is_Add:
        return e - random.choice(e.args)
    return e / random.choice(e.args) if e.is_Mul else e + 1


def _letter(random: Random, e: sympy.Expr) -> sympy.Expr:
    names = sorted(e.free_symbols, key=str)
    return _swap(e, names[0], names[-1]) if len(names) > 1 else e.subs(x, x + 1)


def _function(random: Random, e: sympy.Expr) -> sympy.Expr:
    other = {sin: cos, cos: sin, tanh: sin, exp: lambda u: exp(-u), log: lambda u: log(u) + 1, sympy.tan: sin}
    calls = [part for part in _parts(e) if part.func in other]
    if not calls:
        return e + sympy.Rational(1, 1000)
    chosen = random.choice(calls)
    return _swap(e, chosen, other[chosen.func](chosen.args[0]))


SPOILINGS: dict[str, Callable[[Random, sympy.Expr], sympy.Expr]] = {
    "sign": _sign,
    "coefficient": _coefficient,
    "exponent": _exponent,
    "missing": _missing,
    "letter": _letter,
    "function": _function,
}

# --- what is true


def same(left: sympy.Expr, right: sympy.Expr, random: Random) -> bool | None:
    """Whether two expressions agree to 40 digits at points of the common domain; None when there were too few points."""
    names = sorted(left.free_symbols | right.free_symbols, key=str)
    with mpmath.workdps(60):
        functions = [sympy.lambdify(names, side, "mpmath") for side in (left, right)]
        found = 0
        for _ in range(60):
            at = [mpmath.mpf(random.randint(-5000, 5000) * 2 + 1) / 1999 for _ in names]
            values = _values(functions, at)
            if values is None:
                continue
            mine, theirs = values
            if abs(mine - theirs) > mpmath.mpf(10) ** -40 * max(abs(mine), abs(theirs), 1):
                return False
            found += 1
            if found == 8 or not names:
                return True
    return None


def _values(functions: list[Any], at: list[Any]) -> list[Any] | None:
    values = []
    for function in functions:
        try:
            value = mpmath.mpmathify(function(*at))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            return None
        if abs(mpmath.im(value)) > mpmath.mpf(10) ** -50 or not mpmath.isfinite(value):
            return None
        values.append(mpmath.re(value))
    return values


def typed(expression: sympy.Expr) -> str:
    """The text that somebody would paste."""
    return str(expression).replace("E", "e").replace("Abs", "abs")


def made(random: Random) -> Iterator[dict[str, Any]]:
    """Pairs without end, kinds in turn; what cannot be typed or is not certain is left out."""
    kinds = list(KINDS)
    number = 0
    while True:
        kind = kinds[number % len(kinds)]
        number += 1
        of = KINDS[kind](random)
        names = sorted(of.free_symbols & {x, w, b}, key=str) or [x]
        by = w if w in names else random.choice(names)
        answer = sympy.diff(of, by)
        if not answer.free_symbols:
            continue
        wanted = random.random() < 0.6
        how = random.choice(list(REWRITINGS if wanted else SPOILINGS))
        try:
            other = REWRITINGS[how](answer) if wanted else _spoil(random, answer, how)
        except (sympy.PolynomialError, NotImplementedError, ValueError, ZeroDivisionError, AttributeError, TypeError):
            continue
        if other.has(sympy.I, sympy.zoo, sympy.nan, sympy.Piecewise, sympy.Derivative) or len(typed(other)) > LONGEST:
            continue
        truth = same(answer, other, random)
        if truth is None or (wanted and (not truth or typed(other) == typed(answer))):
            continue
        yield {"kind": kind, "how": how, "of": typed(of), "by": str(by), "answer": typed(other), "right": truth}


def _spoil(random: Random, answer: sympy.Expr, how: str) -> sympy.Expr:
    form = random.choice([lambda e: e, sympy.expand, sympy.factor, sympy.together])
    return form(SPOILINGS[how](random, answer))


def main() -> None:
    """Write the corpus to stdout."""
    counts = {True: RIGHT, False: WRONG}
    seen = set()
    for pair in made(Random(2024)):
        key = (pair["of"], pair["by"], pair["answer"])
        if counts[pair["right"]] and key not in seen:
            seen.add(key)
            counts[pair["right"]] -= 1
            sys.stdout.write(json.dumps(pair) + "\n")
        if not any(counts.values()):
            return


if __name__ == "__main__":
    main()
