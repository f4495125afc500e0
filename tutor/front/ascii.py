"""Everything that is written, in ASCII: mathematics as it would be typed, marks, quotes, lines and boxes.

`spelt` may make a text longer (`x²` is `x^2`), so it comes before anything is laid out. `ONE_FOR_ONE` keeps every column
in its place, for what has been laid out already. Whether it is wanted is for `tutor.front.shown` to know.
"""

from __future__ import annotations

import codecs
import io
import unicodedata
from typing import Final

from tutor.front.words import cell_len
from tutor.maths.grammar import FUNCTIONS, GREEK_WORDS, SUBSCRIPTS, SUPERSCRIPTS, VULGAR

_LONGER: Final = {
    "…": "...",
    "⋯": "...",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "↑": "up",
    "↓": "down",
    "±": "+-",
    "∞": "inf",
    "°": " deg",
    "″": "''",
    "€": "EUR",
    "£": "GBP",
    "ß": "ss",
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "Ä": "Ae",
    "Ö": "Oe",
    "Ü": "Ue",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
    "þ": "th",
    "Þ": "Th",
    "©": "(c)",
    "®": "(R)",
    "§": "sec.",
    "≡": "==",
    "⇔": "<=>",
    "≪": "<<",
    "≫": ">>",
    "≅": "~=",
    "≃": "~=",
    "∅": "{}",
    "⊙": "(.)",
    "⊗": "(x)",
    "⊕": "(+)",
    "‖": "||",
    "«": '"',
    "»": '"',
    # A hat or a bar makes another quantity of a letter: without it `y − ŷ` would be nothing.
    "ŷ": "y_hat",
    "Ŷ": "Y_hat",
    "ŵ": "w_hat",
    "ẑ": "z_hat",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "_hat",
    "\N{COMBINING MACRON}": "_bar",
    "\N{COMBINING TILDE}": "_tilde",
}
_WORDS: Final = {
    "∑": "sum",
    "∏": "prod",
    "∫": "int",
    "∀": "for all",
    "∃": "there is",
    "∈": "in",
    "∉": "not in",
    "⊂": "within",
    "⊆": "within",
    "∪": "union",
    "∩": "intersection",
    "∘": "o",
    "∨": "or",
    "∧": "and",
    "¬": "not",
}
"Signs that are read as words, and stand apart from letters as words do."
_SIGNS: Final = {
    "-": "−–—‐‑─╌┄",
    ".": "░",
    "=": "━═",
    "|": "│┊╎┆▏▎▍▌▋▊▉▐⎜⎟",
    "+": "✓",
    "x": "✗",
    "*": "·×•",
    "/": "÷⎛⎠↗↙",
    "\\": "⎝⎞↖↘",
    "S": "∑∫§",
    "P": "∏",
    "A": "∀",
    "E": "∃",
    "e": "∈",
    "a": "æ",
    "L": "Ł",
    "l": "ł",
    "D": "ĐÐ",
    "d": "∂đð",
    "c": "©",
    "R": "®",
    "0": "∅",
    "i": "ı",
    "h": "ħ",
    "'": "′‘’",
    '"': "“”„«»",
    "U": "∪",
    "n": "∩",
    "&": "∧",
    "!": "¬",
    "~": "≈∼∝≃≅",
    "o": "○◦øœ∘",
    "O": "●ØŒ",
    ">": "▸→",
    "<": "←",
    "^": "↑",
    "v": "↓",
    "_": "▁▂",
    " ": "⠀",
}
"For a sign of ASCII, those that it stands for where each column must stay in its place."
_SAME_LENGTH: Final = {sign: plain for plain, signs in _SIGNS.items() for sign in signs}


def spelt(text: str) -> str:
    """The text in ASCII; mathematics means what it meant, as answers are typed.

    >>> spelt("∂f/∂x = 3x²y − √(2π)"), spelt("½w₁x₁⁻¹ → sin²(θ)"), spelt("∂²L/∂w₁∂w₂ ≠ ∇f")
    ('df/dx = 3x^2*y - sqrt(2*pi)', '1/2*w1*x1^(-1) -> sin^2(theta)', 'd^2L/dw1 dw2 != grad f')
    """
    return text if text.isascii() else _Spelling(unicodedata.normalize("NFC", text)).run()


def has_unspelt(text: str) -> bool:
    """Whether there are letters in a text that ASCII has no spelling for, as those of other scripts.

    >>> has_unspelt("für σ(x) ≤ ∂²f"), has_unspelt("Производная")
    (False, True)
    """
    return any(sign.isalpha() and "?" in spelt(sign) for sign in set(text) if not sign.isascii())


def write_ascii(*streams: object) -> None:
    """Have whatever is written to these streams spelt on its way."""
    codecs.register_error("spelt", _spelt_within)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii", errors="spelt")


