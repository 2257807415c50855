"""Choosing those who came together, with a preview in the list of people."""

import pytest
from PySide6.QtCore import Qt

from console.domain.alike import Alike
from console.protocol.acts import RequestAct
from console.protocol.raid import AskRaid, RaidAnswer

HALL = "default:hall"
BOTS = ("bot0", "bot1", "bot2")
HOSTILE = "<b>Free</b>\u202eCoins join my server now"


@pytest.fixture
def people(window, live, make):
    bots = [make.person(bot, name=f"FreeCoins {bot[-1]}") for bot in BOTS]
    named = [make.person(name) for name in ("ann", "ben")]
    live.session.apply(make.people(*named, *bots, whole=True))
    return window.panels["people"]


@pytest.fixture
def found(live, people, sent, engine, qtbot):
    qtbot.mouseClick(people.find_raid, Qt.MouseButton.LeftButton)

    def answer(**fields):
        question = sent.of(AskRaid)[-1]
        fields.setdefault("names", (Alike("FreeCoins 0", BOTS),))
        engine.message_received.emit(
            RaidAnswer(question.request_id, cid=HALL, minutes=question.minutes, **fields)
        )

    return answer


def listed(people):
    return {people.model.key(row) for row in range(people.model.rowCount())}


def buttons(people):
    return {button.objectName(): button for button in people.raid._buttons.values()}


def test_a_group_is_shown_alone_and_chosen_together(people, found, live, sent, qtbot):
    found(joined=("ben", *BOTS))
    assert set(buttons(people)) == {"raid-joined", "raid-names"}
    assert buttons(people)["raid-names"].text() == "Like “FreeCoins 0”: 3"
    assert not people.raid.choose.isEnabled()

    qtbot.mouseClick(buttons(people)["raid-names"], Qt.MouseButton.LeftButton)
    assert listed(people) == set(BOTS)
    assert live.controller.chosen == ()
    assert people.raid.choose.text() == "Choose these 3"

    qtbot.mouseClick(people.raid.choose, Qt.MouseButton.LeftButton)
    assert {target.user_id for target in live.controller.chosen} == set(BOTS)
    assert sent.of(RequestAct) == []


def test_they_are_banned_in_one_form(people, found, live, window, sent, qtbot):
    found()
    qtbot.mouseClick(buttons(people)["raid-names"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(people.raid.choose, Qt.MouseButton.LeftButton)

    live.controller.request_act("ban")
    form = window.dialogs.open_dialog
    form.reason.setText("Raid")
    form.go.click()

    acts = [message.act for message in sent.of(RequestAct)]
    assert {act.user_ids for act in acts} == {(bot,) for bot in BOTS}
    assert {(act.kind, act.minutes, act.reason) for act in acts} == {("ban", 1440, "Raid")}
    assert len({act.together for act in acts}) == 1


def test_everybody_is_shown_again_when_it_closes(people, found, qtbot):
    found()
    qtbot.mouseClick(buttons(people)["raid-names"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(people.find_raid, Qt.MouseButton.LeftButton)

    assert listed(people) == {"ann", "ben", *BOTS}


def test_other_minutes_ask_again_and_an_old_answer_is_dropped(people, found, sent, engine):
    before = sent.of(AskRaid)[-1]
    people.raid.minutes.setValue(30)
    assert sent.of(AskRaid)[-1].minutes == 30

    engine.message_received.emit(
        RaidAnswer(before.request_id, cid=HALL, minutes=before.minutes, joined=BOTS)
    )
    assert buttons(people) == {}
    found(names=())
    assert people.raid.nobody.text() == "Nobody joined lately, and nobody is alike."


def test_hostile_lines_are_shown_safely(people, found):
    found(names=(), lines=(Alike(HOSTILE, BOTS),))

    text = buttons(people)["raid-lines"].text()
    assert "\u202e" not in text
    assert text.startswith("Said “<b>Free</b>")
    assert "&lt;b&gt;" in buttons(people)["raid-lines"].toolTip()
