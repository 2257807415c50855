"""What is open about somebody's name, on their row and on their card."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.item import NAME, Name
from console.domain.raised import RaisedState
from console.protocol.acts import RequestAct
from console.ui.people.people_model import PeopleModel
from console.ui.state.targets import target_of_person
from console.ui.transcript.item_painters import painter_of
from console.ui.widgets.roles import Role

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def raised(make):
    """A raised name of Ben, in a state."""

    def raised(state=RaisedState.OPEN, like="Ann", **verdict):
        item = make.said("n1", author_id="ben", kind=NAME, body=Name("Ann (host)", like, "host"))
        found = make.verdict("n1", **{"labels": ("IMPERSONATION",), **verdict})
        return make.raised(make.raised_item("n1", said=item, verdict=found, state=state))

    return raised


@pytest.fixture
def people(session, clock, make):
    model = PeopleModel(session, clock)
    session.apply(make.calls(make.call(name="Hall")))
    session.apply(make.people(*(make.person(name) for name in ("ann", "ben"))))
    return model


def test_a_raised_name_stands_first_and_is_told_in_words(people, session, raised):
    session.apply(raised())

    assert [people.index(row, 0).data() for row in range(2)] == ["Ben", "Ann"]
    assert people.index(0, 0).data(Role.APPEARANCE).item_id == "n1"
    assert "name like Ann" in people.index(0, 0).data(SPOKEN)
    assert people.index(1, 0).data(Role.APPEARANCE) is None


def test_the_very_same_name_is_called_that(people, session, make):
    item = make.said("n1", author_id="ben", kind=NAME, body=Name("Ann", "Ann", "host"))
    found = make.verdict("n1", labels=("SAME_NAME",))
    session.apply(make.raised(make.raised_item("n1", said=item, verdict=found)))

    assert "same name as Ann" in people.index(0, 0).data(SPOKEN)
    assert painter_of(item).mark(item) == "same name as Ann"


def test_what_is_decided_or_forgotten_is_on_nobody_any_more(people, session, make, raised):
    session.apply(raised())
    session.apply(raised(RaisedState.DISMISSED))
    assert [people.index(row, 0).data(Role.APPEARANCE) for row in range(2)] == [None, None]

    session.apply(raised())
    session.apply(make.raised(forgotten=("n1",)))
    assert [people.index(row, 0).data(Role.APPEARANCE) for row in range(2)] == [None, None]


def test_a_bad_name_says_its_label(people, session, raised):
    session.apply(raised(like="", labels=("HATE_SPEECH",)))
    assert "name: hate speech" in people.index(0, 0).data(SPOKEN)


def test_the_transcript_says_that_it_is_a_name_and_whose_it_looks_like(make):
    item = make.said("n1", kind=NAME, body=Name("0live", "Olive\u202e", "host"))
    assert painter_of(item).text(item) == "‹name like Olive⟦RLO⟧› 0live"
    plain = make.said("n1", kind=NAME, body=Name("Stupid"))
    assert painter_of(plain).text(plain) == "‹name› Stupid"


def test_the_card_shows_it_and_the_name_is_reset_by_no_key_beside_another(window, live, raised):
    ben = live.session.people.person("default:hall", "ben")
    live.controller.choose_person(target_of_person(ben, live.session.calls["default:hall"]))
    live.engine.say(raised())

    chips = [chip for chip in window.card.head.chips if chip.isVisibleTo(window.card)]
    assert chips[0].accessibleName() == "name like Ann"

    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert window.sent.of(RequestAct) == []
    live.commands.action("act.reset_name").trigger()
    (request,) = window.sent.of(RequestAct)
    assert (request.act.kind, request.act.user_ids) == ("reset_name", ("ben",))
