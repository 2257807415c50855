from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.policy.coverage import unevaluated
from console.policy.model import Policy
from console.policy.sections.velocity import velocity_filter
from console.policy.velocity import (
    MAX_LINES,
    FloodConfig,
    Recent,
    VelocityFilter,
    VelocityRule,
)


def labels(filtering, *lines):
    """The labels of each line; a line is (seconds, text)."""
    recent, out = Recent(), []
    for at, text in lines:
        recent, matches = filtering.observe(recent, text, 1000.0 + at)
        out.append([match.label for match in matches])
    return out


def test_lines_within_the_time_count_and_older_ones_do_not():
    fast = VelocityFilter([VelocityRule(fast_spam_threshold=3, fast_spam_ttl=10)])
    said = [(0, "a"), (5, "b"), (9, "c"), (16, "d"), (17, "e")]
    assert labels(fast, *said) == [[], [], ["FAST_SPAM"], [], ["FAST_SPAM"]]


def test_the_slow_pair_has_its_own_time():
    both = VelocityFilter(
        [
            VelocityRule(
                action="shadow",
                fast_spam_threshold=2,
                fast_spam_ttl=1,
                slow_spam_threshold=3,
                slow_spam_ttl=100,
            )
        ]
    )
    assert labels(both, (0, "a"), (40, "b"), (80, "c")) == [[], [], ["SLOW_SPAM"]]
    _, matches = both.observe(both.observe(Recent(), "a", 1.0)[0], "b", 1.5)
    assert [(match.action, match.kind) for match in matches] == [("shadow", "velocity")]


def test_only_links_count_where_the_rule_says_so():
    links = VelocityFilter([VelocityRule(fast_spam_threshold=2, fast_spam_ttl=60, url_only=True)])
    said = [(0, "see a.com"), (1, "hello"), (2, "hello"), (3, "https://b.org")]
    assert labels(links, *said) == [[], [], [], ["FAST_SPAM"]]


def test_identical_and_similar_lines_flood():
    flood = VelocityFilter(flood=FloodConfig.model_validate({"identical": 3, "allowlist": ["yes"]}))
    assert labels(flood, (0, "Buy now!"), (1, "buy NOW"), (2, "вuy now"))[-1] == ["IDENTICAL_FLOOD"]
    assert labels(flood, *[(at, "Yes!") for at in range(5)])[-1] == []
    assert labels(flood, (0, "a"), (1, "a"), (100, "a"))[-1] == []
    similar = VelocityFilter(flood=FloodConfig.model_validate({"similar": 2}))
    assert labels(similar, (0, "buy my coins now"), (1, "buy my coins today"))[-1] == [
        "SIMILAR_FLOOD"
    ]
    assert labels(similar, (0, "buy my coins now"), (1, "how are you all"))[-1] == []


def test_lines_without_words_never_flood():
    flood = VelocityFilter(flood=FloodConfig.model_validate({"identical": 2}))
    assert labels(flood, (0, "!"), (1, "!")) == [[], []]


def test_a_policy_describes_the_filter():
    assert velocity_filter({}) is None
    assert velocity_filter({"velocity_filter_config": {"enabled": False, "rules": [{}]}}) is None
    described = velocity_filter(
        {
            "velocity_filter_config": {
                "rules": [{"action": "remove", "fast_spam_threshold": 2, "fast_spam_ttl": 5}, 3]
            },
            "flood_config": {"identical": 2, "allowlist": ["Thank you!"]},
        }
    )
    assert described is not None
    assert labels(described, (0, "thank you"), (1, "Thank you")) == [[], ["FAST_SPAM"]]
    odd = velocity_filter({"flood_config": {"identical": "many", "similar": float("nan")}})
    assert odd is not None
    assert labels(odd, (0, "a"), (0, "a")) == [[], []]


# As the documentation of Stream's flooding has it.
FLOOD: dict[str, Any] = {
    "flood_config": {
        "identical": {"enabled": True, "threshold": 2, "time_window": "30m", "action": "flag"},
        "similar": {
            "enabled": True,
            "threshold": 3,
            "time_window": "1m",
            "similarity_distance": 2,
            "action": "remove",
        },
        "allowlist": ["gg", "well played"],
    }
}


