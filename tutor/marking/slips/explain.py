"""Which slips explain one wrong derivative or number: the wholes, single slips, and two together while time lasts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from tutor.errors import Unreadable
from tutor.marking.slips.evidence import Tries, Weight, likelihood, weight_of, weight_of_number
from tutor.marking.slips.formula import formula_guesses
from tutor.marking.slips.generic import varies
from tutor.marking.slips.landscape import Effects, Landscape, landscape_of
from tutor.marking.slips.probe import FAR, Probe, choose_probes, is_close
from tutor.marking.slips.search import Found, Target, find_everywhere, find_pairs, find_single, repeatable
from tutor.marking.slips.twin import Said, Show
from tutor.marking.slips.whole import Asked, Guess, guesses
from tutor.maths.rules import INNER, derivative, differentiate
from tutor.maths.tidy import tidy
from tutor.maths.tree import Call, Node, substitute, variables, walk
from tutor.words import tr

_PROBES = 5
_JUMPING = frozenset({"step", "sign", "relu", "abs", "max", "min"})
_FACTORS = {"K1", "C3"}
_MOST_STAGES = 4
"Orders of a derivative up to which a slip is looked for on the way."


class Explanation(msgspec.Struct, frozen=True):
    """Slips that together give the very answer: one, or two."""

    ids: tuple[str, ...]
    said: tuple[Said, ...]
    tries: int
    "How many slips were tried until these were, likeliest first."
    is_everywhere: bool = False
    "Whether it is made in every place where it can be."
    is_inside: bool = False
    "Whether it is made inside a chain: to drop the factor there and to leave out the inside are one act."


def target_of(answer: Node, right: Node, of: Node, names: tuple[str, ...]) -> Target | None:
    """What to look for, at probes of the common domain, first one where the two differ; None if there are too few."""
    for trees in ((answer, right, of), (answer, right)):
        probes = (
            choose_probes(names, trees, 4 * _PROBES, FAR) if _jumps(trees) else choose_probes(names, trees, _PROBES)
        )
        if len(probes) >= 2:
            return target_at(probes, answer, right)
    return None


def _jumps(trees: tuple[Node, ...]) -> bool:
    """Whether functions occur that jump or bend: they are the same at most probes, so more of them are needed, wide apart."""
    return any(isinstance(part, Call) and part.function in _JUMPING for tree in trees for part in walk(tree))


def target_at(probes: list[Probe], answer: Node, right: Node, places: int | None = None) -> Target | None:
    """What to look for at given probes; None where the answer is not seen to be wrong."""
    values = [(probe, probe.value(answer), probe.value(right)) for probe in probes]
    values.sort(key=lambda triple: abs(triple[1] - triple[2]) <= 1e-7 * max(abs(triple[1]), abs(triple[2])))
    mine, rights = tuple(v for _, v, _ in values), tuple(v for _, _, v in values)
    target = Target(tuple(probe for probe, _, _ in values), mine, rights, places)
    if not values or not all(map(math.isfinite, (*mine, *rights))) or target.agrees(rights):
        return None
    return target


def explain(answer: Node, asked: Asked, target: Target, show: Show, deadline: float) -> list[Explanation]:
    """Everything that explains the answer, unless that may well be an accident.

    Two slips together only where no single one does, and only for a formula.

    Args:
        deadline: by `time.monotonic`.
    """
    wholes = list(guesses_safely(lambda: guesses(asked, show)))
    stages = list(_last_stages(asked))
    tries = Tries([*(likelihood(whole.id) for whole in wholes), *(key for stage in stages for key in stage.tried())])
    found = list(_from_guesses(wholes, target, tries))
    if len(asked.by) == 1 and _is_integral(answer, asked, target):
        said = Said(
            tr("integrated: {of} is the derivative of what you typed", of=show(asked.of)),
            tr("Asked is the derivative of {of} itself.", of=show(asked.of)),
        )
        found.append(Explanation(("P4",), (said,), tries.until(likelihood("P4"))))
    for landscape in stages:
        found += _singles(landscape, target, tries, show)
    if len(asked.by) > 1:
        found += _earlier_stages(asked, target, len(tries), show, deadline)
    weight = _weight(answer, asked.right, target, len(asked.names))
    borne = found if target.is_foreseen else _unless_accident(found, weight)
    # Any number can be had from two slips; a formula that varies cannot.
    if not (varies(target.mine) and len(target.probes) > 1) or (found and not _is_of_factors(borne)):
        return borne
    pairs = [pair for landscape in stages for pair in _pairs(landscape, target, len(tries), show, deadline)]
    if borne:
        return [pair for pair in pairs if set(pair.ids) == _FACTORS] or borne
    return pairs if target.is_foreseen else _unless_accident(pairs, weight)


def _is_of_factors(found: list[Explanation]) -> bool:
    """Whether all that fits is a factor dropped in every place, inside a chain as well as before it.

    People do not drop every factor; they drop one, and leave out the inside.
    """
    return bool(found) and all(one.ids == ("C3",) and one.is_everywhere for one in found)


def explain_formula(answer: Node, right: Node, target: Target, show: Show) -> list[Explanation]:
    """The same for a formula that was only to be worked out."""
    made = list(guesses_safely(lambda: formula_guesses(right, show)))
    tries = Tries([likelihood(guess.id) for guess in made])
    found = list(_from_guesses(made, target, tries))
    weight = _weight(answer, right, target, len(variables(right)))
    return found if target.is_foreseen else _unless_accident(found, weight)


def _weight(answer: Node, right: Node, target: Target, names: int) -> Weight:
    is_number = len(target.probes) == 1
    return weight_of_number(answer) if is_number else weight_of(answer, right, names)


def _unless_accident(found: list[Explanation], weight: Weight) -> list[Explanation]:
    """All that was found, if the answer says enough to be laid to one of them."""
    return found if any(weight.bears(len(one.ids), one.tries) for one in found) else []


def _singles(landscape: Landscape, target: Target, tries: Tries, show: Show) -> Iterator[Explanation]:
    """One slip, at one place or wherever it can be made."""
    for slip in find_single(landscape, Effects(landscape, target.probes[0]), target):
        number, wrong = slip[0]
        tried = tries.until(likelihood(wrong.twin.id, landscape.depth(number)))
        yield _explanation(landscape, slip, tried, show)
    for slip in find_everywhere(landscape, target):
        number, wrong = slip[0]
        tried = tries.until(likelihood(wrong.twin.id, landscape.depth(number))) + len(repeatable(landscape))
        yield replace(_explanation(landscape, slip, tried, show), is_everywhere=True)


def _pairs(landscape: Landscape, target: Target, tried: int, show: Show, deadline: float) -> Iterator[Explanation]:
    known = sum(len(site.known) for site in landscape.sites)
    attested = sum(wrong.is_attested for site in landscape.sites for wrong in site.known)
    for pair in find_pairs(landscape, Effects(landscape, target.probes[0]), target, deadline) or ():
        before = attested * attested // 2
        if not all(wrong.is_attested for _, wrong in pair):
            before += attested * (known - attested)
        yield _explanation(landscape, pair, tried + before, show)


def _is_integral(answer: Node, asked: Asked, target: Target) -> bool:
    """Whether the answer's own derivative is what was to be differentiated."""
    if asked.by[0] not in variables(answer):
        return False
    slope = differentiate(answer, asked.by[0]).result
    return all(is_close(probe.value(slope), probe.value(asked.of)) for probe in target.probes)


