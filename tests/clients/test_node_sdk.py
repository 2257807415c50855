"""Stream's Node SDK: the same calls as its Python SDK, with the app's secret."""

import time

import pytest

CID = "default:talk"
pytestmark = pytest.mark.timeout(400)  # the first test may install the packages


def _near_now(milliseconds):
    return abs(milliseconds / 1000 - time.time()) < 120


def _as_declared(seen):
    """Every answer is what the SDK's declarations promise."""
    assert seen["untyped"] == []
    assert seen["checked"] > 0


async def test_users_and_calls(sandbox, drive):
    seen = await drive("node_sdk_calls.mjs")
    _as_declared(seen)

    assert seen["users"] == [["ana", "Ana", None], ["eve", "Eve", "blue"]]
    made = seen["made"]
    assert (made["created"], made["cid"], made["by"]) == (True, "default:made-by-node", "eve")
    assert (made["screensharing"], made["members"]) == (False, [["ana", "host"]])
    assert _near_now(made["ms"])
    assert (made["status"], made["remaining"]) == (201, made["limit"] - 1)
    assert 0 < made["reset_ms"] / 1000 - time.time() + 60 < 120
    assert seen["again"] is False
    assert seen["got"] == {"name": "From Node", "status": 200}
    assert (seen["updated"], seen["members"]) == ("Renamed", ["bo"])
    assert seen["pages"] == [
        ["audio_room:lounge", "default:made-by-node"],
        ["default:talk"],
    ]
    assert seen["last"] is None
    assert _near_now(seen["ended_ms"])
    assert seen["participants"]["total"] == 3
    assert seen["participants"]["shown"] == 2
    assert _near_now(seen["participants"]["joined_ms"])
    assert (seen["blocked"], seen["captioning"]) == (["cy"], [False, True])
    assert seen["backstage"] == [False, True]
    assert seen["app"]
    assert {"limit", "remaining", "reset"} <= set(seen["limits"])
    assert seen["edges"] == 1
    refused = {
        name: (one["status"], one["message"].split(":")[0]) for name, one in seen["refused"].items()
    }
    assert refused == {
        "unknown_call": (404, "Stream error code 16"),
        "bad_body": (400, "Stream error code 4"),
        "wrong_secret": (401, "Stream error code 43"),
        "wrong_key": (401, "Stream error code 2"),
    }

    people = {one["user_id"]: one for one in (await sandbox.control(f"/people/{CID}"))["people"]}
    assert people["bo"]["live"] == []
    assert people["ana"]["live"] == ["audio"]
    assert (people["cy"]["present"], people["cy"]["blocked"]) == (False, False)
    assert "send-audio" not in people["cy"]["permissions"]
    assert "dora" not in people or not people["dora"]["present"]
    spoken = (await sandbox.control("/spoken"))["captions"]
    assert [(one["speaker"], one["text"]) for one in spoken] == [("ana", "Typed by hand.")]
    assert (await sandbox.status())["unknown"] == 0


async def test_moderation(sandbox, drive):
    seen = await drive("node_sdk_moderation.mjs")
    _as_declared(seen)

    assert "insults" in seen["lists"]
    assert (seen["upserted"], seen["configs"]) == ("custom:captions", ["custom:captions"])
    assert [(rule["name"], rule["action"]) for rule in seen["config"]] == [("insults", "remove")]
    assert seen["kept"] == ["keep", "complete", None]
    removed = seen["removed"]
    assert (removed["action"], removed["creator"]) == ("remove", "bo")
    assert removed["labels"] == ["insults"]
    assert _near_now(removed["created_ms"])
    assert (seen["later"], seen["tried"]) == ("remove", None)
    assert seen["banned"] == [
        {"user": "bo", "by": "moderator", "reason": "insults", "minutes": 60},
    ]
    assert seen["joins"] == [[False, "banned"], [True, ""]]
    assert seen["gone"]["status"] == 404
    assert seen["unknown_list"]["status"] == 400
    assert "Blocklist not found" in seen["unknown_list"]["message"]

    bo = await sandbox.person(CID, "bo")
    assert (bo["banned"], bo["present"]) == (False, True)
    assert (await sandbox.status())["unknown"] == 0


async def test_tokens_that_node_makes(drive):
    assert await drive("node_sdk_tokens.mjs") == {
        "user": [201, 0],
        "expired": [401, 40],
        "early": [401, 42],
        "server_only": [403, 17],
        "plain_user_mutes": [403, 17],
        "call_token_mutes": [201, 0],
    }


async def test_the_rest_of_the_surface(sandbox, drive):
    seen = await drive("node_sdk_surface.mjs")
    _as_declared(seen)

    done = {"status": "ok"}
    assert (seen["dora"], seen["off"], seen["deleted"]) == ("dora", done, done)
    assert (seen["blocks"], seen["guest"]) == ([["cy", "bo"]], ["guest", 3])
    assert (seen["court"], seen["grants"]) == (False, ["read-call"])
    assert seen["types"] == ["audio_room", "court", "default", "development", "livestream"]
    assert sorted(seen["running"]) == ["broadcast", "frames", "recording", "transcription"]
    assert list(seen["running"].values()) == [[True, False]] * 4  # while it ran, and after
    assert (seen["recordings"], seen["transcriptions"]) == (1, 1)
    assert (seen["rung"], seen["wiped"]) == (["bo"], done)
    assert (seen["flagged"], seen["labels"]) == (True, ["SPAM"])
    assert (seen["count"], seen["flags"]) == (2, 1)
    assert (seen["inbox"], seen["item"]) == (["1", "2"], "2")
    assert seen["logs"] == ["mark_reviewed"]
    assert (seen["mutes"], seen["bulk"]) == (["bo"], ["custom"])
    assert {"ban", "custom"} <= set(seen["offered"])
    assert (seen["renamed"], seen["queues"]) == ("First", ["First"])
    assert (seen["read"], seen["rules"], seen["words"]) == ("Three strikes", 1, ["nitwit"])

    status = await sandbox.status()
    assert status["unknown"] == 0
    assert status["requests"]["ReportClientEvent"] == 1
    bo = await sandbox.person(CID, "bo")
    assert (bo["present"], bo["banned"]) == (True, False)
    assert (await sandbox.person("audio_room:lounge", "dora")).get("present", False) is False


async def test_webhooks_and_queues(sandbox, drive):
    seen = await drive("node_sdk_webhooks.mjs")
    _as_declared(seen)

    assert seen["events"] == [
        ["call.blocked_user", CID, "cy"],
        ["call.unblocked_user", CID, "cy"],
    ]
    assert seen["key"] == sandbox.address.api_key
    assert seen["packed"] == [False, True]
    assert (seen["valid"], seen["tampered"]) == (True, False)
    assert (seen["queue"], seen["topic"]) == ("call.unblocked_user", "call.unblocked_user")
