"""Tables of a policy as pydantic models, and the two ways to read one.

``problems`` is for authors: everything that is wrong, each with its place. ``lenient`` is for
configs of an app and for policies that were checked before: what cannot be used is passed over.
"""

import copy
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NoReturn, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from rapidfuzz import fuzz, process

from console.base.errors import BugError
from console.base.toml_map import Path
from console.domain.policy_form import Word

MAX_NUMBER = 1e12
"""The largest number that anything in a policy may be."""
MISSPELT, ALIKE = 88.0, 60.0
"""How similar two keys are when one letter is wrong or missing; when they are merely alike."""

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PERIOD = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
AUTHOR, LENIENT = "author", "lenient"
"""The contexts of reading: what an author wrote, and what an app has or was checked before.

A table that the program makes itself has neither; of that only the types are checked.
"""

Problem = tuple[Path, str]
"""Where something is wrong, and what was expected."""
Item = TypeVar("Item")


ASKED: dict[str, Any] = {"asked": True}
"""The ``json_schema_extra`` of a field that authors have to write, though it has a default."""
_GAP = object()
"""Stands where an author should have written something."""


@dataclass(frozen=True)
class _Refused:
    """Stands for a text that other tables of its list forbid."""

    sentence: str


class Table(BaseModel):
    """A table of a policy. Unknown keys go back to Stream as they came, unless it is ``CLOSED``."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)
    CLOSED: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _with_gaps(cls, raw: Any, info: ValidationInfo) -> Any:
        """Puts something that no check accepts where an author left out what has to be written."""
        if info.context != AUTHOR or not isinstance(raw, Mapping):
            return raw
        fields = fields_of(cls).items()
        return {key: _GAP for key, each in fields if each.json_schema_extra == ASKED} | {**raw}


TableType = TypeVar("TableType", bound=Table)


class Config(Table):
    """What most sections begin with."""

    enabled: bool = Field(default=True, description="Whether this section counts.")
    answer_first: bool = Field(
        default=False, alias="async", description="Stream answers first and judges later."
    )


def wrong(sentence: str) -> NoReturn:
    """Refuse a value; ``sentence`` says what was expected."""
    raise PydanticCustomError("said", "{sentence}", {"sentence": sentence})


@dataclass(frozen=True)
class Choice:
    """Marks a text: the words it may be. ``free``: others too.

    ``names_of``: the list of tables whose names it may be. Where an app names another word than
    ``words`` it is kept, unless the choice is ``firm``.
    """

    words: tuple[Word, ...] = ()
    free: bool = False
    names_of: str = ""
    firm: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        if self.free or self.names_of:
            return handler(source)
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def _check(self, value: str, info: ValidationInfo) -> str:
        names = [word.name for word in self.words]
        if value not in names and (info.context == AUTHOR or (self.firm and info.context)):
            wrong(f"“{value}” is unknown; expected one of {', '.join(filter(None, names))}.")
        return value


def _not_blank(value: str, info: ValidationInfo) -> str:
    if info.context and not value.strip():
        wrong("must not be empty.")
    return value


def _number(least: float, most: float, *, whole: bool) -> Callable[[Any], Any]:
    ends = f"from {least:g} to {most:g}" if most < MAX_NUMBER else f"of at least {least:g}"
    kind = "a whole number" if whole else "a number"

    def check(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            wrong(f"expected {kind} {ends}.")
        if not least <= value <= most:
            wrong(f"{value} is not {kind} {ends}.")
        return value if whole else float(value)

    return check


_seconds = _number(0, MAX_NUMBER, whole=False)


def _period(value: Any) -> Any:
    if not isinstance(value, str):
        return _seconds(value)
    found = _PERIOD.fullmatch(value.strip())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if value and not (found and seconds < MAX_NUMBER):
        wrong(f"“{value}” is no time such as 30s, 5m or 24h.")
    return seconds


Many = Annotated[tuple[Item, ...], Field(strict=False)]
"""A list."""
Name = Annotated[str, AfterValidator(_not_blank)]
Count = Annotated[int, PlainValidator(_number(0, MAX_NUMBER, whole=True))]
Ordinal = Annotated[int, PlainValidator(_number(1, MAX_NUMBER, whole=True))]
Share = Annotated[float, PlainValidator(_number(0, 1, whole=False))]
Percent = Annotated[float, PlainValidator(_number(0, 100, whole=False))]
Period = Annotated[float, PlainValidator(_period)]
"""Seconds, or ``30s``, ``5m``, ``24h``; read as seconds."""


def unique(key: str, noun: str, fold: Callable[[str], Hashable] = str) -> BeforeValidator:
    """Marks a list of tables in which no two may have the same text at ``key``."""

    def check(rows: Any) -> Any:
        if not isinstance(rows, list | tuple):
            return rows
        seen: set[Hashable] = set()
        out = []
        for row in rows:
            name = row.get(key) if isinstance(row, Mapping) else None
            if isinstance(name, str) and name:
                if fold(name) in seen:
                    row = {**row, key: _Refused(f"there is {noun} “{name}” already.")}
                seen.add(fold(name))
            out.append(row)
        return out

    return BeforeValidator(check)


def problems(schema: type[Table], raw: Any, path: Path = ()) -> tuple[Problem, ...]:
    """Everything that is wrong with ``raw``, which stands at ``path``."""
    try:
        schema.model_validate(raw, context=AUTHOR)
    except ValidationError as error:
        found = []
        for each in error.errors(include_url=False):
            loc, sentence = tuple(each["loc"]), _sentence(schema, raw, each)
            if each["type"] == "missing" or each["input"] is _GAP:
                loc = loc[:-1]
            if sentence:
                found.append(((*path, *loc), sentence))
        return tuple(found)
    return ()


def lenient(schema: type[TableType], raw: Any) -> TableType:
    """As much of ``raw`` as can be used; ``schema`` needs a default for each of its own fields."""
    table = raw if isinstance(raw, Mapping) else {}
    while True:
        try:
            return schema.model_validate(table, context=LENIENT)
        except ValidationError as error:
            table = copy.deepcopy(table)
            _drop(table, error)


def fields_of(schema: type[Table]) -> dict[str, FieldInfo]:
    """The keys of a table as they are written, with what is known of each."""
    return {info.alias or name: info for name, info in schema.model_fields.items()}


def table_in(annotation: Any) -> type[Table] | None:
    """The schema of the table, or of each table of the list, that a field holds."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next(filter(None, map(table_in, get_args(annotation))), None)


