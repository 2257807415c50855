"""What panels share that judge many lines: start, cancel, progress, and the results at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from console.ui.state.engine_link import EngineLink
from console.ui.widgets.blank_page import BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme


class ProgressPanel(Surface):
    """Its buttons ``start`` and ``cancel`` share a place; ``blank`` is shown before the results."""

    def __init__(
        self, start: str, cancel: str, results: QWidget, link: EngineLink, theme: Theme
    ) -> None:
        super().__init__()
        self._link = link
        self.run_id = ""
        """The run that is shown; empty before the first."""
        self.running = False
        self.start_button = push_button(start, self.start, tone="primary")
        self.cancel_button = push_button(cancel, self.cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of the run")
        self.status = PlainLabel(ink="dim", wrap=True)
        self.status.setContentsMargins(16, 6, 16, 0)
        self.blank = BlankPage(theme)
        self.stack = stacked(self.blank, results)
        link.run_news.connect(self._on_news)
        link.restarted.connect(self._on_restart)

    def start(self) -> None:
        """Judge the lines."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Stop."""
        raise NotImplementedError

    def tell(self, words: str, ink: str = "dim") -> None:
        """Show how it goes, or what went wrong."""
        self.status.show_text(words)
        self.status.set_ink(ink)

    def take_news(self, message: object) -> None:
        """Something about the run that is shown."""
        raise NotImplementedError

    def _on_news(self, message: object) -> None:
        if self.run_id and getattr(message, "run_id", "") == self.run_id:
            self.take_news(message)

    def _on_restart(self) -> None:
        """Another engine runs, which knows nothing of the run."""
        raise NotImplementedError

    def _show_progress(self, *, ready: bool) -> None:
        """``ready``: a run may be started. The keyboard moves from one button to the other."""
        shown, hidden = self.start_button, self.cancel_button
        if self.running:
            shown, hidden = hidden, shown
        had_focus = hidden.hasFocus()  # which it would lose as soon as it is disabled
        self.start_button.setEnabled(ready)
        shown.show()
        if had_focus and shown.isEnabled():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        hidden.hide()
        self.progress.setVisible(self.running)
        self.status.setVisible(bool(self.status.text()))
