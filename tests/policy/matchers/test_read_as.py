import pytest

from console.policy.evaluator import Evaluator
from console.policy.model import Blocklist, BlocklistRule, Policy

EVERY = {
    "is_leet_check_enabled": True,
    "is_plural_check_enabled": True,
    "is_confusable_folding_enabled": True,
    "is_ending_check_enabled": True,
    "is_respelling_check_enabled": True,
    "is_compound_check_enabled": True,
}


def why(text, *words, flags=EVERY):
    listed = Blocklist(name="w", words=words or ("fuck", "bastard"), **flags)
    rules = (BlocklistRule(name="w"),)
    policy = Policy(key="custom:x", blocklists=(listed,), block_list_rules=rules)
    return Evaluator(policy).judge(text).why


@pytest.mark.parametrize("text", ["fuck", "FUCK!", "fu\u200bck"])
def test_what_stands_as_it_is_listed_needs_no_reading(text):
    assert why(text) == "Word list “w” matched 1 word."


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("f u c k", "“fuck” (cut or joined)"),
        ("fu ck", "“fuck” (cut or joined, misspelt)"),
        ("fück", "“fuck” (look-alike letters)"),
        ("b4stard", "“bastard” (signs for letters)"),
        ("b*stard", "“bastard” (signs for letters)"),
        ("fuuuuck", "“fuck” (letters repeated)"),
        ("fucking", "“fuck” (with an ending)"),
        ("fcuk", "“fuck” (misspelt)"),
        ("fuckface", "“fuck” (in a longer word)"),
        ("phuckface", "“fuck” (misspelt, in a longer word)"),
        ("bastards", "“bastard”"),
    ],
)
def test_the_reason_says_what_a_disguise_was_read_as(text, reading):
    assert why(text) == f"Word list “w” matched 1 word, read as {reading}."


def test_each_entry_is_named_once_and_a_few_only():
    assert why("fcuk fcuk b4stard").count("“fuck”") == 1
    many = why("4bcde 4bcdf 4bcdg 4bcdh 4bcdi", "abcde", "abcdf", "abcdg", "abcdh", "abcdi")
    assert many.endswith("“abcdg” (signs for letters), 2 more.")


def test_the_text_itself_is_not_repeated():
    assert "phuckface" not in why("phuckface")


def test_where_an_entry_stands_plainly_no_other_is_named():
    assert why("bullshit", "bull shit", "bullshit") == "Word list “w” matched 1 word."
