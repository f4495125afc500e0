"""What may be typed: names, functions, signs and limits, as tables.

The tables say which spellings mean the same; they do not say how a text is taken apart, which is `tutor.maths.parse`'s.
"""

import re
from fractions import Fraction
from functools import lru_cache

import msgspec

from tutor.words import tr

MAX_LENGTH = 500
"Characters of an answer."
MAX_DEPTH = 60
"How deep brackets, powers and quotients may nest; each level costs the walkers some six Python frames of the thousand they have."
MAX_TREE_DEPTH = 80
"Levels of the tree, brackets included."
MAX_NODES = 600
MAX_NODES_AGAIN = 1200
"Nodes of a derivative that may be differentiated once more."
MAX_MAGNITUDE = 1000
"Largest base-ten logarithm of a number that may be written, so that nothing ever evaluates `9^9^9`."
MIN_MAGNITUDE = -4000
"Smallest: a number next to nothing, such as `e^-3000`, does no harm."
MAX_DIGITS = 4000
"Digits that exact arithmetic on an answer's numbers may need; Python itself writes no more than 4300."
MAX_EXPONENT = 10_000
"Largest size of a whole-number exponent on anything."

CONSTANTS = frozenset({"e", "pi"})

_SAME_FUNCTION = {
    "sin": "sin sine sinus",
    "cos": "cos cosine cosinus",
    "tan": "tan tg tangent tangens",
    "sec": "sec",
    "csc": "csc cosec",
    "cot": "cot ctg cotg cotan",
    "asin": "asin arcsin",
    "acos": "acos arccos",
    "atan": "atan arctan arctg",
    "asec": "asec arcsec",
    "acsc": "acsc arccsc",
    "acot": "acot arccot arcctg",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "sech": "sech",
    "csch": "csch cosech",
    "coth": "coth",
    "asinh": "asinh arsinh arcsinh",
    "acosh": "acosh arcosh arccosh",
    "atanh": "atanh artanh arctanh",
    "exp": "exp",
    "ln": "ln log",
    "log2": "log2 lb",
    "log10": "log10 lg",
    "sqrt": "sqrt √",
    "cbrt": "cbrt ∛",
    "abs": "abs",
    "sign": "sign sgn signum",
    "relu": "relu ReLU",
    "sigmoid": "sigmoid logistic σ",
    "step": "step heaviside",
    "max": "max",
    "min": "min",
}
FUNCTIONS = {spelling: name for name, spellings in _SAME_FUNCTION.items() for spelling in spellings.split()}
"Spelling to the function it means. `log` is the natural logarithm, as in the field's own papers."

WRITTEN_OUT = {
    "softplus": "softplus",
    **{f"{arc}{name}": f"a{name}" for name in ("coth", "sech", "csch") for arc in ("a", "ar", "arc")},
}
"Spellings of functions that are read as what they stand for: `softplus(x)` as `ln(1 + exp(x))`, `acoth(x)` as `atanh(1/x)`."

MANY_ARGUMENTS = frozenset({"max", "min"})

INVERSES = {name: f"a{name}" for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh")}
"What `sin^-1` means: the inverse function, not one over it."

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "varphi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
}
GREEK_WORDS = {letter: word for word, letter in GREEK.items() if not word.startswith("var")}

SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx")
TO_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᐟᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᶿ", "0123456789+-()/abcdefghijklmnoprstuvwxyzθ", strict=True)
)
TO_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
VULGAR = {
    sign: Fraction(top, bottom)
    for sign, top, bottom in (
        ("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5),
        ("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅐", 1, 7), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8),
        ("⅑", 1, 9), ("⅒", 1, 10),
    )
}  # fmt: skip

