import pytest
from PySide6.QtCore import Qt

from console.domain.act import ReceiptState
from console.protocol.acts import ActsChanged
from console.protocol.to_window import Noticed, NoticeKind
from console.ui.acts.acts_model import ActColumn, ActsModel
from console.ui.widgets.roles import Role


@pytest.fixture
def acts(session, make):
    session.apply(make.calls(make.call(name="Hall")))
    return ActsModel(session)


def texts(model, row):
    return [model.index(row, column).data() for column in ActColumn][1:]


def test_qt_accepts_the_model(acts, session, make, qtmodeltester):
    session.apply(ActsChanged(acts=(make.progress(),)))
    session.apply(Noticed(notices=(make.notice(),)))
    assert acts.rowCount() == 2
    qtmodeltester.check(acts)


def test_a_receipt_grows_in_its_row(acts, session, make, recorder):
    act = make.act(kind="mute_audio")
    session.request_noted(make.progress(act))
    assert texts(acts, 0) == ["Mute microphone", "Ann", "Hall", "waits to be sent", "", ""]
    recorder.watch(changed=acts.dataChanged)
    times = {
        "queued_at": make.start + 0.002,
        "sent_at": make.start + 0.01,
        "accepted_at": make.start + 0.05,
        "seen_at": make.start + 0.09,
    }
    session.apply(ActsChanged(acts=(make.progress(act, ReceiptState.SEEN, **times),)))
    assert acts.rowCount() == 1
    assert texts(acts, 0)[3:] == [
        "seen",
        "queued 2 ms · sent 10 ms · accepted 50 ms · seen 90 ms",
        "",
    ]
    assert len(recorder.of("changed")) == 1
    assert acts.progress(0).act == act
    assert acts.index(0, 0).data(Role.STEPS).steps[3].name == "seen"


def test_failure_says_why_and_may_be_retried(acts, session, make):
    failed = make.progress(state=ReceiptState.FAILED, reason="Refused: \x1b[31mno.")
    session.apply(ActsChanged(acts=(failed,)))
    assert texts(acts, 0)[3:5] == ["failed", "Refused: ␛[31mno."]
    assert not acts.can_undo(0)


def test_undo_is_offered_until_it_is_under_way(acts, session, make):
    session.apply(ActsChanged(acts=(make.progress(state=ReceiptState.SEEN, undoable=True),)))
    assert acts.can_undo(0)
    undo = make.act("a2", "grant_audio", undo_of="a1")
    session.request_noted(make.progress(undo))
    assert texts(acts, 0)[-1] == "undoing"
    done = make.progress(state=ReceiptState.SEEN, undoable=True, undone_by="a2")
    session.apply(ActsChanged(acts=(done,)))
    assert texts(acts, 0)[-1] == "undone"
    assert not acts.can_undo(0)


def test_what_others_did_is_logged_and_what_confirms_ours_is_not(acts, session, make):
    session.apply(
        Noticed(
            notices=(
                make.notice(NoticeKind.KICKED, text="Ann was kicked.", actor_id="colleague"),
                make.notice(NoticeKind.BLOCKED, act_id="a1"),
                make.notice(NoticeKind.JOINED),
                make.notice(NoticeKind.WARNING, text="Warned.", user_ids=()),
            )
        )
    )
    assert texts(acts, 0) == ["Ann was kicked.", "ann", "Hall", "by colleague", "", ""]
    assert texts(acts, 1) == ["Warned.", "", "Hall", "by Stream's call rules", "", ""]
    assert acts.rowCount() == 2
    assert acts.act_id(0) == ""
    assert acts.progress(0) is None


def test_the_log_is_bounded(session, make):
    acts = ActsModel(session, capacity=3)
    for number in range(5):
        session.apply(ActsChanged(acts=(make.progress(make.act(f"a{number}")),)))
    assert [acts.act_id(row) for row in range(acts.rowCount())] == ["a2", "a3", "a4"]
    assert (acts.row_of("a4"), acts.row_of("a0")) == (2, -1)


def test_a_row_is_spoken_whole(acts, session, make):
    session.apply(ActsChanged(acts=(make.progress(make.act(kind="kick")),)))
    spoken = acts.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(", Kick, Ann, Hall, waits to be sent")


def test_cleared(acts, session, make):
    session.apply(ActsChanged(acts=(make.progress(),)))
    session.clear()
    assert acts.rowCount() == 0


def test_an_act_of_a_newer_version_is_shown_and_cannot_be_undone(acts, session, make):
    session.apply(ActsChanged(acts=(make.progress(make.act("a9", "praise_user"), undoable=True),)))
    row = acts.row_of("a9")
    assert texts(acts, row)[:2] == ["Praise user", "Ann"]
    assert not acts.can_undo(row)
