"""Slips about the whole of a derivative: another letter, another order, the way back, values put in too early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from tutor.marking.slips.standing import is_parameter
from tutor.marking.slips.twin import ONE, ZERO, Said, Show, depends, plus, times
from tutor.maths.rules import derivative, differentiate
from tutor.maths.tree import Name, Node, Power, Sum, number, substitute, variables


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
        said = Said("gave the value of the function itself", "Asked is how fast it changes there: differentiate first.")
    else:
        said = Said("gave the function as it is", "The derivative says how it changes.")
    yield Guess("P12", asked.of, said)
    if asked.has_values:
        did = "put the values in before differentiating, which leaves nothing that moves"
        yield Guess("D9", ZERO, Said(did, "Differentiate first, then put the values in."))


def _orders(asked: Asked, show: Show) -> Iterator[Guess]:
    order = len(asked.by)
    if order == 1:
        further = derivative(asked.right, asked.by)
        if variables(further) or asked.has_values:
            did = "differentiated twice"
            yield Guess("P11", further, Said(did, "The question asks for the first derivative only."))
        return
    first = [derivative(asked.of, [name]) for name in asked.by]
    stopped = [derivative(asked.of, asked.by[:stop]) for stop in range(1, order)]
    for node in [*stopped, *first[1:]]:
        did = "stopped after one derivative" if order == 2 else "stopped too early"
        yield Guess("P10", node, Said(did, f"{_COUNT.get(order, 'More')} are asked for, each of the one before."))
    if len(set(asked.by)) == 1:
        did = "raised the first derivative to a power" if order > 2 else "squared the first derivative"
        said = Said(did, "The second derivative is the derivative of the first one.")
        yield Guess("P9", Power(first[0], number(order)), said)
    else:
        said = Said(
            "multiplied the two partials", "Take the first partial, then differentiate that in the other letter."
        )
        yield Guess("D10", times(*first), said)
    did = "differentiated once too often"
    yield Guess("P11", derivative(asked.right, asked.by[-1:]), Said(did, "Count the derivatives that are asked for."))
    yield from _other_orders(asked, show)


_COUNT = {2: "Two", 3: "Three", 4: "Four"}


def _other_orders(asked: Asked, show: Show) -> Iterator[Guess]:
    """One of the derivatives taken in another letter that the question names."""
    for place, name in enumerate(asked.by):
        for other in sorted(set(asked.names) - {name}):
            wrong = (*asked.by[:place], other, *asked.by[place + 1 :])
            if sorted(wrong) != sorted(asked.by) and depends(asked.of, other):
                did = f"differentiated in {show(Name(other))} where {show(Name(name))} was asked"
                yield Guess(
                    "D6", derivative(asked.of, wrong), Said(did, "Look at the letters below the line, one by one.")
                )


def _letters(asked: Asked, show: Show) -> Iterator[Guess]:
    others = sorted(set(asked.names) - set(asked.by))
    in_it = [name for name in others if depends(asked.of, name)]
    mine = show(Name(asked.by[0]))
    for other in others:
        if not depends(asked.of, other) and depends(asked.right, asked.by[0]):
            moved = substitute(asked.right, {asked.by[0]: Name(other)})
            did = f"wrote {show(Name(other))} where the question has {mine}"
            yield Guess("C9", moved, Said(did, "Use the question's own letter."))
    if len(asked.by) > 1:
        return
    ones: dict[str, Node] = {}
    for other in in_it:
        partial = derivative(asked.of, [other])
        name = show(Name(other))
        did = f"differentiated in {name}"
        yield Guess("D6", partial, Said(did, f"Asked is how it changes with {mine}, while {name} stands still."))
        both = plus(asked.right, partial)
        said = Said(
            f"differentiated in {name} as well", f"Only {mine} moves. Treat {name} as a number that stands still."
        )
        yield Guess("D2", both, said)
        if is_parameter(other):
            yield Guess("C7", both, said)
        ones[other] = ONE
        yield from _as_one(asked, {other: ONE}, show)
    if len(in_it) > 1:
        every = plus(asked.right, *(derivative(asked.of, [other]) for other in in_it))
        said = Said("differentiated in every letter", f"Only {mine} moves; the other letters stand still.")
        yield Guess("D2", every, said)
        yield from _as_one(asked, ones, show)


def _as_one(asked: Asked, ones: dict[str, Node], show: Show) -> Iterator[Guess]:
    """Other letters taken as 1; and with that, terms of theirs alone differentiated in them."""
    names = " and ".join(show(Name(name)) for name in ones)
    said = Said(
        f"put 1 in the place of {names}", f"{names} can have any value that stands still, so it stays a letter."
    )
    if len(ones) > 1:
        said = Said(said.did, f"{names} can have any values that stand still, so they stay letters.")
    as_one = substitute(asked.right, ones)
    yield Guess("D1", as_one, said)
    terms = asked.of.terms if isinstance(asked.of, Sum) else (asked.of,)
    alone = [differentiate(term, name).result for term in terms if not depends(term, asked.by[0]) for name in ones]
    if alone:
        yield Guess("D1", plus(as_one, *alone), said)
