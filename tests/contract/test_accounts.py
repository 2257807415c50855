"""Users as accounts, call types, tasks, through the SDK."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import UpdateUserPartialRequest, UserRequest

CID = "default:talk"


async def test_upsert_and_partial_update(sandbox):
    server = sandbox.server()
    answer = (await server.upsert_users(UserRequest(id="dee", name="Dee", role="admin"))).data
    assert answer.users["dee"].role == "admin"
    await server.update_users_partial(
        users=[UpdateUserPartialRequest(id="dee", set={"name": "Dora", "seat": 4}, unset=["x"])]
    )
    user = sandbox.world.state.users["dee"]
    assert (user.name, user.custom) == ("Dora", {"seat": 4})


async def test_a_user_changes_only_themself(sandbox):
    for wanted in (
        UpdateUserPartialRequest(id="bo", set={"name": "x"}),
        UpdateUserPartialRequest(id="cy", set={"role": "admin"}),
    ):
        with pytest.raises(StreamApiException) as refused:
            await sandbox.user("cy").update_users_partial(users=[wanted])
        assert refused.value.code == 17


async def test_deactivate_and_reactivate(sandbox):
    server = sandbox.server()
    assert (await server.deactivate_user(user_id="bo")).data.user.deactivated_at is not None
    assert sandbox.world.state.calls[CID].running.of_user("bo") == []
    assert sandbox.world.attendance.join(CID, "bo").reason == "deactivated"
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user("bo").video.query_calls()
    assert refused.value.code == 17
    await server.reactivate_user(user_id="bo", name="Bo again")
    assert sandbox.world.attendance.join(CID, "bo").user.name == "Bo again"


async def test_in_bulk_with_a_task(sandbox):
    server = sandbox.server()
    task_id = (await server.deactivate_users(user_ids=["bo", "nobody"])).data.task_id
    first = (await server.get_task(id=task_id)).data
    assert first.status in ("running", "completed")
    sandbox.world.accounts.tasks[task_id].created_at -= 1
    done = (await server.get_task(id=task_id)).data
    assert done.status == "completed"
    assert done.result["bo"] == {"status": "ok"}
    assert done.result["nobody"]["status"] == "error"


async def test_blocks_between_users(sandbox):
    client = sandbox.user("cy")
    await client.block_users(blocked_user_id="bo")
    blocks = (await client.get_blocked_users()).data.blocks
    assert [(one.user_id, one.blocked_user.id) for one in blocks] == [("cy", "bo")]
    assert sandbox.world.attendance.join(CID, "cy").user_id == "cy"
    await client.unblock_users(blocked_user_id="bo")
    assert (await client.get_blocked_users()).data.blocks == []


@pytest.mark.parametrize("path", ["/api/v2/guest", "/video/guest"])
async def test_a_guest_needs_no_token(sandbox, path):
    answer = await sandbox.ask("POST", path, body={"user": {"id": "visitor", "name": "V"}})
    assert answer.status_code == 201
    made = answer.json()
    assert made["user"]["role"] == "guest"
    read = await sandbox.ask("GET", "/api/v2/video/call/default/talk", token=made["access_token"])
    assert read.status_code == 200


async def test_call_types(sandbox):
    video = sandbox.server().video
    types = (await video.list_call_types()).data.call_types
    assert sorted(types) == ["audio_room", "default", "development", "livestream"]
    made = (
        await video.create_call_type(
            name="court",
            settings={"screensharing": {"enabled": False}},
            grants={"user": ["read-call", "join-call"]},
        )
    ).data
    assert not made.settings.screensharing.enabled
    sandbox.world.control.create("court", "one", created_by="ana")
    presence = sandbox.world.attendance.join("court:one", "cy")
    assert not sandbox.world.attendance.publish("court:one", presence.user_session_id, "audio")
    await video.update_call_type(name="court", grants={"user": ["join-call", "send-audio"]})
    assert sandbox.world.attendance.publish("court:one", presence.user_session_id, "audio")
    with pytest.raises(StreamApiException, match="in use"):
        await video.delete_call_type(name="court")
    with pytest.raises(StreamApiException, match="unknown grant fly"):
        await video.create_call_type(name="sky", grants={"user": ["fly"]})
    await video.delete_call_type(name="development")
    with pytest.raises(StreamApiException):
        await video.get_call_type(name="development")
