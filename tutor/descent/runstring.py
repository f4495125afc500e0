"""A run as one short string, and back: `houses:method=momentum:rate=0.1:steps=400:d.w1=r*sqft`.

Fields stand between colons, the problem first. Of a formula the round brackets are written as curly ones and blanks as `~`,
and what a shell would take for its own as `%` and two hexadecimal digits of its UTF-8: a run needs no quotes in sh and bash.
"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote_to_bytes

import msgspec

from tutor.descent.methods import METHODS
from tutor.descent.schedule import HALVING
from tutor.descent.setting import Setting
from tutor.errors import Unreadable
from tutor.maths.grammar import canonical
from tutor.nearest import nearest
from tutor.words import tr

LONGEST: Final = 10_000
_NUMBERS: Final[dict[str, type]] = {"rate": float, "steps": int, "half": int, "batch": int, "seed": int}
_TEXTS: Final = ("data", "model", "loss")
_WORDS: Final = ("method", "schedule")
_OPTIONS: Final = tuple({name for method in METHODS.values() for name in method.options})
_WRITTEN: Final = {"(": "{", ")": "}", " ": "~"}
_READ: Final = {written: sign for sign, written in _WRITTEN.items()}
_FREE: Final = re.compile(r"[\w+*/^.=@-]")
"Signs that stand for themselves; letters of any alphabet are among them."
_DEFAULT: Final = Setting()


def write_run(setting: Setting) -> str:
    """The string of a setting that `check` lets pass; what plays no part in the run and is as usual is left out.

    Whatever plays a part stands in it, usual or not: a string that was kept gives the same run when a method's usual
    options have changed.

    >>> write_run(Setting(problem="houses", rate=0.3, formulas={"w1": "2 (r)*sqft"}))
    'houses:rate=0.3:steps=400:d.w1=2~{r}*sqft'
    >>> write_run(Setting(problem="bowl", method="momentum", batch=1))
    'bowl:method=momentum:rate=0.1:steps=400:batch=1:seed=1:momentum=0.9'
    """
    plays = {"rate", "steps"}
    plays |= {"half"} if setting.schedule in HALVING else set()
    plays |= {"seed"} if setting.batch else set()
    texts = {name: _encode(getattr(setting, name)) for name in _TEXTS if getattr(setting, name)}
    fields = [f"{name}={text}" for name, text in texts.items()] or [setting.problem]
    if setting.standardise:
        fields.append("standardise=" + ",".join(map(_encode, setting.standardise)))
    for name in ("method", "rate", "schedule", "half", "steps", "batch", "seed"):
        value = getattr(setting, name)
        if name in plays or value != getattr(_DEFAULT, name):
            fields.append(f"{name}={value}")
    fields += [f"{name}={value!r}" for name, value in setting.all_options.items()]
    if setting.start:
        fields.append("start=" + ",".join(f"{name}={value!r}" for name, value in setting.start.items()))
    fields += [f"d.{weight}={_encode(formula)}" for weight, formula in setting.formulas.items()]
    return ":".join(fields)


def is_run(text: str) -> bool:
    """Whether a word is meant as a run rather than as the name of a problem."""
    return ":" in text or text.startswith(("loss=", "data="))


def read_run(text: str) -> Setting:
    """The setting that a string stands for.

    Raises:
        Unreadable: with the column and a remedy.

    >>> read_run("bowl:rate=0.5:start=w=7.0").start
    {'w': 7.0}
    """
    if len(text) > LONGEST:
        raise Unreadable(tr("This is too long for a run."), LONGEST)
    first, *rest = text.split(":")
    found: dict[str, object] = {"options": {}, "start": {}, "formulas": {}}
    if is_run(first):
        name, _, value = first.partition("=")
        found[name] = _decode(value, len(name) + 1)
    elif first and "=" not in first:
        found["problem"] = first
    else:
        raise Unreadable(tr("A run begins with a problem, as `houses:rate=0.1` does, with `loss=` or with `data=`."), 0)
    column = len(first) + 1
    seen = {first.partition("=")[0]}
    for field in rest:
        name, equals, value = field.partition("=")
        if not (name and equals and value):
            raise Unreadable(
                tr("Between two colons stands a name and a value, as in `rate=0.1`, not {field!r}.", field=field[:40]),
                column,
            )
        if name in seen:
            raise Unreadable(tr("`{name}` is given twice; once is enough.", name=name[:40]), column)
        seen.add(name)
        _read_field(found, name, value, column)
        column += len(field) + 1
    return msgspec.convert(found, type=Setting)


def _read_field(found: dict[str, object], name: str, value: str, column: int) -> None:
    behind = column + len(name) + 1
    if name in _NUMBERS:
        found[name] = _number(name, value, _NUMBERS[name], behind)
    elif name in _WORDS:
        found[name] = value
    elif name in ("model", "loss") and "data" in found:
        found[name] = _decode(value, behind)
    elif name == "standardise":
        found[name] = tuple(_decode(each, behind) for each in value.split(","))
    elif name in _OPTIONS:
        _group(found, "options")[name] = _number(name, value, float, behind)
    elif name == "start":
        for pair in value.split(","):
            weight, equals, number = pair.partition("=")
            name = canonical(weight)
            if not (weight and equals) or name in _group(found, "start"):
                raise Unreadable(tr("A start names each weight once, as in `start=w1=0.5,w2=-1`."), behind)
            _group(found, "start")[name] = _number("start", number, float, behind + len(weight) + 1)
            behind += len(pair) + 1
    elif name.startswith("d.") and len(name) > 2:
        weight = canonical(name[2:])
        if weight in _group(found, "formulas"):
            raise Unreadable(tr("`{name}` is given twice; once is enough.", name=name[:40]), column)
        _group(found, "formulas")[weight] = _decode(value, behind)
    else:
        known = (*_NUMBERS, *_WORDS, "start", "standardise", *sorted(_OPTIONS))
        raise Unreadable(tr("A run has no {name!r}. {nearest}", name=name[:40], nearest=nearest(name, known)), column)


def _group(found: dict[str, object], name: str) -> dict[str, object]:
    group = found[name]
    return group if isinstance(group, dict) else {}


def _number(name: str, text: str, kind: Callable[[str], float], column: int) -> float:
    try:
        if "_" in text or not text.isascii():
            raise ValueError(text)
        return kind(text)
    except ValueError:
        said = (
            tr("`{name}` takes a whole number; {text!r} is none.", name=name, text=text[:40])
            if kind is int
            else tr("`{name}` takes a number; {text!r} is none.", name=name, text=text[:40])
        )
        raise Unreadable(said, column) from None


def _encode(formula: str) -> str:
    return "".join(
        sign if _FREE.fullmatch(sign) else _WRITTEN.get(sign) or "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in formula
    )


def _decode(text: str, column: int) -> str:
    bad = re.search(r"%(?![0-9A-Fa-f]{2})", text)
    if bad:
        raise Unreadable(tr("Behind `%` stand two hexadecimal digits, as in `%7C`."), column + bad.start())
    try:
        plain = "".join(_READ.get(sign, sign) for sign in text)
        return unquote_to_bytes(plain.encode()).decode()
    except UnicodeError:
        raise Unreadable(tr("The signs behind `%` are no UTF-8."), column) from None
