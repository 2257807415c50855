"""Stream's browser client in Node: connect, watch, hear, come back, ask, be muted."""

import time
from datetime import datetime

import pytest

CID = "default:talk"
pytestmark = pytest.mark.timeout(400)  # the first test may install the packages


def _near_now(milliseconds):
    return abs(milliseconds / 1000 - time.time()) < 120


def _is_rfc3339(text):
    return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None


def _as_declared(seen):
    """Every frame, and the answers that matter, are what the client's declarations promise."""
    assert seen["untyped"] == []
    assert seen["checked"] > 100  # values, not frames


async def test_a_moderator_watches_and_acts(sandbox, drive):
    seen = await drive("video_client_watch.mjs")
    _as_declared(seen)

    assert seen["me"]["id"] == "moderator"
    assert seen["me"]["role"] == "moderator"
    assert seen["me"]["connection"]
    assert seen["socket_path"] == "/video/connect"
    assert (seen["calls"], seen["watching"]) == ([CID], True)
    assert {"mute-users", "block-users", "kick-user", "end-call"} <= set(seen["capabilities"])
    assert _near_now(seen["call_created_ms"])
    assert (seen["talking"], seen["members"]) == (["ana", "bo"], [])

    caption = seen["caption"]["closed_caption"]
    assert (caption["id"], caption["text"]) == (seen["said"]["id"], "Good evening.")
    assert (caption["speaker_id"], caption["user"]["name"]) == ("ana", "Ana")
    assert _is_rfc3339(caption["start_time"])
    assert _is_rfc3339(seen["caption"]["created_at"])
    assert seen["joined"]["participant"]["user"]["id"] == "dora"
    assert _is_rfc3339(seen["joined"]["participant"]["joined_at"])
    assert seen["muted"]["muted_user_ids"] == ["bo"]
    assert seen["muted"]["from_user_id"] == "moderator"
    assert seen["revoked"]["user"]["id"] == "cy"
    assert "send-audio" not in seen["revoked"]["own_capabilities"]
    assert seen["kicked"]["user"]["id"] == "dora"
    assert seen["kicked"]["kicked_by_user"]["id"] == "moderator"
    assert seen["left"]["participant"]["user"]["id"] == "dora"
    assert isinstance(seen["left"]["duration_seconds"], int)
    assert seen["blocked"]["user"]["id"] == "cy"
    assert seen["blockedInState"] == ["cy"]
    assert seen["updated"]["enabled"] is False
    assert {"user", "moderator"} <= set(seen["updated"]["roles"])
    assert seen["custom"] == {"custom": {"kind": "note", "text": "seen"}, "user": "moderator"}
    assert (seen["unknown"]["status"], seen["unknown"]["code"]) == (404, 16)
    assert seen["ended"]["by"] == "moderator"
    assert _is_rfc3339(seen["ended"]["at"])

    status = await sandbox.status()
    assert (status["sockets"], status["watches"], status["calls"]) == (0, 0, 1)
    assert status["unknown"] == 0  # nothing that the client asked for is missing
    assert (await sandbox.person(CID, "cy"))["permissions"] == ["send-video"]


async def test_a_dropped_socket_comes_back_with_its_watches(sandbox, drive):
    seen = await drive("video_client_reconnect.mjs")
    _as_declared(seen)

    assert seen["first"] != seen["second"]
    assert (seen["after"], seen["captions"]) == ("After.", 2)
    assert seen["failures"] == 1  # it asked for its watches once more
    assert seen["sockets"] == 2  # close code 1000 is for good
    status = await sandbox.status()
    assert (status["sockets"], status["watches"]) == (0, 0)
    assert status["requests"]["QueryCalls"] == 2