def _spelt_within(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    spelling = _Spelling(error.object, error.start)
    return spelling.run(error.end), spelling.at


class _Spelling:
    """Walks a text once."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at
        self.out: list[str] = []

    def run(self, end: int | None = None) -> str:
        while self.at < (len(self.text) if end is None else end):
            sign = self.text[self.at]
            if sign.isascii():
                self.emit(sign, 1)
            elif sign in SUPERSCRIPTS:
                self.raised()
            elif ord(sign) in SUBSCRIPTS:
                self.lowered()
            elif sign in GREEK_WORDS:
                self.greek(sign)
            elif sign in VULGAR:
                self.fraction(sign)
            elif sign in "√∛":
                self.root("sqrt" if sign == "√" else "cbrt")
            elif sign in _WORDS:
                self.word(_WORDS[sign])
            elif sign == "∇":
                self.emit("grad " if self.sees(1).isalpha() else "grad", 1)
            elif sign == "∂" and self.last.isalnum():
                self.emit(" d", 1)
            elif sign == "·" and self.sees(1) in ("", " ") and not self.text[: self.at].strip():
                self.emit("-", 1)  # the mark of an item
            else:
                self.emit(_LONGER.get(sign) or ONE_FOR_ONE[ord(sign)], 1)
        return "".join(self.out)

    def emit(self, signs: str, taken: int) -> None:
        self.out.append(signs)
        self.at += taken

    def sees(self, ahead: int) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    @property
    def last(self) -> str:
        """The sign before, as it is written in the text."""
        return self.text[self.at - 1 : self.at] if self.at else ""

    def times(self) -> None:
        """Write a product's sign, unless what stands before has written it already."""
        if self.out[-1:] != ["*"]:
            self.out.append("*")

    def part(self) -> None:
        """Keep what was just written apart from a factor behind it."""
        following = self.sees(0)
        if following == "∂":
            self.out.append(" ")
        elif (following.isalnum() and following not in SUPERSCRIPTS) or following in _FACTORS:
            self.out.append("*")

    def raised(self) -> None:
        """`²` is `^2`, `⁻¹` is `^(-1)`; `³√` would be a root, which nobody writes here."""
        end = self.at
        while self.text[end : end + 1] in SUPERSCRIPTS:
            end += 1
        inside = spelt("".join(SUPERSCRIPTS[sign] for sign in self.text[self.at : end]))
        is_order = self.last == "∂" or (self.last == "d" and not self.text[self.at - 2 : self.at - 1].isalpha())
        is_function = _word_before(self.text, self.at) in FUNCTIONS
        self.emit(f"^{inside}" if inside.isalnum() or inside[0] == "(" else f"^({inside})", end - self.at)
        if not is_order and not is_function:
            self.part()
            if self.sees(0) == "(":
                self.out.append("*")

    def word(self, said: str) -> None:
        """`∑xᵢ` is `sum x_i`, `∫₀¹` is `int_0^1`, `x∈A` is `x in A`."""
        before = " " if self.last.isalnum() or self.last == ")" else ""
        after = "_" if ord(self.sees(1) or " ") in SUBSCRIPTS else " " if self.sees(1).isalnum() else ""
        self.emit(before + said + ("" if self.sees(1) in SUPERSCRIPTS else after), 1)

    def lowered(self) -> None:
        """`w₁` is `w1`, `xₙ` is `x_n`."""
        end = self.at
        while ord(self.text[end : end + 1] or " ") in SUBSCRIPTS:
            end += 1
        inside = self.text[self.at : end].translate(SUBSCRIPTS)
        is_joined = inside.isdecimal() or "".join(self.out[-1:]).endswith("_")
        self.emit(inside if is_joined else f"_{inside}", end - self.at)
        self.part()

    def greek(self, letter: str) -> None:
        is_sigmoid = letter == "σ" and self.text[self.at + 1 :].lstrip("′'²").startswith("(")
        word = "sigmoid" if is_sigmoid else GREEK_WORDS[letter]
        if self.last.isalnum() and self.last not in "d":
            self.times()
        self.emit(word, 1)
        following = self.sees(0)
        if word == "Delta" and following.isalpha():
            self.out.append(" ")
        elif not (following in SUPERSCRIPTS or ord(following or " ") in SUBSCRIPTS):
            self.part()

    def fraction(self, sign: str) -> None:
        value = VULGAR[sign]
        text = f"{value.numerator}/{value.denominator}"
        if self.last == "^":
            text = f"({text})"
        elif self.last.isdecimal():
            text = f" {text}"
        self.emit(text, 1)
        self.part()
        if self.sees(0) == "(":
            self.out.append("*")

    def root(self, name: str) -> None:
        """`√(x)` is `sqrt(x)`, `√2` is `sqrt(2)`."""
        if self.last.isalpha():
            self.times()
        self.emit(name, 1)
        end = self.at
        while self.text[end : end + 1].isalnum() and self.text[end : end + 1].isascii():
            end += 1
        if end > self.at:
            self.emit(f"({self.text[self.at : end]})", end - self.at)
            self.part()


def _word_before(text: str, at: int) -> str:
    start = at
    while start and text[start - 1].isascii() and text[start - 1].isalpha():
        start -= 1
    return text[start:at]


class _OneForOne(dict[int, str]):
    """For every character as many of ASCII as it has columns; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = told = _column_for_column(sign)
        return told


def _column_for_column(sign: str) -> str:
    if sign.isascii():
        return sign
    width = cell_len(sign)
    if "⠁" <= sign <= "⣿":
        return "*"
    if sign in SUPERSCRIPTS:
        return spelt(SUPERSCRIPTS[sign])[0]
    if ord(sign) in SUBSCRIPTS:
        return sign.translate(SUBSCRIPTS)
    found = _SAME_LENGTH.get(sign) or GREEK_WORDS.get(sign, "")[:1]
    if not found and "─" <= sign <= "▟":
        found = "+" if sign <= "╿" else "#"
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if part.isascii() and part.isprintable())
    return (found or bare or "?" * width)[:width].ljust(width)


_FACTORS: Final = frozenset({*GREEK_WORDS, *VULGAR, "√", "∛"})

ONE_FOR_ONE: Final = _OneForOne()
"For `str.translate`."
