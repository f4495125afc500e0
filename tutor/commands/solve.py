"""`tutor solve`: a derivative with its steps, as lines to read or as one JSON object."""

import argparse
import textwrap
from collections.abc import Sequence

import msgspec

from tutor import display
from tutor.errors import Unreadable, UsageError
from tutor.front.ascii import spelt
from tutor.marking.step import Step
from tutor.marking.steps import derivative_steps
from tutor.maths.grammar import Vocabulary, display_name
from tutor.maths.parse import parse, parse_free
from tutor.maths.show import show_line
from tutor.maths.tree import Name, Node, Tuple, variables
from tutor.words import tr

WIDTH = 78


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr(
        "Differentiate an expression and show each step: the rule, the reason, what then stands there."
    )
    parser.epilog = tr("""\
examples:
  tutor solve "x^3 + 2xy" --by x
  tutor solve "x^3 y^2" --by x,y        first by x, then by y
  tutor solve "sin(x^2)" --by x --json""")
    parser.add_argument(
        "expression", metavar=tr("EXPR"), help=tr("what to differentiate, written as answers are typed")
    )
    parser.add_argument(
        "--by",
        action="append",
        required=True,
        metavar=tr("NAME"),
        help=tr("the variable; several with commas between, or repeated, for a higher or mixed derivative"),
    )
    parser.add_argument("--json", action="store_true", help=tr("one JSON object"))


def run(args: argparse.Namespace) -> int:
    """Print the steps; return 0.

    Raises:
        UsageError: the expression or a name cannot be read, or nothing says what to differentiate by.
    """
    by = _letters(args.by)
    of = _formula(args.expression, by)
    # Of what a program reads no locale and no terminal may change a character.
    ascii = bool(display.ascii_asked()) if args.json else display.is_ascii()
    try:
        steps = derivative_steps(of, by, ascii=ascii)
    except Unreadable as error:
        raise UsageError(error.message) from error
    except RecursionError:
        raise UsageError(tr("This expression is nested too deep to be worked out here.")) from None
    if args.json:
        print(msgspec.json.encode(as_json(of, by, steps, ascii=ascii)).decode())
    else:
        print("\n".join(as_lines(of, by, steps, ascii=ascii)))
    return 0


def as_json(of: Node, by: Sequence[str], steps: Sequence[Step], *, ascii: bool) -> dict[str, object]:
    """The object that `--json` prints."""
    return {
        "of": show_line(of, ascii=ascii),
        "by": list(by),
        "steps": [_plain(step) if ascii else step for step in steps],
        "answer": steps[-1].line,
    }


def as_lines(of: Node, by: Sequence[str], steps: Sequence[Step], *, ascii: bool) -> list[str]:
    """What is printed for people: the function, then for each step its rule, the reason, the parts, the line."""
    lines = [f"f = {show_line(of, ascii=ascii)}"]
    for number, step in enumerate(steps, 1):
        shown = _plain(step) if ascii else step
        head = f"{number}. {shown.rule}. {shown.why}"
        lines += ["", *textwrap.wrap(head, WIDTH, subsequent_indent="   ", break_long_words=False)]
        if shown.parts:
            lines.append("   " + ", ".join(f"{name} = {value}" for name, value in shown.parts.items()))
        lines.append(f"     {shown.line}")
    last = steps[-1].line
    return [*lines, "", f"{_left_side(of, by, ascii=ascii)} = {last}"]


def _left_side(of: Node, by: Sequence[str], *, ascii: bool) -> str:
    """`df/dx`, `∂f/∂x`, `d²f/dx²`, `∂²f/∂x∂y`: above and below the line as one writes it."""
    sign = "∂" if len(variables(of) | set(by)) > 1 and not ascii else "d"
    raised = dict(enumerate("  ²³⁴⁵⁶⁷⁸⁹")) if not ascii else {}

    def order(count: int) -> str:
        return "" if count == 1 else raised.get(count, f"^{count}")

    runs: list[tuple[str, int]] = []
    # ∂²f/∂y∂x means by x first: the letters stand in the opposite order.
    for name in reversed(by):
        runs = [*runs[:-1], (name, runs[-1][1] + 1)] if runs and runs[-1][0] == name else [*runs, (name, 1)]
    below = "".join(f"{sign}{display_name(name, ascii=ascii)}{order(count)}" for name, count in runs)
    return f"{sign}{order(len(by))}f/{below}"


def _plain(step: Step) -> Step:
    """A step in ASCII; its line is already."""
    return Step(
        rule=step.rule,
        why=spelt(step.why),
        line=spelt(step.line),
        parts={spelt(name): spelt(value) for name, value in step.parts.items()},
    )


def _formula(text: str, by: Sequence[str]) -> Node:
    try:
        tree = parse_free(text, tuple(by))
    except Unreadable as error:
        raise UsageError(tr("{message} (column {column})", message=error.message, column=error.column + 1)) from error
    if isinstance(tree, Tuple):
        raise UsageError(tr("One expression is differentiated at a time; this is a list."))
    return tree


def _letters(given: Sequence[str]) -> tuple[str, ...]:
    """The names of `--by`, which may be repeated or hold several with commas between, in canonical spelling."""
    names = [name.strip() for text in given for name in text.split(",")]
    if not any(names):
        raise UsageError(tr("Say by which letter to differentiate, such as --by x."))
    return tuple(_letter(name) for name in names)


def _letter(text: str) -> str:
    try:
        node = parse(text, Vocabulary.of(text))
    except Unreadable:
        node = None
    if not isinstance(node, Name):
        raise UsageError(tr("--by takes the name of a variable, such as x or w1; {text!r} is not one.", text=text[:40]))
    return node.name