async def test_a_guest_asks_to_speak_and_is_muted(sandbox, drive):
    seen = await drive("video_client_speaker.mjs")
    _as_declared(seen)

    assert "send-audio" not in seen["before"]["own"]
    assert (seen["before"]["permissions"], seen["before"]["live"]) == ([], [])
    assert (seen["refused"]["status"], seen["refused"]["code"]) == (403, 17)
    assert (seen["asked"]["user"]["id"], seen["asked"]["permissions"]) == ("dora", ["send-audio"])
    assert seen["granted"]["user"]["id"] == "dora"
    assert "send-audio" in seen["granted"]["own_capabilities"]
    assert sorted(seen["between"]["own"]) == sorted(seen["granted"]["own_capabilities"])
    assert (seen["between"]["permissions"], seen["between"]["live"]) == (["send-audio"], ["audio"])
    assert seen["muted"]["muted_user_ids"] == ["dora"]
    assert (seen["silenced"]["permissions"], seen["silenced"]["live"]) == (["send-audio"], [])
    assert "send-audio" not in seen["revoked"]["own_capabilities"]
    assert seen["after"]["permissions"] == []
    assert seen["blocked"]["user"]["id"] == "dora"

    dora = await sandbox.person("audio_room:lounge", "dora")
    assert (dora["present"], dora["blocked"], dora["asking"]) == (False, True, [])


async def test_ways_to_sign_in(sandbox, drive):
    seen = await drive("video_client_sign_in.mjs")
    _as_declared(seen)

    assert seen["renewed"] == {"id": "ana", "asked": 2, "calls": 1}
    assert seen["expired"] == [40, 401]
    assert seen["forged"] == [43, 401]
    guest = seen["guest"]
    assert guest["id"].startswith("guest-")
    assert guest["id"].endswith("-visitor")
    assert (guest["name"], guest["role"]) == ("Visitor", "guest")
    assert {"join-call", "send-audio"} <= set(seen["guest_may"])
    assert "join-call" in seen["nobody_may"]
    assert "send-audio" not in seen["nobody_may"]
    assert (await sandbox.status())["unknown"] == 0


async def test_the_client_keeps_the_state_of_a_call_from_events(sandbox, drive):
    seen = await drive("video_client_state.mjs")
    _as_declared(seen)

    assert seen["at_first"] == ["ana", "bo", "cy"]
    assert seen["devices_at_first"] == {"user": 3}
    assert (seen["joined"], seen["left"]) == ({"user": 4}, {"user": 3})
    assert seen["member_role"] == "host"
    assert seen["captioning"] == [True]
    assert seen["captions"] == ["Ana: First.", "Bo: Second."]
    assert _near_now(seen["ended_ms"])
    assert seen["kept"] == ["default:later", CID]
    assert (await sandbox.status())["unknown"] == 0


async def test_a_call_rings_and_a_stage_goes_live(sandbox, drive):
    seen = await drive("video_client_ring.mjs")
    _as_declared(seen)

    assert (seen["created"], seen["creator"]) == (True, "ana")
    assert seen["rung"] == {"from": "ana", "to": ["bo", "cy"]}
    assert seen["incoming"] == "default:dialled"
    assert (seen["accepted"], seen["rejected"]) == ("bo", ["cy", "busy"])
    assert seen["reaction"] == ["bo", "wave", ":wave:"]
    assert (seen["notified"], seen["caller_heard"]) == ("ana", [])
    assert seen["backstage"] == [True, False, True]
    assert (await sandbox.status())["unknown"] == 0


async def test_what_else_can_happen_is_as_declared(sandbox, drive):
    seen = await drive("video_client_events.mjs")
    _as_declared(seen)

    told = {
        "call": """
            closed_caption created deleted frame_recording_started frame_recording_stopped
            hls_broadcasting_started hls_broadcasting_stopped live_started member_added
            member_removed member_updated moderation_blur moderation_warning recording_started
            recording_stopped session_ended session_participant_count_updated
            session_participant_joined session_participant_left session_started
            transcription_started transcription_stopped user_feedback_submitted user_muted
        """,
        "user": "banned deactivated deleted reactivated unbanned updated",
    }
    expected = {f"{kind}.{name}" for kind, names in told.items() for name in names.split()}
    assert expected - set(seen["seen"]) == set()
    assert seen["hls"] == "running"
    assert seen["warned"] == ["bo", "Please be kind."]
    assert (await sandbox.person(CID, "bo"))["live"] == []  # the rule muted him
    assert (await sandbox.status())["unknown"] == 0


async def test_the_check_of_declarations_notices(drive):
    noticed = await drive("typed_check.mjs")
    assert noticed.pop("right") == 0
    assert set(noticed.values()) == {1}
    assert len(noticed) == 8