def kind_of(value: object) -> str:
    """What ``value`` is, in TOML's words."""
    match value:
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
    return "a date or time"


def _field_at(schema: type[Table] | None, loc: Sequence[str | int]) -> FieldInfo | None:
    info = None
    for step in loc:
        if isinstance(step, str):
            info = fields_of(schema).get(step) if schema is not None else None
            schema = table_in(info.annotation) if info is not None else None
    return info


def _schema_at(schema: type[Table], loc: Sequence[str | int]) -> type[Table]:
    info = _field_at(schema, loc)
    return (table_in(info.annotation) if info is not None else None) or schema


def _value_at(raw: Any, loc: Sequence[str | int]) -> Any:
    for step in loc:
        raw = raw[step]
    return raw


def _sentence(schema: type[Table], raw: Any, error: Any) -> str:
    """What was expected; empty where there is no error after all."""
    loc, value = error["loc"], error["input"]
    if error["type"] == "missing" or value is _GAP:
        return f"“{loc[-1]}” is missing."
    if isinstance(value, _Refused):
        return value.sentence
    match error["type"]:
        case "said":
            return str(error["ctx"]["sentence"])
        case "extra_forbidden":
            return _unknown(_schema_at(schema, loc[:-1]), _value_at(raw, loc[:-1]), loc[-1])
        case "string_type":
            return f"expected text in quotes, not {kind_of(value)}."
        case "bool_type":
            return f"expected true or false, not {kind_of(value)}."
        case "enum":
            words = ", ".join(re.findall("'([^']*)'", error["ctx"]["expected"]))
            return f"“{value}” is unknown; expected one of {words}."
        case "tuple_type":
            info = _field_at(schema, loc)
            rows = info is not None and table_in(info.annotation) is not None
            return f"expected a list of {'tables' if rows else 'texts'}, not {kind_of(value)}."
    return f"expected a table, not {kind_of(value)}."


def _unknown(schema: type[Table], table: Mapping[str, Any], key: str) -> str:
    known = [each for each in fields_of(schema) if schema.CLOSED or each not in table]
    least = ALIKE if schema.CLOSED else MISSPELT
    close = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=least)
    if close is not None:
        return f"is unknown; did you mean “{close[0]}”?"
    return "is unknown here." if schema.CLOSED else ""


def _drop(table: Any, error: ValidationError) -> None:
    """Remove what is wrong from ``table``."""
    places: set[Path] = set()
    for each in error.errors(include_url=False, include_input=False):
        loc = tuple(each["loc"])
        if each["type"] == "missing":
            loc = loc[:-1]
        places.add(loc)
    gone = 0
    for *above, last in sorted(places, reverse=True):
        try:
            del _value_at(table, above)[last]
        except (KeyError, IndexError, TypeError):  # inside of what is gone already
            continue
        gone += 1
    if places and not gone:
        raise BugError(f"What is wrong at {places} cannot be left out.")
