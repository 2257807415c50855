"""What an outbox does with the acts that an earlier one left open."""

import asyncio

import pytest
from msgspec.structs import replace

from console.domain.act import Receipt, ReceiptState
from console.engine.wire import events
from console.engine.wire.events import User
from console.engine.wire.refusals import UnreachableError

CID = "default:town-hall"
ACCEPTED, SEEN, FAILED = ReceiptState.ACCEPTED, ReceiptState.SEEN, ReceiptState.FAILED


def kicked(user_id: str) -> events.KickedUser:
    return events.KickedUser(call_cid=CID, user=User(id=user_id))


async def test_an_act_without_an_answer_is_sent_again(desk):
    desk.stream.gates["kick"] = asyncio.Event()
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)

    desk.stream.gates.clear()
    await desk.restart()

    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked == [("kick", {"user_id": "ada"})] * 2


async def test_only_the_people_who_are_left_are_acted_on(desk):
    desk.stream.refusals = [UnreachableError("Stream could not be reached.")]
    wish = desk.act("kick", "ada", "bob")
    await desk.outbox.accept(wish)
    await desk.stream.reached(2)
    unlucky, lucky = (what[1]["user_id"] for what in desk.stream.asked)
    entry = desk.outbox._pending.find(wish.act_id)
    await desk.when(lambda: desk.receipt(wish).reason)
    assert lucky in entry.accepted
    desk.outbox._pending.change(entry)

    await desk.restart()

    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked[2:] == [("kick", {"user_id": unlucky})]


async def test_an_accepted_act_is_looked_at_and_not_sent_again(desk):
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)

    await desk.restart()

    assert (await desk.reaches(wish, SEEN)).evidence == "re-read"
    assert len(desk.stream.asked) == 1


async def test_an_act_of_long_ago_is_not_sent(desk):
    desk.stream.gates["kick"] = asyncio.Event()
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)
    desk.clock.advance(601)

    await desk.restart()

    assert "long ago" in (await desk.reaches(wish, FAILED)).reason
    assert len(desk.stream.asked) == 1


@pytest.mark.parametrize("state", [ReceiptState.QUEUED, ACCEPTED])
async def test_an_open_act_of_a_newer_version_fails_and_stops_nothing(desk, state):
    act = desk.act("praise_user", "ada")
    receipt = Receipt(act_id=act.act_id, state=state, queued_at=desk.clock.now())
    await desk.records.add_act(act, receipt)
    known = desk.act("kick", "bob")
    await desk.records.add_act(known, replace(receipt, act_id=known.act_id))

    await desk.restart()

    assert (await desk.reaches(act, FAILED)).reason == "This version does not know this act."
    await desk.when(lambda: (now := desk.receipt(known)) and now.state in (ACCEPTED, SEEN))


async def test_what_was_settled_stays_settled(desk):
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)
    desk.outbox.on_event(kicked("ada"))

    await desk.restart()

    assert desk.history == {}
    assert await desk.records.open_acts() == []
