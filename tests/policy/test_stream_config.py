import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.domain.verdict import Severity
from console.policy.difference import difference
from console.policy.evaluator import Evaluator
from console.policy.model import Blocklist, BlocklistRule, ListType, Policy
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.sections.words import ACTIONS, names
from console.policy.stream_config import from_stream, to_stream, without_defaults

NAMES = st.text(min_size=1, max_size=8)
LISTS = st.builds(
    Blocklist,
    name=NAMES,
    words=st.lists(NAMES, max_size=3).map(tuple),
    type=st.sampled_from(ListType),
    label=st.text(max_size=4),
    severity=st.sampled_from(Severity),
    language=st.sampled_from(["", "en"]),
    is_leet_check_enabled=st.booleans(),
    is_plural_check_enabled=st.booleans(),
    is_substring_matching_enabled=st.booleans(),
    is_confusable_folding_enabled=st.booleans(),
    is_spacing_check_enabled=st.booleans(),
    is_repetition_check_enabled=st.booleans(),
    is_ending_check_enabled=st.booleans(),
)
POLICIES = st.builds(
    Policy,
    key=NAMES,
    blocklists=st.lists(LISTS, max_size=3, unique_by=lambda each: each.name).map(tuple),
    block_list_rules=st.lists(
        st.builds(
            BlocklistRule,
            name=NAMES,
            action=st.sampled_from(names(ACTIONS)),
            team=st.sampled_from(["", "red"]),
        ),
        max_size=3,
    ).map(tuple),
    block_list_enabled=st.booleans(),
    match_substring=st.booleans(),
    sections=st.just({"ai_text_config": {"rules": []}, "async": True}),
)


@given(POLICIES)
def test_a_policy_comes_back_from_stream_as_it_went(policy):
    assert from_stream(*to_stream(policy)) == policy


# What an app may answer: known and novel fields beside each other, on every level.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
NOVEL = st.dictionaries(
    st.sampled_from(["novel", "other é", "x.y"]),
    st.recursive(
        st.booleans() | st.integers(-(2**40), 2**40) | TEXTS,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=2,
)


def novel(**known):
    """Tables with some of ``known`` and whatever else."""
    some = st.fixed_dictionaries({}, optional=known)
    return st.builds(lambda table, more: {**more, **table}, some, NOVEL)


RULES = st.lists(
    novel(action=st.sampled_from([*names(ACTIONS), "novel_action"]), team=st.just("red")).map(
        lambda rule: {"name": "a list", "action": "flag", **rule}
    ),
    max_size=2,
)
CONFIGS = st.builds(
    lambda table, section: {"key": "chat:x", **table, "block_list_config": section},
    novel(
        **{"async": st.booleans(), "team": st.just("red")},
        ai_text_config=novel(rules=st.lists(novel(label=TEXTS), max_size=2)),
        llm_config=NOVEL,
    ),
    novel(**{"async": st.booleans()}, match_substring=st.booleans(), rules=RULES).map(
        lambda section: {"enabled": True, "rules": [], **section}
    ),
)
APP_LISTS = st.builds(
    lambda table, words: {"name": "a list", "type": "word", **table, "words": words},
    novel(
        type=st.sampled_from([*map(str, ListType), "novel_type"]),
        team=st.just("red"),
        is_leet_check_enabled=st.booleans(),
    ),
    st.lists(st.text("wé1 -", max_size=4).map("w".__add__), max_size=3),  # no broken patterns
)


@given(CONFIGS, APP_LISTS)
def test_nothing_of_an_app_is_lost_on_the_way_there_and_back(config, blocklist):
    policy = from_stream(config, {"a list": blocklist})
    sent, lists = to_stream(policy)
    # Without rules a section that is switched on says as much as none.
    wanted = {**config, "block_list_config": without_defaults(config["block_list_config"])}
    if wanted["block_list_config"] == {"enabled": True}:
        del wanted["block_list_config"]
    assert without_defaults(sent) == without_defaults(wanted)
    assert without_defaults(lists["a list"]) == without_defaults(blocklist)
    assert difference(policy, from_stream(sent, lists)).sentences == ()


@given(CONFIGS, APP_LISTS)
def test_nothing_of_an_app_is_lost_in_a_policy_file(config, blocklist):
    policy = from_stream(config, {"a list": blocklist})
    # ``ai_text_config`` is read strictly, so that what is novel in it may be an error.
    plain = msgspec.structs.replace(
        policy,
        sections={
            name: value for name, value in policy.sections.items() if name != "ai_text_config"
        },
        block_list_rules=policy.block_list_rules[:1],  # two for one list are an error
    )
    read = read_policy(write_policy(plain), "p")
    assert read.errors == ()
    assert read.policy is not None
    assert to_stream(read.policy) == to_stream(plain)
    assert difference(read.policy, plain).sentences == ()


def test_what_the_engine_does_not_know_is_kept():
    config = {
        "key": "chat:messaging",
        "team": "red",
        "async": False,
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
        "block_list_config": {
            "enabled": True,
            "async": True,
            "brand_new": 1,
            "rules": [{"name": "mine", "action": "flag", "novel": [1]}],
        },
        "ai_text_config": {"enabled": True, "rules": [{"label": "SCAM"}]},
        "never_heard_of": {"x": 1},
    }
    lists = {
        "mine": {
            "name": "mine",
            "type": "word",
            "words": ["a"],
            "is_leet_check_enabled": True,
            "is_plural_check_enabled": False,
            "is_substring_matching_enabled": False,
            "is_confusable_folding_enabled": False,
            "id": "kept-too",
        }
    }
    back, back_lists = to_stream(from_stream(config, lists))
    assert back == {
        key: value for key, value in config.items() if key not in ("created_at", "updated_at")
    }
    assert back_lists == lists


def test_odd_answers_are_read_as_far_as_they_go():
    policy = from_stream(
        {"block_list_config": None}, {"x": {"type": "novel", "words": None, "severity": 3}}
    )
    novel = Blocklist(name="x", rest={"type": "novel", "words": []})
    assert policy == Policy(key="", blocklists=(novel,))


def test_a_list_of_a_type_that_is_unknown_here_matches_nothing_and_goes_back_whole():
    lists = {"x": {"name": "x", "type": "novel", "words": ["a", "b"]}}
    policy = from_stream(
        {"key": "chat", "block_list_config": {"rules": [{"name": "x", "action": "novel_too"}]}},
        lists,
    )
    assert Evaluator(policy).judge("a b").action == "keep"
    again = read_policy(write_policy(policy), "p").policy
    assert again is not None
    for each in (policy, again):
        config, back = to_stream(each)
        assert (back["x"]["type"], back["x"]["words"]) == ("novel", ["a", "b"])
        assert config["block_list_config"]["rules"] == [{"name": "x", "action": "novel_too"}]


def test_no_section_is_made_up_where_there_was_none():
    assert to_stream(from_stream({"key": "chat", "team": ""}, {})) == (
        {"key": "chat", "team": ""},
        {},
    )
