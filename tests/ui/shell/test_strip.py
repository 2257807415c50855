"""What the strip says: the connection, the last act with its outcome, and what is heard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.raised import RaisedState
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged, LeaveAct, RequestAct, RetryAct
from console.protocol.to_window import EngineState, Problem, Pulse
from console.ui.shell.full_sentence import FullSentence
from console.ui.shell.strip_words import act_said, connection_said, hearing_said, press_said

LIVE = EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod")


def test_the_connection_has_a_word_and_a_profile():
    state = EngineState(phase=Phase.LIVE, profile="Main\u202e", user_id="mod")
    said = connection_said(state, engine_up=True, now=0.0)
    assert (said.words, said.token) == ("live · Main⟦RLO⟧", "good")
    assert "Signed in as mod" in said.help


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_a_word(phase):
    assert connection_said(EngineState(phase=phase), engine_up=True, now=0.0).words


def test_an_engine_that_is_not_up_yet_is_no_sign_out():
    said = connection_said(EngineState(phase=Phase.SIGNED_OUT), engine_up=False, now=0.0)
    assert (said.words, said.token) == ("starting", "warn")


@pytest.mark.parametrize(
    ("state", "fields", "words", "token"),
    [
        (ReceiptState.QUEUED, {}, "Kick for Ann: waits to be sent", ""),
        (ReceiptState.ACCEPTED, {}, "Kick for Ann: accepted, not seen in the call yet", ""),
        (
            ReceiptState.UNCONFIRMED,
            {"accepted_at": 1.0},
            "Kick for Ann: accepted, but the call has not shown it",
            "warn",
        ),
        (ReceiptState.UNCONFIRMED, {}, "Kick for Ann: sent, outcome not known", "warn"),
        (
            ReceiptState.UNCONFIRMED,
            {"left": True},
            "Kick for Ann: sent, outcome not known, left as it is",
            "idle",
        ),
        (
            ReceiptState.SENT,
            {"reason": "Stream did not answer. Looking whether it was done."},
            "Kick for Ann: Stream did not answer. Looking whether it was done.",
            "warn",
        ),
        (
            ReceiptState.FAILED,
            {"reason": "Not allowed."},
            "Kick for Ann failed: Not allowed.",
            "bad",
        ),
        (ReceiptState.SEEN, {}, "Kicked Ann, seen after 48 ms", "good"),
        (ReceiptState.SEEN, {"undone_by": "a2"}, "Kicked Ann, undone since", ""),
    ],
)
def test_an_act_is_one_sentence_with_its_outcome(make, state, fields, words, token):
    if state is ReceiptState.SEEN:
        fields = fields | {"seen_at": make.start + 0.048}
    said = act_said(make.progress(make.act(kind="kick"), state, **fields))
    assert (said.words, said.token) == (words, token)


def test_hearing_names_what_is_not_heard(make):
    heard = [make.call(f"default:c{number}", captioning=True) for number in range(8)]
    lost = make.call("default:lost", captioning=True, unmonitored_since=make.start)
    mute = make.call("default:mute")
    over = make.call("default:over", ended_at=make.start)
    assert hearing_said([], LIVE, None).words == "No call is active"
    assert hearing_said(heard[:1], LIVE, None).words == "Hearing the call"
    assert hearing_said([*heard, over], LIVE, None).words == "Hearing all 8 calls"
    said = hearing_said([*heard, mute], LIVE, None)
    assert (said.words, said.token) == ("Hearing 8 of 9 calls, 1 without captions", "warn")
    said = hearing_said([*heard, mute, lost], LIVE, None)
    assert said.words.startswith("Hearing 8 of 10 calls, 1 not since ")
    assert (said.token, said.help) == ("bad", "lost\nmute")
    away = EngineState(phase=Phase.RECONNECTING, sentence="The connection is lost.")
    assert hearing_said(heard, away, None).words == "Hearing none of 8 calls"


def test_chat_that_does_not_arrive_is_told(make):
    calls = [make.call(captioning=True)]
    said = hearing_said(calls, LIVE, Pulse(at=0.0, chat_lost_since=make.start))
    assert said.words.startswith("Hearing the call, chat not since ")
    assert said.token == "warn"


def test_late_verdicts_are_told(make):
    calls = [make.call(captioning=True)]
    calm = Pulse(at=0.0, waiting=3, oldest_waiting_ms=200)
    assert hearing_said(calls, LIVE, calm).words == "Hearing the call"
    slow = Pulse(at=0.0, waiting=1200, oldest_waiting_ms=9000)
    said = hearing_said(calls, LIVE, slow)
    assert (said.words, said.token) == ("Hearing the call · verdicts 9.0 s late", "warn")


def test_the_last_act_is_undone_from_the_strip(window, live, make):
    assert window.strip.said.accessibleName() == "Nothing has been done yet."
    seen = make.progress(make.act("a1"), ReceiptState.SEEN, undoable=True)
    live.session.apply(ActsChanged(acts=(seen,)))
    assert window.strip.repair.text() == "Undo"
    window.strip.repair.click()
    assert [m.act.undo_of for m in window.sent if isinstance(m, RequestAct)] == ["a1"]
    assert not window.strip.repair.isVisible()


def test_the_act_that_was_undone_last_is_shown(window, live, make):
    first, second = make.act("a1", names=("Ann",)), make.act("a2", names=("Ben",))
    done = [make.progress(act, ReceiptState.SEEN, undoable=True) for act in (first, second)]
    live.session.apply(ActsChanged(acts=tuple(done)))
    for act, undo_id in ((second, "u2"), (first, "u1")):
        undone = make.progress(act, ReceiptState.SEEN, undoable=True, undone_by=undo_id)
        undo = make.progress(make.act(undo_id, undo_of=act.act_id), ReceiptState.SEEN)
        live.session.apply(ActsChanged(acts=(undo, undone)))
        words = f"Revoked the microphone of {act.names[0]}, undone since"
        assert window.strip.said.accessibleName() == words


def test_a_failed_act_is_sent_again_from_the_strip(window, live, make):
    failed = make.progress(make.act("a2", "kick"), ReceiptState.FAILED, reason="no")
    live.session.apply(ActsChanged(acts=(failed,)))
    assert "failed: no" in window.strip.said.accessibleName()
    window.strip.repair.click()
    assert [m.act_id for m in window.sent if isinstance(m, RetryAct)] == ["a2"]


def test_a_person_decides_where_the_outcome_is_not_known(window, live, make):
    unknown = make.progress(make.act("a2", "block"), ReceiptState.UNCONFIRMED)
    live.session.apply(ActsChanged(acts=(unknown,)))
    assert window.strip.repair.text() == "Do it again"
    window.strip.leave.click()
    assert [m.act_id for m in window.sent if isinstance(m, LeaveAct)] == ["a2"]
    left = make.progress(make.act("a2", "block"), ReceiptState.UNCONFIRMED, left=True)
    live.session.apply(ActsChanged(acts=(left,)))
    assert not window.strip.leave.isVisible()
    assert not window.strip.repair.isVisible()


def test_the_act_log_opens_and_closes_from_the_strip(window):
    log = window.docks.by_id["log"]
    assert log.isHidden()
    window.strip.log.click()
    assert log.isVisible()
    window.strip.log.click()
    assert log.isHidden()


def test_somebody_signed_out_finds_the_way_in_beside_it(window, live):
    live.session.engine_up = True
    live.session.apply(EngineState(phase=Phase.SIGNED_OUT))
    window.strip.sign_in.click()
    assert window.dialogs.open_dialog.objectName() == "sign-in-dialog"


def test_problems_are_counted_and_listed(window, live):
    for place in ("one", "two"):
        live.session.report(Problem(place=place, sentence="<b>odd</b>", at=1.0, count=2))
    assert window.strip.problems.text() == "2 problems"
    assert "4 times altogether" in window.strip.problems.toolTip()
    window.strip.problems.click()
    text = window.dialogs.open_dialog.text.toPlainText()
    assert text.count("<b>odd</b> (2×)") == 2


def test_the_numbers_stand_with_the_problems(window, live, make):
    live.session.apply(make.judged(make.verdict("nobody's line")))
    live.session.apply(Pulse(at=0.0, rss_mb=99, waiting=3))
    live.engine.restarts = 1
    window.dialogs.show_problems()
    numbers = window.dialogs.open_dialog.numbers.text()
    assert "The engine was started again once" in numbers
    assert "1 verdict for lines it does not hold" in numbers
    assert "3 wait for a verdict" in numbers
    assert "99 MB" in numbers


def test_the_acts_of_one_press_are_one_sentence_and_the_worst_counts(make):
    def acts(*states):
        return [
            make.progress(
                make.act(f"a{n}", user_ids=(f"p{n}",), names=(f"P{n}",), together="t"), state
            )
            for n, state in enumerate(states)
        ]

    some = acts(ReceiptState.SEEN, ReceiptState.FAILED, ReceiptState.SEEN)
    words = "Revoke microphone for P0, P1, P2 failed: no reason was given (1 of 3)"
    assert press_said(some).words == words
    many = press_said(acts(*[ReceiptState.SEEN] * 7)).words
    assert many.startswith("Revoked the microphone of P0, P1, P2, P3, 3 more, seen after")


def test_the_acts_of_a_bundle_are_all_named_and_the_ban_first(window, live, make):
    kinds = {"a1": "revoke_audio", "a2": "mute_audio", "a3": "ban"}
    acts = [
        make.act(key, kind=kind, names=("Ann",), together="t", minutes=60 if key == "a3" else None)
        for key, kind in kinds.items()
    ]
    seen = [make.progress(act, ReceiptState.SEEN, seen_at=make.start + 0.048) for act in acts]
    live.session.apply(ActsChanged(acts=tuple(seen)))
    words = "Banned Ann for 1 hour, with revoke microphone, mute microphone, seen after 48 ms"
    assert window.strip.said.accessibleName() == words
    failed = make.progress(acts[1], ReceiptState.FAILED, reason="Not allowed.")
    live.session.apply(ActsChanged(acts=(failed,)))
    words = (
        "Mute microphone for Ann failed: Not allowed; beside it: revoke microphone, ban for 1 hour"
    )
    assert window.strip.said.accessibleName() == words


def test_an_undo_is_told_although_a_refusal_stands_there(window, live, make):
    seen = make.progress(make.act("a1", names=("Ann",)), ReceiptState.SEEN, undoable=True)
    live.session.apply(ActsChanged(acts=(seen,)))
    live.controller.say("Choose a chat message first.", "warn")
    live.session.apply(ActsChanged(acts=(seen,)))
    assert window.strip.said.accessibleName() == "Choose a chat message first."
    undo = make.progress(make.act("u1", undo_of="a1"), ReceiptState.SENT)
    live.session.apply(ActsChanged(acts=(undo,)))
    undone = make.progress(seen.act, ReceiptState.SEEN, undoable=True, undone_by="u1")
    live.session.apply(ActsChanged(acts=(undone,)))
    words = "Revoked the microphone of Ann, undone since"
    assert window.strip.said.accessibleName() == words


def test_the_status_tip_of_a_row_does_not_cover_the_strip(window, live):
    QApplication.sendEvent(window, QStatusTipEvent("3 min"))
    assert window.statusBar().currentMessage() == ""


def test_the_strip_says_how_many_open_items_one_act_has_handled(window, live, make):
    seen = make.progress(make.act("a1"), ReceiptState.SEEN, undoable=True)
    live.session.apply(ActsChanged(acts=(seen,)))
    ended = {"state": RaisedState.HANDLED, "act_id": "a1", "by": "mod"}
    items = [make.raised_item(f"u{number}", **ended) for number in range(3)]
    live.session.apply(make.raised(*items, make.raised_item("other")))
    assert window.strip.said.accessibleName().endswith(", 3 open items handled by it")
    live.session.apply(make.raised(make.raised_item("u0"), forgotten=("u1",)))
    assert window.strip.said.accessibleName().endswith(", 1 open item handled by it")


def test_what_went_wrong_is_said_to_its_end_above_a_strip_without_room(window, live, make, qtbot):
    window.resize(820, 620)
    reason = "Stream does not know the call or the person. " * 4
    failed = make.progress(make.act("a2", "kick"), ReceiptState.FAILED, reason=reason)
    live.session.apply(ActsChanged(acts=(failed,)))
    (whole,) = window.findChildren(FullSentence)
    qtbot.waitUntil(whole.isVisible)
    assert whole._words.text() == window.strip.said.accessibleName()
    strip_top = window.strip.mapTo(window, QPoint(0, 0)).y()
    assert whole.geometry().bottom() < strip_top
    assert window.rect().contains(whole.geometry())
    assert whole.height() >= whole._words.heightForWidth(whole._words.width())
    QTest.mouseClick(whole, Qt.MouseButton.LeftButton)
    assert not whole.isVisible()
    live.controller.say("This fits.", "warn")
    qtbot.waitUntil(lambda: window.strip.said.text() == "This fits.")
    qtbot.waitUntil(lambda: not whole._soon.isActive())
    assert not whole.isVisible()


def test_the_whole_sentence_stays_in_front_of_the_docks_of_another_workspace(
    window, live, make, qtbot
):
    window.resize(1200, 700)
    reason = "Stream does not know the call or the person. " * 4
    failed = make.progress(make.act("a2", "kick"), ReceiptState.FAILED, reason=reason)
    live.session.apply(ActsChanged(acts=(failed,)))
    (whole,) = window.findChildren(FullSentence)
    qtbot.waitUntil(whole.isVisible)
    live.commands.run("workspace.open")
    qtbot.waitUntil(lambda: not whole._soon.isActive())
    assert window.childAt(whole.geometry().topLeft() + QPoint(12, 12)) in (whole, whole._words)
    for _ in range(5):
        QApplication.processEvents()
    assert not whole._soon.isActive(), "its own place makes it ask for no other"
