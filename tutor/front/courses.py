"""What the list of lessons says of courses: where one of somebody else begins, and what is left out of them."""

from collections.abc import Sequence
from pathlib import Path

from tutor.errors import Problem
from tutor.front.ports import AnyCourse
from tutor.lesson.files import INSIDE
from tutor.words import tr, tr_n


def added_title(course: AnyCourse, index: int) -> str:
    """The title of an added course whose first lesson this is; otherwise nothing."""
    name, before = (course.lessons[at].id.rpartition("/")[0] if at >= 0 else "" for at in (index, index - 1))
    return course.titles.get(name, "") if name != before else ""


def left_out(problems: Sequence[Problem]) -> str:
    """Which file, or which course, is not in the list because of a fault; empty where all is well."""
    files = list(dict.fromkeys(problem.file for problem in problems))
    if not files:
        return ""
    first = Path(files[0])
    if len(files) == 1 and first.suffix != ".yaml":  # a course as a whole
        return tr("The lessons of {course} are left out. {what}", course=_short(first), what=problems[0].what)
    if len(files) == 1 and all(problem.field.startswith("needs") for problem in problems):
        # Of a lesson that is there all the same: what it needs is advice.
        return tr("{file} has a fault; the command tutor check says why.", file=_short(first))
    if len(files) == 1:
        return tr("{file} has a fault and is left out; the command tutor check says why.", file=_short(first))
    return tr_n(
        "{file} and {n} other file have faults and are left out; the command tutor check says why.",
        "{file} and {n} other files have faults and are left out; the command tutor check says why.",
        len(files) - 1,
        file=_short(first),
    )


def _short(file: Path) -> str:
    """The file with its directory, or that of its course, which tells courses apart and has room on a line."""
    above = [part for part in file.parts[:-1] if part != INSIDE]
    return "/".join([*above[-1:], file.name])
