"""Hundreds of damages at random: every start works, what is whole is kept and in sight, and nothing is promised in vain."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from study.journals import opened
from study.samples import answer

from tutor.study.answer import Answer
from tutor.study.journal import Journal

PAGE = 4096
DAMAGES = 60
"Of each kind."


def bit(whole: bytearray, chance: random.Random) -> None:
    whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)


def bit_of_the_header(whole: bytearray, chance: random.Random) -> None:
    whole[chance.randrange(100)] ^= 1 << chance.randrange(8)


def some_bytes(whole: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 20)):
        whole[chance.randrange(len(whole))] = chance.randrange(256)


def run_of_bytes(whole: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(whole))
    length = min(chance.randint(1, 300), len(whole) - start)
    whole[start : start + length] = chance.randbytes(length)


def sector_of_zeros(whole: bytearray, chance: random.Random) -> None:
    start = 512 * chance.randrange(len(whole) // 512)
    whole[start : start + 512] = bytes(512)


def page_over_another(whole: bytearray, chance: random.Random) -> None:
    there, here = (PAGE * chance.randrange(len(whole) // PAGE) for _ in range(2))
    whole[there : there + PAGE] = whole[here : here + PAGE]


def cut_off(whole: bytearray, chance: random.Random) -> None:
    del whole[chance.randrange(len(whole)) :]


KINDS = [bit, bit_of_the_header, some_bytes, run_of_bytes, sector_of_zeros, page_over_another, cut_off]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A record with answers in sight and out of it, some longer than a page, and with resets of which one was undone."""
    path = tmp_path_factory.mktemp("whole") / "journal.sqlite3"
    with closing(opened(path)) as journal:
        journal.merge([answer(number, lesson=f"l{number % 3}", text=f"{number}x") for number in range(60)])
        journal.reset("l0", id="stands", at="2025-03-01T09:00:00Z")
        everything = journal.reset("", id="undone", at="2025-03-02T09:00:00Z")
        journal.undo(everything, "2025-03-03T09:00:00Z")
        journal.merge([answer(number, text="y" * (9000 if number == 70 else number)) for number in range(60, 90)])
        for number in range(20):
            journal.remember_place("l1", f"e{number}", "2025-03-01T09:00:00Z")
    return path.read_bytes()


@pytest.fixture
def disk() -> Iterator[Path]:
    """A directory in memory where there is such a disk: what is tried here is no disk's strength."""
    memory = Path("/dev/shm")
    path = Path(mkdtemp(dir=memory if memory.is_dir() else None))
    yield path
    rmtree(path)


def stored(whole: bytes, row: Answer) -> bytes:
    """The bytes of an answer in the file, from those that say how long its values are to its last one."""
    start = whole.index((row.id + row.at).encode()) - (14 if len(row.text) < 58 else 15)
    return whole[start : whole.index(row.version.encode(), start) + len(row.version)]


def sit(path: Path, number: int) -> tuple[set[str], set[str]]:
    """A sitting with one answer; the ids in sight, and all there are. Nothing may be raised."""
    journal, _ = Journal.begin(path)
    with closing(journal):
        journal.append(answer(number))
        in_sight = {row.id for row in journal.answers()}
        journal.places()
        return in_sight, {entry.id for entry in journal.entries() if isinstance(entry, Answer)}


def all_answers(path: Path) -> list[Answer]:
    with closing(opened(path)) as journal:
        return [entry for entry in journal.entries() if isinstance(entry, Answer)]


@pytest.mark.parametrize("damage", KINDS)
def test_whatever_is_damaged(whole: bytes, disk: Path, damage: Callable[[bytearray, random.Random], None]) -> None:
    path = disk / "journal.sqlite3"
    path.write_bytes(whole)
    in_sight, _ = sit(path, 900)
    known = {row: stored(whole, row) for row in all_answers(path)[:90] if len(row.text) < 1000}
    assert len(known) == 89
    for seed in range(DAMAGES):
        damaged = bytearray(whole)
        damage(damaged, random.Random(f"{damage.__name__} {seed}"))
        rmtree(disk)
        disk.mkdir()
        path.write_bytes(damaged)
        kept = {row.id for row, bytes_of_it in known.items() if bytes_of_it in damaged}
        for start in (901, 902):
            seen, found = sit(path, start)
            assert kept <= found, f"what is whole is kept: {damage.__name__} {seed}, start {start}"
            assert kept & in_sight <= seen, f"and in sight if it was: {damage.__name__} {seed}, start {start}"
            assert {answer(number).id for number in range(901, start + 1)} <= seen, "and so is what is new"
        assert not list(disk.glob("*.unread")), "all was read"
        if any(disk.glob("*.damaged-1")):
            assert (disk / "journal.sqlite3.damaged-1").read_bytes() == damaged, "and is kept as it was"
