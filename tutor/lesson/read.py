"""Nodes to a `Lesson`, or to every problem that stands in the way of one; and a directory of lessons to a course.

Whether formulas read and answers mark is `tutor.check`'s question, not asked here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

from tutor.errors import Problem
from tutor.lesson.fields import Reader, fields_of, problem_at, with_article
from tutor.lesson.files import lesson_files
from tutor.lesson.model import AnyStep, Choice, Course, Exercise, Lesson
from tutor.lesson.source import Items, Mapping, Route, Source, Text, Value, load
from tutor.lesson.taught import with_taught
from tutor.nearest import nearest
from tutor.words import tr

FORMAT: Final = "1"
KINDS: Final[dict[str, type]] = {kind.__struct_config__.tag: kind for kind in get_args(AnyStep)}
"The key a step has in YAML, to its record."
ID: Final = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
"What an id may be, as a pattern."
_ID: Final = re.compile(ID)
_ID_RULE: Final = tr("Begin with a letter; use lower-case letters and digits, words joined by hyphens: `chain-rule`.")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gave: the lesson if nothing was wrong, otherwise what could be saved of it."""

    source: Source
    lesson: Lesson | None
    id: str
    "Empty when the file does not say."
    needs: tuple[str, ...]
    objectives: tuple[str, ...]
    teaches: tuple[str, ...]
    summary: str
    placement: str
    steps: tuple[tuple[Route, AnyStep], ...]
    "The steps that are good, each with its path in the source."
    drafts: tuple[tuple[Route, AnyStep], ...]
    "Every step of a known kind, in order; in a faulty one something stands in for what could not be read."
    problems: tuple[Problem, ...]
    faulty: frozenset[Route]
    "Paths of what was reported, and of what a misspelt key was probably meant to be."

    def is_reported(self, path: Route) -> bool:
        """Whether what is at a path was reported, or something above it: nothing more can be said of it."""
        return any(path[: len(faulty)] == faulty for faulty in self.faulty)

    def is_sound(self, path: Route) -> bool:
        """Whether nothing was reported at a path, above it or beneath it: it says what its author meant."""
        return not (self.is_reported(path) or any(faulty[: len(path)] == path for faulty in self.faulty))


def read_course(directory: Path, elsewhere: Collection[str] = ()) -> Course:
    """Every lesson of a directory that can be used; a bad file, need or cycle never hides the others.

    Args:
        elsewhere: ids of lessons in other courses, which these may need.
    """
    if not directory.is_dir():
        what, do = tr("There is no such directory of lessons."), tr("Check TUTOR_LESSONS, or install the tutor again.")
        return Course((), (Problem(file=str(directory), line=0, field="", what=what, do=do),))
    readings = [examine(load(file, directory)) for file in sorted(lesson_files(directory))]
    ordered, problems = arrange(readings, elsewhere)
    found = [problem for reading in readings for problem in reading.problems]
    return Course(with_taught([r.lesson for r in ordered if r.lesson is not None]), (*found, *problems))


def arrange(readings: Sequence[Reading], elsewhere: Collection[str] = ()) -> tuple[list[Reading], list[Problem]]:
    """Put lessons after those they need, otherwise in the order given; report unknown needs, cycles and ids used twice.

    Of two lessons with one id the first is kept. Lessons in a cycle come last. A lesson that needs its own id means that of
    another course, where there is one.
    """
    problems: list[Problem] = []
    waiting: dict[str, Reading] = {}
    for reading in readings:
        first = waiting.get(reading.id)
        if first is not None and reading.id:
            what = tr("The id `{id}` already belongs to {file}.", id=reading.id, file=first.source.file)
            problems.append(problem_at(reading.source, ("id",), what, tr("Give this lesson an id of its own.")))
        else:
            waiting[reading.id or reading.source.file] = reading
    known = tuple(reading.id for reading in waiting.values() if reading.id)
    for reading in waiting.values():
        for n, need in enumerate(reading.needs):
            if need and need not in waiting and need not in elsewhere:
                what = tr("No lesson here has the id `{need}`.", need=need)
                problems.append(problem_at(reading.source, ("needs", n), what, nearest(need, (*known, *elsewhere))))
    ordered: list[Reading] = []
    needs = {
        id_: {need for need in reading.needs if need != id_ or id_ not in elsewhere} for id_, reading in waiting.items()
    }
    while waiting:
        ready = next((id_ for id_ in waiting if not waiting.keys() & needs[id_]), None)
        if ready is None:
            problems += _cycles(waiting, needs)
            return [*ordered, *waiting.values()], problems
        ordered.append(waiting.pop(ready))
    return ordered, problems


