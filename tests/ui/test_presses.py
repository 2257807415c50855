"""A press is for whoever was named when it began, however the lists move."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from console.protocol.acts import RequestAct
from console.protocol.requests import RequestsChanged
from console.ui.state.targets import target_of_person
from console.ui.widgets.shown_rows import MOVED

LEFT = Qt.MouseButton.LeftButton


def acts(window):
    return [message.act for message in window.sent if isinstance(message, RequestAct)]


def users(window):
    return [act.user_ids for act in acts(window)]


@pytest.fixture
def said(live):
    heard = []
    live.controller.said.connect(lambda sentence, _token: heard.append(sentence))
    return heard


@pytest.fixture
def choose(window, live):
    def chosen(user_id):
        person = live.session.people.find("default:hall", user_id)
        live.controller.choose_person(target_of_person(person, live.session.calls["default:hall"]))

    return chosen


def place_of(panel, row):
    return panel.list.visualRect(panel.model.index(row, 0)).center()


def paint(rows):
    """Show the rows as they are now, as the next frame would."""
    QApplication.processEvents()
    rows.viewport().repaint()


def button(window, kind):
    (found,) = (b for b in window.findChildren(QPushButton, f"act.{kind}") if b.isVisible())
    return found


def test_a_press_a_moment_after_the_rows_moved_does_nothing_and_says_so(
    window, live, make, clock, said
):
    paint(window.people.list)
    clock.time += 5
    live.session.apply(make.people(make.person("aaron")))
    paint(window.people.list)
    clock.time += 0.2
    rows = window.people.list
    QTest.mouseClick(rows.viewport(), LEFT, pos=place_of(window.people, 0))
    assert (live.controller.target, said) == (None, [MOVED])
    clock.time += 1
    QTest.mouseClick(rows.viewport(), LEFT, pos=place_of(window.people, 0))
    assert live.controller.target.user_id == "aaron"


def test_a_row_that_stayed_can_be_pressed_at_once(window, live, make, clock):
    paint(window.people.list)
    clock.time += 5
    live.session.apply(make.people(make.person("zoe")))
    paint(window.people.list)
    QTest.mouseClick(window.people.list.viewport(), LEFT, pos=place_of(window.people, 0))
    assert live.controller.target.user_id == "ann"


def test_a_range_counts_only_where_every_row_stood_still(window, live, make, clock, said):
    paint(window.people.list)
    clock.time += 5
    viewport = window.people.list.viewport()
    QTest.mouseClick(viewport, LEFT, pos=place_of(window.people, 0))
    live.session.apply(make.people(make.person("bea")))
    paint(window.people.list)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(viewport, LEFT, shift, place_of(window.people, 1))
    assert [target.user_id for target in live.controller.chosen] == ["ann"]
    assert said == [MOVED]


def test_a_call_that_moved_under_the_press_is_not_chosen(window, live, make, clock, said):
    paint(window.calls.list)
    clock.time += 5
    live.session.apply(make.calls(make.call("default:attic")))
    paint(window.calls.list)
    row = window.calls.model.row_of("default:attic")
    QTest.mouseClick(window.calls.list.viewport(), LEFT, pos=place_of(window.calls, row))
    assert live.controller.cid == "default:hall"
    assert said == [MOVED]


def test_a_key_is_for_whoever_the_card_names_while_the_list_moves(window, live, make, choose):
    choose("ben")
    for number in range(20):
        live.session.apply(make.people(make.person(f"a{number}")))
    assert window.card.name.text() == "Ben"
    QTest.keyClick(window, Qt.Key.Key_M)
    assert users(window) == [("ben",)]


def test_a_button_is_for_whoever_was_chosen_when_the_press_began(window, live, choose):
    choose("ben")
    mute = button(window, "mute_audio")
    QTest.mousePress(mute, LEFT)
    choose("cleo")
    QTest.mouseRelease(mute, LEFT)
    assert users(window) == [("ben",)]


def test_a_dialog_is_for_whoever_it_names_while_the_list_moves(window, live, make, choose):
    choose("ben")
    QTest.keyClick(window, Qt.Key.Key_B)
    live.session.apply(make.people(make.person("aaron"), left=("ann-1",)))
    choose("cleo")
    window.dialogs.open_dialog.go.click()
    assert users(window) == [("ben",)]


def test_an_answer_is_for_the_request_that_was_under_the_press(window, live, make, clock, said):
    def ask(*names, since):
        requests = tuple(make.request(name, since=make.start - since) for name in names)
        live.session.apply(RequestsChanged(requests, (), False, make.start - 3600))

    live.commands.action("workspace.requests").trigger()
    ask("ann", "ben", since=60)
    paint(window.panels["requests"].list)
    clock.time += 5
    ask("zoe", since=600)
    paint(window.panels["requests"].list)
    inbox = window.panels["requests"]
    first = place_of(inbox, 0)
    QTest.mouseClick(inbox.list.viewport(), LEFT, pos=first)
    assert (live.controller.chosen, said) == ((), [MOVED])


def test_a_letter_that_is_no_key_chooses_nobody(window, live, choose):
    choose("ann")
    window.people.list.setFocus()
    QTest.keyClick(window.people.list, Qt.Key.Key_C)
    assert live.controller.target.user_id == "ann"


def test_an_undo_in_the_log_is_for_the_row_that_was_there(window, live, make, clock, said):
    for number in range(40):
        act = make.act(f"a{number}", user_ids=(f"p{number}",), names=(f"P{number}",))
        live.session.request_noted(make.progress(act))
    window.strip.log.click()
    paint(window.panels["log"].log)
    log = window.panels["log"].log
    clock.time += 5
    point = QPoint(20, log.viewport().height() - 8)
    live.session.request_noted(make.progress(make.act("new")))
    paint(window.panels["log"].log)
    QTest.mouseClick(log.viewport(), LEFT, pos=point)
    assert said == [MOVED]


def test_a_press_on_the_current_line_chooses_its_speaker_again(window, live, say, clock):
    say(1, speaker="ben")
    rows = window.transcript.list
    paint(rows)
    clock.time += 5
    place = rows.visualRect(rows.model().index(0)).center()
    QTest.mouseClick(rows.viewport(), LEFT, pos=place)
    live.controller.choose_person(None)
    QTest.mouseClick(rows.viewport(), LEFT, pos=place)
    assert live.controller.target.user_id == "ben"
