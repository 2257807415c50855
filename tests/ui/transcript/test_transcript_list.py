"""Following, standing still, and the target lock."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from console.protocol.acts import RequestAct
from console.ui.widgets.roles import Role


@pytest.fixture
def rows(window):
    return window.transcript.list


def point_at(rows, point):
    """Two real moves, as a hand makes them."""
    for place in (point - QPoint(9, 0), point):
        where = QPointF(place)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            where,
            QPointF(rows.viewport().mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        rows.mouseMoveEvent(event)


def leave(rows):
    rows.leaveEvent(QEvent(QEvent.Type.Leave))


def rect_of(rows, key):
    model = rows.model()
    return rows.visualRect(model.index(model.row_of_line(key), 0))


def quick_place(rows, key, kind):
    model = rows.model()
    entry = model.entry(model.row_of_line(key))
    return rows.itemDelegate().quick_places(rect_of(rows, key), entry)[kind].center()


def acts(window):
    return [message.act for message in window.sent if isinstance(message, RequestAct)]


def test_it_follows_the_newest_line(rows, say):
    keys = say(60)
    assert rows.at_end
    assert rows.following
    assert rect_of(rows, keys[-1]).bottom() == rows.viewport().height() - rows.foot() - 1


def test_rows_stand_still_under_the_pointer(rows, say, live):
    keys = say(60)
    before = rect_of(rows, keys[-3])
    point_at(rows, before.center())
    say(30)
    assert rect_of(rows, keys[-3]) == before
    assert rows.model().pending_count == 30
    leave(rows)
    assert rows.model().pending_count == 0
    assert rows.at_end


@pytest.mark.parametrize("hand", ["keys", "pointer"])
def test_new_lines_are_shown_below_rows_that_do_not_fill_the_list(rows, say, hand, qtbot):
    keys = say(2)
    before = rect_of(rows, keys[0])
    if hand == "keys":
        rows.setFocus()
        rows.go_to(rows.model().row_of_line(keys[0]))
    else:
        point_at(rows, before.center())
    more = say(3)
    assert rows.model().pending_count == 0
    assert rows.model().row_of_line(more[-1]) == rows.model().rowCount() - 1
    say(60)
    assert rows.model().pending_count > 0
    assert rect_of(rows, keys[0]) == before
    last = rows.visualRect(rows.model().index(rows.model().rowCount() - 1))
    free = rows.viewport().height() - rows.foot() - last.bottom() - 1
    assert 0 <= free < last.height()
    assert not rows.following
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    assert rows.model().pending_count == 0
    assert rows.at_end


def test_scrolled_back_rows_wait_and_the_row_on_top_stays(rows, say, live):
    keys = say(80)
    rows.verticalScrollBar().setValue(200)
    assert not rows.following
    top = rows.first_visible_row()
    at = rows.visualRect(rows.model().index(top)).top()
    say(10, text="a long line " * 30)
    assert rows.model().pending_count == 10
    assert rows.visualRect(rows.model().index(top)).top() == at
    rows.follow()
    assert rows.at_end
    assert rows.model().row_of_line(keys[0]) == 0
    assert rows.model().rowCount() == 90


def test_a_verdict_never_changes_a_height(rows, say, live, make):
    keys = say(20, text="some words that are said " * 12)
    before = [rect_of(rows, key) for key in keys]
    live.session.apply(make.judged(*[make.verdict(key, "remove") for key in keys]))
    assert [rect_of(rows, key) for key in keys] == before


def test_a_quick_act_hits_who_was_there_when_the_press_began(rows, say, window):
    keys = say(40, speaker="ben")
    place = quick_place(rows, keys[-1], "revoke_audio")
    point_at(rows, place)
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    say(5, speaker="cleo")
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [(act.kind, act.user_ids) for act in acts(window)] == [("revoke_audio", ("ben",))]


def test_an_act_on_a_chat_message_is_on_who_wrote_it(rows, say, window):
    keys = say(3, speaker="ben", kind="message")
    place = quick_place(rows, keys[-1], "kick")
    point_at(rows, place)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [(act.kind, act.user_ids) for act in acts(window)] == [("kick", ("ben",))]


def test_a_press_that_ends_elsewhere_does_nothing(rows, say, window):
    keys = say(10)
    place = quick_place(rows, keys[-1], "kick")
    point_at(rows, place)
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=place - QPoint(300, 0))
    assert acts(window) == []


def test_a_press_on_a_list_that_is_gone_does_nothing(rows, say, window, live):
    keys = say(10)
    place = quick_place(rows, keys[-1], "kick")
    point_at(rows, place)
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    live.controller.choose_call("default:yard")
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert acts(window) == []


def test_a_press_under_a_resting_pointer_only_stops_the_rows(rows, say, window, monkeypatch):
    keys = say(40)
    place = quick_place(rows, keys[-1], "kick")
    point_at(rows, place)
    rows.follow()
    say(3, speaker="cleo")
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert acts(window) == []
    assert rows.pointing


def test_an_impossible_act_is_not_asked_for(rows, say, window, live, make):
    keys = say(10, speaker="ben")
    live.session.apply(make.people(make.person("ben", revoked=frozenset({"send-audio"}))))
    place = quick_place(rows, keys[-1], "revoke_audio")
    point_at(rows, place)
    assert "revoke_audio" in rows.itemDelegate().hot.impossible
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert acts(window) == []


def key_letter(rows, key):
    """What stands right of the icon in the muting act of a line: one colour where it is nothing."""
    model = rows.model()
    entry = model.entry(model.row_of_line(key))
    place = rows.itemDelegate().quick_places(rect_of(rows, key), entry)["mute_audio"]
    end = place.adjusted(place.width() // 2 + 8, 5, -2, -5)  # inside the round corners
    image = rows.viewport().grab(end).toImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_a_row_shows_the_keys_only_where_they_act_on_its_person(rows, say, window, live):
    (ben,), (cleo,) = say(1, speaker="ben"), say(1, speaker="cleo")
    rows.go_to(rows.model().row_of_line(ben))
    point_at(rows, rect_of(rows, ben).center())
    assert len(key_letter(rows, ben)) > 1

    point_at(rows, rect_of(rows, cleo).center())
    assert len(key_letter(rows, cleo)) == 1
    live.commands.action("act.mute_audio").trigger()
    assert [act.user_ids for act in acts(window)] == [("ben",)]

    row = rows.model().index(rows.model().row_of_line(cleo))
    live.controller.choose_person(row.data(Role.TARGET))  # the pointer does not move
    assert len(key_letter(rows, cleo)) > 1
    live.controller.choose_nobody()
    assert len(key_letter(rows, cleo)) == 1


def test_no_row_shows_keys_that_act_on_several_people(rows, say, live):
    targets = []
    for name in ("ben", "cleo"):
        (key,) = say(1, speaker=name)
        row = rows.model().index(rows.model().row_of_line(key))
        targets.append(row.data(Role.TARGET))
    point_at(rows, rect_of(rows, key).center())
    live.controller.choose_people(targets[1:])
    assert rows.itemDelegate().hot.keyed
    live.controller.choose_people(targets)
    assert not rows.itemDelegate().hot.keyed


def test_keys_walk_and_escape_follows_again(rows, say, live):
    keys = say(50)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert rows.currentIndex().row() == rows.model().row_of_line(keys[-1])
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert live.controller.target.user_id == "ben"
    assert not rows.following
    say(4)
    assert rows.model().pending_count == 4
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    assert rows.following
    assert rows.model().pending_count == 0


def test_a_screen_reader_finds_every_row(rows, say):
    from PySide6.QtGui import QAccessible

    say(12)
    accessible = QAccessible.queryAccessibleInterface(rows)
    assert accessible.childCount() >= 12
    assert accessible.text(QAccessible.Text.Name) == "Transcript"


def test_rows_that_are_trimmed_above_do_not_move_what_is_read(rows, say, live):
    say(100)
    rows.verticalScrollBar().setValue(1500)
    top = rows.first_visible_row()
    entry = rows.model().entry(top)
    at = rows.visualRect(rows.model().index(top)).top()
    rows.model()._remove(0, 9)
    row = rows.model().row_of_line(entry.item.item_id)
    assert row == top - 10
    assert rows.visualRect(rows.model().index(row)).top() == at
