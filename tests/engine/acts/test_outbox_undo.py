"""Acts taken back through the outbox, with a scripted Stream and a real store."""

import asyncio

import pytest

from console.domain.act import ReceiptState
from console.domain.call import Participant
from console.engine.acts.inquiry import PAUSES
from console.engine.wire import events
from console.engine.wire.events import User

CID = "default:town-hall"
_QUEUED, _SENT, ACCEPTED, SEEN, UNCONFIRMED, FAILED = ReceiptState


def blocked(user_id: str) -> events.BlockedUser:
    return events.BlockedUser(call_cid=CID, user=User(id=user_id))


def now_has(user_id: str, *capabilities: str) -> events.PermissionsUpdated:
    return events.PermissionsUpdated(
        call_cid=CID, user=User(id=user_id), own_capabilities=frozenset(capabilities)
    )


async def done(desk, kind, event, **fields):
    wish = desk.act(kind, "ada", **fields)
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)
    desk.outbox.on_event(event)
    await desk.reaches(wish, SEEN)
    return wish


async def test_an_undone_act_says_by_what(desk):
    block = await done(desk, "block", blocked("ada"))
    assert desk.receipt(block).undoable

    back = desk.act("unblock", "ada", undo_of=block.act_id)
    await desk.outbox.accept(back)
    await desk.reaches(back, ACCEPTED)
    desk.outbox.on_event(events.UnblockedUser(call_cid=CID, user=User(id="ada")))
    await desk.reaches(back, SEEN)

    await desk.when(lambda: desk.receipt(block).undone_by)
    await desk.outbox.close()
    stored = await desk.records.act(block.act_id)
    assert (stored.receipt.undone_by, stored.receipt.undoable) == (back.act_id, False)
    assert stored.receipt.state is SEEN


async def test_it_takes_back_only_what_was_granted(desk):
    desk.known.people["ada"] = Participant(
        cid=CID,
        user_id="ada",
        user_session_id="s",
        name="Ada",
        capabilities=frozenset({"send-audio"}),
    )
    both = ("send-audio", "send-video")
    accept = await done(desk, "accept_request", now_has("ada", *both), permissions=both)

    back = desk.act("refuse_request", "ada", undo_of=accept.act_id)
    await desk.outbox.accept(back)
    await desk.reaches(back, ACCEPTED)

    assert desk.stream.asked[1:] == [
        ("user_permissions", {"user_id": "ada", "revoke_permissions": ["send-video"]})
    ]
    desk.outbox.on_event(now_has("ada", "send-audio"))
    await desk.reaches(back, SEEN)


async def test_what_changed_nothing_is_not_undoable(desk):
    desk.known.people["ada"] = Participant(
        cid=CID, user_id="ada", user_session_id="s", name="Ada", blocked=True
    )
    block = await done(desk, "block", blocked("ada"))
    assert not desk.receipt(block).undoable

    back = desk.act("unblock", "ada", undo_of=block.act_id)
    await desk.outbox.accept(back)

    assert (await desk.reaches(back, FAILED)).reason == "There is nothing to put back."
    assert len(desk.stream.asked) == 1


async def test_a_refused_undo_is_refused_again(desk):
    back = desk.act("unblock", "ada", undo_of="unknown")
    await desk.outbox.accept(back)
    await desk.reaches(back, FAILED)

    await desk.outbox.retry(back.act_id)

    receipt = desk.receipt(back)
    assert (receipt.state, receipt.reason) == (FAILED, "The act to undo is not known here.")
    assert desk.stream.asked == []


async def test_two_undos_of_one_act_are_one(desk):
    block = await done(desk, "block", blocked("ada"))
    first = desk.act("unblock", "ada", undo_of=block.act_id)
    second = desk.act("unblock", "ada", undo_of=block.act_id)

    await desk.outbox.accept(first)
    await desk.outbox.accept(second)

    assert (await desk.reaches(second, FAILED)).reason == "It is being undone already."
    await desk.reaches(first, ACCEPTED)


async def test_a_ban_for_good_outlives_the_undo_of_a_short_one(desk):
    short = desk.act("ban", "ada", minutes=10)
    await desk.outbox.accept(short)
    await desk.reaches(short, ACCEPTED)
    for_good = desk.act("ban", "ada")
    await desk.outbox.accept(for_good)
    await desk.reaches(for_good, ACCEPTED)

    back = desk.act("unban", "ada", undo_of=short.act_id)
    await desk.outbox.accept(back)

    assert "as well; undo that first" in (await desk.reaches(back, FAILED)).reason
    assert [path for path, _ in desk.stream.asked].count("ban") == 2
    assert not any("unban" in path for path, _ in desk.stream.asked)


async def test_a_permission_that_two_acts_took_comes_back_with_the_last_of_them(desk):
    desk.known.people["ada"] = Participant(
        cid=CID,
        user_id="ada",
        user_session_id="s",
        name="Ada",
        capabilities=frozenset({"send-audio", "send-video"}),
    )
    first = await done(desk, "revoke_audio", now_has("ada", "send-video"))
    second = desk.act("revoke_audio", "ada")
    await desk.outbox.accept(second)
    await desk.reaches(second, ACCEPTED)

    back = desk.act("grant_audio", "ada", undo_of=first.act_id)
    await desk.outbox.accept(back)

    assert "as well; undo that first" in (await desk.reaches(back, FAILED)).reason


@pytest.mark.parametrize("hears", [False, True])
async def test_an_undo_is_seen_though_the_first_act_was_not_heard(desk, hears):
    """While nothing is heard the directory may show how the person was before the first act."""
    desk.known.people["ada"] = Participant(
        cid=CID, user_id="ada", user_session_id="s", name="Ada", blocked=False
    )
    block = await done(desk, "block", blocked("ada"))
    if hears:
        desk.outbox.on_watched()
    desk.stream.gates["unblock"] = asyncio.Event()
    back = desk.act("unblock", "ada", undo_of=block.act_id)
    await desk.outbox.accept(back)
    await desk.stream.reached(2)
    desk.stream.gates.clear()

    await desk.restart()
    for _ in PAUSES if hears else PAUSES[:1]:
        await desk.clock.pass_next()

    # Where all is heard and they are as before, a colleague has put it back: a look shows nothing.
    await desk.reaches(back, UNCONFIRMED if hears else SEEN)
