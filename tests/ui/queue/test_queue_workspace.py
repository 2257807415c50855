"""The workspace of the review queue: what is listed, decided, held, skipped, and told."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.raised import RaisedState
from console.domain.verdict import JudgedItem, Severity
from console.engine.services.review.item_lock import LOOK_S
from console.protocol.acts import ActProgress, ActsChanged, RequestAct
from console.protocol.automation import GoOnByHand, HandPace
from console.protocol.review import (
    AskItemContext,
    ItemContext,
    LockItem,
    OfferedAction,
    QueueOrder,
    SaveView,
    SkipItem,
    ViewSaved,
    WatchQueue,
)
from console.protocol.team import TeamChanged
from console.ui.queue.item_stage import GIVEN_UP, MOST_OF_BAR
from console.ui.queue.presence import BEAT_MS
from console.ui.state.armed import READ_S
from console.ui.state.targets import target_of_person
from console.ui.widgets.flow_scroll import FlowScroll
from tests.ui.queue.conftest import KIND, OFFERED

HOSTILE = "<b>Ann</b>\u202e banned you"


def names(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def words_of(page):
    return [label.text() for label in page.findChildren(QLabel) if not label.isHidden()]


def run(live, command):
    live.commands.action(command).trigger()


def test_the_worst_comes_first_or_the_oldest_and_what_was_skipped_comes_last(queue, tell, item):
    tell(
        item("i1", waited=500.0, author_id="ann", severity=Severity.LOW, reports=9),
        item("i2", author_id="ben", severity=Severity.CRITICAL),
        item("i3", waited=900.0, author_id="cleo", skipped_by="mod", skipped_at=1.0),
    )
    assert names(queue) == ["Ben", "Ann", "Cleo"]
    queue.head.order.setCurrentIndex(queue.head.order.findData("age"))
    assert names(queue) == ["Ann", "Ben", "Cleo"]
    queue.head.order.setCurrentIndex(queue.head.order.findData("reports"))
    assert names(queue) == ["Ann", "Ben", "Cleo"]


def test_the_rail_counts_what_is_due_and_the_list_the_oldest(window, queue, tell, item, make):
    tell(item(), due=1234, due_exact=True, oldest_at=make.start - 7300)
    assert window.workspace.count(window.context) == 1234
    assert "The oldest waits for 2 h 1 min." in queue.told.text()
    assert window.docks.by_id["queue"]._note.text() == "1,234 due"


def test_a_further_sign_in_is_asked_again(window, live, queue, sent):
    before = live.session.state
    asked = len(sent.of(WatchQueue))
    live.session.apply(replace(before, phase=Phase.SIGNED_OUT))
    live.session.apply(replace(before, phase=Phase.CONNECTING))
    assert len(sent.of(WatchQueue)) == asked
    live.session.apply(before)
    assert [each.query.view_id for each in sent.of(WatchQueue)[asked:]] == ["due"]


def test_the_engine_is_asked_while_somebody_looks_and_only_then(window, live, queue, sent):
    assert sent.of(WatchQueue)[-1].query.view_id == "due"
    run(live, "workspace.live")
    assert sent.of(WatchQueue)[-1].query is None
    run(live, "workspace.queue")
    live.engine.die()
    live.engine.begin()
    assert sent.of(WatchQueue)[-1].query is not None


def test_view_filters_and_order_go_to_the_server(queue, tell, item, sent):
    tell(item(), labels=("SCAM", "HATE"), config_keys=("k",), fields=("seat",))
    queue.head.view.setCurrentIndex(1)
    queue.head.boxes["label"].setCurrentIndex(2)
    queue.head.boxes["severity"].setCurrentIndex(3)
    wanted = sent.of(WatchQueue)[-1].query
    assert (wanted.view_id, wanted.chosen.label, wanted.chosen.severity) == (
        "escalated",
        "HATE",
        "high",
    )
    assert wanted.order is QueueOrder.SEVERITY
    assert queue.head.more.text() == "Filter (2)"
    queue.head.field.setCurrentIndex(1)
    queue.head.value.setText("bo")
    queue.head.value.editingFinished.emit()
    wanted = sent.of(WatchQueue)[-1].query
    assert (wanted.chosen.field, wanted.chosen.value) == ("seat", "bo")
    assert queue.head.more.text() == "Filter (3)"
    queue.head.name.setText("Bad ones")
    queue.head.everybody.click()
    question = sent.of(SaveView)[-1]
    assert (question.name, question.shared, question.query) == ("Bad ones", True, wanted)
    queue._on_saved(ViewSaved(question.request_id, view_id="due"))
    assert sent.of(WatchQueue)[-1].query.view_id == "due"


def test_an_item_shows_its_evidence_its_context_and_the_policy(
    queue, stage, live, tell, item, done, make, sent
):
    tell(item(done=(done("escalate"),), escalated=True, priority="high", notes="see log"))
    queue.step(1)
    question = sent.of(AskItemContext)[-1]
    assert question.item_id == "i1"
    lines = (JudgedItem(make.said("u1", author_id="ben"), ()), JudgedItem(make.said("u2"), ()))
    live.engine.say(
        ItemContext(
            question.request_id,
            item_id="i1",
            lines=lines,
            subject="u2",
            policy=("Block list “scams”: remove.", "Block list “links”: flag."),
            relevant=("Block list “scams”: remove.",),
        )
    )
    words = stage.page.words()
    for shown in (
        "words of i1",
        "words of u1",
        "block list by scams",
        "escalate by Mia",
        "priority high · see log",
        "▸ Block list “scams”: remove.",
        "Block list “links”: flag.",
    ):
        assert shown in words
    assert "remove recommended · SCAM · high · 1 report" in stage.facts.text()
    assert stage.name._full == "Ann: spoken words in hall"
    assert live.controller.target.user_id == "ann"


def test_an_item_that_is_chosen_again_is_read_again(queue, stage, live, tell, item, sent):
    tell(item())
    for number in (1, 2):
        queue.list.choose(queue.model.index(0, 0))
        assert len(sent.of(AskItemContext)) == number
        question = sent.of(AskItemContext)[-1]
        rule = f"Block list “scams”: remove, read {number}."
        live.engine.say(ItemContext(question.request_id, item_id="i1", policy=(rule,)))
        assert rule in stage.page.words()
        QTest.keyClick(queue.list, Qt.Key.Key_Escape)
        assert live.controller.items == ()


def test_one_key_decides_and_the_next_item_loads_by_itself(
    queue, stage, live, tell, item, decided, window
):
    tell(item("i1"), item("i2", author_id="ben", severity=Severity.LOW))
    queue.step(1)
    run(live, "queue.mark_reviewed")
    assert decided() == [("queue_mark_reviewed", "i1")]
    assert live.controller.items == ("i2",)
    assert stage.name._full.startswith("Ben")
    run(live, "queue.place_1")
    assert decided()[-1] == ("queue_mark_reviewed", "i2")
    assert window.focusWidget() is queue.list


def test_what_has_no_way_back_arms_first_and_escape_stops(queue, stage, live, tell, item, decided):
    tell(item())
    queue.step(1)
    run(live, "queue.place_3")
    assert decided() == []
    assert "Kick, Ann? Again; Esc" in stage.bar.buttons[2].text()
    live.controller.arming.stop()
    assert stage.bar.armed is None
    run(live, "queue.place_3")
    run(live, "queue.place_3")
    assert decided() == [("queue_kick_user", "i1")]
    queue.step(1)
    stage.bar.buttons[3].click()  # the end of a call is asked about even where it is pointed at
    assert len(decided()) == 1


def test_decisions_against_people_ask_first_far_above_the_usual(
    queue, stage, live, tell, item, decided, sent, clock
):
    tell(item("i1"), item("i2"))
    queue.step(1)
    live.session.apply(HandPace(acts=45, seconds=130.0, asks_until=clock.now() + 300.0))
    run(live, "queue.mark_reviewed")  # takes nothing from anybody
    assert decided() == [("queue_mark_reviewed", "i1")]
    stage.bar.press_action("kick_user")
    assert len(decided()) == 1
    assert live.controller.arming.armed.words.startswith("45 acts in 2 minutes")
    stage.bar.press_action("kick_user")
    assert len(decided()) == 1  # so soon it is a habit
    assert live.controller.arming.armed.words.startswith("Read first: 45 acts in 2 minutes")
    clock.time += READ_S
    stage.bar.press_action("kick_user")
    assert decided()[1:] == [("queue_kick_user", "i2")]
    assert len(sent.of(GoOnByHand)) == 1


def test_a_ban_asks_for_its_time_in_place(queue, stage, live, tell, item, sent, window):
    tell(item())
    queue.step(1)
    run(live, "queue.place_2")
    assert stage.form.isVisible()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_1)
    assert stage.form.time.minutes == 10
    assert window.workspace.id == "queue"
    QTest.keyClicks(window.focusWidget(), "s")
    assert window.focusWidget() is stage.form.reason
    QTest.keyClicks(stage.form.reason, "cam")
    QTest.keyClick(stage.form.reason, Qt.Key.Key_Return)
    act = sent.of(RequestAct)[-1].act
    assert (act.kind, act.minutes, act.reason, act.user_ids) == ("queue_ban", 10, "scam", ("ann",))
    assert not stage.form.isVisible()


def test_digits_of_no_time_leave_neither_the_form_nor_the_workspace(
    queue, stage, live, tell, item, window
):
    tell(item())
    queue.step(1)
    run(live, "queue.place_2")
    chosen = stage.form.time.minutes
    for digit in "6789":
        QTest.keyClicks(window.focusWidget(), digit)
    for place in (stage.form.ip, stage.form.go, queue.list):
        place.setFocus()
        QTest.keyClicks(place, "7")
    assert (window.workspace.id, stage.form.isVisible()) == ("queue", True)
    assert stage.form.time.minutes == chosen
    stage.form.go.setFocus()
    QTest.keyClicks(stage.form.go, "1")
    assert stage.form.time.minutes == 10
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not stage.form.isVisible()
    QTest.keyClicks(window.focusWidget(), "1")
    assert window.workspace.id == "live"


def test_the_times_of_a_ban_are_those_of_the_settings(queue, stage, live, tell, item, sent, window):
    live.settings["times_ban"] = "2 min, 3 h, for good"
    for item_id in ("i1", "i2"):
        tell(item(item_id))
        queue.step(1)
        run(live, "queue.place_2")
        assert [button.text() for button in stage.form.time.group.buttons()] == [
            "1   2 minutes",
            "2   3 hours",
            "3   For good",
        ]
        if item_id == "i1":
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_3)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    acts = [message.act for message in sent.of(RequestAct)]
    assert [(act.kind, act.minutes) for act in acts] == [("queue_ban", None)] * 2


def test_every_one_of_thirty_decisions_has_a_key(queue, stage, live, tell, item, sent, window):
    offered = tuple(
        OfferedAction(
            entity_type=KIND, action="custom", custom_id=f"c{n}", title=f"Do {n}", order=n
        )
        for n in range(30)
    )
    keys = []
    for place in range(30):
        tell(item(f"i{place}"), whole=True, offered=offered)
        queue.step(1)
        button = stage.bar.buttons[place]
        key = button.text().split("   ")[1]
        keys.append(key)
        if " " in key:
            first, sign = key.split(" ")
            QTest.keySequence(window, QKeySequence(first))
            assert stage.bar.buttons[0].hasFocus()
            QTest.keyClick(window.focusWidget(), sign.lower())
        else:
            QTest.keySequence(window, QKeySequence(key))
        assert sent.of(RequestAct)[-1].act.review.custom_id == f"c{place}"
        assert window.focusWidget() is queue.list
    assert keys[:2] + keys[8:11] + keys[-1:] == [
        "Ctrl+1",
        "Ctrl+2",
        "Ctrl+0 9",
        "Ctrl+0 A",
        "Ctrl+0 B",
        "Ctrl+0 U",
    ]
    assert len(set(keys)) == 30


def test_a_letter_chooses_where_the_layout_writes_another_script(
    queue, stage, live, tell, item, decided, window
):
    tell(item())
    queue.step(1)
    run(live, "queue.pick")
    scan, none = 4 + 8, Qt.KeyboardModifier.NoModifier  # where a Latin keyboard has the 3
    for letter, code in (("ф", 30 + 8), ("٣", scan)):
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event = QKeyEvent(kind, ord(letter.upper()), none, code, 0, 0, letter)
            QApplication.sendEvent(window.focusWidget(), event)
    assert stage.bar.armed is not None
    assert stage.bar.armed.action == "kick_user"
    assert decided() == []


def test_escape_leaves_the_letters(queue, stage, live, tell, item, sent, window):
    tell(item())
    queue.step(1)
    run(live, "queue.pick")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is queue.list
    assert sent.of(RequestAct) == []


def test_escalating_takes_reason_priority_and_notes(queue, stage, live, tell, item, sent):
    tell(item())
    queue.step(1)
    run(live, "queue.escalate")
    stage.form.priority.choose("high")
    stage.form.reason.setText("threat")
    stage.form.notes.setPlainText("second time today")
    stage.form.confirm()
    act = sent.of(RequestAct)[-1].act
    assert act.reason == "threat"
    assert (act.review.priority, act.review.notes) == ("high", "second time today")


def test_a_reason_is_wanted_where_the_policy_says_so(queue, stage, live, tell, item, sent):
    offered = (
        OfferedAction(entity_type=KIND, action="mark_reviewed", title="", reason_required=True),
        OfferedAction(
            entity_type=KIND,
            action="custom",
            custom_id="strike",
            title="Give a strike",
            reasons=("spam", "hate"),
        ),
    )
    tell(item(), offered=offered)
    queue.step(1)
    run(live, "queue.mark_reviewed")
    stage.form.confirm()
    assert sent.of(RequestAct) == []
    assert "A reason is wanted" in stage.form.why.text()
    stage.form.reason.setText("looked at it")
    stage.form.confirm()
    assert sent.of(RequestAct)[-1].act.reason == "looked at it"


def test_the_team_can_want_reasons_for_more(queue, stage, live, tell, item, sent):
    live.settings["queue_reasons"] = "severe"
    tell(item())
    queue.step(1)
    run(live, "queue.place_3")
    run(live, "queue.place_3")
    assert stage.form.isVisible()
    stage.form.reason.setText("scam")
    stage.form.confirm()
    assert sent.of(RequestAct)[-1].act.kind == "queue_kick_user"
    run(live, "queue.mark_reviewed")


def test_the_app_s_own_action_is_a_button_and_a_key(queue, stage, live, tell, item, sent):
    strike = OfferedAction(
        entity_type=KIND, action="custom", custom_id="strike", title=HOSTILE, order=9
    )
    tell(item(), offered=(*OFFERED, strike))
    queue.step(1)
    assert "<b>Ann</b>⟦RLO⟧" in stage.bar.buttons[5].text()
    run(live, "queue.place_6")
    act = sent.of(RequestAct)[-1].act
    assert (act.kind, act.review.custom_id) == ("queue_custom", "strike")


def test_who_holds_an_item_is_said_and_deciding_asks_once_more(
    queue, stage, live, tell, item, decided
):
    tell(item(holder="mia", holder_name="Mia Chen"))
    queue.step(1)
    assert stage.standing.text().startswith("Mia Chen is reviewing this.")
    run(live, "queue.mark_reviewed")
    assert decided() == []
    run(live, "queue.mark_reviewed")
    assert decided() == [("queue_mark_reviewed", "i1")]


def test_what_a_colleague_decided_stays_in_sight_and_says_so(queue, stage, tell, item, done):
    tell(item())
    queue.step(1)
    tell(item(reviewed_at=1.0, reviewed_by="mia", done=(done("ban"),)))
    assert "Decided by Mia" in stage.standing.text()
    tell(gone=("i1",))
    assert stage.name._full.startswith("Ann")


def test_the_list_does_not_say_that_decided_rows_wait(window, queue, tell, item, done):
    tell(item("i1"), item("i2", severity=Severity.LOW))
    queue.head._note = "What waits for a decision."
    queue._show_decided()
    assert queue.head.note.text() == "What waits for a decision."
    queue.list.setFocus()
    queue.list.model().hold()  # somebody is at the list
    tell(item("i1", reviewed_at=1.0, reviewed_by="mia", done=(done("ban"),)))
    queue.head._note = "What waits for a decision."
    queue._show_decided()
    assert queue.head.note.text() == "What waits for a decision. 1 is decided, and will go."


def test_what_was_done_outside_of_the_queue_is_told_with_the_item(
    queue, stage, live, tell, item, make, qtbot
):
    tell(item())
    queue.step(1)
    qtbot.waitUntil(lambda: "Nothing yet." in words_of(stage.page))
    act = make.act("a1", "mute_audio", by="automation")
    live.session.apply(ActsChanged(acts=(make.progress(act, ReceiptState.SEEN),)))
    handled = {"state": RaisedState.HANDLED, "act_id": "a1", "by": "automation"}
    live.session.apply(make.raised(make.raised_item("e-i1", at=make.start, **handled)))
    told = "automation muted the microphone of Ann."
    qtbot.waitUntil(lambda: any(each.endswith(told) for each in words_of(stage.page)))
    qtbot.waitUntil(lambda: "Nothing yet." not in words_of(stage.page))


def test_an_item_is_held_while_it_is_looked_at(queue, live, tell, item, sent, clock, window):
    tell(item("i1"), item("i2", severity=Severity.LOW))
    queue.step(1)
    assert sent.of(LockItem)[-1].item_id == "i1"
    queue.step(1)
    assert sent.of(LockItem)[-1].item_id == "i2"
    run(live, "workspace.live")
    assert sent.of(LockItem)[-1].item_id == ""


def seconds_pass(stage, clock, count):
    """The window's own timers say so, as often as they would."""
    beat = BEAT_MS / 1000
    for _ in range(round(count / beat)):
        clock.time += beat
        stage.presence._timer.timeout.emit()


