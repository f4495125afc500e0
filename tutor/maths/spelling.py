"""A text as typed, in the one spelling that the lexer knows; every character keeps the column it came from.

Signs that look alike become one sign, LaTeX's commonest commands plain signs and words, lowered digits `_{1}`. What is not
known is passed on as it stands: refusing is the lexer's.
"""

import re
import unicodedata
from typing import NamedTuple

from tutor.maths.grammar import CONSTANTS, FUNCTIONS, GREEK, INVISIBLE, SAME_SIGN, SUBSCRIPTS, SUPERSCRIPTS

_COMMAND = re.compile(r"\\([A-Za-z]+|.)?", re.DOTALL)
_BRACES = re.compile(r"\s*\{([^{}\\]*)\}")
_MATRIX = re.compile(r"\{[bpvBV]?matrix\}")
_FONTS = frozenset(
    [
        "mathrm",
        "mathit",
        "mathbf",
        "mathsf",
        "mathtt",
        "mathnormal",
        "boldsymbol",
        "bm",
        "text",
        "textrm",
        "textit",
        "operatorname",
        "displaystyle",
    ]
)
_SIZES = frozenset(["left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "limits"])
_SPACES = frozenset({",", ";", ":", "!", " ", "quad", "qquad", "(", ")", "[", "]"})
_MEANING = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "frac": "\\frac", "dfrac": "\\frac", "tfrac": "\\frac", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}",
    "langle": "(", "rangle": ")", "lparen": "(", "rparen": ")", "leq": "≤", "geq": "≥", "neq": "≠", "le": "≤", "ge": "≥",
    "ne": "≠", "infty": "∞", "partial": "∂", "nabla": "∇", "int": "∫", "prime": "'", "_": "_", "%": "%", "$": "$",
    **{name: name for name in {*FUNCTIONS, *CONSTANTS} if name.isalpha() and name.isascii()}, **GREEK,
}  # fmt: skip
"Command to what it stands for."


class Spelling(NamedTuple):
    """The text respelt."""

    text: str
    columns: list[int]
    "For each character the column that it was typed in, and one more: the length of the typed text."


def respell(typed: str) -> Spelling:
    r"""The text in plain spelling.

    >>> respell(r"\frac{1}{2}\cdot w₁−１").text
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
        self.dropped: set[int] = set()
        "Columns of braces that only held a font's letters."
        self.in_matrix = False

    def run(self) -> Spelling:
        self.drop_dollars()
        while self.at < len(self.typed):
            self.step(self.typed[self.at])
        return Spelling("".join(self.signs), [*self.columns, len(self.typed)])

    def emit(self, signs: str) -> None:
        self.signs += signs
        self.columns += [self.at] * len(signs)

    def part(self) -> None:
        """Keep two words apart: `a\\sin` is not `asin`."""
        if self.signs and self.signs[-1].isalpha():
            self.emit(" ")

    def drop_dollars(self) -> None:
        """Dollar signs around the whole are LaTeX's, and in front a price's."""
        begin = len(self.typed) - len(self.typed.lstrip())
        end = len(self.typed.rstrip())
        while begin < end and self.typed[begin] == "$":
            self.dropped.add(begin)
            begin += 1
        while end > begin and self.typed[end - 1] == "$" and self.typed[end - 2 : end - 1] != "\\":
            self.dropped.add(end - 1)
            end -= 1

    def step(self, char: str) -> None:
        if char == "\\":
            self.command()
            return
        if char in SAME_SIGN:
            self.emit(SAME_SIGN[char])
        elif self.at in self.dropped:
            if char == "}" and self.typed[self.at + 1 : self.at + 2].isalpha():
                self.part()
        elif ord(char) in SUBSCRIPTS:
            self.index()
            return
        elif char == "&" and self.in_matrix:
            self.emit(",")
        elif char not in INVISIBLE:
            self.emit(_plain(char))
        self.at += 1

    def index(self) -> None:
        """A run of lowered signs: `w₁₂` is `w_{12}`."""
        if self.signs[-1:] != ["_"]:
            self.emit("_")
        self.emit("{")
        while ord(self.typed[self.at : self.at + 1] or " ") in SUBSCRIPTS:
            self.emit(self.typed[self.at].translate(SUBSCRIPTS))
            self.at += 1
        self.at -= 1
        self.emit("}")
        self.at += 1

    def command(self) -> None:
        match = _COMMAND.match(self.typed, self.at)
        name = (match[1] if match else None) or ""
        stop = self.at + 1 + len(name)
        if name in _FONTS:
            braces = _BRACES.match(self.typed, stop)
            if braces:
                self.dropped |= {braces.start(1) - 1, braces.end() - 1}
            self.part()
        elif name in _SIZES:
            stop += name in ("left", "right") and self.typed[stop : stop + 1] == "."
        elif name in _SPACES:
            self.emit(" ")
        elif name in ("begin", "end") and (matrix := _MATRIX.match(self.typed, stop)):
            self.emit("(" if name == "begin" else ")")
            self.in_matrix = name == "begin"
            stop = matrix.end()
        elif name == "\\" and self.in_matrix:
            self.emit(",")
        elif name in _MEANING:
            if _MEANING[name].isalpha():
                self.part()
            self.emit(_MEANING[name])
            following = self.typed[stop : stop + 1]
            if _MEANING[name].isalpha() and (following.isalpha() or (name == "pi" and following.isdecimal())):
                self.emit(" ")
        else:
            self.emit("\\" + name)
        self.at = stop


def _plain(char: str) -> str:
    """The everyday form of a wide or ornamental character; others as they are."""
    if char.isascii() or char in SUPERSCRIPTS or char in "ªº" or not ("！" <= char <= "～" or char.isalpha()):
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
