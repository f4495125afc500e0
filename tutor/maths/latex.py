r"""LaTeX's commands, as a learner or a program pastes them: what each stands for, and the complaint about one that is not known.

How commands take their arguments is `tutor.maths.spelling`'s.
"""

import difflib

from tutor.maths.grammar import CONSTANTS, FUNCTIONS, GREEK, WRITTEN_OUT
from tutor.words import tr

FONTS = frozenset(
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
        "textbf",
        "operatorname",
        "displaystyle",
        "textstyle",
        "rm",
        "bf",
        "it",
    ]
)
SIZES = frozenset(["left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "limits", "boxed"])
"Commands that change nothing but looks."
SPACES = frozenset({",", ";", ":", "!", " ", "quad", "qquad", "(", ")", "[", "]"})
LETTERS = {name: name for name in CONSTANTS} | GREEK
"Commands that stand for one letter, which can be an argument without braces."
MEANING = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]",
    "langle": "(", "rangle": ")", "lparen": "(", "rparen": ")", "leq": "≤", "geq": "≥", "neq": "≠", "le": "≤", "ge": "≥",
    "ne": "≠", "infty": "∞", "partial": "∂", "nabla": "∇", "int": "∫", "prime": "'", "_": "_", "%": "%", "$": "$",
    "pm": "±", "to": "→", "rightarrow": "→", "Rightarrow": "⇒", "implies": "⇒", "approx": "≈", "ldots": "…", "dots": "…",
    **{name: name for name in {*FUNCTIONS, *WRITTEN_OUT} if name.isalpha() and name.isascii()}, **LETTERS,
}  # fmt: skip
"Command to what it stands for."
ARGUMENTS = {"frac": 2, "dfrac": 2, "tfrac": 2, "cfrac": 2, "sqrt": 1}
"Commands that take as many arguments, each in braces or a single sign."

_LONGEST_QUOTED = 20
_CUTOFF = 0.66


def complain_of_command(name: str) -> str:
    """What is said of a command that is not known.

    Args:
        name: without its backslash; empty where nothing follows that.
    """
    if not name:
        return tr("A backslash begins a LaTeX command, and none follows: leave it out, or use / to divide.")
    if len(name) > _LONGEST_QUOTED:
        return tr("A backslash begins a LaTeX command that is not known here. Try plain signs, such as x^2/3.")
    if name == "over":
        return tr("\\over is not read here: write \\frac{above}{below}.")
    near = difflib.get_close_matches(name, [*(known for known in MEANING if len(known) > 1), *ARGUMENTS], 1, _CUTOFF)
    remedy = tr("Did you mean \\{near}?", near=near[0]) if near else tr("Try plain signs, such as x^2/3.")
    return tr("\\{name} is a LaTeX command that is not known here. {remedy}", name=name, remedy=remedy)
