"""A policy on pictures: image rules on what they show, all other rules on what can be read."""

import pytest

from console.domain.item import Picture
from console.domain.picture import EXPLICIT, SUGGESTIVE
from console.domain.stages import NotLooked, Reason, Stage, gap_in_meaning
from console.domain.verdict import Severity
from console.policy.evaluator import Evaluator
from console.policy.model import Blocklist, BlocklistRule, Policy
from console.policy.picture_judge import PictureJudge

RULES = {
    "ai_image_config": {
        "enabled": True,
        "rules": [
            {"label": "Explicit", "action": "remove", "min_confidence": 80},
            {"label": "non-explicit nudity", "action": "flag", "min_confidence": 60},
        ],
    }
}


@pytest.fixture
def judge():
    insults = Blocklist(name="insults", words=("fool",), severity=Severity.LOW)
    policy = Policy(
        key="k",
        blocklists=(insults,),
        block_list_rules=(BlocklistRule(name="insults", action="flag"),),
        sections=RULES,
    )
    return PictureJudge(Evaluator(policy)).judge


def picture(*labels, text=""):
    return Picture(picture_id="p", labels=labels, text=text)


def test_labels_of_the_local_model_meet_streams_names_from_the_threshold_on(judge):
    found, sure = judge(picture((EXPLICIT, 0.93), (SUGGESTIVE, 0.1)))
    assert (found.action, found.labels, found.severity) == ("remove", ("Explicit",), "high")
    assert sure == pytest.approx(0.93)
    assert "Explicit (93 of 100)" in found.why
    assert judge(picture((EXPLICIT, 0.79)))[0].action == "keep"
    milder, _ = judge(picture((SUGGESTIVE, 0.6)))
    assert (milder.action, milder.severity) == ("flag", "medium")


def test_words_are_judged_as_text_and_the_graver_of_both_decides(judge):
    read, sure = judge(picture(text="you\nfool"))
    assert (read.action, read.severity, sure) == ("flag", "low", None)
    assert read.why.endswith("It can be read in the picture.")
    both, sure = judge(picture((EXPLICIT, 0.9), text="fool"))
    assert (both.action, both.labels[0], both.severity) == ("remove", "Explicit", "high")
    assert len(both.matches) == 2
    assert sure == pytest.approx(0.9)


def test_a_picture_with_nothing_in_it_is_kept(judge):
    found, sure = judge(picture((EXPLICIT, 0.01)))
    assert (found.action, found.labels, sure) == ("keep", (), None)


def test_a_picture_that_nobody_could_look_at_is_not_clean_but_not_judged(judge):
    def gap(seen):
        found, _ = judge(seen)
        return gap_in_meaning(found.looked, found.not_looked)

    assert gap(Picture(sentence="The picture is broken.")) == NotLooked(
        Stage.IMAGES, Reason.UNREADABLE
    )
    assert gap(Picture()) == NotLooked(Stage.IMAGES, Reason.NO_MODEL)
    assert gap(Picture(picture_id="p", labels=((EXPLICIT, 0.0),))) is None
