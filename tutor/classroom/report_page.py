"""A class report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from tutor.classroom.items import FEWEST, LEAST_DISCRIMINATION, REMARKS, TOO_EASY, TOO_HARD, Item
from tutor.classroom.report import LearnerDone, LessonDone, Report
from tutor.classroom.report_lines import day, learners, remarks
from tutor.words import LANGUAGE, tr

MOST_SLIPS = 300
"Rows of slips: those that one alone has made once are thousands in a large class."

BAR = 160
"Pixels of a bar that is full."

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884; vertical-align: middle; }
th { vertical-align: bottom; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { display: block; }
.track { fill: #8883; } .bar { fill: #2a78c8; } .some { fill: #8ab8e6; }
.map td { border: 2px solid Canvas; padding: .15rem .5rem; text-align: center; white-space: nowrap; }
.map td:first-child { text-align: left; border-left: 0; padding-left: 0; min-width: 10rem; white-space: normal; }
.map th { font-weight: normal; font-size: .85rem; line-height: 1.25; max-width: 7rem; }
td.q0 { background: #8882; } td.q1 { background: #2a78c833; } td.q2 { background: #2a78c855; }
td.q3 { background: #2a78c877; } td.q4 { background: #2a78c8aa; }
td.look { font-weight: bold; }
"""

DARKEST = 4
"Shade of a lesson that is all right, in the table of all lessons; 0 is for one in which nothing is."

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"The browser is told to load nothing and run nothing, should something of a hand-in ever slip through."


def as_page(found: Report, now: datetime) -> str:
    """The page.

    Args:
        now: with the zone by which days begin.
    """
    parts = [
        f"<h1>{_TITLE}</h1><p>{learners(len(found.learners))}, {day(now.isoformat(), now)}</p>",
        *(f"<p>{escape(remark)}</p>" for remark in remarks(found)),
        _section(tr("Who did what"), _WHO, _learners(found, now)),
        _section(tr("Lesson by lesson"), _BY_LESSON, _by_lesson(found)),
        _section(
            tr("Slips of the class"), tr("What was done instead of the right thing, and by how many."), _slips(found)
        ),
        _section(tr("Exercises"), _WHAT_ITEMS_SAY, _items(found)),
    ]
    return (
        '<!doctype html>\n<html lang="' + LANGUAGE + '"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{_TITLE}</title><style>{STYLE}</style></head>\n<body>{''.join(parts)}</body></html>\n"
    )


_TITLE = tr("Class report")
_WHO = tr(
    "Dark: exercises right in the end; light: tried; grey: all exercises of the lessons that the class has begun. "
    "What was right only after its solution was shown is not among the right ones. "
    "Hints: exercises for which hints were taken. Practice: answers given there."
)
_BY_LESSON = tr(
    "Exercises right in the end, without the solution, of as many as stand in brackets at the lesson; the fuller the "
    "colour, the more."
)
_WHAT_ITEMS_SAY = tr(
    "Right at first: the share who were right at the first attempt and without a hint. Discrimination: how far those who "
    "are right here are right elsewhere too, from -1 to 1. "
    "From {fewest} learners on, an exercise is called too easy over {too_easy:.0%}, too hard under {too_hard:.0%}, and "
    "said to divide badly where that is under {least_discrimination} by more than chance would have it. Those come first.",
    fewest=FEWEST,
    too_easy=TOO_EASY,
    too_hard=TOO_HARD,
    least_discrimination=LEAST_DISCRIMINATION,
)


def _section(title: str, words: str, table: str) -> str:
    return f'<h2>{title}</h2><p>{words}</p><div class="wide">{table}</div>\n'


def _learners(found: Report, now: datetime) -> str:
    total = sum(found.totals.values())
    return _table(
        (
            tr("Learner"),
            "",
            tr("Right"),
            tr("Right after the solution"),
            tr("Hints"),
            tr("Tried"),
            tr("Practice"),
            tr("Minutes"),
            tr("Last"),
        ),
        (_learner(each, total, now) for each in found.learners),
    )


def _learner(learner: LearnerDone, total: int, now: datetime) -> Sequence[str]:
    bar = _bar(
        tr("{right} right of {total}", right=learner.right, total=total),
        learner.right / max(total, 1),
        learner.tried / max(total, 1),
    )
    counts = (learner.right, learner.copied, learner.hinted, learner.tried, learner.practised)
    numbers = (*map(_number, counts), _number(f"{learner.minutes:.0f}"))
    return (_cell(learner.name), _drawn(bar), *numbers, _number(day(learner.last, now)))


def _by_lesson(found: Report) -> str:
    heads = (f"{title} ({found.totals[id]})" for id, title in found.titles.items())
    rows = []
    for learner in found.learners:
        done = {each.lesson: each for each in learner.lessons}
        rows.append((_cell(learner.name), *(_shaded(done.get(id)) for id in found.titles)))
    return _table((tr("Learner"), *heads), rows, kind="map")


def _shaded(done: LessonDone | None) -> str:
    if done is None:
        return "<td></td>"
    shade = DARKEST * done.right // done.total if done.right in (0, done.total) else 1 + 3 * done.right // done.total
    return f'<td class="number q{shade}">{done.right}</td>'


def _slips(found: Report) -> str:
    most = max((slip.learners for slip in found.slips), default=1)
    rows = (
        (
            _cell(slip.where),
            _cell(f"{slip.words} ({slip.slip})"),
            _drawn(_bar(learners(slip.learners), slip.learners / most)),
            _number(slip.learners),
            _number(slip.times),
        )
        for slip in found.slips[:MOST_SLIPS]
    )
    more = len(found.slips) - MOST_SLIPS
    rest = tr("<p>And {more} more, which <code>--json</code> has.</p>", more=more) if more > 0 else ""
    return _table((tr("Exercise"), tr("Slip"), "", tr("Learners"), tr("Times")), rows) + rest


def _items(found: Report) -> str:
    return _table(
        (tr("Exercise"), tr("Right at first"), "", tr("Learners"), tr("Discrimination"), tr("Look at it")),
        (_item(item) for item in sorted(found.items, key=lambda item: item.urgency if item.remark else _NOT_URGENT)),
    )


_NOT_URGENT = (9, 0.0)
"After those that want a look, in the order of the course."


def _item(item: Item) -> Sequence[str]:
    share = f"{item.first_right:.0%}"
    r = "" if item.discrimination is None else f"{item.discrimination:.2f}"
    return (
        _cell(f"{item.lesson} {item.exercise}"),
        _drawn(_bar(tr("{share} right at first", share=share), item.first_right)),
        _number(share),
        _number(item.learners),
        _number(r),
        _cell(REMARKS[item.remark]),
    )


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]], kind: str = "plain") -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _number(text: object) -> str:
    return f'<td class="number">{escape(str(text))}</td>'


def _drawn(svg: str) -> str:
    return f"<td>{svg}</td>"


def _bar(words: str, share: float, behind: float = 0.0) -> str:
    """A bar filled from the left to `share`, and lightly to `behind`, both from 0 to 1.

    Args:
        words: what it shows, for those who do not see it.
    """
    rects = (("track", 1.0), ("some", behind), ("bar", share))
    drawn = "".join(f'<rect class="{kind}" width="{BAR * part:.1f}" height="12"/>' for kind, part in rects)
    return f'<svg width="{BAR}" height="12" role="img" aria-label="{escape(words)}">{drawn}</svg>'
