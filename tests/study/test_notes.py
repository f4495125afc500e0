"""A lesson in, Markdown out."""

from msgspec.structs import replace
from study.samples import lesson

from tutor.study.notes import notes

SUMMARY = """\
- Power rule: $x^n$ becomes $n*x^(n - 1)$.
- *Both* count: 2\\*3 * snake_case.

Then:
$$f = x^2$$
"""


def test_formulas_are_set_and_signs_of_markdown_are_text() -> None:
    taught = replace(lesson("powers"), objectives=("Differentiate $x^2$",), summary=SUMMARY)
    assert notes([taught]) == (
        "# Powers\n\nWhat it teaches:\n\n- Differentiate `x²`\n\n## To remember\n\n"
        "- Power rule: `x^n` becomes `nx^(n − 1)`.\n- *Both* count: 2\\*3 \\* snake\\_case.\n\nThen:\n\n    f = x²\n"
    )


def test_lessons_follow_one_another() -> None:
    assert notes([lesson("one"), lesson("two")]).count("\n\n# ") == 1
    assert notes([]) == ""
