"""Text as typed to tokens, each with the column it came from.

Here every spelling of a sign becomes one sign: Unicode, LaTeX's commonest commands, superscripts, names run together.
It does not know precedence, nor which tokens may stand beside which.
"""

import difflib
import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from tutor.errors import Unreadable
from tutor.maths.grammar import (
    CONSTANTS,
    FUNCTIONS,
    GREEK,
    INVISIBLE,
    MAX_LENGTH,
    MAX_MAGNITUDE,
    SAME_SIGN,
    SUPERSCRIPTS,
    VULGAR,
    Vocabulary,
    canonical,
    display_name,
    words,
)


class Token(NamedTuple):
    """One piece of the text. Kinds: `number`, `variable`, `constant`, `function`, `log` (with a base to follow), `sign`, `end`."""

    kind: str
    text: str
    "The name or sign; a number as typed; what an `end` token says of itself is empty."
    column: int
    value: Fraction = Fraction(0)
    after_space: bool = False
    end: int = 0
    "The column just past it."


_ANY_FUNCTION = r"(?:[a-zA-Zα-ω](?:_\{?[a-z0-9]+\}?)?)"
_ARGUMENTS = r"(?:\s*\([^()=]{0,40}\))?"
_ORDER = r"(?:\^?\{?\d\}?|[²³⁴])?"
_LEFT_SIDES = re.compile(
    rf"""\s*\$?\s*(?:
        [d∂]{_ORDER}\s*{_ANY_FUNCTION}{_ARGUMENTS}\s*/\s*(?:[d∂]\s*{_ANY_FUNCTION}{_ORDER}\s*)+   # dy/dx, ∂²f/∂x∂y
      | \\d?frac\s*\{{\s*(?:d|\\partial|∂)[^{{}}]*\}}\s*\{{\s*(?:d|\\partial|∂)[^{{}}]*(?:\{{\w*\}})?\}}{_ARGUMENTS}
      | [a-zA-Z]['′’]{{1,4}}{_ARGUMENTS}                                                      # f'(x), y''
      | [a-zA-Z]_\{{?[a-z]{{1,4}}\}}?{_ARGUMENTS}                                             # f_x, f_xy(x, y)
      | (?:∇|\\nabla|grad(?:ient)?)\s*\(?[a-zA-Z]\)?{_ARGUMENTS}
    )\s*=(?!=)\s*""",
    re.VERBOSE,
)
_UNDONE = re.compile(
    r"(?:[d∂]|\\partial)\s*[a-zA-Z]?\s*/\s*\(?\s*(?:d|∂|\\partial)\s*[a-zA-Z]|\b(?:diff|derivative|Derivative|deriv|D)\s*[(\[]|∇|\\nabla|\bgrad\b|∫|\\int|\bint(?:egrate|egral)?\s*\("
)
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_SCIENTIFIC = re.compile(r"[eE][+-]?\d+")
_SUFFIX = re.compile(r"_?[0-9₀-₉]+|_\{?[^\W_]+\}?")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)?", re.DOTALL)
_FONT = frozenset(
    {
        "mathrm",
        "mathit",
        "mathbf",
        "text",
        "operatorname",
        "displaystyle",
        "left",
        "right",
        "big",
        "Big",
        "bigl",
        "bigr",
    }
)
_SPACES = frozenset({",", ";", ":", "!", " ", "quad", "qquad", "limits"})
_COMMAND_SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}",
    "langle": "(", "rangle": ")", "leq": "≤", "geq": "≥", "neq": "≠", "infty": "∞",
}  # fmt: skip
_SIGNS = frozenset("+-*/^(){}[]|,;")
_REFUSED = {
    "=": "An equation is not wanted here: type only what stands after the equals sign.",
    **dict.fromkeys("<>≤≥≠≈", "A comparison is not wanted here: type one expression."),
    "!": "Factorials (!) are not used here.",
    "'": "A derivative left to do (') is not an answer yet: work it out.",
    "%": "Percent signs are not read: write 5% as 5/100.",
    "\\": "A backslash begins a LaTeX command that is not known here. Try plain signs, such as x^2/3.",
    "∞": "Infinity is not a number that can be an answer here.",
    "$": "Leave out the $; prices are plain numbers.",
    "°": "Angles are in radians: leave out the degree sign, and write 180° as pi.",
    '"': "Quotation marks mean nothing here: leave them out.",
    "_": "This underscore follows nothing: an index follows its letter, as in w_1.",
    ":": "A colon means nothing here: use / to divide.",
    ".": "This point belongs to no number: write 0.5, and * to multiply.",
}


