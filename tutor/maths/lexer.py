"""Respelt text to tokens, each with the column it came from: numbers, signs, and letters taken apart into known names.

It does not know precedence, nor which tokens may stand beside which.
"""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from tutor.errors import Unreadable
from tutor.maths.grammar import (
    FUNCTIONS,
    MAX_LENGTH,
    MAX_MAGNITUDE,
    SUPERSCRIPTS,
    VULGAR,
    Vocabulary,
)
from tutor.maths.names import Names
from tutor.maths.notation import end_of_left_side, find_undone, is_only_left_side
from tutor.maths.spelling import respell


class Token(NamedTuple):
    """One piece: a `number`, `variable`, `constant`, `function`, `log` (with a base to follow), `sign` or the `end`."""

    kind: str
    text: str
    "The name or sign; a number as typed; empty for the end."
    column: int
    value: Fraction = Fraction(0)
    after_space: bool = False
    typed: str = ""
    "As it was spelt: `log` where the name is `ln`."


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_SCIENTIFIC = re.compile(r"([eE])([+-]?[0-9]+)")
_SUFFIX = re.compile(r"_?[0-9]+|_\{[^\W_]+\}|_[^\W_]+|_")
_LONGEST_EXPONENT = 6
_SIGNS = frozenset("+-*/^(){}[]|,;")
_REFUSED = {
    "=": "An equation is not wanted here: type only what stands after the equals sign.",
    **dict.fromkeys("<>≤≥≠≈", "A comparison is not wanted here: type one expression."),
    "!": "Factorials (!) are not used here.",
    "'": "A derivative left to do (') is not an answer yet: work it out.",
    "%": "Percent signs are not read: write 5% as 5/100.",
    "\\": "A backslash begins a LaTeX command that is not known here. Try plain signs, such as x^2/3.",
    "∞": "Infinity is not a number that can be an answer here.",
    **dict.fromkeys("$€£", "Leave out signs of money; prices are plain numbers."),
    "°": "Angles are in radians: leave out the degree sign, and write 180° as pi.",
    '"': "Quotation marks mean nothing here: leave them out.",
    "_": "This index follows no letter: write it as in w_1.",
    ":": "A colon means nothing here: use / to divide.",
    ".": "This point belongs to no number: write 0.5, and * to multiply.",
    "±": "One answer at a time: write + or -.",
}
_UNDONE = "That still asks for a derivative or an integral: work it out and type the result."


def tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a text, the last of kind `end`.

    Raises:
        Unreadable: a sign or name that is not known, with its column.
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable(
            f"That is more than {MAX_LENGTH} characters, the most that can be read. Is there a shorter way to write it?",
            MAX_LENGTH,
        )
    plain, columns = respell(text)
    start = end_of_left_side(plain)
    try:
        return _Lexer(_bracketed(plain, start), columns, vocabulary).run(start)
    except Unreadable:
        # Asked only now, so that an exercise may have a variable d, or dx.
        undone = find_undone(plain, start)
        if undone is None:
            raise
        raise Unreadable(_UNDONE, columns[undone], is_unfinished=is_only_left_side(plain)) from None


def _bracketed(plain: str, start: int) -> str:
    """`<a, b>`, as some books write a vector, with round brackets."""
    body = plain[start:].strip()
    if body.startswith("<") and body.endswith(">") and "," in body and body.count("<") == body.count(">") == 1:
        return plain.replace("<", "(").replace(">", ")")
    return plain


