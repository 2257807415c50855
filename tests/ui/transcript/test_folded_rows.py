"""Joins and leaves fold into one growing row, which opens on demand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.protocol.to_window import Noticed, NoticeKind
from console.ui.state.entries import FoldedEntry, ItemEntry, NoticeEntry
from console.ui.transcript import folded_rows
from console.ui.transcript.transcript_model import TranscriptModel

JOINED, LEFT = NoticeKind.JOINED, NoticeKind.LEFT


@pytest.fixture
def transcript(session):
    return TranscriptModel(session)


@pytest.fixture
def happen(session, make):
    def told(*kinds, cid=make.cid):
        session.apply(Noticed(tuple(make.notice(kind, cid=cid) for kind in kinds)))

    return told


def words(model):
    return [
        folded_rows.folded_words(entry) if isinstance(entry, FoldedEntry) else type(entry).__name__
        for entry in (model.entry(row) for row in range(model.rowCount()))
    ]


def flush(model):
    model._flush_all()


def test_a_raid_is_one_row_that_grows(transcript, happen):
    for _ in range(50):
        happen(JOINED)
    happen(LEFT, LEFT)
    flush(transcript)
    assert words(transcript) == ["50 joined, 2 left"]


def test_one_alone_is_told_as_before(transcript, happen):
    happen(JOINED)
    flush(transcript)
    assert words(transcript) == ["NoticeEntry"]


def test_lines_acts_and_other_calls_stand_between(transcript, happen, session, make):
    happen(JOINED, LEFT)
    session.apply(make.heard(make.said()))
    happen(JOINED, JOINED, NoticeKind.MUTED, LEFT)
    happen(LEFT, LEFT, cid="default:yard")
    flush(transcript)
    assert words(transcript) == [
        "1 joined, 1 left",
        "ItemEntry",
        "2 joined",
        "NoticeEntry",
        "NoticeEntry",
        "2 left",
    ]


def test_no_row_is_added_or_moved_while_it_grows(transcript, happen, session, make, qtmodeltester):
    session.apply(make.heard(make.said()))
    happen(JOINED, JOINED)
    flush(transcript)
    inserted, changed = [], []
    transcript.rowsInserted.connect(lambda *_: inserted.append(1))
    transcript.dataChanged.connect(lambda first, *_: changed.append(first.row()))
    happen(JOINED)
    flush(transcript)
    assert (inserted, changed) == ([], [1])
    assert words(transcript) == ["ItemEntry", "3 joined"]
    qtmodeltester.check(transcript)


def test_while_held_nothing_is_added_and_then_all_of_it(transcript, happen):
    happen(JOINED, JOINED)
    transcript.hold()
    happen(JOINED, LEFT)
    flush(transcript)
    assert words(transcript) == ["2 joined"]
    transcript.release()
    assert words(transcript) == ["3 joined, 1 left"]


def test_an_opened_row_shows_each_and_stays_open(transcript, happen):
    happen(JOINED, JOINED, LEFT)
    flush(transcript)
    assert transcript.open(0)
    assert not transcript.open(0)
    assert [type(transcript.entry(row)) for row in range(3)] == [NoticeEntry] * 3
    happen(JOINED, JOINED)
    flush(transcript)
    assert words(transcript) == ["NoticeEntry"] * 3 + ["2 joined"]


def test_many_begin_another_row(transcript, happen, monkeypatch):
    monkeypatch.setattr(folded_rows, "MOST", 3)
    happen(*[JOINED] * 7)
    flush(transcript)
    assert words(transcript) == ["3 joined", "3 joined", "NoticeEntry"]


def test_a_filter_and_another_call_fold_anew(transcript, happen, session, make):
    happen(JOINED, JOINED)
    session.apply(make.heard(make.said(cid="default:yard")))
    happen(JOINED)
    flush(transcript)
    transcript.set_cid(make.cid)
    assert words(transcript) == ["3 joined"]
    transcript.set_show_notices(False)
    assert words(transcript) == []
    happen(NoticeKind.KICKED)
    flush(transcript)
    assert words(transcript) == ["NoticeEntry"]


def test_who_it_was_is_found_and_spoken(transcript, happen):
    happen(JOINED, LEFT)
    flush(transcript)
    spoken = transcript.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1 joined, 1 left: Ann was joined. Ann was left." in spoken
    assert transcript.find("ann was left", -1) == 0


def test_enter_and_a_double_click_open_it(window, happen, say, qtbot):
    say(1)
    happen(JOINED, JOINED)
    panel = window.transcript
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    panel.list.go_to(1)
    assert panel.activate() == ""
    assert panel.model.rowCount() == 3
    say(1)
    happen(LEFT, LEFT)
    panel.list.follow()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    place = panel.list.visualRect(panel.model.index(4)).center()
    panel.list.viewport().repaint()
    window.context.clock.time += 5
    QTest.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.model.rowCount() == 6
    assert isinstance(panel.model.entry(0), ItemEntry)


def test_changes_of_permissions_fold_with_each_other_and_with_nothing_else(transcript, happen):
    happen(*[NoticeKind.PERMISSIONS] * 28)
    happen(JOINED)
    happen(NoticeKind.PERMISSIONS)
    flush(transcript)

    assert words(transcript) == ["28 changes of permissions", "NoticeEntry", "NoticeEntry"]
