"""How much an act asks of the hand, at the keys and buttons of the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QPushButton

from console.domain.act import ReceiptState
from console.protocol.acts import ActsChanged, RequestAct
from console.ui.acts.act_matrix import ABSENT, IDLE
from console.ui.state.targets import target_of_person
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.held_key import SAME_PRESS_MS

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


def acts(window):
    return [message.act for message in window.sent if isinstance(message, RequestAct)]


def done(window):
    return [(act.kind, act.user_ids) for act in acts(window)]


@pytest.fixture
def choose(window, live):
    def chosen(*user_ids):
        call = live.session.calls["default:hall"]
        found = (live.session.people.find("default:hall", user_id) for user_id in user_ids)
        live.controller.choose_people([target_of_person(person, call) for person in found])

    return chosen


@pytest.fixture
def said(live):
    heard = []
    live.controller.said.connect(lambda sentence, _token: heard.append(sentence))
    return heard


def button(window, kind):
    (found,) = (b for b in window.findChildren(QPushButton, f"act.{kind}") if b.isVisible())
    return found


def face(window):
    shown = [b for b in window.findChildren(QAbstractButton, "armed") if b.isVisible()]
    return shown[0] if shown else None


@pytest.mark.parametrize(("key", "kind"), [(KEY.Key_X, "kick"), (KEY.Key_L, "block")])
def test_a_key_arms_on_the_button_and_the_same_key_acts(window, choose, key, kind):
    choose("ben")
    window.transcript.list.setFocus()
    QTest.keyClick(window, key)
    assert done(window) == []
    title = button(window, kind)._spec.wanted("Ben")
    words = f"{title}: {key.name[-1]} again; Esc stops"
    assert face(window).text() == words
    assert window.strip.said.accessibleName() == words
    QTest.keyClick(window, key)
    assert done(window) == [(kind, ("ben",))]
    assert face(window) is None


def test_the_armed_button_lies_within_its_panel_and_over_its_button(window, choose):
    choose("ben")
    QTest.keyClick(window, KEY.Key_X)
    kick, armed = button(window, "kick"), face(window)
    place = armed.rect().translated(armed.mapTo(window, armed.rect().topLeft()))
    assert place.contains(kick.mapTo(window, kick.rect().center()))
    card = window.docks.by_id["card"]
    assert card.geometry().contains(place)
    assert armed.fontMetrics().horizontalAdvance(armed.text()) <= armed.width()


@pytest.mark.parametrize("focus", ["transcript", "people", "calls"])
def test_esc_stops_and_aims_at_the_same_person_as_before(window, live, choose, said, say, focus):
    say(2)
    choose("ben")
    getattr(window, focus).list.setFocus()
    QTest.keyClick(window, KEY.Key_X)
    QTest.keyClick(window.focusWidget(), KEY.Key_Escape)
    assert said == ["Kick Ben: stopped, nothing was done."]
    assert live.controller.target.user_id == "ben"
    QTest.keyClick(window, KEY.Key_X)
    assert done(window) == []


def test_whoever_is_chosen_next_is_not_hit_by_the_second_press(window, choose, said):
    choose("ben")
    QTest.keyClick(window, KEY.Key_X)
    choose("cleo")
    assert said == ["Kick Ben: not done. Something else is chosen now."]
    QTest.keyClick(window, KEY.Key_X)
    assert done(window) == []
    assert face(window).text().startswith("Kick Cleo: X again")


def test_another_act_is_done_and_the_armed_one_is_not(window, choose):
    choose("ben")
    QTest.keyClick(window, KEY.Key_X)
    QTest.keyClick(window, KEY.Key_M)
    QTest.keyClick(window, KEY.Key_X)
    assert done(window) == [("mute_audio", ("ben",))]


@pytest.mark.parametrize("kind", ["kick", "block"])
def test_a_click_on_the_labelled_button_is_enough(window, choose, kind):
    choose("ben")
    QTest.mouseClick(button(window, kind), LEFT)
    assert done(window) == [(kind, ("ben",))]


def test_a_key_on_the_button_that_has_the_focus_arms_it_too(window, choose):
    choose("ben")
    kick = button(window, "kick")
    kick.setFocus()
    QTest.keyClick(kick, KEY.Key_Space)
    assert done(window) == []
    QTest.keyClick(kick, KEY.Key_Return)
    assert done(window) == [("kick", ("ben",))]


def test_a_mute_is_one_key(window, choose):
    choose("ben")
    QTest.keyClick(window, KEY.Key_M)
    assert done(window) == [("mute_audio", ("ben",))]


def test_a_call_ends_by_two_presses_of_key_or_mouse(window, live, clock):
    ends = button(window, "end_call")
    QTest.mouseClick(ends, LEFT)
    assert face(window).text().startswith("End call in hall (3 people): Ctrl+Shift+E again")
    assert face(window).accessibleDescription() == "Ends the call for 3 people. No undo."
    QTest.mouseClick(face(window), LEFT)  # the second half of a double click
    assert done(window) == []
    clock.time += 1
    QTest.mouseClick(face(window), LEFT)
    assert done(window) == [("end_call", ())]


def test_an_account_is_shut_by_two_clicks_and_for_whom_it_names(window, choose, clock):
    choose("ben")
    QTest.mouseClick(button(window, "deactivate_user"), LEFT)
    assert face(window).text().startswith("Deactivate Ben: ")
    clock.time += 1
    QTest.mouseClick(face(window), LEFT)
    assert done(window) == [("deactivate_user", ("ben",))]


def test_the_strip_does_and_stops_it_where_no_button_is_in_sight(window, live, clock):
    live.commands.run("act.mute_everyone_video")
    assert face(window) is None
    assert window.strip.said.accessibleName().startswith("Turn off all cameras in hall (3 people)")
    window.strip.leave.click()
    assert live.controller.arming.shown is None
    live.commands.run("act.mute_everyone_video")
    clock.time += 1
    window.strip.repair.click()
    assert done(window) == [("mute_everyone_video", ())]


def test_in_a_narrow_window_it_lies_over_the_strip_whole(window, live, choose, qtbot):
    window.docks.by_id["card"].hide()
    window.resize(700, 500)
    choose("ben")
    QTest.keyClick(window, KEY.Key_X)
    qtbot.waitUntil(lambda: face(window) is not None or fits(window.strip.said))
    shown = face(window) or window.strip.said
    assert "Kick Ben: X again; Esc stops" in shown.accessibleName()
    assert shown.fontMetrics().horizontalAdvance(shown.accessibleName()) <= shown.width()
    QTest.keyClick(window.focusWidget(), KEY.Key_Escape)
    assert face(window) is None


def fits(label):
    return label.fontMetrics().horizontalAdvance(label.accessibleName()) <= label.width()


def test_who_types_does_not_act_and_is_told(window, live, choose, said, clock):
    choose("ben")
    window.transcript.list.setFocus()
    for sign in "quick mm":
        clock.time += 0.1
        QTest.keyClicks(window.focusWidget(), sign)
    assert done(window) == [("mute_all_tracks", ("ben",))]  # Q came before a word was to be seen
    assert any("look like typing" in sentence for sentence in said)
    assert live.controller.arming.shown is None
    clock.time += 2
    QTest.keyClick(window, KEY.Key_C)
    assert done(window)[1:] == [("mute_video", ("ben",))]


def test_an_act_without_undo_can_be_held_and_stopped(window, live, choose, said, qtbot):
    live.settings["hold_s"] = 5
    choose("ben")
    QTest.keyClick(window, KEY.Key_X)
    QTest.keyClick(window, KEY.Key_X)
    assert done(window) == []
    assert window.strip.said.accessibleName() == "Kick Ben in 5 s; Esc stops"
    assert face(window).text() == "Kick Ben in 5 s; Esc stops"
    QTest.keyClick(window.focusWidget(), KEY.Key_Escape)
    assert said == ["Kick Ben: stopped, nothing was done."]
    live.settings["hold_s"] = 1
    QTest.mouseClick(button(window, "kick"), LEFT)
    qtbot.waitUntil(lambda: done(window) == [("kick", ("ben",))])


def test_a_mute_is_never_held(window, live, choose):
    live.settings["hold_s"] = 5
    choose("ben")
    QTest.keyClick(window, KEY.Key_M)
    assert done(window) == [("mute_audio", ("ben",))]


def test_a_held_act_that_became_impossible_says_so(window, live, choose, make, said, qtbot):
    refused = []
    live.controller.act_refused.connect(lambda kind, why: refused.append((kind, why)))
    live.settings["hold_s"] = 1
    choose("ben")
    QTest.mouseClick(button(window, "kick"), LEFT)
    live.session.apply(make.people(left=("ben-1",)))
    qtbot.waitUntil(lambda: bool(refused))
    assert refused == [("kick", "They are not in the call.")]
    assert done(window) == []


def test_an_act_on_several_people_is_one_press_and_one_undo(window, live, choose, make):
    choose("ann", "ben", "cleo")
    QTest.keyClick(window, KEY.Key_M, Qt.KeyboardModifier.ShiftModifier)
    asked = acts(window)
    assert [act.user_ids for act in asked] == [("ann",), ("ben",), ("cleo",)]
    seen = (make.progress(act, ReceiptState.SEEN, undoable=True) for act in asked)
    live.session.apply(ActsChanged(acts=tuple(seen)))
    words = "Revoked the microphone of Ann, Ben, Cleo, seen after"
    assert window.strip.said.accessibleName().startswith(words)
    QTest.keyClick(window, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [(act.kind, act.user_ids) for act in acts(window)[3:]] == [
        ("grant_audio", ("ann",)),
        ("grant_audio", ("ben",)),
        ("grant_audio", ("cleo",)),
    ]


def test_a_sentence_typed_by_mistake_does_not_confirm_the_form_it_opened(
    window, choose, said, clock
):
    choose("ben")
    QTest.keyClick(window, KEY.Key_B)
    dialog = window.dialogs.open_dialog
    for sign in "e quiet":
        clock.time += 0.1
        QTest.keyClicks(dialog.focusWidget(), sign)
    QTest.keyClick(dialog.focusWidget(), KEY.Key_Return)
    assert done(window) == []
    assert dialog.isVisible()
    assert said[-1].startswith("The form still waits")
    clock.time += 2
    QTest.keyClick(dialog.focusWidget(), KEY.Key_Return)
    assert done(window) == [("ban", ("ben",))]


def test_a_ban_keeps_its_form(window, choose):
    choose("ben")
    QTest.keyClick(window, KEY.Key_B)
    assert window.dialogs.open_dialog.objectName() == "ban-dialog"


def test_a_key_that_is_held_down_acts_once(window, choose, said):
    """X11 repeats it as pairs of release and press with the same time."""
    choose("ben")
    window.transcript.list.setFocus()
    native = window.windowHandle()
    QTest.keyPress(native, KEY.Key_X)
    assert face(window) is not None
    for _ in range(5):
        QTest.keyRelease(native, KEY.Key_X)
        QTest.keyPress(native, KEY.Key_X)
    assert done(window) == []
    assert face(window) is not None
    assert any("held down" in sentence for sentence in said)


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Space])
def test_a_held_enter_or_space_presses_a_button_once(window, choose, key):
    choose("ben")
    warn = button(window, "mute_audio")
    warn.setFocus()
    pressed = []
    warn.clicked.connect(lambda: pressed.append(key))
    native = window.windowHandle()
    QTest.keyPress(native, key)
    for _ in range(5):
        QTest.keyRelease(native, key)
        QTest.keyPress(native, key)
    QTest.keyRelease(native, key)
    assert len(pressed) == 1
    assert len(done(window)) == 1


def test_a_held_enter_goes_on_in_a_text(window, qtbot):
    dialog = PlainDialog("A dialog", window)
    text = QPlainTextEdit()
    dialog.body.addWidget(text)
    dialog.open()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    native = dialog.windowHandle()
    QTest.keyPress(native, KEY.Key_Return)
    for _ in range(3):
        QTest.keyRelease(native, KEY.Key_Return)
        QTest.keyPress(native, KEY.Key_Return)
    assert text.toPlainText() == "\n" * 4
    dialog.close()


def test_a_key_that_is_pressed_again_acts_again(window, choose, qtbot):
    choose("ben")
    window.transcript.list.setFocus()
    native = window.windowHandle()
    QTest.keyClick(native, KEY.Key_X)
    QTest.qWait(2 * SAME_PRESS_MS)
    QTest.keyClick(native, KEY.Key_X)
    assert done(window) == [("kick", ("ben",))]


def test_the_card_says_why_acts_are_off_for_somebody_who_left(window, live, choose, make):
    choose("ben")
    hint = window.card.matrix.hint
    assert hint.text() == IDLE
    live.session.apply(make.people(make.person("ann"), whole=True))
    assert not button(window, "kick").isEnabled()
    assert hint.text() == ABSENT
    live.session.apply(make.people(make.person("ben")))
    assert hint.text() == IDLE
