"""What people can no longer do who are banned, come from a banned address, or are blocked."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import CallRequest, MemberRequest

CID = "default:talk"
PATH = "/video/call/default/talk"


@pytest.fixture
def rung(sandbox):
    """Who was rung or notified, in order."""
    seen: list[tuple[str, tuple[str, ...]]] = []
    sandbox.world.state.events.listen(
        lambda event: (
            seen.append((event.type, event.targets))
            if event.type in ("call.ring", "call.notification")
            else None
        )
    )
    sandbox.world.control.change_members(CID, put=[{"user_id": "bo"}, {"user_id": "cy"}])
    return seen


async def _join(sandbox, user_id, address=""):
    headers = {"x-forwarded-for": address} if address else {}
    token = sandbox.keys.user_token(user_id)
    body = {"location": "here"}
    return await sandbox.ask("POST", f"{PATH}/join", token=token, body=body, headers=headers)


@pytest.mark.parametrize("how", ["ring", "notify"])
async def test_a_banned_user_neither_rings_nor_notifies(sandbox, rung, how):
    sandbox.world.sanctions.ban("ana")
    call = sandbox.user("ana").video.call("default", "talk")
    with pytest.raises(StreamApiException, match="banned") as refused:
        await call.get(**{how: True})
    assert refused.value.code == 17
    with pytest.raises(StreamApiException, match="banned"):
        await call.get_or_create(**{how: True})
    if how == "ring":
        with pytest.raises(StreamApiException, match="banned"):
            await call.ring(members_ids=["cy"])
    assert rung == []
    await sandbox.server().moderation.unban(target_user_id="ana")
    await call.get(**{how: True})
    assert [targets for _, targets in rung] == [("bo", "cy")]


async def test_a_call_is_still_read_by_those_who_may_not_ring(sandbox, rung):
    sandbox.world.sanctions.ban("ana")
    assert (await sandbox.user("ana").video.call("default", "talk").get()).data.call.cid == CID


@pytest.mark.parametrize("how", ["ring", "notify"])
async def test_who_blocks_the_caller_is_not_rung(sandbox, rung, how):
    await sandbox.user("cy").block_users(blocked_user_id="ana")
    call = sandbox.user("ana").video.call("default", "talk")
    await call.get(**{how: True})
    assert [targets for _, targets in rung] == [("bo",)]
    await sandbox.user("bo").block_users(blocked_user_id="ana")
    await call.get(**{how: True})
    assert len(rung) == 1
    await sandbox.user("cy").unblock_users(blocked_user_id="ana")
    await call.get(**{how: True})
    assert rung[-1][1] == ("cy",)


async def test_ring_answers_with_whom_it_reaches(sandbox, rung):
    await sandbox.user("cy").block_users(blocked_user_id="moderator")
    ringing = sandbox.user().video.call("default", "talk")
    assert (await ringing.ring(members_ids=["bo", "cy"])).data.members_ids == ["bo"]


async def test_a_new_call_rings_no_one_who_blocks_its_creator(sandbox, rung):
    await sandbox.user("cy").block_users(blocked_user_id="ana")
    data = CallRequest(members=[MemberRequest(user_id="bo"), MemberRequest(user_id="cy")])
    await sandbox.user("ana").video.call("default", "new").get_or_create(data=data, ring=True)
    assert rung == [("call.ring", ("bo",))]


async def test_a_banned_address_keeps_everybody_out_who_comes_from_it(sandbox):
    assert (await _join(sandbox, "bo", "203.0.113.7")).status_code == 201
    await sandbox.server().moderation.ban(target_user_id="bo", ip_ban=True)
    for user_id, address in (("bo", ""), ("cy", "203.0.113.7"), ("new", "203.0.113.7, 10.0.0.1")):
        refused = await _join(sandbox, user_id, address)
        assert (refused.status_code, refused.json()["code"]) == (403, 17)
        assert "banned" in refused.json()["message"]
    assert (await _join(sandbox, "cy", "203.0.113.8")).status_code == 201
    await sandbox.server().moderation.unban(target_user_id="bo")
    assert (await _join(sandbox, "new", "203.0.113.7")).status_code == 201


async def test_a_ban_of_the_person_leaves_the_address_alone(sandbox):
    await _join(sandbox, "bo", "203.0.113.7")
    await sandbox.server().moderation.ban(target_user_id="bo", ip_ban=True)
    await sandbox.server().moderation.ban(target_user_id="bo")  # instead of the earlier one
    assert (await _join(sandbox, "cy", "203.0.113.7")).status_code == 201
    assert (await _join(sandbox, "bo", "203.0.113.9")).status_code == 403


async def test_a_banned_address_is_free_again_in_time(sandbox):
    await _join(sandbox, "bo", "203.0.113.7")
    await sandbox.server().moderation.ban(target_user_id="bo", ip_ban=True, timeout=1)
    assert (await _join(sandbox, "cy", "203.0.113.7")).status_code == 403
    sandbox.world.state.faults.add("skew", seconds=61.0)
    assert (await _join(sandbox, "cy", "203.0.113.7")).status_code == 201
    assert sandbox.world.state.bans_now() == []


async def test_unknown_addresses_are_not_the_same_address(sandbox):
    await sandbox.server().moderation.ban(target_user_id="bo", ip_ban=True)
    assert (await _join(sandbox, "cy")).status_code == 201
