"""`tutor progress`: what is done, how surely each skill is known, which slips come back, and the last weeks."""

import argparse
import textwrap
from datetime import datetime

import msgspec

from tutor import display
from tutor.commands.record import can_show, journal_to_read, read_course, write
from tutor.front.courses import added_title
from tutor.front.growth import growth_picture
from tutor.front.shown import SMALLEST
from tutor.front.still import still_of
from tutor.lesson.model import Course
from tutor.study.dates import full_day, short_day
from tutor.study.mastery import Mastery
from tutor.study.overview import Habit, Overview, overview
from tutor.study.progress import LessonProgress
from tutor.study.review import Today, said_of, today
from tutor.study.weeks import Week, local_day
from tutor.words import tr, tr_n

WIDTH = 79
NAME_WIDTH = 39
BAR_WIDTH = 20
NARROW_BAR = 8
"Where a line is shorter than `WIDTH`."
MOST_HABITS = 8
"Slips told; somebody who has more is not helped by a longer list."

EMPTY = tr("Nothing yet: your progress is shown here once you have begun a lesson. `tutor` opens the first one.")


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Show what is done, how surely each skill is known, and which slips come back.")
    parser.epilog = tr("""\
examples:
  tutor progress
  tutor progress --json     for a program to read

A skill counts as mastered from 95 %, which four right answers without help
reach. Hints and wrong tries make a right answer count for less.""")
    parser.add_argument(
        "--json", action="store_true", help=tr("one JSON object: lessons, skills, slips, weeks, review")
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the progress; return 0, also when the record cannot be used, which is said on stderr."""
    course = read_course()
    now = datetime.now().astimezone()
    with journal_to_read() as journal:
        answers = journal.answers()
        found = overview(course.lessons, answers, journal.places(), now)
        due = today(course.lessons, answers, now)
    width = display.width(WIDTH)
    if arguments.json:
        print(msgspec.json.encode(as_json(found) | {"review": as_json_of(due)}).decode())
    elif found.is_empty:
        write(as_lines(course, found, now, full=False, width=width))
    else:
        write(as_lines(course, found, now, full=can_show("█▒░·"), width=width))
        curve = plotted(found, ascii=not can_show("⠿│┤└─┬"), width=width)
        write(["", *curve, "", *textwrap.wrap(said_of_due(due, now), width)])
    return 0


def plotted(found: Overview, *, ascii: bool, width: int = WIDTH) -> list[str]:
    """The last weeks as a curve."""
    picture = still_of(growth_picture(found.weeks), max(SMALLEST[0], min(60, width - 2)), 9, ascii=ascii)
    return [f"  {line}".rstrip() for line in picture]


def said_of_due(due: Today, now: datetime) -> str:
    """What there is to review, in a sentence or two."""
    if not due.left:
        return said_of(due, now)
    return tr_n(
        "{n} exercise to review today: `tutor review`.", "{n} exercises to review today: `tutor review`.", due.left
    )


def as_json_of(due: Today) -> dict[str, object]:
    """What there is to review, for a program."""
    return {"due": due.left, "reviewed": due.reviewed, "next_day": due.next_day, "next_count": due.next_count}


def as_json(found: Overview) -> dict[str, object]:
    """The object that `--json` prints."""
    return {
        "lessons": found.lessons,
        "skills": [
            {
                "id": each.skill.id,
                "name": each.skill.name,
                "mastery": round(each.chance, 4),
                "mastered": each.is_mastered,
                "begun": each.begun,
                "right": each.right,
                "exercises": each.exercises,
            }
            for each in found.skills
        ],
        "slips": [
            {
                "id": each.slip.id,
                "name": each.name,
                "times": each.slip.times,
                "exercises": each.slip.exercises,
                "last": each.slip.last,
                "tested_by": [{"lesson": lesson, "exercise": exercise} for lesson, exercise in each.tested_by],
            }
            for each in found.habits
        ],
        "weeks": found.weeks,
    }


def as_lines(course: Course, found: Overview, now: datetime, *, full: bool, width: int = WIDTH) -> list[str]:
    """What is printed for people, in lines of at most `width` characters.

    Args:
        full: whether bars may be drawn with block characters; otherwise nothing but ASCII is added.
    """
    if found.is_empty:
        return textwrap.wrap(EMPTY, width)
    places = {lesson.id: n for n, lesson in enumerate(course.lessons)}
    begun = [each for each in found.skills if each.begun]
    untouched = len(found.skills) - len(begun)
    lines = [tr("Lessons")]
    for each in found.lessons:
        place = places[each.lesson]
        heading = added_title(course, place)
        lines += ["", *textwrap.wrap(heading, width)] if heading else []
        lines += _row(course.lessons[place].title, _lesson(each, now), width)
    if begun:
        lines += ["", tr("Skills")]
        for skill in begun:
            lines += _row(skill.skill.name, _skill(skill, full=full), width)
        lines += [tr("  and {untouched} more to come", untouched=untouched)] if untouched else []
    if found.habits:
        told, more = found.habits[:MOST_HABITS], len(found.habits) - MOST_HABITS
        lines += ["", tr("Slips that come back"), *(line for each in told for line in _habit(each, now, width))]
        lines += [tr("  and {more} more", more=more)] if more > 0 else []
    if any(week.answered for week in found.weeks):
        most = max(week.answered for week in found.weeks)
        long = BAR_WIDTH if width >= WIDTH else NARROW_BAR
        lines += ["", tr("The last weeks"), *(_week(each, most, full=full, long=long) for each in found.weeks)]
    return lines


def _row(name: str, told: str, width: int) -> list[str]:
    """A name and what is told of it: beside it where there is room, else beneath it."""
    if width >= WIDTH:
        return [f"  {_cut(name)}  {told}"]
    return [*_wrapped(name, "  ", width), *_wrapped(told.strip(), "    ", width)]


def _lesson(progress: LessonProgress, now: datetime) -> str:
    visited = tr("last on {day}", day=_day(progress.last, now)) if progress.last else tr("not begun")
    return tr("{done:3} of {total:<3} done  {visited}", done=progress.done, total=progress.total, visited=visited)


def _skill(mastery: Mastery, *, full: bool) -> str:
    # Rounded down, so that 95 is never shown of a skill that is not mastered.
    percent = int(100 * mastery.chance)
    said = tr("  mastered") if mastery.is_mastered else ""
    return f"{_bar(mastery.chance, full=full)} {percent:3} %{said}"


def _habit(habit: Habit, now: datetime, width: int) -> list[str]:
    slip = habit.slip
    times = tr_n("{n} time", "{n} times", slip.times)
    if slip.exercises > 1:
        times = tr("{times} in {n} exercises", times=times, n=slip.exercises)
    head = tr("{name}: {times}, last on {day}", name=habit.name, times=times, day=_day(slip.last, now))
    lines = _wrapped(head, "  ", width)
    by_lesson: dict[str, list[str]] = {}
    for lesson, exercise in habit.tested_by:
        by_lesson.setdefault(lesson, []).append(exercise)
    if by_lesson:
        tested = "; ".join(f"{lesson}: {', '.join(ids)}" for lesson, ids in by_lesson.items())
        lines += _wrapped(tr("tested in {tested}", tested=tested), "    ", width)
    return lines


def _week(week: Week, most: int, *, full: bool, long: int = BAR_WIDTH) -> str:
    bar = _bar(week.right / most, week.answered / most, full=full, long=long) if week.answered else " " * long
    said = tr("  {right} of {answered} right", right=week.right, answered=week.answered) if week.answered else ""
    return f"  {short_day(week.begins):>7}  {bar}{said}".rstrip()


def _bar(share: float, behind: float = 0.0, *, full: bool, long: int = BAR_WIDTH) -> str:
    """`long` characters, as many of them full as the share says, and those up to `behind` half full."""
    filled = round(long * share)
    half = max(0, round(long * behind) - filled)
    on, between, off = "█▒░" if full else "#+-"
    return on * filled + between * half + off * (long - filled - half)


def _cut(text: str) -> str:
    return (text if len(text) <= NAME_WIDTH else f"{text[: NAME_WIDTH - 3]}...").ljust(NAME_WIDTH)


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)


def _day(at: str, now: datetime) -> str:
    day = local_day(at, now)
    return full_day(day) if day else tr("a day unknown")
