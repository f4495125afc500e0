"""The pages of a lesson as records: text, pictures that stand or move, a network, a worked example, a descent.

Formulas stay text here; the screens compute what they draw.
"""

import msgspec


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing on a learner's path: a page or an exercise."""

    id: str = ""
    "Lower-case words joined by hyphens, a letter first; unique in the lesson, never changed. A page may leave it out."


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


class Secant(Step, frozen=True, kw_only=True, tag="secant"):
    """A chord that turns into the tangent as its second point comes nearer."""

    text: str
    of: str
    "The curve, a formula in `over`."
    over: str
    start: str
    end: str
    at: str
    "Where the tangent touches; the chord's other end starts out to the right of it."


class Walk(Step, frozen=True, kw_only=True, tag="walk"):
    """A point that walks along a curve with its tangent, while the slope is told."""

    text: str
    of: str
    "The curve, a formula in `over`."
    over: str
    start: str
    "Where the axis and the walk begin, a number."
    end: str
    "Where the axis and the walk end, a number."


class Bowl(Step, frozen=True, kw_only=True, tag="bowl"):
    """A loss over one weight, and a ball that takes the steps of gradient descent."""

    text: str
    of: str
    "The loss, a formula in `over`."
    over: str
    "The weight, along the bottom."
    start: str
    end: str
    at: str
    "Where the ball begins."
    rate: str = "0.1"
    "The learning rate of the ball's steps."


class Slices(Step, frozen=True, kw_only=True, tag="slices"):
    """A function of two variables as curves, one for each value of the variable that is held."""

    text: str
    of: str
    "A formula in `over` and `hold`."
    over: str
    hold: str
    values: tuple[str, ...]
    "Of the held variable; one to four of them."
    start: str
    end: str


class Contours(Step, frozen=True, kw_only=True, tag="contours"):
    """A map: lines of equal height of a function of two variables, and its gradient at some points."""

    text: str
    of: str
    "The height, a formula in the two variables of `over`."
    over: tuple[str, str]
    "What runs along the bottom, and what up the side."
    start: tuple[str, str]
    "The lower left corner: where each axis begins."
    end: tuple[str, str]
    "The upper right corner: where each axis ends."
    points: tuple[tuple[str, str], ...] = ()
    "Where the gradient's arrow is drawn."


class Unit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One node of a network."""

    name: str
    "The name by which later nodes call it."
    of: str
    "A formula in the given names and those of the nodes above it."


class Network(Step, frozen=True, kw_only=True, tag="network"):
    """A computation as a graph: every node with its value and, on a key, how the last one moves with it."""

    text: str
    given: dict[str, str]
    "A number for each input and weight."
    nodes: tuple[Unit, ...]
    "In the order in which they are worked out; the last is what the gradients are of."


class Worked(Step, frozen=True, kw_only=True, tag="worked"):
    """A worked example: the engine's own steps to a derivative, unfolding one at a time."""

    text: str
    of: str
    "The formula that is differentiated."
    by: tuple[str, ...]
    "As in `derivative`."


class Descent(Step, frozen=True, kw_only=True, tag="descent"):
    """A page on which weights are trained with the learner's own formulas."""

    text: str
    problem: str = ""
    "The name of a problem that `tutor descend` knows, such as `houses`; or else:"
    loss: str = ""
    "A formula in the weights, such as `(w - 3)^2`; with `data` the loss of one row."
    data: str = ""
    "A CSV file, relative to the lessons' directory, whose columns the formulas name."
    model: str = ""
    "With `data`: what `prediction` stands for, such as `w*size + b`."
    standardise: tuple[str, ...] = ()
    "With `data`: columns to be scaled to mean 0 and deviation 1; a single one, or `all`, may stand alone."
    start: dict[str, str] = {}
    "For each weight of `loss` or `model`, where it begins."
    partials: dict[str, str]
    "For each weight, the id of the exercise of this lesson in which the learner derives its partial."
    rate: str = "0.1"
    "The learning rate at the start."
    steps: int = 400
    "The most steps a run may take."


AnyPage = Read | Plot | Secant | Walk | Bowl | Slices | Contours | Network | Worked | Descent
