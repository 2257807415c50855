"""The board of sanctions and its clocks, against the served sandbox."""

import asyncio

import pytest

from console.domain.act import BY_CLOCK, ReceiptState
from console.domain.sign_in import Method
from console.engine.acts import confirmation
from console.engine.services import permissions_told
from console.engine.services.sanctions import lifts, service
from console.protocol.acts import ActProgress
from console.protocol.sanctions import LiftSanction, LiftSanctions, TimeSanction
from console.protocol.to_window import Problem
from console.sandbox.world import MODERATOR_ID
from tests.engine.conftest import Console
from tests.engine.sanctions.board import CID, acts, blocked, may_speak, signed_in

pytestmark = pytest.mark.usefixtures("short_minutes")


async def test_a_block_for_a_time_ends_by_itself_as_the_undo_of_the_act(board, sandbox, console):
    act_id = console.act("block_for", CID, "ann", minutes=2, reason="Spam")
    await console.until(lambda: board.blocked("ann"))
    claim = board.blocked("ann").newest
    assert (claim.act_id, claim.by, claim.reason) == (act_id, MODERATOR_ID, "Spam")
    assert claim.until == pytest.approx(claim.since + 2.0)
    assert blocked(sandbox) == ["ann"]
    await console.until(lambda: board.blocked("ann") is None)
    assert blocked(sandbox) == []
    lift = acts(console)[-1]
    assert (lift.kind, lift.undo_of, lift.by) == ("unblock", act_id, BY_CLOCK)
    await console.until(lambda: board.counts.lifted == 1)
    await console.until(lambda: console.receipt(act_id).ran_out)
    assert not console.receipt(act_id).overturned
    assert (board.counts.set, board.counts.outlived, board.counts.wrongly_lifted) == (1, 0, 0)


async def test_a_later_block_of_a_colleague_outlasts_the_clock(board, sandbox, console):
    console.act("block_for", CID, "ann", minutes=2)
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
    console.act("block_for", CID, "ann", minutes=2)
    await console.until(lambda: len(board.blocked("ann").claims) == 2)
    await console.until(lambda: len(board.blocked("ann").claims) == 1)
    assert blocked(sandbox) == ["ann"]


async def test_a_ban_stays_when_the_clock_of_a_block_is_over(board, sandbox, console):
    console.act("block_for", CID, "ann", minutes=2)
    await console.until(lambda: board.blocked("ann"))
    sandbox.world.sanctions.ban("ann", "bea", reason="Again")
    await console.until(lambda: board.banned("ann"))
    assert (board.banned("ann").newest.by, board.banned("ann").newest.reason) == ("bea", "Again")
    await console.until(lambda: board.blocked("ann") is None)
    assert sandbox.world.state.users["ann"].banned
    assert board.banned("ann")


async def test_muted_for_a_time_permission_first_and_given_back(board, sandbox, console):
    act_id = console.act("keep_muted", CID, "ann", minutes=2)
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
    console.act("keep_muted", CID, "ann", minutes=2)
    await console.until(lambda: len(board.revoked("ann").claims) == 2)
    await console.until(lambda: len(board.revoked("ann").claims) == 1)
    assert not may_speak(sandbox, "ann")
    assert not board.revoked("ann").sticky


async def test_a_second_revoke_of_a_colleague_outlasts_the_clock(board, sandbox, console):
    console.act("keep_muted", CID, "ann", minutes=2)
    await console.until(lambda: board.revoked("ann"))
    sandbox.world.sanctions.permissions(CID, "ann", revoke=("send-audio", "send-video"), by="bea")
    await console.until(lambda: len(board.revoked("ann").claims) == 2)
    await console.until(lambda: len(board.revoked("ann").claims) == 1)
    assert not may_speak(sandbox, "ann")
    assert board.revoked("ann", "send-video")


async def test_what_a_colleague_gives_meanwhile_does_not_stop_the_clock(board, sandbox, console):
    sandbox.world.sanctions.permissions(CID, "ann", revoke=("send-video",), by="bea")
    await console.until(lambda: board.revoked("ann", "send-video"))
    console.act("keep_muted", CID, "ann", minutes=2)
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


