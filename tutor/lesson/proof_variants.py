"""What is wrong with the parameters of an exercise and with the variants that its seeds make, or with what waits for parameters.

`tutor.lesson.proofread` hands each over, with a way to report and to look at what a seed has made.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final, Protocol

import msgspec

from tutor.errors import Unreadable
from tutor.lesson.bounds import SEEDS_AT_MOST
from tutor.lesson.model import AnyExercise, Exercise
from tutor.lesson.source import Route
from tutor.lesson.vary import Hole, VaryError, as_written, check_hole, draw, holes_in, idle_holes, values_of, variant
from tutor.maths.parse import parse_free
from tutor.maths.tidy import tidy
from tutor.nearest import nearest
from tutor.words import tr, tr_n

_TOLD: Final = frozenset({"hints", "because", "accept", "reject", "says"})
"Fields of which a learner sees nothing in the question."
_ZEROS: Final = re.compile(r"(?<![\w.])0+(?=[0-9])|(?<=[0-9])\.0+(?![0-9])")
"What in a number says nothing: `03`, `3.0`."
_FORMULA: Final = re.compile(r"[\w\s.+*/^()-]+")
"What in braces would be worked out; a set such as {a, b, c} is none."


class Proof(Protocol):
    """What looking at variants needs."""

    written: dict[Route, Route]
    "Keys of the variant that is looked at: where each is written."

    def report(self, path: Route, what: str, do: str, *, offset: int = 0, on_key: bool = False) -> None:
        """Note a problem."""

    def are_sound(self, route: Route, *fields: str) -> bool:
        """Whether these fields of a step say what their author meant."""

    def exercise(self, route: Route, exercise: AnyExercise) -> None:
        """Look at an exercise without parameters."""


def proofread_plain(proof: Proof, route: Route, exercise: Exercise) -> None:
    """Check that nothing waits for parameters where there are none."""
    if exercise.seeds:
        what = tr("Seeds choose among variants, and this exercise has none.")
        proof.report((*route, "seeds"), what, tr("Add `vary:` with parameters, or remove the seeds."))
    for hole in holes_in(exercise):
        if hole.names and _FORMULA.fullmatch(hole.inside) and proof.are_sound(route, "vary"):
            what = tr("`{{{inside}}}` is filled in by a parameter, and this exercise has none.", inside=hole.inside)
            do = tr("Add `vary: {{{name}: 2..9}}`, or leave the braces out.", name=hole.names[0])
            proof.report((*route, *hole.path), what, do, offset=hole.at, on_key=hole.is_in_key)


def proofread_variants(proof: Proof, route: Route, exercise: AnyExercise) -> None:
    """Check the parameters, then the exercise that each frozen seed makes of them."""
    holes = list(holes_in(exercise))
    used = {name for hole in holes for name in hole.names}
    are_known = used <= set(exercise.vary)
    for hole in holes:
        for name in (name for name in hole.names if name not in exercise.vary):
            what, do = tr("There is no parameter `{name}`.", name=name), nearest(name, exercise.vary)
            proof.report((*route, *hole.path), what, do, offset=hole.at, on_key=hole.is_in_key)
    have_values = True
    for name, written in exercise.vary.items():
        path = (*route, "vary", name)
        if name not in used:
            proof.report(
                path,
                tr("The parameter `{name}` is never used.", name=name),
                tr("Remove it, or write it in braces."),
            )
        try:
            if not values_of(written):
                raise VaryError(tr("`{name}` has no values.", name=name))
        except VaryError as error:
            have_values = False
            proof.report(path, str(error), tr("Write a range such as 2..9, or a list such as [2, 3, 5]."))
    if not exercise.seeds:
        what = tr("No variants are frozen, so nobody has looked at those that learners will see.")
        do = tr("Add `seeds: [1, 2, 3]` and look at each, or let `tutor check FILE --deploy 3` find good ones.")
        proof.report((*route, "vary"), what, do)
    if len(exercise.seeds) > SEEDS_AT_MOST:
        what = tr(
            "There are {n} seeds, and at most {seeds_at_most} can be proved.",
            n=len(exercise.seeds),
            seeds_at_most=SEEDS_AT_MOST,
        )
        proof.report((*route, "seeds"), what, tr("Keep those that make the best exercises."))
        return
    if are_known and have_values and proof.are_sound(route, "vary", "seeds"):
        _frozen(proof, route, exercise)


def _frozen(proof: Proof, route: Route, exercise: AnyExercise) -> None:
    """Check the exercise that each frozen seed makes."""
    seen: dict[str, int] = {}
    idle: dict[tuple[Hole, str], list[int]] = {}
    for n, seed in enumerate(exercise.seeds):
        if _cannot_fill(proof, route, exercise, seed):
            return
        made = variant(exercise, seed)
        if len(made.reject) < len(exercise.reject):
            what = tr("With seed {seed} two of the wrong answers are the same.", seed=seed)
            proof.report((*route, "reject"), what, tr("Leave this seed out, or choose other numbers."))
        for hole, read in idle_holes(exercise, seed):
            idle.setdefault((hole, read), []).append(seed)
        twin = seen.setdefault(asked(made), seed)
        if twin != seed or seed in exercise.seeds[:n]:
            what = tr("Seed {seed} makes the same exercise as seed {twin}.", seed=seed, twin=twin)
            proof.report((*route, "seeds", n), what, tr("Leave one of them out."))
        proof.written = {(*route, *made): (*route, *place) for made, place in as_written(exercise, seed).items()}
        proof.exercise(route, made)
    proof.written = {}
    for (hole, read), seeds in idle.items():
        what = tr_n(
            "With seed {seeds} this reads `{read}`, which nobody would write.",
            "With seeds {seeds} this reads `{read}`, which nobody would write.",
            len(seeds),
            seeds=", ".join(map(str, dict.fromkeys(seeds))),
            read=read,
        )
        do = tr("Leave such seeds out, or give the parameter no value that makes it so.")
        proof.report((*route, *hole.path), what, do, offset=hole.at, on_key=hole.is_in_key)


def asked(made: AnyExercise) -> str:
    """What a variant asks, however its numbers and formulas are spelt: two that agree in it are one exercise twice."""
    facts = {name: value for name, value in msgspec.to_builtins(made).items() if name not in _TOLD}
    for field in {"of", "answer"} & facts.keys():
        with suppress(Unreadable):  # said where the formula stands
            facts[field] = repr(tidy(parse_free(facts[field], made.variables)))
    return _ZEROS.sub("", msgspec.json.encode(facts).decode())


def _cannot_fill(proof: Proof, route: Route, exercise: AnyExercise, seed: int) -> bool:
    """Whether something in braces is no number with this seed; it is reported where it stands."""
    drawn, is_faulty = draw(exercise, seed), False
    for hole in holes_in(exercise):
        try:
            check_hole(hole, drawn)
        except VaryError as error:
            is_faulty = True
            do = tr("Write a formula in the parameters, such as {a*n - 1}.")
            proof.report((*route, *hole.path), str(error), do, offset=hole.at, on_key=hole.is_in_key)
    return is_faulty
