"""Where a benchmark writes its section of docs/benchmarks.md."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/benchmarks.md"


def write_section(name: str, text: str) -> None:
    """Put a text in the place of the section that this benchmark wrote before, or at the end."""
    begin, end = f"<!-- {name}: written by tests/bench/{name}.py -->", f"<!-- {name}: end -->"
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before.rstrip()}\n\n{begin}\n{text.strip()}\n{end}\n{after}", "utf-8")