def _cycles(waiting: dict[str, Reading], needs: dict[str, set[str]]) -> list[Problem]:
    """One problem for each lesson that can be reached from itself; those that only need such a one are innocent."""
    problems = []
    for id_, reading in waiting.items():
        reached: set[str] = set()
        border = needs[id_] & waiting.keys()
        while border:
            reached |= border
            border = {need for name in border for need in needs[name] if need in waiting} - reached
        if id_ in reached:
            what = tr("`{id}` needs, in the end, itself.", id=id_)
            do = tr("Remove one of the needs that lead round in a circle.")
            problems.append(problem_at(reading.source, ("needs",), what, do))
    return problems


def examine(source: Source) -> Reading:
    """Read one source as far as it goes."""
    reader = Reader(source)
    top: dict[str, Any] = {}
    drafts: list[tuple[Route, AnyStep, bool]] = []
    if isinstance(source.root, Mapping) and _format_is_known(reader, source.root):
        known = fields_of(Lesson)
        del known["steps"]
        top = reader.fields(source.root, known, (), called=tr("a lesson"), besides=("format", "steps"))
        _check_id(reader, source.root.get("id"), ("id",))
        drafts = _steps(reader, source.root)
    elif isinstance(source.root, Text | Items):
        reader.report((), source.root, tr("A lesson is a list of keys, such as `id:`."), tr("Begin with `format: 1`."))
    problems = (*source.problems, *reader.problems)
    steps = tuple((route, step) for route, step, is_good in drafts if is_good)
    lesson = Lesson(**top, steps=tuple(step for _, step in steps)) if not problems else None
    return Reading(
        source=source,
        lesson=lesson,
        id=top.get("id", ""),
        needs=top.get("needs", ()),
        objectives=top.get("objectives", ()),
        teaches=top.get("teaches") or (),
        summary=top.get("summary", ""),
        placement=top.get("placement", ""),
        steps=steps,
        drafts=tuple((route, step) for route, step, _ in drafts),
        faulty=frozenset(reader.faulty),
        problems=tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))),
    )


def _format_is_known(reader: Reader, root: Mapping) -> bool:
    written = root.get("format")
    if written is None:
        reader.report(
            ("format",), root, tr("The file does not say which format it is in."), tr("Begin it with `format: 1`.")
        )
    elif not isinstance(written, Text) or written.value.strip() not in (FORMAT, f"{FORMAT}.0"):
        what = tr("This tutor reads lessons of format {format} only.", format=FORMAT)
        reader.report(("format",), written, what, tr("Write `format: {format}`, or use a newer tutor.", format=FORMAT))
        return False
    return True


def _check_id(reader: Reader, value: Value | None, path: Route) -> None:
    if isinstance(value, Text) and value.value.strip() and not _ID.fullmatch(value.value.strip()):
        reader.report(path, value, tr("`{value}` cannot be an id.", value=value.value), _ID_RULE)


