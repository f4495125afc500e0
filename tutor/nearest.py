"""What to say to somebody who wrote a word that is not known where it stands."""

import difflib
from collections.abc import Collection

from tutor.words import tr

LONGEST = 40
"Characters that are compared; no known word is longer."


def likely(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant, if one looks like it."""
    return next(iter(difflib.get_close_matches(word[:LONGEST], known, n=1)), None)


def nearest(word: str, known: Collection[str]) -> str:
    """A sentence that leads to a known word: to the one that was probably meant, or to all of them.

    >>> nearest("hauses", ("bowl", "houses")), nearest("boats", ("bowl", "houses")), nearest("boats", ())
    ('Did you mean `houses`?', 'Known here: bowl, houses.', 'Remove it.')
    """
    meant = likely(word, known)
    if meant is not None:
        return tr("Did you mean `{meant}`?", meant=meant)
    return tr("Known here: {known}.", known=", ".join(known)) if known else tr("Remove it.")
