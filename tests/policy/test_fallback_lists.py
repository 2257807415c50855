import pytest

from console.base.errors import BugError
from console.base.paths import resources
from console.policy.evaluator import Evaluator
from console.policy.fallback_lists import missing_lists, with_stand_ins
from console.policy.model import Blocklist, BlocklistRule
from console.policy.policy_file import read_policy, read_stand_ins
from console.policy.stream_config import to_stream

NAME = "profanity_en_2020_v1"
POLICY = f'key = "chat"\n[block_list_config]\nrules = [{{ name = "{NAME}", action = "flag" }}]\n'


def stand_ins():
    folder = resources() / "policies"
    return read_stand_ins(lambda name: (folder / name).read_text("utf-8"))


def policy():
    read = read_policy(POLICY, "p")
    assert read.errors == ()
    assert read.policy is not None
    return read.policy


def test_a_rule_may_name_streams_list_and_gets_a_stand_in():
    assert missing_lists(policy()) == [NAME]
    assert Evaluator(policy()).judge("what bullshit").action == "keep"
    judge = Evaluator(with_stand_ins(policy(), stand_ins())).judge
    assert judge("what bullshit", "en-GB").why == (
        f"Word list “{NAME}” (stand-in) matched 1 word (medium)."
    )
    assert judge("what bullshit", "de").action == "keep"


def test_a_stand_in_is_never_sent_to_stream():
    _, lists = to_stream(with_stand_ins(policy(), stand_ins()))
    assert lists == {}


def test_the_real_list_is_used_where_it_is_at_hand():
    own = Blocklist(name=NAME, words=("gosh",))
    found = with_stand_ins(
        policy().__class__(
            key="chat", blocklists=(own,), block_list_rules=(BlocklistRule(name=NAME),)
        ),
        stand_ins(),
    )
    assert found.blocklists == (own,)


@pytest.mark.parametrize(
    "text",
    [
        "We moved from Scunthorpe to Penistone, then to Cockermouth and Lightwater.",
        "Pass the class assessment, said Dickens to the cocktail association.",
        "The shiitake, the basset hound and the Titanic are classics.",
        "Hancock and Babcock peacocked through Essex, Sussex and Middlesex.",
        "Arsenal analysed the analogue circumstances of the documents.",
        "Mike Hunt's grapefruit therapist tweaked the swank pumpernickel.",
    ],
)
def test_innocent_words_are_left_alone(text):
    judge = Evaluator(with_stand_ins(policy(), stand_ins())).judge
    assert judge(text).matches == ()


@pytest.mark.parametrize("text", ["=", '[[blocklists]]\nname = "x"\n'])
def test_a_broken_file_of_ours_is_a_bug(text):
    with pytest.raises(BugError):
        read_stand_ins(lambda name: text)
