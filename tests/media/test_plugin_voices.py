"""From when to when a text of a plugin was said, as far as stretches of speech tell."""

from console.domain.speech import Speaker
from console.media.plugin_voices import Voices

ANN = Speaker(cid="default:a", user_id="ann", user_session_id="ann", name="Ann")


def test_a_text_covers_all_that_was_said_since_the_one_before():
    voice = Voices().of(ANN)
    voice.begin(10.0)
    voice.end(12.0, 2.0, 0.0)
    voice.begin(13.0)
    voice.end(15.0, 2.0, 0.0)
    assert voice.said(20.0) == (10.0, 15.0)
    voice.answered(15.0)
    assert voice.waiting == 0
    assert voice.said(20.0) == (13.0, 15.0)  # a text too many belongs to what was said last


def test_two_texts_of_one_long_stretch_follow_each_other():
    voice = Voices().of(ANN)
    voice.begin(10.0)
    assert voice.said(14.0) == (10.0, 14.0)
    voice.answered(14.0)
    assert voice.said(18.0) == (14.0, 18.0)


def test_another_process_knows_nobody_by_their_old_numbers():
    voices = Voices()
    voice = voices.of(ANN)
    old = voice.number
    voices.renumber()
    assert voices.numbered(old) is None
    assert voices.numbered(voice.number) is voice


def test_who_is_gone_is_forgotten_after_a_while():
    voices = Voices()
    voice = voices.of(ANN)
    voice.gone_at = 100.0
    assert voices.forget(110.0) == []
    assert voices.forget(131.0) == [voice.number]
    assert voices.find(ANN) is None
