import pytest

from console.ui.state.targets import (
    Target,
    compose_act,
    compose_undo,
    target_of_call,
    target_of_line,
    target_of_person,
)

ANN = Target(cid="a:1", session_id="s1", user_id="ann", name="Ann", call_name="Hall")
BOB = Target(cid="a:1", session_id="s1", user_id="bob", name="Bob", call_name="Hall")


def test_a_target_binds_person_session_and_names(make):
    call = make.call(name="Hall")
    assert target_of_person(make.person(), call) == Target(
        cid=call.cid,
        session_id=call.session_id,
        user_id="ann",
        user_session_id="ann-1",
        name="Ann",
        call_name="Hall",
    )
    assert target_of_call(call) == Target(
        cid=call.cid, session_id=call.session_id, call_name="Hall"
    )
    line = target_of_line(make.said(session_id="earlier"), call)
    assert (line.user_id, line.session_id, line.call_name) == ("ann", "earlier", "Hall")


def test_names_of_an_unknown_call_are_its_cid(make):
    assert target_of_line(make.said(), None).call_name == make.cid
    assert target_of_person(make.person(), None).call_name == make.cid


def test_an_act_on_one_person():
    act = compose_act("ban", [ANN], at=5.0, by="mod", minutes=10, reason="spam", ip_ban=True)
    assert len(act.act_id) == 32
    assert (act.cid, act.session_id, act.user_ids, act.names) == ("a:1", "s1", ("ann",), ("Ann",))
    assert (act.minutes, act.reason, act.ip_ban, act.by) == (10, "spam", True, "mod")
    assert act.requested_at == 5.0
    assert compose_act("ban", [ANN], at=5.0).act_id != act.act_id


def test_an_act_on_several_people_or_the_whole_call():
    assert compose_act("mute_audio", [ANN, BOB], at=1.0).user_ids == ("ann", "bob")
    assert compose_act("end_call", [ANN], at=1.0).user_ids == ()


@pytest.mark.parametrize(
    ("kind", "targets"),
    [
        ("kick", []),
        ("kick", [ANN, BOB]),
        ("kick", [Target(cid="a:1")]),
        ("mute_audio", [ANN, Target(cid="a:2", user_id="zoe")]),
    ],
)
def test_what_is_no_act_is_refused(kind, targets):
    with pytest.raises(ValueError, match=r"target|person|call"):
        compose_act(kind, targets, at=1.0)


def test_an_undo_names_what_it_takes_back():
    act = compose_act("revoke_audio", [ANN], at=1.0)
    undo = compose_undo(act, at=2.0, by="mod")
    assert (undo.kind, undo.undo_of) == ("grant_audio", act.act_id)
    assert (undo.user_ids, undo.cid, undo.by) == (("ann",), "a:1", "mod")
    with pytest.raises(ValueError, match="no undo"):
        compose_undo(compose_act("kick", [ANN], at=1.0), at=2.0)
