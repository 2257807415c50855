"""Whether an account acts far above its normal rate by hand: this one, or a colleague's."""

from collections import OrderedDict
from collections.abc import Callable

from console.domain.act import Act, ReceiptState
from console.domain.acts.against_people import is_counted, press_of
from console.domain.automation.book import Limits
from console.domain.automation.guard import MEMORY_S
from console.domain.automation.pace import Pace, Speed
from console.engine.services.service import SessionContext
from console.protocol.acts import ActProgress
from console.protocol.automation import ColleagueIsFast, HandPace

ACTS_READ = 10_000
ACCOUNTS_KEPT = 500


class AccountGuard:
    """Counts presses by account. The window asks its moderator, and is told of colleagues.

    Args:
        limits: what is always normal now, and how many times what is usual still is.
    """

    def __init__(self, context: SessionContext, limits: Callable[[], Limits]) -> None:
        self._context, self._limits = context, limits
        self._me = context.user_id
        self._paces: OrderedDict[tuple[str, bool], Pace] = OrderedDict()
        """By user id, and whether events showed it. Consoles of the team tell of the same acts as
        events do, so the two are not added up."""
        self._warned: dict[str, tuple[int, float]] = {}
        """By colleague: how many acts were told of, and until when that holds."""
        self._goes_on_until = 0.0
        self._told = HandPace()

    async def start(self) -> None:
        """Read what was done in the last week.

        Raises:
            WorldError: the store could not be read.
        """
        since = self._context.clock.now() - MEMORY_S
        for act in await self._context.store.people.acts_since(since, ACTS_READ):
            if is_counted(act):
                self._pace(act.by, shown=False).add(press_of(act), act.requested_at)
        self._tell_own()

    def go_on(self, until: float) -> None:
        """This moderator was asked and goes on, without further questions before ``until``."""
        self._goes_on_until = until
        self._tell_own()

    def on_act(self, progress: ActProgress) -> None:
        """An act of this console; what was refused at once is none."""
        act = progress.act
        if act.by != self._me or not is_counted(act):
            return
        if progress.receipt.state is ReceiptState.FAILED:
            return
        if self._pace(self._me, shown=False).add(press_of(act), act.requested_at):
            self._tell_own()

    def on_act_elsewhere(self, act: Act, name: str, *, shown: bool) -> None:
        """An act of another console.

        Args:
            name: how Stream calls whoever did it; hostile.
            shown: an event of Stream showed it; else their console told the team.
        """
        if not is_counted(act):
            return
        if not self._pace(act.by, shown=shown).add(press_of(act), act.requested_at):
            return
        if act.by == self._me:
            self._tell_own()
        else:
            self._look_at(act.by, name)

    def _look_at(self, user_id: str, name: str) -> None:
        now = self._context.clock.now()
        speed = self._speed(user_id, now)
        told, holds_until = self._warned.get(user_id, (0, 0.0))
        fresh = now >= holds_until or speed.acts >= 2 * told
        if not speed.too_many_until or not fresh:
            return
        self._warned[user_id] = speed.acts, speed.too_many_until
        self._context.channel.put(
            ColleagueIsFast(
                user_id=user_id,
                name=name,
                at=now,
                acts=speed.acts,
                seconds=speed.seconds,
                usual=speed.usual,
            )
        )

    def _tell_own(self) -> None:
        speed = self._speed(self._me, self._context.clock.now())
        until = speed.too_many_until
        told = HandPace(
            acts=speed.acts,
            seconds=speed.seconds,
            usual=speed.usual,
            asks_from=self._goes_on_until if until else 0.0,
            asks_until=until,
        )
        if until or self._told.asks_until:
            self._context.channel.put(told)
        self._told = told

    def _speed(self, user_id: str, now: float) -> Speed:
        limits = self._limits()
        speeds = [
            self._pace(user_id, shown=shown).speed(
                now, least=limits.hand_least, factor=limits.factor
            )
            for shown in (False, True)
        ]
        return max(speeds, key=lambda speed: (speed.too_many_until, speed.acts))

    def _pace(self, user_id: str, *, shown: bool) -> Pace:
        key = user_id, shown
        pace = self._paces.setdefault(key, Pace())
        self._paces.move_to_end(key)
        if len(self._paces) > 2 * ACCOUNTS_KEPT:
            old, _ = self._paces.popitem(last=False)[0]
            self._warned.pop(old, None)
        return pace
