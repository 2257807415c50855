"""A call that one console suspended is suspended on the other, and given back from there once."""

import pytest
from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.call import ASKABLE, Permission
from console.domain.suspended import HeldRights, Suspension
from console.domain.suspension_told import heard, words_of
from console.domain.team import Told, Withheld
from console.engine.acts import confirmation
from console.engine.services import suspensions
from console.engine.team.envelope import pack
from console.protocol.acts import ActsChanged
from console.protocol.suspensions import AskSuspension, SuspensionAnswer
from console.protocol.to_window import Problem
from console.sandbox.world import MODERATOR_ID
from tests.engine.team.conftest import CHANNEL, CID, SECOND

TALK = frozenset({Permission.SEND_AUDIO, Permission.SEND_VIDEO, Permission.SCREENSHARE})
pytestmark = pytest.mark.clock_speed(10)


def may_send(desk, presence):
    state = desk.world.state
    return state.capabilities_of(state.calls[CID], presence.user, "") & ASKABLE


async def seen(console, kind, *user_ids, **more):
    act_id = console.act(kind, CID, *user_ids, **more)
    await console.until(
        lambda: (r := console.receipt(act_id)) is not None and r.state is ReceiptState.SEEN
    )
    return act_id


def grants(console):
    acts = [p.act for m in console.of(ActsChanged) for p in m.acts]
    return {act.act_id for act in acts if act.kind == "resume_call"}


async def given_back(console):
    await console.until(
        lambda: not console.calls[CID].suspended and not console.calls[CID].to_give_back
    )


async def suspend(desk, first, second, *others):
    people = [desk.ann, *(desk.join(CID, other) for other in others)]
    for console in (first, second):
        await console.live(CID)
        console.focus(CID)
    act_id = await seen(first, "suspend_call")
    await second.until(lambda: second.calls[CID].to_give_back == len(people))
    assert second.calls[CID].suspended == TALK
    return people, act_id


async def test_a_colleague_sees_it_and_gives_back_exactly_what_each_had(desk, team):
    first, second = await team.pair()
    desk.join(CID, "bob")
    desk.world.sanctions.permissions(CID, "bob", revoke=["send-video"])
    (ann, cy), _ = await suspend_with_bob(desk, first, second)
    second.router.answer(AskSuspension("q", CID))
    await second.until(lambda: second.of(SuspensionAnswer))
    held = {one.user_id: one.held for one in second.of(SuspensionAnswer)[-1].people}
    assert held == {"ann": TALK, "bob": TALK - {"send-video"}, "cy": TALK}

    await seen(second, "resume_call", "ann")
    await first.until(lambda: first.calls[CID].to_give_back == 2)
    assert (may_send(desk, ann), may_send(desk, cy)) == (TALK, frozenset())
    await seen(second, "resume_call")
    for console in (first, second):
        await given_back(console)
    assert (may_send(desk, ann), may_send(desk, cy)) == (TALK, TALK)
    assert (len(grants(first)), len(grants(second))) == (0, 2)


async def suspend_with_bob(desk, first, second):
    cy = desk.join(CID, "cy")
    for console in (first, second):
        await console.live(CID)
        console.focus(CID)
    act_id = await seen(first, "suspend_call")
    await second.until(lambda: second.calls[CID].to_give_back == 3)
    return (desk.ann, cy), act_id


async def test_the_first_machine_may_be_gone(desk, team):
    first, second = await team.pair()
    (ann, bob), _ = await suspend(desk, first, second, "bob")
    await team.kill(first)
    await team.kill(second)
    again = await team.sign_in(SECOND, home="home-1")
    await again.live(CID)
    again.focus(CID)
    await again.until(lambda: again.calls[CID].to_give_back == 2)
    late = desk.join(CID, "late")
    await again.until(lambda: again.calls[CID].to_give_back == 3, timeout=30)
    await again.until(lambda: not may_send(desk, late))
    await seen(again, "resume_call")
    assert [may_send(desk, one) for one in (ann, bob, late)] == [TALK, TALK, TALK]

    back = await team.sign_in(MODERATOR_ID, home="home-0")
    await back.live(CID)
    await given_back(back)
    assert grants(back) == set()


