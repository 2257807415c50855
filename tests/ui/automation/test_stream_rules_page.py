"""Stream's own call rules in the workspace: read, written, tried, watched."""

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.past import SavedSession
from console.domain.sign_in import Method
from console.protocol.stream_rules import (
    AskSavedSessions,
    AskStreamRules,
    DropStreamRule,
    PutStreamRule,
    RuleEffect,
    SavedSessionsAnswer,
    StopTrial,
    StreamEffects,
    StreamRule,
    StreamRules,
    StreamRuleTried,
    TrialProgress,
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


HALL = SavedSession(
    cid="default:hall",
    session_id="s1",
    name="<b>Hall</b>\u202e",
    captions=1200,
    frames=3,
    since=1_800_000_000.0,
    until=1_800_000_900.0,
)
YARD = replace(HALL, cid="default:yard", session_id="s2", name="Yard", captions=1, frames=0)


@pytest.fixture
def saved(page, window, live):
    """Two saved sessions are known."""
    asked = window.sent.of(AskSavedSessions)[-1]
    live.engine.say(SavedSessionsAnswer(asked.request_id, sessions=(HALL, YARD)))
    page.table.choose(0)
    return page.sessions


def test_the_author_chooses_on_which_saved_calls_a_rule_is_tried(window, live, page, saved):
    assert page.try_it.text() == "Try on 2 saved sessions"
    page.which.button("calls").click()
    asked = window.sent.of(AskSavedSessions)[-1]
    live.engine.say(SavedSessionsAnswer(asked.request_id, sessions=(HALL, YARD)))
    texts = [saved.list.item(row).text() for row in range(2)]
    assert texts[0].startswith("<b>Hall</b>⟦RLO⟧ · ")
    assert texts[0].endswith(" · 1,200 captions · 3 frames")
    assert texts[1].endswith(" · 1 caption")
    assert saved.summary.text() == "2 of 2 sessions · 1,201 captions · 3 frames"
    saved.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert page.try_it.text() == "Try on one saved session"
    page.try_it.click()
    question = window.sent.of(TryStreamRule)[-1]
    assert (question.document, question.sessions) == (RULE.document, (("default:yard", "s2"),))
    saved.none.click()
    assert not page.try_it.isEnabled()
    saved.all.click()
    assert len(saved.chosen()) == 2


def test_a_trial_shows_how_far_it_is_and_can_be_stopped(window, live, page, saved):
    page.try_it.setFocus()
    page.try_it.click()
    asked = window.sent.of(TryStreamRule)[-1]
    assert page.stop.isVisible()
    assert page.stop.hasFocus()
    live.session.apply(TrialProgress("another", 5, 9))
    live.session.apply(TrialProgress(asked.request_id, 500, 1201))
    assert (page.progress.value(), page.progress.maximum()) == (500, 1201)
    assert page.summary.text() == "Trying: 500 of 1,201"
    page.stop.click()
    assert [each.request_id for each in window.sent.of(StopTrial)] == [asked.request_id]
    tried = StreamRuleTried(asked.request_id, sessions=1, captions=500, stopped=True)
    live.engine.say(tried)
    assert not page.stop.isVisible()
    assert page.summary.text() == (
        "Stopped: so far 0 violations in 500 captions and 0 frames of 1 session."
    )


def test_what_a_rule_would_have_done_is_listed_with_the_part_that_met_it(
    window, live, make, page, saved, recorder
):
    page.try_it.click()
    asked = window.sent.of(TryStreamRule)[-1]
    said = make.said("line-1", text="You nitwit.")
    live.session.apply(make.heard(said))
    effect = RuleEffect(
        at=make.start,
        cid="default:hall",
        user_id="ann",
        name="Ann",
        what="mute_audio",
        violation=1,
        part="closed_caption_rule",
        item_id="line-1",
        text="You nitwit.",
    )
    shown = replace(effect, part="keyframe_rule", item_id="gone", text="Explicit Nudity")
    live.engine.say(
        StreamRuleTried(
            asked.request_id,
            summary="S",
            sessions=2,
            captions=7,
            frames=2,
            violations=2,
            by_part={"keyframe_rule": 1, "closed_caption_rule": 1},
            effects=(effect, shown),
        )
    )
    assert page.which.key() == "tried"
    assert [cells(page.effects, row)[3] for row in range(2)] == ["what is said", "what is shown"]
    assert cells(page.effects, 0)[1:3] == ["Ann", "hall"]
    assert cells(page.effects, 1)[4:] == ["violation 1: mute_audio", "Explicit Nudity"]
    assert page.summary.text().startswith(
        "2 violations (1 by what is said, 1 by what is shown) in 7 captions and 2 frames of 2"
    )
    recorder.watch(line=live.controller.line_wanted, said=live.controller.said)
    page.effects_table.activated.emit(page.effects.index(0, 0))
    assert recorder.of("line") == [("default:hall", "line-1")]
    page.effects_table.activated.emit(page.effects.index(1, 0))
    assert recorder.of("said")[0][0] == "That is no longer in the transcript of this window."


def test_what_they_do_in_calls_is_watched(live, make, page):
    seen = RuleEffect(at=make.start, cid="default:hall", user_id="ann", name="Ann", what="blur")
    live.session.apply(StreamEffects((seen, replace(seen, what="kick_user", sure=False))))
    assert [cells(page.effects, row)[4] for row in range(2)] == ["kick_user, or a server", "blur"]


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
