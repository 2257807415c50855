"""What rows are selected and sorted by: a few bytes for each, in memory."""

from array import array
from collections.abc import Callable, Collection, Hashable, Iterator
from typing import Generic, TypeVar

from console.domain.verdict import action_rank
from console.engine.services.lab.outcome import Outcome
from console.protocol.lab_runs import Flip, RowFilter, RowOrder, RunRow

K = TypeVar("K", bound=Hashable)

_FLIPS = (Flip.SAME, Flip.MILDER, Flip.STRICTER)


class Interned(Generic[K]):
    """Small numbers for values that come again and again."""

    def __init__(self) -> None:
        self.values: list[K] = []
        self._numbers: dict[K, int] = {}

    def number(self, value: K) -> int:
        """The number of ``value``."""
        known = self._numbers.get(value)
        if known is None:
            known = self._numbers[value] = len(self.values)
            self.values.append(value)
        return known

    def numbers(self, wanted: Callable[[K], bool]) -> frozenset[int]:
        """The numbers of the values that ``wanted`` accepts."""
        return frozenset(at for at, value in enumerate(self.values) if wanted(value))

    def ranks(self) -> list[int]:
        """For each number its place among all values in order."""
        order = sorted(range(len(self.values)), key=lambda at: self.values[at])  # type: ignore[arg-type, return-value]  # only used for texts
        out = [0] * len(order)
        for rank, at in enumerate(order):
            out[at] = rank
        return out


class Columns:
    """One entry for each row, in the order of the source."""

    def __init__(self) -> None:
        self._names: Interned[str] = Interned()
        self._sets: Interned[frozenset[str]] = Interned()
        self._actions = (array("I"), array("I"))
        self._severities = (array("B"), array("B"))
        self._deciding = (array("I"), array("I"))
        self._rules = array("I")
        self._labels = array("I")
        self._faults = array("I")
        self._flips = array("B")
        self._bad = array("B")
        self._speakers = array("I")
        self._calls = array("I")

    def __len__(self) -> int:
        return len(self._flips)

    def add(self, row: RunRow, outcome: Outcome) -> None:
        """Note the next row; ``outcome`` is A's."""
        name = self._names.number
        for at, judgement in enumerate((row.a, row.b or row.a)):
            self._actions[at].append(name(judgement.action))
            self._severities[at].append(judgement.severity.rank)
            self._deciding[at].append(name(judgement.rule))
        both = (row.a,) if row.b is None else (row.a, row.b)
        rules = frozenset(match.rule for each in both for match in each.matches)
        self._rules.append(self._sets.number(rules))
        labels = frozenset(label for each in both for label in each.labels)
        self._labels.append(self._sets.number(labels))
        self._faults.append(self._sets.number(outcome.names))
        self._flips.append(_FLIPS.index(row.flip))
        self._bad.append(2 if row.labels is None else bool(row.labels))
        self._speakers.append(name(row.speaker))
        self._calls.append(name(row.call))

    def selected(self, only: RowFilter) -> Iterator[int]:
        """The numbers of the rows that ``only`` lets through; its ``contains`` is not looked at."""
        tests = list(self._tests(only))
        for at in range(len(self)):
            if all(test(at) for test in tests):
                yield at

    def sort_key(self, order: RowOrder) -> Callable[[int], int]:
        """What to sort row numbers by."""
        match order:
            case RowOrder.INDEX:
                return lambda at: at
            case RowOrder.ACTION_A | RowOrder.ACTION_B:
                ranks = [action_rank(action) for action in self._names.values]
                actions = self._actions[order is RowOrder.ACTION_B]
                return lambda at: ranks[actions[at]]
            case RowOrder.SEVERITY_A | RowOrder.SEVERITY_B:
                return self._severities[order is RowOrder.SEVERITY_B].__getitem__
            case RowOrder.RULE_A | RowOrder.RULE_B:
                return self._by_name(self._deciding[order is RowOrder.RULE_B])
            case RowOrder.FLIP:
                return self._flips.__getitem__
            case RowOrder.SPEAKER:
                return self._by_name(self._speakers)
            case RowOrder.CALL:
                return self._by_name(self._calls)

    def _by_name(self, column: "array[int]") -> Callable[[int], int]:
        ranks = self._names.ranks()
        return lambda at: ranks[column[at]]

    def _tests(self, only: RowFilter) -> Iterator[Callable[[int], bool]]:
        if only.actions:
            wanted = self._names.numbers(set(only.actions).__contains__)
            first, second = self._actions
            yield lambda at: first[at] in wanted or second[at] in wanted
        if only.flips:
            flips = {_FLIPS.index(flip) for flip in only.flips}
            yield lambda at: self._flips[at] in flips
        for names, column in (
            (only.rules, self._rules),
            (only.labels, self._labels),
            (only.errors, self._faults),
        ):
            if names:
                yield self._one_of(names, column)
        if only.bad is not None:
            yield lambda at: self._bad[at] == int(bool(only.bad))

    def _one_of(self, names: Collection[str], column: "array[int]") -> Callable[[int], bool]:
        sets = self._sets.numbers(lambda each: not each.isdisjoint(names))
        return lambda at: column[at] in sets
