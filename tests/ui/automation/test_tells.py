"""What reaches somebody who looks elsewhere, and what the act log tells of automation."""

import pytest

from console.domain.act import AUTOMATION
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Response
from console.protocol.automation import ColleagueIsFast
from console.ui.automation.tells import Tells
from console.ui.state.wording import act_text, evidence_text

HOSTILE = "<b>You</b>\u202e fool"


class Reached:
    def __init__(self):
        self.notified = []
        self.announced = []

    def notify(self, title, body, *, critical, show=None):
        self.notified.append((title, body, critical))
        self.show = show

    def announce(self, words, *, urgent):
        self.announced.append((words, urgent))


@pytest.fixture
def reached(live):
    made = Reached()
    Tells(live, made, live.session)
    return made


def test_a_rule_that_tells_shows_a_notification(reached, live, propose, make, recorder):
    said = make.said("u9", author_id="ann", author_name="Ann", text=HOSTILE)
    propose(responses=(Response.NOTIFY,), state=ProposalState.DONE, due_at=0.0, item=said)
    assert reached.notified == [("Insults: Ann", "<b>You</b>⟦RLO⟧ fool", False)]
    recorder.watch(line=live.controller.line_wanted)
    reached.show()
    assert recorder.of("line") == [("default:hall", "u9")]
    assert reached.announced == []


def test_a_countdown_is_announced_once_and_the_shadow_is_silent(reached, propose):
    propose("p1")
    propose("p1", state=ProposalState.STOPPED, due_at=0.0)
    propose("p2", state=ProposalState.SHADOW, due_at=0.0, responses=(Response.NOTIFY,))
    assert reached.announced == [("In 8 s: Ann, mute (rule Insults)", True)]
    assert reached.notified == []


def test_a_colleague_who_acts_far_above_the_usual_is_told_of(reached, live):
    live.session.apply(
        ColleagueIsFast(user_id="u2", name="<b>Eve", at=7.0, acts=60, seconds=55.0, usual=6.0)
    )
    sentence = "<b>Eve did 60 acts in 1 minute, where 6 in ten are usual."
    assert reached.notified == [("A colleague acts far above the usual", sentence, False)]
    assert reached.announced == [(sentence, False)]
    assert [problem.sentence for problem in live.session.problems] == [sentence]


def test_the_act_log_names_automation_its_rule_and_the_evidence(make):
    said = make.said("u9", author_id="ann", text=HOSTILE)
    act = make.act(by=AUTOMATION, rule="Insults", reason="Insults: INSULT", item=said)
    assert "(by automation, Insults: INSULT)" in act_text(act)
    assert evidence_text(act) == "Rule: Insults\nThey said: “<b>You</b>⟦RLO⟧ fool”"
