"""A lesson as records: what the YAML says, checked, and nothing that could be computed from it.

Formulas stay text here; `tutor.marking` reads them. A string beneath a field says what an author may write there.
"""

from typing import Final, Literal

import msgspec

from tutor.errors import Problem
from tutor.lesson.pages import AnyPage, Descent, Step
from tutor.words import tr

Form = Literal["expanded", "factored", "simplified", "single-fraction", "no-negative-powers", "exact"]
"How an answer must be written, besides being equal; `tutor.marking.form` says what each means."
Fate = Literal["settles", "swings", "grows", "crawls", "stays"]
"What a run of gradient descent can do; `tutor.descent.fate` says what each means."


class Exercise(Step, frozen=True, kw_only=True):
    """What every exercise has."""

    ask: str
    "The question, in the language of pages."
    hints: tuple[str, ...] = ()
    "From a nudge to nearly the answer; shown one at a time."
    because: str = ""
    "A sentence or two shown with the right answer."
    page: str = ""
    "The id of a page above that the question leans on; in review and practice the page comes before the question."
    variables: tuple[str, ...] = ()
    "Names an answer may use besides those in the question's own formulas."
    let: dict[str, str] = {}
    "Abbreviations that an answer may use: `{r: w*x + b - y}`."
    vary: dict[str, str | tuple[str, ...]] = {}
    "Parameters, each with its values: `{a: 2..9, n: [2, 3, 5]}`. Any text of the exercise may hold `{a}` or `{a*n - 1}`."
    seeds: tuple[int, ...] = ()
    "The variants that learners see, each tried and found good."
    accept: tuple[str, ...] = ()
    "Answers that must be marked right; `tutor check` proves it."
    reject: dict[str, str] = {}
    "Answers that must be marked wrong, each with the id of the slip that must be named; `''` where any may be, or none."
    says: dict[str, str] = {}
    'Words of your own for a slip, under its id, or for a wrong answer, under that answer: `{K1: "And the inside?"}`.'
    taught: tuple[str, ...] | None = None
    "Computed: ids of the skills that its learner has been taught, so that no other is spoken of; None says nothing of it."


class Derivative(Exercise, frozen=True, kw_only=True, tag="derivative"):
    """A derivative, partial, higher or mixed."""

    of: str
    "The formula to differentiate, as answers are written: `x^3 + 2xy`."
    by: tuple[str, ...]
    "The variables, in the order of differentiation; a single name may stand alone."
    function: str = "f"
    "The letter the function goes by in front of the answer box."
    form: tuple[Form, ...] = ()
    "Forms that the answer must have; a single one may stand alone. An equal answer in another form is asked for again."


class Gradient(Exercise, frozen=True, kw_only=True, tag="gradient"):
    """All first partials, as a tuple."""

    of: str
    "The formula to differentiate, as answers are written: `x^3 + 2xy`."
    by: tuple[str, ...]
    "Two variables or more; the answer has a part for each, in this order."
    function: str = "f"
    "The letter the function goes by in front of the answer box, behind a nabla."
    form: tuple[Form, ...] = ()
    "Forms that the answer must have; a single one may stand alone. An equal answer in another form is asked for again."


class NumberAnswer(Exercise, frozen=True, kw_only=True, tag="number"):
    """A number, computed from a formula."""

    of: str
    "The formula that the number comes from; `by` and `at` say how."
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
    "What there is to choose from. They stand in your order: let the right one stand now here, now there."


