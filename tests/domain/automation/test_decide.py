"""Which rules fit, which step of a ladder it is, and what waits for a person."""

import pytest

from console.domain.automation.book import SEED, Paused, RuleBook
from console.domain.automation.decide import Earlier, decide
from console.domain.automation.facts import Facts
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import (
    Conditions,
    Mode,
    Response,
    Rule,
    Span,
    Step,
    Window,
)
from console.domain.item import CAPTION, MESSAGE, Item, Text
from console.domain.verdict import FLAG, KEEP, REMOVE, JudgedItem, Severity, Source, Verdict

NOW = 1_800_000_000.0
DAY = 86_400.0


def item(key="u1", at=NOW, **fields) -> Item:
    given = {
        "kind": CAPTION,
        "cid": "default:a",
        "session_id": "s1",
        "author_id": "ann",
        "author_name": "Ann",
        "body": Text("You fool."),
        "start_time": at,
        "end_time": at,
        "received_at": at,
    }
    return Item(item_id=key, **{**given, **fields})


def verdict(key="u1", **fields) -> Verdict:
    given = {
        "source": Source.STREAM,
        "action": FLAG,
        "labels": ("INSULT",),
        "severity": Severity.MEDIUM,
    }
    return Verdict(item_id=key, **{**given, **fields})


def facts(**fields) -> Facts:
    return Facts(**{"item": item(), "verdict": verdict(), "at": NOW, **fields})


def rule(rule_id="r", mode=Mode.ACT, when=None, **fields) -> Rule:
    given = {"steps": (Step(responses=(Response.MUTE,)),), "cooldown_s": 0.0}
    return Rule(
        rule_id=rule_id,
        name=rule_id,
        mode=mode,
        when=when or Conditions(),
        **{**given, **fields},
    )


def decided(*rules, known=None, responded=None, **book):
    made = RuleBook(rules=rules, **book)
    return decide(made, known or facts(), responded or {})


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (Conditions(), True),
        (Conditions(actions=(FLAG,)), True),
        (Conditions(actions=(REMOVE,)), False),
        (Conditions(labels=("insult",)), True),
        (Conditions(labels=("THREAT",)), False),
        (Conditions(severity=Severity.MEDIUM), True),
        (Conditions(severity=Severity.HIGH), False),
        (Conditions(confidence=0.5), False),
        (Conditions(sources=(Source.STREAM,)), True),
        (Conditions(sources=(Source.LOCAL,)), False),
        (Conditions(kinds=(CAPTION,)), True),
        (Conditions(kinds=(MESSAGE,)), False),
        (Conditions(call_types=("default",)), True),
        (Conditions(call_types=("livestream",)), False),
        (Conditions(roles=("user",)), True),
        (Conditions(roles=("guest",)), False),
        (Conditions(first_call=True), True),
        (Conditions(younger_days=3.0), True),
        (Conditions(younger_days=1.0), False),
    ],
)
def test_each_condition_counts(when, fits):
    known = facts(role="user", first_call=True, account_days=2.0)
    assert bool(decided(rule(when=when), known=known)) is fits


def test_what_is_not_known_does_not_fit():
    assert not decided(rule(when=Conditions(first_call=True)))
    assert not decided(rule(when=Conditions(younger_days=3.0)))
    sure = facts(verdict=verdict(confidence=0.8))
    assert decided(rule(when=Conditions(confidence=0.8)), known=sure)


def test_a_verdict_that_may_still_change_fits_only_rules_that_name_its_source():
    early = facts(verdict=verdict(source=Source.LOCAL, provisional=True))
    assert not decided(rule(), known=early)
    assert decided(rule(when=Conditions(sources=(Source.LOCAL,))), known=early)


def test_what_is_kept_fits_nothing():
    assert not decided(rule(), known=facts(verdict=verdict(action=KEEP)))


@pytest.mark.parametrize(
    ("window", "times"),
    [
        (Window(span=Span.SESSION), 2),
        (Window(span=Span.DAYS, days=7), 3),
        (Window(span=Span.ALL), 4),
    ],
)
def test_how_often_somebody_did_it_is_counted_where_the_rule_says(window, times):
    before = (
        item("a", NOW - 60),
        item("b", NOW - DAY, cid="default:b"),
        item("c", NOW - 30 * DAY, session_id="s0"),
        item("later", NOW + 5),
        item("kept", NOW - 30),
    )
    earlier = tuple(
        JudgedItem(each, (verdict(each.item_id, action=KEEP if each.item_id == "kept" else FLAG),))
        for each in before
    )
    known = facts(earlier=earlier)
    assert decided(rule(when=Conditions(times=times, within=window)), known=known)
    assert not decided(rule(when=Conditions(times=times + 1, within=window)), known=known)


