"""Bans, shadow bans and mutes in chats on the board, against the served sandbox."""

import pytest

from console.base.clock import SystemClock
from console.domain.act import BY_CLOCK
from console.domain.sanction import Form, Keeper, ends_soon
from console.engine.services.sanctions import service
from console.protocol.sanctions import LiftSanction
from console.sandbox.world import MODERATOR_ID
from tests.engine.conftest import Console
from tests.engine.sanctions.board import CID, acts, signed_in

CHANNEL = "videocall:one"


@pytest.fixture
async def chat(board, sandbox, console):
    """The chat of the call, found."""
    await console.until(lambda: console.calls[CID].chat_cid == CHANNEL)
    return sandbox.world.chat


def banned(board, user_id="ann"):
    return board.find(Form.CHAT_BANNED, user_id)


def shadowed(board, user_id="ann"):
    return board.find(Form.CHAT_SHADOWED, user_id)


def hidden(board, user_id="ann"):
    return board.find(Form.HIDDEN, user_id, cid="")


async def test_a_ban_from_the_chat_says_by_whom_why_and_until_when(board, chat, console):
    act_id = console.act("chat_ban", CID, "ann", minutes=10, reason="Spam")
    await console.until(lambda: banned(board) and banned(board).newest.act_id == act_id)

    sanction, claim = banned(board), banned(board).newest
    assert (claim.by, claim.reason, claim.keeper) == (MODERATOR_ID, "Spam", Keeper.STREAM)
    assert claim.lasts == 600.0
    assert (sanction.channel, sanction.cid) == (CHANNEL, CID)
    assert ends_soon(sanction, claim.until - 59.0)
    assert board.banned("ann") is None
    assert len(sanction.claims) == 1, "the echo of our own act is nobody else's claim"


async def test_it_is_lifted_from_the_board_as_the_undo_of_the_act(board, sandbox, chat, console):
    act_id = console.act("chat_ban", CID, "ann", minutes=10)
    await console.until(lambda: banned(board) and banned(board).newest.act_id == act_id)

    await board.ask(LiftSanction("1", banned(board).sanction_id))
    await console.until(lambda: banned(board) is None)

    assert ("ann", CHANNEL) not in sandbox.world.state.bans
    assert (acts(console)[-1].kind, acts(console)[-1].undo_of) == ("chat_unban", act_id)


async def test_a_colleague_s_ban_is_on_the_board_and_lifted_there(board, sandbox, chat, console):
    sandbox.world.sanctions.ban("ann", "bea", reason="Rude", minutes=5, cid=CHANNEL)
    await console.until(lambda: banned(board))
    assert (banned(board).newest.by, banned(board).newest.reason) == ("bea", "Rude")

    await board.ask(LiftSanction("1", banned(board).sanction_id))
    await console.until(lambda: banned(board) is None)
    assert ("ann", CHANNEL) not in sandbox.world.state.bans


async def test_a_shadow_ban_takes_the_place_of_a_ban(board, sandbox, chat, console):
    console.act("chat_ban", CID, "ann", minutes=10)
    await console.until(lambda: banned(board))
    console.act("chat_shadow_ban", CID, "ann")
    await console.until(lambda: shadowed(board) and banned(board) is None)

    await board.ask(LiftSanction("1", shadowed(board).sanction_id))
    await console.until(lambda: shadowed(board) is None)
    assert ("ann", CHANNEL) not in sandbox.world.state.bans


async def test_bans_from_before_the_sign_in_and_untold_ones_are_read(sandbox, console, monkeypatch):
    monkeypatch.setattr(service, "BANS_EVERY_S", 0.2)
    sandbox.call("one", "ann", "bob")
    sandbox.world.sanctions.ban("ann", reason="Before", cid=CHANNEL)
    sandbox.world.sanctions.ban("bob", reason="Elsewhere", cid="messaging:other")
    board = await signed_in(console, sandbox)
    await console.until(lambda: banned(board))
    assert banned(board).newest.reason == "Before"
    assert banned(board, "bob") is None

    sandbox.world.state.faults.add("lose", "user.unbanned", times=9)
    sandbox.world.sanctions.unban("ann", cid=CHANNEL)
    await console.until(lambda: banned(board) is None)


async def test_whom_one_hides_from_oneself_is_on_the_board(board, sandbox, chat, console):
    act_id = console.act("chat_mute", CID, "ann")
    await console.until(lambda: hidden(board) and hidden(board).newest.act_id == act_id)
    assert len(hidden(board).claims) == 1

    await board.ask(LiftSanction("1", hidden(board).sanction_id))
    await console.until(lambda: hidden(board) is None)
    assert sandbox.world.accounts.mutes_of(MODERATOR_ID) == []
    assert acts(console)[-1].undo_of == act_id


async def test_whom_one_hid_before_the_sign_in_is_on_the_board(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.accounts.mute(MODERATOR_ID, "ann")
    board = await signed_in(console, sandbox)
    await console.until(lambda: hidden(board))


async def test_the_board_outlives_the_engine(board, sandbox, chat, console, tmp_path):
    act_id = console.act("chat_ban", CID, "ann", reason="Spam")
    await console.until(lambda: banned(board) and banned(board).newest.act_id)
    await console.close()

    again = Console(tmp_path, SystemClock())
    again.engine.start()
    try:
        board = await signed_in(again, sandbox)
        await again.until(lambda: banned(board))
        assert banned(board).newest.act_id == act_id
        await board.ask(LiftSanction("1", banned(board).sanction_id))
        await again.until(lambda: banned(board) is None)
        assert ("ann", CHANNEL) not in sandbox.world.state.bans
    finally:
        await again.close()


async def test_a_shadow_ban_ends_by_the_own_clock_where_stream_does_not_end_it(
    board, sandbox, chat, console, short_minutes
):
    sandbox.world.sanctions.shadow_bans_end = False
    act_id = console.act("chat_shadow_ban", CID, "ann", minutes=4)
    await console.until(lambda: shadowed(board) and shadowed(board).newest.act_id == act_id)
    assert shadowed(board).newest.keeper is Keeper.ENGINE
    await console.until(lambda: shadowed(board) is None)
    assert ("ann", CHANNEL) not in sandbox.world.state.bans
    lift = acts(console)[-1]
    assert (lift.kind, lift.by, lift.undo_of) == ("chat_unban", BY_CLOCK, act_id)


async def test_a_shadow_ban_that_stream_ended_is_not_lifted_once_more(
    board, sandbox, chat, console, short_minutes
):
    console.act("chat_shadow_ban", CID, "ann", minutes=4)
    await console.until(lambda: shadowed(board) and shadowed(board).newest.act_id)
    sandbox.world.state.faults.add("lose", "user.unbanned", times=9)
    sandbox.world.sanctions.unban("ann", cid=CHANNEL)
    await console.until(lambda: shadowed(board) is None)
    assert [act.kind for act in acts(console)] == ["chat_shadow_ban"]


async def test_the_clock_of_a_shadow_ban_outlives_the_engine(
    board, sandbox, chat, console, tmp_path, short_minutes
):
    sandbox.world.sanctions.shadow_bans_end = False
    act_id = console.act("chat_shadow_ban", CID, "ann", minutes=4)
    await console.until(lambda: shadowed(board) and shadowed(board).newest.act_id == act_id)
    await console.close()

    again = Console(tmp_path, SystemClock())
    again.engine.start()
    try:
        board = await signed_in(again, sandbox)
        await again.until(lambda: not board.rows)
        assert ("ann", CHANNEL) not in sandbox.world.state.bans
    finally:
        await again.close()
