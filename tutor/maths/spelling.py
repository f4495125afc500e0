"""A text as typed, in the one spelling that the lexer knows; every character keeps the column it came from.

Signs that look alike become one sign, LaTeX's commonest commands plain signs and words, lowered digits `_{1}`. What is not
known is passed on as it stands: refusing is the lexer's.
"""

import re
import unicodedata
from typing import NamedTuple

from tutor.maths.grammar import INVISIBLE, SAME_SIGN, SUBSCRIPTS, SUPERSCRIPTS
from tutor.maths.latex import ARGUMENTS, FONTS, LETTERS, MEANING, SIZES, SPACES

_COMMAND = re.compile(r"\\([A-Za-z]+|.)?", re.DOTALL)
_BRACES = re.compile(r"\s*\{([^{}\\]*)\}")
_MATRIX = re.compile(r"\{[bpvBV]?matrix\}")
_SPACE = re.compile(r"(?:\s|\\(?:(?:left|displaystyle)(?![A-Za-z])|[,;:! ]))*")
_INDEX = re.compile(r"_(?:[^\W_]|\{[^{}]{1,20}\})|[₀-₉]+")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ROOT_INDEX = re.compile(r"\s*\[([^\[\]]*)\]\s*(?:\\left(?![A-Za-z]))?")
_SMALL = re.compile(r"([⁰¹²³⁴-⁹ⁿ]+)(?:√|[/⁄∕]([₀-₉]+))")
_DEEPEST = 30
"Arguments inside arguments that may go without braces; each costs some six Python frames."
_PARTNER = {"{": "}", "(": ")", "[": "]"}


class Spelling(NamedTuple):
    """The text respelt."""

    text: str
    columns: list[int]
    "For each character the column that it was typed in, and one more: the length of the typed text."


def respell(typed: str) -> Spelling:
    r"""The text in plain spelling.

    >>> respell(r"\frac12\cdot w₁−１").text
    '\\frac{1}{2}* w_{1}-1'
    """
    return _Respelling(typed).run()


