"""The review queue as the engine knows it, in the order of the list, and what came of decisions."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.queue import action_of
from console.domain.review import UNRESOLVING, ReviewItem
from console.protocol.acts import ActProgress
from console.protocol.review import QueueItems, QueueOrder, QueueState


class QueueCounts(NamedTuple):
    """Items that this window decided, and decisions that met somebody else's."""

    decided: int
    conflicts: int


class ReviewQueue(QObject):
    """Items of the view that is shown.

    Attributes:
        state: the queue as a whole.

    Signals:
        changed: the queue or its items.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = QueueState()
        self.items: dict[str, ReviewItem] = {}
        self.handlers: dict[type, Callable[[Any], None]] = {
            QueueItems: self._change_items,
            QueueState: self._change_state,
        }

    def _change_state(self, state: QueueState) -> None:
        self.state = state
        self.changed.emit()

    def _change_items(self, change: QueueItems) -> None:
        if change.whole:
            self.items.clear()
        for item_id in change.gone:
            self.items.pop(item_id, None)
        self.items |= {item.item_id: item for item in change.changed}
        self.changed.emit()

    def ordered(self, order: QueueOrder) -> list[ReviewItem]:
        """All items, the first to look at first; what was passed over comes last."""
        return sorted(self.items.values(), key=lambda item: _rank(item, order))

    def counts(self, acts: Iterable[ActProgress]) -> QueueCounts:
        """What came of the decisions among ``acts``; the one place that counts them."""
        decided: set[str] = set()
        conflicts: set[str] = set()
        for progress in acts:
            act, receipt = progress.act, progress.receipt
            if act.review is None:
                continue
            if receipt.conflict:
                conflicts.add(act.act_id)
            if _went_through(act, receipt):
                decided.add(act.review.item_id)
        return QueueCounts(len(decided), len(conflicts))

    def clear(self) -> None:
        """Forget all."""
        self.state = QueueState()
        self.items.clear()


def decided_here(acts: Iterable[ActProgress]) -> frozenset[str]:
    """Items that this window decided, as far as it knows: what is due by Stream's last word."""
    return frozenset(
        progress.act.review.item_id
        for progress in acts
        if progress.act.review is not None
        and action_of(progress.act.kind) not in UNRESOLVING
        and progress.receipt.state is not ReceiptState.FAILED
        and not progress.receipt.outcome_unknown
        and not progress.act.undo_of
        and not progress.receipt.undone_by
    )


def asked_before(acts: Iterable[ActProgress], item_id: str) -> tuple[str, ...]:
    """The actions about an item that were asked for here, whatever came of them."""
    return tuple(
        action_of(progress.act.kind)
        for progress in acts
        if progress.act.review is not None and progress.act.review.item_id == item_id
    )


def _went_through(act: Act, receipt: Receipt) -> bool:
    if act.undo_of or receipt.undone_by:
        return False
    return bool(receipt.accepted_at) or receipt.state is ReceiptState.SEEN


def _rank(item: ReviewItem, order: QueueOrder) -> tuple[float, ...]:
    skipped = float(item.skipped_at > 0)
    match order:
        case QueueOrder.SEVERITY:
            return skipped, -item.severity.rank, -item.level, item.created_at
        case QueueOrder.REPORTS:
            return skipped, -item.reports, item.created_at
    return skipped, item.created_at
