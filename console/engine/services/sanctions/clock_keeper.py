"""The clocks of sanctions: they survive the engine, and no change of the wall clock moves them."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from console.base.clock import Clock
from console.domain.running_clocks import RunningClocks, left_after
from console.domain.sanction import Claim, Keeper, Sanction
from console.domain.sanctions_in_force import SanctionsInForce
from console.store.sanctions import KeptSanction, SanctionRecords

SET_S = 0.5
"""Clocks that are only kept exact are set in smaller steps."""
SLEPT_S = 2.0
"""So much more time passed at Stream than here: the machine slept."""

ClockKey = tuple[str, str]
"""The ids of a sanction and of the act that made the claim; the latter empty for others' claims."""


class ClockKeeper:
    """Runs the clocks of all claims that have an end.

    Time is counted by the monotonic clock, which no one can set. It may stand still while the
    machine sleeps, which Stream's clock shows at the next connection.

    ``ahead``: seconds by which Stream's clock is ahead of this machine's; None while not known.
    """

    def __init__(
        self,
        in_force: SanctionsInForce,
        records: SanctionRecords,
        clock: Clock,
        ahead: Callable[[], float | None],
    ) -> None:
        self._in_force = in_force
        self._records = records
        self._clock = clock
        self._ahead = ahead
        self._running: RunningClocks[ClockKey] = RunningClocks()
        self._difference = clock.now() - clock.monotonic()
        self._stream: tuple[float, float] | None = None
        """Stream's time and ours by the monotonic clock, when Stream told it last."""

    def resume(self, kept: KeptSanction) -> None:
        """Go on with a sanction of an earlier engine; its ends are put into today's wall clock."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        claims: list[Claim] = []
        for claim in kept.sanction.claims:
            if claim.until and claim.keeper is not Keeper.COLLEAGUE:
                left = left_after(
                    claim.until,
                    kept_at=kept.kept_at,
                    now=now,
                    ahead_then=kept.ahead,
                    ahead_now=self._ahead(),
                )
                self._running.start((kept.sanction.sanction_id, claim.act_id), left, monotonic)
                claim = replace(claim, until=now + left)
            claims.append(claim)
        self._in_force.restore(
            replace(kept.sanction, claims=tuple(claims), lifting=False, trouble="")
        )

    def start(self, sanction: Sanction, claim: Claim) -> None:
        """Start the clock of a new claim, or of one whose time was changed."""
        key = (sanction.sanction_id, claim.act_id)
        if claim.until and claim.keeper is not Keeper.COLLEAGUE:
            left = claim.until - self._clock.now()
            self._running.start(key, left, self._clock.monotonic())
        else:
            self._running.stop(key)

    def over(self) -> list[tuple[Sanction, Claim, float]]:
        """Sanctions with a claim whose time is over, and for how many seconds."""
        monotonic = self._clock.monotonic()
        found: list[tuple[Sanction, Claim, float]] = []
        for key in self._running.over(monotonic):
            sanction = self._in_force.find(key[0])
            claims = sanction.claims if sanction else ()
            claim = next((claim for claim in claims if claim.act_id == key[1]), None)
            if sanction is None or claim is None or not claim.until:
                self._running.stop(key)
            else:
                found.append((sanction, claim, -self._running.left(key, monotonic)))
        return found

    def learn_time(self) -> bool:
        """Stream told its time; whether clocks went on because the machine had slept."""
        ahead, monotonic = self._ahead(), self._clock.monotonic()
        if ahead is None:
            return False
        before, self._stream = self._stream, (self._clock.now() + ahead, monotonic)
        if before is None:
            return False
        slept = (self._stream[0] - before[0]) - (monotonic - before[1])
        if slept <= SLEPT_S:
            return False
        self._running.time_passed(slept)
        self._show_ends()
        return True

    def wall_clock_was_set(self) -> bool:
        """Whether the wall clock was set since this was asked; the ends shown follow it then."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        before, self._difference = self._difference, now - monotonic
        if abs(self._difference - before) <= SET_S:
            return False
        self._show_ends()
        return True

    def _show_ends(self) -> None:
        """Put the ends into the wall clock of now."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        for sanction in self._in_force:
            claims: list[Claim] = []
            for claim in sanction.claims:
                key = (sanction.sanction_id, claim.act_id)
                if key in self._running:
                    until = now + self._running.left(key, monotonic)
                    step = until - claim.until
                    claim = replace(claim, until=until, since=claim.since + step)
                claims.append(claim)
            self._in_force.restore(replace(sanction, claims=tuple(claims)))

    async def keep(
        self, changed: Iterable[Sanction], gone: Iterable[str], ended: Iterable[str]
    ) -> None:
        """Write down what changed, with the time of now.

        Raises:
            WorldError: the store could not take it.
        """
        await self._records.keep(
            tuple(changed), tuple(gone), tuple(ended), at=self._clock.now(), ahead=self._ahead()
        )
