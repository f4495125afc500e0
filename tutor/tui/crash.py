"""Where a fault inside the program is written down, since it is never shown on the screen."""

import traceback
from pathlib import Path
from typing import Final

from tutor.words import tr

LARGEST: Final = 2**20
"Bytes of a log; then it is kept as the old one, and another is begun."


def write_traceback(error: BaseException, path: Path) -> str:
    """Append the traceback, without the values of variables, to a log; never raises.

    Returns:
        A sentence that says where the details are.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".old"))
        with path.open("a", encoding="utf-8") as log:
            traceback.print_exception(error, file=log)
    except OSError:
        return tr("The details could not be written to {path}.", path=path)
    return tr("The details are in {path}.", path=path)
