"""Filters, sorting and paging as Stream's query endpoints take them (STREAM.md 4.1, 4.4, 4.7)."""

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import gt, lt
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from console.sandbox.api_errors import input_error
from console.sandbox.timestamps import read_time

T = TypeVar("T")
Test = Callable[[T], bool]

RANGE = frozenset({"$eq", "$exists", "$gt", "$gte", "$in", "$lt", "$lte"})
TEXT = RANGE | {"$autocomplete", "$contains", "$q"}
ONLY_EQ = frozenset({"$eq"})
EQ_IN = frozenset({"$eq", "$in"})


@dataclass(slots=True, frozen=True)
class Field(Generic[T]):
    """One thing to filter by. ``kind`` is ``str``, ``bool``, ``int``, ``date``, ``list``."""

    read: Callable[[T], Any]
    kind: str = "str"
    operators: frozenset[str] = RANGE


Vocabulary = Mapping[str, Field[T]]
Custom = Callable[[str], Field[T] | None]
"""The field of a name outside of a vocabulary: something that apps add to their records."""


class SortParam(Struct):
    """One key of a sort."""

    field: str | None = None
    direction: int | None = 1


class Query(Struct):
    """The body of a query of the moderation API."""

    filter: dict[str, Any] | None = None
    sort: list[SortParam] | None = None
    limit: int | None = None
    next: str | None = None
    prev: str | None = None

    @property
    def conditions(self) -> dict[str, Any] | None:
        """What the records have to fit."""
        return self.filter


class OffsetQuery(Struct):
    """The body of a query of users or of the chat API, whose pages are counted."""

    filter_conditions: dict[str, Any] | None = None
    sort: list[SortParam] | None = None
    limit: int | None = None
    offset: int | None = None


class VideoQuery(Query):
    """The body of a query of the video API, which calls the filter by another name."""

    filter_conditions: dict[str, Any] | None = None

    @property
    def conditions(self) -> dict[str, Any] | None:
        return self.filter_conditions


def compiled(
    conditions: Mapping[str, Any] | None,
    vocabulary: Vocabulary[T],
    custom: Custom[T] = lambda name: None,
) -> Test[T]:
    """A test that says which records fit ``conditions``.

    Raises:
        ApiError: 400, an unknown field, an operator the field does not take, an unreadable value.
    """
    tests: list[Test[T]] = []
    for name, condition in (conditions or {}).items():
        if name in ("$and", "$or"):
            if not isinstance(condition, list):
                raise input_error(f"{name} takes a list of filters")
            parts = [compiled(one, vocabulary, custom) for one in condition]
            tests.append(_every(parts) if name == "$and" else _some(parts))
            continue
        found = vocabulary.get(name)
        if found is None and not name.startswith("$"):
            found = custom(name)
        if found is None:
            raise input_error(f"field {name} is not supported in filter_conditions")
        tests.append(_field_test(name, found, condition))
    return _every(tests)


def ordered(
    records: Iterable[T],
    sort: Sequence[SortParam] | None,
    vocabulary: Mapping[str, Callable[[T], Any]],
    default: str,
    key: Callable[[T], str],
) -> list[T]:
    """``records`` in the order of ``sort``; ties are broken by ``key``, so pages never overlap.

    Raises:
        ApiError: 400, an unknown field or direction.
    """
    wanted = [(one.field or default, one.direction or 1) for one in sort or ()] or [(default, -1)]
    result = sorted(records, key=key)
    for name, direction in reversed(wanted):
        read = vocabulary.get(name)
        if read is None:
            raise input_error(f"sort by {name} is not supported")
        if direction not in (1, -1):
            raise input_error("sort direction must be 1 or -1")
        result.sort(
            key=lambda record, read=read: _sortable(read(record)),  # type: ignore[misc]  # as above
            reverse=direction < 0,
        )
    return result


@dataclass(slots=True, frozen=True)
class Page(Generic[T]):
    """One page and the tokens of its neighbours; empty when there is none."""

    rows: list[T]
    next: str = ""
    prev: str = ""

    def tokens(self) -> dict[str, str]:
        """The response's ``next`` and ``prev``, absent where there is none."""
        both = {"next": self.next, "prev": self.prev}
        return {name: token for name, token in both.items() if token}

    def answer(self, name: str, render: Callable[[T], Any]) -> dict[str, Any]:
        """The response: the rendered rows under ``name``, and the tokens."""
        return {name: [render(row) for row in self.rows], **self.tokens()}


def find(
    records: Iterable[T],
    query: Query,
    vocabulary: Vocabulary[T],
    key: Callable[[T], str],
    sorts: Iterable[str] = ("created_at",),
    custom: Custom[T] = lambda name: None,
) -> Page[T]:
    """The page of ``records`` that ``query`` asks for; the first of ``sorts`` is the default.

    Raises:
        ApiError: 400, see :func:`compiled`, :func:`ordered` and :func:`page`.
    """
    fits = compiled(query.conditions, vocabulary, custom)
    return page_of([record for record in records if fits(record)], query, vocabulary, key, sorts)


