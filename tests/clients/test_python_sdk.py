"""Stream's Python SDK over a socket: ``Stream`` and ``AsyncStream``, with secret and with token.

A warning fails a test, so an answer that lacks a field the SDK requires does too.
"""

import asyncio
import time
from datetime import timedelta

import pytest
from getstream.exceptions import StreamApiException, StreamRateLimitException
from getstream.models import (
    BanActionRequestPayload,
    BlockListConfig,
    BlockListRule,
    CallRequest,
    CallSettingsRequest,
    EventHook,
    MemberRequest,
    ModerationPayload,
    QueryBannedUsersPayload,
    QueryUsersPayload,
    ScreensharingSettingsRequest,
    SortParamRequest,
    UnbanActionRequestPayload,
    UserRequest,
)
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from console.sandbox.server import serving
from tests.patience import patient

CID = "default:talk"
KEY = "custom:captions"


async def _refusal(answer):
    with pytest.raises(StreamApiException) as refused:
        await answer
    return refused.value.status_code, refused.value.code


def _near_now(moment):
    return abs(moment.timestamp() - time.time()) < 120


async def test_users_and_calls_with_the_secret(sandbox, sign_in):
    do = sign_in()
    await do(do.sdk.upsert_users, UserRequest(id="eve", name="Eve", role="user"))
    payload = QueryUsersPayload(filter_conditions={"id": {"$in": ["eve", "ana"]}})
    users = (await do(do.sdk.query_users, payload=payload)).users
    assert sorted((one.id, one.name) for one in users) == [("ana", "Ana"), ("eve", "Eve")]

    call = do.video.call("default", "made-by-python")
    made = await do(
        call.get_or_create,
        data=CallRequest(
            created_by_id="eve",
            custom={"name": "From Python"},
            members=[MemberRequest(user_id="ana", role="host")],
            settings_override=CallSettingsRequest(
                screensharing=ScreensharingSettingsRequest(
                    enabled=False, access_request_enabled=False
                )
            ),
        ),
    )
    assert (made.created, made.call.created_by.id) == (True, "eve")
    assert made.call.settings.screensharing.enabled is False
    assert _near_now(made.call.created_at)
    assert not (await do(call.get_or_create)).created
    assert (await do(call.update, custom={"name": "Renamed"})).call.custom == {"name": "Renamed"}
    await do(
        call.update_call_members,
        update_members=[MemberRequest(user_id="bo")],
        remove_members=["ana"],
    )
    members = await do(do.video.query_call_members, type="default", id="made-by-python")
    assert [one.user_id for one in members.members] == ["bo"]
    sort = [SortParamRequest(field="cid", direction=1)]
    first = await do(do.video.query_calls, sort=sort, limit=2)
    second = await do(do.video.query_calls, sort=sort, limit=2, next=first.next)
    pages = [[one.call.cid for one in page.calls] for page in (first, second)]
    assert pages == [["audio_room:lounge", "default:made-by-python"], ["default:talk"]]
    assert second.next is None
    await do(call.end)
    assert _near_now((await do(call.get)).call.ended_at)

    assert (await do(do.sdk.get_app)).app.name
    assert (await do(do.video.get_edges)).edges
    assert "QueryCalls" in (await do(do.sdk.get_rate_limits, server_side=True)).server_side
    assert await _refusal(do(do.video.call("default", "nowhere").get)) == (404, 16)
    assert (await sandbox.status())["unknown"] == 0


async def test_acts_with_the_secret(sandbox, sign_in):
    do = sign_in()
    talk = do.video.call("default", "talk")
    present = await do(talk.query_call_participants, filter_conditions={}, limit=2)
    assert (present.total_participants, len(present.participants)) == (3, 2)
    assert _near_now(present.participants[0].joined_at)
    await do(talk.mute_users, user_ids=["bo"], audio=True, muted_by_id="moderator")
    await do(talk.update_user_permissions, user_id="cy", revoke_permissions=["send-audio"])
    await do(talk.block_user, user_id="cy")
    assert (await do(talk.get)).call.blocked_user_ids == ["cy"]
    await do(talk.unblock_user, user_id="cy")
    await do(talk.kick_user, user_id="ana", kicked_by_id="moderator")
    await do(talk.send_call_event, user_id="moderator", custom={"kind": "note"})
    await do(talk.stop_closed_captions)
    assert (await do(talk.get)).call.captioning is False
    await do(talk.start_closed_captions)
    assert (await do(talk.get)).call.captioning is True
    await do(talk.send_closed_caption, speaker_id="bo", text="Typed by hand.", user_id="bo")
    lounge = do.video.call("audio_room", "lounge")
    assert (await do(lounge.go_live)).call.backstage is False
    assert (await do(lounge.stop_live)).call.backstage is True

    people = {one["user_id"]: one for one in (await sandbox.control(f"/people/{CID}"))["people"]}
    assert (people["bo"]["present"], people["bo"]["live"]) == (True, [])
    assert (people["cy"]["present"], people["cy"]["blocked"]) == (False, False)
    assert people["cy"]["permissions"] == ["screenshare", "send-video"]
    assert "ana" not in people
    said = (await sandbox.control("/spoken"))["captions"]
    assert [(one["speaker"], one["text"]) for one in said] == [("bo", "Typed by hand.")]
    assert (await sandbox.status())["unknown"] == 0


