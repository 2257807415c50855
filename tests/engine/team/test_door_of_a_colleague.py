"""A call that one console closed to all but members is closed on the other, and opened there."""

import pytest

from console.domain.act import ReceiptState
from console.domain.door import Door
from console.domain.door_told import heard, words_of
from console.domain.team import HeldDoor, LetIn, Told
from console.engine.services.doors import Doors
from console.engine.team.envelope import pack
from console.protocol.acts import ActsChanged
from console.protocol.door import DoorSet, SetDoor
from console.protocol.to_window import Problem
from console.sandbox.world import MODERATOR_ID
from tests.engine.team.conftest import CHANNEL, CID, SECOND

pytestmark = pytest.mark.clock_speed(10)


def blocked(desk):
    return set(desk.world.state.calls[CID].blocked_user_ids)


async def set_door(console, *, held):
    before = len(console.of(DoorSet))
    console.router.answer(SetDoor("door", CID, held))
    await console.until(lambda: len(console.of(DoorSet)) > before)
    assert console.of(DoorSet)[-1].sentence == ""
    return console.of(DoorSet)[-1]


async def seen(console, kind, *user_ids):
    act_id = console.act(kind, CID, *user_ids)
    await console.until(
        lambda: (r := console.receipt(act_id)) is not None and r.state is ReceiptState.SEEN
    )


async def held_for_both(first, second):
    for console in (first, second):
        await console.live(CID)
        console.focus(CID)
    await set_door(first, held=True)
    await second.until(lambda: second.calls[CID].door)


def did(console, kind):
    acts = [p.act for m in console.of(ActsChanged) for p in m.acts]
    return {act.user_ids[0] for act in acts if act.kind == kind}


async def test_a_colleague_sees_members_only_and_opens_the_door(desk, team):
    first, second = await team.pair()
    await held_for_both(first, second)
    desk.join(CID, "eve")
    await second.until(lambda: blocked(desk) == {"eve"})
    await second.until(lambda: any(told.word.kind == "block" for told in second.told))

    assert (await set_door(second, held=False)).put_out == 1
    await second.until(lambda: not blocked(desk))
    await first.until(lambda: not first.calls[CID].door)
    desk.join(CID, "eve")
    desk.join(CID, "mallory")
    await second.until(lambda: not second.calls[CID].door)
    assert blocked(desk) == set()
    assert (did(first, "unblock"), did(second, "unblock")) == (set(), {"eve"})


async def test_opening_leaves_whom_a_colleague_blocked_as_well(desk, team):
    first, second = await team.pair()
    await held_for_both(first, second)
    for user_id in ("eve", "mallory"):
        desk.join(CID, user_id)
    await second.until(lambda: blocked(desk) == {"eve", "mallory"})
    await seen(second, "block", "mallory")
    await second.until(
        lambda: {t.word.user_ids for t in second.told if not t.ours} >= {("eve",), ("mallory",)}
    )

    await set_door(second, held=False)
    await first.until(lambda: blocked(desk) == {"mallory"} and not first.calls[CID].door)
    await second.until(lambda: any("stays blocked" in p.sentence for p in second.of(Problem)))


async def test_the_console_that_closed_it_may_be_gone(desk, team):
    first, second = await team.pair()
    await held_for_both(first, second)
    await team.kill(first)
    desk.join(CID, "eve")
    await second.until(lambda: blocked(desk) == {"eve"}, timeout=30)
    await set_door(second, held=False)
    await second.until(lambda: not blocked(desk))

    back = await team.sign_in(MODERATOR_ID, home="home-0")
    await back.live(CID)
    await back.until(lambda: not back.calls[CID].door)


async def test_who_joins_later_is_told_what_was_done_before(desk, team):
    first = await team.sign_in(channel="")
    await first.live(CID)
    first.focus(CID)
    await set_door(first, held=True)
    await seen(first, "suspend_call")
    await first.close()
    team.all.remove(first)

    second = await team.sign_in(SECOND, home="home-9")
    await second.live(CID)
    await second.joined()
    assert not second.calls[CID].door
    await team.sign_in(MODERATOR_ID, home="home-0")
    await second.until(lambda: second.calls[CID].door and second.calls[CID].to_give_back == 1)


