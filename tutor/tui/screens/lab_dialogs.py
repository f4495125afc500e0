"""What the lab asks and shows above itself: formulas of one's own, the gradient check, the run to copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.descent.compared import Compared
from tutor.descent.comparison import known, measured
from tutor.descent.problem import Problem
from tutor.descent.runstring import LONGEST
from tutor.descent.setting import Setting
from tutor.front.lab.account import Account
from tutor.front.lab.experiment import exercises, letters
from tutor.maths.grammar import display_name
from tutor.tui.content import Content
from tutor.tui.leaving import LeavingScreen
from tutor.tui.screens.formulas import FormulaScreen
from tutor.tui.widgets.answer import AnswerInput
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.words import tr

_MARKS: Final = {
    True: (tr("  ✓ agrees"), "$success"),
    False: (tr("  ✗ does not"), "$error"),
    None: (tr("  – no value"), "$warning"),
}


def formula_screen(problem: Problem, setting: Setting) -> FormulaScreen:
    """A box for the partial of each weight, with what was typed before."""
    typed = {weight: setting.formulas.get(weight, "") for weight in problem.weights}
    return FormulaScreen(exercises(problem), typed, letters(problem))


class CheckScreen(LeavingScreen[None], ModalScreen[None]):
    """Each partial beside a finite difference of the loss: the check that needs no mathematics."""

    BINDINGS = [Binding("escape,enter,q,g,space", "close", show=False)]  # noqa: RUF012  (Textual's own type)

    def __init__(self, rows: Sequence[Compared], formulas: Mapping[str, str], step: int, over: str) -> None:
        """
        Args:
            rows: what was compared, at the run's weights at this step.
            over: which examples both are a mean of.
        """
        super().__init__()
        self._rows = rows
        self._formulas = formulas
        self._step = step
        self._over = over

    def compose(self) -> ComposeResult:
        """The table, and what it means."""
        with VerticalScroll(classes="dialog"):
            yield Static(
                Content(
                    tr(
                        "The gradient check at step {step}: (E(w + h) − E(w − h)) / 2h beside the formula",
                        step=self._step,
                    )
                ),
                classes="lead",
            )
            if self._over:
                yield Static(Content.styled(self._over, "$quiet"))
            yield Static(Content("\n").join(self._table()))
            yield Static(Content(self._verdict()), classes="foot")
            yield Static(Content.styled(tr("esc closes this"), "$quiet"))

    def action_close(self) -> None:
        """Back to the lab."""
        self.dismiss()

    def _table(self) -> list[Content]:
        formula, difference = tr("formula"), tr("difference")
        rows = [Content.styled(f"{'':<5}{formula:>14}{difference:>16}", "$quiet")]
        for row in self._rows:
            mark = _MARKS[row.agrees]
            whose = tr("  yours") if row.weight in self._formulas else ""
            whose += tr("  close by") if row.is_beside else ""
            name = display_name(row.weight)
            rows.append(
                Content.assemble(
                    (f"{name:<5}", "bold"),
                    f"{known(row.formula):>14}{measured(row):>16}",
                    mark,
                    (whose, "$quiet"),
                )
            )
        return rows

    def _verdict(self) -> str:
        wrong = [row for row in self._rows if row.agrees is False]
        if wrong:
            names = ", ".join(display_name(row.weight) for row in wrong)
            if all(row.is_beside for row in wrong):
                return tr(
                    "The loss has your slopes here, and others close by: look again at the partial for {names}.",
                    names=names,
                )
            return tr("The loss itself slopes otherwise: look again at the partial for {names}.", names=names)
        lacking = ", ".join(display_name(row.weight) for row in self._rows if row.agrees is None)
        if lacking:
            return tr(
                "For {lacking} there is nothing to compare: the formula or the loss beside it has no value here.",
                lacking=lacking,
            )
        if self._formulas:
            return tr("Your formulas are the slope of the loss here.")
        return tr("The right formulas agree, as they should. Put in your own with e and check them.")


class WordsScreen(LeavingScreen[None], ModalScreen[None]):
    """Everything that is said of a step, to be scrolled: where there is little room, it stands nowhere else."""

    BINDINGS = [Binding("escape,enter,q,i,space", "close", show=False)]  # noqa: RUF012  (Textual's own type)
    AUTO_FOCUS = "#words"

    def __init__(self, account: Account, step: int, fault: str = "") -> None:
        """
        Args:
            fault: why the run that was asked for last could not be made.
        """
        super().__init__()
        self._account = account
        self._step = step
        self._fault = fault

    def compose(self) -> ComposeResult:
        """The paragraphs."""
        title, *told = self._account.whole(self._step)
        with VerticalScroll(id="words", classes="dialog"):
            yield Static(Content(tr("{title}, step {step}", title=title, step=self._step)), classes="lead")
            if self._fault:
                yield Static(Content.styled(self._fault, "$warning"), classes="foot")
            yield Static(Content("\n\n".join(filter(None, told))))
            yield Static(Content.styled(tr("↑ ↓ scroll, esc closes this"), "$quiet"), classes="foot")

    def action_close(self) -> None:
        """Back to the lab."""
        self.dismiss()


class ShareScreen(LeavingScreen[str | None], ModalScreen[str | None]):
    """The run as one string: to be copied, or to be replaced by another one, which is returned."""

    BINDINGS = [Binding("escape", "close", show=False)]  # noqa: RUF012  (Textual's own type)

    def __init__(self, run: str) -> None:
        super().__init__()
        self._run = run

    def compose(self) -> ComposeResult:
        """The string in a box, and the two commands that take it."""
        with VerticalScroll(classes="dialog"):
            yield Static(Content(tr("This run, to the last digit")), classes="lead")
            yield Static(Content(self._run), id="run")
            yield Static(
                Content(
                    tr(
                        "It has been handed to your terminal's clipboard, where the terminal allows that. `tutor lab RUN` opens "
                        "it here, `tutor descend RUN` prints it. Or edit or paste a run:"
                    )
                ),
                classes="foot",
            )
            yield AnswerInput(self._run, max_length=LONGEST, select_on_focus=False, compact=True)
            yield KeyBar(Key("enter", tr("run it"), "run"), Key("esc", tr("close"), "close"))

    def on_mount(self) -> None:
        """Hand it to the clipboard (OSC 52), and let it be edited."""
        self.app.copy_to_clipboard(self._run)
        box = self.query_one(AnswerInput)
        box.cursor_blink = False
        box.focus()

    @on(AnswerInput.Submitted)
    def submit(self, event: AnswerInput.Submitted) -> None:
        """Enter runs what stands there."""
        event.stop()
        self.action_run()

    def action_run(self) -> None:
        """Run what stands in the box."""
        text = self.query_one(AnswerInput).value.strip()
        self.dismiss(text if text and text != self._run else None)

    def action_close(self) -> None:
        """Back to the lab."""
        self.dismiss(None)

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.action)