SAME_SIGN = {
    **dict.fromkeys("−–—‐‑‒﹣", "-"),
    **dict.fromkeys("·×∙⋅•∗⋆✕✖⨯⨉", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("ˆ˄↑⌃", "^"),
    **dict.fromkeys("′’‘´`", "'"),
    **dict.fromkeys("∣｜￨", "|"),
    **dict.fromkeys("“”″", '"'),
    **dict.fromkeys("⟨〈", "("),
    **dict.fromkeys("⟩〉", ")"),
    "µ": "μ",
    "ϵ": "ε",
    "ϕ": "φ",
    "ϑ": "θ",
    "∆": "Δ",
}
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad")
"Signs that copying brings along and nobody sees."

_PLAIN_NAME = re.compile(r"([^\W\d_]+)_?\{?([0-9₀-₉]+)\}?")


def canonical(name: str) -> str:
    """The one spelling of a variable: `w_1`, `w₁` and `w1` are `w1`; `theta` is `θ`; `w_{beds}` is `w_beds`."""
    match = _PLAIN_NAME.fullmatch(name)
    if match:
        return _greek(match[1]) + match[2].translate(SUBSCRIPTS)
    head, _, tail = name.replace("{", "").replace("}", "").partition("_")
    return _greek(head) + ("_" + tail if tail else "")


def _greek(letters: str) -> str:
    return GREEK.get(letters, letters)


_SENTENCE = 24
"Characters of names in a complaint, which must fit a narrow panel."


class Vocabulary(msgspec.Struct, frozen=True):
    """The variables that an exercise knows; its own names win over functions and constants."""

    variables: frozenset[str]
    "In canonical spelling."

    @classmethod
    def of(cls, *names: str) -> "Vocabulary":
        """The vocabulary of these variables, however they are spelt."""
        return cls(frozenset(canonical(name) for name in names))

    def sentence(self) -> str:
        """What may be used, in words: `x and y`; of many names only the first few."""
        names = sorted(display_name(name) for name in self.variables)
        if not names:
            return tr("no letters")
        shown = [name for index, name in enumerate(names) if len(", ".join(names[: index + 1])) <= _SENTENCE]
        if len(shown) < len(names):
            more = tr("{n} more", n=len(names) - len(shown)) if shown else tr("{n} names", n=len(names))
            return ", ".join([*shown, more])
        return names[0] if len(names) == 1 else ", ".join(names[:-1]) + tr(" and ") + names[-1]


def display_name(name: str, *, ascii: bool = False) -> str:
    """A variable as it is shown: `w1` as `w₁`, or with `ascii` the Greek letters spelt out."""
    if ascii:
        return "".join(GREEK_WORDS.get(letter, letter) for letter in name)
    match = _PLAIN_NAME.fullmatch(name)
    return match[1] + match[2].translate(TO_SUBSCRIPTS) if match else name


@lru_cache(maxsize=256)
def words(vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """Every spelling made of letters that means something, to (kind, name); kinds are `variable`, `function`, `constant`.

    The exercise's names come last so that they win.
    """
    own = vocabulary.variables
    known: dict[str, tuple[str, str]] = {
        spelling: ("function", name)
        for spelling, name in FUNCTIONS.items()
        # `lb` is a logarithm to few, and a length times a breadth where an exercise has both.
        if not (spelling in ("lb", "lg", "tg") and own.issuperset(spelling))
    }
    known |= {spelling: ("function", name) for spelling, name in WRITTEN_OUT.items()}
    known |= {name: ("constant", name) for name in CONSTANTS} | {"π": ("constant", "pi")}
    known |= {
        capital: meaning
        for spelling, meaning in tuple(known.items())
        for capital in _capitals(spelling)
        if not own.issuperset(capital)
    }
    for name in own:
        for spelling in _spellings(name):
            known[spelling] = ("variable", name)
    return known


def _capitals(spelling: str) -> set[str]:
    """A function's or constant's name as a telephone or Mathematica writes it: `Sin`, `SIN`, `ArcTan`."""
    if len(spelling) < 3 and spelling not in ("ln", "pi"):
        return set()
    pascal = "Arc" + spelling[3:].capitalize() if spelling.startswith("arc") else spelling.capitalize()
    return {spelling.capitalize(), spelling.upper(), pascal} - {spelling}


def _spellings(name: str) -> list[str]:
    match = _PLAIN_NAME.fullmatch(name)
    letters, digits = (match[1], match[2]) if match else (name, "")
    return [name, *(word + digits for word, letter in GREEK.items() if letter == letters)]
