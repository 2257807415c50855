"""Policy tests: sets and runs (STREAM.md 6.9)."""

from typing import Any

import msgspec
from msgspec import Struct

from console.sandbox.operation import Asked
from console.sandbox.policy_tests import RUNS_SHOWN, TestSet


class Row(Struct, omit_defaults=True):
    text: str
    labels: list[str] | None = None
    recommended_action: str | None = None
    content_type: str | None = None
    policy: str | None = None


class Seed(Struct):
    limit: int
    labels: list[str] | None = None


class NewSet(Struct):
    name: str
    config_key: str | None = None
    mode: str | None = None
    team: str | None = None
    rows: list[Row] | None = None
    seed: Seed | None = None


async def create_set(asked: Asked, wanted: NewSet) -> dict[str, Any]:
    rows = wanted.rows
    made = asked.world.policy_tests.create(
        wanted.name,
        mode=wanted.mode or "check",
        config_key=wanted.config_key or "",
        rows=None if rows is None else [msgspec.to_builtins(row) for row in rows],
        seed=msgspec.structs.asdict(wanted.seed) if wanted.seed else None,
        team=wanted.team or "",
        by=asked.who.user_id,
    )
    return _told(asked, made)


async def list_sets(asked: Asked) -> dict[str, Any]:
    now = asked.world.state.now()
    newest = reversed(asked.world.policy_tests.sets.values())
    return {"sets": [one.wire(now) for one in newest]}


async def get_set(asked: Asked) -> dict[str, Any]:
    return _told(asked, asked.world.policy_tests.sets[asked.path["id"]])


async def delete_set(asked: Asked) -> None:
    asked.world.policy_tests.drop(asked.path["id"])


async def start_run(asked: Asked) -> dict[str, Any]:
    run = asked.world.policy_tests.run(asked.path["id"], asked.who.user_id)
    return {"run": run.wire(asked.world.state.now())}


async def get_run(asked: Asked) -> dict[str, Any]:
    run, now = asked.world.policy_tests.runs[asked.path["id"]], asked.world.state.now()
    answer: dict[str, Any] = {"run": run.wire(now)}
    if run.status(now) == "completed":
        answer["results"] = run.results
    return answer


def _told(asked: Asked, one: TestSet) -> dict[str, Any]:
    now = asked.world.state.now()
    baseline = one.baseline(now)
    return {
        "set": one.wire(now, whole=True),
        "recent_runs": [run.wire(now) for run in one.runs[::-1][:RUNS_SHOWN]],
        "baseline_run_id": baseline.id if baseline else None,
    }
