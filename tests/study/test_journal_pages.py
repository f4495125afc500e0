"""Answers found page by page: of all sizes, so that some lie on overflow pages, and with no tree that leads to them."""

from contextlib import closing
from pathlib import Path

from study.samples import answer

from tutor.study.answer import from_row
from tutor.study.journal import Journal
from tutor.study.journal_pages import rows_in_pages


def test_every_row_is_found_with_every_value(tmp_path: Path) -> None:
    rows = [
        answer(n, text="é" * (n * 137 % 9000), seed=n * 10 ** (n % 12), seconds=n / 3, hints=n % 3, verdict=None)
        for n in range(150)
    ]
    with closing(Journal(tmp_path / "journal.sqlite3")) as journal:
        journal.open()
        journal.merge(rows)
    whole = (tmp_path / "journal.sqlite3").read_bytes()
    assert [from_row(row) for row in rows_in_pages(whole)] == rows
    assert [from_row(row) for row in rows_in_pages(bytes(100) + whole[100:])] == rows
    assert rows_in_pages(whole[:4000]) == rows_in_pages(b"\x0d" * 9000) == []