class _Respelling:
    """Walks the text once; `signs` grows as it goes."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.signs: list[str] = []
        self.columns: list[int] = []
        self.at = 0
        self.stop = len(typed)
        self.depth = 0
        "How many LaTeX arguments it is inside."
        self.dropped: set[int] = set()
        "Columns of braces that only held a font's letters."
        self.in_matrix = False

    def run(self) -> Spelling:
        self.unwrap()
        while self.at < self.stop:
            self.step()
        return Spelling("".join(self.signs), [*self.columns, len(self.typed)])

    def emit(self, signs: str) -> None:
        self.signs += signs
        self.columns += [self.at] * len(signs)

    def part(self) -> None:
        """Keep two words apart: `a\\sin` is not `asin`."""
        if self.signs and self.signs[-1].isalpha():
            self.emit(" ")

    def sees(self, at: int) -> str:
        """The character at a place, empty behind the end."""
        return self.typed[at : at + 1] if at < self.stop else ""

    def unwrap(self) -> None:
        """Leave out what only surrounds the whole: LaTeX's dollars, a price's one, Markdown's signs, a full stop."""
        begin = len(self.typed) - len(self.typed.lstrip())
        end = len(self.typed.rstrip())
        if self.typed[end - 1 : end] == "." and not self.typed[max(begin, end - 2) : end - 1].isdecimal():
            end -= self.typed[end - 2 : end - 1] not in ("", ".", "\\", "t") and end - begin > 1
        for sign in ("```", "`", "**"):
            if self.typed.startswith(sign, begin) and self.typed.endswith(sign, begin + len(sign), end):
                begin, end = begin + len(sign), end - len(sign)
        while begin < end and self.typed[begin] == "$":
            begin += 1
        while end > begin and self.typed[end - 1] == "$" and self.typed[end - 2 : end - 1] != "\\":
            end -= 1
        self.at = begin if begin < end else 0
        self.stop = end if begin < end else len(self.typed)

    # --- single signs

    def step(self) -> None:
        """Respell one thing at the present place."""
        char = self.typed[self.at]
        if char == "\\":
            self.command()
        elif char in SUPERSCRIPTS and not self.follows_operand() and (small := _SMALL.match(self.typed, self.at)):
            self.small(small)
        elif ord(char) in SUBSCRIPTS:
            self.index()
        else:
            self.sign(char)
            self.at += 1

    def sign(self, char: str) -> None:
        if char in SAME_SIGN:
            self.emit(SAME_SIGN[char])
        elif self.at in self.dropped:
            if char == "}" and self.sees(self.at + 1).isalpha():
                self.part()
        elif char == "&" and self.in_matrix:
            self.emit(",")
        elif char == "~":
            self.emit(" ")
        elif char == "∜":
            self.emit("\\root{4}")
        elif char not in INVISIBLE:
            self.emit(_plain(char))

    def follows_operand(self) -> bool:
        """Whether raised signs here would be a power."""
        return bool(self.signs) and (self.signs[-1].isalnum() or self.signs[-1] in ")]}|")

    def small(self, small: re.Match[str]) -> None:
        """`³√` is `\\root{3}`, and `³⁄₂` the fraction."""
        raised = "".join(SUPERSCRIPTS[char] for char in small[1])
        self.emit(f"{{{raised}/{small[2].translate(SUBSCRIPTS)}}}" if small[2] else f"\\root{{{raised}}}")
        self.at = small.end()

    def index(self) -> None:
        """A run of lowered signs: `w₁₂` is `w_{12}`."""
        if self.signs[-1:] != ["_"]:
            self.emit("_")
        self.emit("{")
        while ord(self.sees(self.at) or " ") in SUBSCRIPTS:
            self.emit(self.typed[self.at].translate(SUBSCRIPTS))
            self.at += 1
        self.at -= 1
        self.emit("}")
        self.at += 1

    # --- LaTeX

    def command(self) -> None:
        match = _COMMAND.match(self.typed, self.at, self.stop)
        name = (match[1] if match else None) or ""
        stop = self.at + 1 + len(name)
        if name in FONTS:
            stop += self.sees(stop) == "*"
            braces = _BRACES.match(self.typed, stop)
            if braces:
                self.dropped |= {braces.start(1) - 1, braces.end() - 1}
            self.part()
        elif name in SIZES:
            stop += name in ("left", "right") and self.sees(stop) == "."
        elif name in SPACES:
            self.emit(" ")
        elif name in ("begin", "end") and (matrix := _MATRIX.match(self.typed, stop)):
            self.emit("(" if name == "begin" else ")")
            self.in_matrix = name == "begin"
            stop = matrix.end()
        elif name == "\\" and self.in_matrix:
            self.emit(",")
        elif name in ARGUMENTS:
            self.applied(name, stop)
            return
        elif name in MEANING:
            self.meaning(MEANING[name], self.sees(stop))
        else:
            self.emit("\\" + name)
        self.at = stop

    def meaning(self, meaning: str, following: str) -> None:
        """A command's plain spelling, kept apart from words on either side."""
        if meaning.isalpha():
            self.part()
        self.emit(meaning)
        if meaning.isalpha() and (following.isalpha() or (meaning == "pi" and following.isdecimal())):
            self.emit(" ")

    def applied(self, name: str, stop: int) -> None:
        """A command with its arguments, each put into braces: `\\frac12`, `\\sqrt2 x`, `\\sqrt[3]x`."""
        self.part()
        if name != "sqrt":
            self.emit("\\frac")
            self.at = stop
        elif (index := _ROOT_INDEX.match(self.typed, stop, self.stop)) and self.starts_argument(index.end()):
            self.emit("\\root{")
            self.at = index.start(1)
            while self.at < index.end(1):
                self.step()
            self.emit("}")
            self.at = index.end()
        else:
            self.emit("sqrt")
            self.at = stop
        if self.depth < _DEEPEST:
            self.depth += 1
            for _ in range(ARGUMENTS[name]):
                self.argument(is_root=name == "sqrt")
            self.depth -= 1

    def starts_argument(self, at: int) -> bool:
        """Whether what comes next is all that a command without braces takes, or opens a bracket."""
        char = self.sees(at)
        if char == "\\":
            match = _COMMAND.match(self.typed, at, self.stop)
            return bool(match and match[1] and (match[1] in LETTERS or match[1] in ARGUMENTS or match[1] in FONTS))
        return char != "" and (char in _PARTNER or (char.isalnum() and char not in SUPERSCRIPTS))

    def argument(self, *, is_root: bool) -> None:
        """One argument; a root takes all digits that come, for who types `\\sqrt12` means twelve."""
        space = _SPACE.match(self.typed, self.at, self.stop)
        start = space.end() if space else self.at
        if not self.starts_argument(start):
            return
        self.at = start
        opening = self.typed[start]
        if opening == "{":
            self.group(opening)
            return
        self.emit("{")
        is_complete = True
        if opening in _PARTNER:
            is_complete = self.group(opening)
        elif is_root and (digits := _DIGITS.match(self.typed, start, self.stop)):
            while self.at < digits.end():
                self.step()
        else:
            self.letter()
        if is_complete:
            self.emit("}")

    def letter(self) -> None:
        """A single letter or command, with its index."""
        before = len(self.signs)
        while self.at < self.stop and not "".join(self.signs[before:]).strip():
            self.step()
        index = _INDEX.match(self.typed, self.at, self.stop)
        while index and self.at < index.end():
            self.step()

    def group(self, opening: str) -> bool:
        """Everything up to the bracket's partner; whether that was there."""
        depth = 0
        while self.at < self.stop:
            depth += {opening: 1, _PARTNER[opening]: -1}.get(self.typed[self.at], 0)
            self.step()
            if not depth:
                return True
        return False


def _plain(char: str) -> str:
    """The everyday form of a wide or ornamental character; others as they are."""
    if char.isascii() or char in SUPERSCRIPTS or char in "ªº" or not ("！" <= char <= "～" or char.isalpha()):
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
