"""What an outbox does with the acts that an earlier one left open."""

import asyncio

import pytest
from msgspec.structs import replace

from console.domain.act import Receipt, ReceiptState
from console.domain.call import Call, Participant
from console.engine.acts.inquiry import PAUSES, SURE_AFTER
from console.engine.wire import events
from console.engine.wire.events import User
from console.engine.wire.refusals import UnreachableError

CID = "default:town-hall"
_QUEUED, _SENT, ACCEPTED, SEEN, UNCONFIRMED, FAILED = ReceiptState


def kicked(user_id: str) -> events.KickedUser:
    return events.KickedUser(call_cid=CID, user=User(id=user_id))


def there(user_id: str, device: str, joined_at: float = 1.0) -> dict[str, object]:
    at = int(joined_at * 1e9)
    return {"user": {"id": user_id}, "user_session_id": device, "joined_at": at}


async def sent_without_answer(desk, operation: str, *user_ids: str, kind: str = ""):
    """An act whose request is out when the engine dies."""
    desk.stream.gates[operation] = asyncio.Event()
    wish = desk.act(kind or operation, *user_ids)
    before = len(desk.stream.asked)
    await desk.outbox.accept(wish)
    await desk.stream.reached(before + len(user_ids))
    desk.stream.gates.clear()
    return wish


async def test_a_kick_that_was_not_done_is_sent_again_once_two_looks_agree(desk):
    desk.known.on_devices["ada"] = frozenset({"d1"})
    desk.stream.people = [there("ada", "d1")]
    wish = await sent_without_answer(desk, "kick", "ada")

    await desk.restart()
    await desk.clock.pass_next()
    await desk.stream.looked(1)
    assert len(desk.stream.asked) == 1
    await desk.clock.pass_next()

    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked == [("kick", {"user_id": "ada"})] * 2


@pytest.mark.parametrize("came_back", [True, False])
async def test_a_kick_without_an_answer_on_somebody_who_is_gone_is_not_known(desk, came_back):
    """They may have been put out by it, or have left by themselves."""
    desk.known.on_devices["ada"] = frozenset({"d1"})
    wish = await sent_without_answer(desk, "kick", "ada")
    desk.stream.people = [there("ada", "d2", desk.clock.now() + 1)] if came_back else []

    await desk.restart()
    for _ in PAUSES:
        await desk.clock.pass_next()

    receipt = await desk.reaches(wish, UNCONFIRMED)
    assert receipt.outcome_unknown
    assert "left by themselves" in receipt.reason
    assert len(desk.stream.asked) == 1


async def test_what_cannot_be_seen_is_not_known_and_a_person_decides(desk):
    wish = await sent_without_answer(desk, "block", "ada")

    await desk.restart()
    for _ in range(5):
        await desk.clock.pass_next()

    receipt = await desk.reaches(wish, UNCONFIRMED)
    assert receipt.outcome_unknown
    assert "no answer came" in receipt.reason
    assert len(desk.stream.asked) == 1

    await desk.outbox.leave(wish.act_id)
    await desk.when(lambda: desk.receipt(wish).left)
    await desk.restart()
    await desk.outbox.retry(wish.act_id)
    assert not (await desk.reaches(wish, ACCEPTED)).left
    assert desk.stream.asked == [("block", {"user_id": "ada"})] * 2


async def test_a_look_shows_nothing_of_an_act_that_changes_nothing(desk):
    """They were banned already, so that they are banned now says nothing of this ban."""
    desk.known.people["ada"] = Participant(
        cid=CID, user_id="ada", user_session_id="d1", name="Ada", banned=True
    )
    desk.stream.banned = {"ada"}
    wish = await sent_without_answer(desk, "ban", "ada")

    await desk.restart()
    for _ in range(5):
        await desk.clock.pass_next()

    assert (await desk.reaches(wish, UNCONFIRMED)).outcome_unknown


@pytest.mark.parametrize("kind", ["mute_audio", "mute_screenshare_audio"])
@pytest.mark.parametrize("live", [{"audio", "screenshare"}, set()])
async def test_silence_shows_nothing_of_a_mute_without_an_answer(desk, kind, live):
    desk.known.on_devices["ada"] = frozenset({"d1"})
    desk.known.people["ada"] = Participant(
        cid=CID,
        user_id="ada",
        user_session_id="d1",
        name="Ada",
        live=frozenset(live),
        live_known=True,
    )
    wish = await sent_without_answer(desk, "mute_users", "ada", kind=kind)

    await desk.restart()
    for _ in PAUSES:
        await desk.clock.pass_next()

    assert "by themselves" in (await desk.reaches(wish, UNCONFIRMED)).reason
    assert len(desk.stream.asked) == 1


async def test_silence_proves_nothing_of_a_track_that_is_not_followed_where_nobody_is_known(desk):
    wish = await sent_without_answer(desk, "mute_users", "ada", kind="mute_screenshare_audio")
    await desk.restart()
    for _ in range(5):
        await desk.clock.pass_next()
    await desk.reaches(wish, UNCONFIRMED)
    assert len(desk.stream.asked) == 1

    desk.outbox.on_lost()
    desk.outbox.on_watched()  # looks once more at what is not known
    await desk.stream.looked(desk.stream.looks + 1)
    for _ in range(50):
        await asyncio.sleep(0)
    assert desk.latest[wish.act_id].receipt.state is UNCONFIRMED


