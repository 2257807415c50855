"""Policy test sets of the app: made of a run's rows, run there, and compared (STREAM.md 6.9)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.plain_text import visible
from console.domain.verdict import FLAG, KEEP
from console.engine.wire.asking import Asking
from console.protocol.lab_runs import RunProgress, RunRow
from console.protocol.lab_stream import (
    LabelDrift,
    RunOnStream,
    StreamRow,
    StreamRunFinished,
    TestSet,
)

SETS = "/api/v2/moderation/policy_tests/sets"
RUNS = "/api/v2/moderation/policy_tests/runs"
LOOK_EVERY_S = (0.2, 0.5, 1.0)
"""Between looks at a run; the last one repeats."""
RUN_LIMIT_S = 600.0
# Run statuses are not documented (STREAM.md 6.9): whatever else ends a run has completed_at.
_ENDED = ("completed", "failed", "error", "cancelled", "canceled")


T = TypeVar("T")


class _Result(Struct):
    row_index: int
    message_text: str = ""
    expected_action: str | None = None
    actual_action: str | None = None
    actual_labels: list[str] | None = None
    passed: bool | None = None
    scored: bool = False
    failure_reason: str | None = None


class _Drift(Struct):
    changed: int = 0
    same: int = 0


class _Metrics(Struct):
    by_label: dict[str, _Drift] | None = None


class _Run(Struct):
    id: str
    status: str = ""
    rows_total: int = 0
    rows_completed: int = 0
    error_message: str | None = None
    metrics: _Metrics | None = None
    completed_at: Any = None


class _RunAnswer(Struct):
    run: _Run
    results: list[_Result] | None = None


class _Set(Struct):
    id: str
    name: str = ""
    config_key: str = ""
    row_count: int = 0


class _SetAnswer(Struct):
    set: _Set
    baseline_run_id: str | None = None


class _Sets(Struct):
    sets: list[_Set]


def set_rows(rows: Sequence[RunRow]) -> list[dict[str, Any]]:
    """Rows for a new set: true labels where they are known, else what policy A recommended."""
    return [_set_row(row) for row in rows if row.text]


def _set_row(row: RunRow) -> dict[str, Any]:
    action = row.a.action
    if row.labels is None:
        return {"text": row.text, "recommended_action": action}
    if not row.labels:
        return {"text": row.text, "recommended_action": KEEP}
    wanted = action if action != KEEP else FLAG
    return {"text": row.text, "recommended_action": wanted, "labels": list(row.labels)}


async def sets_of_app(gateway: Asking) -> tuple[TestSet, ...]:
    """The app's sets. Raises WorldError."""
    answer = _read(await gateway.ask("GET", SETS), _Sets)
    return tuple(
        TestSet(each.id, each.name, each.config_key, each.row_count) for each in answer.sets
    )


async def run_on_stream(
    gateway: Asking,
    request: RunOnStream,
    rows: Sequence[RunRow],
    clock: Clock,
    progress: Callable[[RunProgress], None],
) -> StreamRunFinished:
    """Make the set unless the request names one, run it, and wait for the end.

    ``rows``: of the local run, for the new set and for comparing; empty without one.

    Raises:
        WorldError: Stream refused, its answers cannot be read, or it takes too long.
    """
    set_id = request.set_id or await _make_set(gateway, request, rows)
    path = f"{SETS}/{quote(set_id, safe='')}"
    run = _read(await gateway.ask("POST", f"{path}/runs"), _RunAnswer).run
    answer = await _wait(gateway, run, request.run_id, clock, progress)
    if answer.run.error_message or answer.results is None:
        reason = visible(answer.run.error_message or f"it ended as “{answer.run.status}”")
        raise WorldError(f"Stream did not finish the run: {reason.rstrip('.')}.")
    baseline = _read(await gateway.ask("GET", path), _SetAnswer).baseline_run_id
    before: list[_Result] = []
    if baseline and baseline != run.id:
        known = await gateway.ask("GET", f"{RUNS}/{quote(baseline, safe='')}")
        before = _read(known, _RunAnswer).results or []
    local = {at: row.a.action for at, row in enumerate(row for row in rows if row.text)}
    return _finished(request.run_id, set_id, answer, before, local)


async def _make_set(gateway: Asking, request: RunOnStream, rows: Sequence[RunRow]) -> str:
    made = set_rows(rows)
    if not made:
        raise WorldError("There are no lines to make a test set of.")
    body = {
        "name": request.name or f"Lab {request.run_id[:8]}",
        "config_key": request.config_key,
        "mode": "check",
        "rows": made,
    }
    return _read(await gateway.ask("POST", SETS, body), _SetAnswer).set.id


async def _wait(
    gateway: Asking,
    run: _Run,
    run_id: str,
    clock: Clock,
    progress: Callable[[RunProgress], None],
) -> _RunAnswer:
    until = clock.monotonic() + RUN_LIMIT_S
    looks = 0
    while clock.monotonic() < until:
        answer = _read(await gateway.ask("GET", f"{RUNS}/{quote(run.id, safe='')}"), _RunAnswer)
        run = answer.run
        progress(
            RunProgress(
                run_id=run_id,
                done=run.rows_completed,
                total=run.rows_total,
                status=visible(run.status),
            )
        )
        if answer.results is not None or run.completed_at or run.status in _ENDED:
            return answer
        await clock.sleep(LOOK_EVERY_S[min(looks, len(LOOK_EVERY_S) - 1)])
        looks += 1
    raise WorldError("Stream did not finish the run in ten minutes.", "Look at its dashboard.")


def _finished(
    run_id: str,
    set_id: str,
    answer: _RunAnswer,
    before: Sequence[_Result],
    local: Mapping[int, str],
) -> StreamRunFinished:
    baseline = {each.row_index: each.actual_action or "" for each in before}
    by_label = answer.run.metrics.by_label if answer.run.metrics else None
    return StreamRunFinished(
        run_id=run_id,
        set_id=set_id,
        drift=tuple(
            LabelDrift(label, each.changed, each.same)
            for label, each in sorted((by_label or {}).items())
        ),
        rows=tuple(_row(each, baseline, local) for each in answer.results or ()),
    )


def _row(result: _Result, baseline: Mapping[int, str], local: Mapping[int, str]) -> StreamRow:
    return StreamRow(
        index=result.row_index,
        text=result.message_text,
        expected_action=result.expected_action or "",
        actual_action=result.actual_action or "",
        actual_label=", ".join(result.actual_labels or ()),
        passed=bool(result.passed),
        scored=result.scored,
        reason=visible(result.failure_reason or ""),
        local_action=local.get(result.row_index, ""),
        baseline_action=baseline.get(result.row_index, ""),
    )


def _read(untrusted: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(untrusted, kind)
    except msgspec.ValidationError as error:
        reason = visible(str(error))[:200]
        raise WorldError(f"Stream's answer could not be read: {reason}.") from error
