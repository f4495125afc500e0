"""The command line: what can be asked for, and with which exit code the answer ends.

Each command imports what it needs inside its own function, so that `tutor --version` costs nothing and the home screen
loads only what it shows. Exit 0 good, 1 a fault in lessons or program, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tutor.version import VERSION

if TYPE_CHECKING:
    import argparse

INTERRUPTED = 130
"128 + SIGINT, as shells report it."

BROKEN_PIPE = 141
"128 + SIGPIPE, as shells report it."

NEEDS_NO_TERMINAL = ("check", "grade", "solve", "descend")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return the exit code; argparse itself leaves with 2 on wrong usage."""
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        code = _do(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone. What is still buffered must not be tried again while Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  (the last line of defence: a person is never shown a traceback)
        return _explain(error, words)


def _do(words: list[str]) -> int:
    if not words:
        return _home()  # without argparse, which would cost 9 ms of the 50 that we take longer than an empty app
    arguments = build_parser().parse_args(words)
    code: int = arguments.do(arguments)
    return code


def build_parser() -> argparse.ArgumentParser:
    """Every command and option, with help that a person can read."""
    import argparse
    from typing import NoReturn

    class Parser(argparse.ArgumentParser):
        """Says of wrong usage where the right one is described; the parsers of the commands are of this kind too."""

        def error(self, message: str) -> NoReturn:
            self.print_usage(sys.stderr)
            self.exit(2, f"{self.prog}: {message}\n{_more(self.prog)}\n")

    parser: argparse.ArgumentParser = Parser(
        prog="tutor",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Learn the derivatives that train neural networks, in a terminal.",
        epilog="""\
examples:
  tutor                        the home screen; Enter goes on where you stopped
  tutor learn rates-of-change  one lesson, from the place where you left it
  tutor check my-lesson.yaml   what is wrong with a lesson that you are writing
  tutor descend houses         train on the house prices without a screen

`tutor COMMAND --help` says more about a command. Your answers are kept in
~/.local/share/tutor, or in the directory that TUTOR_HOME names.""",
    )
    parser.add_argument("--version", action="version", version=f"tutor {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _describe_learn(commands)
    _describe_check(commands)
    _describe_grade(commands)
    _describe_solve(commands)
    _describe_descend(commands)
    return parser


def _describe_learn(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "learn",
        _learn,
        help="open a lesson",
        description="Open a lesson where you left it; without a name, the one you were in last.",
        epilog="""\
examples:
  tutor learn
  tutor learn rates-of-change""",
    )
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help="the id of a lesson, as in its file")


def _describe_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "check",
        _check,
        help="say what is wrong with lesson files",
        description="Report every problem in lesson files: where it is, what is wrong, what to do.",
        epilog="""\
examples:
  tutor check                     the course that came with the program
  tutor check my-lesson.yaml      one file
  tutor check lessons --json      a directory, for a program to read
  tutor check my.yaml --deploy 4  freeze four good variants of each exercise

The exit code is 0 when nothing is wrong, 1 when something is, and 2 when there
is no file or directory of a name given; the others are checked all the same.""",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a lesson file, or a directory of them")
    parser.add_argument("--json", action="store_true", help="one JSON object: files, exercises, problems")
    parser.add_argument(
        "--deploy",
        type=int,
        metavar="N",
        help="first find N good variants of each exercise with parameters, and write their seeds into the files",
    )


def _describe_grade(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add(
        commands,
        "grade",
        _grade,
        help="mark answers: JSON lines in, JSON lines out",
        description="Mark the answers on stdin as the lessons do, and print a verdict for each.",
        epilog="""\
examples:
  tutor grade < answers.jsonl > verdicts.jsonl

lines that it reads:
  {"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^2"}
  {"gradient": {"of": "x^2*y", "by": ["x", "y"]}, "answer": "(2xy, x^2)"}
  {"expected": "2x + 2y", "answer": "2(x + y)", "id": 7}

The "by" of a derivative may be a list too, differentiated in that order.
"variables" lists names that an answer may use besides those of the question.
"id" comes back as it was. A line that cannot be used is answered in its place.""",
    )


def _describe_solve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "solve",
        _solve,
        help="differentiate, with every step",
        description="Differentiate an expression and show each step: the rule, the reason, what then stands there.",
        epilog="""\
examples:
  tutor solve "x^3 + 2xy" --by x
  tutor solve "x^3 y^2" --by x,y        first by x, then by y
  tutor solve "sin(x^2)" --by x --json""",
    )
    parser.add_argument("expression", metavar="EXPR", help="what to differentiate, written as answers are typed")
    parser.add_argument(
        "--by",
        action="append",
        required=True,
        metavar="NAME",
        help="the variable; several with commas between, or repeated, for a higher or mixed derivative",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--ascii", action="store_true", help="nothing but ASCII characters")


def _describe_descend(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "descend",
        _descend,
        help="run gradient descent without a screen",
        description="Train the weights of a problem step by step and print the way they take.",
        epilog="""\
examples:
  tutor descend houses
  tutor descend houses --rate 1.3 --steps 60
  tutor descend houses --gradient w1=r --json

--gradient puts a formula of yours in the place of the right one, slips and all;
give it once for each weight. The houses have the weights w1, w2 and b, the
inputs sqft and beds, the price, and r for w1*sqft + w2*beds + b - price.""",
    )
    parser.add_argument("problem", metavar="PROBLEM", help="houses, houses-raw (not scaled) or bowl (one weight)")
    parser.add_argument("--rate", default="0.1", metavar="NUMBER", help="the learning rate (default 0.1)")
    parser.add_argument("--steps", default="400", metavar="COUNT", help="the most steps to take (default 400)")
    parser.add_argument(
        "--method", default="gradient-descent", metavar="NAME", help="the update rule (default gradient-descent)"
    )
    parser.add_argument(
        "--gradient",
        action="append",
        default=[],
        metavar="NAME=EXPR",
        help="the partial derivative to use for a weight; may be repeated",
    )
    parser.add_argument("--every", metavar="COUNT", help="report every so many steps")
    parser.add_argument("--json", action="store_true", help="the whole run as one JSON object")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    do: Callable[[argparse.Namespace], int],
    *,
    help: str,
    description: str,
    epilog: str,
) -> argparse.ArgumentParser:
    import argparse

    parser = commands.add_parser(
        name,
        help=help,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(do=do)
    return parser


def _home() -> int:
    _load_screens()
    from tutor.commands import learn

    return learn.run_home()


def _learn(arguments: argparse.Namespace) -> int:
    _load_screens()
    from tutor.commands import learn

    return learn.run(arguments)


def _load_screens() -> None:
    """Refuse where there is no terminal; otherwise clear the environment, and only then import Textual."""
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        from tutor.errors import UsageError

        # Textual would read the end of its input for ever at half a processor (ground.md, section 4).
        raise UsageError(
            "the lessons need a terminal for input and output, and here there is none.\n"
            f"Without one, these work: {', '.join(NEEDS_NO_TERMINAL)}. `tutor --help` says what they do."
        )
    from tutor.tui.terminal import prepare_environment

    prepare_environment()
    # What modules are made of is never garbage; looking for some among it takes 9 ms of 150.
    gc.disable()
    import tutor.commands.learn  # noqa: F401

    gc.freeze()
    gc.enable()


def _check(arguments: argparse.Namespace) -> int:
    from tutor.commands import check

    return check.run(arguments)


def _grade(arguments: argparse.Namespace) -> int:
    from tutor.commands import grade

    return grade.run(arguments)


def _solve(arguments: argparse.Namespace) -> int:
    from tutor.commands import solve

    return solve.run(arguments)


def _descend(arguments: argparse.Namespace) -> int:
    from tutor.commands import descend

    return descend.run(arguments)


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)  # a closed stdin or stdout is None
    return isatty is not None and bool(isatty())


def _more(command: str) -> str:
    return f"`{command} --help` says what can be asked for."


def _explain(error: Exception, words: Sequence[str]) -> int:
    """Say what went wrong and return the exit code.

    Args:
        words: the command line; a `UsageError` comes from a command, so the first of them is its name.
    """
    from tutor.errors import TutorError, UsageError

    if isinstance(error, TutorError):
        print(f"tutor: {error}", file=sys.stderr)
        if not isinstance(error, UsageError):
            return 1
        if "--help" not in str(error):
            print(_more(f"tutor {words[0]}" if words else "tutor"), file=sys.stderr)
        return 2
    from tutor.places import log_file
    from tutor.tui.crash import write_traceback

    where = write_traceback(error, log_file())
    print(f"tutor: something went wrong inside the program, and it had to stop. {where}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
