"""What the controls about harms ask the engine to change, and what becomes of the text."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from console.engine.services.lab.summary import summary_of
from console.engine.services.lab.trying import edited
from console.policy.policy_file import read_policy
from console.protocol.lab import Edit, EditPolicy, PolicyText
from console.protocol.lab_summary import HarmSummary, PolicySummary
from console.ui.lab import harm_edits
from console.ui.lab.harms_model import SEVERITIES
from console.ui.lab.vocabulary import ACTIONS, KEEP

HATE = HarmSummary(
    index=2, label="HATE_SPEECH", action="flag", by_severity={"high": "remove", "low": "keep"}
)
SCAM = HarmSummary(index=3, label="scam", by_severity={"low": "flag"})
SUMMARY = PolicySummary(
    key="chat",
    harms=(HATE, SCAM),
    harms_section="bodyguard_config",
    harm_labels=("HATE_SPEECH", "SCAM", "INSULT"),
)
RULES = ("bodyguard_config", "rules")
TEXT = """key = "chat"  # mine
[ai_text_config]
rules = [
  { label = "HATE_SPEECH", action = "flag" },  # always
  { label = "SCAM", severity_rules = [{ severity = "low", action = "flag", since = 3 }] },
]
"""


def test_an_action_is_set_or_taken_away():
    assert harm_edits.acting(SUMMARY, HATE, "remove") == (
        Edit((*RULES, 2, "action"), "set", "remove"),
    )
    assert harm_edits.acting(SUMMARY, HATE, "") == (Edit((*RULES, 2, "action"), "remove"),)


def test_an_action_by_severity_is_changed_added_or_taken_away():
    path = (*RULES, 2, "severity_rules")
    assert harm_edits.acting_at(SUMMARY, HATE, "low", "mask") == (
        Edit((*path, 1, "action"), "set", "mask"),
    )
    assert harm_edits.acting_at(SUMMARY, HATE, "critical", "remove") == (
        Edit(path, "append", {"severity": "critical", "action": "remove"}),
    )
    assert harm_edits.acting_at(SUMMARY, HATE, "high", "") == (Edit((*path, 0), "remove"),)
    assert harm_edits.acting_at(SUMMARY, HATE, "medium", "") == ()


def test_with_the_last_action_by_severity_the_list_goes():
    assert harm_edits.acting_at(SUMMARY, SCAM, "low", "") == (
        Edit((*RULES, 3, "severity_rules"), "remove"),
    )


def test_a_new_rule_has_a_label_that_is_still_free():
    assert harm_edits.free_label(SUMMARY) == "INSULT"
    assert harm_edits.free_label(PolicySummary(key="chat")) == "NEW_LABEL"
    full = PolicySummary(
        key="chat", harms=tuple(HarmSummary(index=0, label=each) for each in ("new label", "B"))
    )
    assert harm_edits.free_label(full) == "NEW_LABEL_2"
    assert harm_edits.new_rule(SUMMARY, "INSULT") == (
        Edit(RULES, "append", {"label": "INSULT", "action": "flag"}),
    )


def test_the_other_controls_change_one_value():
    assert harm_edits.labelled(SUMMARY, SCAM, "ADS") == (Edit((*RULES, 3, "label"), "set", "ADS"),)
    assert harm_edits.without_rule(SUMMARY, SCAM) == (Edit((*RULES, 3), "remove"),)
    assert harm_edits.switched(SUMMARY, False) == (
        Edit(("bodyguard_config", "enabled"), "set", False),
    )


def told(text):
    read = read_policy(text, "p")
    assert read.errors == ()
    assert read.policy is not None
    return summary_of(read.policy, text)


def after(text, make):
    answer = edited(EditPolicy("1", PolicyText(text), make(told(text))))
    assert answer.sentence == ""
    return answer.text


@given(
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from(("", *SEVERITIES)),
            st.sampled_from(("", KEEP.name, *(each.name for each in ACTIONS))),
        ),
        max_size=6,
    )
)
def test_whatever_is_chosen_is_what_the_text_says_then(choices):
    text = TEXT
    for at, severity, action in choices:
        before = told(text).harms[at]
        if not severity and (action or before.action):
            text = after(text, lambda s, at=at, act=action: harm_edits.acting(s, s.harms[at], act))
            assert told(text).harms[at].action == action
        elif severity:

            def make(s, at=at, severity=severity, action=action):
                return harm_edits.acting_at(s, s.harms[at], severity, action)

            text = after(text, make)
            assert told(text).harms[at].by_severity.get(severity, "") == action
    assert text.startswith('key = "chat"  # mine\n')


def test_rules_are_added_to_a_policy_without_the_section():
    text = after('key = "chat"\n', lambda s: harm_edits.new_rule(s, "SCAM"))
    text = after(text, lambda s: harm_edits.acting_at(s, s.harms[0], "high", "remove"))
    assert tomllib.loads(text)["ai_text_config"] == {
        "rules": [
            {
                "label": "SCAM",
                "action": "flag",
                "severity_rules": [{"severity": "high", "action": "remove"}],
            }
        ]
    }
