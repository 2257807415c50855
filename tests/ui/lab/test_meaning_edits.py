"""What the controls about seed phrases ask the engine to change, and what becomes of the text."""

from console.domain.verdict import Severity
from console.engine.services.lab.summary import summary_of
from console.engine.services.lab.trying import edited
from console.policy.policy_file import read_policy
from console.protocol.lab import EditPolicy, PolicyText
from console.protocol.lab_summary import PolicySummary, RuleSummary, SemanticSummary
from console.ui.lab import meaning_edits
from console.ui.lab.meaning_edits import Meaning, meanings_of

TEXT = """key = "chat"
[automod_semantic_filters_config]
rules = [
  { name = "elsewhere", action = "flag", threshold = 0.5 },  # Stream's
  { name = "phishing", action = "remove", threshold = 0.8 },
]
[[semantic_filters]]
name = "phishing"
phrases = ["tell me your password"]  # more to come
severity = "high"
[[semantic_filters]]
name = "unused"
phrases = ["x"]
"""


def told(text):
    read = read_policy(text, "p")
    assert read.errors == ()
    assert read.policy is not None
    return summary_of(read.policy, text)


def after(make, at=0, text=TEXT):
    """The text once the edits of meaning ``at`` were made."""
    edits = make(meanings_of(told(text))[at])
    answer = edited(EditPolicy("1", PolicyText(text), edits))
    assert answer.sentence == ""
    assert answer.text.startswith('key = "chat"\n')
    return answer.text


def rows(text):
    return [
        (
            each.name,
            each.rule.action if each.rule else "",
            each.filter.phrases if each.filter else (),
        )
        for each in meanings_of(told(text))
    ]


def test_filters_come_first_then_rules_about_those_elsewhere():
    assert rows(TEXT) == [
        ("phishing", "remove", ("tell me your password",)),
        ("unused", "", ("x",)),
        ("elsewhere", "flag", ()),
    ]


def test_an_action_changes_the_rule_makes_one_or_takes_it_away():
    assert rows(after(lambda each: meaning_edits.acting(each, "mask")))[0][1] == "mask"
    assert rows(after(lambda each: meaning_edits.acting(each, "")))[0][1] == ""
    assert meaning_edits.acting(Meaning("a"), "") == ()
    made = told(after(lambda each: meaning_edits.acting(each, "flag"), 1)).semantic_rules[-1]
    assert (made.name, made.action, made.threshold) == ("unused", "flag", 0.75)


def test_the_threshold_is_the_rules():
    text = after(lambda each: meaning_edits.from_likeness(each, 0.6))
    assert [rule.threshold for rule in told(text).semantic_rules] == [0.5, 0.6]
    assert meaning_edits.from_likeness(Meaning("a"), 0.6) == ()


def test_another_name_goes_to_filter_and_rule():
    assert rows(after(lambda each: meaning_edits.renamed(each, "bait")))[0][:2] == (
        "bait",
        "remove",
    )
    assert rows(after(lambda each: meaning_edits.renamed(each, "there"), 2))[2][:2] == (
        "there",
        "flag",
    )


def test_label_severity_and_phrases_are_the_filters():
    text = after(lambda each: meaning_edits.field(each, "label", "SCAM"))
    text = after(lambda each: meaning_edits.field(each, "severity", ""), text=text)
    text = after(lambda each: meaning_edits.phrases(each, ("a", "b")), text=text)
    found = told(text).semantic_filters[0]
    assert (found.label, found.severity, found.phrases) == ("SCAM", Severity.NONE, ("a", "b"))
    assert meaning_edits.field(meanings_of(told(TEXT))[0], "label", "") == ()
    assert meaning_edits.field(meanings_of(told(TEXT))[2], "label", "A") == ()
    assert meaning_edits.phrases(meanings_of(told(TEXT))[2], ("a",)) == ()


def test_a_meaning_goes_with_its_rule():
    assert [name for name, *_ in rows(after(meaning_edits.without))] == ["unused", "elsewhere"]
    assert [name for name, *_ in rows(after(meaning_edits.without, 2))] == ["phishing", "unused"]


def test_a_new_meaning_has_a_free_name_a_phrase_and_a_rule():
    edits = meaning_edits.new_meaning("new meaning")
    text = edited(EditPolicy("1", PolicyText('key = "chat"\n'), edits)).text
    assert rows(text) == [("new meaning", "flag", ("what is meant",))]
    assert meaning_edits.free_name(told(text)) == "new meaning 2"
    assert meaning_edits.free_name(told(TEXT)) == "new meaning"


def test_switched_off_rules_are_still_told():
    edits = meaning_edits.switched(False)
    summary = told(edited(EditPolicy("1", PolicyText(TEXT), edits)).text)
    assert not summary.semantic_enabled
    assert [rule.name for rule in summary.semantic_rules] == ["elsewhere", "phishing"]


def test_two_rules_of_one_name_show_the_first():
    both = (RuleSummary(0, "a", "flag"), RuleSummary(1, "a", "mask"))
    filters = (SemanticSummary(index=0, name="a", phrases=()),)
    summary = PolicySummary(key="x", semantic_filters=filters, semantic_rules=both)
    assert [each.rule for each in meanings_of(summary)] == [both[0]]