def test_whoever_walks_away_gives_the_item_up_within_thirty_seconds(
    queue, stage, live, tell, item, sent, clock
):
    tell(item("i1"))
    queue.step(1)
    seconds_pass(stage, clock, 30 - LOOK_S - 1)  # the engine needs so long at most
    assert sent.of(LockItem)[-1].item_id == ""
    assert GIVEN_UP in stage.standing.text()
    told = len(sent.of(LockItem))
    seconds_pass(stage, clock, 60)
    assert len(sent.of(LockItem)) == told
    QTest.keyClick(queue.list, Qt.Key.Key_Shift)
    assert sent.of(LockItem)[-1].item_id == "i1"
    assert GIVEN_UP not in stage.standing.text()


@pytest.mark.parametrize("sign", ["key", "move", "wheel"])
def test_whoever_reads_keeps_the_item(queue, stage, tell, item, sent, clock, sign):
    tell(item("i1"))
    queue.step(1)
    middle = QPointF(queue.list.rect().center())
    for _ in range(10):
        seconds_pass(stage, clock, 12)
        match sign:
            case "key":
                QTest.keyClick(queue.list, Qt.Key.Key_Shift)
            case "move":
                move_mouse(queue.list.viewport(), middle)
            case "wheel":
                turn_wheel(queue.list.viewport(), middle)
    assert {lock.item_id for lock in sent.of(LockItem)} == {"i1"}


