"""What a picture shows in the words of policies, and which one nobody may see."""

import pytest

from console.domain.picture import EXPLICIT, FoundLabel, found_labels, look_alike, may_be_shown


def test_what_the_local_model_says_has_streams_names_too():
    (found,) = found_labels(((EXPLICIT, 0.97),), "")
    assert found == FoundLabel(("Explicit", "Explicit Nudity", "Nudity", EXPLICIT), 0.97)


def test_a_test_card_shows_what_it_says():
    assert found_labels((), "Test card\nViolence\n\nWeapons") == (
        FoundLabel(("Violence",), 1.0),
        FoundLabel(("Weapons",), 1.0),
    )
    assert found_labels((), "Violence\nTEST CARD") == ()
    assert len(found_labels((), "TEST CARD" + "\nlabel" * 100)) == 5


@pytest.mark.parametrize(
    "label",
    ["CSAM", "Child Abuse", "CHILD_SEXUAL_EXPLOITATION", "Minor-Nudity", "Sexual: underage nudity"],
)
def test_abuse_of_children_is_shown_to_nobody_however_it_is_spelled(label):
    assert not may_be_shown(("Violence", label))


@pytest.mark.parametrize("label", ["Explicit Nudity", "UNDERAGE_USER", "Childish", "Drug Abuse"])
def test_other_labels_are_shown(label):
    assert may_be_shown((label,))


def test_noise_of_a_codec_makes_no_other_picture():
    assert look_alike("ffff0000ffff0000", "ffff0000ffff0003")
    assert not look_alike("ffff0000ffff0000", "0000ffff0000ffff")
    assert not look_alike("", "ffff0000ffff0000")
