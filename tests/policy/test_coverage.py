from console.domain.local_models import LocalModels
from console.policy.coverage import needs_stream, unevaluated
from console.policy.model import Blocklist, BlocklistRule, Policy, SemanticRule
from console.policy.policy_file import read_policy
from tests.policy.word_classifiers import ByteClassifier, WordClassifier


def test_what_needs_stream_is_named():
    policy = Policy(
        key="chat",
        blocklists=(Blocklist(name="here"),),
        block_list_rules=(BlocklistRule(name="here"), BlocklistRule(name="there")),
        semantic_rules=(SemanticRule(name="meaning"),),
        sections={
            "async": True,
            "ai_text_config": {"rules": []},
            "rule_builder_config": {"rules": []},
            "llm_config": {"enabled": False},
            "ai_image_config": {},
            "flood_config": {"identical": 3},
        },
    )
    assert needs_stream(policy) == ("rule_builder_config",)
    assert unevaluated(policy) == (
        "ai_text_config needs a local model or Stream; it is not evaluated here.",
        "rule_builder_config needs Stream; it is not evaluated here.",
        "flood_config needs a speaker's earlier lines; single texts are judged without.",
        "The list “there” is not at hand; its rule matches nothing here.",
        "The semantic filter “meaning” has no phrases here; Stream keeps its own.",
    )


def test_a_policy_of_lists_alone_is_evaluated_whole():
    policy = Policy(
        key="chat",
        blocklists=(Blocklist(name="here"),),
        block_list_rules=(BlocklistRule(name="here"),),
    )
    assert unevaluated(policy) == ()


CLASSIFIED = Policy(
    key="chat",
    sections={
        "ai_text_config": {
            "rules": [
                {"label": "hate speech", "action": "flag"},
                {"label": "PII", "action": "flag"},
                {"label": "Scam"},
            ],
            "severity_rules": [{"severity": "high", "action": "flag"}],
        },
        "ai_image_config": {
            "rules": [
                {"label": "violence", "action": "flag"},
                {"label": "Weapons", "action": "flag", "subclassifications": {"Violence": True}},
                {"label": "Alcohol", "action": "flag", "subclassifications": {"Drinking": True}},
            ],
            "ocr_rules": [{"label": "SCAM", "action": "flag"}],
        },
        "bodyguard_config": {"rules": []},
    },
)


def test_with_models_only_what_they_do_not_know_is_named():
    models = LocalModels(
        text=WordClassifier({"vermin": "HATE_SPEECH", "crypto": "SCAM"}), image=ByteClassifier()
    )
    assert unevaluated(CLASSIFIED, models) == (
        "ai_text_config: the local classifier by words does not know “PII”; Stream may.",
        "ai_text_config: the rule for “Scam” names no action.",
        "ai_image_config: the local classifier by bytes does not know “Alcohol”; Stream may.",
        "ai_image_config: text inside images is read here in calls, elsewhere by Stream.",
        "bodyguard_config is the old name of ai_text_config, which alone counts here.",
    )
    assert needs_stream(CLASSIFIED) == ()


def test_without_models_both_say_what_they_need():
    assert unevaluated(CLASSIFIED)[:2] == (
        "ai_text_config needs a local model or Stream; it is not evaluated here.",
        "ai_image_config is evaluated here on pictures of calls, elsewhere by Stream.",
    )


def test_call_rules_need_the_lines_of_calls():
    calls = {"rules": [{"harm_types": ["INSULT"]}]}
    builder = {"rules": [{"rule_type": "call", "conditions": [{"type": "call_type"}]}]}
    policy = Policy(
        key="chat", sections={"video_call_rule_config": calls, "rule_builder_config": builder}
    )
    assert needs_stream(policy) == ()
    assert unevaluated(policy) == tuple(
        f"{name} needs lines with a call, a speaker and a time; only runs tell."
        for name in policy.sections
    )


def test_what_a_velocity_filter_leaves_to_stream():
    section = {"first_message_only": True, "rules": [{"check_message_context": True}]}
    policy = Policy(key="chat", sections={"velocity_filter_config": section})
    assert unevaluated(policy)[1:] == (
        "velocity_filter_config: only Stream uses first_message_only, check_message_context.",
    )


def test_an_entry_that_nobody_can_see_is_named_and_refuses_nothing():
    text = (
        'key = "chat"\n[block_list_config]\nrules = [{ name = "a", action = "flag" }]\n'
        '[[blocklists]]\nname = "a"\nwords = ["dimwit", "🖕", "\u200b", "\u3164"]\n'
    )
    read = read_policy(text, "p.toml")
    assert read.errors == ()
    assert read.policy is not None
    assert unevaluated(read.policy) == (
        "The list “a” has 2 entries that nobody can see; nothing matches there.",
    )
