"""Deletion, ringing, reactions, feedback, and what runs beside a call."""

import json

import httpx
import pytest
from getstream.exceptions import StreamApiException
from getstream.models import (
    CallSettingsRequest,
    CustomCheckFlag,
    LimitsSettingsRequest,
    RTMPBroadcastRequest,
)

from console.sandbox.events import WorldEvent

CID = "default:talk"


@pytest.fixture
def told(sandbox):
    events: list[WorldEvent] = []
    sandbox.world.state.events.listen(events.append)
    return events


async def test_soft_deletion_hides_hard_deletion_forgets(sandbox, told):
    server = sandbox.server()
    call = server.video.call("default", "talk")
    assert (await call.delete()).data.task_id is None
    assert told[-1].type == "call.deleted"
    with pytest.raises(StreamApiException) as gone:
        await call.get()
    assert gone.value.status_code == 404
    assert sandbox.world.attendance.join(CID, "cy").reason == "deleted"
    sandbox.world.control.create("default", "other", created_by="ana")
    task_id = (await server.video.call("default", "other").delete(hard=True)).data.task_id
    sandbox.world.accounts.tasks[task_id].created_at -= 1
    task = (await server.get_task(id=task_id)).data
    assert task.result["default:other"]["status"] == "ok"
    assert "default:other" not in sandbox.world.state.calls


@pytest.mark.parametrize(
    ("start", "stop", "field", "event"),
    [
        ("start_transcription", "stop_transcription", "transcribing", "call.transcription"),
        (
            "start_frame_recording",
            "stop_frame_recording",
            "frame_recording",
            "call.frame_recording",
        ),
        (
            "start_hls_broadcasting",
            "stop_hls_broadcasting",
            "broadcasting",
            "call.hls_broadcasting",
        ),
    ],
)
async def test_what_runs_beside_a_call(sandbox, told, start, stop, field, event):
    call = sandbox.server().video.call("default", "talk")
    await getattr(call, start)()
    assert getattr(sandbox.world.state.calls[CID], field) is True
    with pytest.raises(StreamApiException, match="already running"):
        await getattr(call, start)()
    await getattr(call, stop)()
    assert getattr(sandbox.world.state.calls[CID], field) is False
    with pytest.raises(StreamApiException, match="not"):
        await getattr(call, stop)()
    assert [one.type for one in told[:2]] == [f"{event}_started", f"{event}_stopped"]
    assert told[0].payload["egress_id"] == told[1].payload["egress_id"]


async def test_recording_by_type(sandbox, told):
    call = sandbox.server().video.call("default", "talk")
    await call.start_recording("composite")
    assert (await call.get()).data.call.egress.composite_recording.status == "running"
    await call.stop_recording("composite")
    assert told[-1].payload["recording_type"] == "composite"
    with pytest.raises(StreamApiException, match="recording type"):
        await call.start_recording("vinyl")
    sandbox.world.control.create("default", "empty", created_by="ana")
    with pytest.raises(StreamApiException, match="there is no active session"):
        await sandbox.server().video.call("default", "empty").start_recording("composite")


async def test_ringing_members_and_their_answers(sandbox, told):
    sandbox.world.control.change_members(CID, put=[{"user_id": "bo"}, {"user_id": "cy"}])
    ringing = sandbox.user().video.call("default", "talk")
    await ringing.ring(members_ids=["cy"])
    assert (told[-1].type, told[-1].targets) == ("call.ring", ("cy",))
    with pytest.raises(StreamApiException, match="not a member"):
        await ringing.ring(members_ids=["ana"])
    token = sandbox.keys.user_token("cy")
    path = "/video/call/default/talk"
    assert (await sandbox.ask("POST", f"{path}/accept", token=token)).status_code == 201
    await sandbox.ask("POST", f"{path}/reject", token=token, body={"reason": "busy"})
    assert [one.type for one in told[-2:]] == ["call.accepted", "call.rejected"]
    assert told[-1].payload["reason"] == "busy"
    session = (await ringing.get()).data.call.session
    assert (list(session.accepted_by), list(session.rejected_by)) == (["cy"], ["cy"])


async def test_reactions_and_feedback(sandbox, told):
    token = sandbox.keys.user_token("cy")
    answer = await sandbox.ask(
        "POST", "/video/call/default/talk/reaction", token=token, body={"type": "raise-hand"}
    )
    assert answer.json()["reaction"]["user"]["id"] == "cy"
    assert told[-1].type == "call.reaction_new"
    call = sandbox.user("cy").video.call("default", "talk")
    await call.collect_user_feedback(rating=4, sdk="python", sdk_version="7")
    assert told[-1].payload["rating"] == 4
    with pytest.raises(StreamApiException, match="rating"):
        await call.collect_user_feedback(rating=6, sdk="python", sdk_version="7")


