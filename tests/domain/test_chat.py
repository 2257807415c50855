"""Where the chat of a call is looked for, and by which policy it is judged."""

import pytest

from console.domain.call import Call
from console.domain.chat import CHAT_RULE, channels_of, policy_keys, wrong_with_rule

CALL = Call(cid="default:one", type="default", id="one", name="One", session_id="s1")


def test_the_usual_places_come_in_order_without_repetitions():
    assert channels_of(CALL, "") == (
        "messaging:one",
        "videocall:one",
        "livestream:one",
        "default:one",
        "messaging:s1",
    )


def test_what_a_call_names_is_its_chat_alone():
    call = Call(cid="a:b", type="a", id="b", name="B", names_channel="team:x")
    assert channels_of(call, "messaging:{call_id}") == ("team:x",)


def test_without_a_session_no_place_is_named_by_one():
    call = Call(cid="a:b", type="a", id="b", name="B")
    assert channels_of(call, "messaging:{session_id}, {call_type}:{call_id}") == ("a:b",)


@pytest.mark.parametrize("rule", ["", CHAT_RULE, "team:about-{call_id}", "a:{call_id}, b:c"])
def test_a_rule_can_be_used(rule):
    assert wrong_with_rule(rule) == ""


@pytest.mark.parametrize("rule", ["messaging", "a:{who}", "a:b " * 2 + "c:d e:f g:h i:j k:l m:n"])
def test_a_rule_that_cannot_be_used_says_why(rule):
    assert wrong_with_rule(rule).endswith(".")


def test_the_most_specific_policy_comes_first():
    assert policy_keys("messaging:one") == ("chat:messaging:one", "chat:messaging", "chat")
    assert policy_keys("") == ()
