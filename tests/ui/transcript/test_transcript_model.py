import pytest
from PySide6.QtCore import Qt

from console.domain.phase import Phase
from console.domain.raised import RaisedState
from console.protocol.to_window import EngineState, Noticed, NoticeKind
from console.ui.state.history import History
from console.ui.state.session_state import SessionState
from console.ui.transcript import transcript_model
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.roles import Role

START = 1_800_000_000.0


@pytest.fixture
def transcript(session, make):
    session.apply(make.calls(make.call(name="Hall"), make.call("a:2", name="Other")))
    return TranscriptModel(session)


def flush(model):
    model._flush_all()


def ids(model):
    flush(model)
    entries = [model.entry(row) for row in range(model.rowCount())]
    return [e.item.item_id if hasattr(e, "item") else type(e).__name__ for e in entries]


def say(session, make, *keys, action=None, **fields):
    said = [make.said(key, **fields) for key in keys]
    verdicts = [make.verdict(key, action=action) for key in keys] if action else []
    session.apply(make.heard(*said, verdicts=verdicts))


def test_qt_accepts_the_model(transcript, session, make, qtmodeltester):
    say(session, make, "u1", "u2", action="flag")
    session.apply(Noticed(notices=(make.notice(),)))
    session.apply(make.gap())
    flush(transcript)
    assert transcript.rowCount() == 4
    qtmodeltester.check(transcript)


def test_lines_notices_and_gaps_in_order_of_arrival(transcript, session, make):
    say(session, make, "u1")
    session.apply(Noticed(notices=(make.notice(),)))
    session.apply(make.gap())
    say(session, make, "u2")
    assert ids(transcript) == ["u1", "NoticeEntry", "GapEntry", "u2"]


def test_rows_come_once_a_frame(transcript, session, make, recorder, qtbot):
    recorder.watch(inserted=transcript.rowsInserted)
    for number in range(20):
        say(session, make, f"u{number}")
    assert transcript.rowCount() == 1
    qtbot.waitUntil(lambda: transcript.rowCount() == 20, timeout=2000)
    assert len(recorder.all) == 2


def test_a_flood_is_spread_over_frames(transcript, session, make, monkeypatch, qtbot):
    monkeypatch.setattr(transcript_model, "MAX_IN_A_FRAME", 5)
    say(session, make, *(f"u{number}" for number in range(12)))
    assert transcript.rowCount() == 5
    qtbot.waitUntil(lambda: transcript.rowCount() == 12, timeout=2000)


def test_one_call_or_all(transcript, session, make):
    say(session, make, "u1")
    say(session, make, "u2", cid="a:2")
    session.apply(make.gap("a:2"))
    assert ids(transcript) == ["u1", "u2", "GapEntry"]
    transcript.set_cid("a:2")
    say(session, make, "u3")
    assert ids(transcript) == ["u2", "GapEntry"]
    transcript.set_cid("")
    assert ids(transcript) == ["u1", "u2", "GapEntry", "u3"]


def test_a_verdict_changes_its_row_only(transcript, session, make, recorder):
    say(session, make, "u1", "u2", "u3")
    flush(transcript)
    recorder.watch(changed=transcript.dataChanged)
    session.apply(make.judged(make.verdict("u2")))
    ((first, last, *_),) = recorder.of("changed")
    assert (first.row(), last.row()) == (1, 1)
    assert transcript.index(1).data(Role.ENTRY).verdict == make.verdict("u2")
    assert transcript.entry(1).raised


def test_a_verdict_on_a_line_that_is_no_row_yet(transcript, session, make):
    say(session, make, "u1")
    say(session, make, "u2")
    session.apply(make.judged(make.verdict("u2")))
    assert ids(transcript) == ["u1", "u2"]
    assert transcript.entry(1).raised


def test_new_lines_wait_while_the_reader_looks_back(transcript, session, make, recorder):
    recorder.watch(pending=transcript.pending_changed, shown=session.entries_shown)
    say(session, make, "u1")
    transcript.hold()
    say(session, make, "u2", "u3")
    session.apply(Noticed(notices=(make.notice(),)))
    session.apply(make.judged(make.verdict("u3")))
    assert ids(transcript) == ["u1"]
    assert transcript.pending_count == 2
    transcript.release()
    transcript.release()
    assert ids(transcript) == ["u1", "u2", "u3", "NoticeEntry"]
    assert transcript.entry(2).raised
    assert recorder.of("pending") == [2, 2, 0]
    assert [len(entries) for entries in recorder.of("shown")] == [1]


def test_verdicts_show_while_held(transcript, session, make):
    say(session, make, "u1")
    transcript.hold()
    session.apply(make.judged(make.verdict("u1")))
    assert transcript.entry(0).raised


def test_choosing_another_call_ends_the_hold(transcript, session, make):
    say(session, make, "u1")
    transcript.hold()
    say(session, make, "u2")
    transcript.set_cid(make.cid)
    assert not transcript.held
    assert transcript.pending_count == 0
    assert ids(transcript) == ["u1", "u2"]


def test_raised_lines_only(transcript, session, make):
    say(session, make, "u1", action="keep")
    say(session, make, "u2", action="flag")
    say(session, make, "u3")
    session.apply(Noticed(notices=(make.notice(),)))
    session.apply(make.gap())
    transcript.set_raised_only(True)
    assert ids(transcript) == ["u2", "GapEntry"]
    session.apply(make.judged(make.verdict("u3"), make.verdict("u1", action="remove")))
    assert ids(transcript) == ["u1", "u2", "u3", "GapEntry"]
    session.apply(make.judged(make.verdict("u2", action="keep")))
    assert ids(transcript) == ["u1", "u3", "GapEntry"]


