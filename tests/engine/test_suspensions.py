"""A call is suspended and given back, through the real SDK against the served sandbox."""

import asyncio
import contextlib

import pytest

from console.domain.act import ReceiptState
from console.domain.call import ASKABLE, Permission
from console.domain.sign_in import Method
from console.engine.services import suspensions
from console.protocol.acts import ActsChanged
from console.protocol.suspensions import AskSuspension, SuspensionAnswer
from console.protocol.to_window import EngineState
from console.store.store import AppStore
from tests.engine.conftest import Console
from tests.patience import patient

CID = "default:one"
SHOW = "livestream:show"
TALK = frozenset({Permission.SEND_AUDIO, Permission.SEND_VIDEO, Permission.SCREENSHARE})


async def watch(console, sandbox, method=Method.SECRET, cid=CID):
    console.router.answer(sandbox.sign_in(method))
    await console.until(
        lambda: (
            console.of(EngineState) and console.state.directory_complete and cid in console.calls
        )
    )
    console.focus(cid)


async def done(console, kind, cid=CID, *user_ids, **more):
    """The receipt of an act that was seen."""
    act_id = console.act(kind, cid, *user_ids, **more)
    await console.until(
        lambda: (
            (receipt := console.receipt(act_id))
            and receipt.state in (ReceiptState.SEEN, ReceiptState.FAILED, ReceiptState.UNCONFIRMED)
        )
    )
    receipt = console.receipt(act_id)
    assert receipt.state is ReceiptState.SEEN, receipt
    return receipt


async def waiting(console, cid=CID):
    """Who waits for their rights."""
    console.router.answer(AskSuspension("ask", cid))
    before = len(console.of(SuspensionAnswer))
    await console.until(lambda: len(console.of(SuspensionAnswer)) > before)
    return {person.user_id: person for person in console.of(SuspensionAnswer)[-1].people}


def may_send(sandbox, presence, cid=CID):
    """The permissions that somebody has now."""
    state = sandbox.world.state
    role = presence.role if presence.role != presence.user.role else ""
    return state.capabilities_of(state.calls[cid], presence.user, role) & ASKABLE


async def test_a_call_is_suspended_though_the_mute_before_it_was_refused(sandbox, console):
    people = sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    sandbox.world.state.faults.add("expired_token", "mute_users", times=2)
    await done(console, "suspend_call")
    assert [may_send(sandbox, person) for person in people] == [frozenset(), frozenset()]
    await done(console, "resume_call")
    assert [may_send(sandbox, person) for person in people] == [TALK, TALK]


@pytest.mark.parametrize("method", [Method.SECRET, Method.TOKEN])
async def test_nobody_can_send_until_each_has_back_what_they_had(sandbox, console, method):
    ann, bob = sandbox.call("one", "ann", "bob")
    sandbox.world.sanctions.permissions(CID, "bob", revoke=["send-video"])
    await watch(console, sandbox, method)

    receipt = await done(console, "suspend_call")

    assert receipt.undoable
    assert not may_send(sandbox, ann) | may_send(sandbox, bob)
    assert not ann.live | bob.live
    await console.until(lambda: console.calls[CID].suspended == TALK)
    assert console.calls[CID].to_give_back == 2
    assert {p.user_id for p in (await waiting(console)).values() if p.known} == {"ann", "bob"}

    await done(console, "resume_call")

    assert may_send(sandbox, ann) == TALK
    await console.until(lambda: not console.calls[CID].to_give_back)
    assert console.calls[CID].suspended == frozenset()


