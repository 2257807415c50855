"""Older messages of a chat: asked for at the top, put above all rows, and told where they end."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.item import MESSAGE
from console.domain.verdict import FLAG
from console.protocol.chat import AskOlderMessages, OlderMessages

HALL = "default:hall"


@pytest.fixture
def panel(window, live, make):
    live.session.apply(make.calls(make.call(captioning=True, chat_cid="videocall:hall")))
    return window.transcript


@pytest.fixture
def read(panel, live, window, make):
    """The engine reads these messages and answers."""

    def answer(*keys, end="", sentence=""):
        old = [
            make.said(key, kind=MESSAGE, start_time=make.start - 900 + number)
            for number, key in enumerate(keys)
        ]
        found = [make.verdict(key, FLAG) for key in keys[:1]]
        heard = make.heard(*old, verdicts=found, replay=True)
        live.session.apply(replace(heard, older=True))
        question = window.sent.of(AskOlderMessages)[-1]
        live.engine.say(
            OlderMessages(question.request_id, found=len(keys), end=end, sentence=sentence)
        )

    return answer


def texts(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def asked(window):
    return len(window.sent.of(AskOlderMessages))


def test_the_pill_at_the_top_reads_a_page_above_all_rows(panel, window, say, read):
    keys = say(60)
    assert not panel.older_pill.isVisible(), "the reader is at the end"
    panel.list.verticalScrollBar().setValue(0)
    assert panel.older_pill.isVisible()

    QTest.mouseClick(panel.older_pill, Qt.MouseButton.LeftButton)
    assert asked(window) == 1
    assert not panel.older_pill.isVisible(), "it is asked for"
    first = panel.list.visualRect(panel.model.index(panel.model.row_of_line(keys[0])))
    read("old1", "old2")

    assert [panel.model.row_of_line(key) for key in ("old1", "old2", keys[0])] == [0, 1, 2]
    now = panel.list.visualRect(panel.model.index(2))
    assert now.top() == first.top(), "the row on top stays"
    assert panel.model.entry(0).verdict.action == FLAG
    panel.list.verticalScrollBar().setValue(0)
    assert panel.older_pill.isVisible()


def test_a_second_page_is_above_the_first(panel, say, read):
    keys = say(3)
    panel.read_older()
    read("b1", "b2")
    panel.read_older()
    read("a1", "a2")

    order = ("a1", "a2", "b1", "b2", keys[0])
    assert [panel.model.row_of_line(key) for key in order] == [0, 1, 2, 3, 4]
    panel.model.set_raised_only(True)
    panel.model.set_raised_only(False)
    assert [panel.model.row_of_line(key) for key in order] == [0, 1, 2, 3, 4]


def test_the_end_is_a_row_and_nothing_more_is_asked(panel, window, say, read):
    say(3)
    QTest.keyClick(window, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert asked(window) == 1
    read("old", end="The chat begins here: nothing was written before.")

    assert "The chat begins here" in panel.model.entry(0).notice.text
    assert panel.model.row_of_line("old") == 1
    panel.read_older()
    assert asked(window) == 1
    assert not panel.older_pill.isVisible()


def test_its_key_goes_to_the_first_row_also_where_nothing_is_older(panel, window, say, read):
    say(60)
    panel.read_older()
    read(end="The chat begins here: nothing was written before.")
    panel.list.follow()
    assert panel.list.first_visible_row() > 0
    QTest.keyClick(window, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert panel.list.first_visible_row() == 0
    assert asked(window) == 1


def test_what_could_not_be_read_may_be_asked_for_again(panel, window, say, read):
    say(3)
    panel.read_older()
    panel.read_older()
    assert asked(window) == 1, "one question at a time"
    read(sentence="Older messages could not be read: no answer.")
    panel.read_older()
    assert asked(window) == 2


def test_older_messages_count_as_nothing_new(panel, live, say, read):
    say(3)
    panel.read_older()
    read("old1", "old2")
    tally = live.session.history.tally
    assert (tally.lines, tally.duplicated) == (3, 0)


def test_without_a_chat_it_says_so(window, live, make, say):
    live.session.apply(make.calls(make.call(captioning=True)))
    say(60)
    window.transcript.list.verticalScrollBar().setValue(0)
    assert not window.transcript.older_pill.isVisible()
    window.transcript.read_older()
    assert asked(window) == 0


def test_the_pill_covers_no_row_and_rows_stay_when_its_room_goes(panel, say, read):
    keys = say(2)
    first = panel.list.visualRect(panel.model.index(panel.model.row_of_line(keys[0])))
    assert panel.older_pill.isVisible()
    assert first.top() >= panel.older_pill.geometry().bottom()

    say(60)
    panel.list.verticalScrollBar().setValue(200)
    row = panel.list.first_visible_row()
    before = panel.list.visualRect(panel.model.index(row)).top()
    panel.list.set_head(0)
    assert panel.list.visualRect(panel.model.index(row)).top() == before
