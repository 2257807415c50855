"""Mutes that hold, against the served sandbox: who comes back or unmutes is muted again."""

import pytest

from console.domain.act import ReceiptState
from console.engine.services.sanctions import service, sticky_mutes
from console.protocol.acts import ActsChanged
from console.protocol.sanctions import LiftSanction
from console.protocol.to_window import Problem
from tests.engine.sanctions.board import Board

CID = "default:one"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(service, "TICK_S", 0.05)
    monkeypatch.setattr(service, "LOOK_S", 0.1)
    monkeypatch.setattr(sticky_mutes, "PAUSE_S", 0.2)


@pytest.fixture
async def held(sandbox, console):
    """Ann is kept muted; whoever joins again may speak, as far as the sandbox is concerned."""
    sandbox.call("one", "ann", "bob")
    sandbox.world.add_user("bea", "Bea", role="moderator")
    sandbox.world.attendance.revokes_end_on_leaving = True
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    console.act("keep_muted", CID, "ann", reason="Shouts")
    board = Board(console)
    await console.until(lambda: board.revoked("ann") and kinds(console)[-1] == "mute_audio")
    muting = acts(console)[-1].act_id
    await console.until(lambda: console.receipt(muting).state is ReceiptState.SEEN)
    return board


def acts(console):
    found = {p.act.act_id: p.act for m in console.of(ActsChanged) for p in m.acts}
    return list(found.values())


def kinds(console):
    return [act.kind for act in acts(console)]


def presence(sandbox, user_id):
    session = sandbox.world.state.calls[CID].running
    return next(p for p in session.presences.values() if p.user.id == user_id)


def speaks(sandbox, user_id):
    return "audio" in presence(sandbox, user_id).live


async def test_the_permission_goes_first_and_the_mute_follows(held, sandbox, console):
    assert kinds(console) == ["keep_muted", "mute_audio"]
    assert [act.reason for act in acts(console)] == ["Shouts", "Shouts"]
    assert not speaks(sandbox, "ann")
    assert not held.revoked("ann").until


async def test_who_joins_again_is_muted_again_permission_first(held, sandbox, console, monkeypatch):
    monkeypatch.setattr(sticky_mutes, "PAUSE_S", 0.0)
    sandbox.world.attendance.leave(CID, presence(sandbox, "ann").user_session_id)
    sandbox.join(CID, "ann")
    await console.until(lambda: not speaks(sandbox, "ann") and held.revoked("ann").newest.again)
    await console.until(lambda: len(acts(console)) >= 4)
    again = acts(console)[2:4]
    assert [act.kind for act in again] == ["revoke_audio", "mute_audio"]
    assert {act.reason for act in again} == {"Kept muted: they joined again."}
    assert len(held.revoked("ann").claims) == 1


async def test_who_unmutes_without_an_event_is_muted_again(held, sandbox, console):
    sandbox.world.state.calls[CID].revokes.clear()
    sandbox.world.attendance.publish(CID, presence(sandbox, "ann").user_session_id, "audio")
    await console.until(lambda: not speaks(sandbox, "ann") and held.revoked("ann").newest.again)
    assert acts(console)[-1].reason == "Kept muted: they unmuted."


async def test_the_stop_button_gives_the_microphone_back_and_watches_no_more(
    held, sandbox, console
):
    await held.ask(LiftSanction("1", held.revoked("ann").sanction_id))
    await console.until(lambda: held.revoked("ann") is None)
    done = len(acts(console))
    sandbox.world.attendance.leave(CID, presence(sandbox, "ann").user_session_id)
    sandbox.join(CID, "ann")
    sandbox.join(CID, "cleo")
    await console.until(lambda: console.notices and "Cleo" in console.notices[-1].text)
    assert speaks(sandbox, "ann")
    assert len(acts(console)) == done


async def test_what_a_colleague_grants_is_not_taken_again(held, sandbox, console):
    sandbox.world.sanctions.permissions(CID, "ann", grant=("send-audio",), by="bea")
    await console.until(lambda: held.revoked("ann") is None)
    assert kinds(console) == ["keep_muted", "mute_audio"]


async def test_what_does_not_hold_is_given_up_and_told(held, sandbox, console, monkeypatch):
    monkeypatch.setattr(sticky_mutes, "MOST_AN_HOUR", 2)
    monkeypatch.setattr(sticky_mutes, "PAUSE_S", 0.0)

    def told():
        sandbox.world.state.calls[CID].revokes.clear()
        sandbox.world.attendance.publish(CID, presence(sandbox, "ann").user_session_id, "audio")
        return [one.sentence for one in console.of(Problem) if one.place == "sanctions"]

    await console.until(told)
    assert told() == [
        "ann (revoked): They were muted again 2 times within an hour, so it was given up. Block"
        " them."
    ]
    assert held.revoked("ann").trouble
