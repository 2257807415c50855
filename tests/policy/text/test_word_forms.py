from console.policy.model import Blocklist
from console.policy.text.spelling import longer_forms, other_spellings, word_forms


def test_a_word_is_folded_both_ways_where_asked():
    assert word_forms("Näh, nö", Blocklist(name="x")) == {"na\u0308h no\u0308"}
    both = word_forms("Näh", Blocklist(name="x", is_confusable_folding_enabled=True))
    assert both == {"na\u0308h", "nah"}
    assert word_forms("!?", Blocklist(name="x")) == set()


def test_longer_forms_are_those_that_the_list_asks_for():
    assert longer_forms({"whine"}, Blocklist(name="x")) == set()
    assert longer_forms({"whine"}, Blocklist(name="x", is_plural_check_enabled=True)) == {"whines"}
    assert longer_forms({"whine"}, Blocklist(name="x", is_ending_check_enabled=True)) == {
        "whining",
        "whinings",
    }


def test_other_spellings():
    forms = {"shut up", "go die", "one two three four", "fool"}
    assert other_spellings(forms, spacing=True, leet=False) == {"shutup"}
    assert other_spellings(forms, spacing=False, leet=True) == {"phool"}
