"""A learner over SSH: a course small enough to be gone through in a test, and what he or she does in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from terminal import Terminal, environment

COURSE = """
format: 1
id: far
title: A lesson far away
objectives: [Learn over a line]
steps:
  - derivative:
      id: cube
      ask: The first question.
      of: x^3
      by: x
  - derivative:
      id: dw
      ask: The slope of the bowl.
      of: (w - 3)^2/2
      by: w
  - descent:
      id: train
      text: Watch it go down.
      problem: bowl
      rate: "0.1"
      steps: 40
      partials: {w: dw}
  - derivative:
      id: square
      ask: The last question.
      of: x^2
      by: x
summary: This is the end.
"""


def learner(home: Path, **more: str) -> dict[str, str]:
    """The variables of a learner whose course is the one above."""
    course = home / "course"
    course.mkdir(parents=True, exist_ok=True)
    (course / "far.yaml").write_text(COURSE, encoding="utf-8")
    return environment(home, TUTOR_LESSONS=str(course)) | more


def answer(terminal: Terminal, text: str, said: str = "Right") -> None:
    """Type an answer, have it checked, and read the verdict."""
    terminal.press(*text, "enter")
    terminal.wait_for(said)


def answers_kept(home: Path) -> list[str]:
    """The texts in the record, in the order given."""
    with sqlite3.connect(home / "tutor" / "journal.sqlite3") as connection:
        return [text for (text,) in connection.execute("SELECT text FROM answers ORDER BY number")]
