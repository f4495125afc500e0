"""What is said in line mode, and what each line does; a conversation is lines in and lines out."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from tui.stand_ins import COURSE, FakeEngine, answers, new_journal

from tutor import display
from tutor.lesson.model import Course
from tutor.plain.home import HomeTalk
from tutor.plain.lines import Lines
from tutor.study.journal import Journal

SITTING = [
    (["", "", "x^3"], "Not yet. That is not the derivative [/]. At x = 2 yours gives 5; the right answer gives 4."),
    (["", "", "2x"], "I read: 2x\nRight.\nThe power comes down."),
    (["", "", "2x"], "You can also write a word: steps says the way to it."),
    (["", "", "2x", "steps"], "1. Power rule."),
    (["", "", "2x +"], "Not read, and not counted."),
    (["", "", "2x + ß3"], "That is at character 6, after: 2x +"),
    (["", "", ""], "Type an answer first; the word help says what else works."),
    (
        ["", "", "hint", "HINT", "hint"],
        "Hint 1 of 2: First hint.\ndf/dx =\nHint 2 of 2: Second hint [/b].\ndf/dx =\nThere is no",
    ),
    (["", "", "solution"], "The solution comes after a hint or two tries."),
    (["", "", "hint", "solution"], "The solution: df/dx = 2x\nThe power comes down."),
    (["", "", "hint", "solution", ""], "Now: step 3 of 6."),
    (["", "", "2x", "solution"], "You have it already."),
    (["", "", "steps"], "The steps come once the answer is known"),
    (["", "", "help"], "hint: one more hint"),
    (["", "", "?"], "hint: one more hint"),
    (["", "", "back"], "A page with [/] and x² in it.\nEnter goes on:\n"),
    (["", "", "=2x"], "Right."),
    (["", "", "skip"], "a) [/] no\nb) yes\nYour choice, a to b:"),
    (["", "skip", "skip", "a"], "Not yet. Not that."),
    (["", "skip", "skip", "B)"], "Right. It is."),
    (["", "nxt"], "“nxt” is not a word that works here. Did you mean `next`?"),
    (["", "back"], "This is the beginning."),
    (["", "pictures"], "Pictures are left out."),
    (["", "pictures", "skip", "skip", "skip"], "Look.\n\nA picture stands here; the word pictures draws it."),
    (["", "skip", "skip", "skip"], "└┬"),
    (["", *["skip"] * 5], "The end. 0 of 3 exercises done. The word open leads to the first that is open."),
    (["", *["skip"] * 5, "open"], "What is df/dx of f = x²?"),
    (["", *["skip"] * 5, ""], "0. Squares [/] and more. Enter begins it."),
    (["1", "w − 3", "", ""], "step w loss 0 0 4.50000"),
    (["1", "3 - w", "skip", ""], "::: is the same run with the right formulas."),
    (["1", "skip", ""], "dE/dw = not derived yet; the right formula stands in"),
    (["1", "skip", "", "rate 0.3"], "Rate 0.3."),
    (["1", "skip", "", "rate x"], "The rate must be a number above 0"),
    (["1", "skip", "", "rate 2"], "No [/] run."),
    (["1", "skip", "", "step 1"], "Step 1: w = 0.3"),
    (["1", "skip", "", "step 9999"], "The steps go from 0 to"),
    (["1", "skip", "", "w = w"], "::: is the same run"),
    (["1", "skip", "", "w = w +"], "Not read."),
    (["1", "skip", "", "v = 2"], "The formulas are those for w."),
    (["1", "skip", "", "loss"], "least"),
    (["1", "skip", "", "x"], "help says what does"),
    (["1", "skip", "", "help"], "A formula, such as: w ="),
    (["1", "skip", "", "next"], "Rolled."),
    (["1", "skip", "", "back"], "Roll down."),
    (["lab", "bowl", "run"], "bowl:rate=0.1:steps=400"),
    (["lab", "bowl", "map"], "the partial as a slope"),
    (["lab", "bowl", "data"], "This problem has no such view; it has weights, loss, log loss, map."),
    (["lab", "bowl", "keep", "rate 0.3"], "::: kept: gradient descent, rate 0.1: loss"),
    (["lab", "bowl", "keep", "keep"], "The run that was kept is let go."),
    (["lab", "bowl", "w = ln(w - 1)", "check"], "there is no value to compare"),
    (["lab", "bowl", "w = 3 - w", "check"], "w: 3.00000 and −3.00000, they do not agree"),
    (["lab", "bowl", "method adm"], "Did you mean `adam`?"),
    (["lab", "bowl", "method momentum"], "Each step: momentum 0.9, v ← momentum·v + g;  w ← w − rate·v."),
    (["lab", "bowl", "method adam", "run"], "bowl:method=adam:rate=0.1:steps=400"),
    (["lab", "xor", "network"], "network example 1 of 4: y −1"),
    (["7"], "The lessons go from 0 to 1; help says what else works."),
    (["help"], "place finds where to start"),
    ([""], "has a fault and is left out; the command tutor check says why."),
    (["place"], "If you don't know, the word pass says so"),
    (["place", "pass"], "Good to know; on to another lesson."),
    (["practice"], "Practice"),
    (["", "home"], "0. Squares [/] and more. Enter"),
    (["quit"], "0. Squares"),
]


@pytest.mark.parametrize(("typed", "said"), SITTING, ids=[" ".join(typed) or "enter" for typed, _ in SITTING])
async def test_what_is_said(typed: list[str], said: str) -> None:
    assert _flat(said) in _flat(await conversation(typed))


async def test_pictures_are_left_out_in_runs_too_until_they_are_wanted_again() -> None:
    typed = ["lab", "bowl", "pictures", "rate 0.3", "home", "0", "skip", "skip", "skip"]
    before, _, behind = (await conversation(typed)).partition("Pictures are left out.")
    assert "┤" in before
    assert "Rate 0.3." in behind
    assert "A picture stands here" in behind
    assert "┤" not in behind
    assert "┤" in (await conversation([*typed[:4], "pictures", "rate 0.2"])).partition("Pictures are drawn.")[2]


async def test_what_was_done_is_there_the_next_time(tmp_path: Path) -> None:
    journal = new_journal(tmp_path / "journal")
    await conversation(["", "", "hint", "x^3", "2x"], journal)
    assert [(each.text, each.hints) for each in answers(journal)] == [("", 1), ("x^3", 1), ("2x", 1)]
    said = await conversation([""], journal)
    assert "Enter goes on at step 2 of 6." in said
    assert "Done. You answered: 2x\nThe power comes down.\nEnter goes on:" in said


async def test_without_any_lessons_the_lab_is_all_there_is() -> None:
    said = await conversation(["home"], course=Course((), ()), start_lab="bowl")
    assert "A bowl with its bottom" in said
    assert "Derivatives for" not in said


BYTES = [
    (b"2x\r\n", "Right."),
    (b"\x1b[D2x\x1b[3~\n", "Right."),
    (b"\x00\x07 2x \n", "Right."),
    (b"2\xb2x\n", "I read: 2²x"),
    (b"\xff\xfe\n", "Not read"),
    (b"2x", "Right."),
    (b"x+" * 100_000 + b"\n2x\n", "Is there a shorter way to write it?"),
    (b"(" * 100_000, "Is there a shorter way to write it?"),
]


@pytest.mark.parametrize(("sent", "said"), BYTES, ids=[repr(sent[:20]) for sent, _ in BYTES])
async def test_whatever_bytes_come_in(sent: bytes, said: str) -> None:
    """The engine that marks here refuses what is too long as the real one does."""
    assert _flat(said) in _flat(await conversation(["", ""], more=sent))


async def test_no_line_is_longer_than_the_terminal() -> None:
    typed = ["", *["skip"] * 5, "", "1", "skip", "", "help", "next", "", "help", "place", "home", "quit"]
    for width in (20, 39, 78):
        said = await conversation(typed, width=width)
        assert max(map(len, said.split("\n"))) <= max(width, 64), "a prompt, and a table, are not broken"


def _flat(text: str) -> str:
    """However its lines are broken."""
    return " ".join(text.split())


async def conversation(
    typed: list[str],
    journal: Journal | None = None,
    *,
    more: bytes = b"",
    width: int = 78,
    course: Course = COURSE,
    start_lab: str | None = None,
) -> str:
    """All that is said when these lines come in, to the end of what comes in."""
    source, sink = os.pipe()
    sent = "".join(f"{line}\n" for line in typed).encode() + more
    out = io.StringIO()
    # More than a pipe holds would wait for the reader.
    with open(sink, "wb") as pipe:
        if len(sent) <= 32_768:
            pipe.write(sent)
            pipe.close()
        else:
            import threading

            threading.Thread(target=lambda: (pipe.write(sent), pipe.close()), daemon=True).start()
        talk = HomeTalk(course, journal or new_journal(), FakeEngine(), Lines(source, out, width=width))
        await talk.hold(start_lab=start_lab)
    os.close(source)
    return out.getvalue()


async def test_in_ascii_nothing_else_is_written() -> None:
    display.take(["--ascii"])
    try:
        typed = [
            "",
            "",
            "2x^2",
            "hint",
            "solution",
            "steps",
            "next",
            "next",
            "next",
            "",
            "home",
            "1",
            "skip",
            "",
            "loss",
        ]
        said = await conversation([*typed, "step 1", "help"])
    finally:
        display.forget()
    assert said.isascii()
    assert "What is df/dx of f = x^2? [b]" in said
    assert "*" in said.split("Look.")[1]
