"""Saved queues and action configs through the SDK."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import UpsertActionConfigItem


async def test_queues(sandbox):
    moderation = sandbox.user().moderation
    for entity in ("1", "2"):
        await sandbox.user("cy").moderation.flag(
            entity_type=f"kind:{entity}", entity_id=entity, reason="x"
        )
    made = (
        await moderation.create_queue(
            name="Ones", type="personal_view", filters={"entity_type": "kind:1"}
        )
    ).data.queue
    assert (made.item_count, made.created_by) == (1, "moderator")
    await moderation.update_queue(id=made.id, name="First", filters={"reviewed": False})
    queue = (await moderation.get_queue(id=made.id)).data.queue
    assert (queue.name, queue.item_count, queue.type) == ("First", 2, "personal_view")
    assert [one.id for one in (await moderation.list_queues()).data.queues] == [made.id]
    await moderation.delete_queue(id=made.id)
    with pytest.raises(StreamApiException) as gone:
        await moderation.get_queue(id=made.id)
    assert gone.value.status_code == 404


async def test_queues_that_are_refused(sandbox):
    moderation = sandbox.user().moderation
    for wanted in (
        {"name": "x" * 256, "type": "personal_view"},
        {"name": "", "type": "personal_view"},
        {"name": "x", "type": "heap"},
    ):
        with pytest.raises(StreamApiException) as refused:
            await moderation.create_queue(**wanted)
        assert refused.value.status_code == 400
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user("cy").moderation.list_queues()
    assert refused.value.code == 17


async def test_action_configs(sandbox):
    moderation = sandbox.user().moderation
    own = (
        await moderation.upsert_action_config(action="ban", entity_type="kind", order=3)
    ).data.action_config
    await moderation.bulk_upsert_action_config(
        action_configs=[UpsertActionConfigItem(action="custom", entity_type="kind", order=1)]
    )

    async def offered(**query):
        found = (await moderation.get_action_config(entity_type="kind", **query)).data
        return [one.action for one in found.action_config["kind"]]

    assert await offered(exclude_defaults=True) == ["custom", "ban"]
    assert (await offered(only_defaults=True))[0] == "mark_reviewed"
    assert (await offered())[:3] == ["custom", "ban", "mark_reviewed"]
    await moderation.delete_action_config(id=own.id)
    assert await offered(exclude_defaults=True) == ["custom"]
    with pytest.raises(StreamApiException, match="order"):
        await moderation.upsert_action_config(action="ban", entity_type="kind", order=101)


async def test_the_queue_offers_the_apps_own_actions(sandbox):
    moderation = sandbox.user().moderation
    await moderation.flag(entity_type="kind", entity_id="1")
    before = (await moderation.query_review_queue()).data
    assert before.action_config["kind"][0].action == "mark_reviewed"
    await moderation.upsert_action_config(action="kick_user", entity_type="kind", order=0)
    after = (await moderation.query_review_queue()).data
    assert [one.action for one in after.action_config["kind"]] == ["kick_user"]