FORETOLD: Final[dict[Fate, str]] = {
    "settles": tr("It goes to the bottom from one side and stays there."),
    "swings": tr("It swings from side to side across the bottom, and comes nearer."),
    "grows": tr("It gets farther away: the loss ends above where it began."),
    "crawls": tr("It comes nearer, but is still far from the bottom at the end."),
    "stays": tr("It does not move at all."),
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
    "A formula in the weights, such as `(w - 3)^2`; with `data` the loss of one row, such as `(prediction - rent)^2/2`."
    data: str = ""
    "A CSV file, relative to the lessons' directory, whose columns the formulas name."
    model: str = ""
    "With `data`: what `prediction` stands for, such as `w*size + b`."
    standardise: tuple[str, ...] = ()
    "With `data`: columns to be scaled to mean 0 and deviation 1; a single one, or `all`, may stand alone."
    start: dict[str, str] = {}
    "For each weight of `loss` or `model`, where it begins."
    rate: str = ""
    "The learning rate; left out only where it is what is chosen."
    steps: int = 20
    "The most steps that the run takes."


def trial_of(descent: Descent) -> Trial:
    """What a page of descent runs."""
    return Trial(**{name: getattr(descent, name) for name in Trial.__struct_fields__})


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


class Fix(Exercise, frozen=True, kw_only=True, tag="fix"):
    """Find the first wrong line of a worked solution: one that the tutor makes with a slip, or the author's own."""

    of: str = ""
    "The formula that the solution differentiates."
    by: tuple[str, ...] = ()
    "One variable."
    slip: str = ""
    "The id of the slip with which the tutor works the solution out."
    lines: tuple[str, ...] = ()
    "Instead of the three: formulas, each equal to the one above, but for one."


class Order(Exercise, frozen=True, kw_only=True, tag="order"):
    """Put lines in order: those of a derivation that the tutor makes, or the author's own."""

    of: str = ""
    "The formula that the derivation differentiates."
    by: tuple[str, ...] = ()
    "One variable."
    lines: tuple[str, ...] = ()
    "Instead of the two: three to seven texts in the right order; they are shown shuffled."


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named line of a calculation."""

    name: str
    of: str
    "A formula in the given names and those of lines above."
    by: tuple[str, ...] = ()
    "Differentiate in these first; names of lines above stand still."
    ask: str = ""
    "What is to be found, in the language of pages; without it the formula is shown."
    reject: dict[str, str] = {}
    "Values of this line that must be marked wrong, each with the slip that must be named; `''` where any may be, or none."
    says: dict[str, str] = {}
    "Words of your own for a wrong value of this line, or for a slip in it."


class LineByLine(Exercise, frozen=True, kw_only=True, tag="line"):
    """A derivation, each line judged against the one above; or a calculation, each from what the learner has so far."""

    of: str = ""
    "For a derivation: the formula to differentiate."
    by: tuple[str, ...] = ()
    "For a derivation: the variables to differentiate in, one after the other; a single name may stand alone."
    function: str = "f"
    form: tuple[Form, ...] = ()
    "Forms that the last line must have; without any, the first right line is the last."
    given: dict[str, str] = {}
    "For a calculation: a number for each name."
    lines: tuple[Line, ...] = ()
    "For a calculation, in place of `of`: its lines in turn, each with a name and a formula."
    places: int | None = None
    "Decimal places that are enough in a calculation."

    @staticmethod
    def split(text: str) -> list[str]:
        """The lines of an answer; a semicolon ends a line too.

        >>> LineByLine.split("2x + 2x; 4x")
        ['2x + 2x', '4x']
        """
        return [line.strip() for line in text.replace(";", "\n").split("\n")]

    @property
    def derivative(self) -> Derivative:
        """What a derivation leads to, in whatever form."""
        return Derivative(
            ask=self.ask,
            of=self.of,
            by=self.by,
            function=self.function,
            variables=self.variables,
            let=self.let,
            reject=self.reject,
            says=self.says,
        )


AnyExercise = Derivative | Gradient | NumberAnswer | Expression | Choice | Predict | Steer | Fix | Order | LineByLine
AnyStep = AnyPage | AnyExercise
PLACING: Final = (Derivative, Gradient, NumberAnswer, Expression)
"Kinds that can stand for a lesson in the placement check: typed in one go, so that a right answer is no lucky guess."


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
    teaches: tuple[str, ...] | None = None
    "Ids of the skills it teaches, such as `chain-rule`; a slip in what neither it nor a lesson it needs teaches is not named."
    placement: str = ""
    "The id of the exercise that stands for the lesson in the placement check; without it the last that is typed."

    @property
    def exercises(self) -> tuple[AnyExercise, ...]:
        """The steps that ask for an answer, in order."""
        return tuple(step for step in self.steps if isinstance(step, Exercise))


class Course(msgspec.Struct, frozen=True):
    """The good lessons of a directory, in teaching order, and what is wrong with it."""

    lessons: tuple[Lesson, ...]
    problems: tuple[Problem, ...]
    titles: dict[str, str] = {}
    "Of each course that others have added: what its lessons' ids begin with, and what it is called."
