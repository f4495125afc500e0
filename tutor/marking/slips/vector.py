"""Slips about a gradient as a list: its order, its length, its parts added up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

from tutor.marking.slips.probe import Probe, choose_probes, is_close
from tutor.marking.slips.twin import Said, plus
from tutor.maths.tree import Node, Tuple
from tutor.words import tr

_MOST_PARTS = 5
"Of a gradient whose orders are all tried."


def diagnose_list(answer: Node, right: Tuple, names: Sequence[str]) -> tuple[str, Said] | None:
    """The slip that the answer as a whole shows, or None."""
    mine = answer.items if isinstance(answer, Tuple) else (answer,)
    probes = choose_probes(names, (*mine, *right.items), 4)
    if len(probes) < 2 and names:
        return None
    if len(mine) == len(right.items):
        return _order(mine, right.items, probes)
    if len(mine) == 1 and _same(mine[0], plus(*right.items), probes):
        return "V1", Said(
            tr("added the components up"),
            tr("A gradient is a list: one component for each letter, with commas between."),
        )
    if len(mine) < len(right.items):
        for kept in combinations(right.items, len(mine)):
            if all(_same(a, b, probes) for a, b in zip(mine, kept, strict=True)):
                count = len(right.items)
                return "V5", Said(
                    tr("left a component out"),
                    tr("There are {count} letters to move, so {count} components.", count=count),
                )
    return None


def _order(mine: Sequence[Node], right: Sequence[Node], probes: list[Probe]) -> tuple[str, Said] | None:
    if len(mine) > _MOST_PARTS:
        return None
    for order in permutations(right):
        if all(_same(a, b, probes) for a, b in zip(mine, order, strict=True)):
            if all(_same(a, b, probes) for a, b in zip(mine, right, strict=True)):
                return None
            said = Said(
                tr("put the right components in the wrong order"),
                tr("They come in the order of the letters in the question."),
            )
            return "V2", said
    return None


def _same(left: Node, right: Node, probes: list[Probe]) -> bool:
    return all(is_close(probe.value(left), probe.value(right)) for probe in probes)
