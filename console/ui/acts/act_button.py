"""A button for one act: its name, its key, its consequence, and the target lock."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from console.domain.acts.spec import ActSpec
from console.ui.acts.armed_face import ArmedFaces
from console.ui.command_table.commands import act_command_id
from console.ui.state.armed import Armed
from console.ui.state.targets import Aim, Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.short_texts import short_key

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ActButton(QPushButton):
    """Requests one act on the target that ``find_target`` gave when the press began.

    A button that cannot be used stays where it is: tooltip and ``explained`` say why. While its act
    is armed it says whom it would hit. ``small`` shortens its words.

    Signals:
        explained: what the act does or why it is impossible, while pointed at or focused; "" after.
    """

    explained = Signal(str)

    def __init__(
        self,
        spec: ActSpec,
        context: WindowContext,
        find_target: Callable[[], Aim | None],
        *,
        small: bool = False,
        icon: bool = False,
        key: bool = True,
    ) -> None:
        super().__init__()
        self._spec = spec
        self._theme, self._controller = context.theme, context.controller
        self._find_target = find_target
        self._locked: Aim | None = None
        self._pointed = False
        self._key = ""
        self._icon_name = spec.icon if icon else ""
        self._why = ""
        self._label = (small and spec.short) or spec.label
        self.setObjectName(f"act.{spec.kind}")
        self.setText(self._label)
        self.setAccessibleName(spec.label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if small:  # in a narrow panel the key goes, and then the end of the word
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if spec.severe:
            self.setProperty("tone", "careful")
        self.pressed.connect(self._lock)
        self.clicked.connect(self._request)
        self.refresh()
        context.theme.changed.connect(self.update)
        command_id = act_command_id(spec.kind)
        self._faces = ArmedFaces(
            self, context, self._concerns, lambda: context.keymap.key(command_id)
        )
        if key:
            self._keymap = context.keymap
            self._keymap.changed.connect(self._show_key)
            self._show_key()

    def refresh(self) -> None:
        """What is possible may have changed."""
        targets = self._targets()
        why = self._why = self._controller.why_none(self._spec.kind, targets)
        if why and self.hasFocus():
            # Qt would hand the focus to the next act, and Space would then do that one.
            self.clearFocus()
        self.setEnabled(not why)
        words = why or f"{self._spec.consequence} {self._spec.reversal.sentence}"
        self.setToolTip(tip(f"{self._spec.label}\n{words}"))
        self.setAccessibleDescription(words)

    def why(self) -> str:
        """Why it cannot be used now; "" when it can."""
        return self._why

    def _targets(self) -> tuple[Target, ...]:
        target = self._find_target()
        return (target,) if isinstance(target, Target) else target or ()

    def _concerns(self, armed: Armed) -> bool:
        """Whether what is armed is this act on whom this button is for."""
        kind, targets = self._spec.kind, self._targets()
        return armed.name == kind and self._controller.is_wish(armed, kind, targets)

    def _lock(self) -> None:
        self._locked = self._find_target()

    def _request(self) -> None:
        target, self._locked = self._locked or self._find_target(), None
        pointed, self._pointed = self._pointed, False
        if target:
            self._controller.request_act(self._spec.kind, target, pointed=pointed)

    def _show_key(self) -> None:
        self._key = self._keymap.key(act_command_id(self._spec.kind))
        self.updateGeometry()
        self.update()

    def _explain(self, on: bool) -> None:
        does = f"{self._spec.consequence} {self._spec.reversal.sentence}"
        words = f"{self._spec.title}: {self._why or does}"
        self.explained.emit(words if on else "")

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
            if right - width - 4 > left + min(metrics.horizontalAdvance(self._label), 96):
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
            self._pointed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pointed = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._faces.place()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._faces.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)
