"""Explains the heat of a call when somebody asks for it."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.ui.calls.heat_popup import HeatPopup
from console.ui.state.entries import ItemEntry
from console.ui.state.heat import CallHeat
from console.ui.state.heat_explained import explain_heat, heat_head, heat_rows
from console.ui.state.window_context import WindowContext


class HeatOnDemand:
    """Belongs to one window, whose popup it shows."""

    def __init__(self, context: WindowContext, window: QWidget) -> None:
        self._context = context
        self._window = window
        self.popup = HeatPopup(window)

    def explain(self, cid: str, place: QRect) -> str:
        """Show below ``place``, on the screen, why ``cid`` is hot; says why that cannot be."""
        session = self._context.session
        call = session.call(cid)
        if call is None:
            return "Choose a call first."
        heat = session.heat.get(cid) or CallHeat()
        explained = explain_heat(heat, session.history.line, self._context.clock.now())
        corner = place.bottomLeft() + QPoint(0, 6)
        if place.isEmpty():
            corner = self._window.mapToGlobal(QPoint(self._window.width() // 4, 96))
        rows = heat_rows(explained, self._called)
        self.popup.explain(visible(call.name), heat_head(explained), rows, corner)
        return ""

    def _called(self, line: ItemEntry) -> str:
        item = line.item
        return self._context.session.names.shown(item.cid, item.author_id, item.author_name)
