"""Confidence as a table of the lab."""

from console.policy.policy_file import read_policy
from console.policy.sections.confidence import KEY
from tests.engine.lab.section_forms import added, changed, dropped, form_of


def test_a_rule_is_added_changed_and_dropped():
    text = added('key = "chat"\n', KEY)
    assert form_of(text, KEY).rows[0].cells[0].text == "every other label"
    text = changed(text, KEY, 0, "label", "SCAM")
    text = changed(text, KEY, 0, "least", 0.85)
    policy = read_policy(text, "p").policy
    assert policy is not None
    assert [(rule.label, rule.least) for rule in policy.confidence.rules] == [("SCAM", 0.85)]
    assert form_of(dropped(text, KEY, 0), KEY).rows == ()