def move_mouse(widget, at):
    """No real move: the pointer would stay there in the tests that follow."""
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        widget.mapToGlobal(at),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def turn_wheel(widget, at):
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_what_a_colleague_took_meanwhile_is_not_taken_again(queue, stage, tell, item, sent, clock):
    tell(item("i1"))
    queue.step(1)
    seconds_pass(stage, clock, 30)
    tell(item("i1", holder="mia", holder_name="Mia"))
    QTest.keyClick(queue.list, Qt.Key.Key_Shift)
    assert sent.of(LockItem)[-1].item_id == ""
    assert "Mia is reviewing this" in stage.standing.text()
    tell(item("i1"))
    QTest.keyClick(queue.list, Qt.Key.Key_Shift)
    assert sent.of(LockItem)[-1].item_id == "i1"


def test_enter_goes_to_the_line_in_its_call(window, queue, live, tell, item, say, recorder):
    recorder.watch(refused=live.commands.refused)
    (key,) = say(1, speaker="ann")
    run(live, "workspace.queue")
    tell(item("i1", entity_id=key), item("i2", severity=Severity.LOW))
    queue.step(1)
    run(live, "go.why")
    assert window.workspace.id == "live"
    assert window.transcript.list.currentIndex().isValid()
    run(live, "workspace.queue")
    queue.list.setFocus()
    queue.step(1)
    run(live, "go.why")
    assert "not in the transcript any more" in recorder.of("refused")[-1][1]


