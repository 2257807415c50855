"""Mutes in chat: kept, shown, over when their time is."""

import pytest
from getstream.exceptions import StreamApiException


@pytest.fixture
def told(sandbox):
    heard: list[tuple[str, str]] = []
    sandbox.world.state.events.listen(
        lambda event: (
            heard.append((event.type, event.payload["target_user"].id))
            if event.type.startswith("user.")
            else None
        )
    )
    return heard


async def test_a_mute_is_kept_and_taken_back(sandbox, told):
    moderation = sandbox.user("ana").moderation
    answer = (await moderation.mute(target_ids=["bo", "nobody"], timeout=10)).data
    assert [(one.user.id, one.target.id) for one in answer.mutes] == [("ana", "bo")]
    assert (answer.mutes[0].expires - answer.mutes[0].created_at).total_seconds() == 600
    assert answer.non_existing_users == ["nobody"]
    assert [one.target.id for one in answer.own_user.mutes] == ["bo"]
    await moderation.unmute(target_ids=["bo"])
    again = (await moderation.mute(target_ids=["cy"])).data
    assert [one.target.id for one in again.own_user.mutes] == ["cy"]
    assert told == [("user.muted", "bo"), ("user.unmuted", "bo"), ("user.muted", "cy")]


async def test_a_mute_ends_with_its_time_and_is_shown_on_connecting(served_sandbox):
    world = served_sandbox.world
    world.accounts.mute("moderator", "bo", 5)
    world.accounts.mute("moderator", "cy")
    async with served_sandbox.socket() as socket:
        assert [one["target"]["id"] for one in socket.first["me"]["mutes"]] == ["bo", "cy"]
    world.state.faults.add("skew", seconds=301)
    assert [one.target.id for one in world.accounts.mutes_of("moderator")] == ["cy"]
    assert not world.accounts.unmute("moderator", "bo")


async def test_nobody_mutes_themselves(sandbox):
    with pytest.raises(StreamApiException, match="themselves"):
        await sandbox.user("ana").moderation.mute(target_ids=["ana"])
