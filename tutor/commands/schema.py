"""`tutor schema`: the JSON Schema of lesson files, for editors."""

from __future__ import annotations

import argparse
import json

from tutor.descent.catalogue import PROBLEMS
from tutor.lesson.model import FORETOLD
from tutor.lesson.schema import Schema, lesson_schema
from tutor.marking.slips.registry import SKILL_IDS, SKILLS, SLIPS
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


def schema() -> Schema:
    """The schema, with every word that a lesson may take from elsewhere."""
    return lesson_schema(
        {
            "slip": {id: slip.wrong_rule for id, slip in SLIPS.items()},
            "skill": {id: SKILLS[letter] for letter, id in SKILL_IDS.items()},
            "problem": {name: make().title for name, make in PROBLEMS.items()},
            "fate": {str(fate): said for fate, said in FORETOLD.items()},
        }
    )


def written() -> str:
    """The schema as text, as it is shipped with the course."""
    return json.dumps(schema(), indent=1, ensure_ascii=False)
