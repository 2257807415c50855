"""A confusion matrix, painted: the more lines, the stronger the ground; errors in red."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from console.base.plain_text import visible
from console.protocol.lab_results import MatrixCell
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.theme import Theme

NONE = "none"
HEAD_ROW = 26
CELL_ROW = 26
LEAST_ROW = 17
CELL = 92


def names_of(cells: tuple[MatrixCell, ...]) -> list[str]:
    """Every label, the ones with most lines first; nothing wrong at the end."""
    counts: dict[str, int] = {}
    for cell in cells:
        for name in {cell.wanted, cell.given}:
            counts[name] = counts.get(name, 0) + cell.count
    return sorted(counts, key=lambda name: (name == NONE, -counts[name], name))


class MatrixView(QWidget):
    """True labels down, given labels across."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: list[str] = []
        self._counts: dict[tuple[str, str], int] = {}
        self.setAccessibleName("Confusion matrix: true label down, given label across")
        theme.changed.connect(self.update)

    def show_cells(self, cells: tuple[MatrixCell, ...]) -> None:
        """Show these cells."""
        self._names = names_of(cells)
        self._counts = {(cell.wanted, cell.given): cell.count for cell in cells}
        said = [
            f"{self._count(name, name)} of {sum(self._row(name))} {_words(name)} right"
            for name in self._names
        ]
        self.setAccessibleDescription("; ".join(said))
        self.setMinimumHeight(HEAD_ROW + LEAST_ROW * len(self._names))
        self.update()

    def _count(self, wanted: str, given: str) -> int:
        return self._counts.get((wanted, given), 0)

    def _row(self, wanted: str) -> list[int]:
        return [self._count(wanted, given) for given in self._names]

    def _sizes(self) -> tuple[int, int, int]:
        """Width of the names, of a cell, and height of a row."""
        count = max(1, len(self._names))
        names = min(168, max(96, self.width() // 5))
        cell = max(40, min(CELL, (self.width() - names) // count))
        row = max(LEAST_ROW, min(CELL_ROW, (self.height() - HEAD_ROW) // count))
        return names, cell, row

    def sizeHint(self) -> QSize:
        return QSize(480, HEAD_ROW + CELL_ROW * max(3, len(self._names)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        fonts = Fonts(self.font())
        names, cell, row = self._sizes()
        center = int(Qt.AlignmentFlag.AlignCenter)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(fonts.small)
        for at, name in enumerate(self._names):
            painter.setPen(theme.color("text_dim"))
            top = QRect(names + at * cell, 0, cell, HEAD_ROW)
            cut = fonts.small_metrics.elidedText(
                _words(name), Qt.TextElideMode.ElideRight, cell - 6
            )
            painter.drawText(top, center, cut)
            side = QRect(0, HEAD_ROW + at * row, names - 8, row)
            cut = fonts.small_metrics.elidedText(
                _words(name), Qt.TextElideMode.ElideRight, names - 12
            )
            painter.drawText(side, left, cut)
        for down, wanted in enumerate(self._names):
            most = max(1, sum(self._row(wanted)))
            for across, given in enumerate(self._names):
                count = self._count(wanted, given)
                rect = QRect(
                    names + across * cell + 1, HEAD_ROW + down * row + 1, cell - 2, row - 2
                )
                right = wanted == given
                painter.fillRect(rect, theme.color("raised"))
                if count:
                    share = 0.10 + 0.30 * count / most
                    painter.fillRect(rect, theme.color("good" if right else "bad", share))
                painter.setPen(theme.color("text" if count else "text_faint"))
                painter.setFont(self.font() if count else fonts.small)
                painter.drawText(rect, center, f"{count:,}" if count else "·")
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            names, cell, row = self._sizes()
            across = (event.pos().x() - names) // cell
            down = (event.pos().y() - HEAD_ROW) // row
            if 0 <= across < len(self._names) and 0 <= down < len(self._names):
                wanted, given = self._names[down], self._names[across]
                count = self._count(wanted, given)
                said = f"{count:,} lines are {_words(wanted)} and were given {_words(given)}."
                QToolTip.showText(event.globalPos(), tip(said), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


def _words(name: str) -> str:
    return "nothing" if name == NONE else visible(name)
