"""Totals of a run: actions, labels, rules; on labelled texts precision and recall."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from console.domain.results import Judgement
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
            out["raised"] = self.raised.summary(self.labelled)
            out["by_label"] = {
                name: confusion.summary(self.labelled)
                for name, confusion in sorted(self.by_label.items())
            }
        return out


class Confusion:
    """Right and wrong answers to one question: was it wanted, was it given?"""

    def __init__(self) -> None:
        self.hits = 0
        self.false_alarms = 0
        self.misses = 0

    def add(self, wanted: bool, given: bool) -> None:
        """Count one answer; neither wanted nor given is what remains of all."""
        self.hits += wanted and given
        self.false_alarms += given and not wanted
        self.misses += wanted and not given

    def precision(self) -> float | None:
        """Of what was given, how much was wanted; None when nothing was given."""
        given = self.hits + self.false_alarms
        return self.hits / given if given else None

    def recall(self) -> float | None:
        """Of what was wanted, how much was given; None when nothing was wanted."""
        wanted = self.hits + self.misses
        return self.hits / wanted if wanted else None

    def summary(self, of: int) -> dict[str, float | int | None]:
        """The four fields of the matrix among ``of`` answers, with precision and recall."""
        return {
            "true_positive": self.hits,
            "false_positive": self.false_alarms,
            "false_negative": self.misses,
            "true_negative": of - self.hits - self.false_alarms - self.misses,
            "precision": _rounded(self.precision()),
            "recall": _rounded(self.recall()),
        }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
