"""The wall on the stage: filter and views above, a tile for every call, what is out of sight."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.phase import Phase
from console.ui.state.call_filter import read_filter
from console.ui.state.feature import Panel
from console.ui.state.raised_words import NO_OTHER, NOTHING_OPEN
from console.ui.state.settings_table import SETTINGS
from console.ui.state.window_context import WindowContext
from console.ui.wall.edges import Beyond, beyond
from console.ui.wall.tile_delegate import TileDelegate
from console.ui.wall.tile_view import TileView
from console.ui.wall.views import View
from console.ui.wall.wall_foot import WallFoot
from console.ui.wall.wall_header import ORDERS, WallHeader
from console.ui.wall.wall_model import WallModel
from console.ui.widgets.blank_page import Blank, BlankPage, blank_transcript
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.row_moves import NO_ROWS

_NO_MATCH = Blank("search", "No call fits this filter.", "Clear it to see all calls again.")
NO_TILE = "Choose a tile first."


class WallPanel(Panel):
    """Owns the tiles; remembers the view and the size of tiles in the settings."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._order = ""
        settings = context.settings
        model = self.model = WallModel(context.session, context.clock, self)
        model.set_pinned(settings["pinned_calls"])
        self.tiles = TileView(model, TileDelegate(context.theme, self), context.clock.monotonic)
        self.tiles.set_size(settings["wall_tiles"])
        self.header = WallHeader(context)
        self.search = self.header.filter
        self.blank = BlankPage(context.theme)
        self.blank.command_wanted.connect(context.commands.run)
        self._stack = stacked(self.tiles, self.blank)
        self.foot = WallFoot(context.keymap)
        in_column(self.header, (self._stack, 1), self.foot, owner=self)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        context, model, header = self._context, self.model, self.header
        header.filter.textChanged.connect(self._on_filter)
        header.filter.left.connect(self.take_focus)
        header.filter.returnPressed.connect(self.take_focus)
        header.arrange_wanted.connect(self._arrange)
        header.views.chosen.connect(self._choose_view)
        header.tidy_wanted.connect(model.tidy)
        self.tiles.entered.connect(context.controller.enter_call)
        self.tiles.press_refused.connect(partial(context.controller.say, token="warn"))
        self.tiles.scrolled.connect(self._show_edges)
        self.tiles.selectionModel().currentChanged.connect(self._show_current)
        self.tiles.collected.connect(self._show_current)
        self.tiles.escaped.connect(self._show_current)
        self.foot.place_wanted.connect(self.tiles.choose)
        model.counted.connect(self.refresh)
        model.modelReset.connect(self.refresh)
        context.controller.call_chosen.connect(self.point_out)
        context.controller.call_wanted.connect(self.point_out)
        context.session.state_changed.connect(self.refresh)
        context.settings.changed.connect(self._on_setting)
        context.theme.changed.connect(self.tiles.viewport().update)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"wall.pin": self._pin, "wall.views": self._offer_views}

    def step(self, by: int) -> str:
        if self._stack.currentWidget() is not self.tiles:
            return NO_ROWS
        self.tiles.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self.tiles.step(by)

    def extend(self, by: int) -> str:
        return self.tiles.extend(by) if self._stack.currentWidget() is self.tiles else NO_ROWS

    def next_open(self, by: int) -> str | None:
        """To the next tile with open items, around the end of the wall."""
        cids, raised = self.model.cids(), self._context.session.raised
        start, count = self.tiles.currentIndex().row(), len(cids)
        for distance in range(1, count + 1):
            row = (
                (start + by * distance) % count
                if start >= 0
                else (by * distance - (by > 0)) % count
            )
            if raised.count(cids[row]) and row != start:
                self.tiles.choose(row)
                return ""
        return NO_OTHER if raised.count() else NOTHING_OPEN

    def activate(self) -> str:
        """Into the call of the current tile."""
        cid = self.current()
        if not cid:
            return NO_TILE
        self._context.controller.enter_call(cid)
        return ""

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.tiles:
            self.tiles.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.blank.take_focus()

    def current(self) -> str:
        """The call of the current tile; "" for none."""
        return self.model.cid(self.tiles.currentIndex().row())

    def call_meant(self) -> tuple[str, QRect]:
        cid, place = self.current(), self.tiles.visualRect(self.tiles.currentIndex())
        return cid, QRect(self.tiles.viewport().mapToGlobal(place.topLeft()), place.size())

    def calls_meant(self) -> tuple[str, ...]:
        return self.tiles.chosen()

    def point_out(self, cid: str) -> None:
        """Make the tile of a call current, where it has one."""
        row = self.model.row_of(cid)
        if row >= 0:
            self.tiles.choose(row)

    def refresh(self) -> None:
        """Show the tiles, or what stands in their place, and what is counted."""
        session = self._context.session
        rows = self.model.rowCount()
        blank = blank_transcript(
            session.state, None, calls=len(session.calls), rows=rows, raised_only=False
        )
        if blank is not None and self.model.filtered and session.state.phase is Phase.LIVE:
            blank = _NO_MATCH
        if blank is not None:
            self.blank.show_blank(blank)
        self._show_page(self.tiles if blank is None else self.blank)
        now = self._context.clock.now()
        calls = session.calls.values()
        self.header.show_totals(
            calls=len(session.calls),
            people=sum(call.people for call in calls),
            warm=sum(heat.value(now) > 0 for heat in session.heat.values()),
            unheard=sum(bool(call.unmonitored_since) for call in calls),
        )
        self._show_edges()
        self._show_current()

    def _show_page(self, page: QWidget) -> None:
        if self._stack.currentWidget() is page:
            return
        held = self._stack.isAncestorOf(self.focusWidget() or self)
        self._stack.setCurrentWidget(page)
        if held:
            self.take_focus()

    def _show_edges(self) -> None:
        """Count what needs a look and is out of sight."""
        session, now = self._context.session, self._context.clock.now()
        cids, seen = self.model.cids(), self.tiles.wholly_in_sight()

        def is_warm(cid: str) -> bool:
            return cid in session.heat and session.heat[cid].value(now) > 0

        def is_unheard(cid: str) -> bool:
            return cid in session.calls and bool(session.calls[cid].unmonitored_since)

        if self._stack.currentWidget() is not self.tiles:
            self.foot.show_beyond(Beyond(), Beyond())
            return
        over, under = range(seen.start - 1, -1, -1), range(seen.stop, len(cids))
        self.foot.show_beyond(
            beyond(cids, over, is_warm, is_unheard), beyond(cids, under, is_warm, is_unheard)
        )

    def _show_current(self) -> None:
        cid, tiles = self.current(), self.tiles
        chosen = len(tiles.chosen()) if tiles.collecting else 0
        self.foot.show_tile(self.model.tile(cid) if cid else None, chosen)

    def _on_filter(self, typed: str) -> None:
        wanted = read_filter(typed)
        cid = self.current()
        self._show_view()
        self.header.show_trouble(wanted.trouble)
        self.model.set_filter(wanted)
        self.point_out(cid)

    def _arrange(self, by: str) -> None:
        cid = self.current()
        self.model.arrange(by)
        self.point_out(cid)
        self._order = by
        self._show_view()

    def _show_view(self) -> None:
        """Let the button of views know what is shown, so that it can be kept."""
        tiles = self._context.settings["wall_tiles"]
        self.header.views.show_now(View("", self.header.filter.text(), tiles, self._order))

    def _choose_view(self, view: View) -> None:
        if view.tiles in dict(SETTINGS["wall_tiles"].choices):
            self._context.settings["wall_tiles"] = view.tiles
        self.header.filter.setText(view.filter)
        if view.order in dict(ORDERS):
            self._arrange(view.order)
        self.take_focus()

    def _offer_views(self) -> str:
        self.header.views.open_menu()
        return ""

    def _pin(self) -> str:
        cid = self.current()
        if not cid:
            return NO_TILE
        settings = self._context.settings
        settings["pinned_calls"] = sorted({cid} ^ set(settings["pinned_calls"]))
        return ""

    def _on_setting(self, name: str) -> None:
        settings = self._context.settings
        if name == "wall_tiles":
            self.tiles.set_size(settings[name])
            self._show_view()
        elif name == "pinned_calls":
            self.model.set_pinned(settings[name])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.watch(on=True)
        self.refresh()
        if not self.current():
            self.point_out(self._context.controller.cid)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.watch(on=False)

    def sizeHint(self) -> QSize:
        return QSize(900, 600)
