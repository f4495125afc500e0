"""`tutor class`: a class in PostgreSQL. Its tables made, answers pushed by hand, learners named, the report of all."""

import argparse
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from tutor import places
from tutor.classroom.class_database import bring_up_to_date, connected, refuse_other_versions
from tutor.classroom.class_schema import LEARNER, TEACHER
from tutor.classroom.class_tally import class_tally, is_teacher, name_learners
from tutor.classroom.learners import plain
from tutor.classroom.push import push
from tutor.classroom.report import report
from tutor.commands.record import complain, lessons
from tutor.commands.report import describe_forms, tell
from tutor.errors import ClassError, UsageError
from tutor.reasons import why
from tutor.words import tr, tr_n

HEADER = ["user", "name", "login"]


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr(
        "Keep the answers of a class in PostgreSQL, where each learner writes and reads only his or her own."
    )
    parser.epilog = tr("""\
examples:
  tutor class init postgresql://class.example/tutor   as the administrator
  tutor class report --html class.html                as a teacher
  tutor class push                                    as a learner, to try it

Where no URL is given, it is `class_url` of /etc/tutor/tutor.toml, or the
variable TUTOR_CLASS_URL. With it set, answers are pushed in the background.
docs/class.md says how to set up users, passwords and the server.""")
    kinds = parser.add_subparsers(title=tr("what to do"), metavar=tr("WHAT"), required=True)
    making = _kind(kinds, "init", tr("make the tables, or bring them up to date; as an administrator"))
    making.add_argument("url", nargs="?", metavar=tr("URL"), help=tr("the database"))
    making.set_defaults(do=make)
    telling = _kind(kinds, "report", tr("what the class did; as a teacher"))
    telling.add_argument("--url", help=tr("the database"))
    describe_forms(telling)
    telling.set_defaults(do=tell_class)
    naming = _kind(kinds, "names", tr("what the learners are called, from a CSV file: user,name,login; as a teacher"))
    naming.add_argument(
        "file",
        metavar=tr("FILE"),
        help=tr(
            "three columns: database user, name, gradebook's login (may be empty); a first row `user,name,login` is passed over"
        ),
    )
    naming.add_argument("--url", help=tr("the database"))
    naming.set_defaults(do=name)
    pushing = _kind(kinds, "push", tr("send your answers now, and say what came of it"))
    pushing.add_argument("--url", help=tr("the database"))
    pushing.set_defaults(do=push_now)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for; return 0.

    Raises:
        UsageError: no database is named, or a file cannot be used.
        ClassError: the database cannot be used.
    """
    url = arguments.url or places.class_url()
    if not url:
        raise UsageError(tr("which database? Give its URL, or have it set as class_url in /etc/tutor/tutor.toml."))
    code: int = arguments.do(url, arguments)
    return code


def make(url: str, _: argparse.Namespace) -> int:
    """Make the tables, roles and rights, or bring them up to date."""
    with connected(url) as connection:
        before, after = bring_up_to_date(connection)
    if before == after:
        print(tr("The database is up to date already: version {after}.", after=after))
    elif before:
        print(tr("The database was brought from version {before} to {after}.", before=before, after=after))
    else:
        print(
            tr(
                "The class is made. Make each learner's database user a member of {learner}, and yours of {teacher}.",
                learner=LEARNER,
                teacher=TEACHER,
            )
        )
    return 0


def tell_class(url: str, arguments: argparse.Namespace) -> int:
    """Put out the report of everybody."""
    with connected(url) as connection:
        refuse_other_versions(connection)
        if not is_teacher(connection):
            user = connection.info.user
            raise ClassError(
                tr(
                    "only a teacher reads what a class did, and the database user {user} is no member of {teacher}.",
                    user=user,
                    teacher=TEACHER,
                )
            )
        found = class_tally(connection)
    tell(report(lessons(), found), arguments)
    return 0


def name(url: str, arguments: argparse.Namespace) -> int:
    """Say what the learners are called; 1 if some of them are none here, which is said on stderr."""
    rows = list(_names(arguments.file))
    with connected(url) as connection:
        refuse_other_versions(connection)
        told, strangers = name_learners(connection, rows)
    print(tr_n("{n} name taken down.", "{n} names taken down.", told))
    if strangers:
        complain(
            tr(
                "no learner of this database, so left out: {strangers}. The first column is the "
                "database user, who must be a member of {learner}.",
                strangers=", ".join(map(plain, strangers)),
                learner=LEARNER,
            )
        )
    return 1 if strangers else 0


def push_now(url: str, _: argparse.Namespace) -> int:
    """Push in the foreground."""
    done = push(places.journal_file(), url)
    print(
        tr_n(
            "{n} answer sent; {there} there already.",
            "{n} answers sent; {there} there already.",
            done.sent,
            there=done.there,
        )
    )
    if done.refused:
        print(
            tr_n(
                "{n} answer not taken by the database; it stays in your own record.",
                "{n} answers not taken by the database; they stay in your own record.",
                done.refused,
            )
        )
    return 0


def _names(file: str) -> Iterator[tuple[str, str, str]]:
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(tr("{file} cannot be read: {error}.", file=file, error=why(error))) from error
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and [cell.lower() for cell in cells] == HEADER[: len(cells)]):
            continue
        if len(cells) not in (2, 3) or not (cells[0] and cells[1]) or "\0" in text:
            raise UsageError(
                tr("{file}, line {number}: it must be user,name or user,name,login.", file=file, number=number)
            )
        yield cells[0], cells[1], cells[2] if len(cells) == 3 else ""


def _kind(
    kinds: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, help: str
) -> argparse.ArgumentParser:
    return kinds.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
