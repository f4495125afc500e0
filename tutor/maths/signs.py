"""Signs that mean nothing in an answer, and what is said of each."""

import unicodedata

from tutor.words import tr

REPEATING = tr("A number that goes on for ever is written as a fraction here, such as 1/3.")
_REFUSED = {
    "=": tr("An equation is not wanted here: type only what stands after the equals sign."),
    **dict.fromkeys("<>≤≥≠≈", tr("A comparison is not wanted here: type one expression.")),
    "!": tr("Factorials (!) are not used here."),
    "'": tr("A derivative left to do (') is not an answer yet: work it out."),
    "%": tr("Percent signs are not read: write 5% as 5/100."),
    "∞": tr("Infinity is not a number that can be an answer here."),
    **dict.fromkeys("$€£", tr("Leave out signs of money; prices are plain numbers.")),
    "°": tr("Angles are in radians: leave out the degree sign, and write 180° as pi."),
    '"': tr("Quotation marks mean nothing here: leave them out."),
    "_": tr("This index follows no letter: write it as in w_1."),
    ":": tr("A colon means nothing here: use / to divide."),
    ".": tr("This point belongs to no number: write 0.5, and * to multiply."),
    "±": tr("One answer at a time: write + or -."),
    **dict.fromkeys("→⇒", tr("An arrow means nothing here: type only the result.")),
    **dict.fromkeys("…\u0304\u0305", REPEATING),
}


def complain_of_sign(char: str) -> str:
    """Why this sign is not read, and what to type instead."""
    return _REFUSED.get(char) or tr("The sign {char} means nothing here.", char=_printable(char))


def _printable(char: str) -> str:
    visible = char.isprintable() and unicodedata.category(char)[0] != "M"
    return char if visible else tr("U+{code:04X} (invisible)", code=ord(char))
