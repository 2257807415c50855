"""The hand-over sheet, against the served sandbox."""

from console.domain.act import ReceiptState
from console.protocol.door import DoorSet, SetDoor
from console.protocol.handover import AskHandover, Handover
from console.protocol.people import Remembered, WatchPerson, WriteNote

CID = "default:one"


async def test_what_the_next_shift_has_to_know(sandbox, console):
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": ["idiot"]}, new=True)
    rules = {"enabled": True, "rules": [{"name": "insults", "action": "flag"}]}
    judging.put_config("custom:captions", {"block_list_config": rules})
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "you are an idiot")
    sandbox.say(ann, "good morning")
    await console.until(lambda: console.pulse.desk.open == 1)
    act_id = console.act("block", CID, "ann", reason="insults")
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    console.router.answer(WriteNote("n1", "ann", "Insults people."))
    console.router.answer(WatchPerson("w1", "ann", "Ann", True))
    await console.until(lambda: len(console.of(Remembered)) == 2)

    async def sheet(number):
        console.router.answer(AskHandover(f"h{number}", 0.0))
        await console.until(lambda: f"h{number}" in {a.request_id for a in console.of(Handover)})
        return console.of(Handover)[-1]

    found = await sheet(0)
    for number in range(1, 50):
        if found.in_force:
            break
        found = await sheet(number)
    (sanction,) = found.in_force
    assert (sanction.form, sanction.user_id, sanction.newest.reason) == (
        "blocked",
        "ann",
        "insults",
    )
    assert [note.text for note in found.notes] == ["Insults people."]
    assert [mark.user_id for mark in found.watched] == ["ann"]
    assert found.done == 1
    assert found.open_count == len(found.open_items)


async def test_what_is_taken_from_whole_calls_stands_on_the_sheet(sandbox, console):
    sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    act_id = console.act("suspend_call", CID)
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    console.router.answer(SetDoor("door", CID, True))
    await console.until(lambda: console.of(DoorSet))
    console.router.answer(AskHandover("h", 0.0))
    await console.until(lambda: console.of(Handover))
    found = console.of(Handover)[-1]
    (suspended,), (door,) = found.suspended, found.doors
    assert (suspended.cid, {one.user_id for one in suspended.people}) == (CID, {"ann", "bob"})
    assert (door.cid, door.held) == (CID, True)
    assert (found.proposed, found.paused) == ((), ())
