"""The card of one person: how they stand, notes, watch mark, sessions, devices, names."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.about_person import Note, PersonSession, WatchMark
from console.domain.act import ReceiptState
from console.domain.automation.coming import Coming
from console.domain.automation.rule import Response
from console.domain.strikes import Strikes
from console.domain.verdict import JudgedItem
from console.protocol.acts import RequestAct
from console.protocol.people import (
    AskPerson,
    AskPersonSession,
    NotesChanged,
    PersonCard,
    PersonSessionLines,
    Remembered,
    RemoveNote,
    WatchedChanged,
    WatchPerson,
    WriteNote,
)
from console.ui.acts.act_button import ActButton
from console.ui.state.targets import target_of_person
from console.ui.widgets.roles import Role

CID = "default:hall"
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def choose(window, live):
    def choose(user_id="ann"):
        person = live.session.people.person(CID, user_id)
        live.controller.choose_person(target_of_person(person, live.session.calls[CID]))

    return choose


@pytest.fixture
def answer(window, live):
    """Answers the last question of a kind."""

    def answer(ask, kind, **fields):
        live.engine.say(kind(window.sent.of(ask)[-1].request_id, **fields))

    return answer


@pytest.fixture
def card(choose, answer):
    def card(user_id="ann", **fields):
        choose(user_id)
        answer(AskPerson, PersonCard, cid=CID, user_id=user_id, **fields)

    return card


def rows(listed):
    return [listed.item(row).text() for row in range(listed.count())]


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def test_the_keyboard_leaves_the_acts_when_the_card_is_somebody_else_s(window, choose):
    choose("ann")
    button = window.card.matrix.findChildren(ActButton)[0]
    button.setFocus()
    choose("ann")
    assert QApplication.focusWidget() is button
    choose("ben")
    assert not window.card.matrix.isAncestorOf(QApplication.focusWidget())
    sent = len(window.sent.of(RequestAct))
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert len(window.sent.of(RequestAct)) == sent


def test_how_they_stand_is_one_line(window, card, make):
    said = [make.said("u1"), make.said("u2")]
    items = (
        JudgedItem(said[0], (make.verdict("u1"),)),
        JudgedItem(said[1], (make.verdict("u2", "keep"),)),
    )
    first = Coming(
        rule="<b>Insults", number=1, steps=3, responses=(Response.BAN,), minutes=60, asks=True
    )
    second = replace(first, number=2, responses=(Response.KICK,), asks=False, last_at=5.0)
    rules = (first, second)
    card(items=items, strikes=Strikes(2, make.start - 60), coming=rules)
    shown = window.card.head.standing
    assert shown.text() == "1 of 2 raised · 2 strikes · next: kick"
    assert "The rule “&lt;b&gt;Insults”, time 2 would do: kick." in shown.toolTip()
    card("ben", coming=rules[:1])
    assert shown.text() == "no strikes · next: ban for 1 hour, if accepted"
    card("cleo", coming=rules, exempt=True)
    assert shown.text() == "no strikes · next: by hand"
    assert "No rule of automation touches them." in shown.toolTip()


def test_a_sanction_says_who_when_until_when_and_why(window, card, make):
    ban = make.act("b1", "ban", by="mod", minutes=60, reason="sells <b>tickets</b>")
    muted = make.act("m1", "mute_audio", by="automation", requested_at=make.start - 86_400)
    card(
        acts=(
            make.progress(muted, ReceiptState.FAILED),
            make.progress(ban, ReceiptState.SEEN),
        )
    )
    first, second = rows(window.card.tabs.done)
    assert "mod banned Ann" in first
    assert "until" in first
    assert "“sells <b>tickets</b>”" in first
    assert "automation muted the microphone of Ann · failed" in second


def test_o_marks_whoever_is_chosen_and_they_stand_out_everywhere(window, live, card, say, make):
    say(speaker="ann")
    card()
    press(window, Qt.Key.Key_O)
    (wish,) = window.sent.of(WatchPerson)
    assert (wish.user_id, wish.name, wish.on) == ("ann", "Ann", True)
    mark = WatchMark(user_id="ann", name="Ann", by="col<b>league</b>", at=make.start)
    live.session.apply(WatchedChanged((mark,)))
    assert window.card.head.watch.text() == "Watched"
    assert "col&lt;b&gt;league" in window.card.head.watch.toolTip()
    people, lines = window.people.model, window.transcript.model
    assert people.index(people.row_of_user("ann"), 0).data(Role.WATCHED)
    assert "watched" in people.index(people.row_of_user("ann"), 0).data(SPOKEN)
    assert not people.index(people.row_of_user("ben"), 0).data(Role.WATCHED)
    line = lines.index(lines.row_of_line("line1"), 0)
    assert line.data(Role.WATCHED)
    assert line.data(SPOKEN).startswith("watched, ")
    press(window, Qt.Key.Key_O)
    assert not window.sent.of(WatchPerson)[-1].on
    live.session.apply(WatchedChanged((replace(mark, on=False, at=make.start + 1),)))
    assert window.card.head.watch.text() == "Watch"
    assert not line.data(Role.WATCHED)


def test_nobody_is_watched_where_nobody_is_chosen(window, live, recorder):
    recorder.watch(said=live.controller.said)
    press(window, Qt.Key.Key_O)
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert window.sent.of(WatchPerson) == []
    assert "Choose one person first." in recorder.of("said")[-1][0]


def test_a_mark_that_is_not_kept_is_said(window, live, card, answer, recorder):
    card()
    recorder.watch(said=live.controller.said)
    window.card.head.watch.click()
    answer(WatchPerson, Remembered, sentence="The disk is full.")
    assert recorder.of("said")[-1] == ("The disk is full.", "bad")
    assert not window.card.head.watch.isChecked()


def test_a_note_is_written_by_keys_alone(window, live, card, make, qtbot):
    card()
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    notes = window.card.tabs.notes
    qtbot.waitUntil(notes.field.hasFocus)
    QTest.keyClicks(notes.field, "Sells tickets")
    press(notes.field, Qt.Key.Key_Return)
    (wish,) = window.sent.of(WriteNote)
    assert (wish.user_id, wish.text, notes.field.text()) == ("ann", "Sells tickets", "")
    asked = len(window.sent.of(AskPerson))
    live.session.apply(NotesChanged(("ben",)))
    assert len(window.sent.of(AskPerson)) == asked
    live.session.apply(NotesChanged(("ann",)))
    assert len(window.sent.of(AskPerson)) == asked + 1


def test_notes_stand_newest_first_and_are_plain(window, card, make):
    note = Note(note_id="n1", user_id="ann", text="<b>one</b>\u202e\ntwo", by="mod", at=make.start)
    card(notes=(note, replace(note, note_id="n2", text="later", by="other")))
    first, second = rows(window.card.tabs.notes.list)
    assert first.endswith("other: later")
    assert "mod: <b>one</b>" in second
    assert "\u202e" not in second
    assert "\n" not in second


def test_a_note_that_is_refused_stands_in_the_field_again(window, card, answer, live, recorder):
    card()
    recorder.watch(said=live.controller.said)
    notes = window.card.tabs.notes
    notes.field.setText("Too much")
    press(notes.field, Qt.Key.Key_Return)
    answer(WriteNote, Remembered, sentence="No.")
    assert notes.field.text() == "Too much"
    assert recorder.of("said")[-1] == ("The note was not kept: No.", "bad")


def test_a_note_is_taken_back_and_its_words_are_not_lost(window, card, answer, make):
    note = Note(note_id="n1", user_id="ann", text="Sells", by="mod", at=make.start)
    card(notes=(note,))
    notes = window.card.tabs.notes
    window.card.tabs.bar.setCurrentIndex(3)
    notes.list.setFocus()
    notes.list.setCurrentRow(0)
    press(notes.list, Qt.Key.Key_Delete)
    assert [wish.note_id for wish in window.sent.of(RemoveNote)] == ["n1"]
    answer(RemoveNote, Remembered)
    assert notes.field.text() == "Sells"


def test_other_sessions_open_and_close_by_keys(window, card, answer, make, qtbot):
    here = PersonSession(CID, "hall", "session-hall", make.start - 9, make.start, 3, 0)
    running = PersonSession("default:yard", "Yard", "session-yard", make.start - 60, 0, 1, 0)
    earlier = PersonSession(CID, "hall", "old", make.start - 90_000, make.start - 89_000, 7, 2)
    card(session_id="session-hall", sessions=(here, running, earlier))
    sessions = window.card.tabs.sessions
    shown = rows(sessions.list)
    assert len(shown) == 2
    assert "Yard" in shown[0]
    assert "now" in shown[0]
    assert shown[1].endswith("7 lines, 2 raised")
    window.card.tabs.bar.setCurrentIndex(1)
    sessions.list.setFocus()
    press(sessions.list, Qt.Key.Key_J)
    press(sessions.list, Qt.Key.Key_J)
    press(sessions.list, Qt.Key.Key_Return)
    (question,) = window.sent.of(AskPersonSession)
    assert (question.cid, question.user_id, question.session_id) == (CID, "ann", "old")
    items = (JudgedItem(make.said("u9", text="long ago"), ()),)
    answer(AskPersonSession, PersonSessionLines, items=items)
    assert sessions.currentIndex() == 1
    assert sessions.lines_model.index(0, 0).data() == "long ago"
    qtbot.waitUntil(sessions.lines.hasFocus)
    press(sessions.lines, Qt.Key.Key_Escape)
    assert sessions.currentIndex() == 0
    assert window.card.name.text() == "Ann"  # Esc went one step back and aimed at nobody else


def test_the_same_person_on_two_devices_is_one_person(window, live, choose, make):
    phone = make.person("ann", user_session_id="ann-2", muted=frozenset({"audio"}))
    laptop = make.person("ann", live=frozenset({"audio"}), live_known=True)
    live.session.apply(make.people(laptop, phone))
    assert window.people.model.rowCount() == 3
    choose()
    words = [chip.word() for chip in window.card.head.chips if chip.isVisible()]
    assert words[:2] == ["2 devices", "mic on"]
    assert live.controller.why_not("mute_audio", live.controller.target) == ""  # one still sends


def test_twins_carry_a_part_of_their_id_and_a_blank_name_is_the_id(window, live, choose, make):
    twins = (make.person("ann-0001", name="Ann"), make.person("blank", name="\u200b \u2800"))
    live.session.apply(make.people(*twins))
    choose("ann")
    assert window.card.name.text() == "Ann (ann)"
    choose("ann-0001")
    assert window.card.name.text() == "Ann (ann-0001)"
    choose("blank")
    assert window.card.name.text() == "blank"
