"""The board of sanctions and its clocks, against the served sandbox."""

import pytest

from console.base.clock import SystemClock
from console.domain import lifting
from console.domain.act import BY_CLOCK
from console.domain.sign_in import Method
from console.engine.services.sanctions import service
from console.protocol.acts import ActsChanged
from console.protocol.sanctions import LiftSanction, TimeSanction
from console.protocol.to_window import Problem
from console.sandbox.world import MODERATOR_ID
from tests.engine.conftest import Console
from tests.engine.sanctions_board import Board

CID = "default:one"
OTHER = "default:two"


class LeapingClock(SystemClock):
    """Time can be let pass at once, and the wall clock be set."""

    skipped = 0.0
    set_by = 0.0

    def now(self):
        return super().now() + self.skipped + self.set_by

    def monotonic(self):
        return super().monotonic() + self.skipped

    def skip(self, seconds):
        self.skipped += seconds

    def set_wall(self, seconds):
        self.set_by += seconds


@pytest.fixture
def shared_clock():
    return LeapingClock()


@pytest.fixture(autouse=True)
def short_minutes(monkeypatch):
    """A minute of a sanction is one second."""
    monkeypatch.setattr(lifting, "MINUTE_S", 1.0)
    monkeypatch.setattr(service, "TICK_S", 0.05)


@pytest.fixture
async def board(sandbox, console):
    """A console that watches a call with ann and bob in it."""
    for presence in sandbox.call("one", "ann", "bob"):
        sandbox.world.attendance.publish(CID, presence.user_session_id, "video")
    sandbox.world.add_user("bea", "Bea", role="moderator")
    board = await signed_in(console, sandbox)
    console.focus(CID)
    await console.until(lambda: (ann := console.person("ann")) and "video" in ann.live)
    return board


async def signed_in(console, sandbox, method: Method = Method.SECRET) -> Board:
    console.router.answer(sandbox.sign_in(method))
    await console.live(CID)
    return Board(console)


def blocked(sandbox):
    return sandbox.world.state.calls[CID].blocked_user_ids


def may_speak(sandbox, user_id: str) -> bool:
    world = sandbox.world
    session = world.state.calls[CID].running
    mine = [p for p in session.presences.values() if p.user.id == user_id]
    return bool(world.attendance.publish(CID, mine[0].user_session_id, "audio"))


def acts(console):
    found = {p.act.act_id: p.act for m in console.of(ActsChanged) for p in m.acts}
    return list(found.values())


async def test_a_block_for_a_time_ends_by_itself_as_the_undo_of_the_act(board, sandbox, console):
    act_id = console.act("block_for", CID, "ann", minutes=1, reason="Spam")
    await console.until(lambda: board.blocked("ann"))
    claim = board.blocked("ann").newest
    assert (claim.act_id, claim.by, claim.reason) == (act_id, MODERATOR_ID, "Spam")
    assert claim.until == pytest.approx(claim.since + 1.0)
    assert blocked(sandbox) == ["ann"]
    await console.until(lambda: board.blocked("ann") is None)
    assert blocked(sandbox) == []
    lift = acts(console)[-1]
    assert (lift.kind, lift.undo_of, lift.by) == ("unblock", act_id, BY_CLOCK)
    await console.until(lambda: board.counts.lifted == 1)
    assert (board.counts.set, board.counts.outlived, board.counts.wrongly_lifted) == (1, 0, 0)


async def test_a_later_block_of_a_colleague_outlasts_the_clock(board, sandbox, console):
    console.act("block_for", CID, "ann", minutes=1)
    await console.until(lambda: board.blocked("ann"))
    sandbox.world.sanctions.block(CID, "ann", "bea")
    await console.until(lambda: len(board.blocked("ann").claims) == 2)
    await console.until(lambda: len(board.blocked("ann").claims) == 1)
    assert board.blocked("ann").newest.by == "bea"
    assert blocked(sandbox) == ["ann"]
    assert [act.kind for act in acts(console)] == ["block_for"]