def test_where_a_skip_is_remembered_is_said(queue, stage, live, tell, item, make, recorder):
    recorder.watch(said=live.controller.said)
    me = live.session.state.user_id
    tell(item("i1", skipped_by=me, skipped_at=make.start))
    queue.step(1)
    assert stage.standing.text().endswith(", remembered on this computer only.")
    run(live, "queue.skip")
    assert recorder.of("said")[-1][0] == "Ann: passed over, remembered on this computer only."
    live.session.apply(TeamChanged(channel="messaging:desk", joined=True))
    tell(item("i2", skipped_by=me, skipped_at=make.start), whole=True)
    queue.step(1)
    assert "computer" not in stage.standing.text() + stage.skip.toolTip()
    run(live, "queue.skip")
    assert recorder.of("said")[-1][0] == "Ann: passed over, the team sees it."


def test_skipping_goes_on(queue, live, tell, item, sent):
    tell(item("i1"), item("i2", severity=Severity.LOW))
    queue.step(1)
    run(live, "queue.skip")
    assert sent.of(SkipItem) == [SkipItem("i1")]
    assert live.controller.items == ("i2",)


def test_many_are_decided_after_a_preview(queue, stage, live, tell, item, decided):
    tell(
        item("i1"),
        item("i2", author_id="ben"),
        item("i3", author_id="cleo", holder="mia", holder_name="Mia"),
    )
    queue.list.selectAll()
    assert stage.bulk.told.text() == "2 items to decide together, of 3 chosen."
    assert "Cleo, because Mia is reviewing it" in stage.bulk.left_out.text()
    run(live, "queue.mark_reviewed")
    assert decided() == []
    assert "Mark reviewed, 2 items?" in stage.bar.buttons[0].text()
    run(live, "queue.mark_reviewed")
    assert sorted(decided()) == [("queue_mark_reviewed", "i1"), ("queue_mark_reviewed", "i2")]


