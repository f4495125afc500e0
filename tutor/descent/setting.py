"""Everything that decides a run; the same setting is the same run, to the last digit."""

import math
from collections.abc import Mapping
from typing import Final

import msgspec

from tutor.descent.catalogue import find_problem
from tutor.descent.formula import formula_problem
from tutor.descent.methods import METHODS
from tutor.descent.problem import Problem
from tutor.descent.schedule import SCHEDULES
from tutor.descent.table import table_problem
from tutor.errors import UsageError
from tutor.nearest import nearest
from tutor.words import tr

MOST_STEPS: Final = 100_000


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is made of. `tutor.descent.runstring` writes it as one short string."""

    problem: str = ""
    "The name of a problem in the catalogue; or else:"
    loss: str = ""
    "A formula in its weights, as typed. `start` then names them all. With `data` the loss of one row."
    data: str = ""
    "A CSV file in the directory of the lessons, whose columns the formulas name."
    model: str = ""
    "What `prediction` in the loss stands for; with `data` only."
    standardise: tuple[str, ...] = ()
    "Columns that are scaled to mean 0 and deviation 1; or `all`."
    method: str = "gradient-descent"
    options: dict[str, float] = {}
    "Of the method, such as `momentum`; its own values for those left out."
    rate: float = 0.1
    schedule: str = "constant"
    half: int = 100
    "Steps after which a schedule has halved the rate; `constant` and `cosine` do not ask."
    steps: int = 400
    batch: int = 0
    "Examples an update looks at; 0 for all of them."
    seed: int = 1
    "Decides the order of the examples."
    start: dict[str, float] = {}
    "Weights that begin elsewhere than where the problem says."
    formulas: dict[str, str] = {}
    "For some weights the partial of one example's error, as typed; the right ones for the rest."

    @property
    def all_options(self) -> dict[str, float]:
        """The method's options, each with the value that holds."""
        return {**METHODS[self.method].options, **self.options}


def problem_of(setting: Setting) -> Problem:
    """The problem, begun where the setting says.

    Raises:
        Unreadable: its loss cannot be read.
        MissingDataError: its data did not come with the program.
        TableError: its file of data cannot be used.
        UsageError: an unknown problem or weight.
    """
    if setting.data:
        return table_problem(setting.data, setting.loss, setting.model, setting.standardise, setting.start)
    if setting.loss:
        return formula_problem(setting.loss, setting.start)
    problem = find_problem(setting.problem)
    for name in setting.start:
        _known("weight", name, problem.weights)
    begin = {**dict(zip(problem.weights, problem.start, strict=True)), **setting.start}
    return msgspec.structs.replace(problem, start=tuple(begin.values()))


def check(setting: Setting) -> None:
    """Refuse what makes no sense whatever the problem is.

    Raises:
        UsageError: which, and what would be right.
    """
    if not (math.isfinite(setting.rate) and setting.rate > 0):
        raise UsageError(tr("The rate must be a number above 0, such as 0.1; it is {rate:g}.", rate=setting.rate))
    if not 1 <= setting.steps <= MOST_STEPS:
        raise UsageError(tr("The number of steps must lie between 1 and {most_steps}.", most_steps=MOST_STEPS))
    if (setting.model or setting.standardise) and not setting.data:
        raise UsageError(tr("`model` and `standardise` need a file, as in `data=rents.csv`."))
    if setting.data and not (setting.loss or setting.model):
        raise UsageError(tr("A file needs a `model` or a `loss`, in which its columns stand by name."))
    _known("method", setting.method, METHODS)
    _known("schedule", setting.schedule, SCHEDULES)
    if setting.half < 1 or setting.batch < 0 or setting.seed < 0:
        raise UsageError(tr("`half` must be above 0, and neither `batch` nor `seed` may be negative."))
    allowed = METHODS[setting.method].options
    for name, value in setting.options.items():
        if name not in allowed:
            raise UsageError(
                tr(
                    "{method} has no option called {name!r}. {nearest}",
                    method=setting.method,
                    name=name[:40],
                    nearest=nearest(name, allowed),
                )
            )
        if not (0 <= value < 1):
            raise UsageError(tr("`{name}` must be at least 0 and below 1; it is {value:g}.", name=name, value=value))
    if not all(map(math.isfinite, setting.start.values())):
        raise UsageError(tr("Every weight must begin at a finite number."))


_KINDS: Final = {"weight": tr("weight"), "method": tr("method"), "schedule": tr("schedule")}


def _known(kind: str, name: str, known: Mapping[str, object] | tuple[str, ...]) -> None:
    if name not in known:
        what = tr("There is no {kind} called {name!r}.", kind=_KINDS[kind], name=name[:40])
        raise UsageError(f"{what} {nearest(name, tuple(known))}")
