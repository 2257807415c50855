import pytest

from console.ui.state.typing_run import TypingRun


def pressed(*letters):
    run = TypingRun()
    for sign, at in letters:
        run.letter(sign, at)
    return run


def evenly(text, every):
    return pressed(*((sign, place * every) for place, sign in enumerate(text)))


@pytest.mark.parametrize("text", ["kick", "mute him", "be quiet", "haha"])
def test_a_word_is_typing_from_its_third_or_fourth_letter_on(text):
    assert evenly(text, 0.2).typing(0.8)


@pytest.mark.parametrize("keys", ["jjjjjjjj", "xx", "nmn", "jjjm", "jjxx"])
def test_moving_on_by_rows_and_confirming_is_no_typing(keys):
    assert not evenly(keys, 0.12).typing(len(keys) * 0.12)


def test_work_at_one_act_a_second_is_no_typing():
    assert not evenly("nmnxnlnm", 0.55).typing(4.4)


def test_it_lasts_until_a_second_has_passed_without_a_letter():
    run = evenly("word", 0.1)
    run.letter("s", 1.2)
    assert run.typing(2.1)
    assert not run.typing(2.3)
