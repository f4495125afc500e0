"""A model as a network of units: its weights on the edges, its values in the nodes, for one example and one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tutor.descent.prediction import Prediction
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.front.lab.canvas import Canvas
from tutor.front.lab.sums import fitting, short
from tutor.front.shown import Cell
from tutor.front.words import wrapped
from tutor.maths.grammar import display_name
from tutor.maths.numeric import compile_float
from tutor.maths.tree import Call, Group, Name, Node, Product, Sum
from tutor.words import tr, tr_n

_FIGURES, _GAP = 9, 8
"Cells of a node for its brackets and its number, and between nodes for a weight."
_SHARES = (0.3, 0.45, 0.2, 0.6, 0.75)
"Of an edge, where its weight may stand."
_ACTIVATIONS = ("tanh", "sigmoid", "relu")


class Unit(NamedTuple):
    """A weighted sum, perhaps bent by a function."""

    name: str
    activation: str
    edges: tuple[tuple[str, str], ...]
    "Weight and where it comes from: an input or another unit."
    bias: str
    value: Callable[[Sequence[float]], float]
    "From the weights and a row, one behind the other."


class Net(NamedTuple):
    """Inputs, then layers of units; the last layer is the prediction."""

    inputs: tuple[str, ...]
    layers: tuple[tuple[Unit, ...], ...]


def net_of(problem: Problem) -> Net | None:
    """The network that a model is; nothing for a model that is no weighted sums of one another."""
    if not problem.model:
        return None
    reader = _Reader(problem)
    top = reader.unit(problem.tree(problem.model))
    if top is None or top not in reader.depth:
        return None
    deepest = reader.depth[top]
    layers = tuple(
        tuple(unit for unit in reader.units if reader.depth[unit.name] == depth) for depth in range(1, deepest + 1)
    )
    seen = {source for unit in reader.units for _, source in unit.edges}
    return Net(tuple(name for name in problem.columns if name in seen), layers)


def has_hidden_units(net: Net) -> bool:
    """Whether there is more than one layer of weights."""
    return len(net.layers) > 1


class _Reader:
    def __init__(self, problem: Problem) -> None:
        self._weights = set(problem.weights)
        self._columns = set(problem.columns)
        self._names = (*problem.weights, *problem.columns)
        self.units: list[Unit] = []
        self.depth: dict[str, int] = {}

    def unit(self, node: Node) -> str | None:
        """The name of the unit, or of the input, that a piece of the model is."""
        node = _bare(node)
        if isinstance(node, Name):
            return node.name if node.name in self._columns else None
        activation, inside = "", node
        if isinstance(node, Call) and node.function in _ACTIVATIONS and len(node.arguments) == 1:
            activation, inside = node.function, _bare(node.arguments[0])
        edges: list[tuple[str, str]] = []
        bias = ""
        for term in inside.terms if isinstance(inside, Sum) else (inside,):
            bare = _bare(term)
            if isinstance(bare, Name) and bare.name in self._weights and not bias:
                bias = bare.name
                continue
            edge = self._edge(bare)
            if edge is None:
                return None
            edges.append(edge)
        if not edges:
            return None
        name = f"h{len(self.units) + 1}"
        self.depth[name] = 1 + max(self.depth.get(source, 0) for _, source in edges)
        self.units.append(Unit(name, activation, tuple(edges), bias, compile_float(node, self._names)))
        return name

    def _edge(self, term: Node) -> tuple[str, str] | None:
        """A weight times an input or a unit, in whichever order."""
        if not (isinstance(term, Product) and len(term.factors) == 2):
            return None
        for weight, other in (term.factors, term.factors[::-1]):
            weight = _bare(weight)
            if isinstance(weight, Name) and weight.name in self._weights:
                source = self.unit(other)
                return None if source is None else (weight.name, source)
        return None


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.of
    return node


class NetworkScene:
    """The network, drawn anew for each step: blue edges are positive and amber ones negative, stronger ones thicker."""

    def __init__(
        self, problem: Problem, net: Net, model: Prediction, run: Run, example: int, width: int, height: int
    ) -> None:
        self._net, self._run = net, run
        self._row = problem.rows[example % len(problem.rows)]
        self._columns = problem.columns
        self._width, self._height = width, height
        target = problem.columns[model.target]
        said = f"{target} {short(self._row[model.target])}"
        place = example % len(problem.rows) * problem.every
        count = tr("example {example} of {n}", example=place + 1, n=problem.count)
        self._title = tr("network   {count}: {said}", count=count, said=said)
        self._more = 0
        "Inputs for which there is no row."
        self._widest = max(len(display_name(name)) for name in (*net.inputs, "out")) + _FIGURES
        stacks = len(net.layers) + 1
        self._is_listed = width < stacks * self._widest + (stacks - 1) * _GAP or height < 2 + 2 * len(net.layers[0])
        self._places = self._placed()

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        weights = dict(zip(self._run.weights, self._run.path[min(step, len(self._run.path) - 1)], strict=True))
        point = (*weights.values(), *self._row)
        if self._is_listed:
            return self._listed(weights, point)
        canvas = Canvas(self._width, self._height)
        units = [unit for layer in self._net.layers for unit in layer]
        largest = max((abs(weights[weight]) for unit in units for weight, _ in unit.edges), default=1.0) or 1.0
        texts = {name: self._node(name, self._row[self._columns.index(name)]) for name in self._net.inputs}
        texts |= {unit.name: self._node(unit.name, unit.value(point)) for unit in units}
        texts = {name: text for name, text in texts.items() if name in self._places}
        units = [unit for unit in units if unit.name in self._places]
        for unit in units:
            for number, (weight, source) in enumerate(unit.edges):
                self._edge(canvas, source, unit.name, weights[weight] / largest, number - (len(unit.edges) - 1) / 2)
        for name, text in texts.items():
            column, row = self._places[name]
            canvas.text(column, row, text, "mark")
        for unit in units:
            column, row = self._places[unit.name]
            if unit.bias and row + 1 < self._height:
                canvas.text(column, row + 1, f" {display_name(unit.bias)} {short(weights[unit.bias])}", "label")
            if unit.activation and row > 1:
                canvas.text(column, row - 1, f" {unit.activation}", "label")
        if self._more:
            said = tr_n("and one more input", "and {n} more inputs", self._more)
            canvas.text(0, self._height - 1, said, "label")
        canvas.text(0, 0, fitting(self._title, self._width), "label")
        for unit in units:
            for weight, source in unit.edges:
                self._label(canvas, source, unit.name, display_name(weight), weights[weight])
        return self._rows_of(canvas)

    def _rows_of(self, canvas: Canvas) -> list[list[Cell]]:
        rows = [[(" ", "axis")] * self._width for _ in range(self._height)]
        for column, row, cell in canvas.cells():
            rows[row][column] = cell
        return rows

    def _listed(self, weights: dict[str, float], point: tuple[float, ...]) -> list[list[Cell]]:
        """Where there is no room for a drawing: for each unit its value, and what it is worked out from."""
        canvas = Canvas(self._width, self._height)
        canvas.text(0, 0, fitting(self._title, self._width), "label")
        values = dict(zip(self._columns, self._row, strict=True))
        units = [unit for layer in self._net.layers for unit in layer]
        told: list[tuple[str, str]] = []
        for unit in units:
            values[unit.name] = unit.value(point)
            terms = [f"{short(weights[weight], 2)}·{short(values[source], 2)}" for weight, source in unit.edges]
            terms += [short(weights[unit.bias], 2)] if unit.bias else []
            inside = " + ".join(terms).replace("+ −", "− ")
            name = "out" if unit is units[-1] else display_name(unit.name)
            worked = f"{unit.activation}({inside})" if unit.activation else inside
            told.append((f"{name} {short(values[unit.name], 2)} = {worked}", "mark" if name == "out" else "curve-1"))
        room = self._height - 1
        lines = [
            (f"  {line}" if number else line, role)
            for said, role in told
            for number, line in enumerate(wrapped(said, self._width - 2))
        ]
        if len(lines) > room:
            lines = [(fitting(said, self._width), role) for said, role in told]
        if len(lines) > room:
            lines = [*lines[: room - 2], (tr("and {n} more units", n=len(lines) - room + 1), "label"), lines[-1]]
        for row, (line, role) in enumerate(lines, 1):
            canvas.text(0, row, line, role)
        return self._rows_of(canvas)

    def _placed(self) -> dict[str, tuple[int, int]]:
        """The column and row at which each node's text begins."""
        room = max(1, self._height - 2)
        inputs = self._net.inputs if len(self._net.inputs) <= room else self._net.inputs[: max(1, room - 1)]
        stacks = [inputs, *(tuple(unit.name for unit in layer)[:room] for layer in self._net.layers)]
        self._more = len(self._net.inputs) - len(inputs)
        places = {}
        for number, stack in enumerate(stacks):
            left = round((self._width - self._widest) * number / max(1, len(stacks) - 1))
            for place, name in enumerate(stack):
                rows = self._height - (
                    2 if self._more and number == 0 else 1
                )  # the last one says how many more there are
                row = 1 + round((place + 0.5) / len(stack) * rows - 0.5)
                places[name] = (left, min(self._height - 1, max(1, row)))
        return places

    def _node(self, name: str, value: float) -> str:
        is_last = name == self._net.layers[-1][-1].name
        return f"({'out' if is_last else display_name(name)} {short(value)})"

    def _ends(self, source: str, target: str) -> tuple[tuple[float, float], tuple[float, float]]:
        (from_column, from_row), (to_column, to_row) = self._places[source], self._places[target]
        return (2.0 * (from_column + self._widest - 1), 4.0 * from_row + 2), (2.0 * to_column - 2, 4.0 * to_row + 2)

    def _edge(self, canvas: Canvas, source: str, target: str, strength: float, turn: float) -> None:
        if source not in self._places:
            return
        (x0, y0), (x1, y1) = self._ends(source, target)
        role = "curve-1" if strength >= 0 else "curve-2"
        thick = 1 if abs(strength) < 0.33 else 2 if abs(strength) < 0.67 else 3
        for line in range(thick):
            canvas.line((x0, y0 + line), (x1, y1 + line + turn), role)

    def _label(self, canvas: Canvas, source: str, target: str, name: str, value: float) -> None:
        """A weight's name and value a third of the way along its edge, or where else on it no other letters stand."""
        if source not in self._places:
            return
        (x0, y0), (x1, y1) = self._ends(source, target)
        room = (x1 - x0) / 2
        text = f"{name} {short(value)}" if room >= 16 else short(value) if room >= 7 else ""
        if not text:
            return
        for share in _SHARES:
            column = max(round(x0 / 2) + 1, round((x0 + (x1 - x0) * share) / 2 - len(text) / 2))
            row = round((y0 + (y1 - y0) * share) / 4 - 0.5)
            if canvas.is_free(column, row, len(text)):
                canvas.text(column, row, text, "curve-1" if value >= 0 else "curve-2")
                return
