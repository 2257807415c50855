"""The rail at the left edge: one entry for each workspace, with the work that waits there."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolBar, QToolButton

from console.domain.phase import MEANINGS
from console.ui.shell.drawer_handles import DrawerHandles
from console.ui.state.feature import Workspace
from console.ui.state.window_context import WindowContext
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.short_texts import count
from console.ui.widgets.theme import Theme
from console.ui.widgets.timers import ticking

WIDTH = 76
TALL, LOW, LEAST = 56, 46, 24
"""Pixels of an entry: where there is room, below which its word goes, and at least."""
REFRESH_MS = 400
MAX_SHOWN = 99
"""A larger count is written as ``99+``."""


class RailButton(QToolButton):
    """Icon over word; the count in a pill at the icon's corner, the key beside the icon."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self.workspace = workspace
        self._theme = theme
        self.waiting = 0
        self._key = ""
        self.setObjectName(f"rail-{workspace.id}")
        self.setProperty("rail", "true")
        self.setText(workspace.title)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(20, 20))
        self.setFixedWidth(WIDTH)
        self.setMaximumHeight(TALL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self._draw_icon)
        self.toggled.connect(self._draw_icon)
        self._draw_icon()
        self.show_count(0)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, TALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH, LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < LOW
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if low
            else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        )

    def show_count(self, waiting: int) -> None:
        """Show how many things wait here; nothing for 0."""
        self.waiting = waiting
        words = count(waiting, *self.workspace.count_words) if waiting else "nothing waits"
        title = self.workspace.title
        self.setAccessibleName(f"{title}, {words}" if waiting else title)
        self.setToolTip(tip(f"{title} ({self._key})\n{words}" if self._key else title))
        self.update()

    def show_key(self, key: str) -> None:
        """Show the key that selects the workspace."""
        self._key = key
        self.show_count(self.waiting)

    def _draw_icon(self) -> None:
        token = "accent" if self.isChecked() else "text_dim"
        self.setIcon(self._theme.icon(self.workspace.icon, token))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fonts = Fonts(self.font())
        painter.setFont(fonts.tiny)
        middle = self.width() // 2
        if self.isChecked():
            painter.fillRect(QRect(0, 8, 3, self.height() - 16), self._theme.color("accent_fill"))
        if len(self._key) == 1:  # others find no room here; the tool tip has them
            painter.setPen(self._theme.color("text_faint"))
            painter.drawText(QRect(7, 6, 12, 14), Qt.AlignmentFlag.AlignCenter, self._key)
        if self.waiting:
            words = str(self.waiting) if self.waiting <= MAX_SHOWN else f"{MAX_SHOWN}+"
            painter.setFont(fonts.tiny_strong)
            width = max(16, fonts.tiny_strong_metrics.horizontalAdvance(words) + 9)
            pill = QRect(min(middle + 6, self.width() - width - 3), 3, width, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_fill"))
            painter.drawRoundedRect(pill, 8, 8)
            painter.setPen(self._theme.color("on_accent"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


class Rail(QToolBar):
    """Shows the workspaces that this sign-in can use.

    Signals:
        chosen: the Workspace whose entry was pressed.
    """

    chosen = Signal(object)

    def __init__(self, context: WindowContext, workspaces: Sequence[Workspace]) -> None:
        super().__init__("Workspaces")
        self._context = context
        self.setObjectName("rail")
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setVisible(False)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        for workspace in workspaces:
            button = self.buttons[workspace.id] = RailButton(workspace, context.theme)
            button.clicked.connect(lambda _on=False, each=workspace: self.chosen.emit(each))
            self._group.addButton(button)
        body = QFrame()
        self.drawers = DrawerHandles(context, WIDTH)
        in_column(
            *self.buttons.values(),
            None,
            self.drawers,
            owner=body,
            margins=(0, 6, 0, 6),
            spacing=2,
        )
        self.addWidget(body)
        self._timer = ticking(REFRESH_MS, self)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        context.keymap.changed.connect(self._show_keys)
        context.session.state_changed.connect(self._show_possible)
        self._show_keys()
        self.refresh()

    def show_current(self, workspace: Workspace) -> None:
        """Mark the workspace that is shown."""
        self.buttons[workspace.id].setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:  # its style has set margins meanwhile
            layout.setContentsMargins(0, 0, 0, 0)

    def refresh(self) -> None:
        """Count the work that waits now, and show what can be used now."""
        self._show_possible()
        for button in self.buttons.values():
            waiting = button.workspace.count(self._context)
            if waiting != button.waiting:
                button.show_count(waiting)

    def _show_keys(self) -> None:
        for button in self.buttons.values():
            button.show_key(self._context.keymap.key(button.workspace.command.id))

    def _show_possible(self) -> None:
        if not MEANINGS[self._context.session.state.phase].hears:
            return
        for button in self.buttons.values():
            why = button.workspace.missing(self._context)
            if why and not button.isHidden():
                self._context.controller.say(f"{button.workspace.title} is not shown: {why}")
            button.setVisible(not why)
