"""Respelt text to tokens, each with the column it came from: numbers, signs, and letters taken apart into known names.

It does not know precedence, nor which tokens may stand beside which.
"""

import re
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
from tutor.maths.latex import complain_of_command
from tutor.maths.names import Names, UnknownName
from tutor.maths.notation import (
    complain_of_program,
    differential_at,
    end_of_left_side,
    find_undone,
    is_only_left_side,
)
from tutor.maths.signs import REPEATING, complain_of_sign
from tutor.maths.spelling import respell
from tutor.words import tr


class Token(NamedTuple):
    """One piece: a `number`, `variable`, `constant`, `function`, `sign` or the `end`.

    A `log` is a function with its base to follow, a `root` one with its index to follow.
    """

    kind: str
    text: str
    "The name or sign; a number as typed; empty for the end."
    column: int
    value: Fraction = Fraction(0)
    after_space: bool = False
    typed: str = ""
    "As it was spelt: `log` where the name is `ln`."


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_ON_FOR_EVER = re.compile(r"(?<=\.)\([0-9]+\)|\.\.")
_RAISED = "[" + re.escape("".join(SUPERSCRIPTS)) + "]++"
_EXPONENT = re.compile(rf"⁻[½⅓⅔¼¾]|{_RAISED}(?:/{_RAISED})?")
_COMMAND = re.compile(r"\\([A-Za-z]*)")
_SCIENTIFIC = re.compile(r"([eE])([+-]?[0-9]+)")
_ARC = re.compile(r"arc\s+(sinh|cosh|tanh|sin|cos|tan|sec|csc|cot)", re.IGNORECASE)
_SUFFIX = re.compile(r"_?[0-9]+|_\{[^\W_]+\}|_[^\W_]+|_")
_LONGEST_EXPONENT = 6
_SIGNS = frozenset("+-*/^(){}[]|,;")
_UNDONE = tr("That still asks for a derivative or an integral: work it out and type the result.")


def tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a text, the last of kind `end`.

    Raises:
        Unreadable: a sign or name that is not known, with its column.
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable(
            tr(
                "That is more than {max_length} characters, the most that can be read. Is there a shorter way "
                "to write it?",
                max_length=MAX_LENGTH,
            ),
            MAX_LENGTH,
        )
    plain, columns = respell(text)
    names = Names(vocabulary)
    start = end_of_left_side(plain, names.can_read)
    try:
        return _Lexer(_bracketed(plain, start), columns, vocabulary).run(start)
    except Unreadable as error:
        # Asked only now, so that an exercise may have a variable d, or dx.
        raise _better_known(error, plain, columns, start) or error from None


