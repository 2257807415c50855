"""Stream's own call rules in the workspace: read, written, tried, watched."""

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest

from console.domain.sign_in import Method
from console.protocol.stream_rules import (
    AskStreamRules,
    DropStreamRule,
    PutStreamRule,
    RuleEffect,
    StreamEffects,
    StreamRule,
    StreamRules,
    StreamRuleTried,
    TryStreamRule,
)
from console.ui.automation.stream_rule_fields import MORE, NO_RULE, document_of, fields_of
from console.ui.automation.stream_rule_form import NOTHING
from console.ui.automation.stream_rules_page import TEMPLATE

RULE = StreamRule(
    rule_id="r1",
    name="<b>insults</b>\u202e",
    rule_type="call",
    enabled=True,
    document='{"name": "insults"}',
    summary="once a caption with INSULT → violation 1: mute_audio",
)


@pytest.fixture
def stage(window, live):
    live.commands.action("workspace.automation").trigger()
    return window.panels["rules"]


@pytest.fixture
def page(stage, window, live):
    stage.which.button("stream").click()
    asked = window.sent.of(AskStreamRules)[-1]
    live.engine.say(StreamRules(asked.request_id, rules=(RULE,)))
    return stage.stream


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_they_are_read_once_when_the_page_is_shown(window, stage, page):
    assert cells(page.model, 0) == [
        "<b>insults</b>⟦RLO⟧",
        "call",
        "on",
        "once a caption with INSULT → violation 1: mute_audio",
    ]
    stage.show_page("ours")
    stage.show_page("stream")
    assert len(window.sent.of(AskStreamRules)) == 1


def test_a_rule_is_written_as_json_and_a_refusal_is_told(window, live, page):
    page.add.click()
    assert page.document.toPlainText() == TEMPLATE
    page.write.click()
    asked = window.sent.of(PutStreamRule)[-1]
    assert asked.document == TEMPLATE
    live.engine.say(StreamRules(asked.request_id, sentence="A rule needs a name."))
    assert page.told.text() == "A rule needs a name."
    assert page.document.toPlainText() == TEMPLATE


def test_a_rule_is_tried_and_what_it_would_have_done_is_listed(window, live, make, page):
    page.table.choose(0)
    page.try_it.click()
    asked = window.sent.of(TryStreamRule)[-1]
    assert asked.document == RULE.document
    effect = RuleEffect(
        at=make.start,
        cid="default:hall",
        user_id="ann",
        name="Ann",
        what="mute_audio",
        violation=1,
        text="You nitwit.",
    )
    tried = StreamRuleTried(asked.request_id, summary="S", lines=7, effects=(effect,))
    live.engine.say(tried)
    assert page.which.key() == "tried"
    assert cells(page.effects, 0)[1:] == ["Ann", "hall", "violation 1: mute_audio", "You nitwit."]
    assert page.summary.text().startswith("1 violation in the last 7 lines")


def test_what_they_do_in_calls_is_watched(live, make, page):
    seen = RuleEffect(at=make.start, cid="default:hall", user_id="ann", name="Ann", what="blur")
    live.session.apply(StreamEffects((seen, replace(seen, what="kick_user", sure=False))))
    assert [cells(page.effects, row)[3] for row in range(2)] == ["kick_user, or a server", "blur"]


def test_a_rule_is_removed(window, page):
    page.table.choose(0)
    page.remove.click()
    assert [each.rule_id for each in window.sent.of(DropStreamRule)] == ["r1"]


def test_a_user_token_reads_why_there_is_nothing(live, stage):
    live.session.apply(replace(live.session.state, method=Method.TOKEN))
    stage.show_page("stream")
    assert stage.stream.closed.isVisible()


def test_a_rule_is_changed_in_the_form_and_the_document_follows(window, page):
    assert page.form.why.text() == NOTHING
    assert not page.write.isEnabled()
    page.add.click()
    assert page.form.name.hasFocus()
    form = page.form
    assert [row.fields().violation for row in form.steps] == [1, 2]
    QTest.keyClicks(form.conditions[0].labels, ", THREAT")
    form.steps[0].boxes["mute_audio"].setChecked(True)
    form.more_then.click()
    form.steps[-1].boxes["kick_user"].setChecked(True)
    form.enabled.setChecked(False)
    page.write.click()
    written = msgspec.json.decode(window.sent.of(PutStreamRule)[-1].document)
    assert written["enabled"] is False
    (condition,) = written["conditions"]
    assert condition["closed_caption_rule_params"]["harm_labels"] == ["INSULT", "THREAT"]
    assert [each["actions"] for each in written["action_sequences"]] == [
        ["call_warning", "mute_audio"],
        ["mute_audio", "flag_user"],
        ["kick_user"],
    ]
    assert form.steps[1].fields().actions == ("mute_audio", "flag_user")
    form.steps[1].remove.click()
    form.conditions[0].remove.click()
    assert msgspec.json.decode(page.document.toPlainText())["conditions"] == []


def test_what_the_form_cannot_show_is_left_to_json(page):
    page.add.click()
    assert page.form.name.isVisible()
    grouped = TEMPLATE.replace('"conditions": [', '"groups": [{"logic": "OR"}], "conditions": [')
    page.document.setPlainText(grouped)
    assert not page.form.name.isVisible()
    assert page.form.why.text() == MORE
    assert page.document.toPlainText() == grouped
    page.views.button("json").click()
    assert page.document.isVisible()
    page.document.setPlainText("{")
    page.views.button("form").click()
    assert page.form.why.text() == NO_RULE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"threshold": 2', '"threshold": "2"'),
        ('"threshold": 2', '"threshold": 2, "min_confidence": 0.5'),
        ('"mute_audio"', '"something_new"'),
        ('"type": "closed_caption_rule"', '"type": "call_type"'),
        ('"warning_text"', '"kick_reason"'),
        ('"violation_number": 2', '"violation_number": null'),
        ('"enabled": true', '"enabled": "yes"'),
        ('"cooldown_period": "5m"', '"cooldown_period": 300'),
        ('"config_keys": []', '"config_keys": [1]'),
    ],
)
def test_no_part_of_a_rule_is_lost_in_the_form(old, new):
    assert old in TEMPLATE
    fields, why = fields_of(TEMPLATE.replace(old, new))
    assert (fields, why) == (None, MORE)


def test_a_rule_is_the_same_after_the_form():
    fields, why = fields_of(TEMPLATE)
    assert why == ""
    assert fields is not None
    assert fields_of(document_of(fields)) == (fields, "")
    assert fields_of("[" * 100_000) == (None, NO_RULE)
