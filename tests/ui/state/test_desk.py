"""What a window decides about raised items, and how it is told and taken back."""

import pytest
from msgspec.structs import replace

from console.domain.phase import Phase
from console.domain.raised import MAX_NOTE, Step
from console.domain.sign_in import Method
from console.protocol.acts import RequestAct
from console.protocol.raised import Decide, Decided, UndoDecision
from console.protocol.to_window import EngineState
from console.ui.state.controller import WindowController
from console.ui.state.desk import Desk
from console.ui.state.targets import target_of_line


@pytest.fixture
def controller(session, link, clock):
    return WindowController(session, link, clock)


@pytest.fixture
def desk(session, link, controller, clock, make, engine):
    session.apply(EngineState(phase=Phase.LIVE, user_id="mod"))
    session.apply(make.raised(*(make.raised_item(key) for key in ("u1", "u2", "u3"))))
    return Desk(session, link, controller, clock)


@pytest.fixture
def said(controller):
    sentences = []
    controller.said.connect(lambda sentence, _token: sentences.append(sentence))
    return sentences


def asked(sent, kind):
    return [message for message in sent if isinstance(message, kind)]


def test_a_decision_is_for_what_is_chosen_and_told_once_it_is_answered(desk, sent, engine, said):
    desk.choose(("u1",), None)
    assert desk.decide(Step.DISMISS, note=" seen " + "x" * 300) == ""
    (question,) = asked(sent, Decide)
    decision = question.decision
    assert (decision.step, decision.item_ids, decision.by) == (Step.DISMISS, ("u1",), "mod")
    assert (len(decision.note), decision.note[:5]) == (MAX_NOTE, "seen ")
    assert said == []
    engine.message_received.emit(Decided(question.request_id, changed=1))
    assert said == ["Dismissed: what Ann said."]


def test_of_several_only_those_are_asked_for_about_which_something_can_be_decided(
    desk, session, make, sent
):
    session.apply(make.raised(make.raised_item("u2", holder="mod", taken_at=1.0)))
    desk.choose(("u1", "u2", "u3"), None)
    assert desk.take_or_give_back() == ""
    assert asked(sent, Decide)[-1].decision.item_ids == ("u1", "u3")
    desk.choose(("u2",), None)
    desk.take_or_give_back()
    assert asked(sent, Decide)[-1].decision.step is Step.GIVE_BACK
    assert desk.decide(Step.HANDLE, ("gone",)).startswith("This line is not raised")


def test_nothing_is_decided_where_nobody_is_signed_in(desk, session, sent):
    desk.choose(("u1",), None)
    session.apply(EngineState(phase=Phase.SIGNED_OUT))
    assert desk.decide(Step.HANDLE) == "You are not signed in."
    assert asked(sent, Decide) == []


def test_the_newest_decision_is_undone_first_and_a_refused_one_is_not_there(
    desk, sent, engine, said, clock
):
    desk.decide(Step.HANDLE, ("u1",))
    clock.time += 5
    desk.decide(Step.ESCALATE, ("u2", "u3"))
    refused, kept = asked(sent, Decide)
    assert desk.newest_at == clock.now()
    engine.message_received.emit(Decided(refused.request_id, sentence="It was handled already."))
    assert said == ["It was handled already."]
    assert desk.undo_newest() == ""
    (undo,) = asked(sent, UndoDecision)
    assert undo.decision_id == kept.decision.decision_id
    engine.message_received.emit(Decided(undo.request_id, changed=2))
    assert "Undone: 2 items were escalated to the review queue." in said[-1]
    assert "The flag stays" in said[-1]
    assert desk.undo_newest().startswith("Nothing that you decided")


def test_a_decision_without_an_answer_is_asked_again_of_the_next_engine(desk, sent, engine):
    desk.decide(Step.HANDLE, ("u1",))
    (first,) = asked(sent, Decide)
    engine.died.emit("The engine ended.")
    engine.started.emit(7)
    assert asked(sent, Decide) == [first, first]


def test_another_account_decides_about_nothing_of_this_one(desk, session):
    desk.choose(("u1",), None)
    desk.decide(Step.HANDLE)
    session.clear()
    assert (desk.chosen, desk.newest_at) == ((), 0.0)
    assert list(session.raised) == []


def test_a_warning_names_the_open_item_of_this_person_that_is_chosen(
    desk, session, controller, make, sent
):
    session.apply(EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod"))
    session.apply(make.calls(make.call()))
    session.apply(make.people(make.person("ann"), make.person("bob")))
    ann = make.raised_item("u1").item
    target = target_of_line(ann, None)
    desk.choose(("u1", "u2"), None)
    controller.request_act("warn", target)
    controller.request_act("mute_audio", target)
    controller.request_act("warn", replace(target, user_id="bob"))
    desk.choose((), None)
    controller.request_act("warn", target)
    named = [request.act.item for request in asked(sent, RequestAct)]
    assert named == [ann, None, None, None]