def test_floods_as_stream_describes_them():
    flood = velocity_filter(FLOOD)
    assert flood is not None
    assert labels(flood, (0, "Buy coins!"), (1_700, "buy  COINS")) == [[], ["IDENTICAL_FLOOD"]]
    assert labels(flood, (0, "Buy coins!"), (1_801, "buy coins"))[1] == []
    near = [(0, "buy coins"), (20, "buy c0ins"), (40, "buy coinz"), (50, "hello there")]
    assert labels(flood, *near) == [[], [], ["SIMILAR_FLOOD"], []]
    assert labels(flood, *[(70 * at, text) for at, (_, text) in enumerate(near)]) == [[]] * 4
    assert labels(flood, *[(at, "Well played!") for at in range(9)]) == [[]] * 9


def test_each_detector_has_its_own_action_and_switch():
    flood = velocity_filter(FLOOD)
    assert flood is not None
    recent = Recent()
    for at in range(3):
        recent, matches = flood.observe(recent, "same again", 1.0 + at)
    assert [(match.label, match.action) for match in matches] == [
        ("IDENTICAL_FLOOD", "flag"),
        ("SIMILAR_FLOOD", "remove"),
    ]
    off = {"identical": {**FLOOD["flood_config"]["identical"], "enabled": False}}
    switched_off = velocity_filter({"flood_config": off})
    assert labels(switched_off, *[(at, "same") for at in range(5)]) == [[]] * 5


def test_repeated_violations_lead_to_more_where_the_policy_says_so():
    rule = {
        "action": "flag",
        "fast_spam_threshold": 2,
        "fast_spam_ttl": 10,
        "cascading_threshold": 3,
        "cascading_action": "ban",
    }

    def actions(section):
        filtering, recent, out = velocity_filter({"velocity_filter_config": section}), Recent(), []
        assert filtering is not None
        for at in range(5):
            recent, matches = filtering.observe(recent, str(at), 1.0 + at)
            out.append([match.action for match in matches])
        return out

    plain = [[], ["flag"], ["flag"], ["flag"], ["flag"]]
    assert actions({"rules": [rule]}) == plain
    cascading = [[], ["flag"], ["flag"], ["remove"], ["remove"]]
    assert actions({"cascading_actions": True, "rules": [rule]}) == cascading


def test_a_ban_is_about_the_line_as_well():
    for more, action in (({}, "remove"), ({"shadow_ban": True}, "shadow")):
        row = {"action": "ban", "fast_spam_threshold": 1, "fast_spam_ttl": 10, **more}
        banned = velocity_filter({"velocity_filter_config": {"rules": [row]}})
        assert banned is not None
        _, (match,) = banned.observe(Recent(), "a", 1.0)
        assert match.action == action


def test_what_only_stream_evaluates_is_named():
    section = {
        "first_message_only": True,
        "cids_per_user": 0,
        "rules": [{"probation_period": 3, "url_only": True}],
    }
    policy = Policy(key="chat", sections={"velocity_filter_config": section})
    assert unevaluated(policy)[-1] == (
        "velocity_filter_config: only Stream uses first_message_only, probation_period."
    )


@given(st.lists(st.tuples(st.floats(0, 1e9), st.text(max_size=5)), max_size=20))
def test_any_order_of_lines_ends_with_a_bounded_state(lines):
    filtering = VelocityFilter(
        [VelocityRule(fast_spam_threshold=2, fast_spam_ttl=10**9)],
        FloodConfig.model_validate({"identical": 2, "similar": 2}),
    )
    assert len(labels(filtering, *lines)) == len(lines)


def test_the_state_is_bounded():
    filtering = VelocityFilter([VelocityRule(fast_spam_threshold=2, fast_spam_ttl=10**9)])
    recent = Recent()
    for at in range(MAX_LINES + 50):
        recent, _ = filtering.observe(recent, "a", float(at))
    assert len(recent.lines) == MAX_LINES
