"""Several people chosen in the list: one act, one card, and nobody who was not chosen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.protocol.acts import RequestAct
from console.ui.state.targets import target_of_person

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def acts(window):
    return [message.act for message in window.sent if isinstance(message, RequestAct)]


def click(window, row, modifier=Qt.KeyboardModifier.NoModifier):
    people = window.people.list
    point = people.visualRect(people.model().index(row, 0)).center()
    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, modifier, point)


def chosen(live):
    return [target.user_id for target in live.controller.chosen]


@pytest.fixture
def three(window):
    click(window, 0)
    click(window, 2, SHIFT)
    return window


def test_one_key_mutes_everybody_chosen_in_one_act(three, live):
    assert chosen(live) == ["ann", "ben", "cleo"]
    QTest.keyClick(three, Qt.Key.Key_M)
    assert [(act.kind, act.user_ids) for act in acts(three)] == [
        ("mute_audio", ("ann", "ben", "cleo"))
    ]


def test_the_card_says_how_many_and_who(three):
    assert three.card.name.text() == "3 people chosen"
    assert three.card._room.text() == "Ann, Ben, Cleo"
    assert not three.card.tabs.isVisible()
    click(three, 1)
    assert three.card.name.text() == "Ben"
    assert three.card.tabs.isVisible()


def test_the_buttons_stay_where_they_are(window):
    click(window, 0)
    (kick,) = (b for b in window.findChildren(QPushButton, "act.kick") if b.isVisible())
    before = kick.mapTo(window, QPoint())
    click(window, 1, CTRL)
    assert kick.mapTo(window, QPoint()) == before


def test_a_button_of_the_card_acts_on_all_of_them(three):
    (mute,) = (b for b in three.findChildren(QPushButton, "act.mute_audio") if b.isVisible())
    QTest.mouseClick(mute, Qt.MouseButton.LeftButton)
    assert [act.user_ids for act in acts(three)] == [("ann", "ben", "cleo")]


def test_an_act_for_one_at_a_time_names_all_and_becomes_one_each(three):
    QTest.keyClick(three, Qt.Key.Key_X)
    assert three.context.controller.arming.armed.words == "Kick Ann, Ben, Cleo"
    assert acts(three) == []
    QTest.keyClick(three, Qt.Key.Key_X)
    assert [(act.kind, act.user_ids) for act in acts(three)] == [
        ("kick", ("ann",)),
        ("kick", ("ben",)),
        ("kick", ("cleo",)),
    ]


def test_a_ban_of_several_has_one_form(three):
    QTest.keyClick(three, Qt.Key.Key_B)
    dialog = three.dialogs.open_dialog
    dialog.reason.setText("raid")
    dialog.go.click()
    assert [(act.user_ids, act.minutes, act.reason) for act in acts(three)] == [
        (("ann",), 1440, "raid"),
        (("ben",), 1440, "raid"),
        (("cleo",), 1440, "raid"),
    ]


def test_whom_it_cannot_be_done_to_is_left_out(three, live, make):
    muted = make.person("ben", muted=frozenset({"audio"}))
    live.session.apply(make.people(muted))
    QTest.keyClick(three, Qt.Key.Key_M)
    assert [act.user_ids for act in acts(three)] == [("ann", "cleo")]


def test_an_act_that_fits_nobody_says_so(three, live):
    (unban,) = (b for b in three.findChildren(QPushButton, "act.unban") if b.isVisible())
    assert not unban.isEnabled()
    assert unban.why() == "None of them: They are not banned."


def test_keys_choose_several_too(window, live):
    window.people.list.setFocus()
    for key in (Qt.Key.Key_J, Qt.Key.Key_J):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_J, SHIFT)
    assert chosen(live) == ["ben", "cleo"]
    QTest.keyClick(window, Qt.Key.Key_K, SHIFT)
    assert chosen(live) == ["ben"]
    QTest.keyClick(window, Qt.Key.Key_K, SHIFT)
    assert chosen(live) == ["ann", "ben"]


def test_somebody_who_leaves_leaves_the_choice_to_the_others(three, live, make, qtbot):
    live.session.apply(make.people(left=("cleo-1",)))
    three.people.model.release("focus")
    three.people.model.release("pointer")
    assert chosen(live) == ["ann", "ben"]


def test_a_line_chosen_with_shift_held_replaces_the_choice(three, live, make):
    person = live.session.people.find("default:hall", "ben")
    QTest.keyPress(three, Qt.Key.Key_Shift, SHIFT)
    live.controller.choose_person(target_of_person(person, live.session.calls["default:hall"]))
    QTest.keyRelease(three, Qt.Key.Key_Shift)
    rows = three.people.list.selectionModel().selectedIndexes()
    assert [index.row() for index in rows] == [1]
    assert chosen(live) == ["ben"]


def test_a_hand_that_slips_does_not_choose_the_neighbour(window, live):
    people = window.people.list
    first, last = (people.visualRect(people.model().index(row, 0)).center() for row in (0, 2))
    QTest.mousePress(people.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(people.viewport(), last)
    QTest.mouseRelease(people.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert chosen(live) == ["ann"]


def test_the_chosen_person_stays_where_they_are_when_the_others_change_places(
    window, live, make, say
):
    crowd = [make.person(f"p{number:03}") for number in range(80)]
    live.session.apply(make.people(*crowd, whole=True))
    people = window.people.list
    last = live.session.people.find("default:hall", "p079")
    live.controller.choose_person(target_of_person(last, live.session.calls["default:hall"]))
    window.transcript.list.setFocus()
    assert people.viewport().rect().contains(people.visualRect(people.currentIndex()))
    for speaker in ("p079", "p078", "p077"):
        place = people.visualRect(people.currentIndex())
        say(speaker=speaker)
        window.people.model.rearrange()
        assert people.currentIndex().row() == 79  # though they speak themselves
        assert people.visualRect(people.currentIndex()) == place
    live.controller.choose_person(None)
    window.people.model.rearrange()
    assert window.people.model.row_of_user("p079") == 2
    assert window.people.model.row_of_user("p077") == 0


def test_the_card_of_somebody_kicked_says_that_they_are_out(window, live, make):
    click(window, 0)
    live.session.apply(make.people(left=("ann-1",)))
    (kick,) = (b for b in window.findChildren(QPushButton, "act.kick") if b.isVisible())
    assert kick.why() == "They are not in the call."
    words = [chip._word.text() for chip in window.card.head.chips if chip.isVisible()]
    assert words == ["not in the call"]


def test_the_count_follows_the_call(window, live, make):
    notes: list[str] = []
    window.people.note_changed.connect(notes.append)
    live.session.apply(make.calls(make.call(people=7)))
    assert notes[-1] == "7 people"


def test_a_list_that_is_still_to_be_read_does_not_claim_that_nobody_is_there(window, live, make):
    live.session.apply(make.people(whole=True))
    assert window.people.blank.isVisible()
    assert window.people.blank.accessibleName().startswith("Reading who is in the call")
    live.session.apply(make.calls(make.call(people=0)))
    assert window.people.blank.accessibleName().startswith("Nobody is in this call")
