"""The rest of what the sandbox serves, once each, by ``Stream`` and ``AsyncStream``."""

import asyncio

import pytest
from getstream.models import (
    CallRequest,
    CallRuleActionSequence,
    CallSettingsRequest,
    ClosedCaptionRuleParameters,
    CustomCheckFlag,
    MemberRequest,
    RuleBuilderCondition,
    ScreensharingSettingsRequest,
    SortParamRequest,
    UpdateUserPartialRequest,
    UpsertActionConfigItem,
    UserRequest,
)

from tests.patience import patient

CID = "default:talk"
ENTITY = "stream:v1:utterance"
BY = "moderator"


async def _task(do, task_id):
    async with asyncio.timeout(patient(10)):
        while True:
            found = await do(do.sdk.get_task, id=task_id)
            if found.status == "completed":
                return found.result
            await asyncio.sleep(0.05)


async def test_accounts(sandbox, sign_in):
    do = sign_in()
    sdk = do.sdk
    await do(sdk.update_users_partial, users=[UpdateUserPartialRequest(id="cy", set={"name": "C"})])
    await do(sdk.deactivate_user, user_id="dora", created_by_id=BY)
    assert (await do(sdk.reactivate_user, user_id="dora")).user.id == "dora"
    off = await do(sdk.deactivate_users, user_ids=["dora", "nobody"])
    results = await _task(do, off.task_id)
    assert results["dora"] == {"status": "ok"}
    assert results["nobody"]["status"] == "error"
    on = await do(sdk.reactivate_users, user_ids=["dora"])
    assert await _task(do, on.task_id) == {"dora": {"status": "ok"}}
    await do(sdk.block_users, blocked_user_id="bo", user_id="cy")
    blocks = (await do(sdk.get_blocked_users, user_id="cy")).blocks
    assert [(one.user.name, one.blocked_user.id) for one in blocks] == [("C", "bo")]
    await do(sdk.unblock_users, blocked_user_id="bo", user_id="cy")
    assert (await do(sdk.get_blocked_users, user_id="cy")).blocks == []
    guest = await do(sdk.create_guest, user=UserRequest(id="visitor", name="Visitor"))
    assert (guest.user.role, guest.user.name) == ("guest", "Visitor")
    await do(sdk.upsert_users, UserRequest(id="gone"))
    gone = await do(sdk.delete_users, user_ids=["gone"])
    assert await _task(do, gone.task_id) == {"gone": {"status": "ok"}}
    assert (await sandbox.status())["unknown"] == 0


async def test_call_types(sandbox, sign_in):
    do = sign_in()
    silent = ScreensharingSettingsRequest(enabled=False, access_request_enabled=False)
    made = await do(
        do.video.create_call_type,
        name="court",
        settings=CallSettingsRequest(screensharing=silent),
        grants={"user": ["read-call", "join-call"]},
    )
    assert made.settings.screensharing.enabled is False
    await do(do.video.update_call_type, name="court", grants={"user": ["read-call"]})
    assert (await do(do.video.get_call_type, name="court")).grants["user"] == ["read-call"]
    types = (await do(do.video.list_call_types)).call_types
    assert sorted(types) == ["audio_room", "court", "default", "development", "livestream"]
    await do(do.video.delete_call_type, name="court")
    assert "court" not in (await do(do.video.list_call_types)).call_types
    assert (await sandbox.status())["unknown"] == 0


@pytest.mark.parametrize(
    ("start", "stop", "arguments", "is_on"),
    [
        ("start_recording", "stop_recording", ("composite",), lambda call: call.recording),
        ("start_transcription", "stop_transcription", (), lambda call: call.transcribing),
        (
            "start_frame_recording",
            "stop_frame_recording",
            (),
            lambda call: call.egress.frame_recording is not None,
        ),
        (
            "start_hls_broadcasting",
            "stop_hls_broadcasting",
            (),
            lambda call: call.egress.broadcasting,
        ),
    ],
)
async def test_egress(sign_in, start, stop, arguments, is_on):
    do = sign_in()
    talk = do.video.call("default", "talk")
    await do(getattr(talk, start), *arguments)
    assert is_on((await do(talk.get)).call)
    await do(getattr(talk, stop), *arguments)
    assert not is_on((await do(talk.get)).call)


async def test_the_life_of_a_call(sandbox, sign_in):
    do = sign_in()
    talk = do.video.call("default", "talk")
    assert (await do(talk.list_recordings)).recordings == []
    assert (await do(talk.list_transcriptions)).transcriptions == []
    await do(talk.update_call_members, update_members=[MemberRequest(user_id="bo")])
    assert (await do(talk.ring, members_ids=["bo"])).members_ids == ["bo"]
    ana = (await do(talk.get)).call.session.participants[0]
    for pin in (talk.video_pin, talk.video_unpin):
        await do(pin, user_id=ana.user.id, session_id=ana.user_session_id)
    await do(talk.collect_user_feedback, rating=5, sdk="python", sdk_version="7")
    await do(do.video.report_client_call_event, events=[])
    brief = do.video.call("default", "brief")
    await do(brief.get_or_create, data=CallRequest(created_by_id="ana"))
    wiped = await do(brief.delete, hard=True)
    assert await _task(do, wiped.task_id) == {"default:brief": {"status": "ok"}}
    assert (await sandbox.status())["unknown"] == 0


