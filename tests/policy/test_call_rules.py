from hypothesis import given
from hypothesis import strategies as st

from console.policy.call_rules import ActionSequence, CallRule, RuleState, observe

SEQUENCES = (
    ActionSequence(violation_number=1, actions=("call_warning",), warning_text="Please stop."),
    ActionSequence(violation_number=3, actions=("mute_audio", "flag_user")),
)


def rule(**more):
    return CallRule(name="r", harm_labels=("INSULT",), action_sequences=SEQUENCES, **more)


def fired(of, *said):
    """The violation numbers that fired; each ``said`` is (seconds, label)."""
    state, out = RuleState(), []
    for at, label in said:
        state, triggered = observe(of, state, (label,) if label else (), float(at))
        out.append(triggered.violation_number if triggered else 0)
    return out


def test_each_violation_runs_its_sequence_and_the_last_goes_on():
    state, actions = RuleState(), []
    for at in range(5):
        state, triggered = observe(rule(), state, ("insult",), float(at))
        assert triggered is not None
        actions.append(triggered.actions)
    assert actions[:2] == [("call_warning",)] * 2
    assert actions[2:] == [("mute_audio", "flag_user")] * 3


def test_hits_must_follow_one_another_without_a_window():
    said = [(0, "INSULT"), (1, ""), (2, "INSULT"), (3, "INSULT")]
    assert fired(rule(threshold=2), *said) == [0, 0, 0, 1]


def test_hits_must_fall_in_the_window_when_there_is_one():
    said = [(0, "INSULT"), (1, ""), (5, "INSULT"), (20, "INSULT"), (40, "INSULT")]
    assert fired(rule(threshold=2, time_window=10.0), *said) == [0, 0, 1, 0, 0]


def test_nothing_begins_while_it_cools_down():
    said = [(at, "INSULT") for at in (0, 5, 9, 10, 11)]
    assert fired(rule(cooldown_period=10.0), *said) == [1, 0, 0, 2, 0]


def test_other_labels_do_not_count():
    assert fired(rule(), (0, "SCAM"), (1, "INSULT")) == [0, 1]


@given(
    st.lists(st.tuples(st.floats(0, 1e6), st.sampled_from(["INSULT", "SCAM", ""]))),
    st.integers(-1, 4),
    st.floats(0, 100),
    st.floats(0, 100),
)
def test_violations_never_outnumber_hits(said, threshold, window, cooldown):
    some = rule(threshold=threshold, time_window=window, cooldown_period=cooldown)
    hits = sum(label == "INSULT" for _, label in said)
    numbers = [number for number in fired(some, *said) if number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) * max(1, threshold) <= hits
