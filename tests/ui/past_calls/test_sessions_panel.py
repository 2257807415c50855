"""The list of past calls: read when it is shown, found, ordered, opened by key and click."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.past import PastFilter, PastOrder
from console.protocol.past import AskPastSession, AskPastSessions
from tests.ui.past_calls.conftest import HOSTILE, OLD


@pytest.fixture
def panel(past, window):
    return window.panels["past_calls"]


def names(panel):
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def test_each_row_says_when_how_long_who_and_what(panel, past):
    past.list_page(past.session)
    row = panel.model.index(0)
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Old hall, ")
    assert "16 min, 1,000 lines, 2 people: Ann, " in spoken
    assert spoken.endswith("2 raised, 1 open · 1 act")
    assert "\u202e" not in spoken
    assert HOSTILE[:9] in spoken
    assert not panel.list.visualRect(row).isEmpty()


def test_enter_opens_the_chosen_call(panel, past, live):
    past.list_page(past.session, replace(past.session, session_id="s-2", name="Second"))
    panel.take_focus()
    live.commands.action("go.next").trigger()
    live.commands.action("go.next").trigger()
    live.commands.action("go.why").trigger()
    question = past.asked(AskPastSession)[-1]
    assert (question.cid, question.session_id) == (OLD, "s-2")


def test_filters_and_orders_are_asked_of_the_engine(panel, past, qtbot):
    past.list_page(past.session)
    panel.raised.click()
    panel.acted.click()
    panel.filter.setText("ben")
    qtbot.waitUntil(lambda: past.asked(AskPastSessions)[-1].wanted.text == "ben")
    panel.order.menu().actions()[3].trigger()
    wanted = past.asked(AskPastSessions)[-1].wanted
    assert wanted == PastFilter("ben", raised=True, acted=True, order=PastOrder.RAISED)
    past.list_page()
    assert panel.blank.isVisible()
    assert "passes this filter" in panel.blank.accessibleName()


def test_further_pages_come_behind_those_that_are_shown(panel, past):
    first = [replace(past.session, session_id=f"s{n}", name=f"n{n}") for n in range(3)]
    past.list_page(*first, found=5, beyond=7)
    assert panel.told.text() == "3 of 5 calls. 7 older ones not looked at."
    QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert past.asked(AskPastSessions)[-1].offset == 3
    rest = [replace(past.session, session_id=f"s{n}", name=f"n{n}") for n in (3, 4)]
    past.list_page(*rest, found=5, offset=3)
    assert names(panel) == ["n0", "n1", "n2", "n3", "n4"]
    assert not panel.more.isVisible()


def test_trouble_is_said_in_place_of_rows(panel, past):
    past.list_page(sentence="The store is closed.")
    assert "The store is closed." in panel.blank.accessibleName()
