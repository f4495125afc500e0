"""Answers found page by page: of all sizes, so that some lie on overflow pages, and with no tree that leads to them."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from study.samples import answer

from tutor.study.answer import Answer, from_row
from tutor.study.journal import Journal
from tutor.study.journal_pages import Pages, Row, begins


def answers(rows: Iterable[Row]) -> list[tuple[int | None, Answer]]:
    return [(row.number, from_row(row.values[1:])) for row in rows if len(row.values) == 13]


def test_every_row_is_found_with_every_value(tmp_path: Path) -> None:
    rows = [
        answer(n, text="é" * (n * 137 % 9000), seed=n * 10 ** (n % 12), seconds=n / 3, hints=n % 3, verdict=None)
        for n in range(150)
    ]
    with closing(Journal(tmp_path / "journal.sqlite3")) as journal:
        journal.open()
        journal.merge(rows)
    whole = (tmp_path / "journal.sqlite3").read_bytes()
    for listed in (whole, bytes(100) + whole[100:]):
        assert sorted(answers(Pages(listed).listed()), key=lambda found: found[0]) == list(enumerate(rows, 1))
    pages = [whole[start : start + 4096] for start in range(0, len(whole), 4096)]
    unlisted = b"".join(bytes(8) + page[8:] if page[0] == 0x0D else page for page in pages)
    assert answers(Pages(unlisted).listed()) == []
    assert dict(answers(Pages(unlisted).unlisted(begins("nttttItTtiiRt")))) == dict(enumerate(rows, 1))
    for no_file in (b"", whole[:90], b"\x0d" * 9000, b"\x0a" * 9000, b"\x02" * 9000):
        assert answers(Pages(no_file).listed()) == []
