"""Slips about the whole of a derivative: another letter, another order, the way back, values put in too early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from tutor.marking.slips.standing import is_parameter
from tutor.marking.slips.twin import ONE, ZERO, Said, Show, depends, plus, times
from tutor.maths.rules import derivative, differentiate
from tutor.maths.tree import Name, Node, Power, Sum, number, substitute, variables
from tutor.words import tr


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One derivative that was asked for."""

    of: Node
    by: tuple[str, ...]
    right: Node
    names: tuple[str, ...]
    "Every name that an answer may use."
    has_values: bool = False
    "Whether a number is wanted, at given values."


class Guess(NamedTuple):
    """A wrong answer that a slip would give."""

    id: str
    answer: Node
    said: Said


def guesses(asked: Asked, show: Show) -> Iterator[Guess]:
    """Every wrong answer that comes from a slip about the whole."""
    yield from _orders(asked, show)
    yield from _letters(asked, show)
    if asked.has_values:
        said = Said(
            tr("gave the value of the function itself"), tr("Asked is how fast it changes there: differentiate first.")
        )
    else:
        said = Said(tr("gave the function as it is"), tr("The derivative says how it changes."))
    yield Guess("P12", asked.of, said)
    if asked.has_values:
        did = tr("put the values in before differentiating, which leaves nothing that moves")
        yield Guess("D9", ZERO, Said(did, tr("Differentiate first, then put the values in.")))


def _orders(asked: Asked, show: Show) -> Iterator[Guess]:
    order = len(asked.by)
    if order == 1:
        further = derivative(asked.right, asked.by)
        if variables(further) or asked.has_values:
            did = tr("differentiated twice")
            yield Guess("P11", further, Said(did, tr("The question asks for the first derivative only.")))
        return
    first = [derivative(asked.of, [name]) for name in asked.by]
    stopped = [derivative(asked.of, asked.by[:stop]) for stop in range(1, order)]
    for node in [*stopped, *first[1:]]:
        did = tr("stopped after one derivative") if order == 2 else tr("stopped too early")
        yield Guess(
            "P10",
            node,
            Said(did, tr("{order} are asked for, each of the one before.", order=_COUNT.get(order, tr("More")))),
        )
    if len(set(asked.by)) == 1:
        did = tr("raised the first derivative to a power") if order > 2 else tr("squared the first derivative")
        said = Said(did, tr("The second derivative is the derivative of the first one."))
        yield Guess("P9", Power(first[0], number(order)), said)
    else:
        said = Said(
            tr("multiplied the two partials"),
            tr("Take the first partial, then differentiate that in the other letter."),
        )
        yield Guess("D10", times(*first), said)
    did = tr("differentiated once too often")
    yield Guess(
        "P11", derivative(asked.right, asked.by[-1:]), Said(did, tr("Count the derivatives that are asked for."))
    )
    yield from _other_orders(asked, show)


_COUNT = {2: tr("Two"), 3: tr("Three"), 4: tr("Four")}


def _other_orders(asked: Asked, show: Show) -> Iterator[Guess]:
    """One of the derivatives taken in another letter that the question names."""
    for place, name in enumerate(asked.by):
        for other in sorted(set(asked.names) - {name}):
            wrong = (*asked.by[:place], other, *asked.by[place + 1 :])
            if sorted(wrong) != sorted(asked.by) and depends(asked.of, other):
                did = tr(
                    "differentiated in {other} where {name} was asked", other=show(Name(other)), name=show(Name(name))
                )
                yield Guess(
                    "D6", derivative(asked.of, wrong), Said(did, tr("Look at the letters below the line, one by one."))
                )


def _letters(asked: Asked, show: Show) -> Iterator[Guess]:
    others = sorted(set(asked.names) - set(asked.by))
    in_it = [name for name in others if depends(asked.of, name)]
    mine = show(Name(asked.by[0]))
    for other in others:
        if not depends(asked.of, other) and depends(asked.right, asked.by[0]):
            moved = substitute(asked.right, {asked.by[0]: Name(other)})
            did = tr("wrote {other} where the question has {mine}", other=show(Name(other)), mine=mine)
            yield Guess("C9", moved, Said(did, tr("Use the question's own letter.")))
    if len(asked.by) > 1:
        return
    ones: dict[str, Node] = {}
    for other in in_it:
        partial = derivative(asked.of, [other])
        name = show(Name(other))
        did = tr("differentiated in {name}", name=name)
        yield Guess(
            "D6",
            partial,
            Said(did, tr("Asked is how it changes with {mine}, while {name} stands still.", mine=mine, name=name)),
        )
        both = plus(asked.right, partial)
        said = Said(
            tr("differentiated in {name} as well", name=name),
            tr("Only {mine} moves. Treat {name} as a number that stands still.", mine=mine, name=name),
        )
        yield Guess("D2", both, said)
        if is_parameter(other):
            yield Guess("C7", both, said)
        ones[other] = ONE
        yield from _as_one(asked, {other: ONE}, show)
    if len(in_it) > 1:
        every = plus(asked.right, *(derivative(asked.of, [other]) for other in in_it))
        said = Said(
            tr("differentiated in every letter"), tr("Only {mine} moves; the other letters stand still.", mine=mine)
        )
        yield Guess("D2", every, said)
        yield from _as_one(asked, ones, show)


def _as_one(asked: Asked, ones: dict[str, Node], show: Show) -> Iterator[Guess]:
    """Other letters taken as 1; and with that, terms of theirs alone differentiated in them."""
    names = tr(" and ").join(show(Name(name)) for name in ones)
    said = Said(
        tr("put 1 in the place of {names}", names=names),
        tr("{names} can have any value that stands still, so it stays a letter.", names=names),
    )
    if len(ones) > 1:
        said = Said(said.did, tr("{names} can have any values that stand still, so they stay letters.", names=names))
    as_one = substitute(asked.right, ones)
    yield Guess("D1", as_one, said)
    terms = asked.of.terms if isinstance(asked.of, Sum) else (asked.of,)
    alone = [differentiate(term, name).result for term in terms if not depends(term, asked.by[0]) for name in ones]
    if alone:
        yield Guess("D1", plus(as_one, *alone), said)
