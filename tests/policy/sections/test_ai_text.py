import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.verdict import Severity, action_rank
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.sections.ai_text import AiTextRule, SeverityRule, ai_text_rules
from console.policy.sections.words import HARM_ACTIONS, names
from console.policy.stream_config import from_stream, to_stream

POLICY = """key = "chat:messaging"
[ai_text_config]
enabled = true
async = false
profile = "strict"
novel_switch = [1, { x = 2.5 }]
rules = [
  { label = "SPAM", action = "flag" },
  { label = "HARASSMENT", severity_rules = [
    { severity = "low", action = "flag" },
    { severity = "high", action = "remove", since = 2026-01-01 },
  ] },
  { label = "hate speech", action = "", novel = "kept" },
]
severity_rules = [{ severity = "critical", action = "shadow" }]
"""
NAMED = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)


def severities(named):
    return tuple(SeverityRule(severity=each, action=action) for each, action in named.items())


def policy(text=POLICY):
    read = read_policy(text, "p")
    assert read.errors == ()
    assert read.policy is not None
    return read.policy


def errors(text):
    read = read_policy('key = "chat"\n' + text, "p")
    assert read.policy is None
    return [str(error) for error in read.errors]


def test_rules_are_read_in_their_order():
    assert ai_text_rules(policy().sections) == (
        AiTextRule(label="SPAM", action="flag"),
        AiTextRule(
            label="HARASSMENT",
            severity_rules=severities({"low": "flag", "high": "remove"}),
        ),
        AiTextRule(label="hate speech"),
        AiTextRule(label="*", severity_rules=severities({"critical": "shadow"})),
    )


def test_what_is_not_understood_is_kept_on_every_way():
    section = policy().sections["ai_text_config"]
    assert section["novel_switch"] == [1, {"x": 2.5}]
    assert section["rules"][2]["novel"] == "kept"
    assert policy(write_policy(policy())) == policy()
    assert from_stream(*to_stream(policy())).sections == policy().sections


def test_the_old_name_counts_where_the_new_one_is_missing():
    old = policy(POLICY.replace("ai_text_config", "bodyguard_config"))
    assert ai_text_rules(old.sections) == ai_text_rules(policy().sections)
    both = POLICY + '[bodyguard_config]\nrules = [{ label = "OLD", action = "flag" }]\n'
    assert ai_text_rules(policy(both).sections) == ai_text_rules(policy().sections)


def test_a_section_switched_off_has_no_rules():
    off = policy(POLICY.replace("enabled = true", "enabled = false"))
    assert ai_text_rules(off.sections) == ()


def test_errors_are_named_all_at_once_in_place():
    wrong = """[ai_text_config]
enabled = "yes"
profile = 3
rules = [
  { label = "SPAM", action = "ban" },
  { action = "flag" },
  { label = "spam", action = "flag" },
  { label = "A", severity_rules = [
    { severity = "awful", action = "flag" },
    { severity = "low" },
    { severity = "high", action = "flag" },
    { severity = "high", action = "remove" },
  ] },
  { label = "B", severity_rule = [] },
  "C",
]
severity_rules = { low = "flag" }
"""
    actions = "keep, flag, mask, mask_flag, shadow, remove, bounce, bounce_flag, bounce_remove."
    assert errors(wrong) == [
        "p:3: ai_text_config.enabled: expected true or false, not text.",
        "p:4: ai_text_config.profile: expected text in quotes, not a number.",
        "p:6: ai_text_config.rules[0].action: “ban” is unknown; expected one of " + actions,
        "p:7: ai_text_config.rules[1]: “label” is missing.",
        "p:8: ai_text_config.rules[2].label: there is a rule for “spam” already.",
        "p:10: ai_text_config.rules[3].severity_rules[0].severity: “awful” is unknown; "
        "expected one of low, medium, high, critical.",
        "p:11: ai_text_config.rules[3].severity_rules[1]: “action” is missing.",
        "p:13: ai_text_config.rules[3].severity_rules[3].severity: there is an action for "
        "“high” already.",
        "p:15: ai_text_config.rules[4].severity_rule: is unknown; did you mean “severity_rules”?",
        "p:16: ai_text_config.rules[5]: expected a table, not text.",
        "p:18: ai_text_config.severity_rules: expected a list of tables, not a table.",
    ]
    assert errors("ai_text_config = 3\n") == [
        "p:2: ai_text_config: expected a table, not a number."
    ]


@pytest.mark.parametrize(
    ("action", "named", "expected"),
    [
        ("flag", {}, ["flag", "flag", "flag", "flag"]),
        ("", {}, ["", "", "", ""]),
        ("", {"low": "flag", "high": "remove"}, ["flag", "flag", "remove", "remove"]),
        ("", {"high": "remove"}, ["", "", "remove", "remove"]),
        ("flag", {"high": "remove"}, ["flag", "flag", "remove", "remove"]),
        ("remove", {"low": "flag"}, ["flag", "remove", "remove", "remove"]),
        ("remove", {"medium": "keep"}, ["remove", "keep", "remove", "remove"]),
        ("flag", {"low": "keep"}, ["keep", "flag", "flag", "flag"]),
    ],
)
def test_an_action_by_severity_wins_and_reaches_up_to_the_next(action, named, expected):
    rule = AiTextRule(
        label="A",
        action=action,
        severity_rules=severities(named),
    )
    assert [rule.action_for(severity) for severity in NAMED] == expected
    assert rule.action_for(Severity.NONE) == action


@given(
    action=st.sampled_from(("", *names(HARM_ACTIONS))),
    named=st.dictionaries(st.sampled_from(NAMED), st.sampled_from(names(HARM_ACTIONS))),
    severity=st.sampled_from(NAMED),
)
def test_what_is_not_named_is_never_milder_than_what_is(action, named, severity):
    rule = AiTextRule(label="A", action=action, severity_rules=severities(named))
    found = rule.action_for(severity)
    if severity in named:
        assert found == named[severity]
        return
    assert found in ("", action, *named.values())
    below = [each for each in named if each.rank < severity.rank]
    least = [action] if action else []
    least += [named[max(below, key=lambda each: each.rank)]] if below else []
    assert bool(found) == bool(least)
    assert all(action_rank(found) >= action_rank(each) for each in least)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["label", "action", "severity_rules", "severity", "rules", "enabled"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ODD)
def test_any_answer_of_an_app_is_read_as_far_as_it_goes(section):
    for rule in ai_text_rules({"ai_text_config": section}):
        assert rule.label
        assert isinstance(rule.action_for(Severity.HIGH), str)
