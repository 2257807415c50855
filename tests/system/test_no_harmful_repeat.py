"""Every kind of act, an engine killed at every step, and a colleague who took it back meanwhile.

The sandbox counts what was carried out: nothing may be done twice, and nothing told wrongly.
"""

import contextlib
import resource
import sqlite3
import time
from collections.abc import Sequence

import pytest

from console.base.clock import SystemClock
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts import (
    appearance,
    beside_call,
    on_air,
    queue,
    suspension,
)
from console.domain.acts.permission import KEEP_MUTED
from console.domain.acts.table import ACTS, spec_of
from console.domain.sign_in import Method
from console.protocol.acts import RequestAct
from console.sandbox.world import MODERATOR_ID
from tests.engine.conftest import Sandbox
from tests.system.act_gate import ActGate, Hold
from tests.system.act_stage import act_fields, build, cid_of, take_back
from tests.system.conftest import EngineChild, until

SPEED = 6.0

ENDS = (ReceiptState.SEEN, ReceiptState.FAILED, ReceiptState.UNCONFIRMED)


AT_ONCE = 8
"""Requests of acts that an engine has under way at most."""

FIRST = ("kick", "block", "ban", "revoke_audio", "mute_audio", "deactivate_user", "grant_video")
# Those on each person of a call are permissions, which are here one by one; what runs beside a
# call, and decisions about items of the queue, are tried in the tests of the engine.
ELSEWHERE = (suspension, on_air, beside_call, queue)
# A mute that is kept is set again and again, as it should be.
NOT_HERE = {KEEP_MUTED, *(spec.kind for module in ELSEWHERE for spec in module.ACTS)}
# Only what was taken away from somebody before can be given back.
NOT_HERE |= {appearance.RESTORE_NAME, appearance.RESTORE_PICTURE}
KINDS = (*FIRST, *(spec.kind for spec in ACTS if spec.kind not in {*FIRST, *NOT_HERE}))
IN_CHAT = tuple(kind for kind in KINDS if spec_of(kind).of_message or spec_of(kind).of_chat)


class Shift:
    """A sandbox with a gate, an engine that can be killed, and one act of each kind."""

    def __init__(self, sandbox: Sandbox, gate: ActGate, engine: EngineChild) -> None:
        self.sandbox = sandbox
        self.gate = gate
        self.engine = engine
        self.acts: dict[str, Act] = {}
        self._taken_back: set[str] = set()

    async def sign_in(self) -> None:
        self.engine.send(self.sandbox.sign_in(Method.SECRET))
        await until(
            lambda: (
                self.engine.state and self.engine.state.directory_complete and self.engine.calls
            ),
            what="signed in",
            changed=self.engine.changed,
        )

    async def know_all(self) -> None:
        """Every call is known, with its chat."""
        calls = self.engine.calls
        await until(
            lambda: (
                all(cid_of(spec_of(kind)) in calls for kind in KINDS)
                and all(calls[cid_of(spec_of(kind))].chat_cid for kind in IN_CHAT)
            ),
            what="all calls and chats",
            changed=self.engine.changed,
        )

    def request_all(self) -> None:
        for kind in KINDS:
            spec = spec_of(kind)
            act = Act(
                act_id=kind,
                kind=kind,
                requested_at=self.sandbox.world.state.now(),
                by=MODERATOR_ID,
                **act_fields(spec, self.engine.calls[cid_of(spec)].session_id),
            )
            self.acts[kind] = act
            self.engine.send(RequestAct(act))

    async def receipts(
        self, *states: ReceiptState, kinds: Sequence[str] = KINDS
    ) -> dict[str, Receipt]:
        """The receipts by kind, once each of ``kinds`` is in one of ``states``."""
        found = self.engine.receipts
        await until(
            lambda: all(kind in found and found[kind].state in states for kind in kinds),
            what=f"every act {' or '.join(states)}",
            changed=self.engine.changed,
        )
        return found

    async def came(self, count: int, *, done: bool) -> None:
        """So many acts came to the sandbox, or were ``done`` there."""
        found = self.gate.done if done else self.gate.reached
        await until(lambda: len(found) >= count, what=f"{count} came", changed=self.gate.changed)

    async def crash(self) -> None:
        """Kill the engine; everything done is taken back before the next one starts."""
        await self.engine.kill()
        for kind in KINDS:
            if self.times_done(kind) and kind not in self._taken_back:
                self._taken_back.add(kind)
                take_back(self.sandbox, spec_of(kind))
        self.engine.receipts.clear()
        self.engine.state = None
        await self.engine.start()
        await self.sign_in()
        for act in self.acts.values():  # the window may ask for each once more
            self.engine.send(RequestAct(act))

    async def crash_with_all_held(self, *, done: bool) -> None:
        """Crash as often as it takes until each act was held once at the gate."""
        for count in range(AT_ONCE, len(KINDS) + AT_ONCE, AT_ONCE):
            await self.came(min(count, len(KINDS)), done=done)
            if count >= len(KINDS):
                self.gate.hold = Hold.NOTHING
            await self.crash()

    def times_done(self, kind: str) -> int:
        """How often the act of this kind was carried out."""
        return sum(times for what, times in self.gate.done.items() if _is_of(what, kind))

    def check(self) -> None:
        """Nothing was done twice, and no receipt says what is not so."""
        for kind, receipt in self.engine.receipts.items():
            times = self.times_done(kind)
            assert times <= 1, (kind, times, receipt)
            if times:
                assert receipt.state is not ReceiptState.FAILED, (kind, receipt)
            else:
                assert receipt.state is not ReceiptState.SEEN, (kind, receipt)
                assert not receipt.accepted_at, (kind, receipt)
            assert "before it was sent" not in receipt.reason


