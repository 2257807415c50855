"""What is far above the usual, and from which threshold on a rule in shadow could act."""

import pytest

from console.domain.automation.book import SEED, RuleBook
from console.domain.automation.check import RAISING, problems_of
from console.domain.automation.guard import WINDOW_S, recent, too_many, usual
from console.domain.automation.proposal import ProposalState
from console.domain.automation.record import Sample, record_of, suggest
from console.domain.automation.rule import Conditions, Response, Rule, Step
from console.domain.verdict import Severity

NOW = 1_800_000_000.0


def test_the_usual_is_the_mean_of_stretches_with_acts():
    times = [NOW - 2 * WINDOW_S, NOW - 2 * WINDOW_S - 1, NOW - 9 * WINDOW_S, NOW - 8 * 86_400]
    assert usual(times, NOW) == 1.5
    assert usual([], NOW) == 0.0
    assert recent([NOW - 1, NOW - WINDOW_S], NOW) == 1


def test_few_acts_are_always_normal_and_many_are_where_they_are_usual():
    burst = [NOW - each for each in range(12)]
    assert not too_many(burst[:11], NOW, least=12, factor=4.0)
    assert too_many(burst, NOW, least=12, factor=4.0)
    busy = [NOW - 2 * WINDOW_S - each for each in range(10)]
    assert not too_many(busy + burst, NOW, least=12, factor=4.0)
    assert too_many(busy + burst * 4, NOW, least=12, factor=4.0)


def test_the_lowest_threshold_at_which_moderators_agree_is_suggested():
    doubted = [Sample(0.5, Severity.LOW, agreed=False) for _ in range(10)]
    agreed = [Sample(0.7 + each / 100, Severity.HIGH, agreed=True) for each in range(10)]
    found = suggest([*doubted, *agreed])
    assert found is not None
    assert (found.confidence, found.cases, found.agreed) == (0.7, 10, 10)
    assert "From a confidence of 70% on moderators did the same in 10 of 10 cases" in found.words()


def test_without_a_confidence_the_severity_is_the_threshold():
    low = [Sample(None, Severity.LOW, agreed=False) for _ in range(10)]
    high = [Sample(None, Severity.HIGH, agreed=True) for _ in range(10)]
    found = suggest([*low, *high])
    assert found is not None
    assert found.severity is Severity.MEDIUM
    assert suggest(low) is None
    assert suggest(high[:9]) is None


def test_a_record_counts_by_what_became_of_the_proposals():
    counts = {ProposalState.DONE: 3, ProposalState.STOPPED: 2, ProposalState.OVERTURNED: 1}
    record = record_of("r", counts, [Sample(None, Severity.LOW, agreed=True)])
    assert (record.proposed, record.done, record.stopped, record.overturned) == (6, 3, 2, 1)
    assert (record.shadowed, record.agreed, record.suggestion) == (1, 1, "")


def _rule(**fields) -> Rule:
    given = {"rule_id": "r", "name": "R", "when": Conditions()}
    return Rule(**{**given, "steps": (Step(responses=(Response.MUTE,)),), **fields})


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "a rule needs a name."),
        ({"name": "x" * 81}, "the name is longer than 80 characters."),
        ({"steps": ()}, "each step needs something to do."),
        ({"veto_s": 61.0}, "the countdown lasts 0 to 60 seconds."),
        ({"cooldown_s": -1.0}, "the pause after a response cannot be negative."),
        ({"when": Conditions(confidence=1.5)}, "a confidence is between 0 and 1."),
        ({"when": Conditions(times=0)}, "the number of times is at least 1."),
        (
            {"steps": (Step(responses=(Response.BAN,), minutes=0),)},
            "a ban lasts from one minute to a year.",
        ),
    ],
)
def test_what_is_wrong_with_a_rule_is_one_sentence(fields, sentence):
    (found,) = problems_of(RuleBook(rules=(_rule(**fields),)))
    assert found.endswith(sentence)


@pytest.mark.parametrize("action", ["bogus nonsense !!", "keep", "Remove"])
def test_an_action_that_no_verdict_of_a_rule_has_is_refused(action):
    when = Conditions(actions=("flag", action), call_types=("a type of our own",))
    assert problems_of(RuleBook(rules=(_rule(when=when),))) == (
        f"R: “{action}” is no recommended action that a rule can wait for. Known are mask, flag,"
        " mask_flag, bounce_flag, bounce, shadow, bounce_remove and remove.",
    )


def test_every_action_that_raises_a_line_and_any_call_type_are_taken():
    when = Conditions(actions=RAISING, call_types=("a type of our own",))
    assert problems_of(RuleBook(rules=(_rule(when=when),))) == ()


def test_rules_are_told_apart_and_the_default_is_right():
    assert problems_of(SEED) == ()
    twice = problems_of(RuleBook(rules=(_rule(), _rule())))
    assert twice == ("Two rules have the same id.", "Two rules have the same name.")
