"""Pushes of one class, gathered by its merge rule until the window takes them."""

import itertools
from collections.abc import Hashable, Iterator
from typing import Any

from msgspec.structs import replace

from console.protocol.push import Merge, Push


class _Merged:
    """Pushes that may be merged into one."""

    def __init__(self, rule: Merge) -> None:
        self._rule = rule
        self._latest: Any = None
        self._rows: dict[Hashable, Any] = {}
        self._removed: dict[Hashable, None] = {}
        self._whole = False
        self._numbers = itertools.count()

    def add(self, push: Any) -> int:
        rule = self._rule
        self._latest = push
        if not rule.rows:
            return 0
        if getattr(push, "whole", False):
            self._rows.clear()
            self._removed.clear()
            self._whole = True
        for key in getattr(push, rule.removed) if rule.removed else ():
            self._rows.pop(key, None)
            self._removed[key] = None
        for row in getattr(push, rule.rows):
            key = next(self._numbers) if rule.key is None else rule.key(row)
            self._removed.pop(key, None)
            self._rows[key] = row
        dropped = max(0, len(self._rows) - rule.limit) if rule.limit else 0
        for key in list(itertools.islice(self._rows, dropped)):
            del self._rows[key]
        return dropped

    def pushes(self) -> Iterator[Any]:
        rule = self._rule
        if not rule.rows:
            yield self._latest
            return
        fields: dict[str, Any] = {"whole": True} if self._whole else {}
        if rule.removed:
            fields[rule.removed] = tuple(self._removed)
        for rows in self._batches():
            yield replace(self._latest, **{rule.rows: rows}, **fields)
            # Only the first of several batches makes void what was told before.
            fields = dict.fromkeys(fields, ()) | ({"whole": False} if self._whole else {})

    def _batches(self) -> Iterator[tuple[Any, ...]]:
        rule = self._rule
        if rule.size is None:
            if self._rows or self._removed or self._whole:
                yield tuple(self._rows.values())
            return
        batch: list[Any] = []
        size = 0
        for row in self._rows.values():
            batch.append(row)
            size += rule.size(row)
            if size > rule.split_at:
                yield tuple(batch)
                batch, size = [], 0
        if batch or ((self._removed or self._whole) and not self._rows):
            yield tuple(batch)


class Gathered:
    """Pushes of the class ``kind``."""

    def __init__(self, kind: type[Push]) -> None:
        self._kind = kind
        self._groups: dict[tuple[Any, ...], _Merged] = {}

    def add(self, push: Push) -> int:
        """Merge ``push``; returns how many older rows had to be dropped for it."""
        rule = self._kind.merge
        key = tuple(getattr(push, field) for field in rule.apart)
        if key not in self._groups:
            self._groups[key] = _Merged(rule)
        return self._groups[key].add(push)

    def pushes(self) -> Iterator[Any]:
        """What was gathered."""
        for group in self._groups.values():
            yield from group.pushes()
