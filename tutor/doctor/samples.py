"""Samples of what the tutor draws with, so that a person can see what the terminal makes of them."""

from __future__ import annotations

from collections.abc import Iterator

BRAILLE = "⡀⢄⠑⠢⢄⣀⣀⠤⠒⠊⠁ ⣿⣷⣶⣤⣀"
BOXES = "┌──┬──┐ ╭──╮ ▁▂▃▄▅▆▇█ ░▒▓"
MATHEMATICS = "∂f/∂x = 2x₁ − 3x² · √x ≤ π"
MARKS = "✓ ✗ • ▸ ● ○ → ← ↑ ↓"
COLOURS = ("red", "green", "yellow", "blue", "magenta", "cyan")


def samples(*, is_ascii: bool, colours: int) -> Iterator[str]:
    """Lines to look at, each with what should be seen.

    Args:
        is_ascii: the tutor writes nothing else here, so nothing else is shown.
        colours: how many the terminal has.
    """
    if is_ascii:
        yield "  plots        .-'-.   *  +    in plain ASCII, as everything here"
    else:
        yield f"  braille      {BRAILLE}   a fine wave, then a slope of dots"
        yield f"  boxes        {BOXES}   corners that meet"
        yield f"  mathematics  {MATHEMATICS}   small figures above and below"
        yield f"  marks        {MARKS}   nine different ones and a dot"
    if colours:
        named = " ".join(f"\x1b[3{number}m{name}\x1b[0m" for number, name in enumerate(COLOURS, 1))
        yield f"  colours      {named}   each in its own"
    if colours >= 256:
        shade = "".join(f"\x1b[48;5;{number}m " for number in (17, 18, 19, 20, 21, 27, 33, 39, 45, 51))
        yield f"  shades       {shade}\x1b[0m   from dark to light blue, without a jump"
