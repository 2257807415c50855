import datetime

from hypothesis import given
from hypothesis import strategies as st

from console.base.paths import resources
from console.policy.model import Blocklist, BlocklistRule, ListType, Policy
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.stream_config import from_stream

VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(2**60), 2**60),
        st.floats(allow_nan=False),
        st.text(st.characters(exclude_categories=["Cs"])),
        st.dates(datetime.date(1000, 1, 1)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text('a." é', max_size=4), inner)
    ),
    max_leaves=6,
)


def test_the_default_policy_comes_back():
    text = (resources() / "policies" / "default.toml").read_text("utf-8")
    policy = read_policy(text, "default.toml").policy
    assert policy is not None
    written = write_policy(policy)
    assert read_policy(written, "again").policy == policy
    assert all(len(line) < 400 for line in written.splitlines())


@given(
    words=st.lists(st.text(st.characters(exclude_categories=["Cs"])).map("w".__add__), max_size=20),
    section=st.dictionaries(st.text('ab_. "é', min_size=1, max_size=5), VALUES, max_size=4),
)
def test_any_policy_comes_back(words, section):
    policy = Policy(
        key="custom:x",
        blocklists=(
            Blocklist(name='wörds "1"', words=tuple(words), is_spacing_check_enabled=False),
            Blocklist(name="digits", type=ListType.REGEX, words=(r"\d+'", r"\bx")),
        ),
        block_list_rules=(BlocklistRule(name="digits", action="mask", team="red"),),
        sections={"async": True, "llm_config": section},
    )
    assert read_policy(write_policy(policy), "again").policy == policy


def test_what_only_stream_understands_comes_back():
    config = {
        "key": "chat:messaging",
        "team": "red",
        "novel_config": {"x": [1, {"y": "z"}]},
        "ai_text_config": {"rules": [{"label": "SCAM"}]},
        "block_list_config": {
            "enabled": False,
            "async": True,
            "novel": 1,
            "rules": [{"name": "a", "action": "flag", "novel": True}],
        },
    }
    lists = {"a": {"name": "a", "type": "word", "words": ["x"], "id": "1", "team": "red"}}
    policy = from_stream(config, lists)
    read = read_policy(write_policy(policy), "again")
    assert read.errors == ()
    assert read.policy == policy
