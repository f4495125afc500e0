"""What lessons taught, as Markdown that a learner can keep: title, objectives and summary, formulas as set on one line."""

from collections.abc import Iterable

from tutor.lesson.formula import read_formula
from tutor.lesson.model import Lesson
from tutor.lesson.page import Block, Display, Item, Paragraph, Span, parse_page
from tutor.words import tr


def notes(lessons: Iterable[Lesson]) -> str:
    """The notes of lessons, one after another; ends in a line end."""
    return "\n".join(_lesson(lesson) for lesson in lessons)


def _lesson(lesson: Lesson) -> str:
    objectives = "".join(f"- {_page(objective)}\n" for objective in lesson.objectives)
    learnt, remember = tr("What it teaches:"), tr("To remember")
    return f"# {lesson.title}\n\n{learnt}\n\n{objectives}\n## {remember}\n\n{_page(lesson.summary)}\n"


def _page(text: str) -> str:
    return "\n".join(_block(block) for block in parse_page(text).blocks).strip()


def _block(block: Block) -> str:
    match block:
        case Display(maths=maths):
            return f"\n    {read_formula(maths).line}\n"
        case Item(spans=spans):
            return f"- {''.join(map(_span, spans))}"
        case Paragraph(spans=spans):
            return "".join(map(_span, spans))
    return ""


def _span(span: Span) -> str:
    match span.kind:
        case "maths":
            return f"`{read_formula(span.text).line}`"
        case "stress":
            return f"*{span.text}*"
    # What Markdown would take for a sign of its own.
    return "".join(f"\\{character}" if character in "\\`*_" else character for character in span.text)
