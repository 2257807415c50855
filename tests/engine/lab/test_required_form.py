"""Required stages as a table of the lab."""

from console.policy.policy_file import read_policy
from console.policy.sections.required import KEY
from tests.engine.lab.section_forms import added, changed, dropped, form_of

TEXT = """key = "chat"
[ai_text_config]
rules = [{ label = "SCAM", action = "flag" }]
"""


def test_a_stage_that_the_policy_uses_is_offered_first_and_can_be_changed_and_dropped():
    text = added(TEXT, KEY)
    assert [row.name for row in form_of(text, KEY).rows] == ["ai_text"]
    text = changed(text, KEY, 0, "action", "remove")
    text = changed(text, KEY, 0, "severity", "high")
    policy = read_policy(text, "p").policy
    assert policy is not None
    (rule,) = policy.required.rules
    assert (rule.stage, rule.action, rule.severity) == ("ai_text", "remove", "high")
    assert form_of(text, KEY).rows[0].cells[0].text == "AI text"
    assert form_of(dropped(text, KEY, 0), KEY).rows == ()


def test_the_section_has_a_switch():
    form = form_of(TEXT + '[required]\nenabled = false\nrules = [{ stage = "ai_text" }]', KEY)
    assert [(each.path, each.on) for each in form.switches] == [((KEY, "enabled"), False)]
