"""Webhooks, as an app's own server gets them and the SDK verifies them."""

import contextlib
import json
from typing import Any

import httpx
import pytest
from getstream import webhook
from getstream.exceptions import StreamApiException
from getstream.models import EventHook, ModerationPayload
from starlette.applications import Starlette

from console.sandbox.control import Control
from console.sandbox.timestamps import Form

CID = "default:talk"


async def _hooked(peer, *hooks):
    await peer.server().update_app(event_hooks=list(hooks))


def _web(receiver, *types, **more):
    return EventHook(
        id="ours", hook_type="webhook", webhook_url=receiver.url, event_types=list(types), **more
    )


async def test_a_webhook_is_signed_and_the_sdk_reads_it(sandbox, receiver):
    await _hooked(sandbox, _web(receiver, "call.blocked_user"))
    await sandbox.server().video.call("default", "talk").block_user(user_id="bo")
    await sandbox.webhooks.settled()
    ((headers, body),) = receiver.got
    assert headers["x-api-key"] == sandbox.api_key
    assert headers["x-webhook-attempt"] == "1"
    assert headers["content-type"] == "application/json"
    signature = headers["x-signature"]
    event = webhook.verify_and_parse_webhook(body, signature, sandbox.api_secret)
    assert (event.type, event.call_cid, event.user.id) == ("call.blocked_user", CID, "bo")
    assert event.created_at.timestamp() == pytest.approx(sandbox.world.state.now(), abs=30)
    with pytest.raises(webhook.InvalidWebhookError, match="signature"):
        webhook.verify_and_parse_webhook(body + b" ", signature, sandbox.api_secret)


async def test_moderation_events_go_to_webhooks_and_to_no_socket(served_sandbox, receiver):
    peer, server = served_sandbox, served_sandbox.server()
    peer.world.judging.put_blocklist({"name": "words", "words": ["nitwit"]})
    rules = {"enabled": True, "rules": [{"name": "words", "action": "flag"}]}
    peer.world.judging.put_config("k", {"block_list_config": rules})
    await _hooked(peer, _web(receiver, product="moderation"))
    async with peer.socket() as socket:
        for number, text in enumerate(("fine", "nitwit")):
            await server.moderation.check(
                entity_type="e",
                entity_id=str(number),
                entity_creator_id="bo",
                config_key="k",
                moderation_payload=ModerationPayload(texts=[text]),
            )
        (item,) = (await server.moderation.query_review_queue()).data.items
        await server.moderation.submit_action(
            action_type="mark_reviewed", item_id=item.id, user_id="moderator"
        )
        await peer.webhooks.settled()
        assert receiver.types == [
            "moderation_check.completed",
            "review_queue_item.new",
            "moderation_check.completed",
            "review_queue_item.updated",
            "moderation.mark_reviewed",
        ]
        peer.sockets.send_raw('{"type": "end"}')
        assert await socket.until("end") == ["end"]
    for headers, body in receiver.got:
        event = webhook.verify_and_parse_webhook(body, headers["x-signature"], peer.api_secret)
        assert not isinstance(event, webhook.UnknownEvent)


async def test_it_is_tried_again_under_the_same_id(sandbox, receiver):
    await _hooked(sandbox, _web(receiver, "call.blocked_user"))
    receiver.answers = [500, 429]
    sandbox.world.sanctions.block(CID, "bo")
    await sandbox.webhooks.settled()
    heads = [headers for headers, _ in receiver.got]
    assert [head["x-webhook-attempt"] for head in heads] == ["1", "2", "3"]
    assert len({head["x-webhook-id"] for head in heads}) == 1
    assert sandbox.world.state.counters.webhooks == {"delivered": 1, "retried": 2}


@pytest.mark.parametrize(("answers", "tries"), [([404], 1), ([503] * 9, 3), ([302], 1)])
async def test_when_it_is_given_up(sandbox, receiver, answers, tries):
    await _hooked(sandbox, _web(receiver, "call.blocked_user"))
    receiver.answers = list(answers)
    sandbox.world.sanctions.block(CID, "bo")
    await sandbox.webhooks.settled()
    assert (len(receiver.got), sandbox.world.state.counters.webhooks["failed"]) == (tries, 1)


async def test_nobody_listens_there(sandbox):
    hook = EventHook(hook_type="webhook", webhook_url="http://127.0.0.1:9/hook")
    await _hooked(sandbox, hook)
    sandbox.world.sanctions.unblock(CID, "bo")
    await sandbox.webhooks.settled()
    assert sandbox.world.state.counters.webhooks == {"retried": 1, "failed": 1}