class _Lexer:
    """Walks the text once; `found` grows as it goes."""

    def __init__(self, text: str, columns: list[int], vocabulary: Vocabulary) -> None:
        self.text = text
        self.columns = columns
        self.vocabulary = vocabulary
        self.names = Names(vocabulary)
        self.found: list[Token] = []
        self.at = 0
        self.space = False

    def run(self, start: int) -> list[Token]:
        self.at = start
        equals = self.text.find("=", start)
        if equals >= 0:
            is_comparison = equals > start and self.text[equals - 1] in "<>!"
            raise Unreadable(_REFUSED["<" if is_comparison else "="], self.columns[equals - is_comparison])
        while self.at < len(self.text):
            before = len(self.found)
            self.step(self.text[self.at])
            if len(self.found) > before:
                self.space = False
        self.add("end", "", 0)
        return self.found

    @property
    def column(self) -> int:
        return self.columns[self.at]

    def add(self, kind: str, text: str, length: int, value: Fraction = Fraction(0)) -> None:
        self.found.append(Token(kind, text, self.column, value, self.space, self.text[self.at : self.at + length]))
        self.at += length

    def step(self, char: str) -> None:
        """Read one thing at the present place."""
        if char.isspace():
            self.space = True
            self.at += 1
        elif char in "0123456789.":
            self.number()
        elif char in VULGAR:
            self.vulgar(char)
        elif char in SUPERSCRIPTS:
            self.superscripts()
        elif char in "√∛":
            self.add("function", FUNCTIONS[char], 1)
        elif char.isalpha() and char not in "ªº":
            self.letters()
        elif self.text.startswith("**", self.at):
            self.add("sign", "^", 2)
        elif self.text.startswith("\\frac", self.at):
            self.add("sign", "frac", 5)
        elif char in _SIGNS:
            self.add("sign", char, 1)
        else:
            raise Unreadable(_REFUSED.get(char) or f"The sign {_printable(char)} means nothing here.", self.column)

    # --- numbers

    def number(self) -> None:
        match = _NUMBER.match(self.text, self.at)
        if not match:
            raise Unreadable(_REFUSED["."], self.column)
        self.refuse_thousands(match)
        written = match[0]
        power = _SCIENTIFIC.match(self.text, match.end())
        if power and not self.is_own(power[1], power[2]):
            if len(power[2]) > _LONGEST_EXPONENT or abs(int(power[2])) > MAX_MAGNITUDE:
                raise Unreadable(f"This number is too big or too small: at most {MAX_MAGNITUDE} places.", self.column)
            written += power[0]
        self.add("number", written, len(written), Fraction(written if written[0] != "." else "0" + written))

    def is_own(self, letter: str, digits: str) -> bool:
        """Whether the exercise has a variable that makes `2e1` a product."""
        return not self.vocabulary.variables.isdisjoint((letter, letter + digits))

    def refuse_thousands(self, match: re.Match[str]) -> None:
        """`1,000` is no pair, and `1 000` no product."""
        last = self.found[-1] if self.found else None
        if not last or len(match[0]) != 3 or not match[0].isdecimal():
            return
        if last.kind == "number" and self.space:
            raise Unreadable("Write a long number without spaces, as in 1000.", self.column)
        before = self.found[-2] if len(self.found) > 1 else None
        if last.text == "," and not self.space and before and before.kind == "number" and match[0][0] == "0":
            raise Unreadable("Write a long number without commas, as in 1000.", last.column)

    def vulgar(self, char: str) -> None:
        last = self.found[-1] if self.found else None
        if last and last.kind == "number" and not self.space and last.text.isdecimal():
            self.found[-1] = last._replace(text=last.text + char, value=last.value + VULGAR[char])  # 2½
            self.at += 1
        else:
            self.add("number", char, 1, VULGAR[char])

    def superscripts(self) -> None:
        """`x⁻¹` is read as `x^{-1}`."""
        stop = self.at
        while self.text[stop : stop + 1] in SUPERSCRIPTS:
            stop += 1
        raised = "".join(SUPERSCRIPTS[char] for char in self.text[self.at : stop])
        if raised.count("(") != raised.count(")"):
            raise Unreadable("The small brackets do not match: each needs its partner.", self.column)
        inside = _Lexer(raised, self.columns[self.at : stop + 1], self.vocabulary).run(0)[:-1]
        self.add("sign", "^", 0)
        self.add("sign", "{", 0)
        self.found += inside
        self.at = stop
        self.found.append(Token("sign", "}", self.columns[stop - 1]))

    # --- letters

    def letters(self) -> None:
        """A run of letters, with any index behind it, taken apart into known names."""
        stop = self.at
        while self.text[stop : stop + 1].isalpha() and self.text[stop] not in SUPERSCRIPTS:
            stop += 1
        run = self.text[self.at : stop]
        match = _SUFFIX.match(self.text, stop)
        suffix = match[0] if match else ""
        if suffix == "_" and not run.endswith("log"):
            suffix = ""
        is_before_bracket = self.text.startswith("(", stop + len(suffix))
        pieces = self.names.split(run, suffix, is_before_bracket=is_before_bracket)
        if pieces is None:
            raise self.names.complain(run, suffix, self.columns[self.at : stop])
        for kind, name, length in pieces:
            self.add(kind, name, length)
            self.space = False


def _printable(char: str) -> str:
    visible = char.isprintable() and unicodedata.category(char)[0] != "M"
    return char if visible else f"U+{ord(char):04X} (invisible)"
