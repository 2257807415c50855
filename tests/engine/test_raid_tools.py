"""Finding who came together, and holding the door, against the served sandbox."""

import asyncio
import contextlib

from console.domain.act import ReceiptState
from console.domain.item import CAPTION
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged
from console.protocol.door import DoorSet, SetDoor
from console.protocol.raid import AskRaid, RaidAnswer
from console.protocol.to_window import EngineState
from console.sandbox.records import Refusal
from console.sandbox.world import MODERATOR_ID
from console.store.store import AppStore
from tests.engine.conftest import Console
from tests.patience import patient

CID = "default:one"


async def watch(console, sandbox, method=Method.SECRET):
    console.router.answer(sandbox.sign_in(method))
    await console.until(
        lambda: (
            console.of(EngineState) and console.state.directory_complete and CID in console.calls
        )
    )
    console.focus(CID)


async def set_door(console, *, held):
    console.router.answer(SetDoor("door", CID, held))
    before = len(console.of(DoorSet))
    await console.until(lambda: len(console.of(DoorSet)) > before)
    answer = console.of(DoorSet)[-1]
    assert answer.sentence == ""
    await console.until(lambda: bool(console.calls[CID].door) is held)
    return answer


def blocked(sandbox):
    return set(sandbox.world.state.calls[CID].blocked_user_ids)


def may_join(sandbox, user_id):
    return not isinstance(sandbox.world.attendance.may_join(CID, user_id), Refusal)


async def raid(console, minutes):
    before = len(console.of(RaidAnswer))
    console.router.answer(AskRaid("raid", CID, minutes))
    await console.until(lambda: len(console.of(RaidAnswer)) > before)
    return console.of(RaidAnswer)[-1]


async def test_those_who_came_lately_or_are_alike_are_found(sandbox, console):
    sandbox.call("one", "ann")
    for number in range(4):
        sandbox.world.add_user(f"bot{number}", f"FreeCoins {number}")
    bots = [sandbox.join(CID, f"bot{number}") for number in range(4)]
    await watch(console, sandbox)
    await console.live(CID)
    for bot in bots[:3]:
        sandbox.say(bot, "join my server now for free coins")
    await console.until(lambda: [line.kind for line in console.lines].count(CAPTION) == 3)
    sandbox.world.state.calls[CID].running.of_user("ann")[0].joined_at -= 3600

    found = await raid(console, 120)
    assert {group.user_ids for group in found.names} == {("bot0", "bot1", "bot2", "bot3")}
    assert [set(group.user_ids) for group in found.lines] == [{"bot0", "bot1", "bot2"}]
    assert set(found.joined) == {"ann", "bot0", "bot1", "bot2", "bot3"}


async def test_a_held_door_lets_in_members_and_those_who_were_inside(sandbox, console):
    sandbox.call("one", "ann", "bob")
    sandbox.world.add_user("max", "Max")
    sandbox.world.control.change_members(CID, put=[{"user_id": "max"}])
    await watch(console, sandbox)
    await set_door(console, held=True)

    session = sandbox.world.state.calls[CID].running
    sandbox.world.attendance.leave(CID, session.of_user("bob")[0].user_session_id)
    for user_id in ("bob", "max", "eve"):
        sandbox.join(CID, user_id)
    await console.until(lambda: blocked(sandbox) == {"eve"})

    assert session.of_user("bob")
    assert session.of_user("max")
    opened = await set_door(console, held=False)
    await console.until(lambda: not blocked(sandbox))
    assert opened.put_out == 1
    assert may_join(sandbox, "eve")


async def test_opening_lifts_no_block_that_was_there_before(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.add_user("mallory", "Mallory")
    sandbox.world.sanctions.block(CID, "mallory")
    await watch(console, sandbox)
    await set_door(console, held=True)
    sandbox.join(CID, "eve")
    await console.until(lambda: "eve" in blocked(sandbox))

    await set_door(console, held=False)

    await console.until(lambda: blocked(sandbox) == {"mallory"})


async def test_who_becomes_a_member_is_let_in(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    await set_door(console, held=True)
    sandbox.join(CID, "eve")
    await console.until(lambda: blocked(sandbox) == {"eve"})

    console.act("add_member", CID, "eve")

    await console.until(lambda: not blocked(sandbox))
    sandbox.join(CID, "eve")
    sandbox.join(CID, "mallory")
    await console.until(lambda: blocked(sandbox) == {"mallory"})


async def test_the_door_stays_held_over_a_restart(sandbox, console, tmp_path, shared_clock):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    await set_door(console, held=True)
    await console.close()
    sandbox.join(CID, "eve")

    again = Console(tmp_path, shared_clock)
    again.engine.start()
    try:
        await watch(again, sandbox)
        await again.until(lambda: blocked(sandbox) == {"eve"})
        assert again.calls[CID].door
        await set_door(again, held=False)
        await again.until(lambda: not blocked(sandbox))
    finally:
        await again.close()


async def test_what_the_door_does_stands_in_the_act_log(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    await set_door(console, held=True)
    sandbox.join(CID, "eve")

    def seen():
        acts = [p for m in console.of(ActsChanged) for p in m.acts]
        return [p.act for p in acts if p.receipt.state is ReceiptState.SEEN]

    await console.until(seen)
    assert {(act.kind, act.user_ids) for act in seen()} == {("block", ("eve",))}
    assert seen()[0].reason == "The door is held: only members may come in."


async def test_without_the_right_to_block_the_door_is_not_held(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.state.users[MODERATOR_ID].role = "user"
    await watch(console, sandbox, Method.TOKEN)

    console.router.answer(SetDoor("door", CID, True))
    await console.until(lambda: console.of(DoorSet))

    assert console.of(DoorSet)[-1].sentence.startswith("The door cannot be held. Your role")


async def test_a_door_that_opens_while_somebody_is_put_out_stays_open(
    sandbox, console, monkeypatch
):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    await set_door(console, held=True)
    keep, reached, go_on = AppStore.keep_door, asyncio.Event(), asyncio.Event()
    overtaken = asyncio.Event()

    async def keep_late(store, door):
        if not reached.is_set():
            reached.set()
            await go_on.wait()
            await keep(store, door)
        else:
            await keep(store, door)
            overtaken.set()

    monkeypatch.setattr(AppStore, "keep_door", keep_late)
    sandbox.join(CID, "eve")
    await asyncio.wait_for(reached.wait(), patient(5))
    console.router.answer(SetDoor("open", CID, False))
    with contextlib.suppress(TimeoutError):  # it waits until the newcomer is written down
        await asyncio.wait_for(overtaken.wait(), 1.0)
    go_on.set()

    await console.until(lambda: "open" in {answer.request_id for answer in console.of(DoorSet)})
    await console.until(lambda: not console.calls[CID].door and not blocked(sandbox))
