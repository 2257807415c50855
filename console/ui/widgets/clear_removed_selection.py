"""When the chosen row is removed, no other row is chosen instead.

Qt makes a neighbour current when the current row is removed. Here that would aim the next key press
at a person whom the moderator did not choose.
"""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView

from console.ui.widgets.roles import Index


def let_go(view: QAbstractItemView, parent: Index, first: int, last: int) -> None:
    """Call first in ``rowsAboutToBeRemoved``: it clears the current row if that is removed."""
    current = view.currentIndex()
    if not parent.isValid() and current.isValid() and first <= current.row() <= last:
        choice = view.selectionModel()
        # Where several rows were chosen, those that stay remain chosen.
        going = QItemSelection(view.model().index(first, 0), view.model().index(last, 0))
        choice.select(going, QItemSelectionModel.SelectionFlag.Deselect)
        choice.setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)
