"""The chat of a call as Stream's SDK writes and reads it, and as sockets hear of it."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import MessageRequest, SortParamRequest

CHANNEL = "videocall:talk"


async def test_messages_are_written_changed_read_and_deleted(sandbox):
    chat = sandbox.server().chat
    sent = await chat.send_message(
        "videocall", "talk", MessageRequest(id="m1", text="hello", user_id="ana")
    )
    assert (sent.data.message.id, sent.data.message.text) == ("m1", "hello")
    assert (sent.data.message.cid, sent.data.message.user.name) == (CHANNEL, "Ana")

    changed = await chat.update_message("m1", MessageRequest(text="bye", user_id="ana"))
    assert changed.data.message.text == "bye"
    assert changed.data.message.updated_at >= changed.data.message.created_at

    found = await chat.get_message("m1")
    assert (found.data.message.text, found.data.message.channel.cid) == ("bye", CHANNEL)
    deleted = await chat.delete_message("m1", deleted_by="moderator")
    assert deleted.data.message.type == "deleted"
    assert (await chat.query_channels()).data.channels[0].messages == []


async def test_channels_of_calls_are_found_by_cid_with_their_last_messages(sandbox):
    sandbox.world.control.create("livestream", "other", created_by="ana")
    chat = sandbox.server().chat
    for number in range(4):
        await chat.send_message(
            "videocall", "other", MessageRequest(text=f"line {number}", user_id="bo")
        )
    wanted = {"cid": {"$in": [CHANNEL, "videocall:other", "messaging:other", "videocall:none"]}}
    answer = await chat.query_channels(
        filter_conditions=wanted,
        message_limit=2,
        limit=30,
        sort=[SortParamRequest(field="last_message_at", direction=-1)],
    )
    states = answer.data.channels
    assert [state.channel.cid for state in states] == ["videocall:other", CHANNEL]
    assert [message.text for message in states[0].messages] == ["line 2", "line 3"]


async def refused(request) -> tuple[int, int]:
    with pytest.raises(StreamApiException) as caught:
        await request
    return caught.value.status_code, caught.value.code


async def test_what_is_refused(sandbox):
    server, bo = sandbox.server(), sandbox.user("bo").chat
    mine = MessageRequest(text="mine")
    assert await refused(server.chat.send_message("videocall", "talk", mine)) == (400, 4)
    assert await refused(bo.send_message("videocall", "none", mine)) == (404, 16)
    long = MessageRequest(text="x" * 5_001)
    assert await refused(bo.send_message("videocall", "talk", long)) == (400, 20)
    await bo.send_message("videocall", "talk", MessageRequest(id="m1", text="mine"))
    assert await refused(
        sandbox.user("cy").chat.update_message("m1", MessageRequest(text="not yours"))
    ) == (403, 17)
    await server.moderation.ban(target_user_id="bo", banned_by_id="moderator")
    assert await refused(bo.send_message("videocall", "talk", mine)) == (403, 17)


async def watch(peer, socket, user_id="moderator", path="/api/v2/chat/channels"):
    return await peer.ask(
        "POST",
        path,
        token=peer.keys.user_token(user_id),
        query={"connection_id": socket.connection_id},
        body={"filter_conditions": {"cid": {"$in": [CHANNEL]}}, "watch": True, "state": True},
    )


async def test_who_watches_a_channel_hears_of_its_messages(served_sandbox):
    peer = served_sandbox
    async with (
        peer.socket(products=["chat"]) as watching,
        peer.socket("cy", products=["chat"]) as other,
        peer.socket("ana") as video,
    ):
        assert (await watch(peer, watching)).status_code == 201
        assert (await watch(peer, video, "ana")).status_code == 201
        chat = peer.server().chat
        await chat.send_message(
            "videocall", "talk", MessageRequest(id="m1", text="hello", user_id="ana")
        )
        await chat.update_message("m1", MessageRequest(text="bye", user_id="ana"))
        await chat.delete_message("m1", deleted_by="moderator")
        new = await watching.next("message.new")
        assert (new["cid"], new["channel_type"], new["channel_id"]) == (
            CHANNEL,
            "videocall",
            "talk",
        )
        assert "call_cid" not in new
        assert (new["message"]["text"], new["message"]["user"]["id"]) == ("hello", "ana")
        assert isinstance(new["message"]["created_at"], int)
        changed = await watching.next("message.updated")
        assert (changed["message_id"], changed["message"]["text"]) == ("m1", "bye")
        gone = await watching.next("message.deleted")
        assert (gone["hard_delete"], gone["user"]["id"]) == (False, "moderator")
        # Sockets that watch nothing, or do not want chat, hear only what is of the whole app.
        await peer.server().moderation.ban(target_user_id="bo", banned_by_id="moderator")
        for socket in (other, video):
            assert await socket.until("user.banned") == ["user.banned"]


async def test_a_watch_needs_a_socket_of_the_same_user(served_sandbox):
    peer = served_sandbox
    async with peer.socket(products=["chat"]) as socket:
        assert (await watch(peer, socket, "cy")).json()["code"] == 46
        assert (await watch(peer, socket, path="/channels")).status_code == 201
    answer = await peer.ask(
        "POST",
        "/channels",
        token=peer.keys.user_token("moderator"),
        body={"filter_conditions": {}, "watch": True},
    )
    assert answer.json()["code"] == 4


async def test_who_is_shadow_banned_writes_in_the_shadow(sandbox):
    sandbox.world.sanctions.ban("bo", shadow=True)
    assert sandbox.world.chat.write(CHANNEL, "bo", "Hear me").shadowed
    await sandbox.server().moderation.unban(target_user_id="bo")
    assert not sandbox.world.chat.write(CHANNEL, "bo", "Hear me").shadowed


@pytest.mark.parametrize("how", ["ban", "deactivate", "deactivate several", "delete"])
@pytest.mark.parametrize("hard", [False, True])
async def test_messages_go_with_their_author_where_that_is_asked_for(sandbox, how, hard):
    gone = sandbox.world.chat.write(CHANNEL, "bo", "One")
    kept = sandbox.world.chat.write(CHANNEL, "cy", "Two")
    server, degree = sandbox.server(), "hard" if hard else "soft"
    match how:
        case "ban":
            await server.moderation.ban(target_user_id="bo", delete_messages=degree)
        case "deactivate":
            await server.deactivate_user(user_id="bo", mark_messages_deleted=True)
        case "deactivate several":
            await server.deactivate_users(user_ids=["bo"], mark_messages_deleted=True)
        case _:
            await server.delete_users(user_ids=["bo"], user=degree, messages=degree)
    assert gone.deleted_at is not None
    assert (gone.id in sandbox.world.chat.messages) is not (hard and how in ("ban", "delete"))
    assert kept.deleted_at is None


async def test_the_review_queue_takes_a_message_away_and_puts_it_back(sandbox):
    server = sandbox.server()
    message = sandbox.world.chat.write(CHANNEL, "ana", "You are a blockhead.")
    told: list[str] = []
    sandbox.world.state.events.listen(lambda event: told.append(event.type))
    flagged = await server.moderation.flag(
        entity_type="stream:chat:v1:message",
        entity_id=message.id,
        entity_creator_id="ana",
        user_id="bo",
    )

    async def act(kind: str, **payload: dict[str, bool]) -> None:
        await server.moderation.submit_action(
            action_type=kind, item_id=flagged.data.item_id, user_id="moderator", **payload
        )

    await act("delete_message")
    assert sandbox.world.chat.messages[message.id].deleted_at is not None
    await act("restore")
    assert sandbox.world.chat.messages[message.id].deleted_at is None
    assert [kind for kind in told if kind.startswith("message.")] == [
        "message.deleted",
        "message.undeleted",
    ]
    await act("delete_message", delete_message={"hard_delete": True})
    assert message.id not in sandbox.world.chat.messages