async def test_a_rest_join_makes_a_participant(sandbox):
    token = sandbox.keys.user_token("cy")
    path = "/api/v2/video/call/default/talk/join"
    answer = await sandbox.ask("POST", path, token=token, body={"location": "auto"})
    assert answer.status_code == 201
    assert answer.json()["credentials"]["server"]["edge_name"] == "sandbox"
    assert len(sandbox.world.state.calls[CID].running.of_user("cy")) == 1
    sandbox.world.sanctions.block(CID, "cy")
    refused = await sandbox.ask("POST", path, token=token, body={"location": "auto"})
    assert (refused.status_code, refused.json()["code"]) == (403, 17)


async def test_checks_by_another_model(sandbox):
    answer = (
        await sandbox.server().moderation.custom_check(
            entity_type="x",
            entity_id="1",
            entity_creator_id="bo",
            flags=[CustomCheckFlag(type="custom_check_text", labels=["SPAM"], reason="model")],
        )
    ).data
    assert (answer.status, answer.item.flags[0].labels) == ("complete", ["SPAM"])


async def test_mutes_between_users_name_the_unknown(sandbox):
    answer = (await sandbox.user("cy").moderation.mute(target_ids=["bo", "nobody"], timeout=5)).data
    assert [one.target.id for one in answer.mutes] == ["bo"]
    assert answer.non_existing_users == ["nobody"]


async def test_a_call_is_sent_to_other_services(sandbox, told):
    call = sandbox.server().video.call("default", "talk")
    wanted = [RTMPBroadcastRequest(name=name, stream_url="rtmps://x") for name in ("a", "b")]
    await call.start_rtmp_broadcasts(broadcasts=wanted)
    running = (await call.get()).data.call.egress.rtmps
    assert [(one.name, one.stream_url) for one in running] == [
        ("a", "rtmps://x"),
        ("b", "rtmps://x"),
    ]
    with pytest.raises(StreamApiException, match="running already"):
        await call.start_rtmp_broadcasts(broadcasts=wanted[:1])
    await call.stop_rtmp_broadcast("a")
    with pytest.raises(StreamApiException, match="not running"):
        await call.stop_rtmp_broadcast("a")
    await call.stop_all_rtmp_broadcasts()
    assert sandbox.world.state.calls[CID].rtmps == {}
    assert [(one.type, one.payload["name"]) for one in told] == [
        ("call.rtmp_broadcast_started", "a"),
        ("call.rtmp_broadcast_started", "b"),
        ("call.rtmp_broadcast_stopped", "a"),
        ("call.rtmp_broadcast_stopped", "b"),
    ]


async def test_a_session_ends_when_its_time_is_up(sandbox, told):
    call = sandbox.server().video.call("default", "talk")
    limits = LimitsSettingsRequest(max_duration_seconds=600)
    await call.update(settings_override=CallSettingsRequest(limits=limits))
    session = (await call.get()).data.call.session
    assert (session.timer_ends_at - session.started_at).total_seconds() == 600
    assert sandbox.world.attendance.end_overdue() == 0
    sandbox.world.state.faults.add("skew", seconds=601)
    assert sandbox.world.attendance.end_overdue() == 1
    assert told[-1].type == "call.session_ended"
    assert sandbox.world.state.calls[CID].running is None


async def test_a_transcript_is_what_was_captioned(served_sandbox, presence_of):
    peer, call = served_sandbox, served_sandbox.server().video.call("default", "talk")
    session = presence_of(peer.world, "ana").user_session_id
    peer.world.control.captions(CID, True)

    def say(text):
        now = peer.world.state.now()
        peer.world.speech.speak(CID, session, text, start=now - 1, end=now)

    say("Before.")
    await call.start_transcription()
    say("Good evening.")
    say("Ünïcode – ok.")
    await call.stop_transcription()
    (found,) = (await call.list_transcriptions()).data.transcriptions
    async with httpx.AsyncClient() as http:
        answer = await http.get(found.url)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [(line["speaker_id"], line["text"]) for line in lines] == [
        ("ana", "Good evening."),
        ("ana", "Ünïcode – ok."),
    ]
    await call.delete_transcription(session=found.session_id, filename=found.filename)
    assert (await call.list_transcriptions()).data.transcriptions == []
    with pytest.raises(StreamApiException, match="transcription doesn't exist"):
        await call.delete_transcription(session=found.session_id, filename=found.filename)


async def test_what_runs_when_a_session_ends_is_told_as_over(served_sandbox):
    world, call = served_sandbox.world, served_sandbox.server().video.call("default", "talk")
    await call.start_recording("composite")
    await call.start_frame_recording()
    heard: list[WorldEvent] = []
    world.state.events.listen(heard.append)
    world.control.end(CID)
    kinds = [event.type for event in heard if "recording" in event.type]
    assert kinds == [
        "call.recording_stopped",
        "call.recording_ready",
        "call.frame_recording_stopped",
    ]
    (found,) = (await call.list_recordings()).data.recordings
    assert (found.recording_type, found.filename[-4:]) == ("composite", ".mp4")
    async with httpx.AsyncClient() as http:
        answer = await http.get(found.url)
    assert (answer.status_code, answer.text) == (404, "the sandbox records no media")
    await call.delete_recording(session=found.session_id, filename=found.filename)
    assert (await call.list_recordings()).data.recordings == []
