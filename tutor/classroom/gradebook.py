"""A class report as the file that a gradebook imports: Canvas or Moodle. Pure.

The formats are those that the importers read: `lib/gradebook_importer.rb` of instructure/canvas-lms and
`grade/import/csv/classes/load_data.php` of moodle/moodle. Only lessons that somebody began have a column. A mark is an exercise
right in the end: hints and wrong tries before it cost nothing, and what was right only after its solution was shown is no mark.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from tutor.classroom.report import LearnerDone, Report

NO_LOGIN = ("", "0")
"What Moodle's importer takes for a blank: PHP calls the text 0 empty too."

USERNAME = "Username"

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
"The columns that Canvas insists on, in this order; a learner is found by the login or, without one, by the name."


def canvas(found: Report) -> str:
    """The grades for Canvas: exercises right in the end, of as many as the lesson has; blank where nothing was done."""
    points = ["    Points Possible", "", "", "", "", *map(str, found.totals.values())]
    rows = (
        [_text(learner.name), "", "", _text(learner.login), "", *_right(found, learner)] for learner in found.learners
    )
    return _csv([[*CANVAS, *_heads(found)], points, *rows])


def moodle(found: Report) -> str:
    """The grades for Moodle, out of 100 as its new grade items are; `-`, which is no grade, where nothing was done.

    One column alone says who somebody is, and it is never blank: on a row without, the importer keeps the learner of the
    row before and gives that one the grades. So those who gave no login are left out.
    """
    known = [learner for learner in found.learners if learner.login not in NO_LOGIN]
    column = _login_column(learner.login for learner in known)
    # Moodle's user names are in lower case, and one that it does not find ends the whole import.
    logins = [learner.login.lower() if column == USERNAME else learner.login for learner in known]
    rows = (
        [_text(login), _text(learner.name), *_percent(found, learner)]
        for login, learner in zip(logins, known, strict=True)
    )
    return _csv([[column, "Full name", *_heads(found)], *rows])


def without_login(found: Report) -> tuple[str, ...]:
    """The names that `moodle` leaves out."""
    return tuple(learner.name for learner in found.learners if learner.login in NO_LOGIN)


def _login_column(logins: Iterable[str]) -> str:
    """The user field of Moodle that the logins fit; where they are mixed, Moodle names the one it does not find."""
    given = list(logins)
    if given and all("@" in login for login in given):
        return "Email address"
    return "ID number" if given and all(login.isdigit() for login in given) else USERNAME


def _heads(found: Report) -> list[str]:
    """The lessons' titles, each told from the others: Canvas finds the grades of a column by its title.

    It takes a number in brackets at the end of one for that of an assignment it has; there, too, the lesson's id follows.
    """
    times = Counter(found.titles.values())
    return [
        f"{_text(title)} [{id}]" if times[title] > 1 or re.search(r"\(\d+\)$", title) else _text(title)
        for id, title in found.titles.items()
    ]


def _right(found: Report, learner: LearnerDone) -> list[str]:
    done = {each.lesson: each for each in learner.lessons}
    return [str(done[lesson].right) if lesson in done else "" for lesson in found.titles]


def _percent(found: Report, learner: LearnerDone) -> list[str]:
    done = {each.lesson: each for each in learner.lessons}
    return [f"{100 * done[id].right / done[id].total:.2f}" if id in done else "-" for id in found.titles]


def _text(typed: str) -> str:
    """What a learner typed, as a spreadsheet takes it: one that begins like a formula would be run."""
    return f"'{typed}" if typed[:1] in ("=", "+", "-", "@") else typed


def _csv(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue()
