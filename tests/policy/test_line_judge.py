"""Lines of calls: the text by itself, and how much its speaker says."""

import pytest

from console.domain.results import NOTHING, Judgement
from console.domain.verdict import Match, Severity
from console.policy.evaluator import Evaluator
from console.policy.line_judge import LineJudge, with_found
from console.policy.model import Blocklist, BlocklistRule, Policy
from console.policy.sections.section import Found
from tests.policy.alone import alone


def policy(**sections) -> Policy:
    return Policy(
        key="chat",
        blocklists=(Blocklist(name="insults", words=("idiot",), severity=Severity.HIGH),),
        block_list_rules=(BlocklistRule(name="insults", action="flag"),),
        sections=sections,
    )


FAST = {
    "velocity_filter_config": {
        "rules": [{"action": "remove", "fast_spam_threshold": 3, "fast_spam_ttl": 10}]
    }
}


def actions(judge: LineJudge, *said: tuple[str, str, float]) -> list[str]:
    return [judge.judge(text, "", speaker, at).action for speaker, text, at in said]


def test_who_says_too_much_is_told_apart_by_speaker():
    judge = LineJudge(Evaluator(policy(**FAST)))
    said = [("ann", "a", 1.0), ("bob", "b", 2.0), ("ann", "c", 3.0), ("ann", "d", 4.0)]
    assert actions(judge, *said) == ["keep", "keep", "keep", "remove"]


def test_a_line_with_another_text_is_still_one_line():
    judge = LineJudge(Evaluator(policy(**FAST)))
    said = [("ann", "a", 1.0), ("ann", "ab", 1.0), ("ann", "abc", 1.0), ("ann", "d", 2.0)]
    assert actions(judge, *said) == ["keep"] * 4
    assert judge.judge("e", "", "ann", 3.0).action == "remove"


def test_without_a_speaker_or_a_time_only_the_text_counts():
    judge = LineJudge(Evaluator(policy(**FAST)))
    assert actions(judge, *[("", "a", 1.0)] * 5, *[("ann", "a", 0.0)] * 5) == ["keep"] * 10


def test_another_policy_knows_what_was_said():
    judge = LineJudge(Evaluator(policy(**FAST)))
    actions(judge, ("ann", "a", 1.0), ("ann", "b", 2.0))
    judge.follow(Evaluator(policy(**FAST)))
    assert judge.judge("c", "", "ann", 3.0).action == "remove"
    judge.follow(Evaluator(policy()))
    assert alone(judge.judge("d", "", "ann", 4.0)) == NOTHING


def test_only_so_many_speakers_are_remembered():
    judge = LineJudge(Evaluator(policy(**FAST)), most_speakers=2)
    actions(judge, ("ann", "a", 1.0), ("ann", "b", 2.0), ("bob", "c", 3.0), ("cem", "d", 4.0))
    assert judge.judge("e", "", "ann", 5.0).action == "keep"


@pytest.mark.parametrize(
    ("action", "decides"), [("keep", False), ("mask", False), ("flag", False), ("remove", True)]
)
def test_the_stronger_action_decides_and_both_are_listed(action, decides):
    found = Evaluator(policy()).judge("you idiot")
    broken = Match(rule="velocity", label="FAST_SPAM", action=action, kind="velocity")
    both = with_found(found, [Found(broken, "The speaker says very much in a short time.")])
    assert both.action == (action if decides else "flag")
    assert both.rule == ("velocity" if decides else "insults")
    assert both.severity is Severity.HIGH
    assert set(both.labels) == {"insults", "FAST_SPAM"}
    assert both.matches == (*found.matches, broken)
    assert ("very much in a short time" in both.why) == decides


def test_a_broken_rule_alone_says_why():
    judge = LineJudge(Evaluator(policy(**FAST)))
    for at in (1.0, 2.0):
        judge.judge("a", "", "ann", at)
    broken = Match(rule="velocity", label="FAST_SPAM", action="remove", kind="velocity")
    assert alone(judge.judge("a", "", "ann", 3.0)) == Judgement(
        action="remove",
        labels=("FAST_SPAM",),
        rule="velocity",
        why="The speaker says very much in a short time (rule velocity).",
        matches=(broken,),
    )
