"""A problem over an author's own CSV file: a loss, and perhaps a model, in which the file's columns stand by name."""

import csv
import math
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from tutor import places
from tutor.course_places import added_courses
from tutor.descent.formula import MOST_WEIGHTS, one_formula, require_starts
from tutor.descent.problem import Feature, Problem
from tutor.descent.progress import tell
from tutor.descent.rows import Rows
from tutor.descent.sales import standardise
from tutor.errors import TutorError, Unreadable, UsageError
from tutor.maths.grammar import Vocabulary, canonical
from tutor.maths.parse import parse
from tutor.maths.tree import variables
from tutor.nearest import nearest
from tutor.words import tr

MOST_ROWS: Final = 200_000
MOST_BYTES: Final = 64 * 2**20
ALL: Final = "all"
"Written for the columns to standardise: every one but those that the loss compares the prediction with."
READING: Final = "reading"
PREDICTION: Final = "prediction"
"Stands in a loss for what the model gives."

_NAME: Final = re.compile(r"[^\W\d_]\w*")
"A heading that a formula can use; columns with another one are passed over."


class TableError(TutorError):
    """A file of data cannot be used; where and why, for its author."""


def table_problem(data: str, loss: str, model: str, standardised: Sequence[str], start: Mapping[str, float]) -> Problem:
    """The problem of making the mean of a loss over the rows of a file small.

    Args:
        data: the file, relative to the directory of the lessons, which it may not leave.
        loss: of one row, in the weights, the columns and `prediction`; without it (prediction - the last column)^2/2.
        model: what `prediction` stands for; may be empty.
        standardised: columns to be scaled to mean 0 and deviation 1 before the formulas see them; or `all`.
        start: a value for each weight.

    Raises:
        Unreadable: a formula cannot be read.
        TableError: the file cannot.
        UsageError: a weight without a start, a column that is not there, or too many weights.
    """
    path = find_table(data)
    return _problem(path, path.stat().st_mtime_ns, data, loss, model, tuple(standardised), tuple(start.items()))


@lru_cache(maxsize=2)
def _problem(
    path: Path,
    changed: int,
    data: str,
    loss: str,
    model: str,
    standardised: tuple[str, ...],
    start: tuple[tuple[str, float], ...],
) -> Problem:
    """As `table_problem`; kept, since of a large table one run after another is made, until the file is saved again."""
    headings = read_headings(path)
    weights = {canonical(name): value for name, value in start}
    clash = sorted(weights.keys() & set(headings))
    if clash:
        raise UsageError(
            tr(
                "{clash} is a weight and a column of {data} too; give the weight another name.",
                clash=clash[0],
                data=data,
            )
        )
    known = tuple(name for name in headings if _NAME.fullmatch(name))
    if model and not loss and headings[-1] not in known:
        raise TableError(
            tr(
                "{data}: a model without a loss predicts the last column, and no formula can write {name!r}. Give that "
                "column a name of letters and digits, such as price, or write a loss.",
                data=data,
                name=headings[-1][:40],
            )
        )
    whole = _whole(loss, model, headings[-1], (*weights, *known))
    try:
        used = variables(one_formula(parse(whole, Vocabulary.of(*weights, *known))))
    except Unreadable as fault:
        raise Unreadable(
            tr("{message} Letters are columns of {data} or weights with a start.", message=fault.message, data=data),
            fault.column,
        ) from fault
    require_starts(weights, used - set(known), whole)
    if len(weights) > MOST_WEIGHTS:
        raise UsageError(
            tr(
                "There are {n} weights; at most {most_weights} can be trained here.",
                n=len(weights),
                most_weights=MOST_WEIGHTS,
            )
        )
    columns = tuple(name for name in known if name in used)
    rows = read_rows(path, columns)
    scaled = _to_scale(standardised, columns, model, weights)
    scales = _scales(data, rows, columns, scaled)
    shown = path.name if Path(data).is_absolute() else data
    return Problem(
        name="table",
        title=_title(len(rows), shown, scaled),
        weights=tuple(weights),
        start=tuple(weights.values()),
        formula=whole,
        model=model,
        inputs=tuple(Feature(name=n, label=n, mean=m, deviation=d) for n, (m, d) in zip(columns, scales, strict=True)),
        rows=_scaled(rows, scales),
    )


