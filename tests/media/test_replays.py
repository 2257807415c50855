"""What speakers said last: bounded, in memory, and gone when it is switched off."""

import io
import wave

from console.domain.speech import BYTES_A_SECOND, Speaker
from console.media.replays import MOST_SPEAKERS, NOTHING, OFF, Replays
from console.models.speech_segments import Segment
from console.protocol.media import ReplaySpeaker


def said(replays, user, seconds, end, cid="default:a"):
    speaker = Speaker(cid=cid, user_id=user, user_session_id=user, name=user)
    pcm = bytes([int(end) % 256]) * int(seconds * BYTES_A_SECOND)
    replays.add(speaker, Segment(0, pcm, 0.0, seconds, True), end)


def ask(replays, user, cid="default:a"):
    return replays.answer(ReplaySpeaker("q", cid, user))


def test_the_last_seconds_come_as_a_wav_file():
    replays = Replays()
    replays.keep(30.0)
    for number in range(10):
        said(replays, "ann", 8.0, float(number))
    answer = ask(replays, "ann")
    assert (answer.sentence, answer.seconds, answer.until) == ("", 30.0, 9.0)
    with wave.open(io.BytesIO(answer.wav)) as file:
        assert (file.getframerate(), file.getnchannels()) == (16_000, 1)
        assert file.getnframes() == 30 * 16_000
    assert answer.wav[-1] == 9


def test_nothing_is_kept_unless_it_is_wished_and_all_is_forgotten_at_once():
    replays = Replays()
    said(replays, "ann", 1.0, 1.0)
    assert ask(replays, "ann").sentence == OFF
    replays.keep(30.0)
    said(replays, "ann", 1.0, 1.0)
    assert ask(replays, "ann").wav
    assert ask(replays, "bob").sentence == NOTHING
    replays.keep(0.0)
    assert ask(replays, "ann").sentence == OFF


def test_a_call_that_is_left_is_forgotten():
    replays = Replays()
    replays.keep(30.0)
    said(replays, "ann", 1.0, 1.0)
    said(replays, "ann", 1.0, 1.0, cid="default:b")
    replays.forget("default:a")
    assert ask(replays, "ann").sentence == NOTHING
    assert ask(replays, "ann", cid="default:b").wav


def test_of_many_speakers_those_who_spoke_last_are_kept():
    replays = Replays()
    replays.keep(30.0)
    for number in range(MOST_SPEAKERS + 5):
        said(replays, f"user-{number}", 0.1, float(number))
    assert ask(replays, "user-4").sentence == NOTHING
    assert ask(replays, "user-5").wav
