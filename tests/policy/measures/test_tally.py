from console.domain.results import NOTHING, Judgement
from console.domain.verdict import Match
from console.policy.inputs.texts import TextRow
from console.policy.measures.tally import Tally


def judged(label, rule="r", action="flag"):
    return Judgement(action=action, labels=(label,), matches=(Match(rule=rule),) * 2)


def test_totals_and_confusion():
    tally = Tally(["r", "idle"])
    tally.add(TextRow("a", labels=("Insult",)), judged("INSULT"))
    tally.add(TextRow("b", labels=("INSULT",)), NOTHING)
    tally.add(TextRow("c", labels=()), judged("SCAM", action="remove"))
    tally.add(TextRow("d", labels=()), NOTHING)
    summary = tally.summary()
    assert summary["texts"] == 4
    assert summary["actions"] == {"keep": 2, "flag": 1, "remove": 1}
    assert summary["rules"] == {"r": 2, "idle": 0}
    assert summary["never_matched"] == ["idle"]
    assert summary["raised"] == {
        "true_positive": 1,
        "false_positive": 1,
        "false_negative": 1,
        "true_negative": 1,
        "precision": 0.5,
        "recall": 0.5,
    }
    assert summary["by_label"]["insult"]["precision"] == 1.0
    assert summary["by_label"]["insult"]["recall"] == 0.5
    assert summary["by_label"]["scam"]["recall"] is None


def test_texts_without_labels_are_only_counted():
    tally = Tally()
    tally.add(TextRow("a"), NOTHING)
    assert "raised" not in tally.summary()
