"""The board of sanctions: what is in force in all calls, and the clocks and mutes that hold."""

import asyncio
import contextlib
import math
from collections import deque
from typing import Any, ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.recent_ids import RecentIds
from console.domain.act import BY_CLOCK, ReceiptState
from console.domain.acts.table import spec_of
from console.domain.lifting import claims_of, ended_by, given_to_each, running, why_not_lifted
from console.domain.sanction import BY_STREAM, Claim, Form, Keeper, Sanction, sanction_id
from console.domain.sanctions_in_force import MAX_SANCTIONS, SanctionsInForce
from console.domain.team import Told
from console.engine.desk.colleagues import act_of
from console.engine.services.sanctions.banned_users import BannedUsers, may_be_ended
from console.engine.services.sanctions.clock_keeper import ClockKeeper
from console.engine.services.sanctions.colleague_acts import ColleagueActs, is_over
from console.engine.services.sanctions.expected_events import ExpectedEvents
from console.engine.services.sanctions.lifts import Lifts
from console.engine.services.sanctions.noticed import Noticed
from console.engine.services.sanctions.sentences import named, over_words
from console.engine.services.sanctions.shut_out import note_shut_out
from console.engine.services.sanctions.sticky_mutes import LOOK_S, StickyMutes
from console.engine.services.sanctions.taken_from_all import TakenFromAll
from console.engine.services.sanctions.tally import SanctionTally
from console.engine.services.sanctions.unkept import Unkept
from console.engine.services.service import Received, RightsTold, Service, SessionContext
from console.engine.wire.events import ParticipantJoined
from console.protocol.acts import ActProgress
from console.protocol.sanctions import (
    LiftSanction,
    LiftSanctions,
    SanctionAnswer,
    SanctionsChanged,
    TimeSanction,
)
from console.store.sanctions import KeptSanction

TICK_S = 0.5
BANS_EVERY_S = 60.0
RECENT = 500
"""Acts of earlier engines in which claims are looked for."""

MOST_REMEMBERED = 10_000
GIVEN_BACK = "It was taken from them alone while the call was suspended."

_ONE_CLAIM = BY_STREAM | {Form.MUTED, Form.HIDDEN}
"""Stream keeps the newest of these only."""

_DONE = (ReceiptState.ACCEPTED, ReceiptState.SEEN)
_OVER = "It is in force no more."
_OVER_FOR_ALL = "Its time is over, here and at the console of a colleague who set it, too."


