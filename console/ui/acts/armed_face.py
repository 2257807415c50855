"""What a button shows while its act is armed: whom it would hit, and which key does it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from console.ui.state.armed import Armed, armed_sentence
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.short_texts import short_key
from console.ui.widgets.timers import ticking

MARGIN = 6
PAD = 10
TICK_MS = 250
TOO_SOON = "That click came in the moment in which the button changed, so nothing was done."
_WRAP = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class ArmedFace(QPushButton):
    """Lies over a button and as much beside it as the sentence needs. A click does the act.

    ``key``: the key that does it, in Qt's portable notation. ``above``: it lies over what is
    above ``button`` instead.
    """

    def __init__(
        self,
        button: QWidget,
        context: WindowContext,
        armed: Armed,
        key: str,
        *,
        above: bool = False,
    ) -> None:
        self._above = above
        self._room = _room_of(button)
        super().__init__(self._room)
        self._context, self._button, self._armed, self._key = context, button, armed, key
        self.setObjectName("armed")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(False)
        self.clicked.connect(self._on_click)
        self._clock = ticking(TICK_MS, self)
        self._clock.timeout.connect(self._say)
        if armed.due:
            self._clock.start()
        self._say()
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Lie where the button is now."""
        room = self._room
        at = self._button.mapTo(room, QPoint(0, 0))
        most = room.width() - 2 * MARGIN
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + 2 * PAD + 2
        width = min(max(wanted, self._button.width()), most)
        words = QRect(0, 0, width - 2 * PAD, 1000)
        lines = self.fontMetrics().boundingRect(words, _WRAP, self.text()).height()
        height = max(self._button.height(), lines + 8)
        left = max(MARGIN, min(at.x(), room.width() - MARGIN - width))
        top = at.y() - height - 2 if self._above else min(at.y(), room.height() - height)
        top = max(0, top)
        self.setGeometry(left, top, width, height)

    def _say(self) -> None:
        now = self._context.clock.monotonic()
        words = armed_sentence(self._armed, short_key(self._key), now)
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(self._armed.consequence)
        self.setToolTip("")

    def _on_click(self) -> None:
        arming = self._context.controller.arming
        if self._armed.due:
            arming.stop()
        elif not arming.click_again():
            self._context.controller.say(TOO_SOON, "warn")

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("bad"))
        painter.setBrush(theme.color("bad_fill"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(theme.color("on_bad"))
        painter.setFont(self.font())
        painter.drawText(self.rect().adjusted(PAD, 0, -PAD, 0), _WRAP, self.text())


class ArmedFaces(QObject):
    """Shows over ``button`` whatever is armed that ``concerns`` it; ``key_of`` gives its key."""

    def __init__(
        self,
        button: QWidget,
        context: WindowContext,
        concerns: Callable[[Armed], bool],
        key_of: Callable[[], str],
    ) -> None:
        super().__init__(button)
        self._button, self._context = button, context
        self._concerns, self._key_of = concerns, key_of
        self._face: ArmedFace | None = None
        context.controller.arming.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is armed now."""
        armed = self._context.controller.arming.shown
        if self._face is not None:
            self._face.hide()
            self._face.deleteLater()
            self._face = None
        if armed is not None and self._button.isVisible() and self._concerns(armed):
            self._face = ArmedFace(self._button, self._context, armed, self._key_of())

    def place(self) -> None:
        """The button is elsewhere."""
        if self._face is not None:
            self._face.place()


def _room_of(button: QWidget) -> QWidget:
    room: QWidget | None = button
    while room is not None and not isinstance(room, Panel):
        room = room.parentWidget()
    return room or button.window()
