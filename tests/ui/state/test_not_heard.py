from console.ui.state.not_heard import (
    as_of,
    not_heard_of_all,
    not_heard_sentence,
    not_heard_words,
)
from console.ui.widgets.short_texts import clock_minute

SINCE = 1_800_000_000.0
AT = clock_minute(SINCE)


def test_the_clock_runs_while_it_lasts():
    assert not_heard_words(SINCE, SINCE + 80) == f"not monitored since {AT}, 1:20"
    assert not_heard_words(SINCE, SINCE + 3725) == f"not monitored since {AT}, 1:02:05"
    assert not_heard_words(SINCE, SINCE - 5) == f"not monitored since {AT}, 0:00"
    assert not_heard_words(0.0, SINCE) == ""


def test_people_are_told_as_of_then():
    assert as_of("41 people", SINCE) == f"41 people as of {AT}"
    assert as_of("41 people", 0.0) == "41 people"


def test_the_live_end_says_why_where_it_is_known(make):
    lost = make.call(captioning=True, unmonitored_since=SINCE)
    assert not_heard_sentence(lost, SINCE + 4) == f"Not monitored since {AT}, 0:04"
    mute = make.call(captioning=False, unmonitored_since=SINCE)
    assert not_heard_sentence(mute, SINCE + 4).endswith("; you can listen to it yourself")
    assert not_heard_sentence(make.call(), SINCE) == ""


def test_of_all_calls_together_those_are_counted_that_are_not_heard(make):
    heard, lost = make.call(), make.call("default:a", unmonitored_since=SINCE)
    later = make.call("default:b", unmonitored_since=SINCE + 60)
    now = SINCE + 80
    assert not_heard_of_all([heard], now) == ""
    one, two = not_heard_of_all([heard, lost], now), not_heard_of_all([heard, lost, later], now)
    assert one == f"1 of 2 calls not monitored since {AT}, 1:20"
    assert two == f"2 of 3 calls not monitored, the first since {AT}, 1:20"
