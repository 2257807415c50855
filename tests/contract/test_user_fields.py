"""What of a user can be set, unset, restored and exported, and who is told what of it."""

from datetime import UTC, datetime

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import (
    PrivacySettingsResponse,
    QueryUsersPayload,
    SortParamRequest,
    TypingIndicatorsResponse,
    UpdateUserPartialRequest,
    UserRequest,
)

CID = "default:talk"


async def _partly(client, user_id="bo", **wanted):
    request = UpdateUserPartialRequest(id=user_id, **wanted)
    return (await client.update_users_partial(users=[request])).data.users[user_id]


@pytest.mark.parametrize("name", ["name", "image", "teams", "teams_role", "privacy_settings"])
async def test_each_field_can_be_unset(sandbox, name):
    values = {
        "name": "Bo B",
        "image": "http://127.0.0.1/bo.png",
        "teams": ["red"],
        "teams_role": {"red": "admin"},
        "privacy_settings": {"read_receipts": {"enabled": False}},
    }
    server = sandbox.server()
    assert getattr(await _partly(server, set={name: values[name]}), name)
    assert not getattr(await _partly(server, unset=[name]), name)


async def test_custom_data_is_set_and_unset_by_its_path(sandbox):
    server = sandbox.server()
    await _partly(server, set={"seat": {"row": 4, "side": "left"}, "colour": "blue"})
    changed = await _partly(server, set={"seat.row": 5}, unset=["seat.side", "colour", "no.such"])
    assert changed.custom == {"seat": {"row": 5}}


async def test_a_value_that_does_not_fit_changes_nobody(sandbox):
    users = [
        UpdateUserPartialRequest(id="cy", set={"name": "Cyril"}),
        UpdateUserPartialRequest(id="bo", set={"teams": "red"}),
    ]
    with pytest.raises(StreamApiException, match="teams") as refused:
        await sandbox.server().update_users_partial(users=users)
    assert refused.value.status_code == 400
    assert sandbox.world.state.users["cy"].name == "Cy"


async def test_privacy_settings_are_changed_part_by_part(sandbox):
    server = sandbox.server()
    first = PrivacySettingsResponse(typing_indicators=TypingIndicatorsResponse(enabled=False))
    made = (await server.upsert_users(UserRequest(id="dee", privacy_settings=first))).data
    privacy = made.users["dee"].privacy_settings
    assert (privacy.typing_indicators.enabled, privacy.read_receipts) == (False, None)
    put = {"privacy_settings": {"read_receipts": {"enabled": True}}}
    privacy = (await _partly(server, "dee", set=put)).privacy_settings
    assert (privacy.typing_indicators.enabled, privacy.read_receipts.enabled) == (False, True)


async def test_teams_have_roles(sandbox):
    server = sandbox.server()
    wanted = UserRequest(id="dee", teams=["red"], teams_role={"red": "admin"})
    made = (await server.upsert_users(wanted)).data.users["dee"]
    assert (made.teams, made.teams_role) == (["red"], {"red": "admin"})


async def test_users_are_sorted_by_custom_data(sandbox):
    server = sandbox.server()
    for user_id, score in (("ana", 2), ("bo", 10), ("cy", "none")):
        await _partly(server, user_id, set={"score": score})
    payload = QueryUsersPayload(
        filter_conditions={"score": {"$exists": True}},
        sort=[SortParamRequest(field="score", direction=-1)],
    )
    found = (await server.query_users(payload)).data.users
    assert [one.id for one in found] == ["cy", "bo", "ana"]


@pytest.mark.parametrize("of_the_app", [False, True])
async def test_tokens_issued_before_are_refused(sandbox, of_the_app):
    server, moment = sandbox.server(), sandbox.world.state.now() + 60
    if of_the_app:
        await server.update_app(revoke_tokens_issued_before=datetime.fromtimestamp(moment, UTC))
    else:
        shown = await _partly(server, set={"revoke_tokens_issued_before": moment})
        assert shown.revoke_tokens_issued_before.timestamp() == pytest.approx(moment, abs=1e-3)
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user("bo").video.query_calls()
    assert (refused.value.status_code, refused.value.code) == (401, 40)
    await server.video.query_calls()
    if of_the_app:
        await server.update_app(revoke_tokens_issued_before=datetime.fromtimestamp(0, UTC))
    else:
        await _partly(server, unset=["revoke_tokens_issued_before"])
    await sandbox.user("bo").video.query_calls()


