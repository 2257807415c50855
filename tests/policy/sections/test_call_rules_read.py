from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.verdict import Severity
from console.policy.calls.rules import (
    CALL_PROPERTY,
    CALL_TYPE,
    CAPTION,
    KEY_FRAME,
    NEW,
    ActionSequence,
    CallRule,
    Condition,
    Group,
    Observed,
    observe,
)
from console.policy.sections.call_rules import BUILDER, SECTION, call_rules


def test_the_older_form():
    shared: dict[str, Any] = {
        "labels": frozenset({"hate_speech"}),
        "severity": Severity.HIGH,
        "threshold": 2,
    }
    row = {
        "harm_types": ["HATE SPEECH"],
        "severity": 3,
        "threshold": 2,
        "cooldown_period": 30,
        "action_sequences": [
            {"action": "flag", "warning": True, "warning_text": "Stop."},
            {
                "action": "mute_audio",
                "threshold": 3,
                "time_window": 60,
                "cooldown_period": 5,
                "blur": True,
            },
            {"warning": True},
        ],
    }
    assert call_rules({SECTION: {"rules": [row]}}) == (
        CallRule(
            name="HATE SPEECH",
            groups=(
                Group(
                    (Condition(kind=CAPTION, **shared), Condition(kind=KEY_FRAME, **shared)),
                    any=True,
                ),
            ),
            cooldown_period=30.0,
            action_sequences=(
                ActionSequence(
                    violation_number=1, actions=("flag", "warning"), warning_text="Stop."
                ),
                ActionSequence(
                    violation_number=3,
                    actions=("mute_audio", "blur"),
                    time_window=60.0,
                    cooldown_period=5.0,
                ),
                ActionSequence(violation_number=3, actions=("warning",)),
            ),
        ),
    )


NEWER = {
    "name": "captions",
    "rule_type": "call",
    "logic": "OR",
    "cooldown_period": "5m",
    "conditions": [
        {
            "type": "closed_caption_rule",
            "closed_caption_rule_params": {
                "harm_labels": ["INSULT"],
                "llm_harm_labels": {"Self Harm": "what harms oneself"},
                "severity": "medium",
                "threshold": 2,
                "time_window": "1m",
            },
        }
    ],
    "groups": [
        {
            "logic": "AND",
            "conditions": [
                {"type": "call_type", "call_type_rule_params": {"call_type": "livestream"}},
                {
                    "type": "call_custom_property",
                    "call_custom_property_params": {
                        "property_key": "vip",
                        "operator": "not_exists",
                    },
                },
            ],
        }
    ],
    "action_sequences": [
        {
            "violation_number": 2,
            "actions": ["call_warning", "kick_user"],
            "call_options": {"warning_text": "Bye."},
        }
    ],
}


@pytest.mark.parametrize("section", [SECTION, BUILDER])
def test_the_newer_form(section):
    assert call_rules({section: {"rules": [NEWER]}}) == (
        CallRule(
            name="captions",
            groups=(
                Group(
                    (
                        Condition(
                            kind=CAPTION,
                            labels=frozenset({"insult", "self_harm"}),
                            severity=Severity.MEDIUM,
                            threshold=2,
                            time_window=60.0,
                        ),
                    )
                ),
                Group(
                    (
                        Condition(kind=CALL_TYPE, value="livestream"),
                        Condition(kind=CALL_PROPERTY, value="vip", negated=True),
                    )
                ),
            ),
            any=True,
            cooldown_period=300.0,
            action_sequences=(
                ActionSequence(
                    violation_number=2, actions=("call_warning", "kick_user"), warning_text="Bye."
                ),
            ),
        ),
    )


def test_labels_that_are_flagged_flag_the_call():
    every, *_ = call_rules({SECTION: {"flag_all_labels": True, "flagged_labels": ["X"]}})
    some, *_ = call_rules({SECTION: {"flagged_labels": ["Some Harm"]}})
    assert every.groups[0].conditions[0].labels == frozenset()
    assert some.groups[0].conditions[0].labels == {"some_harm"}
    assert some.action_sequences[0].actions == ("flag_content",)


def test_what_is_switched_off_or_of_another_type_is_left_out():
    assert call_rules({}) == ()
    assert call_rules({SECTION: {"enabled": False, "rules": [NEWER]}}) == ()
    assert call_rules({SECTION: {"rules": [{**NEWER, "enabled": False}]}}) == ()
    assert call_rules({BUILDER: {"rules": [{**NEWER, "rule_type": "user"}]}}) == ()


@pytest.mark.parametrize(
    ("period", "seconds"),
    [
        ("30s", 30),
        ("5m", 300),
        ("24h", 86_400),
        ("7d", 604_800),
        ("500ms", 0.5),
        ("1.5m", 90),
        (45, 45),
        (0.5, 0.5),
        (-3, 0),
        (True, 0),
        ("soon", 0),
        ("", 0),
        (None, 0),
        (1e400, 0),
        (10**400, 0),
        ("9" * 400 + "s", 0),
    ],
)
def test_periods(period, seconds):
    (rule,) = call_rules({SECTION: {"rules": [{**NEWER, "cooldown_period": period}]}})
    assert rule.cooldown_period == seconds


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (0, "none"),
        (1, "low"),
        (4, "critical"),
        (5, "low"),
        (25, "low"),
        (26, "medium"),
        (75, "high"),
        (100, "critical"),
        (999, "critical"),
        ("High", "high"),
        ("dire", "none"),
    ],
)
def test_severities(value, severity):
    (rule,) = call_rules({SECTION: {"rules": [{"severity": value}]}})
    assert rule.groups[0].conditions[0].severity == severity


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from([*NEWER, "type", "x_params", "harm_types", "threshold", "rules"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ANYTHING, ANYTHING)
def test_anything_is_read_and_can_be_used(section, builder):
    seen = Observed(kind=CAPTION, labels={"x": Severity.LOW}, at=1.0)
    for rule in call_rules({SECTION: section, BUILDER: builder}):
        observe(rule, NEW, seen)


@given(st.lists(ANYTHING, max_size=2), st.lists(ANYTHING, max_size=2))
def test_any_rows_are_read_and_can_be_used(rows, builder):
    seen = Observed(kind=CAPTION, labels={"x": Severity.LOW}, at=1.0)
    sections = {SECTION: {"rules": rows}, BUILDER: {"rules": builder}}
    for rule in call_rules(sections):
        observe(rule, NEW, seen)
