import pytest

from console.models.plain_spelling import spelled_out


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("you 1d10t", "you 1d10t"),
        ("you st0p1d m0r0n", "you stopid moron"),
        ("i h4te w0men!", "i hate women!"),
        ("h a t e them", "hate them"),
        ("k.i.l.l them all", "kill them all"),
        ("f-u-c-k off", "fuck off"),
        ("nooooo wayyyyy", "no wayy"),
        ("shut\u200bup", "shutup"),
        ("half \ud800 a character", "half a character"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("@someone look at https://a.example/x?y #this", "look at link this"),
    ],
)
def test_disguises_are_undone(written, plain):
    assert spelled_out(written) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Hello, can you all hear me?",
        "I am 42 and live in flat 3 b",
        "covid19, mp4, 4k and the 2nd of may",
        "a b c",
        "I, a vegan, am here",
        "漢字 и кириллица 🙂",
        "3:45 p.m. in room B12",
    ],
)
def test_plain_text_comes_back_as_it_is(text):
    assert spelled_out(text) == text


def test_nothing_stays_nothing():
    assert spelled_out("") == ""
    assert spelled_out("  @you \u200b ") == ""