def page_of(
    records: Iterable[T],
    query: Query,
    vocabulary: Vocabulary[T],
    key: Callable[[T], str],
    sorts: Iterable[str] = ("created_at",),
) -> Page[T]:
    """The page of ``records`` that ``query`` asks for, whatever its conditions."""
    reads = {name: vocabulary[name].read for name in sorts}
    rows = ordered(records, query.sort, reads, next(iter(reads)), key)
    return page(rows, key, limit=query.limit, following=query.next, before=query.prev)


def page(
    rows: Sequence[T],
    key: Callable[[T], str],
    *,
    limit: int | None,
    following: str | None = None,
    before: str | None = None,
    default: int = 25,
    most: int = 100,
) -> Page[T]:
    """One page of ``rows``. A token names a row, so rows that come or go do not shift pages.

    Raises:
        ApiError: 400, a limit out of range or an unreadable token.
    """
    size = default if limit is None else limit
    if not 0 <= size <= most:
        raise input_error(f"limit must be between 0 and {most}")
    if following and before:
        raise input_error("next and prev cannot be given together")
    start = 0
    if following:
        start = _place(rows, key, following, after=True)
    elif before:
        start = max(0, _place(rows, key, before, after=False) - size)
    chosen = list(rows[start : start + size])
    end = start + len(chosen)
    return Page(
        chosen,
        next=_token(key(chosen[-1]), end) if chosen and end < len(rows) else "",
        prev=_token(key(chosen[0]), start) if chosen and start > 0 else "",
    )


def _token(row: str, index: int) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([row, index])).decode()


def _place(rows: Sequence[T], key: Callable[[T], str], token: str, *, after: bool) -> int:
    try:
        row, index = msgspec.json.decode(
            base64.urlsafe_b64decode(token.encode()), type=tuple[str, int]
        )
    except (msgspec.DecodeError, binascii.Error, UnicodeEncodeError) as error:
        raise input_error("the paging token is not readable") from error
    for at, one in enumerate(rows):
        if key(one) == row:
            return at + 1 if after else at
    return min(max(index, 0), len(rows))


def _every(tests: Sequence[Test[T]]) -> Test[T]:
    return lambda record: all(test(record) for test in tests)


def _some(tests: Sequence[Test[T]]) -> Test[T]:
    return lambda record: any(test(record) for test in tests)


def _field_test(name: str, field: Field[T], condition: Any) -> Test[T]:
    if not isinstance(condition, dict):
        condition = {"$eq": condition}
    tests = []
    for operator, operand in condition.items():
        if operator not in field.operators:
            raise input_error(f"operator {operator} is not supported for {name}")
        tests.append(_operator_test(name, field, operator, operand))
    return _every(tests)


def _operator_test(name: str, field: Field[T], operator: str, operand: Any) -> Test[T]:
    if operator == "$exists":
        return lambda record: _there(field.read(record)) == bool(operand)
    wanted = _operand(name, field.kind, operator, operand)
    compare = _COMPARE[operator]
    return lambda record: compare(field.read(record), wanted)


def _operand(name: str, kind: str, operator: str, operand: Any) -> Any:
    if operator == "$in":
        if not isinstance(operand, list):
            raise input_error(f"$in of {name} takes a list")
        return [_operand(name, kind, "$eq", one) for one in operand]
    if kind == "date":
        try:
            return read_time(operand)
        except ValueError:
            raise input_error(f"{name} is not a readable date") from None
    if kind in ("str", "bool", "int") and operand is not None:
        expected = {"str": str, "bool": bool, "int": int | float}[kind]
        if not isinstance(operand, expected):
            raise input_error(f"{name} must be a {kind}")
    return operand


def _there(value: Any) -> bool:
    return value not in (None, "", 0.0) and value != []


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, list | set | frozenset | tuple) and not isinstance(wanted, list):
        return wanted in value
    if isinstance(value, float) and isinstance(wanted, float):
        return abs(value - wanted) < 1e-6
    return bool(value == wanted)


def _compared(value: Any, wanted: Any, compare: Callable[[Any, Any], bool]) -> bool:
    try:
        return value is not None and compare(value, wanted)
    except TypeError:
        return False


def _contains(value: Any, wanted: Any) -> bool:
    if isinstance(value, str):
        return str(wanted).casefold() in value.casefold()
    if isinstance(value, dict):
        return wanted in value.values()
    return _same(value, wanted)


def _autocomplete(value: Any, wanted: Any) -> bool:
    start = str(wanted).casefold()
    return any(word.startswith(start) for word in str(value or "").casefold().split())


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "$eq": _same,
    "$in": lambda value, wanted: any(_same(value, one) for one in wanted),
    "$gt": lambda value, wanted: _compared(value, wanted, gt),
    "$gte": lambda value, wanted: _compared(value, wanted, gt) or _same(value, wanted),
    "$lt": lambda value, wanted: _compared(value, wanted, lt),
    "$lte": lambda value, wanted: _compared(value, wanted, lt) or _same(value, wanted),
    "$contains": _contains,
    "$q": _contains,
    "$autocomplete": _autocomplete,
}


def _sortable(value: Any) -> tuple[int, Any]:
    return (0, 0) if value is None else (1, value)
