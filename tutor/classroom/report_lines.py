"""A class report as tables in a terminal, as wide as it is: the figures first, then what they are of, wrapped. Pure."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime

from tutor.classroom.items import FEWEST, REMARKS
from tutor.classroom.report import LearnerDone, LessonDone, Report
from tutor.study.dates import full_day
from tutor.study.weeks import local_day
from tutor.words import tr, tr_n

MOST = 12
"Slips and exercises told of; `--json` has them all, and the page the most of them."

MARKS = {True: ("█", "▒", "·"), False: ("#", "+", ".")}
"A lesson that is all right, begun, not begun; with block characters, or in ASCII."

_LEAST = 18
"Characters beside the figures that words need; where there are fewer they go beneath."

_Row = tuple[Sequence[str], str]
"Figures, each as wide as its heading, and words."


def as_lines(found: Report, now: datetime, width: int, *, full: bool) -> list[str]:
    """The report in lines of at most `width` characters.

    Args:
        now: with the zone by which days begin.
        width: at least 20.
        full: whether block characters may be drawn; otherwise nothing but ASCII is added.
    """
    head = tr("Class report, {day}: {learners}", day=day(now.isoformat(), now), learners=learners(len(found.learners)))
    lines = [*_words(head, width), ""]
    if not found.learners:
        return [*lines, *_words(tr("Nobody's answers are here yet."), width)]
    lines += _learners(found, now, width, MARKS[full])
    lines += _lessons(found, width)
    lines += _slips(found, width)
    lines += _items(found, width)
    for remark in remarks(found):
        lines += ["", *_words(remark, width)]
    return lines


def day(at: str, now: datetime) -> str:
    """The day of a time as people read it."""
    found = local_day(at, now)
    return full_day(found) if found else tr("never")


def remarks(found: Report) -> Iterator[str]:
    """What must be known of the figures."""
    for pair in found.shared:
        one, other = pair.names
        yield tr_n(
            "{one} and {other} have {n} answer in common.",
            "{one} and {other} have {n} answers in common.",
            pair.answers,
            one=one,
            other=other,
        )
    if found.elsewhere:
        yield tr(
            "Answers to exercises that this course does not have: {elsewhere}. They count in the minutes alone.",
            elsewhere=found.elsewhere,
        )
    practised = sum(learner.practised for learner in found.learners)
    if practised:
        yield tr(
            "Answers given in practice: {practised}. They count in the slips and in the minutes, and in no lesson.",
            practised=practised,
        )


def _learners(found: Report, now: datetime, width: int, marks: Sequence[str]) -> list[str]:
    heads = (tr("Right"), tr("Shown"), tr("Hints"), tr("Tried"), tr("Minutes"), tr("Last").ljust(11))
    did = [
        (
            (
                f"{learner.right}",
                f"{learner.copied}",
                f"{learner.hinted}",
                f"{learner.tried}",
                f"{learner.minutes:.0f}",
                f"{day(learner.last, now):>11}",
            ),
            learner.name,
        )
        for learner in found.learners
    ]
    figures = tr(
        "Right: without the solution. Shown: right only after the solution was shown. "
        "Hints: exercises for which hints were taken."
    )
    table = [*_table(heads, tr("Learner"), did, width), *_words(figures, width)]
    if not found.titles:
        return table
    begun = tr("Lessons").ljust(len(found.titles))
    strips = [((_strip(learner, found, marks).ljust(len(begun)),), learner.name) for learner in found.learners]
    all_right, some, none = marks
    legend = tr(
        "Lessons, in the order of the course: {all_right} all right in the end, {some} begun, {none} not begun.",
        all_right=all_right,
        some=some,
        none=none,
    )
    return [
        *table,
        "",
        # Not beside the figures, where a course of many lessons leaves no room for names.
        *_table((begun,), tr("Learner"), strips, width),
        *_words(legend, width),
    ]


def _strip(learner: LearnerDone, found: Report, marks: Sequence[str]) -> str:
    done = {each.lesson: each for each in learner.lessons}
    return "".join(_mark(done.get(lesson), marks) for lesson in found.titles)


def _mark(done: LessonDone | None, marks: Sequence[str]) -> str:
    if done is None:
        return marks[2]
    return marks[0] if done.right == done.total else marks[1]


def _lessons(found: Report, width: int) -> list[str]:
    rows = []
    for lesson, title in found.titles.items():
        did = [each for learner in found.learners for each in learner.lessons if each.lesson == lesson]
        share = sum(each.right for each in did) / (len(did) * max(found.totals[lesson], 1))
        rows.append(((f"{len(did)}", f"{share:.0%}"), f"{title} ({lesson})"))
    return ["", *_table((tr("Begun by"), tr("Right of all")), tr("Lesson"), rows, width)] if rows else []


def _slips(found: Report, width: int) -> list[str]:
    if not found.slips:
        return ["", *_words(tr("Slips of the class: none"), width)]
    rows = [
        ((f"{slip.learners}", f"{slip.times}"), f"{slip.where}: {slip.words} ({slip.slip})")
        for slip in found.slips[:MOST]
    ]
    return [
        "",
        *_table((tr("Learners"), tr("Times")), tr("Slips of the class"), rows, width),
        *_more(len(found.slips), width),
    ]


def _items(found: Report, width: int) -> list[str]:
    if all(item.learners < FEWEST for item in found.items):
        return ["", *_words(tr("Exercises are judged when {fewest} learners have tried them.", fewest=FEWEST), width)]
    told = sorted((item for item in found.items if item.remark), key=lambda item: item.urgency)
    if not told:
        return ["", *_words(tr("Exercises to look at: none"), width)]
    rows = [
        (
            (f"{item.first_right:.0%}", "" if item.discrimination is None else f"{item.discrimination:.2f}"),
            f"{item.lesson} {item.exercise}: {REMARKS[item.remark]}",
        )
        for item in told[:MOST]
    ]
    table = _table((tr("Right at first"), tr("Discrimination")), tr("Exercises to look at"), rows, width)
    return ["", *table, *_more(len(told), width)]


def _more(count: int, width: int) -> list[str]:
    return (
        _words(tr("and {count} more, which --html and --json show", count=count - MOST), width) if count > MOST else []
    )


def _table(heads: Sequence[str], of: str, rows: Sequence[_Row], width: int) -> list[str]:
    """The rows under their heads; figures to the right of their columns."""
    lines = _row(heads, of, width)
    for figures, words in rows:
        cells = [f"{figure:>{len(head)}}" for figure, head in zip(figures, heads, strict=True)]
        lines += _row(cells, words, width)
    return lines


def _row(cells: Sequence[str], words: str, width: int) -> list[str]:
    before = "  ".join(cells) + "  "
    if width - len(before) >= _LEAST:
        return textwrap.wrap(
            words, width, initial_indent=before, subsequent_indent=" " * len(before), break_on_hyphens=False
        ) or [before.rstrip()]
    figures = textwrap.wrap(" ".join(" ".join(cells).split()), width, break_on_hyphens=False)
    return [
        *figures,
        *textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False),
    ]


def _words(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def learners(count: int) -> str:
    """How many."""
    return tr_n("{n} learner", "{n} learners", count)
