"""A rule tree laid out for the search: every place where a slip can be made, and what it would make of the whole.

Each rule is compiled once to a template in which names stand for the derivatives of its parts. A derivative depends linearly on
the derivative of any one part of it (all of `combine` is so), hence the effect of a slip on the whole is a line in its value.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from tutor.marking.slips import (
    chain,
    constant,
    exponential,
    loss,
    network,
    power,
    product,
    quotient,
    standing,
    trig,
)
from tutor.marking.slips.evidence import Likelihood, likelihood
from tutor.marking.slips.probe import Probe
from tutor.marking.slips.registry import SLIPS, is_of_training
from tutor.marking.slips.twin import Twin, inside_of
from tutor.maths.rules import INNER, Rule, RuleName, combine, differentiate
from tutor.maths.tree import Name, Node, Product, substitute

TWINS: tuple[Twin, ...] = (
    *power.TWINS,
    *constant.TWINS,
    *standing.TWINS,
    *exponential.TWINS,
    *trig.TWINS,
    *product.TWINS,
    *quotient.TWINS,
    *chain.TWINS,
    *loss.TWINS,
    *network.TWINS,
)
BY_RULE: Mapping[RuleName, tuple[Twin, ...]] = {
    name: tuple(twin for twin in TWINS if name in twin.rules) for name in RuleName
}
_STAND_INS = tuple(f"▪{place}" for place in range(64))


class Wrong(msgspec.Struct, frozen=True):
    """One slip made at one place."""

    twin: Twin
    variant: int
    "Which of the wrong derivatives that the slip can give here."
    template: Node
    "The wrong derivative, in names for the derivatives of the parts."
    is_attested: bool
    "Whether it is common enough to be one of two: two that are not are never looked for together."


class Site(msgspec.Struct, frozen=True):
    """A rule of the tree."""

    rule: Rule
    parent: int
    "-1 at the top."
    place: int
    "Among the parent's parts."
    parts: tuple[int, ...]
    "The numbers of the sites of its parts."
    template: Node
    wrongs: tuple[Wrong, ...]
    known: tuple[Wrong, ...]
    "Those that teachers know, to be looked for in twos with one that is attested."
    inside: Node | None
    "For the outside of a chain: what stands inside."


Changes = Mapping[int, Wrong]
"The slips made, by site."


class Landscape:
    """The sites of one rule tree, the whole first."""

    def __init__(self, rule: Rule) -> None:
        self.sites: list[Site] = []
        self._lay_out(rule, -1, 0, None)

    def _lay_out(self, rule: Rule, parent: int, place: int, inside: Node | None) -> int:
        rule = _with_constants_in_front(rule)
        number = len(self.sites)
        self.sites.append(_PLACEHOLDER)
        below = []
        for index, part in enumerate(rule.parts):
            part_inside = rule.parts[1].of if rule.name is RuleName.CHAIN and index == 0 else None
            below.append(self._lay_out(part, number, index, part_inside))
        template, wrongs = _templates(rule)
        self.sites[number] = Site(rule, parent, place, tuple(below), template, wrongs, _known(wrongs), inside)
        return number

    def is_inside(self, number: int) -> bool:
        """Whether a site is for the inside of a chain, or in it."""
        while (site := self.sites[number]).parent >= 0:
            if self.sites[site.parent].rule.name is RuleName.CHAIN and site.place == 1:
                return True
            number = site.parent
        return False

    def depth(self, number: int) -> int:
        """How many rules a site is below the top."""
        parent = self.sites[number].parent
        return 0 if parent < 0 else 1 + self.depth(parent)

    def tried(self) -> list[Likelihood]:
        """Every slip that can be made, as it is ordered for trying."""
        return [
            likelihood(wrong.twin.id, self.depth(number))
            for number, site in enumerate(self.sites)
            for wrong in site.wrongs
        ]

    def prepare(self, probe: Probe) -> None:
        """Let a probe remember the formulas of the sites."""
        probe.remember(self.sites[0].rule.of)

    def value(self, probe: Probe, changes: Changes, number: int = 0) -> float:
        """The value of the derivative at a site with slips made, at a probe."""
        site = self.sites[number]
        values = [self.value(probe, changes, part) for part in site.parts]
        wrong = changes.get(number)
        return self.apply(probe, site, wrong.template if wrong else site.template, values)

    def apply(self, probe: Probe, site: Site, template: Node, values: Sequence[float]) -> float:
        """The value of a template, given the values of the parts' derivatives."""
        for name, value in zip(_STAND_INS, values, strict=False):
            probe.values[name] = value
        if site.inside is not None:
            probe.values[INNER] = probe.value(site.inside)
        return probe.value(template)

    def everywhere(self, id_: str, variant: int) -> Changes:
        """The same slip at every site where it can be made, in the same variant."""
        found: dict[int, Wrong] = {}
        for number, site in enumerate(self.sites):
            own = [wrong for wrong in site.wrongs if wrong.twin.id == id_]
            if own:
                found[number] = own[min(variant, len(own) - 1)]
        return found

    def tree(self, changes: Changes, number: int = 0) -> Node:
        """The wrong derivative itself."""
        site = self.sites[number]
        parts = tuple(self.tree(changes, part) for part in site.parts)
        wrong, rule = changes.get(number), site.rule
        made = combine(rule.name, rule.of, rule.by, parts) if wrong is None else _nth(wrong, rule, parts)
        return substitute(made, {INNER: inside_of(rule)}) if rule.name is RuleName.CHAIN else made


