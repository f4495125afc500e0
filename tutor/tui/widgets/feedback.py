"""What is said beneath an answer: the verdict, the hints taken, the solution.

A mark and a word go with every colour. What the learner or the marking wrote is shown as plain text.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tutor import display
from tutor.errors import Unreadable
from tutor.front.said import END_OF_STEPS, WORDS, sentence
from tutor.marking.step import Step
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.grammar import Vocabulary
from tutor.maths.parse import parse
from tutor.maths.show import show_grid
from tutor.tui.content import Content
from tutor.tui.widgets.page import Page
from tutor.words import tr

_STYLES = {
    Outcome.CORRECT: "$success",
    Outcome.ON_THE_WAY: "$success",
    Outcome.INCORRECT: "$error",
    Outcome.WRONG_FORM: "$warning",
    Outcome.UNREADABLE: "$warning",
    Outcome.UNDECIDED: "$warning",
}


class Feedback(Vertical):
    """The verdict on the latest answer."""

    DEFAULT_CSS = """
    Feedback {
        height: auto;
        & #word { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._word = Static(id="word")
        self._sentence = Static(id="sentence")
        self._because = Page("", id="because")
        self._said: tuple[Content, str, str] | None = None

    def compose(self) -> ComposeResult:
        """A word, a sentence, and what the author says to a right answer."""
        yield self._word
        yield self._sentence
        yield self._because

    def clear(self) -> None:
        """Say nothing."""
        self._say(Content(""), "", "")

    def show_nudge(self, sentence: str) -> None:
        """Say what to do first."""
        self._say(Content.styled(sentence, "$quiet"), "", "")

    def show_busy(self) -> None:
        """Say that the answer is being looked at."""
        self._say(Content.styled(tr("… checking"), "$quiet"), "", "")

    def show_verdict(self, verdict: Verdict, because: str = "") -> None:
        """Say how an answer was judged.

        Args:
            because: in the language of pages; shown beneath a right answer.
        """
        said = because if verdict.outcome is Outcome.CORRECT else ""
        self._say(Content.styled(WORDS[verdict.outcome], _STYLES[verdict.outcome]), sentence(verdict), said)

    def show_done(self, because: str) -> None:
        """Say that this was answered before."""
        self._say(Content.styled(tr("✓ Done"), "$success"), "", because)

    def _say(self, word: Content, sentence: str, because: str) -> None:
        before, self._said = self._said, (word, sentence, because)
        if self._said == before:
            return  # as with nearly every key typed: no new layout
        self._word.update(word)
        self._sentence.update(Content(sentence))
        self._sentence.display = bool(sentence)
        self._because.show(because)
        self._because.display = bool(because)


class HintLines(Vertical):
    """The hints taken so far, and the solution once it is shown."""

    DEFAULT_CSS = """
    HintLines {
        height: auto;
        & Page { height: auto; }
        & .heading, & .step { color: $accent; margin-top: 1; }
        & .solution { color: $primary; margin-left: 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown_steps = 0

    def show_hint(self, text: str, number: int, of: int) -> None:
        """Add a hint.

        Args:
            text: in the language of pages.
            number: counted from 1.
        """
        self.mount(Static(Content(tr("Hint {number} of {of}", number=number, of=of)), classes="heading"), Page(text))

    def show_solution(self, answer: str, vocabulary: Vocabulary, because: str) -> None:
        """Add the right answer, set in two dimensions where that works.

        Args:
            answer: on one line, as it could be typed.
            vocabulary: the names in it.
            because: why, in the language of pages.
        """
        try:
            lines = show_grid(parse(answer, vocabulary), width=max(10, self.size.width - 4), ascii=display.is_ascii())
        except Unreadable:
            lines = [answer]
        self.mount(
            Static(Content(tr("The solution")), classes="heading"),
            Static(Content("\n".join(lines)), classes="solution"),
            Page(because),
        )

    def show_option(self, text: str, because: str) -> None:
        """Add the right answer as a text.

        Args:
            text, because: in the language of pages.
        """
        self.mount(Static(Content(tr("The solution")), classes="heading"), Page(text), Page(because))

    def show_step(self, step: Step) -> None:
        """Add a line of the worked solution: its rule and reason, its parts, and what stands there then."""
        self._shown_steps += 1
        parts = "   ".join(f"{name} = {value}" for name, value in step.parts.items())
        self.mount(
            Static(Content.assemble((f"{self._shown_steps}. {step.rule}", "$accent")), classes="step"),
            Static(Content(step.why)),
            *([Static(Content(parts), classes="solution")] if parts else []),
            Static(Content.styled(step.line, "$primary"), classes="solution"),
        )

    def show_end_of_steps(self) -> None:
        """Say that nothing more is to come."""
        self.mount(Static(Content.styled(END_OF_STEPS, "$quiet")))

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no solution to show."""
        self.mount(Static(Content(sentence), classes="heading"))
