"""The windows of single calls, and the call in which the keyboard is."""

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.shell.call_window import CallWindow
from console.ui.shell.key_guard import KeyGuard
from console.ui.shell.side_by_side import NO_CALL
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_panel import TranscriptPanel

MOST = 6
FULL = f"{MOST} windows of calls are the most. Close one of them before."


def call_of(widget: QWidget | None) -> str:
    """The call to which ``widget`` belongs in a transcript that stays, or in a window; else ""."""
    while widget is not None:
        if isinstance(widget, CallWindow):
            return widget.cid
        if isinstance(widget, TranscriptPanel) and widget.shown.fixed:
            return widget.shown.cid
        widget = widget.parentWidget()
    return ""


class CallWindows(QObject):
    """Belongs to the main window, with which they close."""

    def __init__(self, context: WindowContext, key_guard: KeyGuard, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._key_guard = key_guard
        self.by_cid: dict[str, CallWindow] = {}
        context.session.cleared.connect(self.close_all)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def open(self, cids: Iterable[str]) -> str:
        """Open a window for each of these calls, or raise it; says why where that cannot be."""
        cids = tuple(dict.fromkeys(cid for cid in cids if cid))
        if not cids:
            return NO_CALL
        for cid in cids:
            if cid not in self.by_cid and len(self.by_cid) >= MOST:
                return FULL
            self._show(cid)
        return ""

    def close_all(self) -> None:
        """Close them."""
        for window in tuple(self.by_cid.values()):
            window.close()

    def _show(self, cid: str) -> None:
        window = self.by_cid.get(cid)
        if window is None:
            window = CallWindow(
                self._context, cid, self._key_guard.why_not, lambda: self._forget(cid)
            )
            self.by_cid[cid] = window
            self._key_guard.watch(window)
        window.show()
        window.raise_()
        window.activateWindow()

    def _forget(self, cid: str) -> None:
        self.by_cid.pop(cid).deleteLater()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        self._context.controller.reading = call_of(now)