async def test_a_deleted_user_is_restored_unless_for_good(sandbox):
    server = sandbox.server()
    await server.delete_users(user_ids=["bo"])
    await server.delete_users(user_ids=["cy"], user="hard")
    await server.restore_users(user_ids=["bo"])
    assert sandbox.world.attendance.join(CID, "bo").user_id == "bo"
    payload = QueryUsersPayload(filter_conditions={"id": {"$in": ["bo", "cy"]}})
    found = (await server.query_users(payload)).data.users
    assert [one.id for one in found] == ["bo"]
    with pytest.raises(StreamApiException, match="hard deleted"):
        await server.restore_users(user_ids=["cy"])


async def test_a_user_is_exported_with_what_they_wrote(sandbox):
    sandbox.world.chat.write("videocall:talk", "bo", "Good evening")
    server = sandbox.server()
    exported = (await server.export_user(user_id="bo")).data
    assert exported.user.id == "bo"
    assert [message.text for message in exported.messages] == ["Good evening"]
    task_id = (await server.export_users(user_ids=["bo", "cy"])).data.task_id
    sandbox.world.accounts.tasks[task_id].created_at -= 1
    url = (await server.get_task(id=task_id)).data.result["url"]
    everybody = (await sandbox.ask("GET", url.removeprefix(sandbox.base_url))).json()["users"]
    assert [one["user"]["id"] for one in everybody] == ["bo", "cy"]


async def test_devices(sandbox):
    client = sandbox.user("bo")
    await client.create_device(id="phone", push_provider="apn")
    devices = (await sandbox.server().list_devices(user_id="bo")).data.devices
    assert [(one.id, one.user_id) for one in devices] == [("phone", "bo")]
    await client.delete_device(id="phone")
    assert (await client.list_devices()).data.devices == []
    with pytest.raises(StreamApiException, match="does not exist"):
        await client.delete_device(id="phone")


def _keys(value):
    """All names of fields anywhere in a document."""
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


SERVER_ONLY = {"shadow_banned", "invisible", "ban_expires", "privacy_settings"}
ASKED = [
    ("GET", "/api/v2/users"),
    ("GET", "/video/call/default/talk"),
    ("POST", "/video/calls"),
    ("POST", "/video/call/default/talk/participants"),
    ("GET", "/api/v2/chat/query_banned_users"),
]


@pytest.mark.parametrize(("method", "path"), ASKED)
async def test_a_user_token_is_not_told_what_is_the_servers(sandbox, method, path):
    user = sandbox.world.state.users["bo"]
    user.privacy = {"read_receipts": {"enabled": False}}
    sandbox.world.sanctions.ban("bo", minutes=5)
    whole = await sandbox.ask(method, path, token=sandbox.keys.server_token())
    assert _keys(whole.json()) >= SERVER_ONLY
    told = await sandbox.ask(method, path, token=sandbox.keys.user_token("moderator"))
    assert "banned" in _keys(told.json())
    assert not _keys(told.json()) & SERVER_ONLY


async def test_a_socket_is_not_told_either(served_sandbox):
    async with served_sandbox.socket() as socket:
        assert "invisible" in socket.first["me"]
        assert not _keys(socket.first) & {"shadow_banned", "ban_expires"}
        served_sandbox.world.sanctions.ban("bo", minutes=5, shadow=True)
        assert not _keys(await socket.next("user.banned")) & SERVER_ONLY


def _nulls(value, path=""):
    if isinstance(value, dict):
        return [each for key, one in value.items() for each in _nulls(one, f"{path}.{key}")]
    if isinstance(value, list):
        return [each for one in value for each in _nulls(one, path)]
    return [path] if value is None else []


@pytest.mark.parametrize(("method", "path"), [*ASKED, ("GET", "/api/v2/app")])
async def test_what_is_unset_is_left_out(sandbox, method, path):
    sandbox.world.sanctions.ban("bo")
    sandbox.world.state.calls[CID].custom["seat"] = None
    answer = await sandbox.ask(method, path, token=sandbox.keys.server_token())
    assert answer.status_code < 300
    assert set(_nulls(answer.json())) <= {".call.custom.seat", ".calls.call.custom.seat"}