def test_an_appeal_is_answered_with_a_reply(queue, stage, live, tell, item, appeal, sent):
    tell(item(reviewed_at=1.0, reviewed_by="mod", appeal=appeal()))
    queue.step(1)
    assert "I said nothing wrong." in stage.page.words()
    assert [choice.title for choice in stage.bar.choices[:2]] == [
        "Accept the appeal",
        "Reject the appeal…",
    ]
    run(live, "queue.place_2")
    stage.form.confirm()
    assert sent.of(RequestAct) == []
    stage.form.reason.setText("The rules say so.")
    stage.form.confirm()
    act = sent.of(RequestAct)[-1].act
    assert (act.kind, act.review.appeal_id) == ("queue_reject_appeal", "p1")
    assert act.reason == "The rules say so."


def test_a_conflict_is_told_and_counted(queue, live, tell, item, sent, recorder):
    tell(item("i1"), item("i2", severity=Severity.LOW))
    recorder.watch(said=live.controller.said)
    queue.step(1)
    run(live, "queue.mark_reviewed")
    act = sent.of(RequestAct)[-1].act
    receipt = live.session.acts[act.act_id].receipt
    failed = type(receipt)(
        act_id=act.act_id,
        state=ReceiptState.FAILED,
        reason="Mia acted first: ban. Nothing was done.",
        conflict=True,
    )
    live.session.apply(ActsChanged((ActProgress(act=act, receipt=failed),)))
    assert ("Mark reviewed, Ann: Mia acted first: ban. Nothing was done.", "warn") in recorder.of(
        "said"
    )
    assert live.session.queue.counts(live.session.acts.values()) == (0, 1)
    run(live, "queue.mark_reviewed")
    act = sent.of(RequestAct)[-1].act
    both = type(receipt)(
        act_id=act.act_id,
        state=ReceiptState.SEEN,
        reason="Both of you acted. Mia acted first: ban.",
        conflict=True,
    )
    live.session.apply(ActsChanged((ActProgress(act=act, receipt=both),)))
    assert ("Ann: Both of you acted. Mia acted first: ban.", "warn") in recorder.of("said")
    assert live.session.queue.counts(live.session.acts.values()) == (1, 2)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"refused": "Your role may not."}, "You may not read the review queue."),
        ({}, "Nothing waits here."),
    ],
)
def test_an_empty_queue_says_why(queue, tell, state, words):
    tell(**state)
    assert queue.blank.accessibleName().startswith(words)


