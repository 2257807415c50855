import pytest
from PySide6.QtCore import Qt

from console.domain.phase import Phase
from console.protocol.listening import ListenedCall, ListeningChanged
from console.protocol.media import Joining
from console.protocol.to_window import EngineState
from console.ui.people import people_model
from console.ui.people.people_model import PeopleModel, state_words
from console.ui.state.targets import Target
from console.ui.widgets.roles import Role

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def people(session, clock, make):
    model = PeopleModel(session, clock)
    session.apply(make.calls(make.call(name="Hall")))
    session.apply(make.people(*(make.person(name) for name in ("cleo", "ann", "bob"))))
    return model


def names(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_qt_accepts_the_model(people, qtmodeltester):
    qtmodeltester.check(people)


def test_askers_speakers_then_names(people, session, make):
    assert names(people) == ["Ann", "Bob", "Cleo"]
    session.apply(make.people(make.person("zoe", asked=frozenset({"send-audio"}))))
    session.apply(make.people(make.person("aaron", user_session_id="", banned=True)))
    session.apply(make.heard(make.said("u2", author_id="bob", kind="message")))
    session.apply(make.heard(make.said(author_id="cleo")))
    people.rearrange()
    assert names(people) == ["Zoe", "Cleo", "Ann", "Bob", "Aaron"]
    assert people.index(1, 0).data(Role.SPEAKING) is True
    assert people.index(3, 0).data(Role.SPEAKING) is False  # Bob only wrote


def test_speaking_ends(people, session, make, clock):
    session.apply(make.heard(make.said(author_id="cleo")))
    people.rearrange()
    assert names(people)[0] == "Cleo"
    clock.time += 60
    people._refresh()
    assert names(people) == ["Ann", "Bob", "Cleo"]


def test_talk_that_goes_to_and_fro_moves_nobody(people, session, make, clock):
    for number in range(20):
        speaker = ("cleo", "bob")[number % 2]
        session.apply(make.heard(make.said(f"l{number}", author_id=speaker, end_time=clock.time)))
        people._refresh()
        assert people.index(people.row_of_user(speaker), 0).data(Role.SPEAKING)
        clock.time += people_model.SPEAKING_SECONDS + 2.0
        people._refresh()
        assert names(people) == (["Cleo", "Ann", "Bob"] if number == 0 else ["Bob", "Cleo", "Ann"])
        assert not people.index(0, 0).data(Role.SPEAKING)


def test_nothing_moves_while_held(people, session, make):
    people.hold("focus")
    session.apply(make.people(make.person("abe"), left=("bob-1",)))
    assert names(people) == ["Ann", "Bob", "Cleo", "Abe"]
    assert people.index(1, 0).data(Role.GONE) is True
    assert people.index(1, 0).data(SPOKEN) == "Bob, has left"
    session.apply(make.people(make.person("ann", muted=frozenset({"audio"}))))
    assert "microphone muted" in people.index(0, 0).data(SPOKEN)
    people.release("focus")
    assert names(people) == ["Abe", "Ann", "Cleo"]


def test_a_target_is_bound_to_the_session(people, make):
    assert people.index(0, 0).data(Role.TARGET) == Target(
        cid=make.cid,
        session_id="session-hall",
        user_id="ann",
        user_session_id="ann-1",
        name="Ann",
        call_name="Hall",
    )


def test_search_by_name_id_and_role(people, session, make):
    session.apply(make.people(make.person("x9", name="Dora", role="Host")))
    for text in ("dora", "X9", "host dora"):
        people.set_filter(text)
        assert names(people) == ["Dora"]
    people.set_filter("")
    assert people.rowCount() == 4


def test_another_call_starts_over(people, session, make):
    people.hold("pointer")
    session.apply(make.people(make.person("zed", cid="a:2"), cid="a:2"))
    assert names(people) == ["Zed"]
    assert people.cid == "a:2"


def test_finding_rows(people, session, make):
    session.apply(make.people(make.person("ann", user_session_id="ann-2")))
    assert people.person(people.row_of_user("ann")).user_session_id == "ann-1"
    assert names(people) == ["Ann", "Bob", "Cleo"]
    assert people.index(0, 0).data(Role.DEVICES) == 2
    assert "on 2 devices" in people.index(0, 0).data(SPOKEN)
    assert people.person(people.row_of_user("bob")).user_id == "bob"
    assert people.row_of_user("nobody") == -1
    assert people.person(99) is None


def test_a_crowd_is_rearranged_once_in_a_while(people, session, make, monkeypatch, qtbot):
    monkeypatch.setattr(people_model, "MANY", 2)
    session.apply(make.people(make.person("abe")))
    session.apply(make.people(make.person("ann", role="host"), left=("cleo-1",)))
    assert names(people) == ["Ann", "Bob", "Cleo"]
    assert "host" in people.index(0, 0).data(SPOKEN)
    qtbot.waitUntil(lambda: names(people) == ["Abe", "Ann", "Bob"], timeout=2000)


def test_state_in_words(make):
    person = make.person(
        user_session_id="",
        live=frozenset({"video"}),
        muted=frozenset({"audio"}),
        revoked=frozenset({"screenshare"}),
        asked=frozenset({"send-audio"}),
        blocked=True,
        banned=True,
    )
    assert state_words(person) == [
        "not in the call",
        "microphone muted",
        "camera on",
        "screen share revoked",
        "asks for microphone",
        "blocked",
        "banned",
    ]


def test_a_cleared_session_leaves_nobody(people, session):
    session.clear()
    assert people.rowCount() == 0


def test_ones_own_seat_says_so(people, session, make):
    session.apply(EngineState(phase=Phase.LIVE, user_id="bob"))
    row = people.row_of_user("bob")
    assert people.index(row, 0).data(Role.YOU) == "you"
    listened = ListenedCall(cid=make.cid, why="by hand", state=Joining.JOINED)
    session.apply(ListeningChanged(calls=(listened,)))
    assert people.index(row, 0).data(Role.YOU) == "you, listening"
    assert "Bob, you, listening" in people.index(row, 0).data(SPOKEN)
    assert people.index(people.row_of_user("ann"), 0).data(Role.YOU) == ""
