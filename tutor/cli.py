"""The command line: what can be asked for, and with which exit code the answer ends.

A command is a module of `tutor.commands`, imported only when it is asked for, so that `tutor --version` costs nothing and
the home screen loads only what it shows. Exit 0 good, 1 a fault in lessons or program, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tutor import display
from tutor.version import VERSION
from tutor.words import tr

if TYPE_CHECKING:
    import argparse
    from types import ModuleType

INTERRUPTED = 130
"128 + SIGINT, as shells report it."

BROKEN_PIPE = 141
"128 + SIGPIPE, as shells report it."

COMMANDS = {
    "learn": tr("open a lesson"),
    "review": tr("what is due today, before you forget it"),
    "practice": tr("exercises without end, harder as you get better"),
    "lab": tr("gradient descent to steer, to break, and to drive with your own formulas"),
    "progress": tr("what is done, what is mastered, which slips recur"),
    "notes": tr("what you have learnt, as Markdown to keep"),
    "reset": tr("begin a lesson again; can be undone"),
    "forget": tr("begin everything again; can be undone"),
    "export": tr("write your whole record to a file"),
    "import": tr("add the record of another machine to this one"),
    "hand-in": tr("write your answers into a file for your teacher"),
    "report": tr("what a class did, from the files handed in"),
    "class": tr("a class in PostgreSQL: tables, answers, report"),
    "new": tr("write a small lesson to start from"),
    "preview": tr("see a lesson that you are writing, again whenever you save it"),
    "schema": tr("the JSON Schema of lesson files, for editors"),
    "check": tr("say what is wrong with lesson files"),
    "grade": tr("mark answers: JSON lines in, JSON lines out"),
    "solve": tr("differentiate, with every step"),
    "descend": tr("run gradient descent without a screen"),
    "doctor": tr("what works on this terminal and machine, and what to change"),
}
"""Each command with what it does. Its module in `tutor.commands` has `describe`, what the command line takes, and `run`;
only the module of the command asked for is ever imported."""

WISHES = {
    display.PLAIN: tr("lines of text in and out instead of screens, for screen readers, braille, slow lines and pipes"),
    display.ASCII: tr("nothing but ASCII characters"),
    display.NO_ASCII: tr("all characters, whatever the terminal and the locale say"),
}
"""What `tutor.display` is told, with what it does."""

COURSES = "--lessons"

RESTRICTED = "--restricted"

HAVE_LINES = ("learn", "review", "practice", "lab")
"""Commands that show screens, or lines where there is no terminal for them."""

NEEDS_TERMINAL = (*HAVE_LINES, "preview")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return the exit code; argparse itself leaves with 2 on wrong usage."""
    words = sys.argv[1:] if argv is None else list(argv)
    if sys.stdout is None:
        # The number of a closed output is given to the next file that is opened, and that may be the record.
        print("tutor:", tr("standard output is closed, so there is nowhere to write."), file=sys.stderr)
        return 1
    try:
        code = _do(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()  # its reader has gone
        return BROKEN_PIPE
    except OSError as error:
        if not _is_of_output(error):
            return _explain(error, words)
        _give_up_output()
        from tutor.reasons import why

        print("tutor:", tr("not all of it could be written: {reason}.", reason=why(error)), file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001  (the last line of defence: a person is never shown a traceback)
        return _explain(error, words)


def _do(words: list[str]) -> int:
    display.believe_the_terminal()
    offered: Iterable[str] = COMMANDS
    if RESTRICTED in words:  # wherever it stands: nothing else may come first, nor be overlooked
        from tutor import restricted

        words = display.take(restricted.enter([word for word in words if word != RESTRICTED]))
        offered = restricted.ALLOWED
    else:
        words = _take_courses(display.take(_take_courses(words)))
    _follow_the_site()
    if _prints_for_programs(words):
        _write_utf8()
    elif display.is_ascii():
        from tutor.front.ascii import write_ascii

        write_ascii(sys.stdout, sys.stderr)
    if not words:
        return _home(offered)  # without argparse, which would cost 9 ms of the 50 that we take longer than an empty app
    asked = words[0]
    if asked in NEEDS_TERMINAL and not {"-h", "--help"} & set(words):
        _load_screens(offered, has_lines=asked in HAVE_LINES)
    arguments = build_parser(asked).parse_args(words)
    code: int = arguments.run(arguments)
    return code


def _follow_the_site() -> None:
    """Let the site say how things are drawn where the learner's own variable does not."""
    from contextlib import suppress

    from tutor import places
    from tutor.errors import SiteError

    with suppress(SiteError):  # said by whatever needs the file for more
        if not os.environ.get(display.SETTING) and places.site_ascii():
            os.environ[display.SETTING] = places.site_ascii()


def _take_courses(words: list[str]) -> list[str]:
    """The words without the courses that are added in front of them, which stand in the order in which they are named."""
    named: list[str] = []
    while words and words[0].partition("=")[0] == COURSES:
        from tutor.errors import UsageError

        first, *words = words
        name = first.partition("=")[2] if "=" in first else words.pop(0) if words else ""
        if not os.path.isdir(name):
            raise UsageError(
                tr(
                    "{courses} wants a directory of lessons, and {name!r} is none. `tutor --help` says more.",
                    courses=COURSES,
                    name=name[:100],
                )
            )
        named.append(name)
    if named:
        from tutor import places
    for name in reversed(named):
        places.add_course(name)
    return words


def build_parser(asked: str) -> argparse.ArgumentParser:
    """Every command, and the options of the one that is asked for."""
    import argparse
    from textwrap import fill

    from tutor.usage import Parser

    parser: argparse.ArgumentParser = Parser(
        prog="tutor",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=tr("Learn the derivatives that train neural networks, in a terminal."),
        epilog=tr("""\
examples:
  tutor                        the home screen; Enter goes on where you stopped
  tutor learn rates-of-change  one lesson, from the place where you left it
  tutor review                 what you would soon forget, in new variants
  tutor progress               how far you are, and what to practise
  tutor check my-lesson.yaml   what is wrong with a lesson that you are writing
  tutor lab ravine             steer gradient descent, and see what it does
  tutor descend houses         train on the house prices without a screen

`tutor COMMAND --help` says more about a command. Your answers are kept in
~/.local/share/tutor, or in the directory that TUTOR_HOME names."""),
    )
    version = tr("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"tutor {VERSION}", help=version)
    parser.add_argument(
        COURSES,
        metavar=tr("DIR"),
        help=tr("have the lessons of a directory besides; stands in front of the command, more than once if you like"),
    )
    parser.add_argument(
        RESTRICTED,
        action="store_true",
        help=tr(
            "before everything else: for sshd, on an account that may do nothing but learn (docs/administrators.md)"
        ),
    )
    for word, what in WISHES.items():
        parser.add_argument(word, action="store_true", help=what)
    commands = parser.add_subparsers(title=tr("commands"), metavar=tr("COMMAND"), required=True)
    for name, help in COMMANDS.items():
        command = commands.add_parser(name, help=help, formatter_class=argparse.RawDescriptionHelpFormatter)
        if name == asked:
            module = _module(name)
            module.describe(command)
            for word, what in WISHES.items():
                if word != display.PLAIN or name in HAVE_LINES:
                    command.add_argument(word, action="store_true", help=what)
            # The raw formatter, which the examples must have, fills nothing.
            command.description = fill(command.description or "", display.width(79))
            command.set_defaults(run=module.run)
    return parser


def _prints_for_programs(words: Sequence[str]) -> bool:
    """Whether every character that is printed must stay what it is."""
    return words[:1] in (["grade"], ["schema"], ["export"], ["hand-in"]) or "--json" in words


def _write_utf8() -> None:
    """JSON is UTF-8, whatever the locale says; a stand-in for stdout may know no encodings."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")


def _module(name: str) -> ModuleType:
    from importlib import import_module
    from keyword import iskeyword

    module = name.replace("-", "_")
    return import_module(f"tutor.commands.{module}_" if iskeyword(module) else f"tutor.commands.{module}")


def _home(offered: Iterable[str]) -> int:
    _load_screens(offered)
    from tutor.commands import learn

    return learn.run_home()


def _load_screens(offered: Iterable[str], *, has_lines: bool = True) -> None:
    """Refuse where there is no terminal; otherwise clear the environment, and only then import Textual.

    Args:
        offered: the commands that may be asked for.
    """
    if display.is_plain():
        if has_lines:
            return
        from tutor.errors import UsageError

        raise UsageError(
            tr(
                "a preview is drawn on the whole screen, and here there are only lines. "
                "`tutor --lessons DIR --plain` gives the lessons of a directory as lines."
            )
        )
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        from tutor.errors import UsageError

        # Textual would read the end of its input for ever at half a processor (ground.md, section 4).
        said = tr(
            "the lessons need a terminal for input and output, and here there is none.\n"
            "`tutor --plain` gives them as lines of text, which needs none. "
            "So do these: {commands}.",
            commands=", ".join(name for name in offered if name not in NEEDS_TERMINAL),
        )
        if offered is COMMANDS:
            raise UsageError(f"{said}\n" + tr("`tutor --help` says what they do."))
        raise UsageError(
            f"{said}\n" + tr("From another machine, `ssh -t` asks for a terminal; such words stand behind its name.")
        )
    from tutor.tui.terminal import prepare_environment

    prepare_environment()
    # What modules are made of is never garbage; looking for some among it takes 9 ms of 150.
    gc.disable()
    import tutor.commands.learn
    import tutor.tui.app  # noqa: F401

    gc.freeze()
    gc.enable()


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)  # a closed stdin or stdout is None
    return isatty is not None and bool(isatty())


def _is_of_output(error: OSError) -> bool:
    """Whether it was standard output that took no more: what cannot be written into a file is said by whoever writes it."""
    return error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _give_up_output() -> None:
    """What is still buffered must not be tried again while Python shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(error: Exception, words: Sequence[str]) -> int:
    """Say what went wrong and return the exit code.

    Args:
        words: the command line; a `UsageError` comes from a command, so its name is among them.
    """
    from tutor.errors import TutorError, UsageError
    from tutor.usage import more

    if isinstance(error, TutorError):
        print(_for_reading(f"tutor: {error}"), file=sys.stderr)
        if not isinstance(error, UsageError):
            return 1
        if "--help" not in str(error) and RESTRICTED not in words:
            # Wishes such as --plain may stand in front of it.
            command = next((f"tutor {word}" for word in words if word in COMMANDS), "tutor")
            print(more(command), file=sys.stderr)
        return 2
    from tutor.places import log_file
    from tutor.tui.crash import write_traceback

    where = write_traceback(error, log_file())
    said = tr("something went wrong inside the program, and it had to stop. {where}", where=where)
    print(f"tutor: {said}", file=sys.stderr)
    return 1


def _for_reading(said: str) -> str:
    """Lines broken between words where a person reads them at a terminal; a program gets each sentence whole."""
    if not _is_terminal(sys.stderr):
        return said
    from tutor.front.words import wrapped

    return "\n".join(part for line in said.splitlines() for part in wrapped(line, display.width()) or [""])


if __name__ == "__main__":
    sys.exit(main())
