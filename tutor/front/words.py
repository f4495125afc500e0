"""Plain text broken into lines. Textual breaks text as well, but not where the breaks must be known beforehand."""


def cell_len(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    import rich.cells  # only here: commands that print plain text need not load it

    return rich.cells.cell_len(text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words; a longer word is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while cell_len(word) > width:
            lines.append(word[:width])
            word = word[width:]
        line = word
    return [*lines, line] if line else lines


def cut(text: str, width: int, lines: int) -> str:
    """The text if it takes no more than so many lines; else its beginning, with an ellipsis.

    >>> cut("one two three four", 9, 2), cut("one two three four", 9, 3)
    ('one two …', 'one two three four')
    """
    whole = wrapped(text, width)
    if len(whole) <= lines:
        return text
    kept = [*whole[: lines - 1], *wrapped(whole[lines - 1], width - 2)[:1]]
    return f"{' '.join(kept)} …"
