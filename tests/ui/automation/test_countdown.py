"""A countdown on the strip and on its line, and the two keys that decide."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Response
from console.protocol.automation import DecideProposal, ProposalsChanged
from console.ui.acts.armed_face import ArmedFace
from console.ui.people.feature import PERSON
from console.ui.state.targets import target_of_person
from console.ui.transcript.countdown_badge import countdown_badge


@pytest.fixture
def bar(window):
    return window.strip.countdown


def decided(window):
    return [(each.proposal_id, each.do) for each in window.sent.of(DecideProposal)]


def test_the_strip_says_who_what_and_how_long_and_how_to_stop_it(bar, clock, propose, live):
    assert not bar.isVisible()
    propose()
    assert bar.isVisible()
    assert bar.said.accessibleName() == "In 8 s: Ann, mute (rule Insults)"
    assert (bar.stop.text(), bar.do.text()) == ("Stop (F10)", "Now (F11)")
    clock.time += 3.0
    live.session.automation._tick()
    assert bar.said.accessibleName() == "In 5 s: Ann, mute (rule Insults)"


def test_one_key_stops_and_one_hastens_what_the_strip_shows(window, live, clock, propose):
    propose("p1")
    clock.time += 1.0
    live.commands.action("automation.stop").trigger()
    propose("p1", state=ProposalState.STOPPED, due_at=0.0)
    propose("p2", who="ben")
    clock.time += 1.0
    live.commands.action("automation.do").trigger()
    assert decided(window) == [("p1", False), ("p2", True)]


def test_a_key_does_not_decide_what_came_there_a_moment_ago(window, live, clock, propose, bar):
    propose("p1", due_at=clock.time + 20.0)
    clock.time += 1.0
    propose("p2", who="ben", due_at=clock.time + 5.0)
    live.commands.action("automation.stop").trigger()
    assert decided(window) == []
    assert "a moment ago" in window.strip.said.accessibleName()
    clock.time += 1.0
    bar.stop.click()
    assert decided(window) == [("p2", False)]


def test_without_a_proposal_the_keys_say_so(window, live):
    live.commands.action("automation.stop").trigger()
    assert decided(window) == []
    assert "Automation proposes nothing now." in window.strip.said.accessibleName()


def test_the_line_counts_down_in_place_of_its_verdict(window, live, make, clock, propose):
    live.session.apply(make.heard(make.said("line-p1"), verdicts=[make.local("line-p1")]))
    automation = live.session.automation
    assert countdown_badge(automation, "line-p1") is None
    propose(responses=(Response.REVOKE_AND_MUTE, Response.BAN), minutes=90)
    badge = countdown_badge(automation, "line-p1")
    assert badge is not None
    assert (badge.word, badge.parts) == ("IN 8 S", ("Revoke and mute, ban for 90 min",))
    window.transcript.list.viewport().grab()
    propose(state=ProposalState.DONE, due_at=0.0)
    assert countdown_badge(automation, "line-p1") is None


def test_what_is_armed_leaves_the_buttons_of_a_countdown_free(window, live, bar, propose, make):
    window.resize(820, 620)
    propose()
    person = live.session.people.find("default:hall", "ben")
    target = target_of_person(person, live.session.calls["default:hall"])
    live.controller.choose_person(replace(target, name="Ben " * 30))
    window.docks.close_drawer(PERSON)
    live.controller.request_act("kick")
    QTest.qWait(1)  # buttons and strip show it first
    (face,) = (each for each in window.findChildren(ArmedFace) if each.isVisible())
    free = bar.stop.rect().translated(bar.stop.mapTo(window, QPoint(0, 0)))
    assert not face.rect().translated(face.mapTo(window, QPoint(0, 0))).intersects(free)


def test_the_window_counts_over_the_engines_of_a_run(live, make, propose):
    automation = live.session.automation
    done = propose("p1", state=ProposalState.COUNTING)
    propose("p1", state=ProposalState.DONE, due_at=0.0)
    propose("p2", who="ben")
    told_again = replace(done, state=ProposalState.DONE, due_at=0.0)
    before = replace(done, proposal_id="p0", state=ProposalState.DONE)
    live.session.apply(ProposalsChanged((before, told_again), replay=True))
    propose("p2", who="ben", state=ProposalState.STOPPED, due_at=0.0)
    propose("p3", state=ProposalState.SHADOW, due_at=0.0)
    counted = automation.counted()
    assert (counted.proposed, counted.done, counted.vetoed) == (2, 1, 1)


def test_before_any_act_the_strip_tells_what_automation_did(window, propose):
    assert window.strip.said.accessibleName() == "Nothing has been done yet."
    propose(state=ProposalState.DONE, responses=(Response.FLAG,), due_at=0.0)
    assert window.strip.said.accessibleName().startswith("Automation at ")
    assert window.strip.said.accessibleName().endswith(": flag for review, Ann.")


BUNDLE = (Response.REVOKE_AND_MUTE, Response.BAN)


def test_who_and_the_gravest_act_are_read_in_a_small_window(window, live, propose, clock, bar):
    window.resize(800, 600)
    propose(responses=BUNDLE, who="Dorian Pike", state=ProposalState.ASKED, due_at=0.0)
    QTest.qWait(1)  # the row gets its room
    assert "Suggested: Dorian Pike, revoke and mute, ban for 1 hour" in bar.said.text()
    assert bar.says_whole()
    live.commands.action("automation.do").trigger()
    assert decided(window) == [("p1", True)]


def test_what_has_no_room_is_said_whole_before_it_is_done(window, live, propose, clock, bar):
    window.resize(800, 600)
    propose(responses=BUNDLE, who="Dorian " * 20, state=ProposalState.ASKED, due_at=0.0)
    QTest.qWait(1)  # the row gets its room
    live.commands.action("automation.do").trigger()
    QTest.qWait(1)  # the strip shows it first
    assert decided(window) == []
    (face,) = (each for each in window.findChildren(ArmedFace) if each.isVisible())
    assert face.text().startswith("Revoke and mute, ban for 1 hour: Dorian ")
    assert face.text().endswith("F11 again; Esc stops")
    live.commands.action("automation.do").trigger()
    assert decided(window) == [("p1", True)]


def test_what_is_stopped_is_armed_no_longer(window, live, propose, bar):
    window.resize(800, 600)
    propose(responses=BUNDLE, who="Dorian " * 20, due_at=0.0)
    QTest.qWait(1)  # the row gets its room
    live.commands.action("automation.do").trigger()
    live.commands.action("automation.stop").trigger()
    assert live.controller.arming.armed is None
    assert decided(window) == [("p1", False)]


def test_the_row_stays_where_it_is_when_nothing_waits(window, propose, bar):
    propose()
    propose(state=ProposalState.STOPPED, due_at=0.0)
    assert bar.isVisible()
    assert not bar.do.isVisible()
    assert bar.said.accessibleName() == "Automation proposes nothing now."


def test_what_the_keys_decide_stays_while_it_waits(window, live, propose, clock, bar):
    propose("p1", state=ProposalState.ASKED, due_at=0.0)
    propose("p2", who="ben", due_at=clock.time + 20.0)
    propose("p3", who="cleo", state=ProposalState.ASKED, due_at=0.0, at=clock.time - 9.0)
    clock.time += 1.0
    assert bar.said.accessibleName().startswith("Suggested: Ann")
    live.commands.action("automation.do").trigger()
    assert decided(window) == [("p1", True)]


def test_a_countdown_about_to_end_takes_the_place_and_the_press_is_refused(
    window, live, propose, clock, bar
):
    automation = live.session.automation
    propose("p1", state=ProposalState.ASKED, due_at=0.0)
    propose("p2", who="ben", due_at=clock.time + 10.0)
    propose("p3", who="cleo", due_at=clock.time + 9.0)
    clock.time += 4.5
    automation._tick()
    assert bar.said.accessibleName().startswith("In 5 s: Cleo")
    clock.time += 0.6
    live.commands.action("automation.do").trigger()
    assert decided(window) == []
    automation._tick()
    assert bar.said.accessibleName().startswith("In 4 s: Cleo"), "both end soon, and it was there"
    propose("p3", state=ProposalState.DONE, who="cleo", due_at=0.0)
    assert bar.said.accessibleName().startswith("In 5 s: Ben")
    live.commands.action("automation.stop").trigger()
    assert decided(window) == []
    propose("p2", state=ProposalState.DONE, who="ben", due_at=0.0)
    clock.time += 1.0
    assert bar.said.accessibleName().startswith("Suggested: Ann")
