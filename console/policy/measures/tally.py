"""Totals of a run: actions, labels, rules; on labelled texts precision and recall."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec import structs

from console.domain.results import Confusion, Judgement
from console.domain.verdict import KEEP
from console.policy.inputs.texts import TextRow


class Tally:
    """Counts judgements as they come."""

    def __init__(self, rules: Iterable[str] = ()) -> None:
        """``rules`` are counted from zero, so that what never matched shows."""
        self.texts = 0
        self.actions: Counter[str] = Counter()
        self.labels: Counter[str] = Counter()
        self.rules: Counter[str] = Counter(dict.fromkeys(rules, 0))
        self.raised = Confusion()
        self.by_label: dict[str, Confusion] = {}
        self.labelled = 0

    def add(self, row: TextRow, judgement: Judgement) -> None:
        """Count ``judgement`` of ``row``."""
        self.texts += 1
        self.actions[judgement.action] += 1
        self.labels.update(judgement.labels)
        self.rules.update({match.rule for match in judgement.matches})
        if row.labels is None:
            return
        self.labelled += 1
        self.raised.add(bool(row.labels), judgement.action != KEEP)
        wanted = {label.casefold(): label for label in row.labels}
        given = {label.casefold(): label for label in judgement.labels}
        for name in wanted | given:
            self.by_label.setdefault(name, Confusion()).add(name in wanted, name in given)

    def summary(self) -> dict[str, Any]:
        """Everything counted, ready for JSON."""
        out: dict[str, Any] = {
            "texts": self.texts,
            "actions": dict(self.actions.most_common()),
            "labels": dict(self.labels.most_common()),
            "rules": dict(self.rules.most_common()),
            "never_matched": sorted(name for name, count in self.rules.items() if not count),
        }
        if self.labelled:
            out["raised"] = _summary(self.raised, self.labelled)
            out["by_label"] = {
                name: _summary(confusion, self.labelled)
                for name, confusion in sorted(self.by_label.items())
            }
        return out


def _summary(counted: Confusion, of: int) -> dict[str, float | int | None]:
    """The four fields of the matrix among ``of`` answers, with precision and recall."""
    counts = structs.asdict(counted)
    return {
        **counts,
        "true_negative": of - sum(counts.values()),
        "precision": _rounded(counted.precision),
        "recall": _rounded(counted.recall),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