def _steps(reader: Reader, root: Mapping) -> list[tuple[Route, AnyStep, bool]]:
    """Every step of a known kind: its path, its record, and whether it is good."""
    listed = root.get("steps")
    if listed is None:
        reader.report(
            ("steps",), root, tr("`steps` is missing in a lesson."), tr("Add a line `steps:` and the steps under it.")
        )
        return []
    if not isinstance(listed, Items) or not listed.items:
        reader.report(
            ("steps",), listed, tr("`steps` must be a list of steps."), tr("Begin each step with `- ` and its kind.")
        )
        return []
    steps: list[tuple[Route, AnyStep, bool]] = []
    taken: Counter[str] = Counter()
    pages = 0
    for n, item in enumerate(listed.items):
        before = len(reader.problems)
        route, body, kind = _open(reader, item, ("steps", n))
        if kind is None:
            continue
        is_page = not issubclass(kind, Exercise)
        pages += is_page
        step = _step(reader, body, kind, route)
        id_ = _own_id(body) or (f"page-{pages}" if is_page else "")
        taken[id_] += 1
        if id_ and taken[id_] > 1:
            at = body.get("id") if isinstance(body, Mapping) else None
            reader.report(
                (*route, "id"),
                at or body,
                tr("Two steps have the id `{id}`.", id=id_),
                tr("Give one of them another id."),
            )
        steps.append((route, msgspec.structs.replace(step, id=id_), len(reader.problems) == before))
    return steps


def _open(reader: Reader, item: Value, path: Route) -> tuple[Route, Value, type | None]:
    """The one key of a step: the path beneath it, what it holds, and the kind of record it names."""
    every = ", ".join(KINDS)
    if not isinstance(item, Mapping) or not item.entries:
        reader.report(
            path, item, tr("A step begins with its kind and a colon."), tr("Write one of: {every}.", every=every)
        )
        return path, item, None
    (key, body), *others = item.entries
    kind = KINDS.get(key.value)
    route = (*path, key.value)
    if kind is None:
        reader.report(
            route, key, tr("There is no kind of step called `{value}`.", value=key.value), nearest(key.value, KINDS)
        )
    elif others and isinstance(body, Text) and not body.value.strip():
        what = tr("The keys of this {value} are set in no further than the word itself.", value=key.value)
        reader.report(
            route, others[0][0], what, tr("Set every line under `{value}:` in by two more spaces.", value=key.value)
        )
        kind = None
    elif others:
        second = others[0][0]
        what = tr("A step has one key, its kind; `{value}` is a second one.", value=second.value)
        reader.report(
            (*path, second.value), second, what, tr("Begin a new step with `- `, or set the line in further.")
        )
    if isinstance(body, Text) and kind is not None and "text" in fields_of(kind):
        body = Mapping(((Text("text", key.line, key.column), body),), body.line, body.column)
    return route, body, kind


def _own_id(body: Value) -> str:
    written = body.get("id") if isinstance(body, Mapping) else None
    return written.value.strip() if isinstance(written, Text) else ""


def _step(reader: Reader, body: Value, kind: type, path: Route) -> AnyStep:
    step: AnyStep = reader.record(body, kind, path, called=with_article(str(path[-1])))
    if isinstance(body, Mapping):
        if issubclass(kind, Exercise) and not _own_id(body):
            what = tr("Every exercise needs an id; what a learner has done is kept under it.")
            reader.report((*path, "id"), body, what, tr("Add a line `id:` with a word of your own."))
        _check_id(reader, body.get("id"), (*path, "id"))
    if isinstance(step, Choice):
        _check_options(reader, body, step, (*path, "options"))
    return step


def _check_options(reader: Reader, body: Value, choice: Choice, path: Route) -> None:
    listed = body.get("options") if isinstance(body, Mapping) else None
    # What is wrong with a `because` says nothing of the two that are counted here.
    reported = {faulty[: len(path) + 1] for faulty in reader.faulty if faulty[-1] != "because"}
    for n, option in enumerate(choice.options):
        if bool(option.right) == bool(option.wrong) and (*path, n) not in reported:
            place = listed.items[n] if isinstance(listed, Items) else body
            what = tr("An option is either `right:` or `wrong:`, with the text to choose.")
            reader.report((*path, n), place, what, tr("Write one of the two."))