def test_the_first_rule_that_fits_decides_and_every_shadow_notes():
    found = decided(
        rule("shadow", Mode.SHADOW),
        rule("off", Mode.OFF),
        rule("first"),
        rule("second"),
        rule("late shadow", Mode.SHADOW),
    )
    assert [each.rule.rule_id for each in found] == ["shadow", "first", "late shadow"]
    assert [each.mode for each in found] == [Mode.SHADOW, Mode.ACT, Mode.SHADOW]


def test_who_is_exempt_is_touched_by_no_rule():
    assert not decided(rule(), exempt_people=("ann",))
    assert not decided(rule(), known=facts(role="host"))


LADDER = tuple(Step(responses=(each,)) for each in (Response.WARN, Response.MUTE, Response.BLOCK))


@pytest.mark.parametrize(
    ("before", "response"),
    [(0, Response.WARN), (1, Response.MUTE), (2, Response.BLOCK), (9, Response.BLOCK)],
)
def test_a_ladder_climbs_and_stays_at_its_top(before, response):
    responded = {"r": [Earlier(NOW - 100 - each, "default:a", "s1") for each in range(before)]}
    (found,) = decided(rule(steps=LADDER), responded=responded)
    assert found.responses == (response,)
    assert found.number == before + 1


def test_other_sessions_count_only_where_the_ladder_says():
    responded = {"r": [Earlier(NOW - 2 * DAY, "default:b", "s0")]}
    (found,) = decided(rule(steps=LADDER), responded=responded)
    assert found.number == 1
    days = Window(span=Span.DAYS, days=3)
    (found,) = decided(rule(steps=LADDER, ladder=days), responded=responded)
    assert found.number == 2


def test_after_a_response_the_rule_cools_down():
    responded = {"r": [Earlier(NOW - 20, "default:a", "s1")]}
    assert not decided(rule(cooldown_s=30.0), responded=responded)
    assert decided(rule(cooldown_s=10.0), responded=responded)


def test_a_person_for_whom_something_waits_gets_no_second_one():
    waits = {"r": [Earlier(NOW - 500, "default:a", "s1", ProposalState.ASKED)]}
    assert not decided(rule(), responded=waits)
    elsewhere = {"r": [Earlier(NOW - 500, "default:b", "s1", ProposalState.ASKED)]}
    (found,) = decided(rule(), responded=elsewhere)
    assert found.number == 1


def test_what_was_only_noted_counts_for_nothing_but_the_shadow():
    noted = {"r": [Earlier(NOW - 5, "default:a", "s1", ProposalState.SHADOW)]}
    (found,) = decided(rule(cooldown_s=30.0), responded=noted)
    assert found.number == 1
    assert not decided(rule(mode=Mode.SHADOW, cooldown_s=30.0), responded=noted)


def test_what_nothing_takes_back_waits_for_a_person():
    steps = (Step(responses=(Response.MUTE, Response.KICK)),)
    acts, asks = decided(rule(steps=steps))
    assert (acts.mode, acts.responses) == (Mode.ACT, (Response.MUTE,))
    assert (asks.mode, asks.responses) == (Mode.ASK, (Response.KICK,))
    assert asks.note


@pytest.mark.parametrize("paused", ["r", ""])
def test_what_is_paused_asks(paused):
    pause = Paused(rule_id=paused, at=NOW, acts=40, usual=3.0)
    (found,) = decided(rule(), paused=(pause,))
    assert found.mode is Mode.ASK
    assert "40 acts in ten minutes, where 3 are usual." in found.note


def test_by_default_keep_does_nothing_flag_is_flagged_and_remove_asks():
    def of(action):
        known = facts(verdict=verdict(action=action))
        return [(each.mode, each.responses) for each in decide(SEED, known, {})]

    assert of(KEEP) == []
    assert of(FLAG) == [(Mode.ACT, (Response.FLAG,))]
    assert of(REMOVE) == [(Mode.ASK, (Response.REVOKE_AND_MUTE, Response.BAN))]
