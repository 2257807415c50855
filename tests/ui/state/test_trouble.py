"""In every phase in which nothing is heard the window says so and offers a way out."""

import pytest

from console.domain.phase import MEANINGS, Phase, Way
from console.protocol.to_window import EngineState
from console.ui.state.trouble import token_words, trouble_of, why_no_act

NOW = 1_800_000_000.0


@pytest.mark.parametrize("phase", [each for each in Phase if not MEANINGS[each].hears])
def test_what_is_not_heard_has_words_a_clock_and_a_way_out(phase):
    state = EngineState(phase=phase, sentence="It broke.", advice="Wait.", retry_at=NOW + 3)
    trouble = trouble_of(state, heard_until=NOW - 38, now=NOW)
    if phase is Phase.SIGNED_OUT:
        assert trouble is None
        return
    assert trouble is not None
    assert trouble.words.startswith("It broke. Wait. Not heard since ")
    assert "for 38 s." in trouble.words
    assert "Next attempt in 3 s." in trouble.words
    assert trouble.ways


def test_live_says_nothing_until_the_token_ends_soon():
    live = EngineState(phase=Phase.LIVE, token_ends_at=NOW + 601)
    assert trouble_of(live, heard_until=0.0, now=NOW) is None
    trouble = trouble_of(live, heard_until=0.0, now=NOW + 300)
    assert trouble is not None
    assert trouble.ways == (Way.SIGN_IN,)
    assert "ends in 5 min" in trouble.words
    assert "has ended" in token_words(live, NOW + 601)
    assert token_words(EngineState(phase=Phase.LIVE), NOW) == ""


def test_acts_say_what_to_do_where_none_can_be_sent():
    refused = EngineState(
        phase=Phase.REFUSED, sentence="The token has expired.", advice="Sign in with a new one."
    )
    assert why_no_act(refused) == "The token has expired. Sign in with a new one."
    assert why_no_act(EngineState(phase=Phase.RECONNECTING, sentence="Lost.")) == ""
