"""What is wrong with the mathematics and the pages of a lesson; nothing is marked or proved here.

Of a step whose form is faulty, what could be read is looked at, and nothing is said that could follow from the fault.
Every formula is read as the learner's screen and the marking will read it, and names must fit together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Final

from tutor.errors import Problem, Unreadable
from tutor.lesson.fields import problem_at
from tutor.lesson.formula import doubled_letters, plain_line, read_formula, words_in
from tutor.lesson.model import (
    FORETOLD,
    PLACING,
    RATE,
    WITHIN,
    AnyStep,
    Choice,
    Derivative,
    Exercise,
    Expression,
    Fix,
    Gradient,
    LineByLine,
    NumberAnswer,
    Order,
    Predict,
    Steer,
    Trial,
    trial_of,
)
from tutor.lesson.page import parse_page, rows
from tutor.lesson.pages import Descent, Plot, Read
from tutor.lesson.proof_lines import exercise_in_lines
from tutor.lesson.proof_pictures import picture_page
from tutor.lesson.proof_variants import proofread_plain, proofread_variants
from tutor.lesson.read import Reading
from tutor.lesson.source import Route
from tutor.maths.grammar import Vocabulary, canonical, display_name
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse, parse_free
from tutor.maths.tree import Node, variables
from tutor.nearest import nearest
from tutor.words import tr

_SLIP: Final = re.compile(r"[A-Z][0-9]+")
_AS_TYPED: Final = tr("Write it as a learner would type it, such as 3x^2 + 2y.")
_QUOTE_COMMAS: Final = tr("Inside [ ] and { } a comma begins the next part: put the whole formula in quotes.")
_OPTIONS_AT_MOST: Final = 26
_ROWS, _WIDTH = 16, 72
"What of a page is seen at once on a screen of 80x24."


def proofread(reading: Reading) -> list[Problem]:
    """Every problem in the steps of a lesson, and in its objectives and summary, that was not reported in reading it."""
    proof = _Proof(reading)
    proof.page(("summary",), reading.summary)
    proof.pages(("objectives",), reading.objectives)
    earlier: dict[str, AnyStep] = {}
    for route, step in reading.drafts:
        proof.step(route, step, earlier)
        earlier[step.id] = step
    proof.placement(reading.placement, earlier)
    return proof.problems


def proofread_exercise(reading: Reading, route: Route, exercise: Exercise) -> list[Problem]:
    """Every problem in one exercise, or in one variant of it."""
    proof = _Proof(reading)
    proof.exercise(route, exercise)
    return proof.problems


class _Proof:
    """Collects the problems of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.problems: list[Problem] = []
        self._reading = reading
        self._source = reading.source
        self.written: dict[Route, Route] = {}
        "Keys of the variant that is looked at: where each is written."

    def report(self, path: Route, what: str, do: str, *, offset: int = 0, on_key: bool = False) -> None:
        """Note a problem, unless the place was reported in reading already; see `problem_at`."""
        path = self.written.get(path, path)
        if self._reading.is_reported(path):
            return
        self.problems.append(problem_at(self._source, path, what, do, offset=offset, on_key=on_key))

    def are_sound(self, route: Route, *fields: str) -> bool:
        """Whether these fields of a step say what their author meant, so that something can be concluded from them."""
        return all(self._reading.is_sound((*route, field)) for field in fields)

    def step(self, route: Route, step: AnyStep, earlier: Mapping[str, AnyStep]) -> None:
        match step:
            case Read(text=text):
                self.page((*route, "text"), text)
                if (found := rows(parse_page(text), _WIDTH)) > _ROWS:
                    what = tr("This page has {n} lines, and a screen shows {most} at once.", n=found, most=_ROWS)
                    self.report((*route, "text"), what, tr("Make two pages of it, with one idea each."))
            case Plot(text=text):
                self.page((*route, "text"), text)
                self.plot(route, step)
            case Descent(text=text):
                self.page((*route, "text"), text)
                self.descent(route, step, earlier)
            case Exercise(vary=vary):
                self.leaning(route, step, earlier)
                if vary:
                    proofread_variants(self, route, step)
                else:
                    proofread_plain(self, route, step)
                    self.exercise(route, step)
            case _:
                self.page((*route, "text"), step.text)
                picture_page(self, route, step)

    def leaning(self, route: Route, exercise: Exercise, earlier: Mapping[str, AnyStep]) -> None:
        """Check that the page which a question leans on is there."""
        pages = [id_ for id_, step in earlier.items() if id_ and not isinstance(step, Exercise)]
        if exercise.page and exercise.page not in pages and not self._source.is_partial:
            what = tr("No page before this exercise has the id `{id}`.", id=exercise.page)
            do = nearest(exercise.page, pages) if pages else tr("Give the page an `id`, with its text under `text`.")
            self.report((*route, "page"), what, do)

    def placement(self, id_: str, steps: Mapping[str, AnyStep]) -> None:
        """Check that the exercise which stands for the lesson is one of its own, and is typed."""
        typed = [step.id for step in steps.values() if isinstance(step, PLACING)]
        if not id_ or id_ in typed or self._source.is_partial:
            return
        if id_ in steps:
            what = tr("`{id}` cannot stand for the lesson: its answer may be guessed, or takes several lines.", id=id_)
            do = (
                tr("Name an exercise of which the answer is typed: {typed}.", typed=", ".join(typed))
                if typed
                else tr("Remove the line.")
            )
        else:
            what, do = tr("No exercise of this lesson has the id `{id}`.", id=id_), nearest(id_, typed)
        self.report(("placement",), what, do)

    # --- pages

    def pages(self, path: Route, texts: Iterable[str]) -> None:
        for n, text in enumerate(texts):
            self.page((*path, n), text)

    def page(self, path: Route, text: str) -> None:
        page = parse_page(text)
        for fault in page.faults:
            self.report(path, fault.what, fault.do, offset=fault.at)
        for maths, at in page.maths:
            for fault in read_formula(maths).faults:
                self.report(path, fault.what, fault.do, offset=at + fault.at)

    def plot(self, route: Route, plot: Plot) -> None:
        over = canonical(plot.over)
        for n, curve in enumerate(plot.curves):
            path = (*route, "curves", n, "of")
            tree = self.formula(path, curve.of, (plot.over,))
            for name in sorted(variables(tree) - {over}) if tree and self.are_sound(route, "over") else ():
                what = tr(
                    "The curve uses {name}, but the plot is over {over}.",
                    name=display_name(name),
                    over=plot.over,
                )
                self.report(path, what, tr("Use that variable only, and put a number in place of any other."))
        start = self.number((*route, "start"), plot.start)
        end = self.number((*route, "end"), plot.end)
        if start is not None and end is not None and start >= end:
            self.report((*route, "end"), tr("The plot ends where it starts, or before."), tr("Make `end` the larger."))
        for n, point in enumerate(plot.points):
            for m, coordinate in enumerate(point):
                self.number((*route, "points", n, m), coordinate)

    def descent(self, route: Route, descent: Descent, earlier: Mapping[str, AnyStep]) -> None:
        for weight, id_ in descent.partials.items():
            if not isinstance(earlier.get(id_), Derivative) and not self._source.is_partial:
                what = tr("No derivative exercise before this step has the id `{id}`.", id=id_)
                known = [name for name, step in earlier.items() if isinstance(step, Derivative)]
                do = nearest(id_, known) if known else tr("Name the exercise in which this partial is derived.")
                self.report((*route, "partials", weight), what, do)
        self.trial(route, trial_of(descent), chosen="")

    # --- exercises

    def exercise(self, route: Route, exercise: Exercise) -> None:
        for field in ("ask", "because"):
            self.page((*route, field), getattr(exercise, field))
        self.pages((*route, "hints"), exercise.hints)
        for typed, slip in exercise.reject.items():
            if slip and not _SLIP.fullmatch(slip):
                do = tr("Write an id from the registry, such as D2, or nothing: ''.")
                self.report((*route, "reject", typed), tr("`{slip}` is not the id of a slip.", slip=slip), do)
        names = (*exercise.variables, *exercise.let)
        by = exercise.by if isinstance(exercise, Derivative | Gradient | NumberAnswer) else ()
        long_forms = [self.formula((*route, "let", name), text, (*names, *by)) for name, text in exercise.let.items()]
        known = {canonical(name) for name in (*names, *by)}.union(*(variables(tree) for tree in long_forms if tree))
        match exercise:
            case Choice():
                self.choice(route, exercise)
            case Expression():
                tree = self.formula((*route, "answer"), exercise.answer, names)
                self.answers(route, exercise, tree, known)
            case Derivative() | Gradient():
                tree = self.function(route, exercise, names)
                if isinstance(exercise, Gradient) and len(exercise.by) < 2:
                    what = tr("A gradient has a part for each of two or more variables, and `by` names fewer.")
                    do = tr("Write them as a list, such as `by: [x, y]`, or ask for a `derivative`.")
                    self.report((*route, "by"), what, do)
                self.answers(route, exercise, tree, known)
            case NumberAnswer():
                self.number_answer(route, exercise, names)
            case Predict():
                self.trial((*route, "run"), exercise.run, chosen="")
                self.predict(route, exercise)
            case Steer():
                self.trial((*route, "run"), exercise.run, chosen=exercise.choose)
                self.steer(route, exercise)
            case Fix() | Order() | LineByLine():
                exercise_in_lines(self, route, exercise)

    def function(
        self, route: Route, exercise: Derivative | Gradient | NumberAnswer, names: tuple[str, ...]
    ) -> Node | None:
        """Check `of` and `by`; returns the tree of `of`."""
        tree = self.formula((*route, "of"), exercise.of, (*names, *exercise.by))
        known = (variables(tree) if tree else frozenset()) | {canonical(name) for name in exercise.variables}
        for n, name in enumerate(exercise.by):
            if tree and canonical(name) not in known and self.are_sound(route, "variables"):
                do = tr("Use one of {listed}.", listed=_listed(known)) if known else tr("Write it in `of`.")
                do += " " + tr("If the answer is meant to be 0, list {name} under `variables`.", name=name)
                self.report((*route, "by", n), tr("There is no {name} in `of`.", name=name), do)
        return tree

    def number_answer(self, route: Route, exercise: NumberAnswer, names: tuple[str, ...]) -> None:
        tree = self.function(route, exercise, (*names, *exercise.at))
        found = variables(tree) if tree else frozenset()
        for name, text in exercise.at.items():
            path = (*route, "at", name)
            self.number(path, text)
            if tree and canonical(name) not in found:
                self.report(
                    path,
                    tr("There is no {name} in `of`.", name=name),
                    tr("Remove it, or correct the name."),
                    on_key=True,
                )
        left = found - {canonical(name) for name in exercise.at}
        if left and not exercise.by and self.are_sound(route, "by", "at"):
            what = tr("{listed} has no value, so there is no number to find.", listed=_listed(left))
            self.report((*route, "of"), what, tr("Give every variable a value under `at`."))

    def choice(self, route: Route, exercise: Choice) -> None:
        seen: dict[str, int] = {}
        for n, option in enumerate(exercise.options):
            path = (*route, "options", n)
            field = "right" if option.right else "wrong"
            self.page((*path, field), option.text)
            self.page((*path, "because"), option.because)
            first = seen.setdefault(plain_line(option.text), n)
            if option.text and first != n:
                what = tr("Option {n} says the same as option {first}.", n=n + 1, first=first + 1)
                self.report((*path, field), what, tr("Make all options different, so that one of them is right."))
        path = (*route, "options")
        right = sum(bool(option.right) for option in exercise.options)
        if not right and self.are_sound(route, "options"):
            self.report(path, tr("None of the options is right."), tr("Write `right:` in front of the one that is."))
        if right > 1:
            what = tr("{right} of the options are right, and only one can be chosen.", right=right)
            self.report(path, what, tr("Leave `right:` in front of the best one, and make the others wrong."))
        if not any(option.wrong for option in exercise.options) and self.are_sound(route, "options"):
            self.report(
                path, tr("None of the options is wrong."), tr("Add one with `wrong:`, and say why under `because:`.")
            )
        if len(exercise.options) > _OPTIONS_AT_MOST:
            self.report(
                path,
                tr("There are more options than letters."),
                tr("Keep at most {options_at_most}.", options_at_most=_OPTIONS_AT_MOST),
            )

    def trial(self, path: Route, trial: Trial, *, chosen: str) -> None:
        """Check a run; what the learner is to choose may be left out of it."""
        formulas = trial.loss or (trial.model if trial.data else "")
        if not self.are_sound(path, "problem", "loss", "data", "model"):
            return
        if bool(formulas) == bool(trial.problem):
            do = tr("Write `loss:` with a formula, or `problem:` with a name; one of the two.")
            self.report(path, tr("A run is of a loss or of a problem."), do)
            return
        for name, text in trial.start.items():
            self.number((*path, "start", name), text)
        if trial.rate:
            rate = self.number((*path, "rate"), trial.rate)
            if rate is not None and rate <= 0:
                self.report((*path, "rate"), tr("The learning rate must be above 0."), tr("Try 0.1."))
        elif chosen != RATE:
            self.report(path, tr("The run has no learning rate."), tr("Add `rate:`, such as `rate: 0.1`."))
        if not trial.data:
            for field in ("model", "standardise"):
                if getattr(trial, field):
                    do = tr("Add `data:` with a CSV file, or leave it out.")
                    self.report((*path, field), tr("`{field}` is for a run over a file.", field=field), do)
        if trial.data or not trial.loss:
            return  # which columns a formula may name, the file decides; the run is tried by `tutor check`
        tree = self.formula((*path, "loss"), trial.loss, tuple(trial.start))
        if tree is None:
            return
        begun = {canonical(name) for name in (*trial.start, *({chosen} - {RATE, ""}))}
        for name in sorted(variables(tree) - begun):
            what = tr("The weight {name} has no start.", name=display_name(name))
            self.report(path, what, tr("Write it under `start:`, such as `{{{name}: 0}}`.", name=name))
        for name in sorted(begun - variables(tree)):
            what = tr("There is no {name} in `loss`.", name=display_name(name))
            at = (*path[:-1], "choose") if chosen and canonical(chosen) == name else (*path, "start", name)
            self.report(
                at, what, tr("The loss uses {listed}.", listed=_listed(variables(tree))), on_key=at[-1] != "choose"
            )

    def predict(self, route: Route, exercise: Predict) -> None:
        words = exercise.options
        if not 2 <= len(words) <= len(FORETOLD) or len(set(words)) < len(words):
            do = tr("List two or more of: {foretold}.", foretold=", ".join(FORETOLD))
            self.report((*route, "options"), tr("There must be two to five options, all different."), do)

    def steer(self, route: Route, exercise: Steer) -> None:
        if isinstance(exercise.goal, str):
            if exercise.goal not in FORETOLD:
                what = tr("`{goal}` is nothing that a run can do.", goal=exercise.goal)
                self.report((*route, "goal"), what, nearest(exercise.goal, FORETOLD))
            return
        for name, text in exercise.goal.items():
            self.number((*route, "goal", name), text)
        if WITHIN not in exercise.goal or len(exercise.goal) < 2:
            what = tr("A goal names a weight, where it must end, and within how much.")
            self.report((*route, "goal"), what, tr("Write it as {w: 3, within: 0.01}."))

    def answers(self, route: Route, exercise: Exercise, tree: Node | None, known: set[str]) -> None:
        """Check that the sample answers read as a learner's would.

        Args:
            tree: the question's formula; without it nothing can be said of the answers.
            known: names that an answer may use besides the formula's own.
        """
        if tree is None or not self.are_sound(route, "variables", "let", "by"):
            return
        vocabulary = Vocabulary(variables(tree) | known)
        samples: list[tuple[Route, str]] = [((*route, "accept", n), text) for n, text in enumerate(exercise.accept)]
        samples += [((*route, "reject", text), text) for text in exercise.reject]
        samples += [((*route, "says", text), text) for text in exercise.says if not _SLIP.fullmatch(text)]
        for path, text in samples:
            try:
                parse(text, vocabulary)
            except Unreadable as error:
                self.unreadable(path, text, error, on_key="accept" not in path)

    # --- formulas

    def formula(self, path: Route, text: str, names: tuple[str, ...]) -> Node | None:
        """The tree of an author's formula, or None with a problem noted."""
        before, sign, behind = text.partition("=")
        if sign and behind.strip():
            what = tr("A formula has no equals sign, and `{text}` has one.", text=text)
            self.report(
                path, what, tr("Write only what stands behind it: {behind}.", behind=behind.strip()), offset=len(before)
            )
            return None
        for found in doubled_letters(text, names):
            what = tr("`{word}` is read as {letter} times {letter}.", word=found[0], letter=found[0][0])
            do = tr("Write {letter}^2 if a square is meant, or correct the name.", letter=found[0][0])
            self.report(path, what, do, offset=found.start())
        for word in set(words_in(text)) - {spelling for name in names for spelling in (name, canonical(name))}:
            what = tr("`{word}` is read as {product}.", word=word, product=tr(" times ").join(word))
            do = tr(
                "List {word} under `variables`; if single letters are meant, write {product}.",
                word=word,
                product="*".join(word),
            )
            self.report(path, what, do, offset=text.index(word))
        try:
            return parse_free(text, names)
        except Unreadable as error:
            self.unreadable(path, text, error)
            return None

    def number(self, path: Route, text: str) -> float | None:
        """The value of a formula without variables, or None with a problem noted."""
        tree = self.formula(path, text, ())
        if tree is None:
            return None
        value = math.nan if variables(tree) else compile_float(tree, ())(())
        if math.isfinite(value):
            return value
        self.report(path, tr("`{text}` is not a number.", text=text), tr("Write a number, such as 2, -0.5, 1/3 or pi."))
        return None

    def unreadable(self, path: Route, text: str, error: Unreadable, *, on_key: bool = False) -> None:
        is_cut = any(text.count(left) != text.count(right) for left, right in ("()", "[]", "{}"))
        what = tr("`{text}` cannot be read. {message}", text=text, message=error.message)
        do = _QUOTE_COMMAS if is_cut and self._source.is_cut_by_commas(path) else _AS_TYPED
        self.report(path, what, do, offset=error.column, on_key=on_key)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(display_name(name) for name in names))
