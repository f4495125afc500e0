"""A learner in a real terminal whose class has a database: nothing is waited for, and what was answered arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from classroom.postgres import Postgres
from terminal import Terminal, environment, tutor_command, wait_until_gone

LESSON = """
format: 1
id: slopes
title: A lesson for the terminal
objectives: [Answer in a real terminal]
steps:
  - derivative:
      id: cube
      ask: The first question.
      of: x^3
      by: x
summary: This is the end.
"""

ANNOUNCED = """
CREATE FUNCTION announce() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
'BEGIN PERFORM pg_notify(''arrived'', NEW.learner || '' '' || NEW.text || '' '' || NEW.verdict); RETURN NEW; END';
CREATE TRIGGER announce AFTER INSERT ON tutor.answers FOR EACH ROW EXECUTE FUNCTION announce();
"""

PATIENCE = 60.0
"Seconds after which a test gives up; nothing waits for them to pass."


@pytest.fixture
def arrived(postgres: Postgres, database: str) -> Iterator[Callable[[], str]]:
    """Waits until an answer has arrived, and says which."""
    postgres.as_boss(ANNOUNCED, database=database)
    connection = psycopg.connect(postgres.url(database=database), autocommit=True)
    connection.execute("LISTEN arrived")

    def wait() -> str:
        for notice in connection.notifies(timeout=PATIENCE, stop_after=1):
            return notice.payload
        raise AssertionError("nothing arrived")

    yield wait
    connection.close()
    postgres.as_boss("DROP FUNCTION announce CASCADE", database=database)


def sitting(home: Path, url: str) -> Terminal:
    """The tutor at the first question."""
    course = home / "course"
    course.mkdir(exist_ok=True)
    (course / "slopes.yaml").write_text(LESSON, encoding="utf-8")
    env = environment(home, TUTOR_LESSONS=str(course), TUTOR_CLASS_URL=url)
    return Terminal(tutor_command("learn", "slopes"), env)


def answer(terminal: Terminal, text: str) -> None:
    terminal.wait_for("The first question.")
    terminal.send(text)
    terminal.wait_for(f"I read {text}")
    terminal.press("enter")
    terminal.wait_for("Not yet")


def test_what_was_answered_arrives_when_the_learner_leaves(
    postgres: Postgres, database: str, tmp_path: Path, arrived: Callable[[], str]
) -> None:
    with sitting(tmp_path, postgres.url("ada", database)) as terminal:
        answer(terminal, "x")
        terminal.press("ctrl+q")
        assert terminal.wait_until_ended() == 0
    assert arrived() == "ada x incorrect"


def test_it_arrives_though_the_line_is_lost(
    postgres: Postgres, database: str, tmp_path: Path, arrived: Callable[[], str]
) -> None:
    """The terminal goes away, as when the network does; the push that this leads to is not taken along."""
    with sitting(tmp_path, postgres.url("ada", database)) as terminal:
        answer(terminal, "x")
        terminal.hang_up()
        wait_until_gone([terminal.pid])
    assert arrived() == "ada x incorrect"


def test_without_a_server_nothing_is_noticed_and_nothing_lost(
    postgres: Postgres, database: str, tmp_path: Path, arrived: Callable[[], str]
) -> None:
    with sitting(tmp_path, "postgresql://ada@127.0.0.1:1/class") as terminal:
        answer(terminal, "x")
        assert "database" not in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait_until_ended() == 0
    with sitting(tmp_path, postgres.url("ada", database)) as terminal:
        terminal.wait_for("The first question.")
        terminal.press("ctrl+q")
        assert terminal.wait_until_ended() == 0
    assert arrived() == "ada x incorrect"
