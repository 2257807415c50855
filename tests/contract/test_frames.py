"""Frame recording: events by webhook, pictures over HTTP, and what policies make of them."""

import asyncio
import struct
import zlib
from typing import Any

import httpx
import pytest
from getstream import webhook
from getstream.models import (
    AIImageConfig,
    AWSRekognitionRule,
    EventHook,
    ModerationPayload,
)

from console.base.clock import SystemClock
from tests.patience import patient

CID = "default:talk"


@pytest.fixture
async def filmed(served_sandbox, presence_of):
    """Ana shows herself, bo shares a screen; frames are recorded."""
    world = served_sandbox.world
    world.attendance.publish(CID, presence_of(world, "ana").user_session_id, "video")
    world.attendance.publish(CID, presence_of(world, "bo").user_session_id, "screenshare")
    await served_sandbox.server().video.call("default", "talk").start_frame_recording()
    return served_sandbox


async def _fetch(url):
    async with httpx.AsyncClient() as http:
        return await http.get(url)


def _frames(world):
    heard: list[dict[str, Any]] = []

    def hear(event):
        if event.type == "call.frame_recording_ready":
            heard.append(event.payload)

    world.state.events.listen(hear)
    return heard


async def test_frames_go_to_webhooks_and_to_sockets_only_when_switched_on(filmed, receiver):
    await filmed.server().update_app(
        event_hooks=[
            EventHook(
                hook_type="webhook",
                webhook_url=receiver.url,
                event_types=["call.frame_recording_ready"],
            )
        ]
    )
    async with filmed.socket() as socket:
        answer = await filmed.ask(
            "POST",
            "/api/v2/video/calls",
            token=filmed.keys.user_token("moderator"),
            query={"connection_id": socket.connection_id},
            body={"watch": True},
        )
        assert answer.status_code == 201
        assert filmed.world.frames.capture_due() == 2
        filmed.sockets.frames = True
        assert filmed.world.frames.capture(CID) == 2
        event = await socket.next()
        assert (event["type"], event["call_cid"]) == ("call.frame_recording_ready", CID)
        await filmed.webhooks.settled()
    assert len(receiver.got) == 4
    headers, body = receiver.got[0]
    told = webhook.verify_and_parse_webhook(body, headers["x-signature"], filmed.api_secret)
    assert (told.track_type, list(told.users)) == ("TRACK_TYPE_VIDEO", ["ana"])
    assert told.users["ana"].name == "Ana"
    assert (told.created_at - told.captured_at).total_seconds() == pytest.approx(6.0, abs=0.1)
    assert told.session_id == filmed.world.state.calls[CID].session.id
    assert told.egress_id


def _data_of(png):
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += 12 + length


async def test_pictures_are_small_real_and_behind_signed_links(filmed):
    heard = _frames(filmed.world)
    filmed.world.frames.capture(CID)
    answers = [await _fetch(payload["url"]) for payload in heard]
    for answer in answers:
        assert answer.headers["content-type"] == "image/png"
        width, height, depth, colours = struct.unpack(">IIBB", answer.content[16:26])
        assert (depth, colours) == (8, 2)
        assert 160 <= width <= 640
        rows = zlib.decompress(b"".join(_data_of(answer.content)))
        assert len(rows) == height * (1 + width * 3)
        assert len(answer.content) < 20_000
    assert answers[0].content != answers[1].content
    url = heard[0]["url"]
    assert (await _fetch(url.replace("signature=", "signature=0"))).status_code == 403
    filmed.world.state.faults.add("skew", seconds=7200)
    assert (await _fetch(url)).status_code == 403


class StoppedClock(SystemClock):
    """The time at which it was made, however long a test takes."""

    def __init__(self) -> None:
        super().__init__()
        self.at = super().now()

    def now(self) -> float:
        return self.at


async def test_they_come_at_the_interval_of_the_settings_and_stop(filmed):
    filmed.world.state.clock = StoppedClock()
    frames, call = filmed.world.frames, filmed.server().video.call("default", "talk")
    assert (frames.capture_due(), frames.capture_due()) == (2, 0)
    filmed.world.state.faults.add("skew", seconds=2.1)
    assert (frames.capture_due(), frames.capture_due()) == (2, 0)
    await call.stop_frame_recording()
    filmed.world.state.faults.add("skew", seconds=60)
    assert frames.capture_due() == 0


async def test_a_test_card_is_found_by_the_policy_for_images(filmed):
    world, moderation = filmed.world, filmed.server().moderation
    rule = AWSRekognitionRule(label="Violence", action="remove", min_confidence=80)
    config = AIImageConfig(enabled=True, rules=[rule])
    await moderation.upsert_config(key="k", ai_image_config=config)
    heard = _frames(world)
    world.frames.show(CID, "ana", ["Violence"])
    world.frames.capture(CID)
    card, screen = (payload["url"] for payload in heard)
    told: list[str] = []
    done = asyncio.Event()

    def hear(event):
        told.append(event.type)
        if event.type == "moderation_check.completed":
            done.set()

    world.state.events.listen(hear)

    async def check(url, entity_id, **options):
        payload = ModerationPayload(images=[url])
        answer = await moderation.check(
            entity_type="frame",
            entity_id=entity_id,
            entity_creator_id="ana",
            config_key="k",
            moderation_payload=payload,
            **options,
        )
        return answer.data

    at_once = await check(card, "1", options={"force_sync": True})
    assert (at_once.status, at_once.recommended_action) == ("complete", "remove")
    assert (at_once.item.flags[0].type, at_once.item.flags[0].labels) == ("ai_image", ["Violence"])
    assert (await check(screen, "2", options={"force_sync": True})).recommended_action == "keep"
    assert told == [
        "review_queue_item.new",
        "moderation_check.completed",
        "moderation_check.completed",
    ]
    told.clear()
    done.clear()
    later = await check(card, "3")
    assert (later.status, later.recommended_action, told) == ("partial", "keep", [])
    async with asyncio.timeout(patient(5)):
        await done.wait()
    assert told == ["review_queue_item.new", "moderation_check.completed"]
    (item,) = (await moderation.query_review_queue(filter={"entity_id": "3"})).data.items
    assert (item.status, item.recommended_action) == ("complete", "remove")
    assert item.moderation_payload.images == [card]


async def test_a_call_rule_acts_on_what_is_shown(filmed):
    world = filmed.world
    world.call_rules.put(
        {
            "name": "no violence",
            "rule_type": "call",
            "conditions": [
                {
                    "type": "keyframe_rule",
                    "keyframe_rule_params": {"harm_labels": ["VIOLENCE"], "threshold": 2},
                }
            ],
            "action_sequences": [
                {"violation_number": 1, "actions": ["call_blur", "mute_video"]},
            ],
        }
    )
    told: list[tuple[str, tuple[str, ...]]] = []
    world.state.events.listen(lambda event: told.append((event.type, event.targets)))
    world.frames.show(CID, "ana", ["Violence"])
    world.frames.capture(CID)
    assert [kind for kind, _ in told] == ["shows", *["call.frame_recording_ready"] * 2]
    told.clear()
    world.frames.capture(CID)
    kinds = [kind for kind, _ in told]
    assert kinds[0] == "call.frame_recording_ready"
    assert {"moderation_rule.triggered", "call.moderation_blur", "call.user_muted"} <= set(kinds)
    assert world.frames.capture(CID) == 1  # only the shared screen is left
