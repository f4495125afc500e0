"""A lesson as records: what the YAML says, checked, and nothing that could be computed from it.

Formulas stay text here; `tutor.marking` reads them. A string beneath a field says what an author may write there.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from tutor.errors import Problem

Form = Literal["expanded", "factored", "simplified", "single-fraction", "no-negative-powers", "exact"]
"How an answer must be written, besides being equal; `tutor.marking.form` says what each means."
Fate = Literal["settles", "swings", "grows", "crawls", "stays"]
"What a run of gradient descent can do; `tutor.descent.fate` says what each means."


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing on a learner's path: a page or an exercise."""

    id: str = ""
    "Lower-case words joined by hyphens, unique in the lesson, never changed once published. A page may leave it out."


class Read(Step, frozen=True, kw_only=True, tag="read"):
    """A page of text."""

    text: str
    """Paragraphs; mathematics between dollar signs, `$$...$$` on a line of its own is set large; `*word*` is stressed;
    `- ` begins an item."""


class Curve(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One curve of a plot."""

    of: str
    "A formula in the plot's variable."
    label: str = ""
    "What it is, in a word or two."


class Plot(Step, frozen=True, kw_only=True, tag="plot"):
    """A page with a drawn picture and a few words beneath it."""

    text: str
    curves: tuple[Curve, ...]
    over: str
    "The variable along the bottom."
    start: str
    end: str
    "Numbers: the ends of the bottom axis."
    points: tuple[tuple[str, str], ...] = ()
    "Points to mark, as [across, up]."
    across: str = ""
    "What is along the bottom, with its unit."
    up: str = ""


class Descent(Step, frozen=True, kw_only=True, tag="descent"):
    """A page on which weights are trained with the learner's own formulas."""

    text: str
    problem: str
    "The name of a problem that `tutor descend` knows, such as `houses`."
    partials: dict[str, str]
    "For each weight of the problem, the id of the exercise of this lesson in which the learner derives its partial."
    rate: str = "0.1"
    "The learning rate at the start."
    steps: int = 400
    "The most steps a run may take."


class Exercise(Step, frozen=True, kw_only=True):
    """What every exercise has."""

    ask: str
    "The question, in the language of pages."
    hints: tuple[str, ...] = ()
    "From a nudge to nearly the answer; shown one at a time."
    because: str = ""
    "A sentence or two shown with the right answer."
    variables: tuple[str, ...] = ()
    "Names an answer may use besides those in the question's own formulas."
    let: dict[str, str] = {}
    "Abbreviations that an answer may use: `{r: w*x + b - y}`."
    accept: tuple[str, ...] = ()
    "Answers that must be marked right; `tutor check` proves it."
    reject: dict[str, str] = {}
    "Answers that must be marked wrong, each with the id of the slip that explains it, or nothing."
    says: dict[str, str] = {}
    'Words of your own for a slip, under its id, or for a wrong answer, under that answer: `{K1: "And the inside?"}`.'


class Derivative(Exercise, frozen=True, kw_only=True, tag="derivative"):
    """A derivative, partial, higher or mixed."""

    of: str
    by: tuple[str, ...]
    "The variables, in the order of differentiation; a single name may stand alone."
    function: str = "f"
    "The letter the function goes by in front of the answer box."
    form: tuple[Form, ...] = ()
    "Forms that the answer must have; a single one may stand alone. An equal answer in another form is asked for again."


class Gradient(Exercise, frozen=True, kw_only=True, tag="gradient"):
    """All first partials, as a tuple."""

    of: str
    by: tuple[str, ...]
    function: str = "f"
    form: tuple[Form, ...] = ()
    "Forms that the answer must have; a single one may stand alone. An equal answer in another form is asked for again."


class NumberAnswer(Exercise, frozen=True, kw_only=True, tag="number"):
    """A number, computed from a formula."""

    of: str
    by: tuple[str, ...] = ()
    "Differentiate in these first."
    at: dict[str, str] = {}
    "Then put these values in."
    places: int | None = None
    "Decimal places that are enough; without it the answer is exact, and a rounded one is asked for again."
    unit: str = ""
    "Shown behind the answer box; typing it is allowed."
    form: tuple[Form, ...] = ()
    "Forms that the answer must have; a single one may stand alone. An equal answer in another form is asked for again."


class Expression(Exercise, frozen=True, kw_only=True, tag="expression"):
    """A formula equal to the author's."""

    answer: str
    name: str = ""
    "What stands before the equals sign in front of the answer box."
    form: tuple[Form, ...] = ()
    "Forms that the answer must have; a single one may stand alone. An equal answer in another form is asked for again."


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer to choose: `right` or `wrong` holds its text."""

    right: str = ""
    wrong: str = ""
    because: str = ""
    "Said when it is chosen."

    @property
    def text(self) -> str:
        """What the learner reads."""
        return self.right or self.wrong


class Choice(Exercise, frozen=True, kw_only=True, tag="choice"):
    """Choose one of a few; the answer is typed as its letter, a, b, c."""

    options: tuple[Option, ...]


FORETOLD: Final[dict[Fate, str]] = {
    "settles": "It goes to the bottom from one side and stays there.",
    "swings": "It swings from side to side across the bottom.",
    "grows": "It ends farther from the bottom than it began, and the loss grows.",
    "crawls": "It is still far from the bottom after all the steps.",
    "stays": "It does not move at all.",
}
"What a learner chooses from, by the word in YAML."

WITHIN: Final = "within"
"Beside the weights of a goal: how far off they may end."

RATE: Final = "rate"
"What `choose` says when the learning rate is to be chosen."


class Trial(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A run of gradient descent that an exercise is about."""

    problem: str = ""
    "The name of a problem that `tutor descend` knows; or else:"
    loss: str = ""
    "A formula in the weights, such as `(w - 3)^2`."
    start: dict[str, str] = {}
    "For each weight of `loss`, where it begins."
    rate: str = ""
    "The learning rate; left out only where it is what is chosen."
    steps: int = 20


class Predict(Exercise, frozen=True, kw_only=True, tag="predict"):
    """Say what a run will do, then see it; which word is right comes from running it."""

    run: Trial
    options: tuple[Fate, ...]
    "Two to five words to choose from: settles, swings, grows, crawls, stays."


class Steer(Exercise, frozen=True, kw_only=True, tag="steer"):
    """Choose a rate or a start so that a run does what is asked; judged by running it."""

    run: Trial
    choose: str
    "`rate`, or the weight whose start is chosen."
    goal: str | dict[str, str]
    "Where a weight must end, as `{w: 3, within: 0.01}`, or what the run must do, in one of the words of `predict`."


AnyExercise = Derivative | Gradient | NumberAnswer | Expression | Choice | Predict | Steer
AnyStep = Read | Plot | Descent | AnyExercise


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """One lesson file."""

    id: str
    title: str
    needs: tuple[str, ...] = ()
    "Ids of lessons that this one builds on; advice, never a lock."
    objectives: tuple[str, ...]
    steps: tuple[AnyStep, ...]
    summary: str
    "What was learnt, in a few lines that the learner could keep."

    @property
    def exercises(self) -> tuple[AnyExercise, ...]:
        """The steps that ask for an answer, in order."""
        return tuple(step for step in self.steps if isinstance(step, Exercise))


class Course(msgspec.Struct, frozen=True):
    """The good lessons of a directory, in teaching order, and what is wrong with it."""

    lessons: tuple[Lesson, ...]
    problems: tuple[Problem, ...]
