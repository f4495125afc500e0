"""Derivatives as notation: a left side such as `dy/dx =` or `y =`, which is read past, and what is left undone or over.

Works on a text that `tutor.maths.spelling` has respelt. Every pattern is bounded, so that no text makes it slow.
"""

import re
from collections.abc import Callable

from tutor.words import tr

_LETTER = r"[^\W\d_]"
_INDEX = r"(?:_\{(?:[^{}=]|\{[^{}=]{0,6}\}){1,20}\}|_[^\W_]{1,12}|[0-9]{1,3})?"
_NAME = rf"{_LETTER}{{1,12}}{_INDEX}"
_ORDER = r"(?:\^?\{?\s*[2-9]\s*\}?|[²³⁴⁵])?"
_ARGUMENTS = r"(?:\s*[(\[][^()=]{0,60}[)\]])?"
_WHOLE = r"(?:\((?:[^()=]|\([^()=]{0,60}\)){1,120}\)|\[[^\[\]=]{1,120}\])"
_PLACE = r"(?:\s*\|\s*_?(?:\{[^{}]{1,20}\}|\([^()]{1,20}\)))?"
_D = rf"[d∂]{_ORDER}"
_BELOW = rf"(?:(?:[d∂]\s*{_LETTER}{_INDEX}{_ORDER}\s*){{1,4}}|[d∂]\s*{_NAME}{_ORDER})"
_BRACED = r"\{\s*[d∂](?:[^{}=]|\{[^{}=]{0,12}\}){0,60}\}"
_OPERATOR = rf"(?:\(?{_D}\s*/\s*{_BELOW}\)?|\\frac\s*\{{\s*{_D}\s*\}}\s*{_BRACED})"
_WRITTEN = rf"""(?:
    {_OPERATOR}[^=]*                                                       # d/dx (x^2)
  | {_D}\s*{_NAME}{_ARGUMENTS}\s*/\s*\(?{_BELOW}\)?{_ARGUMENTS}            # dy/dx, ∂²f/∂x∂y
  | \\frac\s*{_BRACED}\s*{_BRACED}{_ARGUMENTS}
  | (?:{_NAME}|{_WHOLE})\s*(?:'{{1,4}}|"|\^\s*'|\^\{{\s*'{{1,3}}\s*\}}){_INDEX}(?:{_ARGUMENTS}|\s*{_LETTER})  # f'(x), y'', (x^2)'
  | (?:D(?:_?{_LETTER})?|{_D})\s*{_WHOLE}(?:\s*/\s*\(?{_BELOW}\)?)?         # D(x^2), d(x^2)/dx
  | {_LETTER}\^\{{?\([1-9]\)\}}?\s*\([^()=]{{1,20}}\)                      # f^(3)(x)
  | {_LETTER}_(?:\{{(?:[^{{}}=]|\{{[^{{}}=]{{0,6}}\}}){{1,20}}\}}|{_LETTER}{{1,4}}[0-9]?){_ARGUMENTS}   # f_x, f_{{xy}}(x, y)
  | ∂_(?:\{{{_LETTER}{{1,3}}[0-9]?\}}|{_LETTER}[0-9]?)\s*{_NAME}{_ARGUMENTS}                       # ∂_x f
  | (?:∇|grad(?:ient)?)(?:_{_LETTER})?\s*\(?(?:{_NAME})?\)?{_ARGUMENTS}
)"""
_THEN = r"(?::=|:|=(?![=>])|=>|->|[→⇒])"
_LEFT_SIDE = re.compile(rf"\s*(?:{_WRITTEN}{_PLACE}\s*)?{_THEN}\s*", re.VERBOSE)
_ONLY_LEFT_SIDE = re.compile(rf"\s*{_WRITTEN}\s*", re.VERBOSE)
_OUTPUT = re.compile(rf"\s*({_LETTER}{{1,12}})({_INDEX}){_ARGUMENTS}{_PLACE}\s*{_THEN}\s*")
_UNDONE = re.compile(
    rf"""(?<![^\W\d_])(?:[d∂]{_ORDER}\s*{_LETTER}?\s*/\s*\(?\s*[d∂]\s*{_LETTER}
      | D\s*[(\[]
      | (?:diff(?:erentiate)?|deriv(?:ative)?|Derivative|grad(?:ient)?|int(?:egrate|egral)?)(?!{_LETTER})
      | (?<!'){_LETTER}{{1,12}}')
      | \\frac\s*\{{\s*[d∂] | [∂∇∫]""",
    re.VERBOSE,
)


def end_of_left_side(text: str, is_known: Callable[[str, str], bool]) -> int:
    """Where the answer begins after a left side such as `dy/dx =`, `f(x) =`, or after a bare `=`; 0 without one.

    Args:
        is_known: whether the exercise can read these letters with this index; then an equals sign behind them makes an equation.

    >>> end_of_left_side("f'(x) = 2x", lambda letters, index: letters == "x")
    8
    """
    output = _OUTPUT.match(text)
    if output:
        return 0 if is_known(output[1], output[2]) else output.end()
    match = _LEFT_SIDE.match(text)
    return match.end() if match else 0


def is_only_left_side(text: str) -> bool:
    """Whether the text could become a left side when an equals sign follows."""
    return _ONLY_LEFT_SIDE.fullmatch(text) is not None


def find_undone(text: str, start: int) -> int | None:
    """Where a derivative or an integral is asked for and not worked out, from `start` on."""
    match = _UNDONE.search(text, start)
    return match.start() if match else None


_PROGRAM = re.compile(
    r"""__\w+__ | \b(?:eval|exec|import|print|open|getattr|globals|locals|compile|input)\s*\(
      | \b(?:import|lambda|def|return|from|class|while|print)\s+\w | \.\s*__ | \b(?:os|sys)\s*\.
      | \b(?:import|exec|eval|None|True|False|NaN)\b""",
    re.VERBOSE,
)
_MODULE = re.compile(r"(?i)\b(?:math|cmath|np|numpy|sp|sympy|torch|tf|jnp)\s*\.\s*(?=[^\W\d_])")


def complain_of_program(text: str) -> tuple[str, int] | None:
    """The complaint about a text that seems to be programming, and where; None for any other."""
    if module := _MODULE.search(text):
        what = tr("Leave out {module} and write the rest alone, as in sin(x).", module=module[0].strip())
        return what, module.start()
    if program := _PROGRAM.search(text):
        what = tr("That looks like a command of a program: type a formula, such as 2x + 1.")
        return what, program.start()
    return None


_DIFFERENTIAL = re.compile(rf"d\s*{_LETTER}{_INDEX}(?!{_LETTER})")


def differential_at(text: str, at: int) -> str:
    """The `dx` that stands there and should be left out; empty where none does."""
    match = _DIFFERENTIAL.match(text, at)
    return match[0] if match else ""