def find_table(data: str) -> Path:
    """The file, which must lie in the directory of the lessons or beneath it, links followed.

    A whole path may lie in another course instead.

    Raises:
        TableError: it does not, or is not there.
    """
    home = places.lessons_directory().resolve()
    try:
        path = (home / data).resolve()
        if not path.is_relative_to(home) and not (Path(data).is_absolute() and _is_in_another_course(path)):
            raise TableError(
                tr("{data} lies outside the directory of the lessons; put the file beside them.", data=data)
            )
        if not path.is_file():
            raise TableError(
                tr("There is no file {data} in the directory of the lessons, {home}.", data=data, home=home)
            )
        if path.stat().st_size > MOST_BYTES:
            raise TableError(
                tr(
                    "{data} is larger than {most} MB, the most that can be read here.",
                    data=data,
                    most=MOST_BYTES // 2**20,
                )
            )
    except (OSError, ValueError, RuntimeError) as fault:  # a name with a zero byte; links in a circle
        raise TableError(tr("{data!r} cannot be read.", data=data[:80])) from fault
    return path


LARGE: Final = 2**20
"Bytes of a file whose reading somebody would wait for."


def is_large(data: str) -> bool:
    """Whether a file takes so long to read that it is to be read once only, where progress is told.

    Raises: as `find_table`.
    """
    return find_table(data).stat().st_size > LARGE


def _is_in_another_course(path: Path) -> bool:
    return any(path.is_relative_to(other.resolve()) for other in (*places.data_homes(), *added_courses()))


def read_headings(path: Path) -> tuple[str, ...]:
    """The names in the first line, spelt as formulas spell them."""
    first = next(_lines(path), [])
    names = tuple(canonical(name.strip()) for name in first)
    if not any(names):
        raise TableError(tr("{name}: the first line must hold the names of the columns.", name=path.name))
    between = next((sign for sign in ";\t|" if sign in names[0]), "") if len(names) == 1 else ""
    if between:
        raise TableError(
            tr(
                "{name}: between the columns stands {sign}; save the file with commas instead.",
                name=path.name,
                sign=tr("a tab") if between == "\t" else f"`{between}`",
            )
        )
    for name in names:
        if names.count(name) > 1:
            raise TableError(
                tr(
                    "{name}: two columns are called {column!r}; give each a name of its own.",
                    name=path.name,
                    column=name[:40],
                )
            )
    return names


def read_rows(path: Path, columns: Sequence[str]) -> Rows:
    """The numbers of some columns, one tuple a row."""
    return _rows(path, path.stat().st_mtime_ns, tuple(columns))


@lru_cache(maxsize=2)
def _rows(path: Path, changed: int, columns: tuple[str, ...]) -> Rows:
    """As `read_rows`; `changed` is only there so that a file that was saved again is read again."""
    headings = read_headings(path)
    places = [headings.index(name) for name in columns]
    values = [array("d") for _ in columns]
    size = path.stat().st_size or 1
    lines = _lines(path)
    next(lines)
    far = 0
    for number, cells in enumerate(lines, 2):
        if not cells:
            continue  # an empty line, as at the end of many files
        if len(cells) != len(headings):
            raise TableError(
                tr(
                    "{name}, line {number}: {n} values stand under {names} names.",
                    name=path.name,
                    number=number,
                    n=len(cells),
                    names=len(headings),
                )
            )
        try:
            told = [cells[place] for place in places]
            row = () if any("_" in text for text in told) else tuple(map(float, told))  # 1_0 is 10 to Python only
        except ValueError:
            row = ()
        if len(row) != len(columns) or not all(map(math.isfinite, row)):
            raise _not_a_number(
                path, number, [(name, cells[place]) for name, place in zip(columns, places, strict=True)]
            )
        for column, value in zip(values, row, strict=True):
            column.append(value)
        far += sum(map(len, cells)) + len(cells)
        tell(READING, far / size)
        if len(values[0]) > MOST_ROWS:
            raise TableError(
                tr(
                    "{name} has more than {most_rows} rows, the most that can be trained on here.",
                    name=path.name,
                    most_rows=MOST_ROWS,
                )
            )
    if not values[0]:
        raise TableError(tr("{name} holds no rows beneath the names of its columns.", name=path.name))
    return Rows(values)


