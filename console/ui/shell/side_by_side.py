"""Several transcripts at once: the stage, and beside it those of calls that stay."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from console.base.plain_text import visible
from console.ui.state.shown_call import ShownCall
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_panel import TranscriptPanel

MOST = 4
"""So many transcripts stand beside the stage."""

LEAST_WIDTH = 240

FULL = f"{MOST} transcripts beside the first are the most. Close one of them before."
NO_CALL = "Choose a call first."


class SideBySide(QSplitter):
    """Holds ``stage`` and the transcripts beside it, which only the workspace of calls shows."""

    def __init__(self, context: WindowContext, stage: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self._stage = stage
        self._shown = True
        self.panes: dict[str, TranscriptPanel] = {}
        self.setChildrenCollapsible(False)
        self.addWidget(stage)
        self.setStretchFactor(0, 1)
        context.session.cleared.connect(self.close_all)

    def keep(self, cids: Iterable[str]) -> str:
        """Show the transcripts of these calls beside the stage; says why where that cannot be."""
        cids = tuple(dict.fromkeys(cid for cid in cids if cid))
        if not cids:
            return NO_CALL
        for cid in cids:
            if cid not in self.panes and len(self.panes) >= MOST:
                return FULL
            self._open(cid)
        self._share()
        self.panes[cids[-1]].take_focus()
        return ""

    def close_one(self) -> str:
        """Close the transcript that has the keyboard, else the one that was opened last."""
        pane = self.focused() or next(reversed(self.panes.values()), None)
        if pane is None:
            return "No transcript stands beside the stage."
        self._close(pane.shown.cid)
        return ""

    def close_all(self) -> None:
        """Close every transcript beside the stage."""
        for cid in tuple(self.panes):
            self._close(cid)

    def show_panes(self, *, shown: bool) -> None:
        """Show them, or leave the room to the stage of another workspace."""
        self._shown = shown
        for pane in self.panes.values():
            pane.setVisible(shown)

    def focused(self) -> TranscriptPanel | None:
        """The transcript beside the stage that has the keyboard."""
        held = self.window().focusWidget()
        panes = self.panes.values()
        return next((pane for pane in panes if held and pane.isAncestorOf(held)), None)

    def routed(self, command_id: str, handler: Callable[[], object]) -> Callable[[], object]:
        """``handler``, unless a transcript that has the keyboard does the command itself."""

        def run() -> object:
            pane = self.focused()
            own = pane.handlers().get(command_id) if pane is not None else None
            return (own or handler)()

        return run

    def _open(self, cid: str) -> None:
        if cid in self.panes:
            return
        pane = TranscriptPanel(self._context, ShownCall(cid, fixed=True))
        pane.setMinimumWidth(LEAST_WIDTH)
        call = self._context.session.call(cid)
        pane.setAccessibleName(f"Transcript of {visible(call.name if call else cid)}")
        pane.close_wanted.connect(lambda: self._close(cid))
        self.panes[cid] = pane
        self.addWidget(pane)
        pane.setVisible(self._shown)

    def _close(self, cid: str) -> None:
        pane = self.panes.pop(cid)
        held = self.window().focusWidget()
        if held is not None and pane.isAncestorOf(held):
            self._stage.setFocus(Qt.FocusReason.OtherFocusReason)
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()
        self._share()

    def _share(self) -> None:
        """Give every transcript the same room."""
        self.setSizes([max(1, self.width() // self.count())] * self.count())