async def test_what_a_moderator_took_before_is_not_given_back(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    await done(console, "revoke_video", CID, "bob")

    await done(console, "suspend_call")
    await done(console, "resume_call")

    assert may_send(sandbox, ann) == TALK
    assert may_send(sandbox, bob) == TALK - {"send-video"}


async def test_an_audience_is_made_no_more_than_it_was(sandbox, console):
    sandbox.call("show", kind="livestream")
    sandbox.world.control.go_live(SHOW)
    viewer = sandbox.join(SHOW, "vic")
    sandbox.world.add_user("sue", "Sue", role="speaker")
    speaker = sandbox.join(SHOW, "sue")
    assert (may_send(sandbox, viewer, SHOW), may_send(sandbox, speaker, SHOW)) == (set(), TALK)
    await watch(console, sandbox, cid=SHOW)

    await done(console, "suspend_call", SHOW)
    assert not may_send(sandbox, speaker, SHOW)
    assert list(await waiting(console, SHOW)) == ["sue"]
    await done(console, "resume_call", SHOW)

    assert (may_send(sandbox, viewer, SHOW), may_send(sandbox, speaker, SHOW)) == (set(), TALK)


async def test_rights_are_given_back_one_by_one(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    await done(console, "suspend_call")

    await done(console, "resume_call", CID, "ann")

    assert (may_send(sandbox, ann), may_send(sandbox, bob)) == (TALK, set())
    await console.until(lambda: console.calls[CID].to_give_back == 1)
    assert console.calls[CID].suspended == TALK
    assert list(await waiting(console)) == ["bob"]

    await done(console, "resume_call", CID, "bob")

    assert may_send(sandbox, bob) == TALK
    await console.until(lambda: not console.calls[CID].suspended)


async def test_whoever_comes_in_meanwhile_waits_too_and_undo_gives_back_all(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)
    receipt = await done(console, "suspend_call")

    late = sandbox.join(CID, "late")
    await console.until(lambda: console.calls[CID].to_give_back == 2)
    await console.until(lambda: not may_send(sandbox, late))

    await done(console, "resume_call", CID, "ann", undo_of=receipt.act_id)

    assert may_send(sandbox, ann) == may_send(sandbox, late) == TALK
    await console.until(lambda: console.receipt(receipt.act_id).undone_by)


async def test_only_the_microphones_are_taken(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)

    await done(console, "take_microphones")

    assert may_send(sandbox, ann) == may_send(sandbox, bob) == TALK - {"send-audio"}
    await done(console, "suspend_call")
    assert not may_send(sandbox, ann)
    await done(console, "give_microphones")
    assert may_send(sandbox, ann) == {"send-audio"}
    await done(console, "resume_call")
    assert may_send(sandbox, ann) == may_send(sandbox, bob) == TALK


async def test_what_each_had_outlives_the_engine(sandbox, console, tmp_path, shared_clock):
    ann, bob = sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    await done(console, "suspend_call")
    await console.close()
    late = sandbox.join(CID, "late")

    again = Console(tmp_path, shared_clock)
    again.engine.start()
    try:
        await watch(again, sandbox)
        await again.until(lambda: again.calls[CID].to_give_back == 3)
        await again.until(lambda: not may_send(sandbox, late))
        assert set(await waiting(again)) == {"ann", "bob", "late"}

        await done(again, "resume_call")

        assert may_send(sandbox, ann) == may_send(sandbox, bob) == may_send(sandbox, late) == TALK
        await again.until(lambda: not again.calls[CID].suspended)
    finally:
        await again.close()


async def test_an_engine_that_has_just_begun_asks_for_nothing_of_an_audience(
    sandbox, console, tmp_path, shared_clock
):
    sandbox.call("show", kind="livestream")
    sandbox.world.control.go_live(SHOW)
    sandbox.join(SHOW, "vic")
    for name in ("sue", "sam"):
        sandbox.world.add_user(name, name.title(), role="speaker")
    sandbox.join(SHOW, "sue")
    await watch(console, sandbox, cid=SHOW)
    await done(console, "suspend_call", SHOW)
    await console.close()
    late = sandbox.join(SHOW, "sam")

    again = Console(tmp_path, shared_clock)
    again.engine.start()
    try:
        await watch(again, sandbox, cid=SHOW)
        await again.until(lambda: not may_send(sandbox, late, SHOW))
        told = [each for changed in again.of(ActsChanged) for each in changed.acts]
        assert {each.act.user_ids for each in told if each.act.reason} == {("sam",)}
        assert ReceiptState.FAILED not in {each.receipt.state for each in told}
    finally:
        await again.close()


async def test_an_act_that_takes_nothing_leaves_nothing_behind(sandbox, console):
    sandbox.call("show", kind="livestream")
    sandbox.world.control.go_live(SHOW)
    sandbox.join(SHOW, "vic")
    await watch(console, sandbox, cid=SHOW)

    act_id = console.act("suspend_call", SHOW)
    await console.until(lambda: console.receipt(act_id))

    assert console.receipt(act_id).state is ReceiptState.FAILED
    assert console.receipt(act_id).reason.startswith("It would change nothing")
    assert await waiting(console, SHOW) == {}


async def test_a_call_that_ended_has_nothing_to_give_back(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    await done(console, "suspend_call")
    await console.until(lambda: console.calls[CID].suspended)

    sandbox.world.control.end(CID)

    await console.until(lambda: not console.calls[CID].suspended)
    assert await waiting(console) == {}


async def test_who_comes_in_while_it_is_given_back_suspends_nothing_anew(
    sandbox, console, monkeypatch
):
    sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    await done(console, "suspend_call")
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def learn_late(*_):
        reached.set()
        await go_on.wait()

    monkeypatch.setattr(suspensions, "learn_roles", learn_late)
    cas = sandbox.join(CID, "cas")
    await asyncio.wait_for(reached.wait(), patient(5))
    await done(console, "resume_call")
    go_on.set()
    await console.until(
        lambda: any(
            progress.act.reason and progress.receipt.state is ReceiptState.FAILED
            for change in console.of(ActsChanged)
            for progress in change.acts
        )
    )
    assert not console.calls[CID].suspended
    assert may_send(sandbox, cas) == TALK


async def test_who_is_suspended_anew_while_it_is_given_back_gives_nothing_up(sandbox, console):
    people = ann, bob = sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    await done(console, "suspend_call")
    let_go = sandbox.between.held["/user_permissions"] = asyncio.Event()
    giving = console.act("resume_call", CID)
    await console.until(lambda: console.receipt(giving) and not console.calls[CID].suspended)
    taking = console.act("suspend_call", CID)
    await console.until(lambda: console.receipt(taking))
    let_go.set()
    await console.until(lambda: console.receipt(taking).state is ReceiptState.SEEN)

    assert console.receipt(giving).state is ReceiptState.SEEN
    assert [may_send(sandbox, person) for person in people] == [frozenset(), frozenset()]
    assert {p.user_id: p.held for p in (await waiting(console)).values()} == {
        "ann": TALK,
        "bob": TALK,
    }
    await done(console, "resume_call")
    assert may_send(sandbox, ann) == may_send(sandbox, bob) == TALK
    await console.until(lambda: not console.calls[CID].to_give_back)


async def test_what_is_given_back_while_a_newcomer_is_written_down_is_given_back(
    sandbox, console, monkeypatch
):
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)
    await done(console, "suspend_call")
    keep, reached, go_on = AppStore.keep_suspension, asyncio.Event(), asyncio.Event()
    overtaken = asyncio.Event()

    async def keep_late(store, held):
        if not reached.is_set():
            reached.set()
            await go_on.wait()
            await keep(store, held)
        else:
            await keep(store, held)
            overtaken.set()

    monkeypatch.setattr(AppStore, "keep_suspension", keep_late)
    cas = sandbox.join(CID, "cas")
    await asyncio.wait_for(reached.wait(), patient(5))
    giving = console.act("resume_call", CID)
    with contextlib.suppress(TimeoutError):  # it waits until the newcomer is written down
        await asyncio.wait_for(overtaken.wait(), 1.0)
    go_on.set()
    await console.until(
        lambda: (receipt := console.receipt(giving)) and receipt.state is ReceiptState.SEEN
    )
    await console.until(lambda: not console.calls[CID].suspended)
    await console.until(lambda: not console.calls[CID].to_give_back)
    await console.until(lambda: may_send(sandbox, ann) == may_send(sandbox, cas) == TALK)
