"""Preset times of sanctions, as people write them."""

import pytest

from console.domain.preset_times import middle, read_time, read_times, time_words, wrong_with_times


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10 min", 10),
        ("1h", 60),
        ("24 h", 1440),
        ("2 days", 2880),
        ("1 week", 10080),
        ("  For  Good ", None),
        ("3 Hours", 180),
    ],
)
def test_a_time_is_read(text, minutes):
    assert read_time(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "ten", "10", "10 s", "0 min", "-5 min", "99999 weeks", "1 h 5"]
)
def test_what_is_no_time_is_told_with_its_text(text):
    with pytest.raises(ValueError, match="“"):
        read_time(text)


def test_several_times_are_read_once_each():
    assert read_times("10 min, 1 h, 60 min,, for good") == (10, 60, None)
    assert wrong_with_times(" , ") == "At least one time is needed, such as 10 min."
    assert "9 times at most" in wrong_with_times(", ".join(f"{n} min" for n in range(1, 11)))
    assert wrong_with_times("10 min, soon").startswith("“soon” is no time")
    assert wrong_with_times("10 min") == ""


@pytest.mark.parametrize("minutes", [1, 10, 60, 90, 1440, 2880, 10080, None])
def test_words_are_read_back_as_the_same_time(minutes):
    assert read_time(time_words(minutes)) == minutes


def test_the_middle_of_the_times_is_offered_first():
    assert [middle((10,)), middle((10, 60)), middle((10, 60, 1440, None, 5))] == [0, 0, 2]
