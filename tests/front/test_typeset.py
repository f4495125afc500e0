"""Pages as lines: what is kept together, what is stacked, and that nothing is ever markup."""

import pytest

from tutor.front.typeset import set_page
from tutor.front.words import cell_len, wrapped


def plain(text: str, width: int = 40) -> list[str]:
    return [line.plain.rstrip() for line in set_page(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected", "why"),
    [
        ("One two three.", 9, ["One two", "three."], "filled"),
        ("See $x^3 + 2x$, yes.", 14, ["See x³ + 2x,", "yes."], "a comma stays with its formula"),
        ("Now see $x^3 + 2x$ here.", 12, ["Now see", "x³ + 2x", "here."], "a formula stays whole"),
        ("- one two\n- three", 8, ["· one", "  two", "· three"], "items hang"),
        ("a\n\nb", 8, ["a", "", "b"], "paragraphs"),
        ("[/] [b]x[/b] \\$5", 40, ["[/] [b]x[/b] $5"], "never markup"),
        ("$$s = 2t^2$$", 40, ["    s = 2t²"], "a display is set in"),
        ("$$(x+1)/2 = y$$", 40, ["     x + 1", "    ─────── = y", "       2"], "and in two dimensions"),
        ("x" * 20, 8, ["xxxxxxxx", "xxxxxxxx", "xxxx"], "a word that is too long is cut"),
        ("", 8, [], "nothing"),
    ],
)
def test_pages(text: str, width: int, expected: list[str], why: str) -> None:
    assert plain(text, width) == expected, why


def test_no_line_is_wider_than_asked_for() -> None:
    text = "Long $2(3 + h)^2 - 2*3^2 = 12h + 2h^2$ and $a$ words.\n\n$$(x+1)/(x-1) + (x+2)/(x-2) = 1/x$$\n- item $x^2$"
    for width in range(8, 80):
        assert all(cell_len(line.plain) <= width for line in set_page(text, width)), width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [("a b c", 3, ["a b", "c"]), ("abcdef", 4, ["abcd", "ef"]), ("", 4, []), ("  ", 4, [])],
)
def test_plain_words(text: str, width: int, expected: list[str]) -> None:
    assert wrapped(text, width) == expected
