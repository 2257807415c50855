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
        self._together: dict[str, list[str]] = {}

    def change(self, acts: Iterable[ActProgress]) -> None:
        """Take in acts or what became of them; the oldest go where there are too many."""
        for progress in acts:
            act = progress.act
            if act.together and act.act_id not in self:
                self._together.setdefault(act.together, []).append(act.act_id)
            self[act.act_id] = progress
            if progress.act.undo_of:
                self._undos[progress.act.undo_of] = progress.act.act_id
        while len(self) > ACTS_KEPT:
            oldest = self.pop(next(iter(self)))
            self._undos.pop(oldest.act.undo_of, None)
            self._together.pop(oldest.act.together, None)

    def of_one_press(self, act_id: str) -> tuple[ActProgress, ...]:
        """The acts that were done by the same press as this one, itself among them."""
        progress = self.get(act_id)
        if progress is None:
            return ()
        ids = self._together.get(progress.act.together, ())
        return tuple(self[each] for each in ids if each in self) or (progress,)

    def undoable_together(self, act_id: str) -> tuple[ActProgress, ...]:
        """Those of the same press that can be taken back now."""
        return tuple(each for each in self.of_one_press(act_id) if self.can_undo(each.act.act_id))

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

    def newest_that_stays(self, by: str) -> ActProgress | None:
        """The newest act of ``by`` that was not in vain, where that one cannot be taken back.

        Acts that were taken back, or are being taken back, are passed over.
        """
        for progress in reversed(self.values()):
            act, receipt = progress.act, progress.receipt
            over = receipt.undone_by or self.undo_under_way(act.act_id)
            failed = receipt.state is ReceiptState.FAILED
            if act.by == by and not (act.undo_of or act.holding or over or failed):
                together = self.undoable_together(act.act_id)
                return None if together else progress
        return None

    def clear(self) -> None:
        """Forget all."""
        super().clear()
        self._undos.clear()
        self._together.clear()
