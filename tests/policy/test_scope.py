from hypothesis import given
from hypothesis import strategies as st

from console.policy.scope import fallback_keys, policy_for


def test_the_most_specific_key_wins():
    policies = {"chat": 1, "chat:messaging": 2, "chat:messaging:general": 3, "custom:x": 4}
    keys = ("chat:messaging:general", "chat:messaging:other", "chat:team:a", "custom:x", "custom:y")
    assert [policy_for(key, policies) for key in keys] == [3, 2, 1, 4, None]


def test_custom_alone_is_no_key():
    assert list(fallback_keys("custom:a")) == ["custom:a"]
    assert list(fallback_keys("")) == []
    assert list(fallback_keys("feeds:user:1")) == ["feeds:user:1", "feeds:user", "feeds"]


PARTS = st.lists(st.sampled_from(["chat", "custom", "a", "b"]), min_size=1, max_size=4)


@given(PARTS, st.lists(PARTS, max_size=5))
def test_what_applies_is_the_longest_beginning_of_the_key(parts, others):
    key, known = ":".join(parts), {":".join(each): each for each in others}
    beginnings = [
        each
        for each in others
        if each == parts[: len(each)] and (each != ["custom"] or parts == each)
    ]
    assert policy_for(key, known) == max(beginnings, key=len, default=None)
