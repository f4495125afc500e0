"""What must be put right about the terminal and the environment before Textual reads them.

Call `prepare_environment` before the first import of Textual. Each line closes a trap that was met (ground.md, sections 4
and 5); what is wrong while the app runs is `tutor.tui.driver`'s.
"""

import os
import sys

from tutor import display
from tutor.terminals import kind

ESCAPE_DELAY_MS = "500"
"Over a slow line an arrow key's bytes come apart; with Textual's own 100 ms the pieces are typed into the answer."


def prepare_environment() -> None:
    """Remove what a caller's environment could do to the screen, and set what a slow line needs."""
    for name in list(os.environ):
        # TEXTUAL_DRIVER runs a module, TEXTUAL_LOG writes to any file, and COLUMNS fixes the size for ever.
        if name == "TEXTUAL" or name.startswith("TEXTUAL_") or name in ("COLUMNS", "LINES", "BROWSER"):
            del os.environ[name]
    os.environ["ESCDELAY"] = ESCAPE_DELAY_MS
    if kind(os.environ.get("TERM", "")).colours is not None:  # Rich takes some of these for 24-bit colour
        os.environ["TEXTUAL_COLOR_SYSTEM"] = "standard"
    if not display.is_ascii():  # then whatever is written is spelt in ASCII on its way, what a command says included
        _write_utf8()


def _write_utf8() -> None:
    # Under a Latin-1 locale every line of a box is written as a literal \u2500; nearly all terminals read UTF-8.
    for stream in (sys.__stdout__, sys.__stderr__):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and stream is not None and stream.encoding.lower() not in ("utf-8", "utf8"):
            reconfigure(encoding="utf-8")