def _is_of(what: str, kind: str) -> bool:
    return f"/{kind}/" in what or f"/person-{kind}/" in what or what.endswith(f" person-{kind}")


@pytest.fixture
async def shift(tmp_path, warm_python):
    origin = time.time()
    sandbox = Sandbox(SystemClock(SPEED, origin))
    build(sandbox)
    gate = ActGate(sandbox.between._app)
    sandbox.between._app = gate
    await sandbox.up()
    clock = ("--clock-speed", f"{SPEED}@{origin}")
    engine = EngineChild(tmp_path / "home", *clock, python=warm_python)
    await engine.start()
    shift = Shift(sandbox, gate, engine)
    await shift.sign_in()
    await shift.know_all()
    yield shift
    await engine.kill()
    gate.release()
    await sandbox.down()


async def test_killed_while_queued(shift):
    shift.gate.hold = Hold.BEFORE
    shift.request_all()
    await shift.receipts(ReceiptState.QUEUED, ReceiptState.SENT)
    shift.gate.hold = Hold.NOTHING

    await shift.crash()

    await shift.receipts(*ENDS)
    shift.check()


async def test_killed_when_it_was_sent_and_not_carried_out(shift):
    shift.gate.hold = Hold.BEFORE
    shift.request_all()

    await shift.crash_with_all_held(done=False)

    receipts = await shift.receipts(*ENDS)
    shift.check()
    # Looking rules out a kick and the end of a call, so these are done after all.
    assert receipts["kick"].state is receipts["end_call"].state is ReceiptState.SEEN
    assert receipts["block"].outcome_unknown


async def test_killed_when_it_was_carried_out_and_not_answered(shift):
    shift.gate.hold = Hold.ANSWER
    shift.request_all()

    await shift.crash_with_all_held(done=True)

    receipts = await shift.receipts(*ENDS)
    shift.check()
    # Where an event came before the end it is known; else nobody can see what was taken back.
    for kind in (
        "kick",
        "block",
        "ban",
        "mute_audio",
        "revoke_audio",
        "grant_video",
        "deactivate_user",
    ):
        receipt = receipts[kind]
        assert receipt.seen_at or receipt.outcome_unknown, (kind, receipt)


async def test_killed_when_it_was_answered_and_nothing_showed_it(shift):
    shift.sandbox.world.state.faults.add("lose", "", 100_000)
    shift.request_all()
    await shift.receipts(ReceiptState.ACCEPTED, *ENDS)
    shift.sandbox.world.state.faults.clear()

    await shift.crash()

    await shift.receipts(*ENDS)
    shift.check()


async def test_killed_when_it_was_seen(shift):
    shift.request_all()
    await shift.receipts(ReceiptState.SEEN)

    await shift.crash()

    await shift.receipts(*ENDS)
    shift.check()


async def test_killed_when_the_store_took_no_receipt(shift):
    """Another program holds the file: what was seen is on disk as sent."""
    shift.gate.hold = Hold.ANSWER
    shift.request_all()
    await shift.came(AT_ONCE, done=True)
    with contextlib.closing(
        sqlite3.connect(shift.engine.home / "data" / "console.db", isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        shift.gate.release()
        await shift.receipts(ReceiptState.SEEN, kinds=KINDS[:AT_ONCE])
        await shift.engine.kill()

    await shift.crash()

    await shift.receipts(*ENDS)
    shift.check()


async def test_killed_when_the_disk_was_full(shift):
    """No file may grow: what was seen is on disk as sent."""
    shift.gate.hold = Hold.ANSWER
    shift.request_all()
    await shift.came(AT_ONCE, done=True)
    resource.prlimit(shift.engine.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    shift.gate.release()
    await shift.receipts(ReceiptState.SEEN, kinds=KINDS[:AT_ONCE])
    engine = shift.engine
    await until(
        lambda: any(problem.place == "acts" for problem in engine.problems),
        what="a problem that names the receipts",  # told after them, once a write was refused
        changed=engine.changed,
    )

    await shift.crash()

    await shift.receipts(*ENDS)
    shift.check()


async def test_the_socket_is_lost_before_anything_shows_it(shift):
    shift.sandbox.world.state.faults.add("lose", "", 100_000)
    shift.gate.hold = Hold.ANSWER
    shift.request_all()
    await shift.came(AT_ONCE, done=True)
    shift.sandbox.sockets.drop(1011)
    shift.gate.release()
    await shift.came(len(KINDS), done=True)
    shift.sandbox.world.state.faults.clear()

    await shift.receipts(*ENDS)
    shift.check()
