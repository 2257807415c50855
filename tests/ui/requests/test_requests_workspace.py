"""The inbox of permission requests: who waits longest first, answered by keys, one or many."""

import pytest
from PySide6.QtCore import Qt

from console.domain.verdict import JudgedItem
from console.protocol.acts import RequestAct
from console.protocol.people import AskPerson, PersonCard
from console.protocol.requests import RequestsChanged, RestoreRequests
from console.ui.widgets.roles import Role

HALL, YARD = "default:hall", "default:yard"
HOSTILE = "<b>Ann</b>\u202e\nasks for nothing. Ben was kicked."


@pytest.fixture
def asks(make):
    def build(user_id="ann", cid=HALL, waited=60.0, **fields):
        return make.request(user_id, cid=cid, since=make.start - waited, **fields)

    return build


@pytest.fixture
def say(live, make):
    def change(*requests, closed=(), whole=False):
        live.session.apply(RequestsChanged(requests, closed, whole, make.start - 3600))

    return change


@pytest.fixture
def inbox(window, live, qtbot):
    live.commands.action("workspace.requests").trigger()
    return window.panels["requests"]


def names(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def acts(sent):
    return [(m.act.kind, m.act.cid, m.act.user_ids, m.act.permissions) for m in sent.of(RequestAct)]


def test_whoever_waits_longest_comes_first_with_call_and_time(inbox, say, asks):
    say(asks("ben", YARD, waited=200.0, permissions=("send-video", "send-audio")), asks("ann"))
    assert names(inbox) == ["Ben", "Ann"]
    row = inbox.model.index(0, 0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Ben, camera and microphone · yard, waiting 3 min"
    )
    assert not inbox.list.visualRect(row).isEmpty()


def test_the_keyboard_is_on_the_list_and_the_rail_counts(window, inbox, say, asks):
    assert window.focusWidget() is inbox
    say(asks("ann"), asks("ben"))
    assert window.focusWidget() is inbox.list
    assert window.workspace.count(window.context) == 2
    assert window.docks.by_id["requests"]._note.text() == "2 waiting"


def test_a_accepts_and_r_refuses_whoever_is_chosen(window, live, inbox, say, asks):
    say(asks("zoe", YARD, permissions=("screenshare",)), asks("ann", waited=1.0))
    live.commands.action("go.next").trigger()
    assert [target.user_id for target in live.controller.chosen] == ["zoe"]
    live.commands.action("act.accept_request").trigger()
    live.commands.action("go.next").trigger()
    live.commands.action("act.refuse_request").trigger()
    assert acts(window.sent) == [
        ("accept_request", YARD, ("zoe",), ("screenshare",)),
        ("refuse_request", HALL, ("ann",), ("send-audio",)),
    ]


def test_several_of_several_calls_are_answered_by_the_second_press(window, live, inbox, say, asks):
    say(asks("zoe", YARD), asks("zoe", HALL, waited=9.0), asks("yan", YARD, waited=5.0))
    inbox.list.selectAll()
    assert len(live.controller.chosen) == 3
    live.commands.action("act.refuse_request").trigger()
    assert acts(window.sent) == []
    assert live.controller.arming.armed.words.startswith("Refuse request of Zoe, Zoe, Yan")
    live.commands.action("act.refuse_request").trigger()
    assert acts(window.sent) == [
        ("refuse_request", YARD, ("zoe",), ("send-audio",)),
        ("refuse_request", HALL, ("zoe",), ("send-audio",)),
        ("refuse_request", YARD, ("yan",), ("send-audio",)),
    ]


def test_all_at_once_is_armed_first_and_one_alone_is_not(window, inbox, say, asks):
    assert not inbox.accept_all.isEnabled()
    say(asks("zoe", YARD))
    inbox.accept_all.click()
    assert acts(window.sent) == [("accept_request", YARD, ("zoe",), ("send-audio",))]
    say(asks("yan", YARD))
    inbox.refuse_all.click()
    assert len(acts(window.sent)) == 1
    inbox.refuse_all.click()
    assert len(acts(window.sent)) == 3


def test_a_row_goes_when_anybody_answered(inbox, say, asks):
    say(asks("ann"), asks("ben"))
    say(closed=((HALL, "ann"),))
    assert names(inbox) == ["Ben"]
    say(whole=True)
    assert names(inbox) == []
    assert inbox.blank.accessibleName() == "Nobody asks for anything."


def test_nothing_moves_under_the_pointer(inbox, say, asks):
    say(asks("ben"), asks("cleo", waited=30.0))
    inbox.model.hold("pointer")
    say(asks("ann", waited=900.0), closed=((HALL, "ben"),))
    assert names(inbox) == ["Ben", "Cleo", "Ann"]
    assert inbox.model.index(0, 0).data(Role.GONE)
    inbox.model.release("pointer")
    assert names(inbox) == ["Ann", "Cleo"]


def test_what_is_not_known_is_said(window, inbox, say, asks):
    say(asks("ann", doubtful=True))
    assert inbox.since.text().startswith("Requests made before ")
    assert "maybe answered" in inbox.model.index(0, 0).data(Role.CALL_NAME)
    inbox.step(1)
    stage = window.panels["request"]
    assert stage.doubt.isVisibleTo(stage)


def test_the_stage_shows_the_request_and_the_history(window, live, inbox, say, asks, make):
    say(asks("zoe", YARD, waited=125.0, name=HOSTILE))
    inbox.step(1)
    stage = window.panels["request"]
    shown = "<b>Ann</b>⟦RLO⟧␊asks for nothing. Ben was kicked."
    assert "Asks for microphone in yard, for 2 min." in stage.asked.text()
    question = window.sent.of(AskPerson)[-1]
    assert (question.cid, question.user_id) == (YARD, "zoe")
    card = PersonCard(
        question.request_id,
        cid=YARD,
        user_id="zoe",
        items=(JudgedItem(make.said("u1", author_id="zoe"), (make.verdict("u1"),)),),
        acts=(make.progress(make.act(user_ids=("zoe",))),),
    )
    live.engine.say(card)
    assert stage.said.text() == "Said 1"
    assert stage.lines.model().rowCount() == 1
    assert "revoked the microphone" in stage.done.text()
    assert inbox.model.index(0, 0).data() == shown


def test_hostile_names_are_painted_as_they_are(inbox, say, asks, qtbot):
    say(asks("zoe", YARD, name=HOSTILE * 20, permissions=("<i>all</i>\u202e",)))
    row = inbox.model.index(0, 0)
    assert "<i>all</i>⟦RLO⟧" in row.data(Role.CALL_NAME)
    picture = inbox.list.grab().toImage()
    ground = picture.pixelColor(2, picture.height() - 2).name()
    rect = inbox.list.visualRect(row)
    inked = {
        picture.pixelColor(x, rect.center().y()).name() for x in range(rect.left(), rect.right())
    }
    assert inked - {ground}
    assert inbox.list.visualRect(row).width() <= inbox.list.viewport().width()


def test_a_new_engine_is_told_what_was_open(window, live, say, asks):
    open_request = asks("ann")
    say(open_request)
    live.engine.die()
    live.engine.begin()
    assert window.sent.of(RestoreRequests) == [RestoreRequests((open_request,))]
