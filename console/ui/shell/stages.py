"""The middle of the window: the stage of the workspace, or what says where it is."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QStackedWidget, QWidget

from console.ui.state.feature import Feature, Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage

LEAST = QSize(172, 180)
"""What a stage may ask for in pixels. A larger one scrolls: it must not widen the window beyond the
screen."""


class StageRoom(QScrollArea):
    """The room that the window has for ``stages``."""

    def __init__(self, stages: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(stages)

    def minimumSizeHint(self) -> QSize:
        return LEAST


class Stages(QStackedWidget):
    """Holds the panels that were shown as stages. ``panel_of`` makes the panel of a feature."""

    def __init__(self, context: WindowContext, panel_of: Callable[[Feature], Panel]) -> None:
        super().__init__()
        self._context = context
        self._panel_of = panel_of
        self._away = BlankPage(context.theme)
        self._away.command_wanted.connect(self._bring_back)
        self.addWidget(self._away)
        self._feature: Feature | None = None
        self.windows: dict[str, QMainWindow] = {}
        """Windows that hold a stage of their own, by feature id."""

    def show_stage(self, feature: Feature) -> None:
        """Show the panel of ``feature``, or say that it has a window of its own."""
        self._feature = feature
        if feature.id in self.windows:
            words = f"The {feature.title.lower()} is open in a window of its own."
            self._away.show_blank(
                Blank(feature.icon, words, "", feature.id, "Bring it back here", "accent")
            )
            self.setCurrentWidget(self._away)
            return
        panel = self._panel_of(feature)
        if self.indexOf(panel) < 0:
            self.addWidget(panel)
        self.setCurrentWidget(panel)

    def take_focus(self) -> None:
        """Put the keyboard on what is shown."""
        page = self.currentWidget()
        if isinstance(page, Panel | BlankPage):
            page.take_focus()

    def open_window(self, feature: Feature) -> None:
        """Show the panel of ``feature`` in a window of its own."""
        window = self.windows.get(feature.id)
        if window is None and feature.own_window is not None:
            panel = self._panel_of(feature)
            self.removeWidget(panel)

            def take_back() -> None:
                del self.windows[feature.id]
                self.addWidget(panel)
                if self._feature is feature:
                    self.show_stage(feature)

            window = feature.own_window.build(self._context, panel, take_back)
            self.windows[feature.id] = window
            if self._feature is feature:
                self.show_stage(feature)
        if window is not None:
            window.show()
            window.raise_()
            window.activateWindow()

    def close_windows(self) -> None:
        """Close the windows of stages."""
        for window in list(self.windows.values()):
            window.close()

    def minimumSizeHint(self) -> QSize:
        # Qt would take the largest of all pages, and the window would grow for one not shown.
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def _bring_back(self, feature_id: str) -> None:
        self.windows[feature_id].close()
