"""A row that goes takes the choice with it: nobody but the reader chooses another one.

Qt makes a neighbour current when the current row is removed. Here that would aim the next key press
at a person nobody chose.
"""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView

from console.ui.widgets.roles import Index


def let_go(view: QAbstractItemView, parent: Index, first: int, last: int) -> None:
    """Call first in ``rowsAboutToBeRemoved``: no row is current once its own is about to go."""
    current = view.currentIndex()
    if not parent.isValid() and current.isValid() and first <= current.row() <= last:
        choice = view.selectionModel()
        # The rows that stay also stay chosen, where several were.
        going = QItemSelection(view.model().index(first, 0), view.model().index(last, 0))
        choice.select(going, QItemSelectionModel.SelectionFlag.Deselect)
        choice.setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)