async def test_whoever_was_blocked_before_stays_blocked(board, sandbox, console):
    sandbox.world.sanctions.block(CID, "ann", "bea")
    await console.until(lambda: board.blocked("ann"))
    console.act("block_for", CID, "ann", minutes=1)
    await console.until(lambda: len(board.blocked("ann").claims) == 2)
    await console.until(lambda: len(board.blocked("ann").claims) == 1)
    assert blocked(sandbox) == ["ann"]


async def test_a_ban_stays_when_the_clock_of_a_block_is_over(board, sandbox, console):
    console.act("block_for", CID, "ann", minutes=1)
    await console.until(lambda: board.blocked("ann"))
    sandbox.world.sanctions.ban("ann", "bea", reason="Again")
    await console.until(lambda: board.banned("ann"))
    assert (board.banned("ann").newest.by, board.banned("ann").newest.reason) == ("bea", "Again")
    await console.until(lambda: board.blocked("ann") is None)
    assert sandbox.world.state.users["ann"].banned
    assert board.banned("ann")


async def test_muted_for_a_time_permission_first_and_given_back(board, sandbox, console):
    act_id = console.act("keep_muted", CID, "ann", minutes=1)
    await console.until(lambda: board.revoked("ann"))
    assert board.revoked("ann").sticky
    await console.until(lambda: [act.kind for act in acts(console)] == ["keep_muted", "mute_audio"])
    assert not may_speak(sandbox, "ann")
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")
    lift = acts(console)[-1]
    assert (lift.kind, lift.undo_of) == ("grant_audio", act_id)


async def test_who_could_not_speak_before_gets_nothing_from_the_clock(board, sandbox, console):
    sandbox.world.sanctions.permissions(CID, "ann", revoke=("send-audio",), by="bea")
    await console.until(lambda: board.revoked("ann"))
    console.act("keep_muted", CID, "ann", minutes=1)
    await console.until(lambda: len(board.revoked("ann").claims) == 2)
    await console.until(lambda: len(board.revoked("ann").claims) == 1)
    assert not may_speak(sandbox, "ann")
    assert not board.revoked("ann").sticky


async def test_a_second_revoke_of_a_colleague_outlasts_the_clock(board, sandbox, console):
    console.act("keep_muted", CID, "ann", minutes=1)
    await console.until(lambda: board.revoked("ann"))
    sandbox.world.sanctions.permissions(CID, "ann", revoke=("send-audio", "send-video"), by="bea")
    await console.until(lambda: len(board.revoked("ann").claims) == 2)
    await console.until(lambda: len(board.revoked("ann").claims) == 1)
    assert not may_speak(sandbox, "ann")
    assert board.revoked("ann", "send-video")


async def test_what_a_colleague_gives_meanwhile_does_not_stop_the_clock(board, sandbox, console):
    sandbox.world.sanctions.permissions(CID, "ann", revoke=("send-video",), by="bea")
    await console.until(lambda: board.revoked("ann", "send-video"))
    console.act("keep_muted", CID, "ann", minutes=1)
    await console.until(lambda: board.revoked("ann"))
    sandbox.world.sanctions.permissions(CID, "ann", grant=("send-video",), by="bea")
    await console.until(lambda: board.revoked("ann", "send-video") is None)
    assert len(board.revoked("ann").claims) == 1
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")


async def test_lifted_by_hand_also_for_somebody_in_no_list(board, sandbox, console):
    sandbox.world.add_user("cleo", "Cleo")
    sandbox.world.sanctions.block(CID, "cleo", "bea")
    await console.until(lambda: board.blocked("cleo"))
    answer = await board.ask(LiftSanction("1", board.blocked("cleo").sanction_id))
    assert answer.sentence == ""
    await console.until(lambda: board.blocked("cleo") is None)
    assert blocked(sandbox) == []
    assert (acts(console)[-1].kind, acts(console)[-1].by) == ("unblock", MODERATOR_ID)


async def test_a_lift_of_what_is_over_says_so(board):
    answer = await board.ask(LiftSanction("1", "blocked\x1fdefault:one\x1fann\x1f"))
    assert answer.sentence == "It is in force no more."


