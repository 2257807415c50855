"""Policy tests and labels, through the SDK."""

import asyncio

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import ModerationPayload, PolicyTestRow, PolicyTestSeedSpec

from tests.patience import patient

LINES = [
    PolicyTestRow(text="you nitwit", recommended_action="remove", labels=["INSULT"]),
    PolicyTestRow(text="a fine day", recommended_action="flag"),
    PolicyTestRow(text="what a numpty"),
]


def _policy(world, *words, action="remove"):
    rules = {"enabled": True, "rules": [{"name": "words", "action": action}]}
    world.judging.put_blocklist({"name": "words", "words": list(words), "label": "INSULT"})
    world.judging.put_config("k", {"block_list_config": rules})


@pytest.fixture
def moderation(sandbox):
    _policy(sandbox.world, "nitwit")
    return sandbox.server().moderation


async def _finished(moderation, run):
    """The run once it has ended, and the statuses seen on the way."""
    seen = [run.status]
    async with asyncio.timeout(patient(10)):
        while seen[-1] not in ("completed", "failed"):
            await asyncio.sleep(0.01)
            answer = (await moderation.get_policy_test_run(run.id)).data
            seen.append(answer.run.status)
    return answer, list(dict.fromkeys(seen))


async def test_a_run_goes_on_and_ends_with_results(sandbox, moderation):
    made = (await moderation.create_policy_test_set(name="S", config_key="k", rows=LINES)).data
    assert (made.set.row_count, made.set.mode, made.recent_runs) == (3, "check", [])
    run = (await moderation.start_policy_test_run(made.set.id)).data.run
    assert (run.status, run.rows_total, run.rows_completed) == ("pending", 3, 0)
    early = (await moderation.get_policy_test_run(run.id)).data
    assert (early.results is None) == (early.run.status != "completed")
    answer, seen = await _finished(moderation, run)
    assert (seen[0], seen[-1]) == ("pending", "completed")
    assert answer.run.rows_completed == 3
    assert [one.passed for one in answer.results] == [True, False, None]
    assert answer.results[1].failure_reason == "expected flag, was keep"
    totals = answer.run.metrics.totals
    assert (totals.rows, totals.scored, totals.passed, totals.failed) == (3, 2, 1, 1)
    assert answer.run.metrics.by_label["INSULT"].same == 1
    task = await sandbox.ask(
        "GET", f"/api/v2/tasks/{run.task_id}", token=sandbox.keys.server_token()
    )
    assert task.json()["result"] == {"run_id": run.id, "set_id": made.set.id}


async def test_the_first_run_is_the_baseline_of_the_next(sandbox, moderation):
    rows = [PolicyTestRow(text="you nitwit"), PolicyTestRow(text="what a numpty")]
    made = (await moderation.create_policy_test_set(name="S", config_key="k", rows=rows)).data.set
    first, _ = await _finished(
        moderation, (await moderation.start_policy_test_run(made.id)).data.run
    )
    assert first.run.metrics.totals.unscored == 2
    _policy(sandbox.world, "nitwit", "numpty")
    second, _ = await _finished(
        moderation, (await moderation.start_policy_test_run(made.id)).data.run
    )
    assert [one.passed for one in second.results] == [True, False]
    drift = second.run.metrics.by_label["INSULT"]
    assert (drift.same, drift.changed) == (1, 1)
    found = (await moderation.get_policy_test_set(made.id)).data
    assert [run.id for run in found.recent_runs] == [second.run.id, first.run.id]
    assert found.baseline_run_id == first.run.id
    assert second.run.config_updated_at >= first.run.config_updated_at


async def test_a_replay_of_what_was_moderated(sandbox, moderation):
    for number, text in enumerate(("nitwit one", "fine", "nitwit two")):
        await moderation.check(
            entity_type="e",
            entity_id=str(number),
            entity_creator_id="bo",
            config_key="k",
            moderation_payload=ModerationPayload(texts=[text]),
        )
    seed = PolicyTestSeedSpec(limit=5, labels=["INSULT"])
    made = (await moderation.create_policy_test_set(name="S", seed=seed)).data.set
    assert [row.text for row in made.rows] == ["nitwit two", "nitwit one"]
    _policy(sandbox.world, "nitwit", action="flag")
    run = (await moderation.start_policy_test_run(made.id)).data.run
    answer, _ = await _finished(moderation, run)
    assert {(one.expected_action, one.actual_action) for one in answer.results} == {
        ("remove", "flag")
    }


async def test_a_policy_that_is_gone_fails_the_run(sandbox, moderation):
    made = (await moderation.create_policy_test_set(name="S", config_key="no", rows=LINES)).data
    run = (await moderation.start_policy_test_run(made.set.id)).data.run
    answer, _ = await _finished(moderation, run)
    assert (answer.run.status, answer.results) == ("failed", None)
    assert answer.run.error_message == "there is no policy with the key no"


async def test_sets_that_are_refused_and_deleted(sandbox, moderation):
    for wanted in (
        {"name": ""},
        {"name": "S"},
        {"name": "S", "rows": [], "config_key": "k"},
        {"name": "S", "rows": LINES * 400},
        {"name": "S", "rows": LINES, "mode": "vibes"},
        {"name": "S", "seed": PolicyTestSeedSpec(limit=5000)},
    ):
        with pytest.raises(StreamApiException) as refused:
            await moderation.create_policy_test_set(**wanted)
        assert refused.value.status_code == 400
    made = (await moderation.create_policy_test_set(name="S", rows=LINES)).data.set
    run = (await moderation.start_policy_test_run(made.id)).data.run
    with pytest.raises(StreamApiException, match="going on"):
        await moderation.start_policy_test_run(made.id)
    assert [one.id for one in (await moderation.list_policy_test_sets()).data.sets] == [made.id]
    await moderation.delete_policy_test_set(made.id)
    with pytest.raises(StreamApiException) as gone:
        await moderation.get_policy_test_run(run.id)
    assert gone.value.status_code == 404
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user().moderation.list_policy_test_sets()
    assert refused.value.status_code == 403


async def test_labels_are_answered_and_kept_unless_it_is_a_dry_run(sandbox, moderation):
    answer = (await moderation.labels(content="you nitwit", policy="k", content_id="1")).data
    assert (answer.recommended_action, answer.labels) == ("remove", ["INSULT"])
    assert (answer.masked_content, answer.fully_masked_content) == ("you n*****", "you ******")
    await moderation.labels(content="nitwit", policy="k", dry_run=True)
    await moderation.labels(content="fine", policy="k")
    found = (await moderation.query_label_results(filter={"labels": {"$in": ["INSULT"]}})).data
    assert [one.content for one in found.label_results] == ["you nitwit"]
    assert sandbox.world.judging.items == {}


async def test_analyze_at_once_and_later(sandbox, moderation):
    texts = {"title": "fine", "body": "you nitwit"}
    answer = (await moderation.analyze(config_key="k", texts=texts)).data
    assert (answer.status, answer.texts["title"].action) == ("complete", "keep")
    body = answer.texts["body"]
    assert (body.action, [one.name for one in body.classifications]) == ("remove", ["INSULT"])
    assert body.severity == body.severity.upper()
    told: list[str] = []
    sandbox.world.state.events.listen(lambda event: told.append(event.type))
    later = (await moderation.analyze(config_key="k", texts=texts, async_response=True)).data
    assert (later.status, later.texts) == ("pending", None)
    assert told == ["moderation.text_analysis.complete"]
    assert sandbox.world.judging.items == {}
