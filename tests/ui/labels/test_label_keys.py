"""Saying of a verdict whether it is right, by one key wherever it or its why is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.given_label import LabelCounts, Says, ShownLabel
from console.protocol.labels import GiveLabel, LabelKept, LabelsChanged, TakeBackLabel
from console.ui.labels.label_dialog import LabelDialog

SHIFT = Qt.KeyboardModifier.ShiftModifier


def given(window):
    return window.sent.of(GiveLabel)


def keep(window, before=None, sentence=""):
    """The engine keeps the last label that was given, and tells it."""
    wanted = given(window)[-1]
    say = window.context.engine.say
    if not sentence:
        shown = ShownLabel(wanted.item_id, wanted.says, wanted.label, "mod", 1.0)
        say(LabelsChanged(changed=(shown,), counts=LabelCounts(right=1)))
    say(LabelKept(wanted.request_id, before=before, sentence=sentence))


@pytest.fixture
def line(window, say):
    """A line in the transcript, with the keyboard on it."""
    (key,) = say()
    window.transcript.list.go_to(window.transcript.model.row_of_line(key))
    window.transcript.list.setFocus()
    return key


@pytest.mark.parametrize(("key", "says"), [(Qt.Key.Key_R, Says.RIGHT), (Qt.Key.Key_X, Says.WRONG)])
def test_a_key_in_the_transcript_says_it_of_the_current_line(window, line, key, says):
    QTest.keyClick(window, key, SHIFT)
    (wanted,) = given(window)
    assert (wanted.item_id, wanted.says, wanted.action) == (line, says, "keep")
    keep(window)
    assert f"Labelled: {says.value}. It is kept" in window.strip.said.accessibleName()


def test_what_the_engine_refuses_is_told_and_cannot_be_undone(window, line):
    QTest.keyClick(window, Qt.Key.Key_R, SHIFT)
    keep(window, sentence="Its verdict changed just now.")
    assert "changed just now" in window.strip.said.accessibleName()
    assert window.context.labelling.newest_at == 0.0


def test_without_a_line_the_key_says_what_is_missing(window, live):
    QTest.keyClick(window, Qt.Key.Key_R, SHIFT)
    assert "Choose a line" in window.strip.said.accessibleName()
    assert not given(window)


def test_undo_brings_back_what_stood_before(window, line):
    before = ShownLabel(line, Says.WRONG, "", "mod", 0.5)
    QTest.keyClick(window, Qt.Key.Key_R, SHIFT)
    keep(window, before=before)
    window.context.commands.run("undo")
    (back,) = window.sent.of(TakeBackLabel)
    assert (back.item_id, back.before) == (line, before)
    window.context.engine.say(LabelKept(back.request_id))
    assert "Undone" in window.strip.said.accessibleName()
    window.context.commands.run("undo")
    assert len(window.sent.of(TakeBackLabel)) == 1


def test_the_why_of_a_badge_shows_the_label_and_takes_the_keys(window, line, qtbot):
    QTest.keyClick(window, Qt.Key.Key_X, SHIFT)
    keep(window)
    window.transcript.explain_current()
    why = window.transcript.why
    assert "Label: wrong" in why.accessibleName()
    assert why.labels.text() == "Shift+R right   Shift+X wrong   Shift+A another label"
    QTest.keyClick(why, Qt.Key.Key_R, SHIFT)
    assert given(window)[-1].says is Says.RIGHT
    assert not why.isVisible()


def test_another_label_is_found_by_typing_and_taken_by_enter(window, line):
    window.context.session.apply(
        LabelsChanged(whole=True, known=("HARASSMENT", "THREAT", "SELF_HARM"))
    )
    QTest.keyClick(window, Qt.Key.Key_A, SHIFT)
    dialog = window.findChild(LabelDialog)
    assert dialog.said.text() == f"words of {line}"
    QTest.keyClicks(dialog.field, "har")
    assert [dialog.list.item(at).text() for at in range(dialog.list.count())] == [
        "HARASSMENT",
        "SELF_HARM",
    ]
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    (wanted,) = given(window)
    assert (wanted.says, wanted.label) == (Says.OTHER, "SELF_HARM")


def test_a_label_that_is_not_in_the_list_can_be_written(window, line):
    QTest.keyClick(window, Qt.Key.Key_A, SHIFT)
    dialog = window.findChild(LabelDialog)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.field, "DOXXING")
    dialog.go.click()
    assert given(window)[-1].label == "DOXXING"


def test_an_open_item_takes_the_keys_and_its_card_says_the_label(window, live, make, qtbot):
    said = make.said("bad", author_id="ben", author_name="Ben")
    verdict = make.verdict("bad")
    live.session.apply(make.heard(said, verdicts=[verdict]))
    live.session.apply(make.raised(make.raised_item("bad", said=said, verdict=verdict)))
    window.context.commands.run("workspace.open")
    qtbot.waitUntil(lambda: window.open.model.rowCount() > 0)
    window.context.commands.run("go.next_raised")
    QTest.keyClick(window, Qt.Key.Key_X, SHIFT)
    (wanted,) = given(window)
    assert (wanted.item_id, wanted.action) == ("bad", "flag")
    keep(window)
    card = window.item.card
    assert card.label.text() == "Labelled: wrong."
    card.saying[Says.RIGHT].click()
    assert given(window)[-1].says is Says.RIGHT
