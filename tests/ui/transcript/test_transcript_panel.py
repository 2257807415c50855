"""The middle of the window as a reader sees it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from console.domain.phase import Phase
from console.domain.raised import RaisedState, Step
from console.domain.sign_in import Method
from console.domain.verdict import Severity
from console.protocol.to_window import EngineState
from console.ui.transcript.transcript_header import captions_chip
from console.ui.widgets.blank_page import blank_transcript


@pytest.fixture
def panel(window):
    return window.transcript


def test_the_pill_counts_what_waits(panel, say):
    say(80)
    assert not panel.pill.isVisible()
    panel.list.verticalScrollBar().setValue(100)
    assert panel.pill.text() == "To the newest line  ↓"
    say(12)
    assert panel.pill.text() == "12 new lines  ↓"
    QTest.mouseClick(panel.pill, Qt.MouseButton.LeftButton)
    assert not panel.pill.isVisible()
    assert panel.list.at_end


def test_hostile_text_is_shown_as_text(panel, say, live):
    say(1, text="<img src=x onerror=alert(1)><b>bold</b>\u202eevil", speaker="<i>x</i>")
    panel.list.go_to(0)
    panel.explain_current()
    assert panel.why.isVisible()
    labels = panel.window().findChildren(QLabel)
    assert len(labels) > 20
    rich = [label for label in labels if label.textFormat() is not Qt.TextFormat.PlainText]
    assert rich == []
    panel.why.close()


def test_enter_explains_the_verdict(panel, say, live, make):
    keys = say(3)
    verdict = make.verdict(keys[-1], "remove", rule="slurs", confidence=0.93, judged_at=make.start)
    live.session.apply(make.judged(verdict))
    panel.list.go_to(2)
    panel.explain_current()
    spoken = panel.why.accessibleName()
    for part in ("Verdict: remove", "Labels: scam", "Rule: slurs", "Confidence: 93%"):
        assert part in spoken
    QTest.keyClick(panel.why, Qt.Key.Key_Escape)
    assert not panel.why.isVisible()


def test_only_raised_lines(panel, say, live, make):
    keys = say(5)
    live.session.apply(make.judged(make.verdict(keys[2])))
    panel.header.raised.click()
    assert panel.model.rowCount() == 1
    assert panel.header.raised.isChecked()
    live.session.apply(make.judged(make.verdict(keys[2], "keep")))
    panel.refresh()
    assert panel.blank.accessibleName().startswith("No line has been raised.")
    panel.blank.command_wanted.emit("view.raised_only")
    assert panel.header.everything.isChecked()


def test_the_filter_is_of_this_account_and_this_run(panel, say, live):
    say(3)
    panel.set_raised_only(True)
    assert "raised_only" not in live.settings._values
    live.session.clear()
    assert not panel.model.raised_only
    assert panel.header.everything.isChecked()


def test_escape_lets_go_of_the_row_and_of_the_person_and_says_so(panel, say, live, window):
    said = []
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    say(5, speaker="ben")
    panel.step(-1)
    assert live.controller.target.user_id == "ben"
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert live.controller.chosen == ()
    assert not panel.list.currentIndex().isValid()
    assert said == ["Nobody is chosen now; it was Ben."]
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert len(said) == 1


def test_open_lines_are_reached_by_key_from_wherever_the_reader_stands(panel, say, live, make):
    keys = say(30)
    live.session.apply(make.judged(make.verdict(keys[4]), make.verdict(keys[20])))
    assert panel.next_open(1).startswith("Nothing is open")
    live.session.apply(make.raised(*(make.raised_item(keys[row]) for row in (4, 20))))

    def current():
        return panel.list.currentIndex().row()

    first, second = (panel.model.row_of_line(keys[row]) for row in (4, 20))
    assert (panel.next_open(1), current()) == ("", first)
    assert (panel.next_open(1), current()) == ("", second)
    assert (panel.next_open(1), current()) == ("", first)
    assert (panel.next_open(-1), current()) == ("", second)
    live.session.apply(make.raised(make.raised_item(keys[4], state=RaisedState.HANDLED)))
    assert (panel.next_open(1), current()) == ("No other item is open.", second)


def test_why_a_line_was_raised_begins_with_what_became_of_it(panel, say, live, make):
    (key,) = say(1)
    ended = make.raised_item(key, state=RaisedState.ESCALATED, by="mod", at=1.0, note="again")
    live.session.apply(make.raised(ended))
    panel.list.go_to(panel.model.row_of_line(key))
    assert panel.explain_current() == ""
    assert panel.why.accessibleName().startswith("State: Escalated by you at")
    assert "“again”" in panel.why.accessibleName()


def test_where_none_is_open_here_the_gravest_of_another_call_is_next(panel, say, live, make):
    live.controller.choose_call("default:yard")
    (mild,) = say(1, cid="default:yard")
    (grave,) = say(1, cid="default:yard", speaker="cleo")
    live.controller.choose_call("default:hall")
    said = []
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    verdict = make.verdict(grave, severity=Severity.CRITICAL)
    yard = {key: live.session.history.line(key).item for key in (mild, grave)}
    live.session.apply(
        make.raised(
            make.raised_item(mild, said=yard[mild]),
            make.raised_item(grave, said=yard[grave], verdict=verdict),
        )
    )
    assert panel.next_open(1) == ""
    assert live.controller.cid == "default:yard"
    assert panel.model.entry(panel.list.currentIndex().row()).item.item_id == grave
    assert said == ["In yard."]
    assert live.desk.chosen == (grave,)


def test_the_keys_of_decisions_are_for_the_current_line_while_it_is_in_sight(
    panel, say, live, make, window
):
    keys = say(3)
    live.session.apply(make.raised(make.raised_item(keys[1])))
    assert live.desk.why_not(Step.HANDLE) == "Choose a raised line first."
    panel.list.go_to(panel.model.row_of_line(keys[0]))
    assert live.desk.chosen == ()
    panel.list.go_to(panel.model.row_of_line(keys[1]))
    assert (live.desk.chosen, live.desk.why_not(Step.HANDLE)) == ((keys[1],), "")
    live.commands.run("workspace.requests")
    assert live.desk.chosen == ()
    live.commands.run("workspace.live")
    assert live.desk.chosen == (keys[1],)


def test_finding_goes_back_and_says_when_there_is_nothing(panel, say):
    say(5, text="plain")
    say(1, text="The Needle")
    say(5, text="plain")
    panel.header.search.setText("needle")
    QTest.keyClick(panel.header.search, Qt.Key.Key_Return)
    assert panel.list.currentIndex().row() == 5
    panel.header.search.setText("nowhere")
    QTest.keyClick(panel.header.search, Qt.Key.Key_Return)
    assert panel.header.search.property("bad") == "true"


def test_trouble_is_said_above_the_rows(panel, say, live):
    say(80)
    panel.list.verticalScrollBar().setValue(300)
    before = panel.list.mapTo(panel, QPoint(0, 0)), panel.list.height()
    live.session.apply(
        EngineState(phase=Phase.RECONNECTING, sentence="The line is cut.", method=Method.SECRET)
    )
    assert panel.banner.isVisible()
    assert panel.banner.accessibleName() == "The line is cut."
    assert (panel.list.mapTo(panel, QPoint(0, 0)), panel.list.height()) == before


def test_a_call_counts_as_seen_only_while_its_newest_line_is_shown(panel, say, live, make):
    keys = say(80)
    assert live.session.heat["default:hall"].unseen == set()
    panel.list.verticalScrollBar().setValue(0)
    live.session.apply(make.judged(make.verdict(keys[-1])))
    assert live.session.heat["default:hall"].unseen == {keys[-1]}
    panel.list.follow()
    assert live.session.heat["default:hall"].unseen == set()


@pytest.mark.parametrize(
    ("phase", "command"),
    [
        (Phase.SIGNED_OUT, "session.sign_in"),
        (Phase.CONNECTING, "session.sign_out"),
        (Phase.RECONNECTING, "session.try_now"),
        (Phase.REFUSED, "session.sign_in"),
    ],
)
def test_every_state_has_a_sentence_and_an_action(phase, command):
    state = EngineState(phase=phase)
    blank = blank_transcript(state, None, calls=0, rows=0, raised_only=False)
    assert blank is not None
    assert blank.sentence
    assert blank.command == command
    assert blank.button


def test_live_states_say_why_nothing_is_there(make):
    def sentence(call=None, calls=1, raised_only=False, complete=True):
        state = EngineState(phase=Phase.LIVE, directory_complete=complete)
        blank = blank_transcript(state, call, calls=calls, rows=0, raised_only=raised_only)
        return blank.sentence if blank else None

    assert sentence(calls=0) == "No call is active."
    assert sentence(calls=0, complete=False) == "Reading the active calls…"
    assert "captions are disabled" in sentence(make.call())
    assert sentence(make.call(captions_mode="available")) == "Nothing has been said yet."
    assert sentence(raised_only=True) == "No line has been raised."
    state = EngineState(phase=Phase.LIVE)
    assert blank_transcript(state, None, calls=1, rows=3, raised_only=False) is None


def test_a_blind_spot_is_named_with_its_time(make):
    icon, words, token = captions_chip(make.call(unmonitored_since=make.start), make.start + 80)
    assert words.startswith("not monitored since ")
    assert words.endswith(", 1:20")
    assert (icon, token) == ("gap", "warn")


def test_the_head_explains_why_an_act_is_impossible(panel, live, make):
    live.session.apply(make.calls(make.call(people=0)))
    mute = panel.header.acts[0]
    assert not mute.isEnabled()
    assert mute.why() == "Nobody is in this call."
    assert "Nobody is in this call." in mute.toolTip()
    assert panel.header.rect().contains(QPoint(1, 1))


def test_the_pill_never_covers_the_line_that_is_read(window, say):
    say(60)
    rows, pill = window.transcript.list, window.transcript.pill
    rows.setFocus()
    rows.step(1)
    say(1)
    assert pill.isVisible()
    line = rows.visualRect(rows.currentIndex())
    assert (
        line.bottom()
        < pill.mapTo(window, pill.rect().topLeft()).y()
        - rows.viewport().mapTo(window, rows.viewport().rect().topLeft()).y()
    )
