"""Receipts on disk: what the store does not take is kept, written later, and told."""

import asyncio

from console.domain.act import Receipt, ReceiptState
from console.engine.acts import pending_acts
from console.engine.acts.inquiry import PAUSES
from console.engine.wire import events
from console.engine.wire.events import User

CID = "default:town-hall"
SENT, ACCEPTED, SEEN, UNCONFIRMED, FAILED = (
    ReceiptState.SENT,
    ReceiptState.ACCEPTED,
    ReceiptState.SEEN,
    ReceiptState.UNCONFIRMED,
    ReceiptState.FAILED,
)


def refuse_writes(desk, *, refuse: bool) -> None:
    """The store takes nothing any more, or takes everything again."""
    connection = desk.store._writer._connection
    connection.execute(f"PRAGMA query_only = {'ON' if refuse else 'OFF'}")


async def sent_and_then_no_room(desk, *user_ids: str):
    gate = desk.stream.gates["kick"] = asyncio.Event()
    wishes = [desk.act("kick", user_id) for user_id in user_ids]
    for wish in wishes:
        await desk.outbox.accept(wish)
    await desk.stream.reached(len(wishes))
    await desk.outbox._pending._saved.wait()
    refuse_writes(desk, refuse=True)
    gate.set()
    for wish in wishes:
        await desk.reaches(wish, ACCEPTED)
        kicked = events.KickedUser(call_cid=CID, user=User(id=wish.user_ids[0]))
        desk.outbox.on_event(kicked)
        await desk.reaches(wish, SEEN)
    return wishes


async def test_receipts_wait_in_memory_until_the_store_takes_them(desk, monkeypatch):
    monkeypatch.setattr(pending_acts, "STORE_AGAIN_S", 0.0)
    wishes = await sent_and_then_no_room(desk, "ada", "bob")
    await desk.when(lambda: desk.problems)
    assert desk.outbox.unsaved == 2
    assert (await desk.records.act(wishes[0].act_id)).receipt.state is SENT
    assert (await desk.outbox._pending.stored(wishes[0].act_id)).receipt.state is SEEN

    refuse_writes(desk, refuse=False)
    await desk.outbox._pending._saved.wait()

    for wish in wishes:
        assert (await desk.records.act(wish.act_id)).receipt.state is SEEN
    assert len(desk.problems) == 2
    assert desk.problems[0].startswith("A receipt could not be saved and is kept in memory:")
    assert desk.problems[1] == "Receipts are written again, none is missing."
    assert desk.outbox.lost == 0


async def test_what_the_store_never_took_is_counted_and_not_done_again(desk, monkeypatch):
    monkeypatch.setattr(pending_acts, "FLUSH_LIMIT", 0.05)
    desk.known.on_devices["ada"] = frozenset({"d1"})
    wishes = await sent_and_then_no_room(desk, "ada")

    ending = desk.outbox
    await ending.close()
    assert ending.lost == 1
    assert desk.problems[-1].startswith("Receipts that could not be written: 1.")
    back = {"user": {"id": "ada"}, "user_session_id": "d2", "joined_at": int(2e6 * 1e9)}
    desk.stream.people = [back]
    refuse_writes(desk, refuse=False)
    await desk.restart()
    for _ in PAUSES:
        await desk.clock.pass_next()

    assert (await desk.reaches(wishes[0], UNCONFIRMED)).outcome_unknown
    assert len(desk.stream.asked) == 1


async def test_nothing_leaves_before_the_store_knows_that_it_may_have_been_sent(desk):
    wish = desk.act("kick", "ada")
    seen_at_sending = []
    asked = desk.stream._ask

    async def ask(operation, fields):
        seen_at_sending.append((await desk.records.act(wish.act_id)).receipt.state)
        await asked(operation, fields)

    desk.stream._ask = ask
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)

    assert seen_at_sending == [SENT]


async def test_an_act_that_cannot_be_marked_as_sent_is_not_sent(desk):
    gate = desk.stream.gates["kick"] = asyncio.Event()
    first, wish = desk.act("kick", "ada"), desk.act("block", "ada")
    for each in (first, wish):
        await desk.outbox.accept(each)
    await desk.stream.reached(1)
    refuse_writes(desk, refuse=True)
    gate.set()

    receipt = await desk.reaches(wish, FAILED)

    assert receipt.reason.startswith("It could not be written down, so it was not sent:")
    assert [what[0] for what in desk.stream.asked] == ["kick"]
    refuse_writes(desk, refuse=False)
    await desk.outbox.retry(wish.act_id)
    await desk.reaches(wish, ACCEPTED)


async def test_an_act_that_the_store_refused_can_be_tried_again(desk):
    refuse_writes(desk, refuse=True)
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, FAILED)

    refuse_writes(desk, refuse=False)
    await desk.outbox.retry(wish.act_id)

    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked == [("kick", {"user_id": "ada"})]


async def test_how_an_act_on_a_crowd_goes_on_is_told_from_time_to_time(desk, monkeypatch):
    told = []
    publish = desk.outbox._pending._publish

    def listen(progress):
        told.append(progress.receipt)
        publish(progress)

    monkeypatch.setattr(desk.outbox._pending, "_publish", listen)
    crowd = tuple(f"u{number}" for number in range(pending_acts.CROWD))
    wish = desk.act("mute_audio", *crowd)
    entry = pending_acts.Entry(act=wish, receipt=Receipt(act_id=wish.act_id, state=SENT))

    for done in range(pending_acts.CROWD):  # the clock stands still
        desk.outbox._pending.change(entry, done_for=done)
    assert [receipt.done_for for receipt in told] == [0]

    desk.clock.advance(pending_acts.TOLD_EVERY_S * 2)
    desk.outbox._pending.change(entry, done_for=7)
    desk.outbox._pending.change(entry, state=ACCEPTED)
    assert [(receipt.state, receipt.done_for) for receipt in told[1:]] == [(SENT, 7), (ACCEPTED, 7)]