async def test_order_is_kept_while_one_is_tried_again(sandbox, receiver):
    await _hooked(sandbox, _web(receiver))
    receiver.answers = [500]
    sandbox.world.sanctions.block(CID, "cy")
    sandbox.world.sanctions.unblock(CID, "cy")
    await sandbox.webhooks.settled()
    assert receiver.types == ["call.blocked_user", "call.blocked_user", "call.unblocked_user"]


async def test_packed_bodies_are_signed_unpacked(sandbox, receiver):
    await sandbox.server().update_app(
        enable_hook_payload_compression=True, event_hooks=[_web(receiver, "*")]
    )
    sandbox.world.sanctions.unblock(CID, "bo")
    await sandbox.webhooks.settled()
    ((headers, body),) = receiver.got
    assert (headers["content-encoding"], body[:2]) == ("gzip", b"\x1f\x8b")
    event = webhook.verify_and_parse_webhook(body, headers["x-signature"], sandbox.api_secret)
    assert event.type == "call.unblocked_user"


@pytest.mark.parametrize("packed", [False, True])
async def test_queues_and_topics_hold_messages_the_sdk_reads(served_sandbox, packed):
    peer = served_sandbox
    await peer.server().update_app(
        enable_hook_payload_compression=packed,
        event_hooks=[
            EventHook(id="q", hook_type="sqs", sqs_queue_url="https://sqs.example/q"),
            EventHook(id="t", hook_type="sns", sns_topic_arn="arn:aws:sns:eu:1:t"),
        ],
    )
    peer.world.sanctions.unblock(CID, "bo")
    control = Control(peer.world, peer.sockets, None, peer.webhooks)
    async with _control(control) as get:
        (message,) = (await get("/sandbox/messages/q"))["Messages"]
        (notification,) = (await get("/sandbox/messages/t"))["Messages"]
        assert (await get("/sandbox/messages/q"))["Messages"] == []
    body = webhook.decode_sqs_payload(message["Body"])
    signed = message["MessageAttributes"]["X-SIGNATURE"]["StringValue"]
    assert webhook.verify_signature(body, signed, peer.api_secret)
    assert webhook.parse_sqs(message["Body"]).type == "call.unblocked_user"
    assert webhook.parse_sns(notification).call_cid == CID
    assert json.loads(notification)["TopicArn"] == "arn:aws:sns:eu:1:t"


@contextlib.asynccontextmanager
async def _control(control):
    app = Starlette(routes=[control.mount()])
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as http:

        async def get(path):
            return (await http.get(path)).json()

        yield get


async def test_what_was_set_is_given_back_and_bad_hooks_change_nothing(sandbox, receiver):
    server = sandbox.server()
    await _hooked(sandbox, _web(receiver, "call.ended"))
    refused: tuple[dict[str, Any], ...] = (
        {"hook_type": "pigeon"},
        {"hook_type": "webhook"},
        {"hook_type": "webhook", "webhook_url": "https://example.org/hook"},
        {"hook_type": "webhook", "webhook_url": "ftp://127.0.0.1/hook"},
        {"hook_type": "sqs", "sqs_queue_url": "q", "product": "mail"},
    )
    for bad in refused:
        with pytest.raises(StreamApiException) as caught:
            await server.update_app(event_hooks=[EventHook(**bad)])
        assert caught.value.status_code == 400
    (hook,) = (await server.get_app()).data.app.event_hooks
    assert (hook.id, hook.webhook_url, hook.event_types) == ("ours", receiver.url, ["call.ended"])


async def test_the_older_single_address_works_and_can_be_taken_away(sandbox, receiver):
    server = sandbox.server()
    await server.update_app(webhook_url=receiver.url, webhook_events=["call.unblocked_user"])
    assert (await server.get_app()).data.app.webhook_url == receiver.url
    sandbox.world.sanctions.block(CID, "bo")
    sandbox.world.sanctions.unblock(CID, "bo")
    await sandbox.webhooks.settled()
    await server.update_app(webhook_url="")
    sandbox.world.sanctions.unblock(CID, "bo")
    await sandbox.webhooks.settled()
    assert receiver.types == ["call.unblocked_user"]


async def test_times_can_be_written_as_the_documentation_shows_them(sandbox, receiver):
    await _hooked(sandbox, _web(receiver))
    sandbox.webhooks.form = Form.RFC3339
    sandbox.world.sanctions.unblock(CID, "bo")
    await sandbox.webhooks.settled()
    ((_, body),) = receiver.got
    assert json.loads(body)["created_at"].endswith("Z")


async def test_a_user_may_not_change_the_app(sandbox):
    with pytest.raises(StreamApiException) as caught:
        await sandbox.user().update_app(webhook_url="")
    assert caught.value.status_code == 403
