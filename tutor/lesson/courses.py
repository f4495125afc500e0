"""The course and those that others have added to it: each is read for itself, and its ids stand under its own name.

The lessons of the first course keep the ids of their files, under which learners' progress is kept; those of a course `ours`
are called `ours/first-steps`. Nothing of a course is run: it is text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tutor.errors import Problem
from tutor.lesson.compiled import open_course
from tutor.lesson.files import INSIDE, lessons_in
from tutor.lesson.model import AnyStep, Course, Lesson, Predict, Steer
from tutor.lesson.pages import Descent
from tutor.nearest import nearest
from tutor.words import tr

DESCRIPTION: Final = "course.toml"
LONGEST_NAME: Final = 100
"Characters of an id or a title."
_FIELDS: Final = ("id", "title")
_ID: Final = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class Named(msgspec.Struct, frozen=True):
    """What a course says of itself in `course.toml`; without one it goes by the name of its directory."""

    id: str
    title: str


class CourseError(Exception):
    """A course cannot be used; holds the problem."""

    def __init__(self, file: Path, what: str, do: str, *, line: int = 0, column: int = 0) -> None:
        self.problem = Problem(file=str(file), line=line, column=column, field="", what=what, do=do)
        super().__init__(what)


def open_courses(first: Path, added: Sequence[Path], cache: Path) -> Course:
    """The lessons of all courses, those of the first before the others; one that is broken keeps no other away."""
    course = open_course(first, cache)
    lessons, problems, titles = list(course.lessons), list(course.problems), {}
    known = frozenset(lesson.id for lesson in course.lessons)
    for directory in added:
        try:
            named = name_of(directory)
            if named.id in titles:
                what = tr("There is another course called `{id}` already.", id=named.id)
                raise CourseError(
                    directory, what, tr("Give one of them another `id` in its {description}.", description=DESCRIPTION)
                )
            home = lessons_in(directory)
            found = open_course(home, cache, known)
        except CourseError as fault:
            problems.append(fault.problem)
            continue
        if not (found.lessons or found.problems):
            what, do = tr("There are no lessons in this directory."), tr("Put lesson files in it that end in .yaml.")
            problems.append(Problem(file=str(directory), line=0, field="", what=what, do=do))
        problems += found.problems
        lessons += [_under(named.id, lesson, found.lessons, home) for lesson in found.lessons]
        titles[named.id] = named.title
    return Course(tuple(lessons), tuple(problems), titles)


def name_of(directory: Path) -> Named:
    """What a course is called.

    Raises:
        CourseError: there is no such directory, or what it says of itself cannot be read.
    """
    if not directory.is_dir():
        raise CourseError(directory, tr("There is no such directory of lessons."), tr("Check how it is spelt."))
    directory = directory.resolve()
    own = directory.parent if directory.name == INSIDE else directory
    id = "-".join(re.findall("[a-z0-9]+", own.name.lower())) or "course"
    said = next(_descriptions(directory, own), {})
    return Named(said.get("id", id), said.get("title", own.name))


def _descriptions(*directories: Path) -> Iterator[dict[str, str]]:
    for directory in directories:
        file = directory / DESCRIPTION
        if file.is_file():
            yield _described(file)


def _described(file: Path) -> dict[str, str]:
    from tutor.toml import TomlError, read_toml  # most who learn have no other course, and every start would pay for it

    do = tr('Write it as `id = "ours"` and `title = "Ours"`.')
    if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(file.parent)):
        raise CourseError(file, tr("This is a link that leads out of its directory of lessons."), do)
    try:
        said, text = read_toml(file)
    except TomlError as error:
        raise CourseError(
            file, tr("This cannot be read: {error}.", error=error.what), do, line=error.line, column=error.column
        ) from error
    for name, value in said.items():
        line = _line_of(name, text)
        if name not in _FIELDS:
            what, do = tr("There is no key `{name}` in a course.", name=name), nearest(name, _FIELDS)
            raise CourseError(file, what, do, line=line)
        if isinstance(value, str) and len(value) > LONGEST_NAME:
            what = tr("`{name}` is longer than {n} characters.", name=name, n=LONGEST_NAME)
            raise CourseError(file, what, tr("Make it shorter."), line=line)
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            what = tr("`{name}` must be a text between quotation marks.", name=name)
            raise CourseError(file, what, tr('Write `{name} = "ours"`.', name=name), line=line)
    if "id" in said and not _ID.fullmatch(said["id"]):
        what, do = tr("`{id}` cannot be an id.", id=said["id"]), tr("Use lower-case letters, digits and hyphens.")
        raise CourseError(file, what, do, line=_line_of("id", text))
    return said


def _line_of(name: str, text: str) -> int:
    """Where a key is written, or the table of that name; 0 where it is spelt in another way."""
    begins = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    return next((n for n, line in enumerate(text.splitlines(), start=1) if begins.match(line)), 0)


def _under(course: str, lesson: Lesson, all_of_it: Sequence[Lesson], home: Path) -> Lesson:
    """The lesson with its ids under the course's name, and with whole paths of the data that it trains on."""
    own = {each.id for each in all_of_it} - {lesson.id}  # a lesson that needs its own id means the first course's
    needs = tuple(f"{course}/{need}" if need in own else need for need in lesson.needs)
    return msgspec.structs.replace(
        lesson, id=f"{course}/{lesson.id}", needs=needs, steps=tuple(rooted(step, home) for step in lesson.steps)
    )


def rooted(step: AnyStep, home: Path) -> AnyStep:
    """The step with the whole path of the data that it names, which lie beside its lesson."""
    if isinstance(step, Descent) and step.data:
        return msgspec.structs.replace(step, data=str(home / step.data))
    if not isinstance(step, Predict | Steer) or not step.run.data:
        return step
    return msgspec.structs.replace(step, run=msgspec.structs.replace(step.run, data=str(home / step.run.data)))
