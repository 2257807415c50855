"""What the engine says of itself while things go wrong: live only while it hears."""

import asyncio
import sqlite3

import pytest

from console.domain.act import ReceiptState
from console.domain.phase import MEANINGS, Phase
from console.domain.sign_in import Method
from console.engine.services import heartbeat, watcher
from console.protocol.connection import SignIn, SignOut, TryNow
from console.protocol.to_window import EngineState, Gap, Problem
from tests.engine.conftest import Console
from tests.patience import patient

CID = "default:one"


class JumpingClock:
    """A clock whose wall can be set, as by a machine that wakes; its spans go on."""

    def __init__(self, clock):
        self._clock = clock
        self.ahead = 0.0

    def now(self):
        return self._clock.now() + self.ahead

    def __getattr__(self, name):
        return getattr(self._clock, name)


@pytest.fixture
def jumping(shared_clock):
    return JumpingClock(shared_clock)


@pytest.fixture
async def waking(tmp_path, jumping):
    """An engine whose wall clock can be set."""
    console = Console(tmp_path, jumping)
    console.engine.start()
    yield console
    await console.close()


def phases(console):
    return [state.phase for state in console.of(EngineState)]


def token(sandbox, **more):
    secret = sandbox.keys.user_token("moderator", **more)
    return SignIn(profile=sandbox.profile(Method.TOKEN), secret=secret)