async def test_reports_and_the_review_queue(sandbox, sign_in):
    do = sign_in()
    moderation = do.moderation
    await do(
        moderation.flag,
        entity_type=ENTITY,
        entity_id="1",
        entity_creator_id="bo",
        reason="rude",
        user_id="cy",
    )
    found = await do(
        moderation.custom_check,
        entity_type=ENTITY,
        entity_id="2",
        entity_creator_id="bo",
        flags=[CustomCheckFlag(type="custom_check_text", labels=["SPAM"], reason="model")],
    )
    assert found.item.flags[0].labels == ["SPAM"]
    assert (await do(moderation.get_flag_count, entity_creator_id="bo")).count == 2
    flags = (await do(moderation.query_moderation_flags, filter={"entity_id": "1"})).flags
    assert [one.user.id for one in flags] == ["cy"]
    inbox = await do(
        moderation.query_review_queue,
        filter={"reviewed": False},
        sort=[SortParamRequest(field="created_at", direction=1)],
        user_id=BY,
    )
    assert [one.entity_id for one in inbox.items] == ["1", "2"]
    one = (await do(moderation.get_review_queue_item, id=found.item.id)).item
    assert one.entity_id == "2"
    reviewed = {"action_type": "mark_reviewed", "item_id": one.id, "user_id": BY}
    await do(moderation.submit_action, **reviewed)
    logs = (await do(moderation.query_moderation_logs)).logs
    assert [(line.type, line.user_id) for line in logs] == [("mark_reviewed", BY)]
    mutes = (await do(moderation.mute, target_ids=["bo"], user_id="cy", timeout=5)).mutes
    assert [(mute.user.id, mute.target.id) for mute in mutes] == [("cy", "bo")]
    await do(moderation.unmute, target_ids=["bo"], user_id="cy")
    assert (await sandbox.status())["unknown"] == 0


async def test_what_the_dashboard_keeps(sandbox, sign_in):
    do = sign_in()
    moderation = do.moderation
    ban = {"action": "ban", "entity_type": ENTITY, "order": 1}
    kept = (await do(moderation.upsert_action_config, **ban, user_id=BY)).action_config
    more = [UpsertActionConfigItem(action="custom", entity_type=ENTITY, order=2)]
    await do(moderation.bulk_upsert_action_config, action_configs=more, user_id=BY)
    only_ours = {"entity_type": ENTITY, "exclude_defaults": True, "user_id": BY}
    offered = (await do(moderation.get_action_config, **only_ours)).action_config[ENTITY]
    assert [one.action for one in offered] == ["ban", "custom"]
    await do(moderation.delete_action_config, id=kept.id, user_id=BY)
    await do(moderation.bulk_delete_action_config, ids=[offered[1].id], user_id=BY)

    view = {"name": "Ones", "type": "personal_view", "filters": {"entity_id": "1"}}
    queue = (await do(moderation.create_queue, **view, user_id=BY)).queue
    await do(moderation.update_queue, id=queue.id, name="First", user_id=BY)
    assert (await do(moderation.get_queue, id=queue.id, user_id=BY)).queue.name == "First"
    assert len((await do(moderation.list_queues, user_id=BY)).queues) == 1
    await do(moderation.delete_queue, id=queue.id, user_id=BY)

    condition = RuleBuilderCondition(
        type="closed_caption_rule",
        closed_caption_rule_params=ClosedCaptionRuleParameters(
            threshold=1, harm_labels=["INSULT"], llm_harm_labels={}
        ),
    )
    strikes = CallRuleActionSequence(violation_number=1, actions=["warning"])
    rule = await do(
        moderation.upsert_moderation_rule,
        name="Three strikes",
        rule_type="call",
        enabled=True,
        config_keys=["custom:captions"],
        conditions=[condition],
        action_sequences=[strikes],
        user_id=BY,
    )
    stored = (await do(moderation.get_moderation_rule, id=rule.rule.id)).rule
    assert (stored.name, stored.action_sequences[0].actions) == ("Three strikes", ["warning"])
    assert len((await do(moderation.query_moderation_rules)).rules) == 1
    await do(moderation.delete_moderation_rule, id=rule.rule.id, user_id=BY)
    assert (await do(moderation.query_moderation_rules)).rules == []

    await do(do.sdk.create_block_list, name="one-word", words=["nitwit"])
    assert (await do(do.sdk.get_block_list, name="one-word")).blocklist.words == ["nitwit"]
    await do(do.sdk.delete_block_list, name="one-word")
    assert (await sandbox.status())["unknown"] == 0
