"""Whether the program itself is whole: compiled, with an engine that marks, and lessons that open."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Final

from tutor import places
from tutor.course_places import added_courses
from tutor.doctor.finding import Finding
from tutor.engine.client import Engine
from tutor.errors import SiteError, TutorError
from tutor.lesson.courses import CourseError, name_of
from tutor.lesson.files import lessons_in
from tutor.lesson.model import Course, Derivative
from tutor.lesson.read import read_course
from tutor.marking.verdict import Outcome
from tutor.words import tr, tr_n

SLOW: Final = 5.0
"Seconds until the engine has started and marked."

_QUESTION: Final = Derivative(ask="", of="x^2 sin(x)", by=("x",))
_ANSWER: Final = "x (2 sin(x) + x cos(x))"


def python_finding() -> Finding:
    """Whether Python need not compile the program again at every start."""
    version = ".".join(map(str, sys.version_info[:3]))
    lacking = [module for module in ("tutor.cli", "textual.app", "sympy.core.basic") if not _is_compiled(module)]
    if not lacking:
        return Finding("python", "works", tr("{version}, and the program is compiled", version=version))
    what = tr(
        "{version}; {lacking} must be compiled at every start, which makes it four times slower",
        version=version,
        lacking=", ".join(lacking),
    )
    return Finding(
        "python",
        "limited",
        what,
        tr(
            "As whoever owns them: {executable} -m compileall -q {prefix}/lib",
            executable=sys.executable,
            prefix=sys.prefix,
        ),
    )


def _is_compiled(module: str) -> bool:
    """Whether compiled code is there, or can be put there."""
    # Without importing what is above it: that would load half of the screens, or SymPy.
    top, _, rest = module.partition(".")
    spec = find_spec(top)
    if spec is None or spec.origin is None:
        return False
    source = Path(spec.origin).parent.joinpath(*rest.split(".")).with_suffix(".py")
    kept = Path(cache_from_source(str(source)))
    return kept.exists() or os.access(kept.parent if kept.parent.exists() else source.parent, os.W_OK)


async def engine_finding(new_engine: Callable[[], Engine] = Engine) -> Finding:
    """Whether an answer is marked as it should be."""
    engine = new_engine()
    started = time.perf_counter()
    try:
        await engine.start()
        verdict = await engine.mark(_QUESTION, _ANSWER)
    finally:
        await engine.close()
    took = time.perf_counter() - started
    if verdict.outcome is not Outcome.CORRECT:
        do = tr(
            "Install the tutor again. {log_file} may say more; a limit on memory may be too low.",
            log_file=places.log_file(),
        )
        return Finding(
            "engine",
            "fails",
            tr("a right answer is not marked right: {message}", message=verdict.message.rstrip(".")),
            do,
        )
    if took > SLOW:
        what = tr("starting and marking took {took:.1f} s", took=took)
        return Finding("engine", "limited", what, tr("Is the machine busy, or the program not compiled?"))
    return Finding("engine", "works", tr("it started and marked an answer in {took:.1f} s", took=took))


def lesson_findings() -> Iterator[Finding]:
    """What the site sets, and whether the lessons open: those of the course, then those of each that is added."""
    try:
        directory, added = places.lessons_directory(), added_courses()
    except SiteError as error:
        yield Finding("site", "fails", str(error).rstrip("."), tr("Mend {file}, or remove it.", file=places.SITE_FILE))
        return
    course = read_course(directory)
    yield _course_finding(directory, course)
    known = {lesson.id for lesson in course.lessons}
    for home in added:
        try:
            name_of(home)
        except CourseError as fault:
            what = tr("{directory} is left out", directory=home)
            yield Finding("lessons", "limited", what, f"{fault.problem.what} {fault.problem.do}")
        else:
            yield _course_finding(home, read_course(lessons_in(home), known))


def _course_finding(directory: Path, course: Course) -> Finding:
    faulty = sorted({problem.file for problem in course.problems})
    if not course.lessons:
        what = tr("no lesson in {directory} can be opened", directory=directory)
        return Finding(
            "lessons",
            "fails",
            what,
            tr("`tutor check {directory}` says why; everybody must be able to read there.", directory=directory),
        )
    if faulty:
        what = tr_n(
            "{opened} in {directory} open, and {n} file is faulty",
            "{opened} in {directory} open, and {n} files are faulty",
            len(faulty),
            opened=len(course.lessons),
            directory=directory,
        )
        return Finding(
            "lessons",
            "limited",
            what,
            tr("`tutor check {directory}` says what is wrong with them.", directory=directory),
        )
    return Finding("lessons", "works", tr("all {n} in {directory} open", n=len(course.lessons), directory=directory))


def class_finding(reach: Callable[[str], str]) -> Finding:
    """Whether the database of the class can be used.

    Args:
        reach: uses it once, or raises `TutorError`; what cannot be done with it, if anything.
    """
    try:
        url = places.class_url()
        if url is None:
            return Finding("class", "works", tr("no database is set, and none is needed"))
        lacking = reach(url)
    except SiteError:
        what = tr("not looked at, since the site's settings cannot be read")
        return Finding("class", "limited", what, tr("Mend {file}, or remove it.", file=places.SITE_FILE))
    except TutorError as error:
        do = tr("Answers are kept here meanwhile. Mend the address, or what it says; `tutor class --help` says more.")
        return Finding("class", "fails", str(error).rstrip("."), do)
    if lacking:
        do = tr("Bring the two to one version: `tutor class init` for the database, an update for this machine.")
        return Finding("class", "limited", lacking, do)
    return Finding("class", "works", tr("the database is there and has its tables"))
