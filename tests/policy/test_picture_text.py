"""A policy's rules about text inside images, applied here to what was read in a frame."""

import pytest

from console.domain.item import Picture
from console.domain.local_models import Harm, LocalModels
from console.domain.verdict import Severity
from console.policy.coverage import when_wanted
from console.policy.evaluator import Evaluator
from console.policy.model import Blocklist, BlocklistRule, Policy
from console.policy.picture_judge import PictureJudge


class Scams:
    """Knows one harm by one word."""

    name = "scams by a word"
    labels = ("SCAM",)
    languages = frozenset(("en",))

    def ready(self):
        pass

    def classify(self, text):
        return (Harm("SCAM", Severity.MEDIUM, 0.9),) if "giveaway" in text else ()


def policy(*rules, enabled=True):
    insults = Blocklist(name="insults", words=("fool",), severity=Severity.LOW)
    return Policy(
        key="k",
        blocklists=(insults,),
        block_list_rules=(BlocklistRule(name="insults", action="flag"),),
        sections={"ai_image_config": {"enabled": enabled, "ocr_rules": list(rules)}},
    )


SCAM = {"label": "scam", "action": "remove"}
INSULTS = {"label": "Insults", "action": "remove"}


def judged(text, made, classifier=None, **more):
    judge = PictureJudge(Evaluator(made, models=LocalModels(text=classifier)))
    return judge.judge(Picture(picture_id="p", text=text), **more)[0]


def test_a_harm_that_the_local_classifier_finds_in_the_text_has_the_action_of_its_rule():
    found = judged("free\ngiveaway", policy(SCAM), Scams())
    assert (found.action, found.labels, found.severity) == ("remove", ("SCAM",), "high")
    assert found.rule == "ai_image_text:scam"
    assert found.why == "The text in it is SCAM. It can be read in the picture."


@pytest.mark.parametrize(
    ("made", "classifier", "more"),
    [
        (policy(SCAM, enabled=False), Scams(), {}),
        (policy({"label": "scam", "action": "keep"}), Scams(), {}),
        (policy(INSULTS), Scams(), {}),
        (policy(SCAM), None, {}),
        (policy(SCAM), Scams(), {"by_models": False}),
        (policy(SCAM), Scams(), {"spoken": "de"}),
    ],
)
def test_without_a_rule_or_a_model_for_it_nothing_happens(made, classifier, more):
    assert judged("giveaway", made, classifier, **more).action == "keep"


def test_a_list_of_the_policy_that_matches_in_it_counts_with_the_graver_action():
    found = judged("you fool", policy(INSULTS))
    assert (found.action, found.severity) == ("remove", "high")
    assert {(each.rule.partition(":")[0], each.action) for each in found.matches} == {
        ("ai_image_text", "remove"),
        ("insults", "flag"),
    }
    (marked,) = {(each.start, each.end) for each in found.matches}
    assert "you fool"[slice(*marked)] == "fool"


def test_what_is_said_is_none_of_its_business():
    evaluator = Evaluator(policy(SCAM), models=LocalModels(text=Scams()))
    assert evaluator.judge("giveaway").action == "keep"


def test_such_rules_want_the_models_of_texts():
    every, of_images = LocalModels(text=Scams()), LocalModels()
    models_for = when_wanted(lambda: every, lambda: of_images)
    assert models_for(policy(SCAM)) is every
    assert models_for(policy()) is not every
