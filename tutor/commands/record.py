"""The learner's record as commands open it, and what they share: the course, the time, a question answered yes or no."""

import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from tutor import places
from tutor.course_places import added_courses
from tutor.errors import ProgressError, UsageError
from tutor.front.unshown import with_legible_titles
from tutor.lesson.courses import open_courses
from tutor.lesson.model import Course, Lesson
from tutor.study.journal import Journal
from tutor.words import tr

Row = TypeVar("Row")


@contextmanager
def opened_journal() -> Iterator[Journal]:
    """The journal, open; what must be told of it goes to stderr.

    Raises:
        ProgressError: it cannot be used; a command has nothing to go on with, unlike a lesson.
    """
    with _told_at_the_end(Journal(places.journal_file())) as journal:
        complain(journal.open(tr("Nothing was done.")))
        yield journal


@contextmanager
def begun_journal(now: datetime | None = None) -> Iterator[tuple[Journal, str]]:
    """The journal of a sitting, open whatever happens, and what must be told of it; at the end, what became of answers.

    Args:
        now: as in `Journal.begin`.
    """
    journal, notice = Journal.begin(places.journal_file(), now)
    with _told_at_the_end(journal):
        yield journal, notice


@contextmanager
def journal_to_read() -> Iterator[Journal]:
    """The journal for a command that only shows something, which needs no leave to write; where it cannot be read, said."""
    with _told_at_the_end(Journal(places.journal_file())) as journal:
        try:
            complain(journal.open(tr("What follows is without the answers in it.")))
        except ProgressError as trouble:
            complain(str(trouble))
        yield journal


@contextmanager
def _told_at_the_end(journal: Journal) -> Iterator[Journal]:
    try:
        yield journal
    finally:
        complain(journal.close())


def or_nothing(read: Callable[[], Sequence[Row]]) -> Sequence[Row]:
    """What is read of the journal, for a sitting that can begin without: of what cannot be read it is said, and no more."""
    try:
        return read()
    except ProgressError as trouble:
        complain(str(trouble))
        return ()


def read_course() -> Course:
    """The course that is set, with those that are added; a fault of one lesson never hides the others.

    Raises:
        UsageError: no lesson can be opened.
    """
    directory = places.lessons_directory()
    course = open_courses(directory, added_courses(), places.cache_directory())
    if not course.lessons:
        raise UsageError(
            tr(
                "there is no lesson that can be opened in {directory}. `tutor check {directory}` says more.",
                directory=directory,
            )
        )
    return with_legible_titles(course)


def lessons() -> tuple[Lesson, ...]:
    """The lessons of the course.

    Raises:
        UsageError: none can be opened.
    """
    return read_course().lessons


def find_lesson(id: str) -> Lesson:
    """The lesson of an id.

    Raises:
        UsageError: the course has no such lesson.
    """
    course = {lesson.id: lesson for lesson in lessons()}
    if id not in course:
        raise UsageError(
            tr("there is no lesson “{id}”. The lessons are: {course}.", id=id[:60], course=", ".join(course))
        )
    return course[id]


def complain(notice: str) -> None:
    """Say something on stderr, unless it is empty."""
    if notice:
        print(f"tutor: {notice}", file=sys.stderr)


def write(lines: list[str]) -> None:
    """Print lines; a character that stdout cannot show is spelt where `write_ascii` sees to that, else a question mark."""
    text = "\n".join(lines)
    if sys.stdout.errors == "strict":
        encoding = sys.stdout.encoding or "ascii"
        text = text.encode(encoding, "replace").decode(encoding)
    print(text)


def can_show(text: str) -> bool:
    """Whether stdout has the characters of a text."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def agrees(question: str) -> bool:
    """Whether the person in front of the terminal types yes.

    Raises:
        UsageError: there is none to ask.
    """
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(tr("this asks first, and here is nobody to ask. With --yes it does not ask."))
    print(tr("{question} Type yes to do it: ", question=question), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", tr("yes"), tr("yes")[:1])


def now() -> str:
    """The time as the journal keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_id() -> str:
    """An id that no other machine gives."""
    return str(uuid.uuid4())
