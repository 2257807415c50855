"""Exchanges: turns follow each other, by the same people, and wait for those who cannot talk."""

import itertools
from collections import Counter

import pytest

ROOM = "default:room"
TALK = """
[[exchanges]]
call = "room"
every = [1.0, 2.0]
from = 2.0
turns = [
  [["asks", "Which way?"], ["answers", "{Left|Right}."], ["asks", "Thank you."]],
  [["asks", "How late is it?"], ["answers", "Nine."]],
]
[exchanges.roles]
asks = ["ben"]
answers = ["ann", "troll"]
"""


def test_turns_follow_each_other_without_overlap(play):
    room = play(TALK)
    room.until(60.0)
    captions = list(room.world.state.captions)
    assert captions[0].start >= 1_700_000_002.0
    assert len(captions) > 10
    for before, after in itertools.pairwise(captions):
        assert after.start >= before.end
    texts = [caption.text for caption in captions]
    for number, text in enumerate(texts[:-2]):
        if text == "Which way?":
            assert texts[number + 1] in ("Left.", "Right.")
            assert texts[number + 2] == "Thank you."
            assert captions[number].speaker_id == captions[number + 2].speaker_id == "ben"


def test_no_exchange_repeats_before_all_were_heard(play):
    room = play(TALK)
    room.until(120.0)
    begun = [text for _, text in room.spoken if text in ("Which way?", "How late is it?")]
    assert len(begun) > 8
    for first in range(0, len(begun) - 1, 2):
        assert len(set(begun[first : first + 2])) == 2


def test_an_exchange_waits_for_a_role_that_nobody_can_take(play):
    room = play(TALK)
    room.until(1.0)
    room.world.sanctions.permissions(ROOM, "ben", revoke=["send-audio"], by="moderator")
    room.until(30.0)
    assert room.spoken == []
    room.world.sanctions.permissions(ROOM, "ben", grant=["send-audio"], by="moderator")
    room.until(60.0)
    speakers = Counter(speaker for speaker, _ in room.spoken)
    assert speakers["ben"] > 2


def test_exchanges_end(play):
    room = play(TALK.replace("from = 2.0", "from = 2.0\nuntil = 20.0"))
    room.until(30.0)
    spoken = len(room.spoken)
    assert spoken > 2
    room.until(90.0)
    assert len(room.spoken) == spoken


@pytest.mark.parametrize("rate", [1.0, 5.0])
def test_the_rate_shortens_the_pauses(play, rate):
    room = play(TALK.replace("[1.0, 2.0]", "[10.0, 10.0]"), rate=rate)
    room.until(100.0)
    begun = sum(text in ("Which way?", "How late is it?") for _, text in room.spoken)
    assert (begun > 14) is (rate == 5.0)
