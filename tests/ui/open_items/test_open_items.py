"""The workspace of open items as a reader uses it: list, stage, keys, decisions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.phase import Phase
from console.domain.raised import RaisedState, Step
from console.domain.verdict import JudgedItem, Severity
from console.protocol.acts import ActsChanged
from console.protocol.raised import Around, AskAround, Decide, Decided, UndoDecision
from console.protocol.to_window import EngineState
from console.ui.open_items.feature import ITEM, OPEN, OPEN_ITEMS
from console.ui.shell.features import LIVE
from console.ui.widgets.roles import Role

START = 1_800_000_000.0


@pytest.fixture
def panel(window):
    window.show_workspace(OPEN)
    return window.panel(OPEN_ITEMS)


@pytest.fixture
def stage(window, panel):
    return window.panel(ITEM)


@pytest.fixture
def raise_items(live, make, qtbot):
    """Raises items; ``key=(severity, seconds after the start)``, more fields by ``fields``."""

    def put(_author="ann", _fields=None, **items):
        found = []
        for key, (severity, after) in items.items():
            said = make.said(key, author_id=_author, text=f"words {key}", start_time=START + after)
            found.append(
                make.raised_item(
                    key,
                    said=said,
                    verdict=make.verdict(key, severity=severity),
                    **{"raised_at": START + after, **(_fields or {})},
                )
            )
        live.session.apply(make.heard(*(one.item for one in found)))
        live.session.apply(make.raised(*found))
        return found

    return put


def texts(panel, qtbot):
    qtbot.waitUntil(lambda: not panel.model._soon.isActive())
    model = panel.model
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def said_by(message_kind, window):
    return [message for message in window.sent if isinstance(message, message_kind)]


def test_the_gravest_comes_first_and_of_those_alike_the_oldest(panel, raise_items, qtbot):
    raise_items(
        a=(Severity.LOW, 1), b=(Severity.CRITICAL, 9), c=(Severity.HIGH, 5), d=(Severity.HIGH, 3)
    )
    assert texts(panel, qtbot) == ["words b", "words d", "words c", "words a"]


def test_what_a_colleague_has_taken_comes_last(panel, raise_items, qtbot):
    raise_items(_fields={"holder": "ann", "taken_at": START}, a=(Severity.CRITICAL, 1))
    raise_items(_fields={"holder": "mod", "taken_at": START}, b=(Severity.HIGH, 1))
    raise_items(c=(Severity.LOW, 1))
    assert texts(panel, qtbot) == ["words b", "words c", "words a"]
    marks = [panel.model.index(row, 0).data(Role.MARK) for row in range(3)]
    assert [mark and mark.word for mark in marks] == ["MINE", None, "ANN"]


def test_lines_of_one_incident_are_one_row_and_one_decision(
    panel, stage, raise_items, qtbot, window, live
):
    raise_items(_fields={"incident": "a"}, a=(Severity.LOW, 1), b=(Severity.HIGH, 2))
    raise_items(c=(Severity.LOW, 3))
    assert texts(panel, qtbot) == ["words b", "words c"]
    panel.step(1)
    assert live.desk.chosen == ("a", "b")
    assert "2 lines of this incident" in stage.card.state.text()
    QTest.keyClick(panel.list, Qt.Key.Key_I)
    (question,) = said_by(Decide, window)
    assert (question.decision.step, question.decision.item_ids) == (Step.DISMISS, ("a", "b"))


def test_a_decided_row_stays_while_it_is_chosen_and_goes_once_the_reader_moves_on(
    panel, raise_items, qtbot, live, make
):
    first, second = raise_items(a=(Severity.HIGH, 1), b=(Severity.LOW, 2))
    texts(panel, qtbot)
    panel.next_open(1)
    handled = make.raised_item(
        "a", said=first.item, verdict=first.verdict, state=RaisedState.HANDLED, by="mod"
    )
    live.session.apply(make.raised(handled))
    assert texts(panel, qtbot) == ["words a", "words b"]
    assert panel.list.currentIndex().data(Role.MARK).word == "HANDLED"
    assert panel.next_open(1) == ""
    assert texts(panel, qtbot) == ["words b"]
    assert live.desk.chosen == (second.item_id,)
    assert panel.next_open(1) == "No other item is open."


def test_rows_stand_still_under_the_pointer_and_it_is_said(panel, raise_items, qtbot):
    raise_items(a=(Severity.LOW, 1))
    assert texts(panel, qtbot) == ["words a"]
    panel.model.hold("pointer")
    raise_items(b=(Severity.CRITICAL, 2))
    assert texts(panel, qtbot) == ["words a", "words b"]
    qtbot.waitUntil(panel.still.isVisible)
    assert panel.still.text().startswith("1 new row at the end.")
    panel.model.release("pointer")
    assert texts(panel, qtbot) == ["words b", "words a"]


def test_n_goes_around_and_from_another_workspace_to_the_gravest(
    panel, raise_items, qtbot, window, live
):
    raise_items(a=(Severity.LOW, 1), b=(Severity.HIGH, 2))
    texts(panel, qtbot)
    live.commands.run("workspace.requests")
    QTest.keyClick(window, Qt.Key.Key_N)
    assert window.workspace is OPEN
    assert live.desk.chosen == ("b",)
    for wanted in ("a", "b"):
        QTest.keyClick(window, Qt.Key.Key_N)
        assert live.desk.chosen == (wanted,)
    QTest.keyClick(window, Qt.Key.Key_P)
    assert live.desk.chosen == ("a",)


def test_n_says_so_where_nothing_is_open(panel, live, qtbot, window):
    said = []
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    QTest.keyClick(window, Qt.Key.Key_N)
    assert said == ["Next open item: Nothing is open: there is no raised line to decide about."]


def test_the_stage_shows_the_item_in_its_transcript_and_aims_at_who_said_it(
    panel, stage, raise_items, say, qtbot, live, make
):
    say(30)
    raise_items(_author="ben", a=(Severity.HIGH, 1))
    say(30)
    texts(panel, qtbot)
    panel.next_open(1)
    assert stage.card.who.accessibleName() == "Ben"
    assert "words a" in stage.card.said.text()
    assert stage.model.cid == make.cid
    assert stage.model.entry(stage.list.currentIndex().row()).item.item_id == "a"
    assert [target.user_id for target in live.controller.chosen] == ["ben"]
    assert panel.list.hasFocus()


def test_an_item_that_the_transcript_holds_no_more_is_shown_from_the_store(
    panel, stage, qtbot, live, make, window, engine
):
    live.session.apply(make.raised(make.raised_item("old"), make.raised_item("older")))
    texts(panel, qtbot)
    panel.next_open(1)
    around = stage.around
    assert around.isVisible()
    assert [around.model.entry(0).item.item_id] == ["old"]
    assert stage.card.buttons[Step.HANDLE].isEnabled()
    (asked,) = said_by(AskAround, window)
    lines = tuple(JudgedItem(make.said(key)) for key in ("before", "old", "after"))
    engine.message_received.emit(Around(asked.request_id, item_id="old", lines=lines))
    shown = [around.model.entry(row).item.item_id for row in range(around.model.rowCount())]
    assert shown == ["before", "old", "after"]
    assert around.lines.currentIndex().row() == 1
    assert "read from the store" in around.note.text()
    panel.next_open(1)
    refused = said_by(AskAround, window)[-1]
    engine.message_received.emit(Around(refused.request_id, sentence="It is not known."))
    assert around.note.text() == "It is not known."
    assert around.model.entry(0).item.item_id == "older"


def test_a_graver_line_of_the_same_incident_does_not_move_what_is_being_read(
    panel, stage, raise_items, qtbot, live
):
    raise_items(_fields={"incident": "a"}, a=(Severity.LOW, 1))
    texts(panel, qtbot)
    assert stage.model.cid != "default:hall"
    panel.next_open(1)
    row = stage.list.currentIndex().row()
    raise_items(_fields={"incident": "a"}, b=(Severity.CRITICAL, 2))
    texts(panel, qtbot)
    panel._on_raised()
    assert live.desk.chosen == ("a", "b")
    assert (stage.list.currentIndex().row(), "words a" in stage.card.said.text()) == (row, True)
    assert "2 lines of this incident" in stage.card.state.text()


def test_escape_in_the_transcript_goes_back_to_the_list_with_the_item_in_sight(
    panel, stage, raise_items, say, qtbot, live
):
    raise_items(a=(Severity.HIGH, 1))
    say(40)
    texts(panel, qtbot)
    panel.next_open(1)
    assert panel.activate() == ""
    assert stage.list.hasFocus()
    stage.step(5)
    QTest.keyClick(stage.list, Qt.Key.Key_Escape)
    assert panel.list.hasFocus()
    assert stage.model.entry(stage.list.currentIndex().row()).item.item_id == "a"
    assert live.desk.chosen == ("a",)


def test_what_was_done_to_the_person_stands_on_the_item(
    panel, stage, raise_items, qtbot, live, make
):
    (one,) = raise_items(a=(Severity.HIGH, 1))
    texts(panel, qtbot)
    panel.next_open(1)
    fields = {"state": RaisedState.HANDLED, "by": "mod", "at": START, "act_id": "a1"}
    live.session.apply(make.raised(make.raised_item("a", said=one.item, **fields)))
    assert ": you acted on the person" in stage.card.state.text()
    kick = make.act("a1", "kick", by="mod")
    live.session.apply(ActsChanged(acts=(make.progress(kick),)))
    live.session.apply(make.raised(make.raised_item("a", said=one.item, **fields)))
    assert stage.card.state.text().endswith(": you kicked Ann")


def test_the_reason_goes_with_the_decision_and_is_used_once(
    panel, stage, raise_items, qtbot, window
):
    raise_items(a=(Severity.HIGH, 1), b=(Severity.LOW, 2))
    texts(panel, qtbot)
    panel.next_open(1)
    stage.card.note.setText("third time")
    QTest.mouseClick(stage.card.buttons[Step.ESCALATE], Qt.MouseButton.LeftButton)
    panel.next_open(1)
    QTest.keyClick(panel.list, Qt.Key.Key_V)
    first, second = (each.decision for each in said_by(Decide, window))
    assert (first.step, first.note, first.item_ids) == (Step.ESCALATE, "third time", ("a",))
    assert (second.step, second.note, second.item_ids) == (Step.HANDLE, "", ("b",))


def test_several_rows_are_decided_about_at_once(panel, raise_items, qtbot, window, live):
    raise_items(a=(Severity.HIGH, 1))
    raise_items(_author="ben", b=(Severity.HIGH, 2))
    raise_items(_author="cleo", c=(Severity.HIGH, 3))
    texts(panel, qtbot)
    panel.step(1)
    panel.extend(1)
    assert live.desk.chosen == ("a", "b")
    assert [target.user_id for target in live.controller.chosen] == ["ann", "ben"]
    QTest.keyClick(panel.list, Qt.Key.Key_T)
    (question,) = said_by(Decide, window)
    assert (question.decision.step, question.decision.item_ids) == (Step.TAKE, ("a", "b"))


def test_buttons_say_why_nothing_can_be_decided(panel, stage, raise_items, qtbot, live, make):
    (one,) = raise_items(a=(Severity.HIGH, 1))
    texts(panel, qtbot)
    panel.next_open(1)
    ended = make.raised_item("a", said=one.item, state=RaisedState.DISMISSED, by="ann", at=START)
    live.session.apply(make.raised(ended))
    button = stage.card.buttons[Step.DISMISS]
    assert not button.isEnabled()
    assert "It was dismissed already." in button.toolTip()
    assert stage.card.state.text().startswith("Dismissed by ann at")
    again = make.raised_item("a", said=one.item, holder="mod", taken_at=START)
    live.session.apply(make.raised(again))
    assert stage.card.buttons[Step.TAKE].accessibleName() == "Give back"


def test_undo_takes_back_what_was_done_last(panel, raise_items, qtbot, window, live, engine):
    raise_items(a=(Severity.HIGH, 1))
    texts(panel, qtbot)
    panel.next_open(1)
    QTest.keyClick(panel.list, Qt.Key.Key_V)
    (question,) = said_by(Decide, window)
    engine.message_received.emit(Decided(question.request_id, changed=1))
    QTest.keyClick(panel.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said_by(UndoDecision, window)[0].decision_id == question.decision.decision_id


def test_words_that_nothing_holds_are_said_and_what_is_open_is_found_all_the_same(
    panel, raise_items, qtbot, live
):
    raise_items(a=(Severity.HIGH, 1), b=(Severity.LOW, 2))
    texts(panel, qtbot)
    panel.filter.setText("nobody said this")
    assert panel.blank.accessibleName().startswith("No open item holds these words.")
    live.desk.item_wanted.emit("b")
    assert panel.filter.text() == ""
    assert live.desk.chosen == ("b",)


def test_the_rail_counts_what_is_mine_or_nobodys(window, panel, raise_items, make):
    raise_items(a=(Severity.HIGH, 1), b=(Severity.LOW, 2))
    raise_items(_fields={"holder": "ann", "taken_at": START}, c=(Severity.HIGH, 1))
    window.rail.refresh()
    assert window.rail.buttons["open"].waiting == 2
    assert window.rail.buttons["live"].waiting == 3


def test_signed_out_it_says_so_and_escape_lets_go(panel, live, raise_items, qtbot):
    raise_items(a=(Severity.HIGH, 1))
    texts(panel, qtbot)
    panel.next_open(1)
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert (live.desk.chosen, live.controller.chosen) == ((), ())
    assert not panel.list.selectionModel().hasSelection()
    live.session.clear()
    live.session.apply(EngineState(phase=Phase.SIGNED_OUT))
    assert panel.blank.accessibleName().startswith("Open items appear here")


def test_a_live_line_keeps_its_place_while_the_workspace_of_open_items_is_used(
    panel, window, live, raise_items, qtbot
):
    raise_items(a=(Severity.HIGH, 1), b=(Severity.LOW, 2))
    texts(panel, qtbot)
    live.commands.run("workspace.live")
    window.transcript.list.go_to(window.transcript.model.row_of_line("b"))
    assert live.desk.chosen == ("b",)
    window.show_workspace(OPEN)
    panel.next_open(1)
    assert live.desk.chosen == ("a",)
    window.show_workspace(LIVE)
    assert live.desk.chosen == ("b",)
