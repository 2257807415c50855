"""The acts that the window knows, with their receipts. Pure."""

from collections.abc import Iterable

from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.protocol.acts import ActProgress

ACTS_KEPT = 10_000


class ActRecords(dict[str, ActProgress]):
    """By act id, oldest first.

    Attributes:
        signed_out: the sign-in that did them has ended; none of them goes on before the next one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.signed_out = False
        self._undos: dict[str, str] = {}

    def change(self, acts: Iterable[ActProgress]) -> None:
        """Take in acts or what became of them; the oldest go where there are too many."""
        for progress in acts:
            self[progress.act.act_id] = progress
            if progress.act.undo_of:
                self._undos[progress.act.undo_of] = progress.act.act_id
        while len(self) > ACTS_KEPT:
            oldest = self.pop(next(iter(self)))
            self._undos.pop(oldest.act.undo_of, None)

    def undo_under_way(self, act_id: str) -> bool:
        """Whether an act is being, or was, taken back by another one that has not failed."""
        undo = self.get(self._undos.get(act_id, ""))
        return undo is not None and undo.receipt.state is not ReceiptState.FAILED

    def can_undo(self, act_id: str) -> bool:
        """Whether an act can be taken back now."""
        progress = self.get(act_id)
        if progress is None or not progress.receipt.undoable or progress.receipt.undone_by:
            return False
        return spec_of(progress.act.kind).undo is not None and not self.undo_under_way(act_id)

    @property
    def why_not_now(self) -> str:
        """Why no act can be undone, retried or left now, in one sentence; "" where it can."""
        return "You are not signed in." if self.signed_out else ""

    def newest(self) -> ActProgress | None:
        """The newest act that takes back no other one."""
        acts = reversed(self.values())
        return next((progress for progress in acts if not progress.act.undo_of), None)

    def newest_undoable(self) -> str:
        """The id of the newest act that can be taken back; "" where none can."""
        for act_id, progress in reversed(self.items()):
            if not progress.act.undo_of and self.can_undo(act_id):
                return act_id
        return ""

    def clear(self) -> None:
        """Forget all."""
        super().clear()
        self._undos.clear()