async def test_every_phase_on_the_way_in_is_told(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    seen = list(dict.fromkeys(phases(console)))
    assert seen == [Phase.SIGNED_OUT, Phase.CONNECTING, Phase.READING, Phase.LIVE]
    for state in console.of(EngineState):
        assert state.directory_complete == MEANINGS[state.phase].complete


@pytest.mark.clock_speed(5)
async def test_a_connection_that_stream_forgot_is_replaced(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.world.state.faults.add("stale_connection", "/video/calls", times=1)

    await console.until(lambda: console.state.phase is Phase.RECONNECTING)
    assert console.state.sentence == "Stream does not know this connection any more."
    await console.until(lambda: console.of(Gap))
    await console.live(CID)
    assert console.engine.session.coordinator.sockets_opened == 2
    sandbox.say(ann, "heard again")
    await console.until(lambda: console.texts == ["heard again"])


@pytest.mark.clock_speed(5)
async def test_calls_that_cannot_be_read_are_not_live(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.world.state.faults.add("error", "/video/calls", times=10**6, status=500)

    await console.until(lambda: console.state.phase is Phase.OUTDATED)
    assert console.state.sentence
    assert console.calls[CID].unmonitored_since == 0.0  # the known ones are heard
    sandbox.say(ann, "still heard")
    await console.until(lambda: console.texts == ["still heard"])
    sandbox.world.state.faults.clear()
    await console.until(lambda: console.state.phase is Phase.LIVE)
    assert not console.of(Gap)


@pytest.mark.expects_errors
@pytest.mark.clock_speed(5)
async def test_a_watcher_that_dies_again_and_again_is_not_live(sandbox, console, monkeypatch):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    def fail(answer):
        raise RecursionError

    monkeypatch.setattr(watcher, "calls_page_in_parts", fail)
    await console.until(lambda: console.state.phase is Phase.OUTDATED, timeout=15)


@pytest.mark.clock_speed(5)
async def test_a_link_that_is_open_and_dead_is_not_live(sandbox, console, monkeypatch):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    console.focus(CID)
    await console.live(CID)
    await console.until(lambda: console.person("ann").live_known)
    for connection in list(sandbox.sockets._connections.values()):
        monkeypatch.setattr(connection, "put", lambda frame: True)  # nothing reaches the wire

    await console.until(lambda: console.state.phase is Phase.SILENT)
    await console.until(lambda: console.calls[CID].unmonitored_since)
    await console.until(lambda: not console.person("ann").live_known)
    assert console.state.heard_until == console.calls[CID].unmonitored_since
    await console.until(lambda: console.of(Gap))
    await console.live(CID)
    await console.until(lambda: not console.calls[CID].unmonitored_since)
    sandbox.say(ann, "heard again")
    await console.until(lambda: console.texts == ["heard again"])


@pytest.mark.clock_speed(5)
async def test_an_expired_token_stays_refused_whatever_is_lost(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(token(sandbox, lasts=3600))
    console.focus(CID)
    await console.live(CID)
    assert console.state.token_ends_at > 0
    sandbox.world.state.faults.skew = 3601.0
    sandbox.sockets.drop(1011)

    await console.until(lambda: console.state.phase is Phase.REFUSED)
    assert console.state.sentence == "The token has expired."
    assert console.state.advice == "Sign in with a new one."
    assert console.calls[CID].unmonitored_since == console.state.heard_until > 0
    told = console.of(EngineState), [p.place for p in console.of(Problem)]
    sandbox.sockets.drop(1011)
    beats = console.pulse.at
    await console.until(lambda: console.pulse.at > beats + 8)  # time for restarts and requests
    assert (console.of(EngineState), [p.place for p in console.of(Problem)]) == told

    sandbox.world.state.faults.skew = 0.0
    console.router.answer(TryNow())
    await console.live(CID)
    await console.until(lambda: not console.calls[CID].unmonitored_since)
    await console.until(lambda: console.of(Gap))


@pytest.mark.clock_speed(5)
async def test_a_user_who_may_not_read_calls_is_told_so_in_the_end(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.state.faults.add("expired_token", "/video/calls", times=10**6)
    console.router.answer(token(sandbox))

    await console.until(lambda: console.state.phase is Phase.REFUSED, timeout=30)
    assert console.state.sentence == "The token has expired."


@pytest.mark.clock_speed(5)
async def test_who_signed_in_with_the_secret_is_not_told_to_get_another_token(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.state.faults.add("expired_token", "/video/calls", times=10**6)
    console.router.answer(sandbox.sign_in())

    await console.until(lambda: console.state.phase is Phase.REFUSED, timeout=30)
    assert console.state.sentence.endswith("a token has expired which this program made just now.")
    assert "clock" in console.state.advice
    assert "app secret was changed" in console.state.advice


@pytest.mark.clock_speed(5)
async def test_one_odd_answer_about_the_token_ends_nothing(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(token(sandbox))
    await console.live(CID)
    sandbox.world.state.faults.add("expired_token", "/video/calls", times=1)

    await console.until(lambda: console.state.phase is Phase.RECONNECTING)
    await console.live(CID)
    assert Phase.REFUSED not in phases(console)


@pytest.mark.parametrize("what", ["deactivated", "deleted"])
async def test_a_moderator_who_is_shut_out_is_told_at_once(sandbox, console, what):
    sandbox.call("one", "ann")
    console.router.answer(token(sandbox))
    await console.live(CID)

    if what == "deleted":
        sandbox.world.accounts.delete("moderator")
    else:
        sandbox.world.accounts.deactivate("moderator")
    await console.until(lambda: console.state.phase is Phase.REFUSED)
    assert console.state.sentence.startswith(f"Your user was {what}")
    assert console.state.advice
    await console.until(lambda: console.calls[CID].unmonitored_since)


async def test_what_we_may_do_follows_the_event_and_not_the_next_reading(
    sandbox, console, monkeypatch
):
    monkeypatch.setattr(watcher, "EVERY_S", 1e6)
    sandbox.call("one", "ann", "moderator")
    console.router.answer(token(sandbox))
    await console.live(CID)
    assert "send-audio" in console.calls[CID].own_capabilities

    sandbox.world.sanctions.permissions(CID, "moderator", revoke=["send-audio"])
    await console.until(lambda: "send-audio" not in console.calls[CID].own_capabilities)


async def test_listening_is_noted_the_moment_it_begins(sandbox, console, monkeypatch):
    monkeypatch.setattr(heartbeat, "HEARTBEAT_S", 1e6)
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    store = console.engine.session._store
    async with asyncio.timeout(patient(5)):
        while (beat := await store.last_heartbeat()) is None:
            continue
    at, cids = beat
    assert cids == (CID,)
    assert at <= console.engine.session.coordinator.last_heard


async def test_a_call_that_the_store_refused_is_kept_the_next_time(sandbox, console, monkeypatch):
    monkeypatch.setattr(heartbeat, "HEARTBEAT_S", 0.01)
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    writer = console.engine.session._store._writer
    writer._connection.execute("PRAGMA query_only = ON")
    sandbox.call("two", "bob")
    await console.until(lambda: "default:two" in console.calls)
    await console.until(lambda: any(p.place == "store" for p in console.of(Problem)))

    writer._connection.execute("PRAGMA query_only = OFF")

    async with asyncio.timeout(patient(5)):
        while "default:two" not in await writer.run(_kept_cids):
            continue


def _kept_cids(connection: sqlite3.Connection) -> set[str]:
    return {cid for (cid,) in connection.execute("SELECT cid FROM calls")}


@pytest.mark.clock_speed(5)
async def test_a_machine_that_wakes_asks_at_once_and_keeps_what_outlived_it(
    sandbox, waking, jumping
):
    (ann,) = sandbox.call("one", "ann")
    waking.router.answer(sandbox.sign_in())
    await waking.live(CID)
    jumping.ahead = 3600.0

    await waking.until(lambda: waking.state.phase is Phase.SILENT)
    await waking.live(CID)
    assert waking.engine.session.coordinator.sockets_opened == 1
    assert not waking.of(Gap)
    sandbox.say(ann, "nothing was lost")
    await waking.until(lambda: waking.texts == ["nothing was lost"])


@pytest.mark.clock_speed(5)
async def test_a_clock_that_is_set_back_does_not_freeze_what_is_known(sandbox, waking, jumping):
    jumping.ahead = 7200.0
    sandbox.call("one", "ann")
    waking.router.answer(sandbox.sign_in())
    await waking.live(CID)
    jumping.ahead = 0.0
    sandbox.world.state.faults.add("lose", "call.updated", times=10)
    sandbox.world.control.update(CID, custom={"name": "Renamed"})
    await waking.until(lambda: waking.calls[CID].name == "Renamed", timeout=20)


@pytest.mark.clock_speed(5)
@pytest.mark.parametrize("ahead", [7200.0, -7200.0])
async def test_a_wrong_clock_does_not_end_the_sign_in(sandbox, waking, jumping, ahead):
    (ann,) = sandbox.call("one", "ann")
    jumping.ahead = ahead
    waking.router.answer(sandbox.sign_in())

    await waking.live(CID)
    sandbox.say(ann, "heard in spite of it")
    await waking.until(lambda: waking.texts == ["heard in spite of it"])
    act_id = waking.act("mute_audio", CID, "ann")
    await waking.until(lambda: (r := waking.receipt(act_id)) and r.state is ReceiptState.SEEN)


@pytest.mark.clock_speed(5)
async def test_a_second_console_goes_on_when_the_first_has_gone(sandbox, tmp_path, shared_clock):
    first, second = (Console(tmp_path, shared_clock) for _ in range(2))
    sandbox.call("one", "ann")
    try:
        first.router.answer(sandbox.sign_in())
        await first.live(CID)
        second.router.answer(sandbox.sign_in())
        await second.until(lambda: second.state.phase is Phase.WAITING, timeout=30)
        assert second.state.sentence.startswith("Another console is using the store")
        assert second.state.retry_at > 0
        await first.close()
        await second.live(CID)
    finally:
        await second.close()
        await first.close()


async def test_waiting_for_a_store_can_be_given_up(sandbox, tmp_path, shared_clock):
    first, second = (Console(tmp_path, shared_clock) for _ in range(2))
    try:
        first.router.answer(sandbox.sign_in())
        await first.until(lambda: first.state.phase is Phase.LIVE)
        second.router.answer(sandbox.sign_in())
        await second.until(lambda: second.state.phase is Phase.WAITING, timeout=30)
        second.router.answer(SignOut())
        await second.until(lambda: second.state.phase is Phase.SIGNED_OUT)
    finally:
        await second.close()
        await first.close()
