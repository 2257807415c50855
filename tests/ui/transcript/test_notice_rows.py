"""Rows of the transcript that are no lines."""

from msgspec.structs import replace
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from console.ui.transcript.notice_rows import gap_sentence
from tests.ui.conftest import CID


def test_gap_rows_name_their_times(make):
    assert "(9 s) · no connection" in gap_sentence(make.gap())


def test_what_was_partly_heard_says_what_was_not(make):
    gap = replace(make.gap(), partly=True, reason="10 s of speech of Ann not written down: why")
    assert gap_sentence(gap).endswith("· 10 s of speech of Ann not written down: why")
    assert "Not monitored" not in gap_sentence(gap)
    assert gap_sentence(replace(gap, until=0.0)).startswith("Since ")


def test_pointing_at_a_gap_shows_all_of_its_reason(window, live, make, qtbot):
    live.controller.choose_call(CID)
    why = "speech of Ann not written down: " + "a long reason, " * 20
    live.session.apply(replace(make.gap(), cids=(CID,), partly=True, reason=why))
    rows = window.transcript.list
    qtbot.waitUntil(lambda: rows.model().rowCount() > 0)
    index = rows.model().index(rows.model().rowCount() - 1, 0)
    at = rows.visualRect(index).center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, rows.viewport().mapToGlobal(at))
    QApplication.sendEvent(rows.viewport(), event)
    assert "a long reason, a long reason" in QToolTip.text()
