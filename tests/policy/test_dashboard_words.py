import pytest

from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.stream_config import to_stream

POLICY = """key = "chat"
[block_list_config]
rules = [{{ name = "a", action = "{0}" }}]
[velocity_filter_config]
rules = [{{ action = "{0}", cascading_action = "{0}", fast_spam_threshold = 2, fast_spam_ttl = 9 }}]
[ai_image_config]
rules = [{{ label = "Violence", action = "{0}" }}]
[video_call_rule_config]
rules = [{{ harm_types = ["a"], action_sequences = [{{ action = "block" }}] }}]
[[blocklists]]
name = "a"
words = ["moron"]
"""


@pytest.mark.parametrize(("said", "meant"), [("block", "remove"), ("shadow_block", "shadow")])
def test_the_words_of_the_dashboard_are_what_they_mean(said, meant):
    read = read_policy(POLICY.format(said), "p.toml")
    assert read.policy is not None, read.errors
    assert Evaluator(read.policy).judge("moron").action == meant
    config, _ = to_stream(read.policy)
    assert config["block_list_config"]["rules"][0]["action"] == meant
    assert config["velocity_filter_config"]["rules"][0]["cascading_action"] == meant
    assert config["ai_image_config"]["rules"][0]["action"] == meant
    sequences = config["video_call_rule_config"]["rules"][0]["action_sequences"]
    assert sequences[0]["action"] == "block"  # an action of call rules has its own words
    assert (
        f'"{said}"'
        not in write_policy(read.policy)
        .replace(str(sequences), "")
        .split("[video_call_rule_config]")[0]
    )


def test_other_words_are_still_refused():
    (error, *_) = read_policy(POLICY.format("blok"), "p.toml").errors
    assert (error.line, error.sentence[:17]) == (3, "“blok” is unknown")
