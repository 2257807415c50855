"""Queries, sorting and paging as Stream's endpoints take them (STREAM.md 4.1, 4.4, 4.7)."""

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from console.sandbox.api_errors import input_error
from console.sandbox.filters import Custom, Vocabulary, compiled

T = TypeVar("T")


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
    limit: Annotated[int, Meta(ge=0, le=300)] | None = None
    offset: Annotated[int, Meta(ge=0, le=1000)] | None = None


class VideoQuery(Query):
    """The body of a query of the video API, which calls the filter by another name."""

    filter_conditions: dict[str, Any] | None = None

    @property
    def conditions(self) -> dict[str, Any] | None:
        return self.filter_conditions


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


def _sortable(value: Any) -> tuple[int, Any]:
    """What stands in its order beside anything else: nothing, numbers, texts, the rest."""
    if value is None:
        return (0, 0)
    if isinstance(value, bool | int | float):
        return (1, value)
    return (2, value) if isinstance(value, str) else (3, repr(value))