class Sanctions(Service):
    """Keeps the board, and ends what its clocks end."""

    handles: ClassVar = (LiftSanction, LiftSanctions, TimeSanction)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._in_force = SanctionsInForce()
        self._clocks = ClockKeeper(
            self._in_force, context.store.sanctions, context.clock, context.stream_ahead
        )
        self._expected = ExpectedEvents(context.clock, context.stream_ahead)
        self._noticed = Noticed(self._in_force, context.directory, self._expected, context.user_id)
        self._colleagues = ColleagueActs(self._in_force, context.clock, context.stream_ahead)
        self._lifts = Lifts(context)
        self._sticky = StickyMutes(context, self._in_force, self._applied, self._gave_up)
        self._bans = BannedUsers(context, self._in_force)
        self._taken = TakenFromAll(context.suspended_calls)
        self._tally = SanctionTally()
        self._news: deque[ActProgress] = deque()
        self._joined: deque[tuple[str, str]] = deque(maxlen=MOST_REMEMBERED)
        self._wronged: deque[Sanction] = deque()
        self._kept: list[KeptSanction] = []
        self._claimed = RecentIds(MOST_REMEMBERED)
        self._ended = RecentIds(MOST_REMEMBERED)
        self._unkept = Unkept(self._clocks)
        self._given_back = RecentIds(MOST_REMEMBERED)
        self._held_again: deque[Sanction] = deque()
        self._wake = asyncio.Event()
        self._left_out = 0
        self._began = context.clock.now()
        self._hears = False
        self._compare_now = False
        self._bans_due = 0.0
        self._look_due = 0.0

    # -- life

    async def start(self) -> None:
        self._kept = await self.context.store.sanctions.kept()
        for kept in self._kept:
            self._in_force.restore(kept.sanction)
        self._publish(whole=True)
        self.context.keep_running(self._run, "sanctions")

    async def answer(self, message: LiftSanction | LiftSanctions | TimeSanction) -> SanctionAnswer:
        if isinstance(message, LiftSanctions):
            return await self._lift_several(message)
        sanction = self._in_force.find(message.sanction_id)
        if sanction is None:
            raise WorldError(_OVER)
        if isinstance(message, LiftSanction):
            await self._lift_by_hand(sanction)
        else:
            await self._set_time(sanction, message.minutes)
        self._publish()
        return SanctionAnswer(message.request_id)

    def on_connected(self, connection_id: str) -> None:
        # Their clocks go on as soon as Stream has told its time: ours may have been set meanwhile.
        kept, self._kept = self._kept, []
        for each in kept:
            self._clocks.resume(each)
        self._clocks.learn_time()
        self._publish()

    def on_heard(self) -> None:
        self._hears = True
        self._bans_due = 0.0
        self._wake.set()

    def on_unheard(self, since: float) -> None:
        self._hears = False

    def on_swept(self, connection_id: str) -> None:
        for sanction in self._in_force:
            if sanction.form is Form.REVOKED and sanction.newest.since < self._began:
                # Stream lists nobody's permissions: what an earlier engine was told is known here.
                cid, user_id, what = sanction.cid, sanction.user_id, sanction.what
                self.context.directory.restore_revoked(cid, user_id, what)
        self.context.publisher.publish_soon()
        self._compare_now = True
        self._wake.set()

    async def on_event(self, received: Received) -> None:
        claims, lifted = self._noticed.take(received)
        if received.act_id in self._given_back:
            lifted = self._not_ours(lifted)
        self._take(claims, lifted)
        if isinstance(received.event, ParticipantJoined):
            event = received.event
            self._joined.append((event.call_cid, event.participant.user.id))
            self._wake.set()
        self._publish()

    async def on_colleague(self, told: Told) -> None:
        acted = act_of(told) if told.moderator else None
        if acted and acted[1].state is not ReceiptState.FAILED and not acted[1].undone_by:
            self._colleagues.take(acted[0], told.at)
            self._publish()

    def on_rights_told(self, told: RightsTold) -> None:
        at = told.at - (self.context.stream_ahead() or 0.0)
        given = [sanction_id(Form.REVOKED, told.cid, told.user_id, what) for what in told.given]
        self._take([], self._not_ours([key for key in given if self._in_force.stood(key, at)]))
        self._publish()

    def on_act(self, progress: ActProgress) -> None:
        act, receipt = progress.act, progress.receipt
        self._expected.note(progress)
        self._taken.note(progress)
        key, why = self._lifts.on_act(progress)
        if (failed := self._in_force.find(key)) is not None:
            self._in_force.mark(failed, lifting=False, trouble=why)
        if spec_of(act.kind).for_each and spec_of(act.kind).grants:
            self._given_back.add(act.act_id)
        done = f"{act.act_id} {receipt.attempts}"
        if receipt.was_done and done not in self._ended:
            # Once: its receipt changes again when it is undone, and what it ended is in force anew.
            self._ended.add(done)
            for ended in ended_by(act):
                self._lifted(sanction_id(*ended))
            if receipt.state is ReceiptState.UNCONFIRMED:  # no event tells whom it was given back
                given = [k for k in given_to_each(act) if self._in_force.stood(k, receipt.sent_at)]
                self._take([], self._not_ours(given))
        if receipt.state in _DONE and act.act_id not in self._claimed:
            self._claimed.add(act.act_id)
            self._news.append(progress)
            self._wake.set()
        self._publish()

    def numbers(self, now: float) -> dict[str, Any]:
        return {"sanctions": self._tally.counts(self._in_force.left_out)}

    # -- at work

    async def _run(self) -> None:
        await self._take_up_acts()
        while True:
            await self._pause()
            while self._news:
                await self._claim(self._news[0])
                self._news.popleft()
            self._clocks.wall_clock_was_set()
            for key in self._noticed.mutes_over(self.context.clock.now()):
                self._lifted(key)
            if self._hears:
                await self._compare()
                await self._end_what_is_over()
                await self._hold_mutes()
            self._publish()
            await self._keep()

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with self.context.clock.timeout(TICK_S):
                await self._wake.wait()
        self._wake.clear()

    async def _take_up_acts(self) -> None:
        """Claims of acts that were done, but not claimed before an earlier engine stopped."""
        recent = await self.context.store.recent_acts(RECENT)
        acts = [s for s in recent if spec_of(s.act.kind).timed and s.receipt.accepted_at]
        acts = [s for s in acts if not s.receipt.undone_by]
        ended = await self.context.store.sanctions.ended([s.act.act_id for s in acts])
        for stored in acts:
            if stored.act.act_id not in ended:
                self._claimed.add(stored.act.act_id)
                await self._claim(ActProgress(act=stored.act, receipt=stored.receipt))

    async def _claim(self, progress: ActProgress) -> None:
        act, receipt = progress.act, progress.receipt
        if act.holding:
            return
        at = receipt.accepted_at or receipt.seen_at or self.context.clock.now()
        stored = await self.context.store.act(act.act_id)
        for sanction, new in claims_of(act, stored.changes if stored else {}, at):
            known = self._in_force.find(sanction.sanction_id)
            if known is None and not new and not self._taken.held_before(act, sanction):
                # Who set it before is not known.
                self._in_force.claim(replace(sanction, claims=(Claim(),)))
            if not self._in_force.claim(sanction, alone=sanction.form in _ONE_CLAIM):
                continue
            self._clocks.start(sanction, sanction.newest)
            self._tally.set(sanction)
            if sanction.sticky:
                await self._sticky.mute_at_first(sanction, sanction.newest)

    async def _compare(self) -> None:
        if self._compare_now:
            self._compare_now = False
            self._take(*self._noticed.compare(self.context.clock.now()))
        monotonic = self.context.clock.monotonic()
        if monotonic >= self._bans_due:
            self._bans_due = monotonic + BANS_EVERY_S
            self._take(*await self._bans.read())

    async def _end_what_is_over(self) -> None:
        if may_be_ended(self._clocks.over(), self._lifts.busy):
            self._take(*await self._bans.read())
        for sanction, claim, late in self._clocks.over():
            if self._taken.from_everybody(sanction):
                continue  # it ends when everybody has their rights back
            if self._tally.outlived(sanction, claim, late):
                ago = f"its time was over {late / 60:.0f} min ago, and is lifted only now."
                self._problem(f"{named(sanction)}: {ago}")
            if self._colleagues.wanted(sanction, claim):
                self._in_force.release(sanction, claim.act_id)
                self._unkept.note_ended([claim.act_id])  # somebody else wants it, so it stays
                self._colleagues.note_shared(sanction)
            elif claim.keeper is Keeper.STREAM:
                self._lifted(sanction.sanction_id)
            elif not self._lifts.busy(sanction) and not sanction.trouble:
                await self._lift(sanction, BY_CLOCK, over_words(claim, late))
        for sanction in self._colleagues.over():
            if not (self._taken.from_everybody(sanction) or self._lifts.busy(sanction)):
                await self._lift(sanction, BY_CLOCK, _OVER_FOR_ALL)
        for key, by in self._lifts.due():
            known = self._in_force.find(key)
            if known is None or (by == BY_CLOCK and self._of_others(known)):
                self._lifts.forget(key)  # whoever set it meanwhile wants it
            else:
                await self._lift(known, by, "Its time is over." if by == BY_CLOCK else "")
        while self._wronged:
            await self._lifts.set_again(self._wronged.popleft())

    async def _hold_mutes(self) -> None:
        while self._joined:
            await self._sticky.joined(*self._joined.popleft())
        while self._held_again:
            await self._sticky.hold(self._held_again.popleft(), GIVEN_BACK)
        monotonic = self.context.clock.monotonic()
        if monotonic >= self._look_due:
            self._look_due = monotonic + LOOK_S
            await self._sticky.look()

    def _take(self, claims: list[Sanction], lifted: list[str]) -> None:
        for key in lifted:
            self._lifted(key)
        for sanction in self._colleagues.explained(claims):
            if self._in_force.claim(sanction, alone=sanction.form in _ONE_CLAIM):
                self._clocks.start(sanction, sanction.newest)

    def _not_ours(self, lifted: list[str]) -> list[str]:
        """Those of ``lifted`` that nobody here wants; the others are held: a call that is given
        back gives nobody what was taken from them alone meanwhile.
        """
        found = {key: self._in_force.find(key) for key in lifted}
        held = {k: s for k, s in found.items() if s and any(c.act_id for c in s.claims)}
        self._held_again += [s for s in held.values() if s is not None and not s.lifting]
        return [key for key in lifted if key not in held]

    def _lifted(self, key: str) -> None:
        by_clock = self._lifts.forget(key)
        was = self._in_force.lifted(key)
        if was is None:
            return
        self._sticky.forget(key)
        self._colleagues.forget(was)
        self._tally.lifted(was)
        self._unkept.note_ended(claim.act_id for claim in was.claims)
        if by_clock and self._of_others(was):
            self._tally.wrongly_lifted()
            self._wronged.append(was)
            self._wake.set()
            who = named(was)
            self._problem(f"{who}: lifted while somebody else set it, too. It is set again.")

    def _of_others(self, sanction: Sanction) -> bool:
        """Whether somebody else wants it, as far as is known."""
        now = self.context.clock.now()
        return any(not claim.act_id and not is_over(claim, now) for claim in sanction.claims)

    async def _lift(self, sanction: Sanction, by: str, reason: str) -> None:
        self._in_force.mark(sanction, lifting=True)
        await self._lifts.begin(sanction, by, reason)

    async def _lift_by_hand(self, sanction: Sanction) -> None:
        if why := why_not_lifted(sanction):
            raise WorldError(why)
        await self._lift(sanction, self.context.user_id, "")

    async def _lift_several(self, message: LiftSanctions) -> SanctionAnswer:
        lifting, whys = 0, []
        for key in dict.fromkeys(message.sanction_ids[:MAX_SANCTIONS]):
            sanction = self._in_force.find(key)
            why = _OVER if sanction is None else why_not_lifted(sanction)
            if sanction is None or why:
                whys.append(why)
                continue
            self._in_force.mark(sanction, lifting=True)
            await self._lifts.begin(sanction, self.context.user_id, "", together=message.request_id)
            lifting += 1
        self._publish()
        first = next(iter(whys), "")
        return SanctionAnswer(message.request_id, lifting=lifting, left=len(whys), why=first)

    async def _set_time(self, sanction: Sanction, minutes: float | None) -> None:
        claim = running(sanction)
        if claim is None:
            raise WorldError("Only what this console set can be given a time here.")
        until = self.context.clock.now() + minutes * 60.0 if minutes else 0.0
        keeper = Keeper.ENGINE if until else Keeper.NOBODY
        timed = replace(claim, until=until, keeper=keeper)
        self._in_force.change_claim(sanction, claim.act_id, lambda _: timed)
        self._clocks.start(sanction, timed)
        self._wake.set()
        if stored := await self.context.store.act(claim.act_id):
            lasts = math.ceil(timed.lasts / 60.0) if until else None
            self.context.time_changed(replace(stored.act, minutes=lasts))

    def _applied(self, sanction: Sanction, claim: Claim) -> None:
        self._in_force.change_claim(
            sanction, claim.act_id, lambda one: replace(one, again=one.again + 1)
        )

    def _gave_up(self, sanction: Sanction, sentence: str) -> None:
        self._in_force.mark(sanction, lifting=sanction.lifting, trouble=sentence)
        self._problem(f"{named(sanction)}: {sentence}")

    def _problem(self, sentence: str) -> None:
        self.context.channel.problem("sanctions", sentence)

    def _publish(self, *, whole: bool = False) -> None:
        if self._in_force.left_out > self._left_out:
            self._left_out = self._in_force.left_out
            self._problem(f"The board holds {MAX_SANCTIONS:,} sanctions; others are not on it.")
        changes = self._in_force.take_changes()
        note_shut_out(self.context.shut_out, changes)
        if not (changes.changed or changes.gone or whole):
            return
        self.context.channel.put(SanctionsChanged(changes.changed, changes.gone, whole))
        self._unkept.note(changes)
        self._wake.set()

    async def _keep(self) -> None:
        try:
            await self._unkept.keep()
        except WorldError as error:
            self._problem(f"The board could not be written down: {error}")
