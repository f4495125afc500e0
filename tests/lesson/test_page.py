"""The page language: any text is a page; what is not closed is shown as it stands and is a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lesson.page import Blank, Block, Display, Item, Page, Paragraph, parse_page


def brief(block: Block) -> str:
    """A block as a line: its letter, then its spans as {kind:text}."""
    match block:
        case Blank():
            return "-"
        case Display(maths=maths):
            return f"D {maths}"
        case Paragraph(spans=spans) | Item(spans=spans):
            signs = {"plain": "", "maths": "$", "stress": "*"}
            return type(block).__name__[0] + " " + "".join(f"[{signs[span.kind]}{span.text}]" for span in spans)


def briefly(page: Page) -> list[str]:
    return [brief(block) for block in page.blocks]


PAGES = [
    # text, blocks
    ("", []),
    ("\n\n", []),
    ("One line.", ["P [One line.]"]),
    ("One line\nruns on.", ["P [One line runs on.]"]),
    ("  set in\n    further", ["P [set in further]"]),
    ("One.\n\n\nTwo.\n", ["P [One.]", "-", "P [Two.]"]),
    ("At $x = 2$ it is.", ["P [At ][$x = 2][ it is.]"]),
    ("$x$ and $y$", ["P [$x][ and ][$y]"]),
    ("$a +\n b$", ["P [$a + b]"]),
    ("a *new* word", ["P [a ][*new][ word]"]),
    ("*two words*, then", ["P [*two words][, then]"]),
    ("(*held*)", ["P [(][*held][)]"]),
    ("*the slope $m$ here*", ["P [*the slope ][$m][* here]"]),
    ("it costs \\$5, or \\$6", ["P [it costs $5, or $6]"]),
    ("\\*not stressed\\*", ["P [*not stressed*]"]),
    ("2*3*4 and 2 * 3 * 4", ["P [2*3*4 and 2 * 3 * 4]"]),
    ("a backslash \\ alone", ["P [a backslash \\ alone]"]),
    ("$$f = x^2$$", ["D f = x^2"]),
    ("Then\n  $$ f = x^2 $$\nso", ["P [Then]", "D f = x^2", "P [so]"]),
    ("- one\n- two\n  more\n\nafter", ["I [one]", "I [two more]", "-", "P [after]"]),
    ("List:\n- $x$", ["P [List:]", "I [$x]"]),
    ("-5 is no item\n-also not", ["P [-5 is no item -also not]"]),
    ("[red]markup[/] is text", ["P [[red]markup[/] is text]"]),
]


@pytest.mark.parametrize(("text", "blocks"), PAGES)
def test_blocks_and_spans(text: str, blocks: list[str]) -> None:
    page = parse_page(text)
    assert briefly(page) == blocks
    assert page.faults == ()


FAULTS = [
    # text, shown, offset of the fault, words
    ("costs $5", ["P [costs $5]"], 6, "This $ is never closed"),
    ("one $x\n\ny$ two", ["P [one $x]", "-", "P [y$ two]"], 4, "This $ is never closed"),
    ("a *word", ["P [a *word]"], 2, "This * is never closed"),
    ("*word\n\nword*", ["P [*word]", "-", "P [word*]"], 0, "This * is never closed"),
    ("costs $200 and $300", ["P [costs ][$200 and][300]"], 6, "a space just inside"),
    ("so $$x$$ it is", ["P [so $$x$$ it is]"], 3, "stands alone on one line"),
]


@pytest.mark.parametrize(("text", "blocks", "at", "what"), FAULTS)
def test_what_is_not_closed_is_shown_and_is_a_fault(text: str, blocks: list[str], at: int, what: str) -> None:
    page = parse_page(text)
    assert briefly(page) == blocks
    assert page.faults[0].at == at
    assert what in page.faults[0].what
    assert page.faults[0].do


def test_every_formula_has_its_offset() -> None:
    text = "At $x$\n- and $y = 1$\n\n$$ z $$"
    found = [(maths, text[at : at + len(maths)]) for maths, at in parse_page(text).maths]
    assert found == [("x", "x"), ("y = 1", "y = 1"), ("z", "z")]


@given(st.text(alphabet="ab $*\\-\n", max_size=60))
def test_any_text_is_a_page_and_loses_no_letter(text: str) -> None:
    page = parse_page(text)
    shown = "".join(brief(block) for block in page.blocks)
    assert sum(shown.count(letter) for letter in "ab") == sum(text.count(letter) for letter in "ab")
