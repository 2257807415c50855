"""The team's panel, who is here in the head of a call, and the hand-over sheet."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.domain.about_person import Note, WatchMark
from console.domain.act import ReceiptState
from console.domain.raised import Handling, RaisedItem, Step
from console.domain.sanction import Claim, Form, Sanction
from console.domain.team import (
    Acted,
    Colleague,
    Ended,
    GaveBack,
    Marked,
    Reopened,
    TeamMember,
    Told,
    Took,
    Wrote,
)
from console.protocol.handover import AskHandover, Handover
from console.protocol.raised import RaisedChanged
from console.protocol.team import TeamChanged, TeamTold
from console.ui.state.raised_words import state_words
from console.ui.team.team_words import did, status_words

HALL = "default:hall"
HOSTILE = "Ben</b>\u202e was fired"


def colleague(user_id="ben-2", name="Ben", cid=HALL, **fields):
    defaults = {"held": 0, "consoles": 1, "shares": False, "heard_at": 1.0}
    return Colleague(user_id=user_id, name=name, cid=cid, **(defaults | fields))


def joined(*colleagues, **fields):
    member = TeamMember(user_id="ben-2", name="Ben", role="moderator")
    return TeamChanged(
        channel="messaging:desk", joined=True, members=(member,), colleagues=colleagues, **fields
    )


def told(word, number=1, name="Ben", ours=False):
    return Told(told_id=str(number), by="ben-2", name=name, at=1.0, word=word, ours=ours)


def rows(listed):
    return [listed.item(row).text() for row in range(listed.count())]


@pytest.fixture
def panel(window):
    QTest.keyClick(window, Qt.Key.Key_F12)
    return window.team


def test_off_at_first_and_said_why(panel, live):
    assert "Off: no channel of the team is named" in panel.status.text()
    assert "only your app's roles say who may read a channel" in panel.status.text()
    assert panel.people.count() == 0


def test_who_is_there_where_they_look_and_what_they_hold(panel, live):
    ours = colleague("mod", "Moderator", "")
    live.session.apply(TeamChanged(channel="messaging:desk"))
    assert panel.status.text() == "Joining messaging:desk…"
    ben = colleague(name=HOSTILE, held=2, shares=True)
    live.session.apply(joined(ben, ours, outsiders=("guest",)))
    first, second = rows(panel.people)
    assert "\u202e" not in first
    assert first.endswith("holds 2 · looks at hall · shares Stream's verdicts")
    assert second == "Moderator\nyou · all calls"
    assert "No moderators by their role: guest." in panel.status.text()


def test_enter_shows_the_call_that_a_colleague_looks_at(panel, live):
    live.session.apply(joined(colleague(cid="default:yard")))
    panel.take_focus()
    QTest.keyClick(panel.people, Qt.Key.Key_J)
    QTest.keyClick(panel.people, Qt.Key.Key_Return)
    assert live.controller.cid == "default:yard"


def test_the_head_of_a_call_names_colleagues_who_are_there(window, live):
    head = window.transcript.header
    assert head._here.isHidden()
    live.session.apply(joined(colleague(name=HOSTILE), colleague("mod", "Moderator")))
    assert not head._here.isHidden()
    assert "here" in head._here.word()
    assert "\u202e" not in head._here.word()
    live.controller.choose_call("default:yard")
    assert head._here.isHidden()


def test_what_was_done_stands_newest_first(panel, live):
    live.session.apply(TeamTold((told(Took(("a", "b"))), told(GaveBack(("a",)), 2))))
    live.session.apply(TeamTold((told(Wrote("n", "ann", "<b>x</b>"), 3, ours=True),)))
    first, second, third = rows(panel.lately)
    assert first.endswith("you wrote about ann: <b>x</b>")
    assert second.endswith("Ben gave back 1 raised item")
    assert third.endswith("Ben took 2 raised items")
    live.session.clear()
    live.session.apply(TeamTold((told(Took(("a",)), 9),)))
    assert len(rows(panel.lately)) == 1


@pytest.mark.parametrize(
    ("word", "words"),
    [
        (Ended("d", Step.DISMISS, ("a",), "a joke"), "dismissed 1 raised item: a joke"),
        (Ended("d", Step.HANDLE, ("a",)), "marked 1 raised item as handled"),
        (Reopened("d", ("a", "b")), "opened 2 raised items again"),
        (Marked("ann", "Ann", True), "wants Ann to be watched"),
        (Wrote("n", "ann", "", removed=True), "took back a note about ann"),
        (
            Acted(
                act_id="a",
                kind="kick",
                state=ReceiptState.SEEN,
                cid=HALL,
                at=1.0,
                user_ids=("ann",),
                names=("\u202eAnn",),
                call_name="Hall",
                reason="spam",
                undone_by="u",
            ),
            "in Hall: spam (undone)",
        ),
    ],
)
def test_each_word_has_its_sentence(word, words):
    assert words in did(told(word))
    assert "\u202e" not in did(told(word))


def test_what_is_wrong_comes_first():
    assert status_words(replace(joined(), joined=False, sentence="No member.")) == (
        "No member.",
        "bad",
    )
    assert status_words(joined(lost=2))[0].endswith("The team was not told 2 things.")


def raised(make, key, **handling):
    return RaisedItem(
        item=make.said(key, author_id="ann", author_name="Ann"),
        verdict=make.verdict(key),
        handling=Handling(item_id=key, incident=key, raised_at=make.start - 120, **handling),
    )


def test_the_sheet_says_what_the_next_shift_has_to_know(window, live, make, tmp_path, qtbot):
    live.session.apply(joined(colleague()))
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    dialog = window.dialogs.open_dialog
    (question,) = window.sent.of(AskHandover)
    assert question.since == make.start - 8 * 3600
    claim = Claim(by="ben-2", reason="sells", since=make.start - 60, until=make.start + 3600)
    ban = Sanction(form=Form.BANNED, user_id="ann", name="Ann\u202e", claims=(claim,))
    revoked = Sanction(
        form=Form.REVOKED,
        user_id="cleo",
        cid=HALL,
        what="send-audio",
        call_name="Hall",
        claims=(Claim(by="", sticky=True),),
    )
    live.engine.say(
        Handover(
            question.request_id,
            at=make.start,
            open_items=(raised(make, "u1", holder="ben-2"), raised(make, "u2")),
            open_count=5,
            in_force=(ban, revoked),
            done=7,
            notes=(Note(note_id="n", user_id="ann", text="One\n\u202etwo", by="mod", at=1.0),),
            watched=(WatchMark(user_id="ann", name="Ann", by="mod", at=1.0),),
        )
    )
    text = dialog.text.toPlainText()
    for words in (
        "7 acts were done in it",
        "Open: 5 raised items",
        "“words of u1” in hall, flag, scam, medium severity, open for 2 min, held by Ben",
        "and 3 more, less grave",
        "Held: 1 of them",
        "is banned from the app until",
        "(1 h from now), by Ben: sells",
        "cleo is revoked (microphone) in Hall, applied again by this console, by somebody",
        "Watched: 1 person",
        "about ann: One",
    ):
        assert words in text, words
    assert "\u202e" not in text
    dialog.save_to(str(tmp_path / "sheet.txt"))
    assert (tmp_path / "sheet.txt").read_text("utf-8") == text
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == text
    dialog.findChild(QPushButton, "h12").click()
    assert window.sent.of(AskHandover)[-1].since == make.start - 12 * 3600
    dialog.close()


def test_who_holds_what_one_had_taken_is_said_by_name(window, live, make, recorder):
    recorder.watch(said=live.controller.said)
    live.session.apply(joined(colleague(name="Ben Okafor")))
    live.session.apply(RaisedChanged((raised(make, "u1", holder="mod"), raised(make, "u2"))))
    live.session.apply(RaisedChanged((raised(make, "u2", holder="ben-2"),)))
    assert recorder.of("said") == []
    theirs = raised(make, "u1", holder="ben-2", taken_at=make.start)
    live.session.apply(RaisedChanged((theirs,)))
    assert recorder.of("said") == [("Ben Okafor holds 1 raised item that you had taken.", "warn")]
    assert "taken by Ben Okafor" in state_words(theirs, "mod", live.session.team.called)
    live.session.apply(RaisedChanged((replace(theirs, handling=raised(make, "u1").handling),)))
    assert len(recorder.of("said")) == 1


def test_a_sheet_that_cannot_be_read_says_so(window, live, qtbot):
    QTest.keyClick(window, Qt.Key.Key_F12)
    window.team.sheet.click()
    dialog = window.dialogs.open_dialog
    (question,) = window.sent.of(AskHandover)
    live.engine.say(Handover(question.request_id, sentence="You are not signed in."))
    assert dialog.said.text() == "You are not signed in."
    dialog.close()
