"""What a moderator's label says of a text."""

import pytest

from console.domain.given_label import GivenLabel, Says
from console.domain.verdict import Source, Verdict
from console.policy.fitting.truth import truth_of


def given(says, action="flag", labels=("INSULT", "THREAT"), label=""):
    verdict = Verdict(item_id="a", source=Source.STREAM, action=action, labels=labels)
    return GivenLabel(
        item_id="a",
        cid="default:hall",
        kind="caption",
        author_id="ann",
        text="words",
        says=says,
        label=label,
        by="mod",
        at=1.0,
        verdict=verdict,
    )


@pytest.mark.parametrize(
    ("label", "harmful", "insult", "threat", "other"),
    [
        (given(Says.RIGHT), True, True, None, None),
        (given(Says.RIGHT, "keep", ()), False, False, False, False),
        (given(Says.WRONG), False, False, False, False),
        (given(Says.WRONG, "keep", ()), True, None, None, None),
        (given(Says.OTHER, label="Hate speech"), True, False, False, None),
        (given(Says.OTHER, label="threat"), True, False, True, None),
    ],
)
def test_what_is_said_and_what_is_not(label, harmful, insult, threat, other):
    truth = truth_of(label)
    assert truth.harmful is harmful
    assert (truth.of("insult"), truth.of("THREAT"), truth.of("SCAM")) == (insult, threat, other)


def test_labels_are_equal_however_they_are_spelled():
    assert truth_of(given(Says.OTHER, label="hate-speech")).of("HATE_SPEECH") is True
