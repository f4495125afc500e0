"""Signs that mean nothing in an answer, and what is said of each."""

import unicodedata

REPEATING = "A number that goes on for ever is written as a fraction here, such as 1/3."
_REFUSED = {
    "=": "An equation is not wanted here: type only what stands after the equals sign.",
    **dict.fromkeys("<>≤≥≠≈", "A comparison is not wanted here: type one expression."),
    "!": "Factorials (!) are not used here.",
    "'": "A derivative left to do (') is not an answer yet: work it out.",
    "%": "Percent signs are not read: write 5% as 5/100.",
    "∞": "Infinity is not a number that can be an answer here.",
    **dict.fromkeys("$€£", "Leave out signs of money; prices are plain numbers."),
    "°": "Angles are in radians: leave out the degree sign, and write 180° as pi.",
    '"': "Quotation marks mean nothing here: leave them out.",
    "_": "This index follows no letter: write it as in w_1.",
    ":": "A colon means nothing here: use / to divide.",
    ".": "This point belongs to no number: write 0.5, and * to multiply.",
    "±": "One answer at a time: write + or -.",
    **dict.fromkeys("→⇒", "An arrow means nothing here: type only the result."),
    **dict.fromkeys("…\u0304\u0305", REPEATING),
}


def complain_of_sign(char: str) -> str:
    """Why this sign is not read, and what to type instead."""
    return _REFUSED.get(char) or f"The sign {_printable(char)} means nothing here."


def _printable(char: str) -> str:
    visible = char.isprintable() and unicodedata.category(char)[0] != "M"
    return char if visible else f"U+{ord(char):04X} (invisible)"
