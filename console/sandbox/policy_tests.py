"""Policy tests: saved texts, judged again by the policy as it is now (STREAM.md 6.9).

A run is judged at once; its reported progress follows the clock. The first completed run
of a set is the baseline: rows that expect nothing of their own are scored against it. A set without
a config key is a replay: each row is judged by the policy it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from console.sandbox.accounts import Accounts
from console.sandbox.api_errors import input_error
from console.sandbox.collection import Collection
from console.sandbox.judging import Judging
from console.sandbox.rendering import fields
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

MAX_ROWS = 1000
QUEUED_SECONDS = 0.05
SECONDS_A_ROW = 0.002
RUNS_SHOWN = 20

Row = Mapping[str, Any]


class NewRow(Struct, omit_defaults=True):
    text: Annotated[str, Meta(min_length=1)]
    labels: list[str] | None = None
    recommended_action: str | None = None
    content_type: str | None = None
    policy: str | None = None


class Seed(Struct):
    limit: Annotated[int, Meta(ge=1, le=MAX_ROWS)]
    labels: list[str] | None = None


class NewSet(Struct):
    """The body that asks for a set."""

    name: Annotated[str, Meta(min_length=1)]
    config_key: str | None = None
    mode: Literal["check", "labels"] | None = None
    team: str | None = None
    rows: list[NewRow] | None = None
    seed: Seed | None = None


@dataclass(slots=True, eq=False)
class TestSet:
    """A saved batch. Times are unix seconds."""

    id: str
    name: str
    mode: str
    config_key: str
    rows: list[Row]
    created_by: str
    created_at: float
    team: str = ""
    runs: list["Run"] = field(default_factory=list)

    def wire(self, now: float, *, whole: bool = False) -> dict[str, Any]:
        """PolicyTestSet."""
        shown = {
            **fields(self, "rows", "runs"),
            "row_count": len(self.rows),
            "updated_at": Stamp(self.runs[-1].created_at if self.runs else self.created_at),
            "last_run": self.runs[-1].wire(now) if self.runs else None,
        }
        return {**shown, "rows": self.rows} if whole else shown

    def baseline(self, now: float) -> "Run | None":
        """The earliest completed run."""
        return next((run for run in self.runs if run.status(now) == "completed"), None)


@dataclass(slots=True, eq=False)
class Run:
    """One execution. ``results`` are computed at the start, but only reported once it has ended."""

    id: str
    task_id: str
    set_id: str
    config_key: str
    created_at: float
    triggered_by: str
    config_updated_at: float | None
    results: list[dict[str, Any]]
    metrics: dict[str, Any]
    rows_total: int
    error: str = ""

    @property
    def seconds(self) -> float:
        """How long it is reported to take."""
        return QUEUED_SECONDS + self.rows_total * SECONDS_A_ROW

    def status(self, now: float) -> str:
        """The names of the statuses are not in any source that was read (?)."""
        if now < self.created_at + QUEUED_SECONDS:
            return "pending"
        if now < self.created_at + self.seconds:
            return "running"
        return "failed" if self.error else "completed"

    def wire(self, now: float) -> dict[str, Any]:
        """PolicyTestRun."""
        status = self.status(now)
        ended = status in ("completed", "failed")
        since = max(0.0, now - self.created_at - QUEUED_SECONDS)
        done = 0 if self.error else min(self.rows_total, int(since / SECONDS_A_ROW))
        return {
            **fields(self, "results", "error"),
            "status": status,
            "rows_completed": self.rows_total if status == "completed" else done,
            "started_at": None if status == "pending" else Stamp(self.created_at + QUEUED_SECONDS),
            "completed_at": Stamp(self.created_at + self.seconds) if ended else None,
            "error_message": self.error or None if ended else None,
            "metrics": self.metrics if status == "completed" else None,
        }


class PolicyTests:
    """Keeps sets and runs them."""

    def __init__(self, state: State, judging: Judging, accounts: Accounts) -> None:
        self._state = state
        self._judging = judging
        self._accounts = accounts
        self.sets: Collection[TestSet] = Collection("policy test set {} does not exist")
        self.runs: Collection[Run] = Collection("policy test run {} does not exist")

    def create(self, wanted: NewSet, by: str) -> TestSet:
        """A new set, made of given rows or of what was moderated lately.

        Raises:
            ApiError: 400, no name, no such mode, neither or both of rows and seed, too many rows.
        """
        if (wanted.rows is None) == (wanted.seed is None):
            raise input_error("either rows or seed is required")
        given: list[Row] = msgspec.to_builtins(wanted.rows or [])
        chosen = self._seeded(wanted.seed) if wanted.seed else given
        if not 1 <= len(chosen) <= MAX_ROWS:
            raise input_error(f"a set holds 1 to {MAX_ROWS} rows")
        made = TestSet(
            id=self._state.new_id(),
            name=wanted.name,
            mode=wanted.mode or "check",
            config_key=wanted.config_key or "",
            rows=chosen,
            created_by=by,
            created_at=self._state.now(),
            team=wanted.team or "",
        )
        self.sets[made.id] = made
        return made

    def run(self, set_id: str, by: str) -> Run:
        """Judge every row of a set now.

        Raises:
            ApiError: 404; 400 while another run of it goes on.
        """
        tested, now = self.sets[set_id], self._state.now()
        if tested.runs and tested.runs[-1].status(now) in ("pending", "running"):
            raise input_error("a run of this set is going on")
        baseline = tested.baseline(now)
        run_id, error = self._state.new_id(), ""
        results: list[dict[str, Any]] = []
        config = self._judging.configs.get(tested.config_key)
        if tested.config_key and self._judging.evaluator_for(tested.config_key) is None:
            error = f"there is no policy with the key {tested.config_key}"
        else:
            results = [
                self._result(
                    run_id, tested, index, row, baseline.results[index] if baseline else None
                )
                for index, row in enumerate(tested.rows)
            ]
        run = Run(
            id=run_id,
            task_id="",
            set_id=set_id,
            config_key=tested.config_key,
            created_at=now,
            triggered_by=by,
            config_updated_at=config["updated_at"] if config else None,
            results=results,
            metrics=_metrics(tested.mode, results),
            rows_total=len(tested.rows),
            error=error,
        )
        task = self._accounts.task({"run_id": run_id, "set_id": set_id}, seconds=run.seconds)
        run.task_id = task.id
        tested.runs.append(run)
        self.runs[run_id] = run
        return run

    def drop(self, set_id: str) -> None:
        """Forget a set and its runs.

        Raises:
            ApiError: 404.
        """
        for run in self.sets.drop(set_id).runs:
            del self.runs[run.id]

    def _seeded(self, seed: Seed) -> list[Row]:
        """The latest texts of the review queue, expecting what was recommended then."""
        labels = set(seed.labels or ())
        found: list[Row] = [
            {
                "text": str(text),
                "labels": item.labels,
                "recommended_action": item.recommended_action,
                "content_type": item.entity_type,
                "policy": item.config_key,
            }
            for item in reversed(self._judging.items.values())
            if not labels or labels.intersection(item.labels)
            for text in item.payload.get("texts") or ()
            if text
        ]
        return found[: seed.limit]

    def _result(
        self, run_id: str, tested: TestSet, index: int, row: Row, before: Row | None
    ) -> dict[str, Any]:
        key = tested.config_key or str(row.get("policy") or "")
        found = self._judging.evaluator_for(key)
        action, labels, severity = "keep", [], "none"
        if found is not None:
            judgement = found[1].judge(str(row["text"]))
            action, labels = judgement.action, list(judgement.labels)
            severity = judgement.severity.value
        expected_action, expected_labels = row.get("recommended_action"), row.get("labels")
        if expected_action is None and expected_labels is None and before is not None:
            expected_action, expected_labels = before["actual_action"], before["actual_labels"]
        failures = []
        if tested.mode == "check" and expected_action not in (None, action):
            failures.append(f"expected {expected_action}, was {action}")
        if expected_labels is not None and set(expected_labels) != set(labels):
            failures.append("the labels differ")
        scored = expected_labels is not None or (
            tested.mode == "check" and expected_action is not None
        )
        return {
            "id": index + 1,
            "run_id": run_id,
            "row_index": index,
            "message_text": row["text"],
            "expected_action": expected_action,
            "expected_labels": expected_labels,
            "actual_action": action,
            "actual_labels": labels,
            "severity": severity,
            "scored": scored,
            "passed": not failures if scored else None,
            "failure_reason": "; ".join(failures) or None if scored else None,
            "raw_response": {"recommended_action": action, "labels": labels},
            "created_at": Stamp(self._state.now()),
        }


def _metrics(mode: str, results: list[dict[str, Any]]) -> dict[str, Any]:
    scored = [one for one in results if one["scored"]]
    passed = sum(1 for one in scored if one["passed"])
    by_label: dict[str, dict[str, int]] = {}
    for one in scored:
        expected, actual = set(one["expected_labels"] or ()), set(one["actual_labels"])
        for label in sorted(expected | actual):
            counts = by_label.setdefault(label, {"changed": 0, "same": 0})
            counts["same" if label in expected & actual else "changed"] += 1
    return {
        "mode": mode,
        "totals": {
            "rows": len(results),
            "scored": len(scored),
            "unscored": len(results) - len(scored),
            "passed": passed,
            "failed": len(scored) - passed,
        },
        "by_label": by_label,
    }
