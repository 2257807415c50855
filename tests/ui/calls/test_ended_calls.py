"""A call that ends stays where it is looked at, is shown as ended, and can be read again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.protocol.acts import RequestAct
from console.ui.state.ended_calls import MOST
from console.ui.state.targets import target_of_person
from console.ui.widgets.roles import Role

HALL, YARD = "default:hall", "default:yard"


@pytest.fixture
def end(live, make):
    def over(*cids):
        live.session.apply(make.calls(removed=cids or (HALL,)))

    return over


def rows(window):
    return list(window.calls.model.keys())


def spoken(window, cid):
    model = window.calls.model
    return model.index(model.row_of(cid), 0).data(Qt.ItemDataRole.AccessibleTextRole)


def acts(window):
    return [message.act for message in window.sent if isinstance(message, RequestAct)]


def test_the_window_stays_and_says_that_it_ended(window, say, end):
    say(3)
    end()
    assert window.context.controller.cid == HALL
    assert window.transcript.header.name.text() == "hall"
    assert window.transcript.header._live._word.text() == "ended"
    assert not window.transcript.header._captions.isVisible()
    assert window.transcript.list.isVisible()
    assert window.transcript.model.rowCount() == 3


def test_it_is_the_last_of_the_calls_and_still_chosen(window, end):
    end()
    assert rows(window) == ["", YARD, HALL]
    model = window.calls.model
    assert model.index(2, 0).data(Role.GONE)
    assert "ended" in spoken(window, HALL)
    assert window.calls.list.currentIndex().row() == 2


def test_no_act_on_the_call_is_possible_and_each_says_why(window, end):
    end()
    for button in window.transcript.header.acts:
        assert not button.isEnabled()
        assert button.why() == "This call has ended."
    told = []
    window.context.controller.act_refused.connect(lambda _kind, why: told.append(why))
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    window.context.controller.request_act("mute_everyone_audio")
    assert told[-1] == "This call has ended."
    assert acts(window) == []


def test_nobody_stays_behind_in_it(window, live, end):
    person = live.session.people.find(HALL, "ann")
    live.controller.choose_person(target_of_person(person, live.session.calls[HALL]))
    end()
    assert window.people.model.rowCount() == 0
    assert window.people.blank.accessibleName().startswith("This call has ended.")
    words = [chip._word.text() for chip in window.card.head.chips if chip.isVisible()]
    assert words == ["not in the call"]
    (kick,) = (b for b in window.findChildren(QPushButton, "act.kick") if b.isVisible())
    assert kick.why() == "They are not in the call."


def test_whoever_spoke_there_cannot_be_kicked_from_it_any_more(window, live, say, end):
    say(1, speaker="ben")
    end()
    target = window.transcript.model.index(0).data(Role.TARGET)
    assert live.controller.why_not("kick", target) == "They are not in the call."
    assert live.controller.why_not("ban", target) == ""


def test_its_transcript_can_be_opened_again(window, live, say, end):
    say(2)
    end()
    live.controller.choose_call(YARD)
    assert window.transcript.model.rowCount() == 0
    model = window.calls.model
    window.calls.list.choose(model.index(model.row_of(HALL), 0))
    assert live.controller.cid == HALL
    assert window.transcript.model.rowCount() == 2


def test_raised_lines_that_nobody_saw_still_count(window, live, make, end):
    live.controller.choose_call(YARD)
    said = make.said("bad", cid=HALL)
    live.session.apply(make.heard(said, verdicts=[make.verdict("bad")]))
    before = window.calls.model.index(window.calls.model.row_of(HALL), 0).data(Role.UNSEEN)
    end()
    after = window.calls.model.index(window.calls.model.row_of(HALL), 0).data(Role.UNSEEN)
    assert (before, after) == (1, 1)
    live.controller.choose_call(HALL)
    assert window.calls.model.index(window.calls.model.row_of(HALL), 0).data(Role.UNSEEN) == 0


def test_a_call_that_begins_again_is_a_call_again(window, live, make, end):
    end()
    live.session.apply(make.calls(make.call()))
    assert HALL not in live.session.ended
    assert not window.calls.model.index(window.calls.model.row_of(HALL), 0).data(Role.GONE)
    assert window.transcript.header._live._word.text() == "live"


def test_calls_that_are_missing_in_a_whole_list_have_ended(window, live, make):
    live.session.apply(make.calls(make.call(YARD), whole=True))
    assert list(live.session.ended) == [HALL]
    assert rows(window) == ["", YARD, HALL]


def test_only_so_many_are_kept_and_another_account_sees_none(live, make):
    for number in range(MOST + 5):
        cid = f"default:c{number}"
        live.session.apply(make.calls(make.call(cid)))
        live.session.apply(make.calls(removed=(cid,)))
    assert len(live.session.ended) == MOST
    assert "default:c0" not in live.session.ended
    live.session.clear()
    assert live.session.ended == {}


def test_one_in_which_nothing_was_heard_says_so(window, end):
    end()
    assert window.transcript.blank.accessibleName().startswith("This call has ended.")
