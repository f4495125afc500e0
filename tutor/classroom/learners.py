"""Who handed in what: the hand-ins of one learner joined without doubling, and how long the answers took. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from tutor.classroom.hand_in import HandIn, without_doubles
from tutor.study.answer import Answer
from tutor.words import tr

LONGEST = 600.0
"Seconds that one answer counts at most: whoever leaves a lesson open overnight has not studied all night."


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the class."""

    name: str
    login: str
    "Empty where none was given."
    answers: tuple[Answer, ...]
    "The earliest first, no two with one id."


def join(hand_ins: Iterable[HandIn]) -> tuple[Learner, ...]:
    """The learners of some hand-ins, by name; neither case nor spaces tell two of them apart.

    A login says who somebody is, whatever the name. A hand-in without one goes to the login that came with its name,
    unless two did.
    """
    ordered = sorted(hand_ins, key=lambda handed: datetime.fromisoformat(handed.written))
    logins: dict[str, set[str]] = {}
    for handed in ordered:
        if plain(handed.login):
            logins.setdefault(_key(handed.name), set()).add(_key(handed.login))
    groups: dict[tuple[str, str], list[HandIn]] = {}
    for handed in ordered:
        known = logins.get(_key(handed.name), set())
        login = _key(handed.login) or (next(iter(known)) if len(known) == 1 else "")
        groups.setdefault((login, "" if login else _key(handed.name)), []).append(handed)
    return tuple(sorted(map(_learner, groups.values()), key=lambda learner: by_name(learner.name, learner.login)))


def seconds_spent(answers: Sequence[Answer]) -> float:
    """Seconds that a learner's answers took, the earliest answer first.

    Of each answer the least of three: the time since its exercise came onto the screen, the time since the answer
    before it (a second try does not count the first again), and `LONGEST`.

    >>> seconds_spent([])
    0.0
    """
    total, before = 0.0, None
    for answer in answers:
        at = datetime.fromisoformat(answer.at)
        since = (at - before).total_seconds() if before else LONGEST
        total += max(0.0, min(answer.seconds, since, LONGEST))
        before = at
    return total


def _learner(handed: Sequence[HandIn]) -> Learner:
    answers = without_doubles(answer for each in handed for answer in each.answers)
    return Learner(
        name=plain(handed[-1].name) or tr("(no name)"),
        login=next((plain(each.login) for each in reversed(handed) if plain(each.login)), ""),
        answers=tuple(sorted(answers, key=lambda answer: datetime.fromisoformat(answer.at))),
    )


def _key(name: str) -> str:
    # Decomposed, so that É is one letter however it was typed, and is sorted with E.
    return unicodedata.normalize("NFKD", plain(name).casefold())


def by_name(name: str, login: str) -> tuple[list[tuple[int, str]], str]:
    """By which learners are sorted: by name, numbers in it by what they are worth.

    >>> sorted(["L10", "l2", "L1"], key=lambda name: by_name(name, ""))
    ['L1', 'l2', 'L10']
    """
    # Not as numbers: somebody's name may be ten thousand digits.
    parts = (part.lstrip("0") or "0" if part.isdigit() else part for part in re.split(r"(\d+)", _key(name)))
    return [(len(part) if part.isdigit() else 0, part) for part in parts], login


def plain(name: str) -> str:
    """One line of a name; a hand-in may hold anything, and a terminal obeys control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
