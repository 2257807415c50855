"""Appeals and what is decided about them, through the SDK."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import (
    ModerationPayload,
    RejectAppealRequestPayload,
    RestoreActionRequestPayload,
    UnbanActionRequestPayload,
)

E = "stream:v1:utterance"


@pytest.fixture
async def removed(sandbox):
    """Bo's line was removed, cy is banned; what webhooks would tell is in ``told``."""
    rules = {"enabled": True, "rules": [{"name": "words", "action": "remove"}]}
    sandbox.world.judging.put_blocklist({"name": "words", "words": ["nitwit"]})
    sandbox.world.judging.put_config("k", {"block_list_config": rules})
    await sandbox.server().moderation.check(
        entity_type=E,
        entity_id="1",
        entity_creator_id="bo",
        config_key="k",
        moderation_payload=ModerationPayload(texts=["nitwit"]),
    )
    sandbox.world.sanctions.ban("cy", "moderator")
    return sandbox


@pytest.fixture
def told(removed):
    heard = []
    removed.world.state.events.listen(lambda event: heard.append(event.type))
    return heard


async def _appeals(peer, user="bo", entity_type=E, entity_id="1", **more):
    answer = await peer.user(user).moderation.appeal(
        appeal_reason="It was a quotation.",
        entity_type=entity_type,
        entity_id=entity_id,
        **more,
    )
    return answer.data.appeal_id


async def test_an_appeal_is_found_on_its_item_and_by_its_own_questions(removed, told):
    appeal_id = await _appeals(removed, attachments=["https://example.org/proof.png"])
    assert told == ["appeal.created"]
    staff = removed.user().moderation
    (item,) = (await staff.query_review_queue(filter={"appeal": True})).data.items
    assert (item.appeal.id, item.appeal.status) == (appeal_id, "submitted")
    found = (await staff.query_review_queue(filter={"appeal_status": "accepted"})).data.items
    assert found == []
    found = (await removed.user("bo").moderation.get_appeal(appeal_id)).data.item
    assert (found.appeal_reason, found.user.id) == ("It was a quotation.", "bo")
    assert found.entity_content.texts == ["nitwit"]
    assert found.attachments == ["https://example.org/proof.png"]
    with pytest.raises(StreamApiException) as refused:
        await removed.user("ana").moderation.get_appeal(appeal_id)
    assert refused.value.status_code == 403


async def test_restoring_the_item_accepts_the_appeal(removed, told):
    appeal_id = await _appeals(removed)
    staff = removed.user().moderation
    (item,) = (await staff.query_review_queue()).data.items
    answer = await staff.submit_action(
        action_type="restore",
        item_id=item.id,
        restore=RestoreActionRequestPayload(decision_reason="Quoted indeed."),
    )
    decided = answer.data.appeal_item
    assert (decided.id, decided.status) == (appeal_id, "accepted")
    assert decided.decision_reason == "Quoted indeed."
    assert decided.moderation_action.type == "restore"
    assert answer.data.item.reviewed_by == "moderator"
    assert told == ["appeal.created", "review_queue_item.updated", "appeal.accepted"]


async def test_a_rejection_needs_a_reason(removed, told):
    appeal_id = await _appeals(removed)
    staff = removed.user().moderation
    with pytest.raises(StreamApiException) as refused:
        await staff.submit_action(action_type="reject_appeal", appeal_id=appeal_id)
    assert refused.value.status_code == 400
    answer = await staff.submit_action(
        action_type="reject_appeal",
        appeal_id=appeal_id,
        reject_appeal=RejectAppealRequestPayload(decision_reason="It was not."),
    )
    assert answer.data.appeal_item.status == "rejected"
    assert told[-1] == "appeal.rejected"
    with pytest.raises(StreamApiException, match="rejected already"):
        await staff.submit_action(
            action_type="restore", appeal_id=appeal_id, restore=RestoreActionRequestPayload()
        )


async def test_a_ban_is_appealed_and_lifted(removed, told):
    appeal_id = await _appeals(removed, "cy", "stream:user", "cy")
    answer = await removed.user().moderation.submit_action(
        action_type="unban", unban=UnbanActionRequestPayload(target_user_id="cy")
    )
    assert answer.data.appeal_item.id == appeal_id
    assert told == ["appeal.created", "user.unbanned", "appeal.accepted"]
    assert not removed.world.state.users["cy"].banned


async def test_several_at_once(removed, told):
    first = await _appeals(removed)
    second = await _appeals(removed, "cy", "stream:user", "cy")
    answer = await removed.server().moderation.bulk_action_appeals(
        action_type="restore", appeal_ids=[first, second, "nope"], user_id="moderator"
    )
    assert [one.appeal_item.status for one in answer.data.results] == ["accepted", "accepted"]
    assert [one.appeal_id for one in answer.data.errors] == ["nope"]
    assert not removed.world.state.users["cy"].banned
    mine = (await removed.user("bo").moderation.query_appeals()).data.items
    assert [one.id for one in mine] == [first]
    decided = await removed.user().moderation.query_appeals(filter={"status": "accepted"}, limit=1)
    assert (len(decided.data.items), bool(decided.data.next)) == (1, True)


async def test_appeals_that_are_refused(removed):
    async def status(user, entity_type, entity_id, reason="why"):
        with pytest.raises(StreamApiException) as refused:
            await removed.user(user).moderation.appeal(
                appeal_reason=reason, entity_type=entity_type, entity_id=entity_id
            )
        return refused.value.status_code

    assert await status("bo", E, "never checked") == 404
    assert await status("ana", E, "1") == 403
    assert await status("ana", "stream:user", "cy") == 403
    assert await status("ana", "stream:user", "ana") == 404
    assert await status("bo", E, "1", "x" * 501) == 400
    await _appeals(removed)
    assert await status("bo", E, "1") == 400


async def test_what_was_only_flagged_cannot_be_appealed_before_somebody_looked(removed):
    await removed.user("ana").moderation.flag(
        entity_type=E, entity_id="2", entity_creator_id="bo", reason="rude"
    )
    with pytest.raises(StreamApiException, match="nothing was decided"):
        await _appeals(removed, entity_id="2")
