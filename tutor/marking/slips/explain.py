"""Which slips explain one wrong derivative or number: the wholes, single slips, and two together while time lasts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator

import msgspec

from tutor.errors import Unreadable
from tutor.marking.slips.generic import varies
from tutor.marking.slips.landscape import Effects, Landscape, landscape_of
from tutor.marking.slips.probe import Probe, choose_probes, is_close
from tutor.marking.slips.search import Found, Target, find_pairs, find_single, repeatable, says_enough
from tutor.marking.slips.twin import Said, Show
from tutor.marking.slips.whole import Asked, Guess, guesses
from tutor.maths.rules import INNER, derivative, differentiate
from tutor.maths.tidy import tidy
from tutor.maths.tree import Call, Node, substitute, variables, walk

_PROBES = 5
_JUMPING = frozenset({"step", "sign", "relu", "abs", "max", "min"})
_MOST_STAGES = 4
"Orders of a derivative up to which a slip is looked for on the way."


class Explanation(msgspec.Struct, frozen=True):
    """Slips that together give the very answer: one, or two."""

    ids: tuple[str, ...]
    said: tuple[Said, ...]
    is_inside: bool = False
    "Whether it is made inside a chain: to drop the factor there and to leave out the inside are one act."


def target_of(answer: Node, right: Node, of: Node, names: tuple[str, ...]) -> Target | None:
    """What to look for, at probes of the common domain, first one where the two differ; None if there are too few."""
    for trees in ((answer, right, of), (answer, right)):
        probes = choose_probes(names, trees, _wanted(trees))
        if len(probes) >= 2:
            return target_at(probes, answer, right)
    return None


def _wanted(trees: tuple[Node, ...]) -> int:
    """How many probes: functions that jump are the same at most of them."""
    jumps = any(isinstance(part, Call) and part.function in _JUMPING for tree in trees for part in walk(tree))
    return 4 * _PROBES if jumps else _PROBES


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
    """Everything that explains the answer; two slips together only where no single one does, and only for a formula.

    Args:
        deadline: by `time.monotonic`.
    """
    found = list(from_guesses(guesses_safely(lambda: guesses(asked, show)), target))
    if len(asked.by) == 1 and _is_integral(answer, asked, target):
        said = Said(f"integrated {show(asked.of)}", "Differentiating is the way back: powers go down.")
        found.append(Explanation(("P4",), (said,)))
    stages = list(_last_stages(asked))
    for landscape in stages:
        effects = Effects(landscape, target.probes[0])
        found += [_explanation(landscape, pair, show) for pair in find_single(landscape, effects, target)]
    if len(asked.by) > 1:
        found += _earlier_stages(asked, target, show, deadline)
    # Any number can be had from two slips; a formula that varies cannot.
    if not found and varies(target.mine) and len(target.probes) > 1 and says_enough(answer):
        for landscape in stages:
            effects = Effects(landscape, target.probes[0])
            found += [
                _explanation(landscape, pair, show) for pair in find_pairs(landscape, effects, target, deadline) or ()
            ]
    return found


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


def from_guesses(made: Iterable[Guess], target: Target) -> Iterator[Explanation]:
    """The guesses that give the answer."""
    for guess in made:
        if target.is_near(target.probes[0].value(guess.answer)) and target.agrees(
            [probe.value(guess.answer) for probe in target.probes]
        ):
            yield Explanation((guess.id,), (guess.said,))


def _last_stages(asked: Asked) -> Iterator[Landscape]:
    """The last differentiation as rules: for a mixed derivative, with each letter as the last one."""
    for last in dict.fromkeys(reversed(asked.by)):
        earlier = list(asked.by)
        earlier.reverse()
        earlier.remove(last)
        earlier.reverse()
        yield landscape_of(derivative(asked.of, earlier) if earlier else asked.of, last)


def _earlier_stages(asked: Asked, target: Target, show: Show, deadline: float) -> list[Explanation]:
    """A slip at an earlier differentiation, with the later ones done right or with the same slip again."""
    found: list[Explanation] = []
    for stage in range(min(len(asked.by) - 1, _MOST_STAGES)):
        start = derivative(asked.of, asked.by[:stage]) if stage else asked.of
        landscape = landscape_of(start, asked.by[stage])
        for slips in _ways(landscape):
            if time.monotonic() > deadline:
                return found
            wrong = tidy(landscape.tree(dict(slips)))
            later = asked.by[stage + 1 :]
            if _is_answer(derivative(wrong, later), target) or _gives_again(wrong, later, slips, target):
                found.append(_explanation(landscape, slips[:1], show))
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


def _explanation(landscape: Landscape, slips: Found, show: Show) -> Explanation:
    said = []
    for number, wrong in slips:
        site = landscape.sites[number]
        said.append(wrong.twin.say(site.rule, _showing_inside(show, site.inside)))
    inside = all(landscape.is_inside(number) for number, _ in slips)
    return Explanation(tuple(wrong.twin.id for _, wrong in slips), tuple(said), inside)


def _showing_inside(show: Show, inside: Node | None) -> Show:
    """Shows formulas of the outside of a chain with what really stands inside."""
    return show if inside is None else lambda node: show(substitute(node, {INNER: inside}))
