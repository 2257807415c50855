from msgspec.structs import replace

from console.protocol.listening import ListenedCall, ListeningChanged
from console.protocol.media import Joining
from console.ui.state.listening_words import state_of
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


def test_what_is_listened_to_and_not_written_down_says_why(make):
    call = make.call(captioning=False, unmonitored_since=SINCE)
    listened = ListenedCall(cid=call.cid, why="by hand", state=Joining.JOINED)
    told = ListeningChanged(calls=(listened,), sentence="It ended.", advice="Look at it.")
    said = not_heard_sentence(call, SINCE + 4, told)
    assert said.endswith("you are in it, but nothing writes it down: It ended. Look at it.")
    assert "listen to it yourself" not in said
    assert state_of(listened, told) == ("nothing is written down", "bad")
    assert state_of(listened, replace(told, sentence="")) == (
        "listening, the call sees you",
        "accent",
    )


def test_what_is_being_joined_says_so(make):
    call = make.call(captioning=False, unmonitored_since=SINCE)
    failed = ListenedCall(cid=call.cid, why="hot", state=Joining.FAILED, sentence="Not let in.")
    for listened, words in (
        (failed, "cannot listen: Not let in."),
        (replace(failed, state=Joining.JOINING, sentence=""), "joining, to listen"),
    ):
        said = not_heard_sentence(call, SINCE, ListeningChanged(calls=(listened,)))
        assert said.endswith(f" · {words}")
