"""Blank names and look-alikes, wherever an act can be aimed or is told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.protocol.acts import RequestAct
from console.protocol.requests import RequestsChanged
from console.ui.state.targets import target_of_person
from console.ui.widgets.roles import Role

HALL = "default:hall"
BLANK = ["", " ", "\u3164", "\u2800\u2800", "\u00ad", "\u200d"]


@pytest.fixture
def twins(window, live, make):
    """Two whose names look alike, by id."""
    first, second = make.person("dora-1", name="Dora"), make.person("dora-2", name="Dоrа")
    live.session.apply(make.people(first, second, whole=True))

    def choose(*user_ids):
        call = live.session.calls[HALL]
        found = (live.session.people.find(HALL, user_id) for user_id in user_ids)
        live.controller.choose_people([target_of_person(person, call) for person in found])
        return window

    return choose


def labels(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_rows_of_twins_carry_their_ids_and_say_them(window, twins):
    assert labels(window.people) == ["Dora (dora-1)", "Dоrа (dora-2)"]
    spoken = window.people.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Dоrа (dora-2)")


def test_the_card_the_question_and_the_receipt_name_the_twin(twins, live):
    window = twins("dora-2")
    assert window.card.name.text() == "Dоrа (dora-2)"
    QTest.keyClick(window, Qt.Key.Key_B)
    heading = window.dialogs.open_dialog
    words = [label.text() for label in heading.findChildren(type(heading.words))]
    assert any("Dоrа (dora-2)" in text for text in words)
    heading.go.click()
    (act,) = (message.act for message in window.sent if isinstance(message, RequestAct))
    assert act.names == ("Dоrа (dora-2)",)
    assert "Dоrа (dora-2)" in window.strip.said.text()


def test_several_twins_are_named_apart(twins):
    assert "Dora (dora-1), Dоrа (dora-2)" in twins("dora-1", "dora-2").card._room.text()


def test_lines_of_twins_carry_their_ids_once_both_are_known(window, live, make):
    live.session.apply(make.heard(make.said("one", author_id="dora-1", author_name="Dora")))
    model = window.transcript.model
    assert model.index(0).data(Role.WHO) == "Dora"
    live.session.apply(make.heard(make.said("two", author_id="dora-2", author_name="D0ra")))
    assert model.index(0).data(Role.WHO) == "Dora (dora-1)"


def test_requests_of_twins_carry_their_ids(window, live, make, twins):
    asked = (make.request("dora-1", name="Dora"), make.request("dora-2", name="Dоrа"))
    live.session.apply(RequestsChanged(asked, (), True, make.start - 60))
    live.commands.action("workspace.requests").trigger()
    assert sorted(labels(window.panels["requests"])) == ["Dora (dora-1)", "Dоrа (dora-2)"]


@pytest.mark.parametrize("name", BLANK)
def test_a_name_that_shows_nothing_is_nowhere_empty(window, live, make, name):
    live.session.apply(make.people(make.person("zed", name=name), whole=True))
    live.session.apply(make.heard(make.said("one", author_id="zed", author_name=name)))
    call, person = live.session.calls[HALL], live.session.people.find(HALL, "zed")
    live.controller.choose_person(target_of_person(person, call))
    QTest.keyClick(window, Qt.Key.Key_M)
    act = next(message.act for message in window.sent if isinstance(message, RequestAct))
    assert labels(window.people) == ["zed"]
    assert window.transcript.model.index(0).data(Role.WHO) == "zed"
    assert (window.card.name.text(), act.names) == ("zed", ("zed",))
    assert "zed" in window.strip.said.text()
