"""What is wrong with the formulas and numbers of a page that draws something.

`tutor.lesson.proofread` hands each such page over, with a way to read formulas and to report.
"""

from __future__ import annotations

from typing import Protocol

from tutor.lesson.pages import Bowl, Contours, Network, Secant, Slices, Walk, Worked
from tutor.lesson.source import Route
from tutor.maths.grammar import canonical, display_name
from tutor.maths.tree import Node, variables
from tutor.words import tr

Picture = Secant | Walk | Bowl | Slices | Contours | Network | Worked
_MOST_SLICES = 4
_MOST_NODES = 14


class Proof(Protocol):
    """What reading formulas and reporting needs."""

    def report(self, path: Route, what: str, do: str, *, offset: int = 0, on_key: bool = False) -> None:
        """Note a problem."""

    def formula(self, path: Route, text: str, names: tuple[str, ...]) -> Node | None:
        """The tree of a formula, or None with a problem noted."""

    def number(self, path: Route, text: str) -> float | None:
        """The value of a formula without variables, or None with a problem noted."""


def picture_page(proof: Proof, route: Route, page: Picture) -> None:
    """Report what would keep a page from being drawn."""
    match page:
        case Secant(of=of, over=over, at=at) | Bowl(of=of, over=over, at=at):
            _curve(proof, route, of, (over,))
            _interval(proof, route, (), page.start, page.end)
            proof.number((*route, "at"), at)
        case Walk(of=of, over=over):
            _curve(proof, route, of, (over,))
            _interval(proof, route, (), page.start, page.end)
        case Slices(of=of, over=over, hold=hold, values=values):
            _curve(proof, route, of, (over, hold))
            _interval(proof, route, (), page.start, page.end)
            for n, value in enumerate(values):
                proof.number((*route, "values", n), value)
            if len(values) > _MOST_SLICES:
                what = tr(
                    "There are {n} slices; more than {most_slices} cannot be told apart.",
                    n=len(values),
                    most_slices=_MOST_SLICES,
                )
                proof.report((*route, "values"), what, tr("Leave some out."))
        case Contours(of=of, over=over, points=points):
            _curve(proof, route, of, over)
            for n in range(2):
                _interval(proof, route, (n,), page.start[n], page.end[n])
            for n, point in enumerate(points):
                for m, coordinate in enumerate(point):
                    proof.number((*route, "points", n, m), coordinate)
        case Network():
            _network(proof, route, page)
        case Worked(of=of, by=by):
            tree = proof.formula((*route, "of"), of, by)
            for n, name in enumerate(by if tree else ()):
                if tree and canonical(name) not in variables(tree):
                    proof.report(
                        (*route, "by", n),
                        tr("There is no {name} in `of`.", name=name),
                        tr("Name a letter that is in it."),
                    )
    if isinstance(page, Bowl):
        rate = proof.number((*route, "rate"), page.rate)
        if rate is not None and rate <= 0:
            proof.report((*route, "rate"), tr("The learning rate must be above 0."), tr("Try 0.1."))


def _curve(proof: Proof, route: Route, of: str, over: tuple[str, ...]) -> None:
    tree = proof.formula((*route, "of"), of, over)
    for name in sorted(variables(tree) - set(map(canonical, over))) if tree else ():
        what = tr(
            "The formula uses {name}, but the picture is over {over}.",
            name=display_name(name),
            over=tr(" and ").join(over),
        )
        proof.report((*route, "of"), what, tr("Put a number in its place."))


def _interval(proof: Proof, route: Route, place: Route, start: str, end: str) -> None:
    low = proof.number((*route, "start", *place), start)
    high = proof.number((*route, "end", *place), end)
    if low is not None and high is not None and low >= high:
        what = tr("The picture ends where it starts, or before.")
        proof.report((*route, "end", *place), what, tr("Make `end` the larger."))


def _network(proof: Proof, route: Route, page: Network) -> None:
    known = {canonical(name) for name in page.given}
    for name, value in page.given.items():
        proof.number((*route, "given", name), value)
    if len(page.nodes) > _MOST_NODES:
        proof.report(
            (*route, "nodes"),
            tr("More than {most_nodes} nodes do not fit a screen.", most_nodes=_MOST_NODES),
            tr("Leave some out."),
        )
    for n, node in enumerate(page.nodes):
        path = (*route, "nodes", n)
        tree = proof.formula((*path, "of"), node.of, (*page.given, *(each.name for each in page.nodes[:n])))
        for name in sorted(variables(tree) - known) if tree else ():
            do = tr("Give it a number under `given`, or work it out in a node above.")
            proof.report((*path, "of"), tr("{name} is not known here.", name=display_name(name)), do)
        if canonical(node.name) in known:
            proof.report((*path, "name"), tr("There is a {name} already.", name=node.name), tr("Choose another name."))
        known.add(canonical(node.name))
