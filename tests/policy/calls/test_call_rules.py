from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from console.domain.verdict import Severity
from console.policy.calls.rules import (
    CALL_PROPERTY,
    CALL_TYPE,
    CAPTION,
    KEY_FRAME,
    NEW,
    VIOLATION_COUNT,
    ActionSequence,
    CallRule,
    Condition,
    Group,
    Observed,
    labelled,
    observe,
)

SEQUENCES = (
    ActionSequence(violation_number=1, actions=("call_warning",), warning_text="Please stop."),
    ActionSequence(violation_number=3, actions=("mute_audio", "flag_user")),
)


def insulted(**more):
    return Condition(kind=CAPTION, labels=frozenset({"insult"}), **more)


def rule(*conditions, any_of=False, cooldown_period=0.0, sequences=SEQUENCES, **more):
    groups = tuple(Group((each,)) for each in conditions or (insulted(**more),))
    return CallRule(
        name="r",
        groups=groups,
        any=any_of,
        cooldown_period=cooldown_period,
        action_sequences=sequences,
    )


def observed(of, *said, **more):
    """What fired at each line; each of ``said`` is (seconds, label), or (seconds, label, kind)."""
    state, out = NEW, []
    for line, (at, label, *kind) in enumerate(said):
        seen = Observed(
            kind=kind[0] if kind else CAPTION,
            labels={label: Severity.MEDIUM} if label else {},
            at=float(at),
            line=line,
            **more,
        )
        state, triggered = observe(of, state, seen)
        out.append(triggered)
    return out


def fired(of, *said, **more):
    """The violation numbers that fired, 0 for none."""
    return [each.violation_number if each else 0 for each in observed(of, *said, **more)]


def test_each_violation_runs_its_sequence_and_the_last_goes_on():
    actions = [each.actions for each in observed(rule(), *[(at, "insult") for at in range(5)])]
    assert actions[:2] == [("call_warning",)] * 2
    assert actions[2:] == [("mute_audio", "flag_user")] * 3


def test_it_says_what_led_to_it():
    (*_, last) = observed(rule(threshold=2), (0, ""), (1, "insult"), (2, "insult"))
    assert last is not None
    assert (last.rule, last.lines, last.warning_text) == ("r", (1, 2), "Please stop.")


def test_hits_must_follow_one_another_without_a_window():
    said = [(0, "insult"), (1, ""), (2, "insult"), (3, "insult")]
    assert fired(rule(threshold=2), *said) == [0, 0, 0, 1]


def test_hits_must_fall_in_the_window_when_there_is_one():
    said = [(0, "insult"), (1, ""), (5, "insult"), (20, "insult"), (40, "insult")]
    assert fired(rule(threshold=2, time_window=10.0), *said) == [0, 0, 1, 0, 0]


def test_nothing_begins_while_it_cools_down():
    said = [(at, "insult") for at in (0, 5, 9, 10, 11)]
    assert fired(rule(cooldown_period=10.0), *said) == [1, 0, 0, 2, 0]


def test_hits_are_counted_while_it_cools_down():
    said = [(at, "insult") for at in (0, 1, 2, 11)]
    assert fired(rule(threshold=2, cooldown_period=10.0), *said) == [0, 1, 0, 2]


def test_other_labels_and_milder_ones_do_not_count():
    assert fired(rule(), (0, "scam"), (1, "insult")) == [0, 1]
    assert fired(rule(severity=Severity.HIGH), (0, "insult")) == [0]
    assert fired(rule(severity=Severity.MEDIUM), (0, "insult")) == [1]
    assert fired(rule(Condition(kind=CAPTION)), (0, ""), (1, "scam")) == [0, 1]


def test_what_is_heard_and_what_is_seen_are_counted_apart():
    shown = Condition(kind=KEY_FRAME, labels=frozenset({"nudity"}), threshold=2)
    either = rule(insulted(threshold=2), shown, any_of=True)
    frame = ("nudity", KEY_FRAME)
    said = [(0, "insult"), (1, *frame), (2, "insult"), (3, *frame), (4, *frame)]
    assert fired(either, *said) == [0, 0, 1, 0, 2]


