"""The tutor's own words in the language of whoever reads them, from the gettext catalogues in `tutor/locale`.

English stands in the code and is the key of the catalogues. The language is the one that the environment asks for
(LANGUAGE, LC_ALL, LC_MESSAGES, LANG, in that order, as gettext reads them); it is chosen once, when this module is first
imported, so constants of modules may be translated. Lessons have a language of their own and are not our concern.
"""

import gettext
import os
import re
from itertools import takewhile
from pathlib import Path
from typing import Final

LOCALE: Final = Path(__file__).resolve().parent / "locale"

_ENGLISH: Final = ("en", "c", "posix")


def _asked_for() -> list[str]:
    """The languages that the environment names, the best first; never a path, which gettext would follow."""
    chosen = next(filter(None, map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    names = [name for name in chosen.split(":") if re.fullmatch(r"[A-Za-z]{1,8}([._@-][\w.@-]*)?", name, re.ASCII)]
    # English needs no catalogue, so whatever is asked for after it is never looked for.
    return list(takewhile(lambda name: re.split(r"[._@-]", name)[0].lower() not in _ENGLISH, names))


_catalogue: Final = gettext.translation("tutor", LOCALE, _asked_for(), fallback=True)

LANGUAGE: Final = _catalogue.info().get("language", "en")
"The one that is spoken."


def tr(text: str, /, **parts: object) -> str:
    """A text in the reader's language, with its parts put in; in English where no catalogue has it.

    Args:
        text: English, written out where it is used, so that the catalogues can be made from the code.
        parts: what stands at each `{name}` of it. Without any, braces are braces.

    >>> tr("Line {n} is right.", n=3)
    'Line 3 is right.'
    """
    told = _catalogue.gettext(text)
    return told.format_map(parts) if parts else told


def tr_n(one: str, many: str, n: int, /, **parts: object) -> str:
    """The same for a text that depends on a number, which is its part `n`.

    >>> tr_n("{n} line", "{n} lines", 1), tr_n("{n} line", "{n} lines", 2)
    ('1 line', '2 lines')
    """
    return _catalogue.ngettext(one, many, n).format_map({"n": n, **parts})
