"""Takes sanctions back through the outbox, and follows what becomes of it."""

import uuid

from msgspec import Struct
from msgspec.structs import replace

from console.domain.act import BY_CLOCK, ReceiptState
from console.domain.lifting import act_on, as_undo, lifting_kind, setting_kind
from console.domain.sanction import Sanction
from console.engine.services.service import SessionContext
from console.protocol.acts import ActProgress

AGAIN_S = 30.0
AGAIN_MOST_S = 600.0
"""A lift that failed is tried again after AGAIN_S, then after twice as long, at most this long."""


class _Lift(Struct):
    sanction_id: str
    by: str
    tries: int = 1
    due: float = 0.0
    """When it is tried again (monotonic seconds); 0.0 while it is under way."""
    plain: bool = False
    """It could not be done as the undo of an act; the claims alone say what may be lifted."""


class Lifts:
    """The lifts under way, by act id."""

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        self._under_way: dict[str, _Lift] = {}
        self._waiting: dict[str, _Lift] = {}

    def busy(self, sanction: Sanction) -> bool:
        """Whether taking it back is under way, or will be tried again."""
        key = sanction.sanction_id
        return key in self._waiting or any(
            lift.sanction_id == key for lift in self._under_way.values()
        )

    def forget(self, sanction_id: str) -> bool:
        """It is over; whether a clock was taking it back."""
        self._waiting.pop(sanction_id, None)
        mine = {a: lift for a, lift in self._under_way.items() if lift.sanction_id == sanction_id}
        for act_id in mine:
            del self._under_way[act_id]
        return any(lift.by == BY_CLOCK for lift in mine.values())

    async def begin(self, sanction: Sanction, by: str, reason: str, *, together: str = "") -> None:
        """Send the act that takes it back: as the undo of the act that made the only claim.

        One of several that are taken back ``together`` is none: what takes something back cannot be
        taken back itself, and this press can.

        Raises:
            WorldError: the store could not be read.
        """
        waiting = self._waiting.pop(sanction.sanction_id, None)
        plain = bool(together) or (waiting is not None and waiting.plain)
        act_id = uuid.uuid4().hex
        lift = act_on(
            sanction,
            lifting_kind(sanction),
            act_id=act_id,
            at=self._context.clock.now(),
            by=by,
            reason=reason,
        )
        lift = replace(lift, together=together)
        made_by = sanction.newest.act_id if len(sanction.claims) == 1 and not plain else ""
        original = await self._context.store.act(made_by) if made_by else None
        if original is not None and original.receipt.undoable and not original.receipt.undone_by:
            lift = as_undo(lift, original.act)
        tries = waiting.tries + 1 if waiting and by == BY_CLOCK else 1
        self._under_way[act_id] = _Lift(sanction.sanction_id, by, tries, plain=plain)
        await self._context.request_act(lift)

    def on_act(self, progress: ActProgress) -> tuple[str, str]:
        """The id of a sanction whose lift did not succeed, and why in one sentence; else "" twice.

        One of a clock is tried again, also where it is not known what became of it: what is still
        in force then was not taken back, or was set anew, and the board has that claim. One of a
        person is left to them.
        """
        lift = self._under_way.get(progress.act.act_id)
        if lift is None:
            return "", ""
        receipt = progress.receipt
        unknown = receipt.outcome_unknown
        if receipt.state is not ReceiptState.FAILED and not unknown:
            return "", ""
        del self._under_way[progress.act.act_id]
        now = self._context.clock.monotonic()
        if progress.act.undo_of and not receipt.sent_at:
            lift.plain, lift.due = True, now
            self._waiting[lift.sanction_id] = lift
        elif lift.by == BY_CLOCK:
            lift.plain = lift.plain or unknown
            lift.due = now + min(AGAIN_MOST_S, AGAIN_S * 2 ** (lift.tries - 1))
            self._waiting[lift.sanction_id] = lift
        why = receipt.reason or "It is not known whether it was taken back."
        return lift.sanction_id, why

    def due(self) -> list[tuple[str, str]]:
        """Ids of sanctions whose lift is to be tried again, and who wants that."""
        now = self._context.clock.monotonic()
        return [(key, lift.by) for key, lift in self._waiting.items() if lift.due <= now]

    async def set_again(self, sanction: Sanction) -> None:
        """Put back in force what was lifted while somebody else set it, too."""
        kind = setting_kind(sanction)
        if kind:
            act = act_on(
                sanction,
                kind,
                act_id=uuid.uuid4().hex,
                at=self._context.clock.now(),
                by=BY_CLOCK,
                reason="Somebody else set it in the moment in which its time was over.",
            )
            await self._context.request_act(act)
