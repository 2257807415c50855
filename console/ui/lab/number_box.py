"""A number of the policy. The wheel scrolls what is around it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox


class NumberBox(QDoubleSpinBox):
    """Reports a number once it is entered, not at every key.

    Signals:
        picked: another number than the one that was shown.
    """

    picked = Signal(float)

    def __init__(self, name: str, most: float, step: float, decimals: int = 2) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(0.0, most)
        self.setSingleStep(step)
        self.setDecimals(decimals)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setKeyboardTracking(False)
        self._last = 0.0
        self.editingFinished.connect(self._pick)

    def show_value(self, value: float) -> None:
        """Show ``value`` without a signal."""
        self._last = value
        if not self.hasFocus() or self.value() != value:
            self.setValue(value)

    def _pick(self) -> None:
        value = round(self.value(), self.decimals())
        if value != round(self._last, self.decimals()):
            self._last = value
            self.picked.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
