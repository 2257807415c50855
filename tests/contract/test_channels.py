"""Channels for members as Stream's SDK makes them, and events of an app's own in them."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import (
    ChannelInput,
    ChannelMemberRequest,
    EventRequest,
    MessageRequest,
)

TEAM = "messaging:desk"


@pytest.fixture
async def team(served_sandbox):
    data = ChannelInput(created_by_id="moderator", members=[ChannelMemberRequest(user_id="ana")])
    await served_sandbox.server().chat.get_or_create_channel("messaging", "desk", data=data)
    return served_sandbox


async def refused(request) -> tuple[int, int]:
    with pytest.raises(StreamApiException) as caught:
        await request
    return caught.value.status_code, caught.value.code


async def test_only_members_read_and_write(team):
    wanted = {"cid": {"$in": [TEAM]}}
    await team.user("ana").chat.send_message(
        "messaging", "desk", MessageRequest(text="hello", custom={"kind": "note"})
    )
    (state,) = (await team.user("ana").chat.query_channels(filter_conditions=wanted)).data.channels
    assert [member.user_id for member in state.members] == ["moderator", "ana"]
    (message,) = state.messages
    assert (message.text, message.custom) == ("hello", {"kind": "note"})
    outsider = team.user("bo").chat
    assert (await outsider.query_channels(filter_conditions=wanted)).data.channels == []
    assert await refused(outsider.send_message("messaging", "desk", MessageRequest(text="hi"))) == (
        403,
        17,
    )


async def test_members_come_and_go(team):
    chat = team.server().chat
    await chat.update_channel("messaging", "desk", add_members=[ChannelMemberRequest(user_id="bo")])
    await team.user("bo").chat.send_message("messaging", "desk", MessageRequest(text="hi"))
    await chat.update_channel("messaging", "desk", remove_members=["bo"])
    assert await refused(
        team.user("bo").chat.send_message("messaging", "desk", MessageRequest(text="hi"))
    ) == (403, 17)
    adding = [ChannelMemberRequest(user_id="cy")]
    assert await refused(
        team.user("cy").chat.update_channel("messaging", "desk", add_members=adding)
    ) == (403, 17)


async def test_an_event_of_ones_own_reaches_who_watches_and_nobody_keeps_it(team):
    async with team.socket("ana", products=["chat"]) as watching:
        answer = await team.ask(
            "POST",
            "/api/v2/chat/channels",
            token=team.keys.user_token("ana"),
            query={"connection_id": watching.connection_id},
            body={"filter_conditions": {"cid": {"$in": [TEAM]}}, "watch": True, "state": True},
        )
        assert answer.status_code == 201
        event = EventRequest(type="beat", custom={"cid": "x"}, user_id="moderator")
        await team.server().chat.send_event("messaging", "desk", event)
        told = await watching.next("beat")
        assert (told["cid"], told["custom"], told["user"]["id"]) == (
            TEAM,
            {"cid": "x"},
            "moderator",
        )
        dotted = EventRequest(type="a.b", user_id="moderator")
        assert await refused(team.server().chat.send_event("messaging", "desk", dotted)) == (400, 4)
        large = EventRequest(type="beat", custom={"x": "y" * 6_000}, user_id="moderator")
        assert await refused(team.server().chat.send_event("messaging", "desk", large)) == (400, 4)