async def test_what_is_out_of_reach_of_a_newcomer_is_said_again(desk, team):
    first = await team.sign_in()
    await first.live(CID)
    first.focus(CID)
    await first.joined()
    await set_door(first, held=True)
    await seen(first, "suspend_call")
    channel = desk.world.chat.channel(CHANNEL)
    await first.until(lambda: len(channel.messages) >= 2)
    for number in range(400):
        desk.world.chat.write(CHANNEL, MODERATOR_ID, f"message {number}")

    second = await team.sign_in(SECOND)
    await second.live(CID)
    await second.until(lambda: second.calls[CID].door and second.calls[CID].to_give_back == 1)
    told = len(channel.messages)
    third = await team.sign_in(SECOND)
    await third.joined(MODERATOR_ID)
    await third.live(CID)
    await third.until(lambda: third.calls[CID].door)
    assert len(channel.messages) == told  # the newcomer could read it


async def test_who_missed_that_the_door_was_opened_is_told(desk, team):
    first, second = await team.pair()
    await held_for_both(first, second)
    old = next(iter(door_of(first).values()))
    await set_door(first, held=False)
    await second.until(lambda: not second.calls[CID].door)
    await second.close()
    team.all.remove(second)

    third = await team.sign_in(SECOND, home="home-8")
    await third.live(CID)
    await third.joined(MODERATOR_ID)
    word = HeldDoor(CID, old.since)
    desk.world.chat.write(CHANNEL, SECOND, "a console of before", custom=pack("old", [word]))
    messages = desk.world.chat.channel(CHANNEL).messages
    before = len(messages)
    await third.until(lambda: len(messages) > before)  # the first corrects it
    await third.until(lambda: not door_of(third))
    assert not third.calls[CID].door


def door_of(console):
    (service,) = (one for one in console.services if isinstance(one, Doors))
    return service._doors


async def test_a_colleague_sees_that_a_call_is_backstage_and_takes_it_live(desk, team):
    first, second = await team.pair()
    for console in (first, second):
        await console.live(CID)
    await seen(first, "stop_live")
    await second.until(lambda: second.calls[CID].backstage)
    await seen(second, "go_live")
    await first.until(lambda: not first.calls[CID].backstage)


async def test_who_is_no_moderator_holds_no_door(desk, team):
    world = desk.world
    world.add_user("spy", "Spy")
    world.chat.channel(CHANNEL).add(["spy"], 0.0)
    second = await team.sign_in(SECOND)
    await second.live(CID)
    await second.joined()
    world.chat.write(CHANNEL, "spy", "a message", custom=pack("c", [HeldDoor(CID, 5.0)]))
    await second.until(lambda: any("door of a call" in p.sentence for p in second.of(Problem)))
    assert not second.calls[CID].door


def told(word):
    return Told(told_id="t", by="mia", name="Mia", at=1.0, word=word)


def door(since=5.0, people=300):
    ids = [f"user-{n}" * 10 for n in range(people)]
    out = {user_id: f"act-{user_id}" for user_id in ids[: people // 2]}
    return Door(
        cid=CID,
        held=True,
        since=since,
        by="mia",
        inside=frozenset(ids[people // 2 :]),
        put_out=out,
        names=dict.fromkeys(out, "N" * 300),
    )


def test_many_people_travel_in_pieces_and_arrive_whole():
    whole = door()
    words = words_of(None, whole)
    assert len(words) > 5
    known = None
    for word in words:
        known = heard(known, told(word))
    assert known is not None
    assert (known.inside, known.put_out, known.told) == (whole.inside, whole.put_out, True)
    fewer = whole.let("user-0" * 10)
    for word in words_of(whole, fewer):
        known = heard(known, told(word))
    assert known is not None
    assert (known.put_out, known.inside) == (fewer.put_out, fewer.inside)
    (end,) = words_of(fewer, None)
    assert heard(known, told(end)) is None


def test_of_two_times_a_door_was_held_the_later_one_counts():
    earlier, later = door(5.0, 4), door(9.0, 4)
    assert heard(later, told(HeldDoor(CID, 5.0, False))) is later
    assert heard(later, told(LetIn(CID, 5.0))) is later
    after = heard(earlier, told(HeldDoor(CID, 9.0)))
    assert after is not None
    assert (after.since, after.put_out, after.told) == (9.0, earlier.put_out, True)
