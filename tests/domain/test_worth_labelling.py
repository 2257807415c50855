"""Which lines are worth a label, and in which order."""

from msgspec.structs import replace

from console.domain.item import CAPTION, Item, Text
from console.domain.verdict import JudgedItem, Match, Severity, Source, Verdict
from console.domain.worth_labelling import Reason, worth_labelling


def judged(key, local="keep", stream="", sure=None, text="words"):
    item = Item(
        item_id=key,
        kind=CAPTION,
        cid="default:hall",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Text(text),
        start_time=1.0,
        end_time=1.0,
        received_at=1.0,
    )
    match = Match(rule="r", label="THREAT", severity=Severity.HIGH, confidence=sure)
    here = Verdict(item_id=key, source=Source.LOCAL, action=local, confidence=sure)
    verdicts = [here if sure is None else replace(here, matches=(match,))]
    if stream:
        verdicts.append(Verdict(item_id=key, source=Source.STREAM, action=stream, judged_at=2.0))
    return JudgedItem(item, tuple(verdicts))


def found(*candidates, overturned=None, least=0.0, labelled=()):
    worth = worth_labelling(candidates, overturned or {}, lambda _label: least, frozenset(labelled))
    return [(each.judged.item.item_id, each.reason) for each in worth]


def test_what_was_taken_back_comes_before_disagreements_and_near_thresholds():
    near, differs, back = judged("n", "flag", sure=0.55), judged("d", "keep", "flag"), judged("b")
    assert found(near, differs, back, overturned={"b": "Taken back."}) == [
        ("b", Reason.OVERTURNED),
        ("d", Reason.DISAGREEMENT),
        ("n", Reason.NEAR_THRESHOLD),
    ]


def test_near_is_near_the_threshold_of_the_policy():
    line = judged("n", "flag", sure=0.85)
    assert found(line) == []
    assert found(line, least=0.8) == [("n", Reason.NEAR_THRESHOLD)]
    (worth,) = worth_labelling([line], {}, lambda _label: 0.8, frozenset())
    assert worth.why == "The classifier is 85% sure of THREAT; the threshold is 80%."


def test_what_somebody_says_again_in_the_same_words_stands_once():
    lines = (
        judged("a", "keep", "flag"),
        judged("b", "keep", "flag", text=" Words "),
        judged("c", "keep", "flag", text="others"),
        judged("d", "flag", sure=0.55),
    )
    assert [key for key, _reason in found(*lines)] == ["a", "c", "d"]


def test_each_line_once_and_none_that_is_labelled_agreed_upon_or_without_words():
    differs = judged("d", "keep", "flag")
    agreed, silent = judged("a", "flag", "flag"), judged("s", "keep", "flag", text="")
    assert found(differs, differs, agreed, silent) == [("d", Reason.DISAGREEMENT)]
    assert found(differs, labelled={"d"}) == []
