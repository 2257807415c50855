"""The drawer under the head of the call: settings, and giving rights back."""

import pytest
from PySide6.QtCore import Qt

from console.domain.call import ASKABLE, Permission
from console.domain.suspended import HeldRights
from console.protocol.acts import RequestAct
from console.protocol.door import DoorSet, SetDoor
from console.protocol.suspensions import AskSuspension, SuspensionAnswer
from console.protocol.to_window import CallsChanged

HALL = "default:hall"
HOSTILE = "<b>Ann</b>\u202e"


@pytest.fixture
def drawer(window, live):
    live.commands.run("call.controls")
    return window.transcript.drawer


@pytest.fixture
def told(live, make):
    def tell(**fields):
        fields.setdefault("captioning", True)
        live.session.apply(CallsChanged(changed=(make.call(HALL, **fields),)))

    return tell


def requested(sent):
    return [(m.act.kind, m.act.cid, m.act.user_ids) for m in sent.of(RequestAct)]


def press(qtbot, drawer, name):
    button = drawer.findChild(object, name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return button


def checked(drawer):
    return {
        button.objectName()
        for row in drawer.rows
        for button in row.buttons.values()
        if button.isChecked()
    }


def test_it_shows_how_the_call_is_and_follows_it(window, drawer, told):
    assert drawer.isVisible()
    assert window.transcript.header.controls.isChecked()
    assert {"microphones-on", "cameras-on", "captions-on", "recording-off"} <= checked(drawer)

    told(may_be_asked=ASKABLE, allowed=frozenset({Permission.SEND_AUDIO}), recording=True)

    assert {"microphones-asked", "cameras-off", "recording-on"} <= checked(drawer)


def test_a_choice_requests_its_act_and_is_marked_only_once_the_call_shows_it(
    drawer, sent, told, qtbot
):
    button = press(qtbot, drawer, "screen-shares-asked")

    assert requested(sent) == [("screen_requests_on", HALL, ())]
    assert not button.isChecked()
    told(may_be_asked=frozenset({Permission.SCREENSHARE}))
    assert button.isChecked()


def test_taking_every_microphone_names_whom_it_hits_before_it_is_done(
    drawer, sent, live, told, qtbot, clock
):
    told(people=214, recording=True)
    press(qtbot, drawer, "microphones-off")

    assert requested(sent) == []
    armed = live.controller.arming.armed
    assert "214 people, one recording" in armed.words

    clock.time += 1
    live.controller.arming.press_again()
    assert requested(sent) == [("take_microphones", HALL, ())]


def test_those_who_wait_are_listed_and_get_theirs_back_one_by_one(
    drawer, sent, live, engine, told, qtbot
):
    told(suspended=ASKABLE, to_give_back=2)
    (question,) = sent.of(AskSuspension)
    held = frozenset({Permission.SEND_AUDIO})
    people = (
        HeldRights(user_id="ann", name=HOSTILE, held=held),
        HeldRights(user_id="ben", name="Ben", held=frozenset(), known=False),
    )
    engine.message_received.emit(
        SuspensionAnswer(question.request_id, cid=HALL, since=1_790_000_000.0, people=people)
    )

    waiting = drawer.suspension.waiting
    rows = [waiting.item(row).text() for row in range(waiting.count())]
    assert rows[0].endswith(": microphone")
    assert "\u202e" not in rows[0]
    assert "Stream did not tell" in rows[1]
    assert "2 people wait for what they had" in drawer.suspension.words.text()
    assert not drawer.suspension.give.isEnabled()

    waiting.item(1).setSelected(True)
    assert drawer.suspension.give.text() == "Give back to Ben"
    qtbot.mouseClick(drawer.suspension.give, Qt.MouseButton.LeftButton)

    assert requested(sent) == [("resume_call", HALL, ("ben",))]


def test_the_head_says_what_is_kept_up(window, told):
    told(suspended=ASKABLE, to_give_back=12)
    assert window.transcript.header._kept.word() == "suspended, 12 wait"
    told(to_give_back=1)
    assert window.transcript.header._kept.word() == "1 waits"
    told()
    assert window.transcript.header._kept.isHidden()


def test_a_key_gives_everybody_theirs_back_at_once(window, told, sent, qtbot):
    told(suspended=ASKABLE, to_give_back=2)
    qtbot.keyClick(
        window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    assert requested(sent) == [("resume_call", HALL, ())]


def test_with_all_calls_there_is_nothing_to_control(window, drawer, live):
    live.controller.choose_call("")

    assert not drawer.isVisible()
    assert not window.transcript.header.controls.isVisible()
    assert drawer.toggle() == "Choose a call first."


def test_the_door_is_held_and_opened_and_its_outcome_is_said(
    drawer, sent, engine, live, told, qtbot, recorder
):
    recorder.watch(said=live.controller.said)
    press(qtbot, drawer, "who-may-come-in-members")
    (question,) = sent.of(SetDoor)
    assert (question.cid, question.held) == (HALL, True)
    engine.message_received.emit(DoorSet(question.request_id, cid=HALL, held=True))

    told(door="members")
    assert "who-may-come-in-members" in checked(drawer)
    press(qtbot, drawer, "who-may-come-in-everybody")
    opened = sent.of(SetDoor)[-1]
    assert not opened.held
    engine.message_received.emit(DoorSet(opened.request_id, cid=HALL, held=False, put_out=3))

    assert [sentence for sentence, _ in recorder.of("said")] == [
        "The door is held: only members may come in.",
        "The door is open; 3 people may come again.",
    ]
    assert requested(sent) == []


def test_escape_closes_it_and_leaves_the_keyboard_on_the_transcript(window, drawer, qtbot):
    qtbot.keyClick(drawer.rows[0].buttons["on"], Qt.Key.Key_Escape)

    assert not drawer.isVisible()
    assert window.transcript.isAncestorOf(window.focusWidget())
    assert not drawer.isAncestorOf(window.focusWidget())
