"""The clocks of sanctions survive the engine, and no change of the wall clock moves them."""

import pytest

from console.domain.act import BY_CLOCK, ReceiptState
from console.protocol.to_window import Problem
from tests.engine.conftest import Console
from tests.engine.sanctions.board import (
    CID,
    Board,
    LeapingClock,
    acts,
    blocked,
    may_speak,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("short_minutes")


@pytest.fixture
def shared_clock():
    return LeapingClock()


async def restarted(console, sandbox, tmp_path, clock) -> tuple[Console, Board]:
    """The same store with another engine."""
    await console.close()
    again = Console(tmp_path, clock)
    again.engine.start()
    return again, await signed_in(again, sandbox)


async def test_a_clock_survives_the_engine_and_lifts_what_it_set(
    board, sandbox, console, tmp_path, shared_clock
):
    act_id = console.act("block_for", CID, "ann", minutes=4)
    console.act("keep_muted", CID, "bob", minutes=4)
    await console.until(lambda: board.blocked("ann") and board.revoked("bob"))
    again, board = await restarted(console, sandbox, tmp_path, shared_clock)
    try:
        assert board.blocked("ann").newest.act_id == act_id
        assert board.revoked("bob").sticky
        await again.until(lambda: not board.rows)
        assert blocked(sandbox) == []
        assert may_speak(sandbox, "bob")
        assert {act.undo_of for act in acts(again) if act.by == BY_CLOCK} >= {act_id}
    finally:
        await again.close()


async def test_an_end_that_was_missed_is_made_good_and_told(
    board, sandbox, console, tmp_path, shared_clock
):
    console.act("block_for", CID, "ann", minutes=60)
    await console.until(lambda: board.blocked("ann"))
    await console.close()
    shared_clock.skip(180.0)
    again = Console(tmp_path, shared_clock)
    again.engine.start()
    try:
        board = await signed_in(again, sandbox)
        await again.until(lambda: not board.rows and not blocked(sandbox))
        told = [one.sentence for one in again.of(Problem) if one.place == "sanctions"]
        assert told == ["ann (blocked): its time was over 2 min ago, and is lifted only now."]
        await again.until(lambda: board.counts.outlived == 1)
    finally:
        await again.close()


@pytest.mark.parametrize("step", [-7200.0, 7200.0])
async def test_a_wall_clock_that_is_set_moves_no_end(sandbox, tmp_path, step):
    sandbox.call("one", "ann", "bob")
    clock = LeapingClock()
    console = Console(tmp_path, clock)
    console.engine.start()
    try:
        board = await signed_in(console, sandbox)
        console.act("block_for", CID, "ann", minutes=3)
        await console.until(lambda: board.blocked("ann"))
        before = board.blocked("ann").until
        clock.set_wall(step)
        await console.until(lambda: board.blocked("ann").until != before)
        assert board.blocked("ann").until == pytest.approx(before + step, abs=0.5)
        assert blocked(sandbox) == ["ann"]
        await console.until(lambda: board.blocked("ann") is None)
        assert blocked(sandbox) == []
    finally:
        await console.close()


@pytest.mark.parametrize("step", [-7200.0, 7200.0])
async def test_a_wall_clock_that_was_set_while_no_engine_ran_moves_no_end(sandbox, tmp_path, step):
    sandbox.call("one", "ann", "bob")
    clock = LeapingClock()
    console = Console(tmp_path, clock)
    console.engine.start()
    board = await signed_in(console, sandbox)
    console.act("block_for", CID, "ann", minutes=60)
    await console.until(lambda: board.blocked("ann"))
    before = board.blocked("ann").until
    await console.close()
    clock.set_wall(step)
    console = Console(tmp_path, clock)
    console.engine.start()
    try:
        board = await signed_in(console, sandbox)
        await console.until(lambda: board.blocked("ann"))
        assert board.blocked("ann").until == pytest.approx(before + step, abs=5.0)
        assert blocked(sandbox) == ["ann"]
    finally:
        await console.close()


async def test_a_claim_that_was_not_written_down_is_taken_up_from_the_act(
    board, sandbox, console, tmp_path, shared_clock, monkeypatch
):
    async def refuses(*_args, **_fields):
        return None

    with monkeypatch.context() as patch:
        patch.setattr("console.store.sanctions.SanctionRecords.keep", refuses)
        console.act("block_for", CID, "ann", minutes=3)
        await console.until(lambda: board.blocked("ann"))
        await console.close()
    again = Console(tmp_path, shared_clock)
    again.engine.start()
    try:
        board = await signed_in(again, sandbox)
        await again.until(lambda: board.blocked("ann"))
        await again.until(lambda: not board.rows)
        assert blocked(sandbox) == []
    finally:
        await again.close()


@pytest.mark.parametrize(
    ("kind", "event"), [("keep_muted", "permissions_updated"), ("block_for", "blocked_user")]
)
async def test_an_event_that_comes_twice_is_no_claim_of_a_colleague(
    board, sandbox, console, kind, event
):
    sandbox.world.state.faults.add("duplicate", f"call.{event}", times=2)
    act_id = console.act(kind, CID, "ann", minutes=2)
    held = board.revoked if kind == "keep_muted" else board.blocked
    await console.until(lambda: held("ann"))
    await console.until(lambda: not board.rows)
    assert act_id in {act.undo_of for act in acts(console) if act.by == BY_CLOCK}
    assert blocked(sandbox) == []


async def test_an_event_of_our_own_act_that_comes_late_is_nobody_elses_claim(
    board, sandbox, console, shared_clock
):
    sandbox.world.state.faults.add("delay", "call.blocked_user", seconds=1.0)
    act_id = console.act("block", CID, "ann")
    await console.until(
        lambda: console.receipt(act_id) and console.receipt(act_id).state is ReceiptState.ACCEPTED
    )
    shared_clock.skip(90.0)
    await console.until(lambda: "ann" in console.calls[CID].blocked_user_ids)
    sandbox.world.sanctions.block(CID, "bob", by="bea")
    await console.until(lambda: board.blocked("bob"))
    assert [claim.act_id for claim in board.blocked("ann").claims] == [act_id]


async def test_what_was_revoked_is_known_to_the_next_engine(
    board, sandbox, console, tmp_path, shared_clock
):
    console.act("revoke_audio", CID, "ann")
    await console.until(lambda: board.revoked("ann"))
    sandbox.world.sanctions.permissions(CID, "bob", revoke=("send-video",), by="bea")
    await console.until(lambda: board.revoked("bob", "send-video"))
    again, board = await restarted(console, sandbox, tmp_path, shared_clock)
    try:
        again.focus(CID)
        await again.until(lambda: (ann := again.person("ann")) and ann.revoked == {"send-audio"})
        await again.until(lambda: (bob := again.person("bob")) and bob.revoked == {"send-video"})
        ann = again.person("ann")
        assert ann
        assert ann.capabilities is None  # of her other permissions nothing is known
        again.act("grant_audio", CID, "ann")
        await again.until(lambda: (ann := again.person("ann")) and not ann.revoked)
    finally:
        await again.close()
