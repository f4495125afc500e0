"""Derivatives as notation: a left side such as `dy/dx =`, which is read past, and a derivative left undone.

Works on a text that `tutor.maths.spelling` has respelt. Every pattern is bounded, so that no text makes it slow.
"""

import re

_LETTER = r"[^\W\d_]"
_INDEX = r"(?:_\{(?:[^{}=]|\{[^{}=]{0,6}\}){1,20}\}|_[^\W_]{1,12}|[0-9]{1,3})?"
_NAME = rf"{_LETTER}{{1,12}}{_INDEX}"
_ORDER = r"(?:\^?\{?\s*[2-9]\s*\}?|[²³⁴⁵])?"
_ARGUMENTS = r"(?:\s*[(\[][^()=]{0,60}[)\]])?"
_D = rf"[d∂]{_ORDER}"
_BELOW = rf"(?:(?:[d∂]\s*{_LETTER}{_INDEX}{_ORDER}\s*){{1,4}}|[d∂]\s*{_NAME}{_ORDER})"
_BRACED = r"\{\s*[d∂](?:[^{}=]|\{[^{}=]{0,12}\}){0,60}\}"
_OPERATOR = rf"(?:\(?{_D}\s*/\s*{_BELOW}\)?|\\frac\s*\{{\s*{_D}\s*\}}\s*{_BRACED})"
_WRITTEN = rf"""(?:
    {_OPERATOR}[^=]*                                                       # d/dx (x^2)
  | {_D}\s*{_NAME}{_ARGUMENTS}\s*/\s*\(?{_BELOW}\)?{_ARGUMENTS}            # dy/dx, ∂²f/∂x∂y
  | \\frac\s*{_BRACED}\s*{_BRACED}{_ARGUMENTS}
  | {_NAME}(?:'{{1,4}}|"|\^\{{\s*'{{1,3}}\s*\}})(?:_{_INDEX})?{_ARGUMENTS}  # f'(x), y''
  | {_LETTER}\^\{{?\([1-9]\)\}}?\s*\([^()=]{{1,20}}\)                      # f^(3)(x)
  | {_LETTER}_(?:\{{(?:[^{{}}=]|\{{[^{{}}=]{{0,6}}\}}){{1,20}}\}}|{_LETTER}{{1,4}}[0-9]?){_ARGUMENTS}   # f_x, f_{{xy}}(x, y)
  | (?:∇|grad(?:ient)?)(?:_{_LETTER})?\s*\(?(?:{_NAME})?\)?{_ARGUMENTS}
)"""
_LEFT_SIDE = re.compile(rf"\s*(?:{_WRITTEN}\s*:?)?=(?!=)\s*", re.VERBOSE)
_ONLY_LEFT_SIDE = re.compile(rf"\s*{_WRITTEN}\s*", re.VERBOSE)
_UNDONE = re.compile(
    rf"""(?<![^\W\d_])(?:[d∂]{_ORDER}\s*{_LETTER}?\s*/\s*\(?\s*[d∂]\s*{_LETTER}
      | D\s*[(\[]
      | (?:diff(?:erentiate)?|deriv(?:ative)?|Derivative|grad(?:ient)?|int(?:egrate|egral)?)(?!{_LETTER})
      | (?<!'){_LETTER}{{1,12}}')
      | \\frac\s*\{{\s*[d∂] | [∂∇∫]""",
    re.VERBOSE,
)


def end_of_left_side(text: str) -> int:
    """Where the answer begins after a left side such as `dy/dx =`, or after a bare `=`; 0 without one.

    >>> end_of_left_side("f'(x) = 2x")
    8
    """
    match = _LEFT_SIDE.match(text)
    return match.end() if match else 0


def is_only_left_side(text: str) -> bool:
    """Whether the text could become a left side when an equals sign follows."""
    return _ONLY_LEFT_SIDE.fullmatch(text) is not None


def find_undone(text: str, start: int) -> int | None:
    """Where a derivative or an integral is asked for and not worked out, from `start` on."""
    match = _UNDONE.search(text, start)
    return match.start() if match else None
