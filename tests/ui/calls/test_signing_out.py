"""Who signs out leaves calls and acts as they are: nothing has ended, and nobody watches it."""

import pytest
from PySide6.QtCore import Qt

from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged, LeaveAct, RequestAct, RetryAct
from console.protocol.to_window import EngineState
from console.ui.acts.acts_model import ActColumn
from console.ui.state.targets import target_of_person
from console.ui.widgets.roles import Role

HALL, YARD = "default:hall", "default:yard"
WHY = "You are not signed in."


@pytest.fixture
def sign_out(live):
    return lambda: live.session.apply(EngineState(phase=Phase.SIGNED_OUT))


@pytest.fixture
def did(live, make):
    def put(state, act_id="a1", **fields):
        act = make.act(act_id)
        live.session.apply(ActsChanged(acts=(make.progress(act, state, **fields),)))

    return put


def test_calls_have_not_ended_but_are_not_monitored(window, live, clock, sign_out):
    signed_out_at = clock.now()
    sign_out()
    model = window.calls.model
    assert not live.session.ended
    assert list(model.keys()) == ["", HALL, YARD]
    for cid in (HALL, YARD):
        index = model.index(model.row_of(cid), 0)
        assert index.data(Role.UNMONITORED) == signed_out_at
        assert not index.data(Role.GONE)
        assert "not monitored" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_nobody_is_said_to_have_left(window, live, sign_out):
    person = live.session.people.find(HALL, "ann")
    live.controller.choose_person(target_of_person(person, live.session.calls[HALL]))
    sign_out()
    assert window.people.model.rowCount() == 3
    words = [chip._word.text() for chip in window.card.head.chips if chip.isVisible()]
    assert "not in the call" not in words
    assert live.controller.why_not("kick", live.controller.target) == WHY


def test_the_next_sign_in_finds_which_calls_ended_meanwhile(window, live, make, clock, sign_out):
    sign_out()
    clock.time += 600
    live.session.apply(EngineState(phase=Phase.CONNECTING, method=Method.SECRET))
    live.session.apply(make.calls(make.call(), whole=True))
    assert live.session.calls[HALL].unmonitored_since == 0.0
    assert set(live.session.ended) == {YARD}


def test_undo_waits_for_a_sign_in_and_says_so(window, live, did, sign_out, recorder):
    did(ReceiptState.SEEN, undoable=True)
    strip, log = window.strip, window.log.log
    assert (strip.repair.text(), strip.repair.isEnabled()) == ("Undo", True)
    sign_out()
    assert (strip.repair.text(), strip.repair.isEnabled()) == ("Undo", False)
    assert strip.repair.toolTip() == WHY
    index = window.log.model.index(0, ActColumn.UNDO)
    assert WHY in index.data(Qt.ItemDataRole.ToolTipRole)
    recorder.watch(said=live.controller.said)
    log.use_button(0)
    live.controller.undo_last()
    live.controller.retry("a1")
    live.controller.leave("a1")
    assert recorder.of("said") == [(WHY, "warn")] * 4
    assert not [m for m in window.sent if isinstance(m, RequestAct | RetryAct | LeaveAct)]
    live.session.apply(EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod"))
    log.use_button(0)
    assert [message.act.undo_of for message in window.sent if isinstance(message, RequestAct)] == [
        "a1"
    ]


@pytest.mark.parametrize(
    "state", [ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED], ids=str
)
def test_an_act_under_way_says_that_it_goes_on_at_the_next_sign_in(window, did, sign_out, state):
    did(state)
    sign_out()
    words = "goes on at the next sign-in"
    model = window.log.model
    assert words in model.index(0, ActColumn.RECEIPT).data()
    assert words in model.index(0, ActColumn.STEPS).data()
    assert words in window.strip.said.accessibleName()