def guesses_safely(make: Callable[[], Iterable[Guess]]) -> Iterator[Guess]:
    """The guesses until one cannot be made: a further derivative may have grown too large."""
    try:
        yield from make()
    except Unreadable:
        return


def _from_guesses(made: Iterable[Guess], target: Target, tries: Tries) -> Iterator[Explanation]:
    """The guesses that give the answer."""
    for guess in made:
        if target.is_near(target.probes[0].value(guess.answer)) and target.agrees(
            [probe.value(guess.answer) for probe in target.probes]
        ):
            yield Explanation((guess.id,), (guess.said,), tries.until(likelihood(guess.id)))


def _last_stages(asked: Asked) -> Iterator[Landscape]:
    """The last differentiation as rules: for a mixed derivative, with each letter as the last one."""
    for last in dict.fromkeys(reversed(asked.by)):
        earlier = list(asked.by)
        earlier.reverse()
        earlier.remove(last)
        earlier.reverse()
        yield landscape_of(derivative(asked.of, earlier) if earlier else asked.of, last)


def _earlier_stages(asked: Asked, target: Target, tried: int, show: Show, deadline: float) -> list[Explanation]:
    """A slip at an earlier differentiation, with the later ones done right or with the same slip again."""
    found: list[Explanation] = []
    for stage in range(min(len(asked.by) - 1, _MOST_STAGES)):
        start = derivative(asked.of, asked.by[:stage]) if stage else asked.of
        landscape = landscape_of(start, asked.by[stage])
        for slips in _ways(landscape):
            if time.monotonic() > deadline:
                return found
            tried += 1
            wrong = tidy(landscape.tree(dict(slips)))
            later = asked.by[stage + 1 :]
            if _is_answer(derivative(wrong, later), target) or _gives_again(wrong, later, slips, target):
                found.append(_explanation(landscape, slips[:1], tried, show))
    return found


def _ways(landscape: Landscape) -> Iterator[Found]:
    """Every slip once, then wherever it can be made."""
    for number, site in enumerate(landscape.sites):
        for wrong in site.wrongs:
            yield ((number, wrong),)
    for id_, variant in repeatable(landscape):
        yield tuple(landscape.everywhere(id_, variant).items())


def _gives_again(wrong: Node, by: tuple[str, ...], slips: Found, target: Target) -> bool:
    for name in by:
        landscape = Landscape(differentiate(wrong, name))
        changes = landscape.everywhere(slips[0][1].twin.id, slips[0][1].variant)
        wrong = tidy(landscape.tree(changes))
    return _is_answer(wrong, target)


def _is_answer(node: Node, target: Target) -> bool:
    return target.is_near(target.probes[0].value(node)) and target.agrees([p.value(node) for p in target.probes])


def _explanation(landscape: Landscape, slips: Found, tries: int, show: Show) -> Explanation:
    said = []
    for number, wrong in slips:
        site = landscape.sites[number]
        said.append(wrong.twin.say(site.rule, _showing_inside(show, site.inside)))
    inside = all(landscape.is_inside(number) for number, _ in slips)
    return Explanation(tuple(wrong.twin.id for _, wrong in slips), tuple(said), tries, is_inside=inside)


def _showing_inside(show: Show, inside: Node | None) -> Show:
    """Shows formulas of the outside of a chain with what really stands inside."""
    return show if inside is None else lambda node: show(substitute(node, {INNER: inside}))
