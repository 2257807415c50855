from hypothesis import given
from hypothesis import strategies as st

from console.policy.text.variants import Need, Spaced, Squeezed, readings, squeeze

HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("aAbs 10@$!|-_*.'\u200b\u0301ßİﬁ½é"))
)


def texts(text):
    return {reading.text for reading in readings(text)}


def test_an_ordinary_line_is_read_once():
    assert [reading.text for reading in readings("Hello there, all!")] == [" hello there all "]


def test_leet_is_read_in_words_only():
    assert " you idiot " in texts("you 1d10t")
    assert texts("in 455 days") == {" in 455 days "}


def test_one_may_be_an_i_or_an_l():
    assert {" s1lly ", " silly ", " slily "} - texts("s1lly") == {" slily "}
    assert " ugly " in texts("ug1y")


def test_leet_may_be_full_width_or_signs_alone_or_end_in_a_plus():
    assert " idiot " in texts("！d１０t")
    assert " you ass " in texts("you @$$!")
    assert " shit " in texts("shi+")
    assert texts("about $55 (+ $5) @ 5") == {" about 55 5 5 "}


def test_single_letters_are_read_as_one_word():
    spaced = [reading for reading in readings("you i d i o t ok") if isinstance(reading, Spaced)]
    assert [reading.text for reading in spaced] == [" idiot "]
    assert spaced[0].span(0, 7) == (4, 13)


def test_punctuation_inside_words_is_taken_out():
    assert " idiot " in texts("id-iot")
    assert " he ll " in texts("he'll")
    assert " hell " not in texts("he'll")


def test_squeezed_readings_know_where_they_come_from():
    squeezed = next(each for each in readings("an idiooot!") if isinstance(each, Squeezed))
    start = squeezed.text.index(" idiot ")
    assert squeezed.span(start, start + 7) == (3, 10)
    assert squeezed.needs == Need.REPETITION


def test_a_run_of_three_may_stand_for_less_but_two_are_two():
    squeezed = next(each for each in readings("aaas assss") if isinstance(each, Squeezed))
    first, second = squeezed.text.index(" as "), squeezed.text.rindex(" as ")
    assert not squeezed.runs_agree(first, " ass ")
    assert squeezed.runs_agree(second, " ass ")
    assert squeeze(" ass ") == " as "


@given(HOSTILE)
def test_every_reading_leads_back_into_the_original(text):
    for reading in readings(text):
        starts = []
        for at, char in enumerate(reading.text):
            start, end = reading.span(at, at + 1)
            if char == " ":
                assert (start, end) == (0, 0)
                continue
            assert 0 <= start < end <= len(text)
            starts.append(start)
        assert starts == sorted(starts)


@given(HOSTILE)
def test_the_whole_reading_spans_from_its_first_to_its_last_letter(text):
    for reading in readings(text):
        start, end = reading.span(0, len(reading.text))
        assert 0 <= start <= end <= len(text)
