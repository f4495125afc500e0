"""Which directories others have added courses in: named on the command line, by the environment, by the site, or by packages.

A package adds lessons by an entry point of the group `tutor.courses` that names the package, or a directory in it:
`ours = "our_course.lessons"`. The package is looked for and never imported, so its code does not run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tutor import places

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "tutor.courses"


def added_courses() -> tuple[Path, ...]:
    """Each directory once, those named for this run first."""
    return tuple(dict.fromkeys((*places.named_courses(), *_of_packages())))


def _of_packages() -> Iterator[Path]:
    if not _is_there_any():
        return
    # Reading what every package says of itself takes 20 ms, so only where one is known to add lessons.
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        package, *inner = point.value.partition(":")[0].strip().split(".")
        try:
            spec = find_spec(package)
        except (ImportError, ValueError):
            spec = None
        homes = (spec.submodule_search_locations if spec else None) or [_place_of(point, package)]
        for found in homes:
            yield Path(found, *inner)


def _place_of(point: EntryPoint, package: str) -> str:
    """Where a package would lie that is not there, so that what is missing can be named."""
    return str(point.dist.locate_file(package)) if point.dist else os.path.join(sys.prefix, package)


def _is_there_any() -> bool:
    for directory in sys.path:
        try:
            with os.scandir(directory or ".") as entries:
                infos = [entry.path for entry in entries if entry.name.endswith(".dist-info")]
        except OSError:
            continue
        for info in infos:
            try:
                if GROUP.encode() in Path(info, "entry_points.txt").read_bytes():
                    return True
            except OSError:
                continue
    return False