async def test_an_act_that_waited_is_not_done_to_somebody_who_came_back(desk):
    desk.known.on_devices["ada"] = frozenset({"d1"})
    desk.known.calls[CID] = Call(cid=CID, type="default", id="town-hall", name="x", people=1)
    desk.stream.people = [there("ada", "d2", desk.clock.now() + 1)]
    first = await sent_without_answer(desk, "mute_users", "ada", kind="mute_audio")
    waits = desk.act("kick", "ada")
    await desk.outbox.accept(waits)
    desk.known.on_devices["ada"] = frozenset({"d2"})

    await desk.restart()
    for _ in range(5):
        await desk.clock.pass_next()

    assert "joined again" in (await desk.reaches(waits, FAILED)).reason
    assert (await desk.reaches(first, UNCONFIRMED)).outcome_unknown
    assert [what[0] for what in desk.stream.asked] == ["mute_users"]


async def test_only_the_people_who_are_left_are_acted_on(desk):
    desk.stream.refusals = [UnreachableError("Stream could not be reached.", may_be_done=False)]
    desk.stream.people = [there("ada", "d1"), there("bob", "d2")]
    wish = desk.act("kick", "ada", "bob")
    await desk.outbox.accept(wish)
    await desk.stream.reached(2)
    unlucky, lucky = (what[1]["user_id"] for what in desk.stream.asked)
    entry = desk.outbox._pending.find(wish.act_id)
    await desk.when(lambda: desk.receipt(wish).reason)
    assert lucky in entry.accepted
    desk.outbox._pending.change(entry)

    await desk.restart()
    await desk.clock.pass_next()
    await desk.clock.pass_next()

    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked[2:] == [("kick", {"user_id": unlucky})]


async def test_an_accepted_act_is_looked_at_and_not_sent_again(desk):
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)

    await desk.restart()

    assert (await desk.reaches(wish, SEEN)).evidence == "re-read"
    assert len(desk.stream.asked) == 1


async def test_an_act_that_waited_too_long_is_not_sent(desk):
    first = await sent_without_answer(desk, "kick", "ada")
    wish = desk.act("block", "ada")
    await desk.outbox.accept(wish)
    desk.clock.advance(601)

    await desk.restart()

    assert "long ago" in (await desk.reaches(wish, FAILED)).reason
    assert [what[0] for what in desk.stream.asked] == ["kick"]
    assert desk.receipt(first) is None


async def test_an_act_that_was_sent_long_ago_is_looked_at_and_never_told_unsent(desk):
    desk.known.on_devices["bob"] = frozenset({"d1"})
    desk.stream.people = [there("bob", "d1")]
    gone = await sent_without_answer(desk, "kick", "ada")
    stayed = await sent_without_answer(desk, "kick", "bob")
    desk.clock.advance(601)

    await desk.restart()
    for _ in range(SURE_AFTER + len(PAUSES)):
        await desk.clock.pass_next()

    await desk.reaches(gone, UNCONFIRMED)
    receipt = await desk.reaches(stayed, FAILED)
    assert receipt.reason == "It was sent and not done, and that was long ago."
    assert [what[0] for what in desk.stream.asked] == ["kick", "kick"]


async def test_an_act_that_waited_in_a_window_for_too_long_is_not_sent(desk):
    wish = desk.act("kick", "ada", requested_at=desk.clock.now() - 601)

    await desk.outbox.accept(wish)

    assert "too late" in (await desk.reaches(wish, FAILED)).reason
    assert desk.stream.asked == []


async def test_an_undo_that_was_not_noted_at_its_original_is_noted_at_the_start(desk):
    block = desk.act("block", "ada")
    await desk.outbox.accept(block)
    await desk.reaches(block, ACCEPTED)
    desk.outbox.on_event(events.BlockedUser(call_cid=CID, user=User(id="ada")))
    await desk.reaches(block, SEEN)
    undo = desk.act("unblock", "ada", undo_of=block.act_id)
    seen = Receipt(act_id=undo.act_id, state=SEEN, queued_at=desk.clock.now())
    await desk.records.add_act(undo, seen)

    await desk.restart()

    await desk.when(lambda: (now := desk.receipt(block)) and now.undone_by == undo.act_id)
    assert not desk.receipt(block).undoable


@pytest.mark.parametrize("state", [ReceiptState.QUEUED, ACCEPTED])
async def test_an_open_act_of_a_newer_version_fails_and_stops_nothing(desk, state):
    act = desk.act("praise_user", "ada")
    receipt = Receipt(act_id=act.act_id, state=state, queued_at=desk.clock.now())
    await desk.records.add_act(act, receipt)
    known = desk.act("ban", "bob")
    desk.stream.banned = {"bob"}
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


async def test_an_act_that_was_written_down_as_its_sign_in_ended_is_sent_by_the_next(desk):
    ending = desk.outbox
    await desk.restart()
    wish = desk.act("kick", "ada")
    await ending.accept(wish)
    assert desk.stream.asked == []

    await desk.outbox.accept(wish)

    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked == [("kick", {"user_id": "ada"})]


async def test_an_act_that_comes_in_twice_at_once_is_sent_once(desk):
    wish = desk.act("kick", "ada")
    await asyncio.gather(*(desk.outbox.accept(wish) for _ in range(3)))
    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked == [("kick", {"user_id": "ada"})]
