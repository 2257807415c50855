"""A flow of widgets that is as high as it needs to be, up to a limit; then it scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class FlowScroll(QScrollArea):
    """``flow`` has a layout whose height follows from its width; ``most`` is in pixels."""

    def __init__(self, flow: QWidget, most: int) -> None:
        super().__init__()
        self._flow = flow
        self._most = most
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(flow)
        flow.setAutoFillBackground(False)  # the ground behind shows, as without scrolling
        self.viewport().setAutoFillBackground(False)
        flow.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._most, self._flow.minimumSizeHint().height()))

    def _fit(self) -> None:
        needed = self._flow.heightForWidth(self.width())
        if needed > self._most:  # the bar takes some of the width
            needed = self._flow.heightForWidth(self.viewport().width())
        self.setFixedHeight(max(1, min(self._most, needed)))