def test_held_raised_lines_neither_come_nor_go(transcript, session, make):
    say(session, make, "u1")
    say(session, make, "u2", action="flag")
    transcript.set_raised_only(True)
    transcript.hold()
    session.apply(make.judged(make.verdict("u1"), make.verdict("u2", action="keep")))
    assert ids(transcript) == ["u2"]
    assert transcript.pending_count == 1
    transcript.release()
    assert ids(transcript) == ["u1"]


def test_events_can_be_hidden(transcript, session, make):
    session.apply(Noticed(notices=(make.notice(NoticeKind.JOINED), make.notice())))
    say(session, make, "u1")
    transcript.set_show_notices(False)
    assert ids(transcript) == ["NoticeEntry", "u1"]  # what was done to people stays


def test_a_trimmed_memory_trims_the_rows(qapp, clock, make):
    session = SessionState(clock, History(capacity=5))
    transcript = TranscriptModel(session)
    for number in range(8):
        say(session, make, f"u{number}")
    assert ids(transcript) == ["u3", "u4", "u5", "u6", "u7"]
    transcript.hold()
    for number in range(8, 10):
        say(session, make, f"u{number}")
    assert ids(transcript)[0] == "u3"
    transcript.release()
    assert ids(transcript) == ["u5", "u6", "u7", "u8", "u9"]


def test_what_is_trimmed_before_its_frame_never_becomes_a_row(qapp, clock, make):
    session = SessionState(clock, History(capacity=3))
    transcript = TranscriptModel(session)
    say(session, make, "u0")
    say(session, make, *(f"u{number}" for number in range(1, 8)))
    assert ids(transcript) == ["u5", "u6", "u7"]


def test_walking_the_open_lines_goes_around(transcript, session, make):
    for number in range(6):
        say(session, make, f"u{number}", action="flag" if number in (1, 3, 4) else "keep")
    flush(transcript)
    assert (transcript.open_after(-1), transcript.open_before(-1)) == (-1, -1)
    handled = make.raised_item("u3", state=RaisedState.HANDLED)
    session.apply(make.raised(make.raised_item("u1"), handled, make.raised_item("u4")))
    assert [transcript.open_after(row) for row in (-1, 1, 4)] == [1, 4, 1]
    assert [transcript.open_before(row) for row in (-1, 4, 1)] == [4, 1, 4]
    session.apply(make.raised(make.raised_item("u4", state=RaisedState.DISMISSED)))
    assert (transcript.open_after(1), transcript.open_before(1)) == (-1, -1)


def test_what_became_of_a_line_stands_on_it_and_changes_only_its_row(transcript, session, make):
    session.apply(EngineState(phase=Phase.LIVE, user_id="mod"))
    for number in range(3):
        say(session, make, f"u{number}", action="flag")
    flush(transcript)
    changed = []
    transcript.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    session.apply(make.raised(make.raised_item("u1")))
    assert transcript.index(1).data(Role.MARK) is None
    taken = make.raised_item("u1", holder="mod", taken_at=START)
    session.apply(make.raised(taken))
    assert transcript.index(1).data(Role.MARK).word == "MINE"
    dismissed = make.raised_item("u1", state=RaisedState.DISMISSED, by="ann", at=START)
    session.apply(make.raised(dismissed))
    mark = transcript.index(1).data(Role.MARK)
    assert (mark.word, mark.ended) == ("DISMISSED", True)
    spoken = transcript.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Dismissed by ann at" in spoken
    assert changed == [1, 1, 1]


def test_find_goes_around(transcript, session, make):
    say(session, make, "u0", text="Crème brûlée")
    say(session, make, "u1", text="something")
    say(session, make, "u2", text="CREME again")
    flush(transcript)
    assert transcript.find("creme", 0) == 2
    assert transcript.find("creme", 2) == 0
    assert transcript.find("creme", 0, backwards=True) == 2
    assert transcript.find("creme", -1) == 0
    assert transcript.find("nowhere", 0) == -1
    assert transcript.find("", 0) == -1


def test_targets_of_rows(transcript, session, make):
    say(session, make, "u1")
    session.apply(Noticed(notices=(make.notice(), make.notice(user_ids=("ann", "bob")))))
    session.apply(make.gap())
    flush(transcript)
    targets = [transcript.index(row).data(Role.TARGET) for row in range(4)]
    assert [target and (target.user_id, target.call_name) for target in targets] == [
        ("ann", "Hall"),
        ("ann", "Hall"),
        None,
        None,
    ]


def test_a_row_is_spoken_whole(transcript, session, make):
    say(session, make, "u1", action="flag")
    spoken = transcript.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(" in Hall, Ann: words of u1. Verdict: flag, scam, medium severity")
    transcript.set_cid(make.cid)
    spoken = transcript.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert " in Hall" not in spoken


def test_finding_a_line(transcript, session, make):
    say(session, make, "u1", "u2")
    assert transcript.row_of_line("u2") == 1
    assert transcript.row_of_line("unknown") == -1


def test_cleared(transcript, session, make):
    say(session, make, "u1")
    session.clear()
    assert ids(transcript) == []