def test_a_role_that_may_not_read_it_is_told_once_and_the_rail_has_no_entry(
    window, live, tell, recorder
):
    recorder.watch(said=live.controller.said)
    tell(refused="Your role may not read the review queue.")
    window.rail.refresh()
    window.rail.refresh()
    assert window.rail.buttons["queue"].isHidden()
    told = [sentence for sentence, _ in recorder.of("said") if "Queue is not shown" in sentence]
    assert told == ["Queue is not shown: Your role may not read the review queue."]
    tell()
    window.rail.refresh()
    assert not window.rail.buttons["queue"].isHidden()


def test_an_outage_says_of_when_the_list_is(queue, tell, item):
    tell(item(), trouble="Stream did not answer.")
    assert "Stream did not answer. This is of " in queue.told.text()


def test_what_was_not_answered_is_told(queue, live, tell, item, sent, recorder):
    tell(item())
    recorder.watch(said=live.controller.said)
    queue.step(1)
    run(live, "queue.mark_reviewed")
    act = sent.of(RequestAct)[-1].act
    receipt = live.session.acts[act.act_id].receipt
    unknown = type(receipt)(
        act_id=act.act_id, state=ReceiptState.UNCONFIRMED, reason="It was sent, but no answer came."
    )
    live.session.apply(ActsChanged((ActProgress(act=act, receipt=unknown),)))
    assert ("Mark reviewed, Ann: It was sent, but no answer came.", "warn") in recorder.of("said")


