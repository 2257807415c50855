"""Whoever leaves must not hand the choice to their neighbour in the list."""

import pytest
from PySide6.QtCore import QModelIndex, QStringListModel
from PySide6.QtWidgets import QListView

from console.ui.widgets.clear_removed_selection import let_go


class Rows(QListView):
    def rowsAboutToBeRemoved(self, parent, start, end):
        let_go(self, parent, start, end)
        super().rowsAboutToBeRemoved(parent, start, end)


@pytest.fixture
def rows(qtbot):
    view = Rows()
    qtbot.addWidget(view)
    view.setModel(QStringListModel(["ann", "ben", "cat"]))
    view.setCurrentIndex(view.model().index(1, 0))
    return view


def test_no_neighbour_becomes_current(rows):
    chosen = []
    rows.selectionModel().currentChanged.connect(lambda now, _before: chosen.append(now.isValid()))
    rows.model().removeRow(1)
    assert chosen == [False]
    assert not rows.currentIndex().isValid()
    assert rows.selectedIndexes() == []


def test_the_choice_stays_when_another_row_goes(rows):
    rows.model().removeRow(0)
    assert rows.currentIndex().data() == "ben"
    rows.model().removeRow(1)
    assert rows.currentIndex().data() == "ben"


def test_plain_qt_would_have_chosen_the_neighbour(qtbot):
    """When this fails, Qt no longer does it, and ``own_choice`` can go."""
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel(["ann", "ben", "cat"]))
    view.setCurrentIndex(view.model().index(1, 0))
    view.model().removeRow(1, QModelIndex())
    assert view.currentIndex().isValid()
