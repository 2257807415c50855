"""A drop-down list can be filled again without losing what is chosen."""

import pytest

from console.ui.lab.choice import Choice


@pytest.fixture
def choice(qtbot):
    made = Choice((), "Only lines with the label", empty="any label")
    qtbot.addWidget(made)
    made.refill([("scam", "SCAM"), ("a\u202e", "a\u202e"), ("scam", "again")])
    return made


def test_pairs_stand_below_the_first_item_each_once(choice):
    assert [choice.itemText(at) for at in range(choice.count())] == ["any label", "again", "a⟦RLO⟧"]
    assert choice.value() == ""


def test_the_value_stays_while_it_is_offered(choice):
    choice.show_value("scam")
    choice.refill([("other", "other"), ("scam", "SCAM")])
    assert (choice.value(), choice.currentText()) == ("scam", "SCAM")
    choice.refill([("other", "other")])
    assert (choice.value(), choice.currentText()) == ("", "any label")
