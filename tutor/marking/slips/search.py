"""The search: which slips, made in the rule tree, give the very answer that was typed.

One slip at one place first, then the same slip wherever it can be made, then two together until the time is up.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence

import msgspec

from tutor.marking.slips.landscape import Changes, Effects, Landscape, Site, Wrong
from tutor.marking.slips.probe import Probe, is_close

_NEAR = 1e-6
"Relative, for a first look at one probe; what passes is worked out at all of them."
_LOOK_AT_THE_CLOCK = 64
_MOST_PAIRS = 8


class Target(msgspec.Struct, frozen=True):
    """What is looked for."""

    probes: tuple[Probe, ...]
    mine: tuple[float, ...]
    "The answer's value at each probe."
    right: tuple[float, ...]
    places: int | None = None
    "Decimals to which the answer was rounded; None for an exact one."
    is_foreseen: bool = False
    "Whether the author wrote the answer down as one that a slip leads to: then it is no accident, however short."

    def agrees(self, values: Sequence[float]) -> bool:
        """Whether values at the probes are the answer's; where the wrong rule has no value, two others must agree."""
        seen = 0
        for value, mine, right in zip(values, self.mine, self.right, strict=True):
            if math.isfinite(value):
                if not self.is_hit(value, mine, right):
                    return False
                seen += 1
        return seen >= min(2, len(self.mine)) and seen * 2 >= len(self.mine)

    def is_hit(self, value: float, mine: float, right: float) -> bool:
        """Whether one value is the answer's."""
        if self.places is not None:
            return abs(value - mine) <= 0.5000001 * 10.0**-self.places
        return is_close(value, mine, beside=right)

    def is_near(self, value: float) -> bool:
        """A quick look at the first probe."""
        gap = abs(value - self.mine[0])
        if self.places is not None:
            return gap <= 10.0**-self.places
        return gap <= _NEAR * max(abs(self.mine[0]), abs(self.right[0]), 1e-6)


Found = tuple[tuple[int, Wrong], ...]
"Slips that together give the answer, each with its site."


def find_single(landscape: Landscape, effects: Effects, target: Target) -> list[Found]:
    """Every slip that, made once, gives the answer."""
    found: list[Found] = []
    for value, number, wrong in effects.singles():
        if target.is_near(value) and _agrees(landscape, target, {number: wrong}):
            found.append(((number, wrong),))
    return found


def _agrees(landscape: Landscape, target: Target, changes: Changes) -> bool:
    return target.agrees([landscape.value(probe, changes) for probe in target.probes])


def repeatable(landscape: Landscape) -> list[tuple[str, int]]:
    """Slips, with their variants, that can be made at more than one site."""
    counts: dict[str, int] = {}
    variants: dict[str, int] = {}
    for site in landscape.sites:
        for id_ in {wrong.twin.id for wrong in site.wrongs}:
            counts[id_] = counts.get(id_, 0) + 1
        for wrong in site.wrongs:
            variants[wrong.twin.id] = max(variants.get(wrong.twin.id, 0), wrong.variant + 1)
    return [(id_, variant) for id_, count in counts.items() if count > 1 for variant in range(variants[id_])]


def find_everywhere(landscape: Landscape, target: Target) -> Iterator[Found]:
    """Every slip that gives the answer when it is made wherever it can be; the first place stands for all."""
    for id_, variant in repeatable(landscape):
        changes = landscape.everywhere(id_, variant)
        if target.is_near(landscape.value(target.probes[0], changes)) and _agrees(landscape, target, changes):
            yield ((min(changes), changes[min(changes)]),)


def find_pairs(landscape: Landscape, effects: Effects, target: Target, deadline: float) -> list[Found] | None:
    """Every two slips that together give the answer, both of them attested if there are such two, else one of them.

    None when there are so many that they say nothing.
    """
    found: dict[bool, list[Found]] = {True: [], False: []}
    "By whether both are attested."
    for looked, (value, pair) in enumerate(_pairs(effects)):
        if looked % _LOOK_AT_THE_CLOCK == 0 and time.monotonic() > deadline:
            break
        if target.is_near(value) and _agrees(landscape, target, dict(pair)):
            alike = found[all(wrong.is_attested for _, wrong in pair)]
            alike.append(pair)
            if len(alike) > _MOST_PAIRS:
                return None
    return found[True] or found[False]


_Single = tuple[float, int, Wrong]


def _pairs(effects: Effects) -> Iterator[tuple[float, Found]]:
    sites = effects.landscape.sites
    singles: list[list[_Single]] = [[] for _ in sites]
    "For each site: its value under every single slip in it or below it."
    for number in reversed(range(len(sites))):
        site = sites[number]
        for value, pair in _pairs_at(effects, number, singles):
            yield effects.lifted(number, value), pair
        parts = effects.of_parts(site)
        own = [
            (effects.landscape.apply(effects.probe, site, wrong.template, parts), number, wrong) for wrong in site.known
        ]
        lifted = [
            (effects.lifted(part, value, number), at, wrong)
            for part in site.parts
            for value, at, wrong in singles[part]
        ]
        singles[number] = own + lifted


def _pairs_at(effects: Effects, number: int, singles: list[list[_Single]]) -> Iterator[tuple[float, Found]]:
    """Values of a site under two slips that meet at it: its own and one below, or two below in different parts."""
    site = effects.landscape.sites[number]
    apply, probe, right = effects.landscape.apply, effects.probe, effects.of_parts(site)
    for place, part in enumerate(site.parts):
        for value, at, wrong in singles[part]:
            values = [*right[:place], value, *right[place + 1 :]]
            for own in _partners(site.known, wrong):
                yield apply(probe, site, own.template, values), ((number, own), (at, wrong))
            yield from _with_later_parts(effects, site, singles, place, values, (at, wrong))


def _with_later_parts(
    effects: Effects,
    site: Site,
    singles: list[list[_Single]],
    place: int,
    values: list[float],
    first: tuple[int, Wrong],
) -> Iterator[tuple[float, Found]]:
    for later in range(place + 1, len(site.parts)):
        for other, at, wrong in singles[site.parts[later]]:
            if wrong.is_attested or first[1].is_attested:
                both = [*values[:later], other, *values[later + 1 :]]
                yield effects.landscape.apply(effects.probe, site, site.template, both), (first, (at, wrong))


def _partners(known: tuple[Wrong, ...], wrong: Wrong) -> Iterator[Wrong]:
    return (own for own in known if own.is_attested or wrong.is_attested)
