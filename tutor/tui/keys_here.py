"""Which keys the foot of a lesson shows: those that work on the step stood on, as it stands now."""

from tutor.front import prompt
from tutor.front.offers import has_run, has_steps
from tutor.lesson.model import AnyExercise, AnyStep, Order
from tutor.lesson.pages import Bowl, Descent, Network, Secant, Walk, Worked
from tutor.study.session import Phase, Session
from tutor.tui.widgets.keys import Key
from tutor.words import tr

HELP = Key("?", tr("help"), "help")
HOME = Key("esc", tr("home"), "leave")


def keys_here(session: Session) -> tuple[Key, ...]:
    """The keys, what one most likely wants first."""
    back = () if session.is_first else (Key("^P", tr("back"), "move('back')"),)
    if session.at_summary:
        undone = (Key("o", tr("what is open"), "move('undone')"),) if session.undone else ()
        return Key("enter", tr("home"), "leave"), *undone, *back, HELP
    if session.exercise is None:
        if isinstance(session.step, Descent):
            return Key("enter", tr("train"), "go_on"), Key("^N", tr("next"), "move('forward')"), *back, HELP, HOME
        return Key("enter", tr("next"), "go_on"), *_page_keys(session.step), *back, HELP, HOME
    steps = (
        (Key("F4", tr("watch") if has_run(session) else tr("steps"), "step"),)
        if has_steps(session) or has_run(session)
        else ()
    )
    another = (Key("F5", tr("another"), "another"),) if session.may_have_another else ()
    if session.phase is Phase.RIGHT:
        return Key("enter", tr("next"), "go_on"), *another, *steps, *back, HELP, HOME
    hint = (Key("F2", tr("hint"), "hint"),) if session.hints_left else ()
    solution = (Key("F3", tr("solution"), "solution"),) if session.may_show_solution else ()
    if session.phase is Phase.SHOWN:
        return *_pick(session.exercise), Key("enter", tr("go on"), "go_on"), *another, *steps, *back, HELP, HOME
    skip = Key("^N", tr("skip"), "move('forward')")
    return (
        *_pick(session.exercise),
        Key("enter", tr("check"), "go_on"),
        *hint,
        *solution,
        *steps,
        skip,
        *back,
        HELP,
        HOME,
    )


def _pick(exercise: AnyExercise) -> tuple[Key, ...]:
    """The keys that make an answer, where it is not typed."""
    if isinstance(exercise, Order):
        lines = prompt.shuffled_lines(exercise)
        return (
            (Key(f"a–{prompt.LETTERS[len(lines) - 1]}", tr("place"), ""), Key("bksp", tr("undo"), "")) if lines else ()
        )
    options, signs = prompt.options(exercise), prompt.signs(exercise)
    return (Key(f"{signs[0]}–{signs[len(options) - 1]}", tr("choose"), ""),) if options else ()


def _page_keys(page: AnyStep | None) -> tuple[Key, ...]:
    """What the space bar does on a page; the page itself acts on it."""
    match page:
        case Secant() | Walk() | Bowl():
            return Key("space", tr("play/pause"), ""), Key(", .", tr("step"), "")
        case Network():
            return (Key("space", tr("gradients"), ""),)
        case Worked():
            return (Key("space", tr("next line"), ""),)
    return ()