def test_conditions_about_the_call():
    only = Condition(kind=CALL_TYPE, value="livestream")
    adult = Condition(kind=CALL_PROPERTY, value="adult", negated=True)
    for call_type, properties, expected in (
        ("livestream", (), 1),
        ("default", (), 0),
        ("livestream", ("adult",), 0),
    ):
        some = rule(insulted(), only, adult)
        said = fired(some, (0, "insult"), call_type=call_type, properties=properties)
        assert said == [expected]
    assert fired(rule(insulted(), Condition(kind="novel")), (0, "insult")) == [0]


def test_a_rule_may_wait_for_violations_which_then_never_come():
    twice = Condition(kind=VIOLATION_COUNT, threshold=2)
    assert fired(rule(insulted(), twice), *[(at, "insult") for at in range(4)]) == [0] * 4
    enough = rule(insulted(threshold=9), twice, any_of=True)
    assert fired(enough, *[(at, "insult") for at in range(4)]) == [0] * 4


def test_a_sequence_may_want_its_violations_close_together():
    close = (
        ActionSequence(violation_number=1, actions=("warning",)),
        ActionSequence(violation_number=2, actions=("mute",), time_window=10.0),
    )
    said = [(at, "insult") for at in (0, 20, 25, 50)]
    actions = [each.actions for each in observed(rule(sequences=close), *said)]
    assert actions == [("warning",), ("warning",), ("mute",), ("warning",)]


def test_a_sequence_that_cools_down_is_not_used():
    slow = (ActionSequence(violation_number=1, actions=("warning",), cooldown_period=10.0),)
    said = [(at, "insult") for at in (1, 5, 11)]
    actions = [each.actions for each in observed(rule(sequences=slow), *said)]
    assert actions == [("warning",), (), ("warning",)]


def test_a_rule_may_change_between_two_lines():
    def seen(at):
        return Observed(kind=CAPTION, labels={"insult": Severity.LOW}, at=at)

    state, _ = observe(rule(), NEW, seen(1.0))
    other = rule(insulted(), insulted(), sequences=SEQUENCES[:1])
    _, triggered = observe(other, state, seen(2.0))
    assert triggered is not None
    assert (triggered.violation_number, triggered.sequence) == (2, 0)


def test_a_rule_without_conditions_never_fires():
    assert fired(CallRule(name="r", groups=()), (0, "insult")) == [0]
    assert fired(CallRule(name="r", groups=(Group(()),)), (0, "insult")) == [0]


def test_labels_are_the_same_however_they_are_spelled():
    found = labelled({"Hate Speech": Severity.LOW, "HATE_SPEECH": Severity.HIGH})
    assert found == {"hate_speech": Severity.HIGH}


LINES = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["insult", "insult", "scam", ""])), max_size=30
)


@given(LINES, st.integers(-1, 4), st.sampled_from([0.0, 3.0, 20.0]), st.sampled_from([0.0, 5.0]))
def test_violations_never_outnumber_hits(steps, threshold, window, cooldown):
    times = list(accumulate(step for step, _ in steps))
    said = [(at, label) for at, (_, label) in zip(times, steps, strict=True)]
    some = rule(threshold=threshold, time_window=window, cooldown_period=cooldown)
    answers = observed(some, *said)
    found = [each for each in answers if each]
    hits = [line for line, (_, label) in enumerate(said) if label == "insult"]
    assert [each.violation_number for each in found] == list(range(1, len(found) + 1))
    used = [line for each in found for line in each.lines]
    assert len(used) == len(set(used))
    assert set(used) <= set(hits)
    at = [times[line] for line, each in enumerate(answers) if each]
    assert all(later - earlier >= cooldown for earlier, later in pairwise(at))
    for each in found:
        first, last = each.lines[0], each.lines[-1]
        assert len(each.lines) >= max(1, threshold)
        if window:
            assert times[last] - times[first] < window
        else:
            assert each.lines == tuple(range(first, last + 1))


@given(LINES, st.integers(1, 3))
def test_without_cooldown_no_hits_in_a_row_go_unanswered(steps, threshold):
    answers = observed(rule(threshold=threshold), *[(1.0, label) for _, label in steps])
    row = 0
    for (_, label), answer in zip(steps, answers, strict=True):
        row = row + 1 if label == "insult" else 0
        assert bool(answer) == (row == threshold)
        row = 0 if answer else row