def _better_known(error: Unreadable, plain: str, columns: list[int], start: int) -> Unreadable | None:
    """The complaint about a well-known thing that is no answer, where the text holds one."""
    undone = find_undone(plain, start)
    if undone is not None:
        return Unreadable(_UNDONE, columns[undone], is_unfinished=is_only_left_side(plain))
    if program := complain_of_program(plain):
        return Unreadable(program[0], columns[program[1]])
    if isinstance(error, UnknownName) and (differential := differential_at(plain, columns.index(error.column))):
        return UnknownName(
            tr("Leave out {differential}: only the result is wanted.", differential=differential),
            error.column,
            error.name,
        )
    return None


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
            raise Unreadable(complain_of_sign("<" if is_comparison else "="), self.columns[equals - is_comparison])
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
        elif char == "\\":
            self.command()
        elif char in _SIGNS:
            self.add("sign", char, 1)
        else:
            raise Unreadable(complain_of_sign(char), self.column)

    def command(self) -> None:
        """The two LaTeX commands that respelling leaves."""
        match = _COMMAND.match(self.text, self.at)
        name = match[1] if match else ""
        if name == "frac":
            self.add("sign", "frac", len("\\frac"))
        elif name == "root":
            self.add("root", "sqrt", len("\\root"))
        else:
            raise Unreadable(complain_of_command(name), self.column)

    # --- numbers

    def number(self) -> None:
        match = _NUMBER.match(self.text, self.at)
        if not match:
            raise Unreadable(complain_of_sign("."), self.column)
        self.refuse_thousands(match)
        written = match[0]
        if endless := _ON_FOR_EVER.match(self.text, match.end()):
            raise Unreadable(REPEATING, self.columns[endless.start()])
        power = _SCIENTIFIC.match(self.text, match.end())
        if power and not self.is_own(power[1], power[2]):
            if len(power[2]) > _LONGEST_EXPONENT or abs(int(power[2])) > MAX_MAGNITUDE:
                raise Unreadable(
                    tr(
                        "This number is too big or too small: at most {max_magnitude} places.",
                        max_magnitude=MAX_MAGNITUDE,
                    ),
                    self.column,
                )
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
            raise Unreadable(tr("Write a long number without spaces, as in 1000."), self.column)
        before = self.found[-2] if len(self.found) > 1 else None
        if last.text == "," and not self.space and before and before.kind == "number" and match[0][0] == "0":
            decimal, whole = f"{before.text}.{match[0]}", f"{before.text}{match[0]}"
            point = tr("A decimal is written with a point: {meant}", meant=decimal)
            comma = tr("Write a long number without commas, as in {whole}.", whole=whole)
            raise Unreadable(point if before.text[0] == "0" else f"{comma} {point}", last.column)

    def vulgar(self, char: str) -> None:
        last = self.found[-1] if self.found else None
        if last and last.kind == "number" and not self.space and last.text.isdecimal():
            self.found[-1] = last._replace(text=last.text + char, value=last.value + VULGAR[char])  # 2½
            self.at += 1
        else:
            self.add("number", char, 1, VULGAR[char])

    def superscripts(self) -> None:
        """`x⁻¹` is read as `x^{-1}`, and so is `x^⁻¹`, which says it twice."""
        match = _EXPONENT.match(self.text, self.at)
        stop = match.end() if match else self.at + 1
        plain, columns = self.lowered(stop)
        if plain.count("(") != plain.count(")"):
            raise Unreadable(tr("The small brackets do not match: each needs its partner."), self.column)
        inside = _Lexer(plain, [*columns, self.columns[stop]], self.vocabulary).run(0)[:-1]
        is_said_twice = [token.text for token in self.found[-2:]] in (["^", "{"], ["^", "("]) or self.ends_with("^")
        if not is_said_twice:
            self.add("sign", "^", 0)
        if plain[-1] in "+-" and is_said_twice:
            self.found += inside  # e^⁻x
        else:
            self.add("sign", "{", 0)
            self.found += [*inside, Token("sign", "}", self.columns[stop - 1])]
        self.at = stop

    def ends_with(self, sign: str) -> bool:
        return bool(self.found) and self.found[-1].text == sign

    def lowered(self, stop: int) -> tuple[str, list[int]]:
        """The raised signs up to there as plain ones, with their columns; `ˣ²`, a power in a power, gets its sign."""
        plain: list[str] = []
        columns: list[int] = []
        for at in range(self.at, stop):
            char = SUPERSCRIPTS.get(self.text[at], self.text[at])
            if plain and char.isdecimal() and plain[-1].isalpha() and plain[-1] + char not in self.names.words:
                plain.append("^")
                columns.append(self.columns[at])
            plain.append(char)
            columns.append(self.columns[at])
        return "".join(plain), columns

    # --- letters

    def letters(self) -> None:
        """A run of letters, with any index behind it, taken apart into known names."""
        arc = _ARC.match(self.text, self.at)
        if arc and not self.names.can_read("arc", ""):
            self.add("function", FUNCTIONS["arc" + arc[1].lower()], arc.end() - self.at)
            return
        stop = self.at
        while self.text[stop : stop + 1].isalpha() and self.text[stop] not in SUPERSCRIPTS:
            stop += 1
        run = self.text[self.at : stop]
        match = _SUFFIX.match(self.text, stop)
        suffix = match[0] if match else ""
        if suffix == "_" and not run.lower().endswith("log"):
            suffix = ""
        is_before_bracket = self.text.startswith("(", stop + len(suffix))
        pieces = self.names.split(run, suffix, is_before_bracket=is_before_bracket)
        if pieces is None:
            raise self.names.complain(run, suffix, self.columns[self.at : stop])
        for kind, name, length in pieces:
            self.add(kind, name, length)
            self.space = False
