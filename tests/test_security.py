"""The audit in docs/security.md names tests; each of them exists, and every threat has one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = (REPOSITORY / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\|(?! what could|---)", line)]
NAMED = sorted(set(re.findall(r"`(tests/[a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`", PAGE)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:50])
def test_every_threat_has_what_stops_it_and_a_test(row: str) -> None:
    threat, closing, tests = (cell.strip() for cell in row.strip("|").split("|"))
    assert threat
    assert closing
    assert re.fullmatch(r"`tests/[^`]+::test_[^`]+`(, `tests/[^`]+::test_[^`]+`)*", tests)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda text: text.removeprefix("tests/"))
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert name in names


def test_the_audit_is_not_empty() -> None:
    assert len(ROWS) > 40
    assert len(NAMED) > 40
