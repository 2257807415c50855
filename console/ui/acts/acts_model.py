"""The act log, newest last: our acts with their receipts, and what others did in the calls."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from console.base.plain_text import visible
from console.protocol.acts import ActProgress
from console.protocol.to_window import Notice, NoticeKind
from console.ui.acts.act_filter import ActFilter, read_filter
from console.ui.acts.act_row import ActRowWords, words_of_act, words_of_notice
from console.ui.state.session_state import SessionState
from console.ui.state.wording import (
    ReceiptSteps,
    act_text,
    evidence_text,
    reason_with_details,
    receipt_words,
    steps_of,
    steps_text,
    who_text,
)
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.short_texts import clock
from console.ui.widgets.table_model import Column, TableModel

CAPACITY = 5000

_OTHERS_ACTS = frozenset(
    {
        NoticeKind.MUTED,
        NoticeKind.KICKED,
        NoticeKind.BLOCKED,
        NoticeKind.UNBLOCKED,
        NoticeKind.BANNED,
        NoticeKind.UNBANNED,
        NoticeKind.PERMISSIONS,
        NoticeKind.WARNING,
        NoticeKind.BLUR,
        NoticeKind.ENDED,
    }
)


_BY_CALL_RULES = frozenset({NoticeKind.WARNING, NoticeKind.BLUR})
"""What only Stream's own call rules do without a name; ours is a custom event with one."""


class ActColumn(IntEnum):
    """Columns of the model; a header says its name."""

    TIME = 0
    ACT = 1
    WHO = 2
    CALL = 3
    RECEIPT = 4
    STEPS = 5
    UNDO = 6


Row = str | Notice
"""An act id, or what somebody else did."""


