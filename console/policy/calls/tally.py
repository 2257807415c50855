"""Counts what call rules would have done in a run, and compares it with what moderators did."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from statistics import median
from typing import Any

import msgspec

from console.domain.results import BesideModerators, CallAction
from console.policy.calls.rules import CallRule
from console.policy.measures.counterfactual import LOOK_BACK_S

MAX_LISTED = 1_000
"""Violations kept one by one; the rest is counted."""


class CallTally:
    """Counts violations as they come."""

    def __init__(self, rules: Sequence[CallRule]) -> None:
        """``rules`` are counted from zero, so that what was never triggered shows."""
        self.triggered = 0
        self.actions: Counter[str] = Counter()
        self.rules: Counter[str] = Counter(dict.fromkeys((rule.name for rule in rules), 0))
        self.people: set[tuple[str, str]] = set()
        self.listed: list[CallAction] = []
        self._acted: dict[tuple[str, str], list[float]] = {}
        self._acts: dict[tuple[str, str], set[float]] = {}

    def add(self, found: Iterable[CallAction]) -> None:
        """Count what the rules would have done at one line."""
        for each in found:
            self.triggered += 1
            self.actions.update(each.actions)
            self.rules[each.rule] += 1
            person = each.call, each.speaker
            self.people.add(person)
            if each.actions:
                self._acted.setdefault(person, []).append(each.at)
            if len(self.listed) < MAX_LISTED:
                self.listed.append(each)

    def moderators(self, call: str, speaker: str, times: Collection[float]) -> None:
        """Moderators acted on a person at ``times``; an act may be reported more than once."""
        if times:
            self._acts.setdefault((call, speaker), set()).update(times)

    def beside(self) -> BesideModerators:
        """The rules compared with the moderators."""
        agreed: list[float] = []
        only_rules = 0
        for person, violations in self._acted.items():
            left = sorted(self._acts.get(person, ()))
            for at in violations:
                near = min(left, key=lambda act: abs(act - at), default=None)
                if near is None or abs(near - at) > LOOK_BACK_S:
                    only_rules += 1
                    continue
                left.remove(near)
                agreed.append(near - at)
        acts = sum(map(len, self._acts.values()))
        return BesideModerators(
            agreed=len(agreed),
            only_rules=only_rules,
            only_moderators=acts - len(agreed),
            seconds_before=median(agreed) if agreed else None,
        )

    def summary(self) -> dict[str, Any]:
        """Everything counted, ready for JSON."""
        return {
            "triggered": self.triggered,
            "people": len(self.people),
            "actions": dict(self.actions.most_common()),
            "rules": dict(self.rules.most_common()),
            "never_triggered": sorted(name for name, count in self.rules.items() if not count),
            "listed": [_row(each) for each in self.listed],
            "unlisted": self.triggered - len(self.listed),
        }


def _row(found: CallAction) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(found)
    del row["line"]
    row["lines"] = row.pop("rows")
    return row
