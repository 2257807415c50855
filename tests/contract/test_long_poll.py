"""Events by requests, and bans taken back by DELETE."""

import pytest

from console.sandbox.routes import long_poll

CID = "default:talk"


@pytest.fixture(params=["/video/longpoll", "/api/v2/longpoll", "/longpoll"])
async def poll(sandbox, request):
    """Asks for events as the moderator."""

    async def ask(**query):
        token = sandbox.keys.user_token("moderator")
        return await sandbox.ask("GET", request.param, token=token, query=query)

    return ask


async def test_events_come_by_requests(sandbox, poll):
    opened = (await poll()).json()["event"]
    assert (opened["type"], opened["me"]["id"]) == ("connection.ok", "moderator")
    connection_id = opened["connection_id"]
    await sandbox.ask(
        "POST",
        "/video/calls",
        token=sandbox.keys.user_token("moderator"),
        query={"connection_id": connection_id},
        body={"watch": True},
    )
    sandbox.world.sanctions.mute(CID, ["bo"], ["audio"])
    sandbox.world.sanctions.kick(CID, "bo")
    types = [one["type"] for one in (await poll(connection_id=connection_id)).json()["events"]]
    assert types[:2] == ["call.user_muted", "call.kicked_user"]
    assert (await poll(connection_id=connection_id, close="true")).json()["events"] == []
    assert (await poll(connection_id=connection_id)).json()["code"] == 46
    assert len(sandbox.sockets) == 0


async def test_a_request_without_events_is_answered_in_time(sandbox, poll, monkeypatch):
    monkeypatch.setattr(long_poll, "HELD", 0.01)
    connection_id = (await poll()).json()["event"]["connection_id"]
    assert (await poll(connection_id=connection_id)).json()["events"] == []
    await poll(connection_id=connection_id, close="true")


async def test_the_connection_of_a_deactivated_user_is_over(sandbox, poll):
    connection_id = (await poll()).json()["event"]["connection_id"]
    await sandbox.server().deactivate_user(user_id="moderator")
    assert (await poll(connection_id=connection_id)).json()["code"] == 17
    await sandbox.server().reactivate_user(user_id="moderator")
    assert (await poll(connection_id=connection_id)).json()["code"] == 46


@pytest.mark.parametrize("root", ["", "/api/v2/chat", "/api/v2"])
async def test_staff_unbans_by_delete(sandbox, root):
    sandbox.world.sanctions.ban("bo")
    path, wanted = f"{root}/moderation/ban", {"target_user_id": "bo"}
    nobody = await sandbox.ask("DELETE", path, token=sandbox.keys.user_token("cy"), query=wanted)
    assert nobody.json()["code"] == 17
    token = sandbox.keys.user_token("moderator")
    assert (await sandbox.ask("DELETE", path, token=token)).status_code == 400
    assert (await sandbox.ask("DELETE", path, token=token, query=wanted)).status_code == 200
    assert not sandbox.world.state.bans


async def test_a_ban_of_one_call_is_named_in_two_parts(sandbox):
    token = sandbox.keys.server_token()
    body = {"target_user_id": "bo", "type": "default", "id": "talk", "banned_by_id": "ana"}
    assert (await sandbox.ask("POST", "/moderation/ban", token=token, body=body)).status_code == 201
    sandbox.world.attendance.eject(CID, "bo", "kicked")
    assert sandbox.world.attendance.join(CID, "bo").reason == "banned"
    assert list(sandbox.world.state.bans) == [("bo", CID)]
    query = {"target_user_id": "bo", "type": "default", "id": "talk"}
    await sandbox.ask("DELETE", "/moderation/ban", token=token, query=query)
    assert sandbox.world.attendance.join(CID, "bo").user_id == "bo"