async def resumed(console):
    console.act("resume_call", CID)
    await console.until(lambda: not console.calls[CID].suspended)


async def test_a_clock_waits_until_a_suspended_call_is_given_back(board, sandbox, console):
    console.act("keep_muted", CID, "ann", minutes=2)
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


async def test_who_is_muted_while_a_call_is_given_back_may_speak_when_the_time_is_over(
    board, sandbox, console
):
    console.act("suspend_call", CID)
    await console.until(lambda: console.calls[CID].suspended)
    let_go = sandbox.between.held["/user_permissions"] = asyncio.Event()
    giving = console.act("resume_call", CID)
    await console.until(lambda: console.receipt(giving) and not console.calls[CID].suspended)
    muting = console.act("keep_muted", CID, "ann", minutes=1)
    await console.until(lambda: console.receipt(muting))
    let_go.set()
    await console.until(lambda: board.revoked("ann"))
    assert [claim.act_id for claim in board.revoked("ann").claims] == [muting]
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")


async def test_who_is_muted_just_before_a_call_is_given_back_may_speak_in_the_end(
    board, sandbox, console
):
    console.act("suspend_call", CID)
    await console.until(lambda: console.calls[CID].suspended)
    let_go = sandbox.between.held["/user_permissions"] = asyncio.Event()
    muting = console.act("keep_muted", CID, "ann", minutes=1)
    await console.until(lambda: console.receipt(muting))
    giving = console.act("resume_call", CID)
    await console.until(lambda: console.receipt(giving) and not console.calls[CID].suspended)
    let_go.set()
    await console.until(lambda: board.revoked("ann"))
    assert [claim.act_id for claim in board.revoked("ann").claims] == [muting]
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")


async def test_a_mute_ends_after_rights_that_no_event_told_of(board, sandbox, console, monkeypatch):
    monkeypatch.setattr(confirmation, "PAUSES", (0.1, 0.1))
    console.act("suspend_call", CID)
    await console.until(lambda: console.calls[CID].suspended)
    await console.until(lambda: "send-audio" in console.person("ann").revoked)
    sandbox.world.state.faults.add("lose", "call.permissions_updated", 100)
    giving = console.act("resume_call", CID)
    await console.until(
        lambda: (r := console.receipt(giving)) and r.state is ReceiptState.UNCONFIRMED
    )
    await console.until(lambda: not console.person("ann").revoked)
    sandbox.world.state.faults.clear()

    console.act("keep_muted", CID, "ann", minutes=1)

    await console.until(lambda: board.revoked("ann"))
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")


async def test_a_revoke_that_is_told_late_is_no_more_after_what_was_given_back(
    board, sandbox, console, monkeypatch
):
    monkeypatch.setattr(confirmation, "PAUSES", (0.2, 0.2))
    monkeypatch.setattr(permissions_told, "HELD_UP_S", 0.0)
    faults = sandbox.world.state.faults
    faults.add("delay", "call.permissions_updated", 2, seconds=3.0)
    taking = console.act("suspend_call", CID)
    await console.until(
        lambda: (r := console.receipt(taking)) and r.state is ReceiptState.UNCONFIRMED
    )
    faults.add("lose", "call.permissions_updated", 100)
    giving = console.act("resume_call", CID)
    await console.until(
        lambda: (r := console.receipt(giving)) and r.state is ReceiptState.UNCONFIRMED
    )
    await console.until(lambda: console.receipt(taking).state is ReceiptState.SEEN)
    await console.until(lambda: not console.person("ann").revoked)
    faults.clear()

    console.act("keep_muted", CID, "ann", minutes=1)

    await console.until(lambda: board.revoked("ann"))
    await console.until(lambda: board.revoked("ann") is None)
    assert may_speak(sandbox, "ann")


