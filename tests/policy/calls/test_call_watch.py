from typing import Any

from console.domain.results import NOTHING, CallAction, Judgement
from console.domain.verdict import Match, Severity
from console.policy.calls.watch import CallWatch, labels_of
from console.policy.sections.call_rules import SECTION, call_rules

RULES = call_rules(
    {
        SECTION: {
            "rules": [
                {
                    "harm_types": ["INSULT"],
                    "severity": "medium",
                    "threshold": 2,
                    "action_sequences": [
                        {"action": "call_warning", "warning_text": "Stop."},
                        {"action": "kick_user"},
                    ],
                }
            ]
        }
    }
)
RUDE = Judgement(
    action="flag",
    severity=Severity.HIGH,
    labels=("insult",),
    matches=(Match(rule="r", label="insult", severity=Severity.HIGH),),
)


def run(watch, *lines):
    """Each line is (call, speaker, judgement); one a second from 1 on."""
    return [
        watch.observe(judgement, call=call, speaker=speaker, at=float(at), line=at - 1)
        for at, (call, speaker, judgement) in enumerate(lines, 1)
    ]


def test_who_would_have_been_acted_on_when_and_for_which_lines():
    ann = ("default:a", "ann")
    lines = [(*ann, RUDE), ("default:a", "bo", RUDE), (*ann, RUDE), (*ann, RUDE), (*ann, RUDE)]
    found = [action for actions in run(CallWatch(RULES), *lines) for action in actions]
    shared: Any = {"rule": "INSULT", "call": "default:a", "speaker": "ann"}
    assert found == [
        CallAction(
            **shared,
            violation_number=1,
            actions=("call_warning",),
            warning_text="Stop.",
            at=3.0,
            rows=(0, 2),
        ),
        CallAction(
            **shared,
            violation_number=2,
            actions=("kick_user",),
            warning_text="",
            at=5.0,
            rows=(3, 4),
        ),
    ]


def test_calls_and_people_are_apart_and_lines_without_them_are_passed_over():
    lines = [("a:1", "ann", RUDE), ("a:2", "ann", RUDE), ("", "ann", RUDE), ("a:1", "", RUDE)]
    assert run(CallWatch(RULES), *lines, *lines[2:]) == [()] * 6
    watch = CallWatch(RULES)
    assert watch.observe(RUDE, call="a:1", speaker="ann", at=0.0, line=0) == ()


def test_what_is_kind_breaks_the_row():
    ann = ("a:1", "ann")
    assert run(CallWatch(RULES), (*ann, RUDE), (*ann, NOTHING), (*ann, RUDE)) == [(), (), ()]


def test_who_was_silent_longest_is_forgotten_first():
    one, two = ("a:1", "ann", RUDE), ("a:1", "bo", RUDE)
    assert run(CallWatch(RULES, most_people=1), one, two, one) == [(), (), ()]
    assert len(run(CallWatch(RULES, most_people=2), one, two, one)[2]) == 1


def test_a_label_has_the_gravest_severity_of_its_matches():
    judgement = Judgement(
        labels=("A b", "other"),
        matches=(
            Match(rule="r", label="a_B", severity=Severity.LOW),
            Match(rule="s", label="A b", severity=Severity.HIGH),
        ),
    )
    assert labels_of(judgement) == {"a_b": Severity.HIGH, "other": Severity.NONE}
    assert labels_of(NOTHING) == {}