def test_keys_do_nothing_without_an_item_and_say_why(queue, live, tell, recorder, item):
    tell()
    recorder.watch(refused=live.commands.refused)
    run(live, "queue.mark_reviewed")
    run(live, "queue.skip")
    assert [why for _, why in recorder.of("refused")] == [
        "Choose an item first.",
        "Choose one item to pass it over.",
    ]


def test_a_list_out_of_sight_does_not_change_who_is_chosen(queue, live, tell, item):
    tell(item("i1", author_id="ann"), item("i2", author_id="cleo"))
    queue.list.choose(queue.model.index(0, 0))
    run(live, "workspace.live")
    ben = live.session.people.find("default:hall", "ben")
    target = target_of_person(ben, live.session.calls["default:hall"])
    live.controller.choose_person(target)
    tell(item("i2", author_id="cleo"), whole=True)
    queue.list.choose(queue.model.index(0, 0))
    assert live.controller.target == target


def test_many_decisions_leave_room_for_the_evidence(queue, stage, live, tell, item):
    def offer(count):
        offered = tuple(
            OfferedAction(
                entity_type=KIND, action="custom", custom_id=f"c{n}", title=f"Decision {n}", order=n
            )
            for n in range(count)
        )
        tell(item("i1"), whole=True, offered=offered)

    offer(3)
    queue.step(1)
    QApplication.processEvents()
    scroll = stage.findChild(FlowScroll)
    assert scroll.height() == stage.bar.heightForWidth(scroll.width()) < MOST_OF_BAR
    offer(33)
    QApplication.processEvents()
    assert scroll.height() == MOST_OF_BAR
    bar = scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    run(live, "queue.pick")
    first = stage.bar.buttons[0]
    assert scroll.viewport().rect().contains(first.mapTo(scroll.viewport(), first.rect().center()))