def _with_constants_in_front(rule: Rule) -> Rule:
    """A product with constant factors as a multiple of the product that moves, so that a slip can be made in either."""
    moving = tuple(part.of for part in rule.parts)
    if rule.name is not RuleName.PRODUCT or len(moving) == len(rule.of.children):
        return rule
    product = Product(moving)
    slopes = tuple(part.result for part in rule.parts)
    inner = Rule(RuleName.PRODUCT, product, rule.by, rule.parts, combine(RuleName.PRODUCT, product, rule.by, slopes))
    return Rule(
        RuleName.MULTIPLE, rule.of, rule.by, (inner,), combine(RuleName.MULTIPLE, rule.of, rule.by, (inner.result,))
    )


def _nth(wrong: Wrong, rule: Rule, parts: tuple[Node, ...]) -> Node:
    for number, node in enumerate(wrong.twin.make(rule, parts)):
        if number == wrong.variant:
            return node
    return rule.result


def _templates(rule: Rule) -> tuple[Node, tuple[Wrong, ...]]:
    stand_ins = tuple(Name(name) for name in _STAND_INS[: len(rule.parts)])
    if len(stand_ins) < len(rule.parts):  # a sum of very many terms: its parts are looked at, itself not
        return rule.result, ()
    wrongs = tuple(
        Wrong(twin, variant, template, _is_attested(twin.id))
        for twin in BY_RULE[rule.name]
        for variant, template in enumerate(twin.make(rule, stand_ins))
    )
    return combine(rule.name, rule.of, rule.by, stand_ins), wrongs


def _known(wrongs: tuple[Wrong, ...]) -> tuple[Wrong, ...]:
    return tuple(wrong for wrong in wrongs if wrong.is_attested or SLIPS[wrong.twin.id].evidence == "C")


def _is_attested(id_: str) -> bool:
    return SLIPS[id_].evidence in "AB" or is_of_training(id_)


@lru_cache(maxsize=64)
def landscape_of(node: Node, by: str) -> Landscape:
    """The landscape of a derivative; the last ones are kept, since an exercise is answered more than once.

    Args:
        node: without typed brackets.
    """
    return Landscape(differentiate(node, by))


class Effects:
    """What one probe sees of a landscape: the right value at each site, and how the whole depends on each of them."""

    def __init__(self, landscape: Landscape, probe: Probe) -> None:
        self.landscape, self.probe = landscape, probe
        landscape.prepare(probe)
        sites = landscape.sites
        self.right = [math.nan] * len(sites)
        for number in reversed(range(len(sites))):  # parts come after the rule they are of
            site = sites[number]
            self.right[number] = landscape.apply(probe, site, site.template, self.of_parts(site))
        self.local: list[tuple[float, float]] = [(0.0, 1.0)] * len(sites)
        "Offset and slope by which a site acts on its parent."
        for number, site in enumerate(sites):
            if site.parent >= 0:
                self.local[number] = self._line(sites[site.parent], site.place)

    def of_parts(self, site: Site) -> list[float]:
        """The right values of a site's parts."""
        return [self.right[part] for part in site.parts]

    def _line(self, parent: Site, place: int) -> tuple[float, float]:
        values = self.of_parts(parent)
        ends = []
        for end in (0.0, 1.0):
            values[place] = end
            ends.append(self.landscape.apply(self.probe, parent, parent.template, values))
        return ends[0], ends[1] - ends[0]

    def lifted(self, number: int, value: float, top: int = 0) -> float:
        """The value at a site above, when that of one below is changed."""
        while number != top:
            offset, slope = self.local[number]
            value = offset + slope * value
            number = self.landscape.sites[number].parent
        return value

    def singles(self) -> Iterator[tuple[float, int, Wrong]]:
        """Every slip on its own: the value of the whole, the site, the slip."""
        for number, site in enumerate(self.landscape.sites):
            if site.wrongs:
                parts = self.of_parts(site)
                for wrong in site.wrongs:
                    yield (
                        self.lifted(number, self.landscape.apply(self.probe, site, wrong.template, parts)),
                        number,
                        wrong,
                    )


_PLACEHOLDER = Site(Rule(RuleName.CONSTANT, Name(""), "", (), Name("")), -1, 0, (), Name(""), (), (), None)
