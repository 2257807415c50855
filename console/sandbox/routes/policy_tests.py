"""Policy tests: sets and runs (STREAM.md 6.9)."""

from typing import Any

from console.sandbox.operation import Asked
from console.sandbox.policy_tests import RUNS_SHOWN, NewSet, TestSet


async def create_set(asked: Asked, wanted: NewSet) -> dict[str, Any]:
    return _rendered(asked, asked.world.policy_tests.create(wanted, asked.who.user_id))


async def list_sets(asked: Asked) -> dict[str, Any]:
    now = asked.world.state.now()
    newest = reversed(asked.world.policy_tests.sets.values())
    return {"sets": [one.wire(now) for one in newest]}


async def get_set(asked: Asked) -> dict[str, Any]:
    return _rendered(asked, asked.world.policy_tests.sets[asked.path["id"]])


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


def _rendered(asked: Asked, one: TestSet) -> dict[str, Any]:
    now = asked.world.state.now()
    baseline = one.baseline(now)
    return {
        "set": one.wire(now, whole=True),
        "recent_runs": [run.wire(now) for run in one.runs[::-1][:RUNS_SHOWN]],
        "baseline_run_id": baseline.id if baseline else None,
    }