def _lines(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise TableError(tr("{name} cannot be read as comma-separated values in UTF-8.", name=path.name)) from fault


def _not_a_number(path: Path, line: int, cells: Sequence[tuple[str, str]]) -> TableError:
    for name, text in cells:
        try:
            if "_" not in text and math.isfinite(float(text)):
                continue
        except ValueError:
            pass
        found = tr("{text!r} is not a number", text=text.strip()[:40]) if text.strip() else tr("a number is missing")
        return TableError(
            tr("{name}, line {line}, column {column}: {found}.", name=path.name, line=line, column=name, found=found)
        )
    raise ValueError("every cell holds a number")


def _title(count: int, shown: str, scaled: Sequence[str]) -> str:
    if scaled:
        return tr("{n} rows of {file}, standardised: {scaled}", n=count, file=shown, scaled=", ".join(scaled))
    return tr("{n} rows of {file}", n=count, file=shown)


def _whole(loss: str, model: str, last: str, names: Sequence[str]) -> str:
    """The loss of one row with the model written into it."""
    if not model:
        return loss
    try:
        one_formula(parse(model, Vocabulary.of(*names)))
    except Unreadable as fault:
        do = tr("Letters are columns or weights with a start.")
        raise Unreadable(tr("In the model: {message} {do}", message=fault.message, do=do), fault.column) from fault
    if not loss:
        return f"(({model}) - {last})^2/2"
    named = rf"\b{PREDICTION}\b"
    if PREDICTION in names and re.search(named, loss):
        raise UsageError(
            tr(
                "The loss speaks of `prediction`, which is the model and a column or a weight too; give that one another "
                "name, or write the model itself into the loss."
            )
        )
    return re.sub(named, lambda _: f"({model})", loss)


def _to_scale(
    wanted: Sequence[str], columns: Sequence[str], model: str, weights: Mapping[str, float]
) -> tuple[str, ...]:
    names = tuple(canonical(name) for name in wanted)
    if names == (ALL,):
        inputs = variables(parse(model, Vocabulary.of(*weights, *columns))) if model else set(columns)
        return tuple(name for name in columns if name in inputs)
    for name in names:
        if name not in columns:
            raise UsageError(
                tr(
                    "{name!r} is to be standardised, but no formula uses it. {nearest}",
                    name=name[:40],
                    nearest=nearest(name, columns),
                )
            )
    return names


def _scaled(rows: Rows, scales: Sequence[tuple[float, float]]) -> Rows:
    return Rows(
        [
            column if (mean, deviation) == (0.0, 1.0) else array("d", [(x - mean) / deviation for x in column])
            for column, (mean, deviation) in zip(rows.columns, scales, strict=True)
        ]
    )


def _scales(data: str, rows: Rows, columns: Sequence[str], scaled: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Mean and deviation of each column; 0 and 1 where it stays as it is."""
    scales = []
    for name, values in zip(columns, rows.columns, strict=True):
        mean, deviation = standardise(values) if name in scaled else (0.0, 1.0)
        if not deviation:
            raise TableError(
                tr("{data}: every row has the same {name}, so it cannot be standardised.", data=data, name=name)
            )
        scales.append((mean, deviation))
    return tuple(scales)