class ActsModel(TableModel[Row]):
    """Rows never move; an act's row changes as its receipt does."""

    def __init__(
        self, session: SessionState, capacity: int = CAPACITY, parent: QObject | None = None
    ) -> None:
        super().__init__([_column(self, place) for place in ActColumn], parent)
        self._session = session
        self._capacity = capacity
        self._every: list[Row] = []
        self._filter = ActFilter()
        self._known: set[str] = set()
        self._row_of: dict[str, int] = {}
        session.acts_changed.connect(self._on_acts_changed)
        session.notices_added.connect(self._on_notices_added)
        session.cleared.connect(self._on_cleared)
        self._on_acts_changed(tuple(session.acts))

    def progress(self, row: int) -> ActProgress | None:
        """The act of a row with its receipt; None for what somebody else did."""
        key = self.row(row)
        return self._session.acts.get(key) if isinstance(key, str) else None

    def act_id(self, row: int) -> str:
        """The id of a row's act; "" for what somebody else did."""
        progress = self.progress(row)
        return progress.act.act_id if progress else ""

    def row_of(self, act_id: str) -> int:
        """The row of an act, or -1."""
        return self._row_of.get(act_id, -1)

    @property
    def total(self) -> int:
        """How many rows there are before the filter."""
        return len(self._every)

    def set_filter(self, typed: str, now: float) -> str:
        """Show only what ``typed`` asks for (``act_filter``); what of it was not understood."""
        self._filter = read_filter(typed, now)
        self.beginResetModel()
        self._rows = [row for row in self._every if self._passes_filter(row)]
        self._count_rows()
        self.endResetModel()
        return self._filter.trouble

    def words(self, row: Row) -> ActRowWords | None:
        """Everything that a row says; None for an act that is not known any more."""
        if isinstance(row, Notice):
            return words_of_notice(row, self._call_name(row.cid))
        progress = self._session.acts.get(row)
        if progress is None:
            return None
        call = self._call_name(progress.act.cid)
        return words_of_act(progress, call, self._session.state.user_id)

    def can_undo(self, row: int) -> bool:
        """Whether the act of a row can be taken back now."""
        return self._undo_word(self.progress(row)) == "Undo"

    def _on_acts_changed(self, act_ids: tuple[str, ...]) -> None:
        known = self._known
        self._append([act_id for act_id in dict.fromkeys(act_ids) if act_id not in known])
        touched = set(act_ids)
        touched |= {
            self._session.acts[act_id].act.undo_of
            for act_id in act_ids
            if act_id in self._session.acts
        }
        self._show_now_passing(touched)
        for act_id in touched:
            row = self.row_of(act_id)
            if row >= 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(ActColumn) - 1))

    def _on_notices_added(self, notices: tuple[Notice, ...]) -> None:
        self._append(
            [notice for notice in notices if notice.kind in _OTHERS_ACTS and not notice.act_id]
        )

    def _on_cleared(self) -> None:
        self.beginResetModel()
        self._every.clear()
        self._known.clear()
        self._rows.clear()
        self._row_of.clear()
        self.endResetModel()

    def _append(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self._every += rows
        self._known.update(row for row in rows if isinstance(row, str))
        self._insert(len(self._rows), [row for row in rows if self._passes_filter(row)])
        over = len(self._every) - self._capacity
        if over > 0:
            gone, self._every = self._every[:over], self._every[over:]
            self._known.difference_update(row for row in gone if isinstance(row, str))
            self._remove_first(sum(self._passed(row) for row in gone))

    def _insert(self, first: int, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows[first:first] = rows
        self._count_rows()
        self.endInsertRows()

    def _remove_first(self, many: int) -> None:
        if many <= 0:
            return
        self.beginRemoveRows(QModelIndex(), 0, many - 1)
        del self._rows[:many]
        self._count_rows()
        self.endRemoveRows()

    def _count_rows(self) -> None:
        self._row_of = {key: row for row, key in enumerate(self._rows) if isinstance(key, str)}

    def _show_now_passing(self, act_ids: set[str]) -> None:
        """Insert acts that the filter asks for now; a row that stands there stays in any case."""
        wanted = {
            each
            for each in act_ids
            if each in self._known and each not in self._row_of and self._passes_filter(each)
        }
        at = 0
        for row in self._every if wanted else ():
            if row in wanted:
                self._insert(at, [row])
            if at < len(self._rows) and self._rows[at] is row:
                at += 1

    def _passed(self, row: Row) -> bool:
        return row in self._row_of if isinstance(row, str) else self._passes_filter(row)

    def _passes_filter(self, row: Row) -> bool:
        if self._filter == ActFilter():
            return True
        words = self.words(row)
        return words is not None and self._filter.passes(words.facts())

    def _undo_word(self, progress: ActProgress | None) -> str:
        if progress is None:
            return ""
        if progress.receipt.undone_by:
            return "undone"
        if self._session.acts.undo_under_way(progress.act.act_id):
            return "undoing"
        return "Undo" if self._session.acts.can_undo(progress.act.act_id) else ""

    def _call_name(self, cid: str) -> str:
        call = self._session.call(cid)
        return visible(call.name if call else cid)

    def _steps(self, progress: ActProgress) -> ReceiptSteps:
        signed_out = self._session.acts.signed_out
        return steps_of(progress.act, progress.receipt, signed_out=signed_out)

    def _act_text(self, progress: ActProgress, column: int) -> str:
        act, receipt = progress.act, progress.receipt
        match column:
            case ActColumn.TIME:
                return clock(act.requested_at, "")
            case ActColumn.ACT:
                return act_text(act)
            case ActColumn.WHO:
                return who_text(act)
            case ActColumn.CALL:
                return visible(act.call_name) or self._call_name(act.cid)
            case ActColumn.RECEIPT:
                return receipt_words(receipt, signed_out=self._session.acts.signed_out)
            case ActColumn.STEPS:
                steps = self._steps(progress)
                return " · ".join(part for part in (steps_text(steps), steps.reason) if part)
            case _:
                return self._undo_word(progress)

    def _notice_text(self, notice: Notice, column: int) -> str:
        match column:
            case ActColumn.TIME:
                return clock(notice.at, "")
            case ActColumn.ACT:
                return visible(notice.text)
            case ActColumn.WHO:
                return ", ".join(visible(user_id) for user_id in notice.user_ids)
            case ActColumn.CALL:
                return self._call_name(notice.cid)
            case ActColumn.RECEIPT:
                if not notice.actor_id and notice.kind in _BY_CALL_RULES:
                    return "by Stream's call rules"
                return f"by {visible(notice.actor_id)}" if notice.actor_id else "by others"
            case _:
                return ""

    def text(self, row: Row, column: int) -> str:
        """The words of a cell, safe to look at."""
        if isinstance(row, Notice):
            return self._notice_text(row, column)
        progress = self._session.acts.get(row)
        return self._act_text(progress, column) if progress else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        progress = self.progress(index.row())
        match role:
            case Qt.ItemDataRole.AccessibleTextRole:
                words = (self.text(row, column) for column in ActColumn)
                return ", ".join(word for word in words if word)
            case Qt.ItemDataRole.ToolTipRole:
                why = self._session.acts.why_not_now if index.column() == ActColumn.UNDO else ""
                if progress is None:
                    return None
                told = (reason_with_details(progress.receipt), evidence_text(progress.act))
                return tip(why or "\n".join(filter(None, told)))
            case Role.STEPS:
                return self._steps(progress) if progress else None
            case Role.WHY_NOT:
                return self._session.acts.why_not_now
        return super().data(index, role)


def _column(model: ActsModel, place: ActColumn) -> Column[Row]:
    return Column(place.name.title(), lambda row: model.text(row, place))
