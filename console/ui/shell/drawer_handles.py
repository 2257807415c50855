"""Handles at the foot of the rail, which open the panels that a narrow window has put away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QToolButton

from console.ui.people.feature import PERSON
from console.ui.state.feature import Feature
from console.ui.state.window_context import WindowContext
from console.ui.widgets.plain_text_widgets import tip

LEAST = 22
"""Pixels of a handle, at least."""

LOW = 520
"""Where the window is lower, the handles stand beside each other and have no words."""


class DrawerHandles(QFrame):
    """One handle for each drawer, so wide. That of the person says whom the keys of acts are for.

    Signals:
        wanted: the Feature whose drawer is to be opened, or closed where it is open.
    """

    wanted = Signal(object)

    def __init__(self, context: WindowContext, width: int) -> None:
        super().__init__()
        self._context = context
        self._width = width
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._rule = QFrame()  # or a handle could be taken for one more workspace
        self._rule.setProperty("surface", "rule")
        self._column.addWidget(self._rule)
        self._shown: tuple[tuple[Feature, bool], ...] = ()
        self._low = False
        self.handles: dict[str, QToolButton] = {}
        context.theme.changed.connect(self._redraw)
        context.keymap.changed.connect(self._redraw)
        context.controller.person_chosen.connect(lambda _target: self._redraw())
        self.hide()

    def minimumSizeHint(self) -> QSize:
        # Or a window could not be made lower than its handles below each other are.
        return QSize(self._width, LEAST)

    def show_drawers(self, drawers: tuple[tuple[Feature, bool], ...]) -> None:
        """Show a handle for each of these features; with it, whether its drawer is open."""
        low = self.window().height() < LOW
        if (drawers, low) == (self._shown, self._low):
            return
        self._shown, self._low = drawers, low
        ways = QBoxLayout.Direction
        self._rule.setVisible(not low)
        self._column.setDirection(ways.LeftToRight if low else ways.TopToBottom)
        kept = {feature.id for feature, _ in drawers}
        for feature_id in [each for each in self.handles if each not in kept]:
            handle = self.handles.pop(feature_id)
            self._column.removeWidget(handle)
            handle.hide()
            handle.deleteLater()
        for feature, _ in drawers:
            if feature.id not in self.handles:
                self._add(feature)
        self._redraw()
        self.setVisible(bool(drawers))

    def _add(self, feature: Feature) -> None:
        handle = self.handles[feature.id] = QToolButton()
        handle.setObjectName(f"drawer-{feature.id}")
        handle.setProperty("rail", "true")
        handle.setIconSize(QSize(16, 16))
        handle.setCheckable(True)
        handle.setMinimumHeight(LEAST)
        handle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        handle.clicked.connect(lambda: self.wanted.emit(feature))
        self._column.addWidget(handle)

    def _redraw(self) -> None:
        for feature, is_open in self._shown:
            handle = self.handles[feature.id]
            words = self._words(feature)
            styles = Qt.ToolButtonStyle
            handle.setToolButtonStyle(
                styles.ToolButtonIconOnly if self._low else styles.ToolButtonTextUnderIcon
            )
            handle.setFixedWidth(
                (self._width - 4) // len(self._shown) if self._low else self._width
            )
            room = self._width - 10
            handle.setText(
                handle.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            )
            handle.setChecked(is_open)
            token = "accent" if is_open else "text_dim"
            handle.setIcon(self._context.theme.icon(feature.icon, token))
            does = f"{'Close' if is_open else 'Open'}: {feature.title}"
            key = self._context.keymap.key(feature.show.id) if feature.show else ""
            whom = f"\nThe keys of acts are for {words}." if words != feature.title else ""
            handle.setToolTip(tip(f"{does}{f' ({key})' if key else ''}{whom}"))
            handle.setAccessibleName(f"{does}{f', {words}' if whom else ''}")

    def _words(self, feature: Feature) -> str:
        controller = self._context.controller
        if feature is not PERSON or not controller.chosen:
            return feature.title
        if len(controller.chosen) > 1:
            return f"{len(controller.chosen)} people"
        return controller.called(controller.chosen[0])
