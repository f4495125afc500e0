"""Mathematics as authors write it in pages: formulas joined by `=`, `≈`, `→`, commas; `∂f/∂x` and `f'(x)` among them.

Each piece is read by the learner's own grammar and set by the same `show`; what cannot be read is shown as typed, with
a fault.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

import msgspec

from tutor.errors import Unreadable
from tutor.lesson.page import Fault, parse_spans
from tutor.maths.grammar import CONSTANTS, FUNCTIONS, GREEK, TO_SUBSCRIPTS
from tutor.maths.parse import free_vocabulary, parse
from tutor.maths.show import show_line
from tutor.maths.tree import Group, Name, Node, Power, Quotient, rebuild, substitute
from tutor.words import tr

_JOINTS: Final = {"<=": "≤", ">=": "≥", "->": "→", "=>": "⇒", "!=": "≠", ";": ","}
"Signs between formulas that have a Unicode spelling; the others stand for themselves."
_JOINT: Final = re.compile(r":=|<=|>=|->|=>|!=|[=≈≠≤≥<>→←⇒,;]")

_NAME: Final = r"[^\W\d_](?:_?[0-9]+|[₀-₉]+|_[^\W\d_]+)?"
_ORDER: Final = r"(?:[²³⁴]|\^[2-9])?"
_IN_BRACKETS: Final = r"(?<![^\W\d_])\((?:[^()]|\([^()]*\))*\)"
_NOTATION: Final = re.compile(
    rf"""(?:∂|(?<![^\W\d_])d){_ORDER}(?:{_NAME})?\s*/\s*(?:[∂d]{_NAME}{_ORDER})+   # ∂f/∂x, d/dx, ∂²f/∂x∂y, d²s/dt²
      | (?<=/)\s*{_NAME}(?:['′’]+\([^()]+\)|\((?:{_NAME}|[0-9.]+)\))                        # …/g(x), …/f''(x + 1)
      | (?:{_NAME}|{_IN_BRACKETS})['′’]+                                           # f', f'', (3x^2)'
      | ∇(?:{_NAME})? | Δ{_NAME}                                                   # ∇L, Δx
      | [^\W\d_]\(\s*{_NAME}(?:\s*,\s*{_NAME})+\s*\)                                 # f(x, y)
      | \.\.\.|[…⋯?]""",
    re.VERBOSE,
)
"""What may be written of a derivative without working it out; to the grammar each is one letter."""
_STAND_INS: Final = "ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾᛁᛃᛇᛈᛉᛊᛏᛒᛖᛗ"
"Runes: letters that no lesson uses."
_LEFT, _RIGHT = "\ue000", "\ue001"
"Private signs around a notation while its line is set; none of them is left in it."
_WORD: Final = re.compile(rf"[^\W\d_]_\{{?[^\W\d_]+\}}?|[^\W\d_{_STAND_INS}]{{4,}}")


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_TWICE: Final = re.compile(r"([^\W\d_])\1")


class Piece(msgspec.Struct, frozen=True):
    """One formula of a chain."""

    joint: str
    "The sign in front of it; empty for the first."
    line: str
    "It, set on one line of Unicode."
    node: Node | None
    "For setting it in two dimensions; None where it could not be read."


class Formula(msgspec.Struct, frozen=True):
    """A maths span that has been read."""

    pieces: tuple[Piece, ...]
    faults: tuple[Fault, ...]

    @property
    def line(self) -> str:
        """The whole on one line: `∂f/∂x = 3x² + 2y`."""
        joined = "".join(f"{_spaced(piece.joint)}{piece.line}" for piece in self.pieces)
        return joined.strip()


def read_formula(text: str) -> Formula:
    """Read a maths span, as `page.Span.text` or `page.Display.maths` gives it; any text can be read.

    >>> read_formula("df/dx = 3*x^2, x_1 >= 0").line
    'df/dx = 3x², x₁ ≥ 0'
    """
    pieces: list[Piece] = []
    faults: list[Fault] = []
    for joint, start, end in _split(text):
        written = text[start:end]
        at = start + len(written) - len(written.lstrip())
        written = written.strip()
        if not written and not pieces and end < len(text):
            continue  # a chain may go on from the text before it: `$= 2x$`
        try:
            pieces.append(_piece(joint, written))
        except Unreadable as error:
            pieces.append(Piece(joint, written, None))
            faults.append(_fault(at + error.column, written, error))
    return Formula(tuple(pieces), tuple(faults))


def show_maths(text: str) -> str:
    """A maths span as one line of Unicode."""
    return read_formula(text).line


def plain_line(text: str) -> str:
    r"""A text in the language of pages as plain text on one line, for a verdict, which is no page.

    >>> plain_line("There $T = 24 - 2 = 22$, as at the *first* place.")
    'There T = 24 − 2 = 22, as at the first place.'
    """
    spans, _ = parse_spans(text)
    return "".join(show_maths(span.text) if span.kind == "maths" else span.text for span in spans)


def _spaced(joint: str) -> str:
    return {"": "", ",": ", "}.get(joint, f" {joint} ")


def _split(text: str) -> list[tuple[str, int, int]]:
    """The joint in front of each piece, and where the piece begins and ends; only joints outside all brackets count."""
    depths, depth = [], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        depths.append(depth)
    joints = [found for found in _JOINT.finditer(text) if depths[found.start()] <= 0]
    starts = [("", 0), *((_JOINTS.get(found[0], found[0]), found.end()) for found in joints)]
    ends = [*(found.start() for found in joints), len(text)]
    return [(joint, start, end) for (joint, start), end in zip(starts, ends, strict=True)]


def _piece(joint: str, text: str) -> Piece:
    notations: dict[str, str] = {}

    def stand_in(found: re.Match[str]) -> str:
        if len(notations) == len(_STAND_INS):
            return found[0]
        letter = _STAND_INS[len(notations)]
        notations[letter] = found[0]
        return letter.ljust(len(found[0]))  # as long as before, so that a fault's column stays true

    plain = _NOTATION.sub(stand_in, text)
    tree = _tidied(parse(plain, free_vocabulary(plain, words_in(plain))))
    inline: dict[str, Node] = {letter: Name(_LEFT + _pretty(written) + _RIGHT) for letter, written in notations.items()}
    line = _with_dots(show_line(substitute(tree, inline)))
    node = substitute(tree, {letter: _stacked(written) for letter, written in notations.items()})
    return Piece(joint, line, node)


def words_in(text: str) -> tuple[str, ...]:
    """Names longer than a letter, such as `price` or `x_beds`; a run of letters with a function in it is not one."""
    functions = [spelling for spelling in FUNCTIONS if len(spelling) > 2]
    return tuple(
        word
        for word in _WORD.findall(text)
        if word not in GREEK and word not in CONSTANTS and not any(spelling in word for spelling in functions)
    )


def doubled_letters(text: str, names: Collection[str]) -> Iterator[re.Match[str]]:
    """A letter written twice in a row where no known name and no function stands: a square, or a name mistyped.

    >>> [found[0] for found in doubled_letters("zz + arccos(xx) + 2ss", ("ss",))]
    ['zz', 'xx']
    """
    for run in _LETTERS.finditer(text):
        if not any(word in run[0] for word in (*names, *FUNCTIONS, *GREEK, *CONSTANTS) if len(word) > 1):
            yield from _TWICE.finditer(text, run.start(), run.end())


def _tidied(node: Node) -> Node:
    """Without the brackets typed around exponents, which being raised makes needless."""
    node = rebuild(node, tuple(_tidied(child) for child in node.children))
    if isinstance(node, Power) and isinstance(node.exponent, Group):
        return Power(node.base, node.exponent.of)
    return node


def _pretty(written: str) -> str:
    """A notation with its indices lowered and its orders raised: `d²s/dt²`, `∂L/∂w₁`."""
    if written.startswith("("):
        inside, _, primes = written[1:].rpartition(")")
        return f"({show_maths(inside)}){primes}".replace("'", "′").replace("’", "′")
    if written.endswith(")"):
        name, _, inside = written.strip().partition("(")
        return f"{_pretty(name)}({show_maths(inside[:-1])})"
    text = re.sub(r"\s+", "", written).replace(",", ", ").replace("...", "…").replace("'", "′").replace("’", "′")
    text = re.sub(r"\^([2-9])", lambda found: "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(found[1])], text)
    return re.sub(r"(?<=[^\W\d_])_?([0-9]+)", lambda found: found[1].translate(TO_SUBSCRIPTS), text)


def _with_dots(line: str) -> str:
    """The line with a dot between a derivative and its neighbour: `∂L/∂r·∂r/∂w`."""
    line = re.sub(rf"(?<=[\w)′{_RIGHT}]){_LEFT}(?=[^{_RIGHT}]*/)", "·", line)
    line = re.sub(rf"(/[^{_RIGHT}]*){_RIGHT}(?=[^\W²³¹⁰⁴-⁹]|{_LEFT})", r"\1·", line)
    return line.replace(_LEFT, "").replace(_RIGHT, "")


def _stacked(written: str) -> Node:
    pretty = _pretty(written)
    above, slash, below = pretty.partition("/")
    return Quotient(Name(above), Name(below)) if slash and not pretty.endswith(")") else Name(pretty)


def _fault(at: int, written: str, error: Unreadable) -> Fault:
    written = written if len(written) <= 40 else written[:39] + "…"
    what = (
        tr("The mathematics `{written}` cannot be read. {why}", written=written, why=error.message)
        if written
        else tr("A formula is missing here.")
    )
    return Fault(at, what, tr("Write it as an answer is typed, such as $3x^2 + 2y$; for a dollar of money write \\$."))
