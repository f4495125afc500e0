"""Samples of what the tutor draws with, so that a person can see what the terminal makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.words import tr

BRAILLE = "⡀⢄⠑⠢⢄⣀⣀⠤⠒⠊⠁ ⣿⣷⣶⣤⣀"
BOXES = "┌──┬──┐ ╭──╮ ▁▂▃▄▅▆▇█ ░▒▓"
MATHEMATICS = "∂f/∂x = 2x₁ − 3x² · √x ≤ π"
MARKS = "✓ ✗ • ▸ ● ○ → ← ↑ ↓"
COLOURS = (tr("red"), tr("green"), tr("yellow"), tr("blue"), tr("magenta"), tr("cyan"))


def samples(*, is_ascii: bool, has_signs: bool, colours: int) -> Iterator[str]:
    """Lines to look at, each with what should be seen.

    Args:
        is_ascii: the tutor draws with ASCII alone here.
        has_signs: the terminal shows others, or is to be tried.
        colours: how many it has.
    """
    if is_ascii:
        yield tr("  plots        .-'-.   *  +    in plain ASCII, as everything here")
    if is_ascii and not has_signs:
        yield tr("  (`tutor --no-ascii doctor` shows the other signs too, to try them here)")
    if is_ascii and has_signs:
        yield tr("  and this is what `tutor --no-ascii` would draw with:")
    if has_signs:
        yield tr("  braille      {braille}   a fine wave, then a slope of dots", braille=BRAILLE)
        yield tr("  boxes        {boxes}   corners that meet", boxes=BOXES)
        yield tr("  mathematics  {mathematics}   small figures above and below", mathematics=MATHEMATICS)
        yield tr("  marks        {marks}   nine different ones and a dot", marks=MARKS)
    if colours:
        named = " ".join(f"\x1b[3{number}m{name}\x1b[0m" for number, name in enumerate(COLOURS, 1))
        yield tr("  colours      {named}   each in its own", named=named)
    if colours >= 256:
        shade = "".join(f"\x1b[48;5;{number}m " for number in (17, 18, 19, 20, 21, 27, 33, 39, 45, 51))
        yield tr("  shades       {shade}   from dark to light blue, without a jump", shade=shade + "\x1b[0m")
