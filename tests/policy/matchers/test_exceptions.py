"""Phrases in which an entry of a list is meant otherwise."""

import pytest

from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from console.policy.stream_config import from_stream, to_stream

TEXT = """
key = "custom:captions"
[block_list_config]
rules = [{ name = "a", action = "flag" }, { name = "b", action = "remove" }]
[[blocklists]]
name = "a"
words = ["shut up", "die"]
exceptions = ["shut up shop", "die laughing"]
[[blocklists]]
name = "b"
type = "regex"
words = ['die \\w+']
"""


@pytest.fixture(scope="module")
def policy():
    read = read_policy(TEXT, "p.toml")
    assert read.errors == ()
    return read.policy


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("shut up", ["a"]),
        ("let's shut up shop", []),
        ("Shut-up SHOP!", []),
        ("shut up, we shut up shop", ["a"]),
        ("die laughing", ["b"]),
        ("die slowly", ["a", "b"]),
        ("s\u3164hut up shop", []),
    ],
)
def test_an_entry_within_an_exception_of_its_list_does_not_count(policy, text, rules):
    matches = Evaluator(policy).judge(text).matches
    assert sorted({match.rule for match in matches}) == rules


def test_exceptions_survive_the_way_to_an_app_and_back(policy):
    config, lists = to_stream(policy)
    again = from_stream(config, lists)
    assert [each.exceptions for each in again.blocklists] == [("shut up shop", "die laughing"), ()]
