"""No list can be walked past with a letter that nobody sees, whichever it is."""

import pytest

from console.base.invisible import BLANK, INVISIBLE
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy

INVISIBLES = [
    chr(code)
    for code in (
        *range(0x3200),
        *range(0xF000, 0x10000),
        *range(0x16FE0, 0x16FF0),
        *range(0x1BCA0, 0x1BCB0),
        *range(0x1D150, 0x1D180),
        *range(0xE0000, 0xE0200),
    )
    if INVISIBLE.match(chr(code))
]
POLICY = """
key = "custom:captions"
[block_list_config]
rules = [
  { name = "words", action = "flag" },
  { name = "patterns", action = "flag" },
  { name = "domains", action = "flag" },
]
[[blocklists]]
name = "words"
words = ["idiot", "shut up", "dim\\u3164wit"]
is_spacing_check_enabled = false
[[blocklists]]
name = "patterns"
type = "regex"
words = ['free (coins|gems)', 'hidden\\x{200b}space']
[[blocklists]]
name = "domains"
type = "domain"
words = ["bad.example"]
"""


@pytest.fixture(scope="module")
def judge():
    policy = read_policy(POLICY, "hidden.toml").policy
    assert policy is not None
    return Evaluator(policy).judge


def marked(judge, text):
    return [text[match.start : match.end] for match in judge(text).matches]


@pytest.mark.parametrize(
    "text", ["you idXiot", "you iXdXiXoXt", "shXut up", "freXe gems", "at bad.exXample"]
)
def test_inside_a_word_it_does_not_count(judge, text):
    missed = [char for char in INVISIBLES if not marked(judge, text.replace("X", char))]
    assert missed == []


@pytest.mark.parametrize("text", ["shutXup", "freeXgems", "youXidiot", "idiotXyou"])
def test_between_words_a_blank_is_a_space(judge, text):
    blanks = [char for char in INVISIBLES if BLANK.match(char)]
    missed = [char for char in blanks if not marked(judge, text.replace("X", char))]
    assert missed == []


def test_the_place_that_is_marked_is_the_one_in_the_text_as_it_came(judge):
    assert marked(judge, "oh\u3164 you \u200bid\u3164\u2800iot\u200b, you") == ["id\u3164\u2800iot"]
    assert marked(judge, "\x07free\x07 ge\x00ms") == ["free\x07 ge\x00ms"]


def test_an_entry_with_invisible_letters_is_what_its_author_sees(judge):
    assert marked(judge, "you dimwit") == ["dimwit"]


def test_a_pattern_about_an_invisible_letter_still_finds_it(judge):
    assert marked(judge, "hidden\u200bspace") == ["hidden\u200bspace"]


@pytest.mark.parametrize("space", "\u00a0\u2006\u2009\u200a\u202f\u205f")
def test_narrow_spaces_cut_no_word(space):
    policy = read_policy(
        POLICY.replace("is_spacing_check_enabled = false\n", ""), "narrow.toml"
    ).policy
    assert policy is not None
    assert Evaluator(policy).judge(f"you id{space}iot").matches
