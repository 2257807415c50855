from console.policy.scope import fallback_keys, policy_for


def test_the_most_specific_key_wins():
    policies = {"chat": 1, "chat:messaging": 2, "chat:messaging:general": 3, "custom:x": 4}
    keys = ("chat:messaging:general", "chat:messaging:other", "chat:team:a", "custom:x", "custom:y")
    assert [policy_for(key, policies) for key in keys] == [3, 2, 1, 4, None]


def test_custom_alone_is_no_key():
    assert list(fallback_keys("custom:a")) == ["custom:a"]
    assert list(fallback_keys("")) == []
    assert list(fallback_keys("feeds:user:1")) == ["feeds:user:1", "feeds:user", "feeds"]