async def test_moderation_with_the_secret(sandbox, sign_in):
    do = sign_in()

    async def check(text):
        return await do(
            do.moderation.check,
            entity_type="stream:v1:utterance",
            entity_id=text,
            entity_creator_id="bo",
            config_key=KEY,
            moderation_payload=ModerationPayload(texts=[text], custom={"cid": CID}),
        )

    await do(do.sdk.create_block_list, name="insults", words=["nitwit"])
    rules = BlockListConfig(enabled=True, rules=[BlockListRule(name="insults", action="remove")])
    await do(do.moderation.upsert_config, key=KEY, block_list_config=rules)
    config = (await do(do.moderation.get_config, key=KEY)).config
    assert [rule.action for rule in config.block_list_config.rules] == ["remove"]
    assert (await check("Good evening to you.")).recommended_action == "keep"
    removed = await check("You nitwit.")
    assert (removed.recommended_action, removed.status) == ("remove", "complete")
    assert removed.item.flags[0].labels == ["insults"]
    await do(
        do.moderation.submit_action,
        action_type="ban",
        item_id=removed.item.id,
        user_id="moderator",
        ban=BanActionRequestPayload(timeout=60, reason="insults"),
    )
    banned = QueryBannedUsersPayload(filter_conditions={})
    bans = (await do(do.sdk.chat.query_banned_users, payload=banned)).bans
    assert [(one.user.id, one.reason) for one in bans] == [("bo", "insults")]
    assert (await sandbox.person(CID, "bo"))["banned"] is True
    await do(do.moderation.unban, target_user_id="bo", unbanned_by_id="moderator")
    await do(do.moderation.ban, target_user_id="cy", timeout=1, banned_by_id="moderator")
    await do(do.moderation.delete_config, key=KEY)
    assert await _refusal(do(do.moderation.get_config, key=KEY)) == (404, 16)

    assert (await sandbox.person(CID, "bo"))["banned"] is False
    assert (await sandbox.person(CID, "cy"))["banned"] is True
    assert (await sandbox.status())["unknown"] == 0


async def test_a_moderator_with_a_token(sandbox, sign_in):
    do = sign_in("moderator")
    talk = do.video.call("default", "talk")
    assert "mute-users" in (await do(talk.get)).own_capabilities
    await do(talk.mute_users, mute_all_users=True, audio=True)
    await do(do.moderation.ban, target_user_id="bo", timeout=5)
    await do(
        do.moderation.submit_action,
        action_type="unban",
        unban=UnbanActionRequestPayload(target_user_id="bo"),
    )
    check = do(do.moderation.check, entity_type="x", entity_id="1", entity_creator_id="bo")
    assert await _refusal(check) == (403, 17)
    assert await _refusal(do(do.sdk.get_rate_limits)) == (403, 17)

    people = (await sandbox.control(f"/people/{CID}"))["people"]
    assert [(one["user_id"], one["live"], one["banned"]) for one in people] == [
        ("ana", [], False),
        ("bo", [], False),
        ("cy", [], False),
    ]


async def test_a_listener_with_a_token(sandbox, sign_in):
    do = sign_in("dora")
    lounge = do.video.call("audio_room", "lounge")
    assert "mute-users" not in (await do(lounge.get)).own_capabilities
    mute = do(lounge.mute_users, user_ids=["ana"], audio=True)
    assert await _refusal(mute) == (403, 17)
    assert await _refusal(do(do.moderation.ban, target_user_id="ana")) == (403, 17)
    assert (await sandbox.person("audio_room:lounge", "ana"))["live"] == ["audio"]


async def test_too_many_requests(sandbox, sign_in):
    do = sign_in()
    await sandbox.control("/faults", {"kind": "rate_limit", "path": "/calls", "retry_after": 7})
    with pytest.raises(StreamRateLimitException) as limited:
        await do(do.video.query_calls)
    assert limited.value.status_code == 429
    assert limited.value.retry_after == timedelta(seconds=7)
    assert (await do(do.video.query_calls)).calls


async def test_a_webhook_is_verified(sign_in):
    got: asyncio.Queue[tuple[bytes, str]] = asyncio.Queue()

    async def take(request):
        await got.put((await request.body(), request.headers["x-signature"]))
        return Response()

    do = sign_in()
    async with serving(Starlette(routes=[Route("/hook", take, methods=["POST"])])) as address:
        hook = EventHook(id="web", hook_type="webhook", webhook_url=f"{address.base_url}/hook")
        await do(do.sdk.update_app, event_hooks=[hook])
        await do(do.video.call("default", "talk").unblock_user, user_id="cy")
        body, signature = await asyncio.wait_for(got.get(), patient(10))
    event = do.sdk.verify_and_parse_webhook(body, signature)
    assert (event.type, event.call_cid, event.user.id) == ("call.unblocked_user", CID, "cy")
    assert do.sdk.verify_signature(body, signature)
    assert not do.sdk.verify_signature(body + b" ", signature)
