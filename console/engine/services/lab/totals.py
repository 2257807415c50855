"""Everything counted for one policy during a run, and the comparison of two."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from console.domain.local_models import NO_MODELS, LocalModels
from console.domain.results import Counterfactual, Judgement
from console.engine.services.lab.outcome import Outcome
from console.engine.services.lab.run_worker_messages import RunLine
from console.policy.coverage import rule_names, unevaluated
from console.policy.inputs.texts import TextRow
from console.policy.measures.comparison import FlipTally
from console.policy.measures.counterfactual import count_line
from console.policy.measures.entry_count import EntryCount as EntryCounter
from console.policy.measures.scoring import ErrorKind, label_pairs
from console.policy.measures.tally import Tally
from console.policy.model import Policy
from console.protocol.lab_results import (
    CallActions,
    Comparison,
    Count,
    EntryCount,
    ErrorCost,
    FlipStep,
    MatrixCell,
    PolicyResult,
    RuleCount,
)
from console.protocol.lab_runs import Weights

MAX_ENTRIES = 200
MAX_NAMES = 1_000
"""Names in one list of a result; labels of a file may be anything."""


class PolicyTotals:
    """Counts the judgements of one policy."""

    def __init__(
        self, policy: Policy, name: str, models: LocalModels = NO_MODELS, *, saved: bool
    ) -> None:
        """``models`` judge too. ``saved``: the lines are of saved calls, with moderators' acts."""
        self._name = name
        self._notes = unevaluated(policy, models, lines=True)
        self._tally = Tally(rule_names(policy, models))
        self._decided: Counter[str] = Counter()
        self._errors: Counter[ErrorKind] = Counter()
        self._matrix: Counter[tuple[str, str]] = Counter()
        self._counterfactual = Counterfactual() if saved else None
        self.entries = EntryCounter(policy)
        """Counts the entries of lists that match a line; the evaluator finds them."""

    def add(self, line: RunLine, row: TextRow, judgement: Judgement, outcome: Outcome) -> None:
        """Count ``judgement`` of ``line``; ``row`` is the same line."""
        self._tally.add(row, judgement)
        if judgement.rule:
            self._decided[judgement.rule] += 1
        if line.labels is not None:
            self._matrix.update(label_pairs(line.labels, judgement.labels))
            if outcome.error is not None:
                self._errors[outcome.error] += 1
        if self._counterfactual is not None:
            undone = [act.undone for act in line.acts]
            count_line(self._counterfactual, judgement.action, undone, line.said)

    def result(
        self, weights: Weights, often: float, call_actions: CallActions | None = None
    ) -> PolicyResult:
        """The totals so far; ``call_actions`` are counted elsewhere."""
        tally, lines = self._tally, self._tally.texts
        labelled = bool(tally.labelled)
        return PolicyResult(
            name=self._name,
            actions=_counts(tally.actions, lines),
            labels=_counts(tally.labels, lines),
            rules=tuple(
                RuleCount(
                    rule=rule,
                    lines=count,
                    decided=self._decided[rule],
                    share=_share(count, lines),
                    often=_share(count, lines) >= often and count > 1,
                )
                for rule, count in tally.rules.most_common(MAX_NAMES)
            ),
            never_matched=tuple(rule for rule, count in tally.rules.items() if not count),
            entries=tuple(
                EntryCount(rule, entry, texts, _share(texts, lines))
                for rule, entry, texts in self.entries.most_common(MAX_ENTRIES)
            ),
            silent=tuple(self.entries.silent(MAX_ENTRIES)),
            notes=self._notes,
            counterfactual=self._counterfactual,
            call_actions=call_actions,
            raised=tally.raised if labelled else None,
            by_label=dict(sorted(tally.by_label.items())[:MAX_NAMES]),
            matrix=tuple(
                MatrixCell(wanted, given, count)
                for (wanted, given), count in self._matrix.most_common(MAX_NAMES)
            ),
            errors=tuple(_error_costs(self._errors, weights)) if labelled else (),
        )


def comparison_of(tally: FlipTally) -> Comparison:
    """The flips so far."""
    return Comparison(
        tally.flips,
        tally.stricter,
        tally.milder,
        tuple(
            FlipStep(was, now, count, tally.rules[was, now].most_common(1)[0][0])
            for (was, now), count in tally.steps.most_common()
        ),
    )


def _counts(counted: "Counter[str]", lines: int) -> tuple[Count, ...]:
    return tuple(
        Count(name, count, _share(count, lines)) for name, count in counted.most_common(MAX_NAMES)
    )


def _share(count: int, lines: int) -> float:
    return count / lines if lines else 0.0


def _error_costs(errors: Mapping[ErrorKind, int], weights: Weights) -> Iterator[ErrorCost]:
    for kind in ErrorKind:
        weight: float = getattr(weights, kind.value)
        count = errors.get(kind, 0)
        yield ErrorCost(kind.value, count, weight, count * weight)


def names_of(policies: Iterable[tuple[str, str]]) -> list[str]:
    """What reports call policies, given name and place of each; never two the same."""
    names: list[str] = []
    for name, place in policies:
        shown = name or place.replace("\\", "/").rpartition("/")[2]
        names.append(f"{shown} (2)" if shown in names else shown)
    return names
