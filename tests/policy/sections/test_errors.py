import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.sections.registry import SECTION_NAMES as SECTIONS
from console.policy.toml.text import toml_pairs

ACTIONS = "flag, mask, mask_flag, shadow, remove, bounce, bounce_flag, bounce_remove."

GOOD = """key = "chat"
[automod_toxicity_config]
enabled = true
rules = [{ label = "TOXIC", action = "flag", threshold = 1 }]
[automod_platform_circumvention_config]
async = true
rules = [{ label = "CONTACT", action = "bounce_flag", threshold = 0.4, novel = 1 }]
[ai_audio_config]
profile = "p"
rules = [{ label = "HATE", severity_rules = [{ severity = "low", action = "flag" }] }]
[google_vision_config]
enabled = false
[llm_config]
app_context = "A game."
severity_descriptions = { low = "mild", high = "grave" }
rules = [{ label = "POLITICS", description = "Elections.", action = "flag" }]
[velocity_filter_config]
first_message_only = true
cascading_actions = true
advanced_filters = { novel = true }
cids_per_user = 3
rules = [{ action = "ban", fast_spam_threshold = 5, fast_spam_ttl = 10, ban_duration = 60,
  ip_ban = true, cascading_action = "", url_only = false }]
[flood_config]
allowlist = ["yes"]
identical = { enabled = true, threshold = 3, time_window = "1m", action = "flag" }
similar = 4
[video_call_rule_config]
flag_all_labels = false
flagged_labels = ["VIOLENCE"]
[[video_call_rule_config.rules]]
harm_types = ["HATE"]
severity = 2
threshold = 3
cooldown_period = 30
action_sequences = [{ action = "mute_audio", threshold = 1, time_window = 60, warning = true }]
[[video_call_rule_config.rules]]
name = "newer"
conditions = [{ type = "closed_caption_rule", closed_caption_rule_params = { threshold = 2,
  harm_labels = ["HATE"], time_window = "1m" } }]
action_sequences = [{ violation_number = 1, actions = ["warning"], call_options = { } }]
cooldown_period = "5m"
[rule_builder_config]
async = false
rules = [{ rule_type = "call", logic = "OR", groups = [{ logic = "AND", conditions = [] }] }]
"""


def errors(section, body):
    read = read_policy(f'key = "chat"\n[{section}]\n{body}\n', "p")
    return [str(error).removeprefix(f"p:3: {section}.") for error in read.errors]


def test_what_stream_takes_is_right_and_comes_back_whole():
    # Inline tables end with their line: what stands on two here is for reading.
    text = GOOD.replace(",\n  ", ", ")
    read = read_policy(text, "p")
    assert read.errors == ()
    assert read.policy is not None
    assert read_policy(write_policy(read.policy), "again").policy == read.policy


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_must_be_a_table_and_bears_unknown_keys(section):
    [error] = read_policy(f'key = "chat"\n{section} = 3\n', "p").errors
    assert str(error) == f"p:2: {section}: expected a table, not a number."
    # The one section that is known whole names what it does not know.
    known = section == "automod_semantic_filters_config"
    assert bool(errors(section, "from_the_future = { x = [1] }")) == known


@pytest.mark.parametrize(
    ("section", "body", "expected"),
    [
        (
            "automod_toxicity_config",
            'rules = [{ label = "A", action = "keep", threshold = 80 }, { threshold = "x" }]',
            [
                f"rules[0].action: “keep” is unknown; expected one of {ACTIONS}",
                "rules[0].threshold: 80 is not a number from 0 to 1.",
                "rules[1]: “label” is missing.",
                "rules[1]: “action” is missing.",
                "rules[1].threshold: expected a number from 0 to 1.",
            ],
        ),
        (
            "automod_platform_circumvention_config",
            'rules = [{ label = "A", action = "flag" }]',
            ["rules[0]: “threshold” is missing."],
        ),
        ("google_vision_config", "enabled = 1", ["enabled: expected true or false, not a number."]),
        (
            "llm_config",
            "severity_descriptions = { low = 1 }\nrules = [{ description = 2 }]",
            ["severity_descriptions.low: expected text in quotes, not a number."],
        ),
        (
            "velocity_filter_config",
            'rules = [{ action = "mute", fast_spam_ttl = "10", ip_ban = 1, fast_spam_treshold = 1'
            ", ban_duration = -1, slow_spam_ttl = 1.5 }]",
            [
                "rules[0].action: “mute” is unknown; expected one of flag, shadow, remove, ban.",
                "rules[0].fast_spam_ttl: expected a whole number of at least 0.",
                "rules[0].slow_spam_ttl: expected a whole number of at least 0.",
                "rules[0].ban_duration: -1 is not a whole number of at least 0.",
                "rules[0].ip_ban: expected true or false, not a number.",
                "rules[0].fast_spam_treshold: is unknown; did you mean “fast_spam_threshold”?",
            ],
        ),
        (
            "flood_config",
            'identical = { threshold = -1, time_window = "soon" }',
            [
                "identical.threshold: -1 is not a whole number of at least 0.",
                "identical.time_window: “soon” is no time such as 30s, 5m or 24h.",
            ],
        ),
        (
            "flood_config",
            "identical = true",
            ["identical: expected a whole number or a table with a threshold."],
        ),
        ("flood_config", "similar = -3", ["similar: -3 is not a whole number of at least 0."]),
        (
            "video_call_rule_config",
            'rules = [{ harm_types = "HATE", severity = "dire", threshold = 1.5, action_sequences'
            ' = [{ action = 1, time_window = true, blur = "yes" }] }]',
            [
                "rules[0].harm_types: expected a list of texts, not text.",
                "rules[0].severity: expected low, medium, high, critical or a whole number of at "
                "least 0.",
                "rules[0].threshold: expected a whole number of at least 0.",
                "rules[0].action_sequences[0].action: expected text in quotes, not a number.",
                "rules[0].action_sequences[0].time_window: expected a number of at least 0.",
                "rules[0].action_sequences[0].blur: expected true or false, not text.",
            ],
        ),
        (
            "rule_builder_config",
            'rules = [{ rule_type = "x", conditions = [{ keyframe_rule_params = '
            "{ min_confidence = 80 } }], action_sequences = [{ violation_number = 0 }] }]",
            [
                "rules[0].rule_type: “x” is unknown; expected one of user, content, call, flood.",
                "rules[0].conditions[0].keyframe_rule_params.min_confidence: 80 is not a number "
                "from 0 to 1.",
                "rules[0].action_sequences[0].violation_number: 0 is not a whole number of at "
                "least 1.",
            ],
        ),
    ],
)
def test_errors_are_named_in_place(section, body, expected):
    assert errors(section, body)[: len(expected)] == expected


WORDS = st.sampled_from(
    [
        "enabled", "rules", "label", "action", "threshold", "identical", "conditions", "severity",
        "severity_rules", "groups", "action_sequences", "harm_types", "x_params", "time_window",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.booleans() | st.integers(-5, 200) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=10,
)


@given(st.sampled_from(SECTIONS), st.dictionaries(WORDS, VALUES, max_size=5))
def test_any_section_ends_in_a_policy_or_in_errors(section, table):
    text = "\n".join(('key = "chat"', f"[{section}]", *toml_pairs(table)))
    read = read_policy(text, "p")
    assert (read.policy is None) == bool(read.errors)
    if read.policy is not None:
        assert read_policy(write_policy(read.policy), "again").policy == read.policy