async def test_a_time_can_be_given_and_taken_later(board, sandbox, console):
    console.act("block", CID, "ann")
    await console.until(lambda: board.blocked("ann"))
    key = board.blocked("ann").sanction_id
    assert not board.blocked("ann").until
    await board.ask(TimeSanction("1", key, 60))
    await console.until(lambda: board.blocked("ann").until)
    await board.ask(TimeSanction("2", key, None))
    await console.until(lambda: not board.blocked("ann").until)
    assert blocked(sandbox) == ["ann"]


async def test_of_a_colleague_s_block_no_time_is_kept(board, sandbox, console):
    sandbox.world.sanctions.block(CID, "ann", "bea")
    await console.until(lambda: board.blocked("ann"))
    answer = await board.ask(TimeSanction("1", board.blocked("ann").sanction_id, 60))
    assert answer.sentence == "Only what this console set can be given a time here."


async def test_blocks_and_bans_from_before_the_sign_in_are_on_the_board(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.add_user("bea", "Bea", role="moderator")
    sandbox.world.add_user("cleo", "Cleo")
    sandbox.world.sanctions.block(CID, "cleo", "bea")
    sandbox.world.sanctions.ban("cleo", "bea", minutes=60, reason="Spam")
    board = await signed_in(console, sandbox)
    await console.until(lambda: board.blocked("cleo") and board.banned("cleo"))
    ban = board.banned("cleo")
    assert (ban.name, ban.newest.by, ban.newest.reason) == ("Cleo", "bea", "Spam")
    assert ban.until > console.engine._clock.now()
    await board.ask(LiftSanction("1", ban.sanction_id))
    await console.until(lambda: board.banned("cleo") is None)
    assert not sandbox.world.state.users["cleo"].banned


async def test_a_soft_mute_is_on_the_board_until_they_speak(board, sandbox, console):
    console.act("mute_audio", CID, "ann")
    await console.until(lambda: board.muted("ann"))
    assert board.muted("ann").newest.by == MODERATOR_ID
    answer = await board.ask(LiftSanction("1", board.muted("ann").sanction_id))
    assert answer.sentence == "Only they themselves can turn it on again."


@pytest.mark.parametrize("method", [Method.SECRET, Method.TOKEN])
async def test_two_consoles_and_neither_lifts_the_other_s_block(
    sandbox, tmp_path, shared_clock, method
):
    sandbox.call("one", "ann", "bob")
    first = Console(tmp_path / "first", shared_clock)
    second = Console(tmp_path / "second", shared_clock)
    for console in (first, second):
        console.engine.start()
    try:
        ours = await signed_in(first, sandbox, method)
        theirs = await signed_in(second, sandbox, method)
        first.act("block_for", CID, "ann", minutes=2)
        await first.until(lambda: ours.blocked("ann"))
        await second.until(lambda: theirs.blocked("ann"))
        second.act("block", CID, "ann")
        await first.until(lambda: len(ours.blocked("ann").claims) == 2)
        await first.until(lambda: len(ours.blocked("ann").claims) == 1)
        assert blocked(sandbox) == ["ann"]
        assert theirs.blocked("ann")
    finally:
        await first.close()
        await second.close()


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


async def resumed(console):
    console.act("resume_call", CID)
    await console.until(lambda: not console.calls[CID].suspended)


async def test_a_clock_waits_until_a_suspended_call_is_given_back(board, sandbox, console):
    console.act("keep_muted", CID, "ann", minutes=1)
    await console.until(lambda: board.revoked("ann"))
    console.act("suspend_call", CID)
    await console.until(lambda: console.calls[CID].suspended)
    await console.until(lambda: board.revoked("ann").until < console.engine._clock.now())
    assert not may_speak(sandbox, "ann")
    await resumed(console)
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")
    assert may_speak(sandbox, "bob")


async def test_who_is_muted_while_a_call_is_suspended_gets_no_microphone_with_it(
    board, sandbox, console
):
    console.act("suspend_call", CID)
    await console.until(lambda: console.calls[CID].suspended)
    console.act("keep_muted", CID, "ann", minutes=5)
    await console.until(lambda: board.revoked("ann"))
    await resumed(console)
    await console.until(
        lambda: any(act.holding and act.reason == service.GIVEN_BACK for act in acts(console))
    )
    await console.until(lambda: not may_speak(sandbox, "ann"))
    assert may_speak(sandbox, "bob")
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")
