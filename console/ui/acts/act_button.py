"""A button for one act: its name, its key, its consequence, and the target lock."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from console.domain.acts.table import spec_of
from console.ui.state.targets import Aim
from console.ui.widgets.badge_words import short_key
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ActButton(QPushButton):
    """Asks for one act on the target that ``find_target`` gave when the press began.

    A button that cannot be used stays in the tab order's sight: tooltip and ``explained`` say why.

    Signals:
        act_pressed: (kind of act, Aim).
        explained: what the act does or why it is impossible, while pointed at or focused; "" after.
    """

    act_pressed = Signal(object, object)
    explained = Signal(str)

    def __init__(
        self,
        kind: str,
        theme: Theme,
        find_target: Callable[[], Aim | None],
        *,
        small: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._theme = theme
        self._find_target = find_target
        self._locked: Aim | None = None
        self._key = ""
        self._icon_name = icon
        self._why = ""
        spec = self._spec = spec_of(kind)
        self._label = (small and spec.short) or spec.label
        self.setObjectName(f"act.{kind}")
        self.setText(self._label)
        self.setAccessibleName(spec.label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        if spec.severe:
            self.setProperty("tone", "careful")
        self.pressed.connect(self._lock)
        self.clicked.connect(self._ask)
        self.set_impossible("")
        theme.changed.connect(self.update)

    def set_key(self, key: str) -> None:
        """Show this shortcut on the button."""
        self._key = key
        self.updateGeometry()
        self.update()

    def set_impossible(self, why: str) -> None:
        """Disable it for the reason ``why``; "" enables it."""
        self._why = why
        spec = self._spec
        if why and self.hasFocus():
            # Qt would hand the focus to the next act, and Space would then do that one.
            self.clearFocus()
        self.setEnabled(not why)
        words = f"{spec.label}\n{why or spec.consequence}"
        self.setToolTip(tip(words))
        self.setAccessibleDescription(why or spec.consequence)

    def why(self) -> str:
        """Why it cannot be used now; "" when it can."""
        return self._why

    def _lock(self) -> None:
        self._locked = self._find_target()

    def _ask(self) -> None:
        target, self._locked = self._locked or self._find_target(), None
        if target:
            self.act_pressed.emit(self.kind, target)

    def _explain(self, on: bool) -> None:
        if not on:
            self.explained.emit("")
            return
        spec = self._spec
        self.explained.emit(f"{spec.title}: {self._why or spec.consequence}")

    def _room(self) -> int:
        metrics = self.fontMetrics()
        width = 18 + metrics.horizontalAdvance(self._label)
        if self._icon_name:
            width += 20
        if self._key:
            width += 6 + self._key_metrics().horizontalAdvance(short_key(self._key))
        return width

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font

    def _key_metrics(self) -> QFontMetrics:
        return QFontMetrics(self._key_font())

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        # Window-wide shortcuts would take Return before the button sees it.
        override = kind is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        if kind in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self._explain(True)
        elif kind in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self._explain(False)
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(self._room(), self.fontMetrics().height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._room(), 64), self.fontMetrics().height() + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        enabled = self.isEnabled()
        token = "text" if enabled else "text_faint"
        if enabled and self._spec.severe:
            token = "bad"
        left, right = 8, self.width() - 7
        middle = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        if self._icon_name:
            scale = self.devicePixelRatioF()
            sign = self._theme.pixmap(self._icon_name, token, 14, scale)
            painter.drawPixmap(left, (self.height() - 14) // 2, sign)
            left += 20
        metrics = self.fontMetrics()
        if self._key:
            key = short_key(self._key)
            width = self._key_metrics().horizontalAdvance(key)
            if right - width - 4 > left + 24:
                painter.setPen(self._theme.color("text_faint"))
                painter.setFont(self._key_font())
                place = QRect(right - width, 0, width + 1, self.height())
                painter.drawText(place, middle, key)
                painter.setFont(self.font())
                right -= width + 4
        painter.setPen(self._theme.color(token))
        room = QRect(left, 0, right - left, self.height())
        words = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._lock()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)
