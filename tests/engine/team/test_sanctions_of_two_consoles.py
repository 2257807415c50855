"""What two consoles of a team set on the same person ends when both want it to, and not before."""

import pytest

from console.domain import lifting
from console.domain.act import ReceiptState
from console.domain.sanction import Keeper
from console.domain.team import Acted
from console.engine.services.sanctions import colleague_acts, service
from console.engine.team.envelope import pack
from console.protocol.sanctions import TimeSanction
from tests.engine.sanctions.board import Board, blocked, may_speak
from tests.engine.team.conftest import CHANNEL

CID = "default:one"


@pytest.fixture
async def pair(desk, team, monkeypatch):
    """Two consoles that look at one call. A minute of a sanction is one second, a grace half."""
    monkeypatch.setattr(lifting, "MINUTE_S", 1.0)
    monkeypatch.setattr(service, "TICK_S", 0.05)
    monkeypatch.setattr(colleague_acts, "GRACE_S", 0.5)
    for track in ("audio", "video"):
        desk.world.attendance.publish(CID, desk.ann.user_session_id, track)
    found = await team.pair()
    for console in found:
        await console.live(CID)
        console.focus(CID)
        await console.until(lambda c=console: (ann := c.person("ann")) and "video" in ann.live)
    return found


@pytest.fixture
def boards(pair):
    return tuple(Board(console) for console in pair)


def kept_by_colleague(sanction):
    return [c.keeper for c in sanction.claims if not c.act_id] == [Keeper.COLLEAGUE]


async def test_what_both_blocked_for_a_time_ends(desk, pair, boards):
    first, second = pair
    for console in pair:
        console.act("block_for", CID, "ann", minutes=3)
    for console, board in zip(pair, boards, strict=True):
        await console.until(
            lambda board=board: board.blocked("ann") and kept_by_colleague(board.blocked("ann"))
        )
    await first.until(lambda: boards[0].blocked("ann") is None)
    await second.until(lambda: boards[1].blocked("ann") is None)
    assert blocked(desk) == []
    assert boards[0].counts.wrongly_lifted == boards[1].counts.wrongly_lifted == 0


async def test_a_longer_block_of_a_colleague_is_left_to_them(desk, pair, boards):
    first, second = pair
    second.act("block_for", CID, "ann", minutes=60)
    await first.until(
        lambda: boards[0].blocked("ann") and kept_by_colleague(boards[0].blocked("ann"))
    )
    first.act("block_for", CID, "ann", minutes=1)
    await first.until(lambda: len(boards[0].blocked("ann").claims) == 2)
    await first.until(lambda: len(boards[0].blocked("ann").claims) == 1)
    assert blocked(desk) == ["ann"]


async def test_a_time_that_a_colleague_changes_is_told(desk, pair, boards):
    first, second = pair
    second.act("block_for", CID, "ann", minutes=30)
    await first.until(
        lambda: boards[0].blocked("ann") and kept_by_colleague(boards[0].blocked("ann"))
    )
    await second.until(lambda: boards[1].blocked("ann"))
    answer = await boards[1].ask(TimeSanction("1", boards[1].blocked("ann").sanction_id, None))
    assert not answer.sentence
    await first.until(lambda: not boards[0].blocked("ann").until)


async def test_a_call_that_a_colleague_suspends_makes_no_mute_last(desk, pair, boards):
    first, second = pair
    first.act("keep_muted", CID, "ann", minutes=4)
    await first.until(lambda: boards[0].revoked("ann"))
    second.act("suspend_call", CID)
    await second.until(lambda: second.calls[CID].suspended)
    await first.until(lambda: boards[0].revoked("ann", "send-video"))
    await first.until(lambda: len(boards[0].revoked("ann").claims) == 1)
    second.act("resume_call", CID)
    await second.until(lambda: not second.calls[CID].suspended)
    await first.until(lambda: boards[0].revoked("ann") is None)
    assert may_speak(desk, "ann")


async def test_a_second_revoke_that_no_colleague_told_of_outlasts_the_clock(desk, pair, boards):
    first, _ = pair
    first.act("keep_muted", CID, "ann", minutes=2)
    await first.until(lambda: boards[0].revoked("ann"))
    desk.world.sanctions.permissions(CID, "ann", revoke=("send-audio", "send-video"))
    await first.until(lambda: len(boards[0].revoked("ann").claims) == 2)
    await first.until(lambda: len(boards[0].revoked("ann").claims) == 1)
    assert not may_speak(desk, "ann")


async def test_who_is_no_moderator_explains_nothing_away(desk, pair, boards):
    first, _ = pair
    desk.world.add_user("spy", "Spy")
    desk.world.chat.channel(CHANNEL).add(["spy"], 0.0)
    first.act("keep_muted", CID, "ann", minutes=4)
    await first.until(lambda: boards[0].revoked("ann"))
    desk.world.sanctions.permissions(CID, "ann", revoke=("send-audio", "send-video"))
    await first.until(lambda: len(boards[0].revoked("ann").claims) == 2)
    word = Acted("made-up", "revoke_video", ReceiptState.SEEN, CID, 1.0, ("ann",), ("Ann",))
    desk.world.chat.write(CHANNEL, "spy", "a message", custom=pack("c", [word]))
    await first.until(lambda: any(told.by == "spy" for told in first.told))
    await first.until(lambda: len(boards[0].revoked("ann").claims) == 1)
    assert not boards[0].revoked("ann").newest.act_id
    assert not may_speak(desk, "ann")