async def test_what_the_first_gives_back_ends_on_the_other(desk, team):
    first, second = await team.pair()
    (ann,), act_id = await suspend(desk, first, second)
    await seen(first, "resume_call", undo_of=act_id)
    await given_back(second)
    assert may_send(desk, ann) == TALK
    assert grants(second) == set()


async def test_what_a_colleague_gave_back_is_known_though_no_event_told_it(desk, team, monkeypatch):
    monkeypatch.setattr(confirmation, "PAUSES", (0.1, 0.1))
    monkeypatch.setattr(suspensions, "TOLD_WITHIN_S", 0.0)
    first, second = await team.pair()
    (ann,), act_id = await suspend(desk, first, second)
    await second.until(lambda: "send-audio" in second.person("ann").revoked)
    desk.world.state.faults.add("lose", "call.permissions_updated", 100)
    first.act("resume_call", CID, undo_of=act_id)
    await given_back(second)
    await second.until(lambda: not second.person("ann").revoked)
    assert may_send(desk, ann) == TALK
    desk.world.state.faults.clear()

    await seen(second, "keep_muted", "ann", minutes=1)

    await second.until(lambda: may_send(desk, ann) == TALK)


async def test_what_a_colleague_took_is_known_though_no_event_told_it(desk, team, monkeypatch):
    monkeypatch.setattr(confirmation, "PAUSES", (0.1, 0.1))
    first, second = await team.pair()
    for console in (first, second):
        await console.live(CID)
        console.focus(CID)
    await second.until(lambda: second.person("ann"))
    desk.world.state.faults.add("lose", "call.permissions_updated", 100)
    first.act("suspend_call", CID)
    await second.until(lambda: second.calls[CID].suspended)
    await second.until(lambda: second.person("ann").revoked)
    await second.until(lambda: not may_send(desk, desk.ann))


def suspension(count):
    people = tuple(
        HeldRights(user_id=f"user-{n}" * 10, name="N" * 300, held=TALK) for n in range(count)
    )
    return Suspension(cid=CID, permissions=TALK, since=5.0, act_id="a", people=people)


def told(word, by="mia"):
    return Told(told_id="t", by=by, name="Mia", at=1.0, word=word)


def test_many_people_travel_in_pieces_and_arrive_whole():
    whole = suspension(500)
    words = words_of(None, whole)
    assert len(words) > 10
    known = None
    for word in words:
        known = heard(known, told(word))
    assert known is not None
    assert {one.user_id: one.held for one in known.people} == {
        one.user_id: one.held for one in whole.people
    }
    assert known.by == "mia"
    fewer = replace(whole, people=whole.people[100:], permissions=frozenset())
    for word in words_of(whole, fewer):
        known = heard(known, told(word))
    assert known is not None
    assert len(known.people) == 400
    assert known.permissions == frozenset()
    (end,) = words_of(fewer, None)
    assert heard(known, told(end)) is None


def test_words_about_another_suspension_change_nothing():
    mine = suspension(2)
    other = replace(suspension(3), act_id="b")
    for word in (*words_of(None, other), *words_of(other, None)):
        assert heard(mine, told(word)) is mine


async def test_who_is_no_moderator_suspends_nothing(desk, team):
    world = desk.world
    world.add_user("spy", "Spy")
    world.chat.channel(CHANNEL).add(["spy"], 0.0)
    second = await team.sign_in(SECOND)
    await second.live(CID)
    await second.joined()
    word = Withheld(CID, "made-up", 1.0, tuple(TALK))
    world.chat.write(CHANNEL, "spy", "a message", custom=pack("c", [word]))
    await second.until(lambda: any("no moderator" in p.sentence for p in second.of(Problem)))
    assert not second.calls[CID].suspended
