"""`tutor schema`: the JSON Schema of lesson files, for editors."""

from __future__ import annotations

import argparse
import json

from tutor.lesson.schema import lesson_schema
from tutor.words import tr


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr(
        "Print the JSON Schema of lesson files. An editor that knows it completes keys and marks faults while you type; "
        "a first line such as the one below tells it where the schema is."
    )
    parser.epilog = tr("""\
examples:
  tutor schema > lesson.schema.json
  # yaml-language-server: $schema=lesson.schema.json""")


def run(arguments: argparse.Namespace) -> int:
    """Print the schema; return the exit code."""
    print(written())
    return 0


def written() -> str:
    """The schema as text, as it is shipped with the course."""
    return json.dumps(lesson_schema(), indent=1, ensure_ascii=False)
