"""Which keys the foot of a lesson shows: those that work on the step stood on, as it stands now."""

from tutor.front import prompt
from tutor.front.offers import has_run, has_steps
from tutor.lesson.model import AnyExercise, AnyStep, Order
from tutor.lesson.pages import Bowl, Descent, Network, Secant, Walk, Worked
from tutor.study.session import Phase, Session
from tutor.tui.widgets.keys import Key

HELP = Key("?", "help", "help")
HOME = Key("esc", "home", "leave")


def keys_here(session: Session) -> tuple[Key, ...]:
    """The keys, what one most likely wants first."""
    back = () if session.is_first else (Key("^P", "back", "move('back')"),)
    if session.at_summary:
        undone = (Key("o", "what is open", "move('undone')"),) if session.undone else ()
        return Key("enter", "home", "leave"), *undone, *back, HELP
    if session.exercise is None:
        if isinstance(session.step, Descent):
            return Key("enter", "train", "go_on"), Key("^N", "next", "move('forward')"), *back, HELP, HOME
        return Key("enter", "next", "go_on"), *_page_keys(session.step), *back, HELP, HOME
    steps = (
        (Key("F4", "watch" if has_run(session) else "steps", "step"),) if has_steps(session) or has_run(session) else ()
    )
    another = (Key("F5", "another", "another"),) if session.may_have_another else ()
    if session.phase is Phase.RIGHT:
        return Key("enter", "next", "go_on"), *another, *steps, *back, HELP, HOME
    hint = (Key("F2", "hint", "hint"),) if session.hints_left else ()
    solution = (Key("F3", "solution", "solution"),) if session.may_show_solution else ()
    if session.phase is Phase.SHOWN:
        return *_pick(session.exercise), Key("enter", "go on", "go_on"), *another, *steps, *back, HELP, HOME
    skip = Key("^N", "skip", "move('forward')")
    return *_pick(session.exercise), Key("enter", "check", "go_on"), *hint, *solution, *steps, skip, *back, HELP, HOME


def _pick(exercise: AnyExercise) -> tuple[Key, ...]:
    """The keys that make an answer, where it is not typed."""
    if isinstance(exercise, Order):
        lines = prompt.shuffled_lines(exercise)
        return (Key(f"a–{prompt.LETTERS[len(lines) - 1]}", "place", ""), Key("bksp", "undo", "")) if lines else ()
    options, signs = prompt.options(exercise), prompt.signs(exercise)
    return (Key(f"{signs[0]}–{signs[len(options) - 1]}", "choose", ""),) if options else ()


def _page_keys(page: AnyStep | None) -> tuple[Key, ...]:
    """What the space bar does on a page; the page itself acts on it."""
    match page:
        case Secant() | Walk() | Bowl():
            return Key("space", "play/pause", ""), Key(", .", "step", "")
        case Network():
            return (Key("space", "gradients", ""),)
        case Worked():
            return (Key("space", "next line", ""),)
    return ()
