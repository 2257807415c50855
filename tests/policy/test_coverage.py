from console.policy.coverage import unevaluated
from console.policy.model import Blocklist, BlocklistRule, Policy, SemanticRule


def test_what_needs_stream_is_named():
    policy = Policy(
        key="chat",
        blocklists=(Blocklist(name="here"),),
        block_list_rules=(BlocklistRule(name="here"), BlocklistRule(name="there")),
        semantic_rules=(SemanticRule(name="meaning"),),
        sections={
            "async": True,
            "ai_text_config": {"rules": []},
            "llm_config": {"enabled": False},
            "ai_image_config": {},
            "flood_config": {"identical": 3},
        },
    )
    assert unevaluated(policy) == (
        "ai_text_config needs Stream; it is not evaluated here.",
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
