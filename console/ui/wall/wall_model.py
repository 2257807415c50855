"""The calls of the wall by place, and what the tile of each shows now."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from console.base.clock import Clock
from console.ui.state.call_facts import facts_of
from console.ui.state.call_filter import CallFilter
from console.ui.state.heat import CallHeat
from console.ui.state.session_state import SessionState
from console.ui.wall.slots import Slots
from console.ui.wall.tile import Tile, tile_of, tile_spoken
from console.ui.widgets.folding import in_order
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.timers import one_shot, ticking

TILE = Qt.ItemDataRole.UserRole
"""The role of the ``Tile``."""

TICK_MS = 1000
TOUCH_MS = 200
"""How often tiles may show new counts and heat."""

KEPT_S = 60.0
"""So long the tile of a call that is over stays before another call may take its place."""

BARS = 12
_COLD = CallHeat()

ALL = CallFilter()


class WallModel(QAbstractListModel):
    """Rows are places: they appear at the end, change in place, and go only by the reader's hand.

    Tiles are told of as changed only where they look different from how they were asked for last.

    Signals:
        counted: the tiles, or what they show, may count otherwise.
        taken: a place in which another call stands now.
    """

    counted = Signal()
    taken = Signal(int)

    def __init__(
        self,
        session: SessionState,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._pinned: frozenset[str] = frozenset()
        self._all = Slots()
        self._shown = self._all
        self._filter = ALL
        self._settled = False
        self._count = 0
        self._told: dict[str, Tile] = {}
        self._touched: set[str] = set()
        self.with_bars = False
        """Whether tiles have room for bars of what was said and raised."""
        self._soon = one_shot(TOUCH_MS, self)
        self._soon.timeout.connect(self._tell_touched)
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(self.tick)
        session.calls_changed.connect(self._on_calls)
        session.heat_changed.connect(self._touch)
        session.raised.changed.connect(self._on_raised)
        session.requests_changed.connect(lambda: self._touch(self._shown.cids))
        session.team.watched_changed.connect(lambda cids: self._touch(cids or self._shown.cids))
        session.cleared.connect(self._on_cleared)

    @property
    def filtered(self) -> bool:
        """Whether only some of the calls are shown."""
        return self._shown is not self._all

    def cid(self, row: int) -> str:
        """The call in a place; "" outside."""
        return self._shown.cids[row] if 0 <= row < len(self._shown) else ""

    def row_of(self, cid: str) -> int:
        """The place of a call, or -1."""
        return self._shown.place_of(cid)

    def cids(self) -> tuple[str, ...]:
        """The calls by place."""
        return tuple(self._shown.cids)

    def watch(self, *, on: bool) -> None:
        """Tiles are looked at, or they are not: then nothing has to be told of them."""
        if not on:
            self._timer.stop()
            self._touched.clear()
            return
        self._timer.start()
        self._on_calls(())

    def set_filter(self, wanted: CallFilter) -> None:
        """Show only calls that pass; a filter without tests shows all, each where it was."""
        self._filter = wanted
        self.beginResetModel()
        self._told.clear()
        self._shown = self._all
        if wanted.tests:
            self._shown = Slots()
            self._shown.arrange(cid for cid in self._all.cids if self._passes(cid))
        self._count = len(self._shown)
        self.endResetModel()
        self.counted.emit()

    def set_pinned(self, cids: Iterable[str]) -> None:
        """These calls are pinned; they come first where tiles are arranged."""
        self._pinned = frozenset(cids)
        self._touch(self._shown.cids)

    def tidy(self) -> None:
        """Close the places of calls that are over or that stopped passing the filter."""
        session = self._session
        self._all.arrange(cid for cid in self._all.cids if cid in session.calls)
        self.set_filter(self._filter)

    def arrange(self, by: str) -> None:
        """Order the tiles once by ``name``, ``heat`` or ``people``; pinned ones come first."""
        calls, now = self._session.calls, self._clock.now()

        def rank(cid: str) -> tuple[Any, ...]:
            call = calls[cid]
            first = 0.0
            if by == "heat":
                first = -self._heat(cid).value(now)
            elif by == "people":
                first = -call.people
            return cid not in self._pinned, first, in_order(call.name), cid

        self._all.arrange(sorted(calls, key=rank))
        self.set_filter(self._filter)

    def tile(self, cid: str) -> Tile:
        """What the tile of a call shows now."""
        session = self._session
        call = session.call(cid)
        if call is None:
            return Tile(cid=cid, fits=False)
        heat, now = self._heat(cid), self._clock.now()
        newest = next(reversed(heat.raised_ids), "")
        line = session.history.line(newest) if newest else None
        item = line.item if line is not None else None
        bars = (heat.counts(now, raised=False)[-BARS:], heat.counts(now, raised=True)[-BARS:])
        return tile_of(
            call,
            heat,
            line,
            now,
            who=session.names.shown(cid, item.author_id, item.author_name) if item else "",
            language=session.not_judged.language(cid),
            raised=session.raised.count(cid),
            asking=session.requests.count(cid),
            pinned=cid in self._pinned,
            watchers=session.team.watchers(cid, session.state.user_id),
            fits=not self._filter.tests or self._passes(cid),
            bars=bars if self.with_bars else ((), ()),
        )

    def tick(self) -> None:
        """Time goes on: heat fades, and clocks of calls that are not heard run."""
        self._touch(self._shown.cids)
        self._fill()

    def _passes(self, cid: str) -> bool:
        session, call = self._session, self._session.call(cid)
        if call is None:
            return False
        return self._filter.passes(facts_of(session, call, self._clock.now(), self._pinned))

    def _heat(self, cid: str) -> CallHeat:
        return self._session.heat.get(cid) or _COLD

    def _on_cleared(self) -> None:
        self._settled = False
        self._on_calls(())

    def _on_raised(self, item_ids: tuple[str, ...]) -> None:
        found = [self._session.raised.find(item_id) for item_id in item_ids]
        known = [one.item.cid for one in found if one is not None]
        # Of an item that is gone nobody knows any more in which call it was.
        self._touch(known if item_ids and len(known) == len(found) else self._shown.cids)

    def _settle(self) -> None:
        """Order by name for as long as the calls are still being read, then never again."""
        if not self._settled:
            self._settled = self._session.state.directory_complete
            self.arrange("name")

    def _on_calls(self, cids: tuple[str, ...]) -> None:
        if not self._timer.isActive():
            return
        if not self._settled:
            self._settle()
        else:
            self._fill()
        self._touch(cids or self._shown.cids)

    def _fill(self) -> None:
        """Give new calls places."""
        session, now = self._session, self._clock.now()
        over = {
            cid
            for cid in self._all.cids
            if cid not in session.calls
            and (cid not in session.ended or now - session.ended[cid].ended_at >= KEPT_S)
        }
        changed = self._all.fill(session.calls, over)
        if self._shown is not self._all:
            passing = [cid for cid in session.calls if self._passes(cid)]
            changed = self._shown.fill(passing, over)
        for place in changed.taken:
            self.taken.emit(place)
            self.dataChanged.emit(self.index(place), self.index(place))
        if changed.added:
            first = self._count
            self.beginInsertRows(QModelIndex(), first, first + changed.added - 1)
            self._count = len(self._shown)
            self.endInsertRows()
        if changed.added or changed.taken:
            self.counted.emit()

    def _touch(self, cids: Iterable[str]) -> None:
        self._touched.update(cids)
        if not self._timer.isActive():
            self._touched.clear()
        elif self._touched and not self._soon.isActive():
            self._soon.start()

    def _tell_touched(self) -> None:
        touched, self._touched = self._touched, set()
        for cid in touched:
            row = self._shown.place_of(cid)
            if row >= 0 and cid in self._told and self.tile(cid) != self._told[cid]:
                self.dataChanged.emit(self.index(row), self.index(row))
        self.counted.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cid = self.cid(index.row()) if index.isValid() else ""
        if not cid:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                tile = self._told[cid] = self.tile(cid)
                return tile
            case Role.CID:
                return cid
            case Qt.ItemDataRole.DisplayRole:
                return self.tile(cid).name
            case Qt.ItemDataRole.AccessibleTextRole:
                return tile_spoken(self.tile(cid))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(tile_spoken(self.tile(cid)))
            case _:
                return None