async def test_what_a_colleague_sets_in_the_moment_of_the_lift_is_set_again(
    board, sandbox, console, monkeypatch
):
    sanctions = sandbox.world.sanctions
    unblock = sanctions.unblock

    def at_once(cid, user_id, by=""):
        monkeypatch.undo()
        sanctions.block(cid, user_id, "bea")
        unblock(cid, user_id, by)

    console.act("block_for", CID, "ann", minutes=2)
    await console.until(lambda: board.blocked("ann"))
    monkeypatch.setattr(sanctions, "unblock", at_once)
    await console.until(lambda: board.counts.wrongly_lifted == 1)
    await console.until(lambda: board.blocked("ann"))
    await console.until(lambda: blocked(sandbox) == ["ann"])
    told = [one.sentence for one in console.of(Problem) if one.place == "sanctions"]
    assert told == ["Ann (blocked): lifted while somebody else set it, too. It is set again."]


async def test_several_are_lifted_by_one_press_counted_and_set_again_by_one_undo(
    board, sandbox, console
):
    console.act("block", CID, "ann")
    console.act("revoke_video", CID, "bob")
    await console.until(lambda: board.blocked("ann") and board.revoked("bob", "send-video"))
    ids = [board.blocked("ann").sanction_id, board.revoked("bob", "send-video").sanction_id]

    answer = await board.ask(LiftSanctions("several", (*ids, ids[0], "gone")))

    assert (answer.lifting, answer.left, answer.why) == (2, 1, "It is in force no more.")
    await console.until(lambda: not board.rows)
    lifts = [act for act in acts(console) if act.together == "several"]
    assert sorted(act.kind for act in lifts) == ["grant_video", "unblock"]
    await console.until(lambda: all(console.receipt(act.act_id).undoable for act in lifts))
    for act in lifts:
        undo = {"grant_video": "revoke_video", "unblock": "block"}[act.kind]
        console.act(undo, CID, *act.user_ids, undo_of=act.act_id)
    await console.until(lambda: board.blocked("ann") and board.revoked("bob", "send-video"))

    # That they were undone is told of the lifts afterwards, and ends nothing a second time.
    await console.until(lambda: all(console.receipt(act.act_id).undone_by for act in lifts))
    for each in console.engine.session._services._services:
        for act in lifts:
            each.on_act(ActProgress(act=act, receipt=console.receipt(act.act_id)))
    await board.ask(LiftSanctions("after all of it", ("gone",)))
    assert board.blocked("ann")
    assert board.revoked("bob", "send-video")


async def test_a_lift_that_fails_stays_on_the_board_and_is_tried_again(
    board, sandbox, console, monkeypatch
):
    monkeypatch.setattr(lifts, "AGAIN_S", 0.2)
    console.act("block_for", CID, "ann", minutes=2)
    await console.until(lambda: board.blocked("ann"))
    refusal = b'{"code": 17, "message": "not now", "StatusCode": 403}'
    sandbox.between.add("/unblock", 403, refusal)
    await console.until(lambda: board.blocked("ann") and board.blocked("ann").trouble)
    assert blocked(sandbox) == ["ann"]
    await console.until(lambda: board.blocked("ann") is None)
    assert blocked(sandbox) == []


async def test_undo_by_key_ends_the_clock_too(board, sandbox, console):
    act_id = console.act("block_for", CID, "ann", minutes=60)
    await console.until(lambda: board.blocked("ann"))
    await console.until(lambda: console.receipt(act_id).undoable)
    console.act("unblock", CID, "ann", undo_of=act_id)
    await console.until(lambda: board.blocked("ann") is None)
    assert blocked(sandbox) == []


async def test_whoever_lost_a_permission_by_hand_keeps_to_it_when_a_mute_ends(
    board, sandbox, console
):
    console.act("keep_muted", CID, "ann", minutes=2)
    await console.until(lambda: board.revoked("ann"))
    console.act("revoke_audio", CID, "ann")
    await console.until(lambda: len(board.revoked("ann").claims) == 2)
    await console.until(lambda: len(board.revoked("ann").claims) == 1)
    assert not board.revoked("ann").sticky
    assert not may_speak(sandbox, "ann")
