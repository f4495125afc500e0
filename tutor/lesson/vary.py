"""Variants of an exercise: which values a seed gives its parameters, and its texts with them filled in.

A variant is a function of the exercise's id and the seed alone, the same on every machine and with every Python: what a learner
saw can be shown again from two words in the journal. Nothing is known here of learners or of what is a good variant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

import msgspec

from tutor.errors import TutorError, Unreadable
from tutor.lesson.model import AnyExercise, Exercise
from tutor.words import tr

FIRST_SEED: Final = 1
MOST_VALUES: Final = 1000

_RANGE: Final = re.compile(r"\s*(-?[0-9]{1,9})\s*\.\.\s*(-?[0-9]{1,9})\s*")
_HOLE: Final = re.compile(
    r"(?P<sign>(?<=\S) [+−-] )?(?P<tight>[-^*/·×])?\{(?P<inside>[^{}]+)\}(?P<behind>[^\W\d_]|\()?"
)
"A parameter with what stands around it: a sign between blanks, an operator in front, a letter or bracket behind."
_KEPT: Final = frozenset({"id", "vary", "seeds", "kind", "page"})
"Fields that hold no parameters."


Place = tuple[str | int, ...]
"Fields, keys and list positions (from 0) down to a text of an exercise."


class VaryError(TutorError):
    """A parameter that has no values, or a text in braces that is none."""


def values_of(written: str | tuple[str, ...]) -> tuple[str, ...]:
    """The values that a parameter may have, in order: of `2..9` the whole numbers from 2 to 9, of a list its parts.

    Raises:
        VaryError: there are none, or too many.
    """
    if not isinstance(written, str):
        return written
    ends = _RANGE.fullmatch(written)
    if ends is None:
        raise VaryError(tr("`{written}` is no range of whole numbers.", written=written))
    low, high = int(ends[1]), int(ends[2])
    if not 0 <= high - low < MOST_VALUES:
        raise VaryError(
            tr("`{written}` is empty.", written=written)
            if high < low
            else tr("`{written}` holds too many numbers.", written=written)
        )
    return tuple(map(str, range(low, high + 1)))


def draw(exercise: Exercise, seed: int) -> dict[str, str]:
    """The value of each parameter for a seed.

    Each is drawn on its own from SHA-256 of `id/seed/name`: 256 bits, so that the remainder favours no value to speak of.

    Raises:
        VaryError: a parameter has no values.

    >>> from tutor.lesson.model import Derivative
    >>> draw(Derivative(id="power", ask="", of="x^{n}", by=("x",), vary={"n": "2..9"}), 1)
    {'n': '6'}
    """
    from hashlib import sha256  # OpenSSL comes with it, which the home screen need not wait for

    found = {}
    for name, written in exercise.vary.items():
        values = values_of(written)
        if not values:
            raise VaryError(tr("`{name}` has no values.", name=name))
        number = int.from_bytes(sha256(f"{exercise.id}/{seed}/{name}".encode()).digest())
        found[name] = values[number % len(values)]
    return found


def variant(exercise: AnyExercise, seed: int) -> AnyExercise:
    """The exercise that a seed makes, with its parameters filled in everywhere; one without parameters is its only variant.

    Raises:
        VaryError: a text in braces is no formula in the parameters, or a parameter has no values.
    """
    if not exercise.vary:
        return exercise
    drawn = draw(exercise, seed)
    filled = {name: _filled(value, drawn) for name, value in _fields_with_parameters(exercise).items()}
    return msgspec.convert({**msgspec.to_builtins(exercise), **filled, "vary": {}, "seeds": []}, type=type(exercise))


def seeds_of(exercise: Exercise) -> tuple[int, ...]:
    """The seeds that an author froze, or a first few while there are none; none for an exercise without parameters."""
    return (exercise.seeds or tuple(range(FIRST_SEED, FIRST_SEED + 5))) if exercise.vary else ()


class Hole(msgspec.Struct, frozen=True):
    """A pair of braces in a text of an exercise."""

    path: Place
    "Of the text, within the exercise."
    is_in_key: bool
    "The text is the last key of the path."
    at: int
    "Where the brace stands, from 0 in the text."
    inside: str

    @property
    def names(self) -> list[str]:
        """The letters in it, in order."""
        return list(dict.fromkeys(re.findall(r"[^\W\d_][\w]*", self.inside)))


def holes_in(exercise: Exercise) -> Iterator[Hole]:
    """Every pair of braces in an exercise, in the order of its fields."""
    for path, text, is_key in _texts(_fields_with_parameters(exercise)):
        for found in _HOLE.finditer(text):
            yield Hole(path, is_key, found.start("inside") - 1, found["inside"])


def as_written(exercise: Exercise, seed: int) -> dict[Place, Place]:
    """Where a key of a variant, such as a wrong answer under `reject`, is written in the exercise: path to path."""
    drawn = draw(exercise, seed)
    texts = _texts(_fields_with_parameters(exercise))
    return {(*path[:-1], fill(key, drawn)): path for path, key, is_key in texts if is_key and "{" in key}


_OF_QUESTION: Final = ("ask", "of", "answer", "lines")


def idle_holes(exercise: Exercise, seed: int) -> Iterator[tuple[Hole, str]]:
    """What in the question says nothing with a seed, as `0x`, `+ 0` or `^1`, with how it reads; nobody would write that.

    Raises:
        VaryError: what stands in braces is no formula in the parameters, or a parameter has no values.
    """
    drawn = draw(exercise, seed)
    fields = {name: text for name, text in _fields_with_parameters(exercise).items() if name in _OF_QUESTION}
    for path, text, is_key in _texts(fields):
        for found in _HOLE.finditer(text):
            if read := _idle(found, drawn):
                yield Hole(path, is_key, found.start("inside") - 1, found["inside"]), read


def _idle(found: re.Match[str], drawn: Mapping[str, str]) -> str:
    """How a hole reads that says nothing: a term or a factor of 0, a power of 0 or 1; empty for any other."""
    number = _worked_out(found["inside"].strip(), drawn)
    if found["tight"] == "^":
        return f"^{number}" if number in (0, 1) else ""
    sign, behind = (found["sign"] or "").strip(), found["behind"] or ""
    if number == 0 and not found["tight"] and (sign or behind):
        return " ".join(filter(None, (sign, f"0{behind}")))
    return ""


def check_hole(hole: Hole, drawn: Mapping[str, str]) -> None:
    """Work out what stands in braces.

    Raises:
        VaryError: it is no formula in the parameters.
    """
    _worked_out(hole.inside.strip(), drawn)


def _fields_with_parameters(exercise: Exercise) -> dict[str, Any]:
    not_filled = {*_KEPT, type(exercise).__struct_config__.tag_field}
    return {name: value for name, value in msgspec.to_builtins(exercise).items() if name not in not_filled}


def _texts(value: Any, path: Place = ()) -> Iterator[tuple[Place, str, bool]]:
    """Every text in a value: its path, itself, and whether it is the key at the end of that path."""
    match value:
        case str():
            yield path, value, False
        case list() | tuple():
            for n, part in enumerate(value):
                yield from _texts(part, (*path, n))
        case dict():
            for key, part in value.items():
                yield (*path, str(key)), str(key), True
                yield from _texts(part, (*path, str(key)))


def fill(text: str, drawn: Mapping[str, str]) -> str:
    """A text with its parameters filled in, as a person would write it.

    What stands in braces is worked out exactly. Signs and ones are mended: `+ {b}` with b = -3 becomes `- 3`, `{a}x` with
    a = 1 becomes `x`; a negative number or a fraction gets brackets behind `^`, `*` and `/`, a fraction also before a letter.

    Raises:
        VaryError: what stands in braces is no formula in the parameters.

    >>> fill("{a}x^{n} + {b}x is {a + b}", {"a": "1", "n": "-2", "b": "-3"})
    'x^(-2) - 3x is -2'
    """
    return _HOLE.sub(lambda match: _mended(match, drawn), text)


def _filled(value: Any, drawn: Mapping[str, str]) -> Any:
    return _each_text(value, lambda text: fill(text, drawn))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case list() | tuple():
            return [_each_text(part, change) for part in value]
        case dict():
            return {change(str(key)): _each_text(part, change) for key, part in value.items()}
    return value


def _mended(match: re.Match[str], drawn: Mapping[str, str]) -> str:
    sign, tight, behind = match["sign"] or "", match["tight"] or "", match["behind"] or ""
    inside = match["inside"].strip()
    number = _worked_out(inside, drawn)
    if number is None:
        return f"{sign}{tight}{drawn[inside]}{behind}"
    if sign and number < 0:
        sign, number = {"+": " - ", "-": " + ", "−": " + "}[sign.strip()], -number
    text = _written(number, as_decimal=any("." in value for value in drawn.values()))
    if behind and "/" not in text and abs(number) == 1 and not tight.strip("-*·×"):
        text = text.removesuffix("1")
    if (tight and (number < 0 or "/" in text)) or (behind and "/" in text):
        text = f"({text})"
    return f"{sign}{tight}{text}{behind}"


def _worked_out(inside: str, drawn: Mapping[str, str]) -> Fraction | None:
    """The number that stands in braces; nothing for a parameter that is a word or a formula."""
    # A session imports this module, and the home screen a session: the grammar waits until a variant is made.
    from tutor.maths.parse import parse_free
    from tutor.maths.tidy import as_number, tidy
    from tutor.maths.tree import substitute, variables

    try:
        known = {name: parse_free(value) for name, value in drawn.items() if name in inside}
        tree = substitute(parse_free(inside, tuple(drawn)), known)
        number = as_number(tidy(tree)) if not variables(tree) else None
    except (Unreadable, ZeroDivisionError):
        number = None
    if number is None and inside not in drawn:
        raise VaryError(tr("`{{{inside}}}` is no number made of the parameters.", inside=inside))
    return number


def _written(number: Fraction, *, as_decimal: bool) -> str:
    """Whole, as a decimal where that ends within six places, or as a fraction.

    Args:
        as_decimal: there are decimals among the values.
    """
    if number.denominator == 1:
        return str(number.numerator)
    scaled = number * 10**6
    if as_decimal and scaled.denominator == 1:
        digits = f"{abs(scaled.numerator):07d}"
        return f"{'-' if number < 0 else ''}{digits[:-6]}.{digits[-6:].rstrip('0')}"
    return f"{number.numerator}/{number.denominator}"