def start_of_answer(text: str) -> int:
    """Where the answer begins after a left side such as `dy/dx =`, which is read past."""
    match = _LEFT_SIDES.match(text)
    return match.end() if match else 0


def tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a text, the last of kind `end`.

    Raises:
        Unreadable: a sign or name that is not known, with its column.
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable(
            f"That is {len(text)} characters long; an answer here may have {MAX_LENGTH}. Is there a shorter way to write it?",
            MAX_LENGTH,
        )
    start = start_of_answer(text)
    undone = _UNDONE.search(text, start)
    if undone and "d" not in vocabulary.variables and "D" not in vocabulary.variables:
        raise Unreadable(
            "That still asks for a derivative or an integral: work it out and type the result.", undone.start()
        )
    return _Lexer(text, vocabulary).run(start)


class _Lexer:
    """Walks the text once; `found` grows as it goes."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.words = words(vocabulary)
        self.found: list[Token] = []
        self.at = 0
        self.space = False

    def run(self, start: int) -> list[Token]:
        self.at = start
        while self.at < len(self.text):
            before = len(self.found)
            self.step(self.text[self.at])
            if len(self.found) > before:
                self.space = False
        self.add("end", "", 0)
        return self.found

    def add(self, kind: str, text: str, length: int, value: Fraction = Fraction(0)) -> None:
        self.found.append(Token(kind, text, self.at, value, self.space, self.at + length))
        self.at += length

    def step(self, char: str) -> None:
        """Read one thing at the present place."""
        sign = SAME_SIGN.get(char, char)
        if "\uff01" <= sign <= "\uff5e" or "\U0001d400" <= sign <= "\U0001d7ff":
            sign = unicodedata.normalize("NFKC", sign)
        if char.isspace() or char in INVISIBLE:
            self.space = self.space or char.isspace()
            self.at += 1
        elif char.isdecimal() and char.isascii() or char == ".":
            self.number()
        elif char in VULGAR:
            self.vulgar(char)
        elif char in SUPERSCRIPTS:
            self.superscripts()
        elif char in "√∛":
            self.add("function", FUNCTIONS[char], 1)
        elif char == "\\":
            self.command()
        elif sign.isalpha() and sign not in "ªº":
            self.letters()
        elif self.text.startswith("**", self.at):
            self.add("sign", "^", 2)
        elif sign in _SIGNS:
            self.add("sign", sign, 1)
        elif char == "$" and self.at in (0, len(self.text.rstrip()) - 1):
            self.at += 1
        else:
            raise Unreadable(_REFUSED.get(sign) or f"The sign {_printable(char)} means nothing here.", self.at)

    def number(self) -> None:
        match = _NUMBER.match(self.text, self.at)
        if not match:
            raise Unreadable(_REFUSED["."], self.at)
        written = match[0]
        if "e" not in self.vocabulary.variables:
            power = _SCIENTIFIC.match(self.text, match.end())
            if power:
                if abs(int(power[0][1:])) > MAX_MAGNITUDE:
                    raise Unreadable(f"This number is too big or too small: at most {MAX_MAGNITUDE} places.", self.at)
                written += power[0]
        self.add("number", written, len(written), Fraction(written if written[0] != "." else "0" + written))

    def vulgar(self, char: str) -> None:
        last = self.found[-1] if self.found else None
        if last and last.kind == "number" and not self.space and last.value.denominator == 1:
            self.found.pop()  # 2½ is two and a half
            self.at = last.column
            self.add("number", last.text + char, len(last.text) + 1, last.value + VULGAR[char])
        else:
            self.add("number", char, 1, VULGAR[char])

    def superscripts(self) -> None:
        """`x⁻¹` is read as `x^(-1)`."""
        length = 1
        while self.text[self.at + length : self.at + length + 1] in SUPERSCRIPTS:
            length += 1
        raised = "".join(SUPERSCRIPTS[char] for char in self.text[self.at : self.at + length])
        start = self.at
        inside = _Lexer(raised, self.vocabulary)
        try:
            parts = inside.run(0)[:-1]
        except Unreadable as error:
            raise Unreadable(error.message, start + error.column) from None
        self.found.append(Token("sign", "^", start, end=start))
        self.found.append(Token("sign", "(", start, end=start))
        self.found += [part._replace(column=start + part.column, end=start + part.end) for part in parts]
        self.at += length
        self.found.append(Token("sign", ")", start + length - 1, end=self.at))

    def command(self) -> None:
        r"""One of LaTeX's commands, such as `\frac`, `\sin`, `\cdot`, `\theta`."""
        match = _COMMAND.match(self.text, self.at)
        name = match[0][1:] if match else ""
        length = len(name) + 1
        if name in _SPACES or name in _FONT:
            self.at += length
            self.space = self.space or name in _SPACES
        elif name in _COMMAND_SIGNS and (_COMMAND_SIGNS[name] in _SIGNS or name.endswith("frac")):
            self.add("sign", _COMMAND_SIGNS[name], length)
        elif name in _COMMAND_SIGNS:
            raise Unreadable(_REFUSED[_COMMAND_SIGNS[name]], self.at)
        elif name in FUNCTIONS or name in CONSTANTS or name in GREEK or canonical(name) in self.vocabulary.variables:
            self.at += 1
            self.letters(only=len(name))
        else:
            raise Unreadable(_REFUSED["\\"], self.at)

    def letters(self, only: int | None = None) -> None:
        """A run of letters, with any index behind it, taken apart into known names: longest first, the exercise's own before others."""
        stop = self.at
        while self.text[stop : stop + 1].isalpha() and self.text[stop] not in SUPERSCRIPTS:
            stop += 1
        run = self.text[self.at : stop]
        run = unicodedata.normalize("NFKC", "".join(SAME_SIGN.get(char, char) for char in run[:only]))
        suffix_match = _SUFFIX.match(self.text, self.at + len(run))
        suffix = suffix_match[0] if suffix_match else ""
        pieces = self.split(run, suffix)
        if pieces is None:
            raise self.unknown(run, suffix)
        for kind, name, length in pieces:
            self.add(kind, name, length)
            self.space = False

    def split(self, run: str, suffix: str) -> list[tuple[str, str, int]] | None:
        """The run as (kind, name, length), or None where it cannot be done."""
        dead: set[int] = set()

        def rest(start: int) -> list[tuple[str, str, int]] | None:
            if start == len(run):
                return []
            if start in dead:
                return None
            for stop in range(len(run), start, -1):
                for piece in self.pieces(run[start:stop], suffix if stop == len(run) else ""):
                    if stop == len(run):
                        return [piece]
                    more = rest(stop)
                    if more is not None:
                        return [piece, *more]
            dead.add(start)
            return None

        return rest(0)

    def pieces(self, word: str, suffix: str) -> list[tuple[str, str, int]]:
        """What a word may be, with the index behind it: best first, at most one."""
        if suffix:
            whole = self.words.get(canonical(word + suffix)) or self.words.get(word + suffix)
            if whole:
                return [(*whole, len(word + suffix))]
        known = self.words.get(word) or self.words.get(canonical(word))
        if not known:
            return []
        kind, name = known
        if not suffix or (kind == "function" and suffix[0].isascii() and suffix[0].isdigit()):
            return [(kind, name, len(word))]
        if name == "ln" and word == "log":
            return [("log", "log", len(word) + suffix.startswith("_"))]
        return []

    def unknown(self, run: str, suffix: str) -> Unreadable:
        """The complaint about the first letters that no name begins with."""
        reach = max(
            (stop for stop in range(len(run)) if self.split(run[:stop], "") is not None),
            default=0,
        )
        column = self.at + reach
        rest = run[reach:]
        names = self.vocabulary.sentence()
        if suffix and len(rest) == 1 and suffix[0].isdigit() and suffix.isascii() and self.pieces(rest, ""):
            return Unreadable(
                f"{rest}{suffix} could mean two things: write {rest}^{suffix} for a power, {suffix}*{rest} for a product.",
                column,
            )
        for other in (rest.swapcase(), rest.lower(), rest + suffix.swapcase()):
            if other != rest and (other in self.words or canonical(other + suffix) in self.words):
                return Unreadable(
                    f"This exercise uses {names}; {rest} is not one of them. Did you mean {other}?", column
                )
        for word, place in ((run, self.at), (rest, column)):
            near = difflib.get_close_matches(word, [known for known in self.words if len(known) > 2], n=1, cutoff=0.74)
            if near:
                return Unreadable(f"{word} is not known here. Did you mean {near[0]}?", place)
        letter = rest if self.is_one_name(rest, suffix) else rest[0]
        shown = display_name(canonical(letter + suffix)) if letter == rest else letter
        return Unreadable(f"This exercise uses {names}; {shown} is not one of them.", column)

    def is_one_name(self, rest: str, suffix: str) -> bool:
        return len(rest) == 1 or bool(suffix) or not any(letter in self.words for letter in rest)


def _printable(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X} (invisible)"
