"""Mutes that hold: whoever comes back or unmutes is muted again, permission first."""

import uuid
from collections import defaultdict, deque
from collections.abc import Callable

from console.domain.act import HOLDING, Act
from console.domain.acts.mute import MUTE_AUDIO
from console.domain.acts.permission import REVOKE_AUDIO
from console.domain.call import Track
from console.domain.lifting import setting_kind
from console.domain.sanction import Claim, Sanction
from console.domain.sanctions_in_force import SanctionsInForce
from console.engine.services.service import SessionContext
from console.engine.wire.decode import MalformedAnswerError, read_participants
from console.engine.wire.refusals import StreamRefusedError

PAUSE_S = 5.0
"""Nobody is muted again sooner than this after the last time; their app has to stop it first."""
MOST_AN_HOUR = 60
"""Beyond this it is said, and no more is done: it would not hold."""

HOUR_S = 3600.0
LOOK_S = 5.0
PEOPLE_AT_ONCE = 50

DOES_NOT_HOLD = "They were muted again {} times within an hour, so it was given up. Block them."


class StickyMutes:
    """Applies the sticky ones of ``in_force`` again.

    ``applied`` is told (sanction, claim) each time; ``gave_up`` (sanction, sentence) once.
    """

    def __init__(
        self,
        context: SessionContext,
        in_force: SanctionsInForce,
        applied: Callable[[Sanction, Claim], None],
        gave_up: Callable[[Sanction, str], None],
    ) -> None:
        self._context = context
        self._in_force = in_force
        self._applied = applied
        self._gave_up = gave_up
        self._times: defaultdict[str, deque[float]] = defaultdict(deque)

    async def mute_at_first(self, sanction: Sanction, claim: Claim) -> None:
        """The permission is off; turn off what their app may still send."""
        self._times[sanction.sanction_id].append(self._context.clock.monotonic())
        if self._context.directory.devices(sanction.cid, sanction.user_id):
            await self._context.request_act(self._act(MUTE_AUDIO, sanction, claim, claim.reason))

    async def joined(self, cid: str, user_id: str) -> None:
        """Somebody came into a call."""
        for sanction in self._in_force.of(user_id, cid):
            if sanction.sticky:
                await self._apply(sanction, "Kept muted: they joined again.")

    async def hold(self, sanction: Sanction, reason: str) -> None:
        """Set it once more, sticky or not: something else gave back what it had taken."""
        kind = setting_kind(sanction)
        if kind:
            act = self._act(kind, sanction, sanction.newest, reason)
            await self._context.request_act(act)

    async def look(self) -> None:
        """Mute those again who send their microphone, by what is heard and by asking."""
        for cid, held in self._held().items():
            sending = {s.user_id for s in held if self._is_heard(s)}
            sending |= await self._asked(cid, [s.user_id for s in held])
            for sanction in held:
                if sanction.user_id in sending:
                    await self._apply(sanction, "Kept muted: they unmuted.")

    def forget(self, sanction_id: str) -> None:
        """It is over."""
        self._times.pop(sanction_id, None)

    def _held(self) -> dict[str, list[Sanction]]:
        """The sticky ones on people who are there, by call."""
        found: dict[str, list[Sanction]] = {}
        for sanction in self._in_force:
            there = self._context.directory.devices(sanction.cid, sanction.user_id)
            if sanction.sticky and not sanction.lifting and there:
                found.setdefault(sanction.cid, []).append(sanction)
        return found

    def _is_heard(self, sanction: Sanction) -> bool:
        person = self._context.directory.person(sanction.cid, sanction.user_id)
        return person is not None and Track.AUDIO in person.live

    async def _asked(self, cid: str, user_ids: list[str]) -> set[str]:
        wanted = {
            "published_tracks": {"$in": [Track.AUDIO]},
            "user_id": {"$in": user_ids[:PEOPLE_AT_ONCE]},
        }
        try:
            answer = await self._context.gateway.participants(cid, wanted)
            return {presence.user.id for presence in read_participants(answer)}
        except (StreamRefusedError, MalformedAnswerError):
            return set()  # asked again soon; what they say is heard all the same

    async def _apply(self, sanction: Sanction, reason: str) -> None:
        now = self._context.clock.monotonic()
        times = self._times[sanction.sanction_id]
        if (times and now - times[-1] < PAUSE_S) or len(times) > MOST_AN_HOUR:
            return
        while times and times[0] < now - HOUR_S:
            times.popleft()
        times.append(now)
        if len(times) > MOST_AN_HOUR:
            self._gave_up(sanction, DOES_NOT_HOLD.format(MOST_AN_HOUR))
            return
        claim = next(claim for claim in reversed(sanction.claims) if claim.sticky)
        self._applied(sanction, claim)
        for kind in (REVOKE_AUDIO, MUTE_AUDIO):
            await self._context.request_act(self._act(kind, sanction, claim, reason))

    def _act(self, kind: str, sanction: Sanction, claim: Claim, reason: str) -> Act:
        call = self._context.directory.call(sanction.cid)
        return Act(
            act_id=f"{HOLDING}{uuid.uuid4().hex}",
            kind=kind,
            cid=sanction.cid,
            requested_at=self._context.clock.now(),
            session_id=call.session_id if call else "",
            call_name=sanction.call_name,
            user_ids=(sanction.user_id,),
            names=(sanction.name or sanction.user_id,),
            reason=reason,
            by=claim.by,
        )
