"""The workspace: what is proposed, the rules, and how they are changed."""

import pytest
from msgspec.structs import replace

from console.domain.automation.book import Paused
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Mode, Response, Span
from console.domain.verdict import Severity
from console.protocol.automation import (
    DecideProposal,
    ResumeRule,
    RulesChanged,
    RulesSaved,
    SaveRules,
)


@pytest.fixture
def stage(window, live, rules):
    rules(done=4, overturned=1)
    live.commands.action("workspace.automation").trigger()
    return window.panels["rules"].ours


@pytest.fixture
def panel(stage, window):
    return window.panels["proposals"]


def saved(window, live):
    """The rules that were asked for last; the engine takes them."""
    asked = window.sent.of(SaveRules)[-1]
    live.session.apply(RulesChanged(asked.book))
    live.engine.say(RulesSaved(asked.request_id))
    return asked.book


def shown(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_what_waits_comes_first_and_is_counted(window, panel, propose, clock):
    propose("p1", who="ann", state=ProposalState.DONE, due_at=0.0)
    propose("p2", who="ben", state=ProposalState.ASKED, due_at=0.0)
    propose("p3", who="cleo")
    assert shown(panel) == ["Cleo", "Ben", "Ann"]
    assert window.workspace.count(window.context) == 2
    assert window.docks.by_id["proposals"]._note.text() == "2 waiting"


def test_the_chosen_proposal_is_what_the_keys_decide(window, live, panel, propose, clock):
    propose("p1", who="ben", state=ProposalState.ASKED, due_at=0.0)
    propose("p2", who="cleo", due_at=clock.time + 60.0)
    panel.take_focus()
    live.commands.action("go.next").trigger()
    live.commands.action("go.next").trigger()
    clock.time += 1.0
    assert live.controller.target.user_id == "ben"
    assert panel.do.text() == "Do it (F11)"
    live.commands.action("automation.do").trigger()
    assert [(m.proposal_id, m.do) for m in window.sent.of(DecideProposal)] == [("p1", True)]


def test_the_table_tells_how_each_rule_has_done(stage):
    cells = [stage.model.index(0, column).data() for column in range(6)]
    assert cells == [
        "Remove: mute and ban",
        "Ask",
        "remove or bounce_remove → revoke and mute, ban for 1 hour",
        "4",
        "0",
        "1",
    ]
    assert stage.form.name.text() == "Remove: mute and ban"


def test_a_change_is_in_use_only_once_it_is_saved(window, live, stage):
    form = stage.form
    assert not form.save.isEnabled()
    form.mode.button("act").click()
    form.veto.setValue(3)
    form.when.labels.setText("INSULT, THREAT")
    form.when.labels.textEdited.emit("INSULT, THREAT")
    form.when.severity.show_value("high")
    form.when.times.setValue(3)
    form.when.within.span.show_value("days")
    form.steps.steps[0].boxes[Response.BAN].setChecked(False)
    assert window.sent.of(SaveRules) == []
    form.save.click()
    first = saved(window, live).rules[0]
    assert (first.mode, first.veto_s) == (Mode.ACT, 3.0)
    assert first.when.labels == ("INSULT", "THREAT")
    assert (first.when.severity, first.when.times) == (Severity.HIGH, 3)
    assert first.when.within.span is Span.DAYS
    assert first.steps[0].responses == (Response.REVOKE_AND_MUTE,)
    assert not form.changed


def test_a_refusal_stands_beside_the_form_and_nothing_is_lost(window, live, stage):
    stage.form.name.setText("")
    stage.form.name.textEdited.emit("")
    stage.form.save.click()
    asked = window.sent.of(SaveRules)[-1]
    live.engine.say(RulesSaved(asked.request_id, sentence="A rule needs a name."))
    assert stage.form.problem.text() == "A rule needs a name."
    assert stage.form.changed


def test_actions_are_taken_whatever_their_capitals(window, live, stage):
    stage.form.when.recommended.setText("Flag, REMOVE")
    stage.form.when.recommended.textEdited.emit("Flag, REMOVE")
    stage.form.save.click()
    assert saved(window, live).rules[0].when.actions == ("flag", "remove")


def test_a_new_rule_begins_in_shadow_and_can_be_a_ladder(window, live, stage):
    stage.add.click()
    form = stage.form
    assert form.mode.key() == "shadow"
    form.name.setText("Ladder")
    form.steps.more.click()
    form.steps.steps[1].boxes[Response.MUTE].setChecked(False)
    form.steps.steps[1].boxes[Response.KICK].setChecked(True)
    assert form.steps.steps[1].title.text() == "Second time and later"
    form.save.click()
    rule = saved(window, live).rules[-1]
    assert (rule.name, rule.mode) == ("Ladder", Mode.SHADOW)
    assert [step.responses for step in rule.steps] == [(Response.MUTE,), (Response.KICK,)]


def test_rules_can_be_moved_and_removed_and_people_spared(window, live, stage):
    stage.down.click()
    assert [rule.rule_id for rule in saved(window, live).rules] == ["seed-flag", "seed-remove"]
    stage.form.remove.click()
    assert len(saved(window, live).rules) == 1
    stage.spare.click()
    stage.spared.people.setText("ann, ben")
    stage.spared.people.textEdited.emit("ann, ben")
    stage.spared.save.click()
    assert saved(window, live).exempt_people == ("ann", "ben")


def test_what_the_guard_paused_says_so_and_has_a_way_out(window, live, stage, rules):
    book = live.session.automation.book
    paused = Paused(rule_id="seed-flag", at=0.0, acts=40, usual=3.0)
    rules(replace(book, paused=(paused,)))
    assert stage.model.index(1, 1).data() == "Act, paused"
    assert stage.paused.text() == (
        "The rule “Flag: into the review queue” was paused and only asks now: 40 acts in ten"
        " minutes, where 3 are usual."
    )
    stage.resume.click()
    assert [each.rule_id for each in window.sent.of(ResumeRule)] == ["seed-flag"]


def test_news_of_the_records_move_nobody_away_from_what_they_edit(stage, rules):
    stage.form.veto.setFocus()
    first = stage.form.steps.steps[0]
    stage.spare.click()
    rules(proposed=5, done=5)
    assert stage.spared.isVisible()
    stage.table.choose(0)
    assert stage.form.steps.steps[0] is first
    stage.form.name.setText("Half typed")
    stage.form.name.textEdited.emit("Half typed")
    rules(proposed=6, done=6)
    assert stage.form.name.text() == "Half typed"
    assert stage.form.record.text().endswith("done 6.")
