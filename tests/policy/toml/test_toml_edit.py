"""Edits of the form view: one value changes, everything else stays as it was written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.toml.edit import EditError, append_value, remove_value, set_value

TEXT = """\
# The policy of the house.
key = "chat"  # Stream's key

[block_list_config]
rules = [
  { name = "one", action = "flag" },  # the mild one
  { name = "two", action = "remove" },
]

# About the first list.
[[blocklists]]
name = "one"
words = ["a b", "c"] # few

# About the second list.
[[blocklists]]
name = 'two'
words = [
  "d", "e",
  "f",
]
"""


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that only one of them has."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("path", "value", "gone", "come"),
    [
        (("key",), "chat:a", 'key = "chat"  # Stream\'s key', 'key = "chat:a"  # Stream\'s key'),
        (
            ("block_list_config", "rules", 0, "action"),
            "mask",
            '  { name = "one", action = "flag" },  # the mild one',
            '  { name = "one", action = "mask" },  # the mild one',
        ),
        (("blocklists", 0, "label"), "X", "", 'label = "X"'),
        (
            ("blocklists", 0, "words"),
            ["a b"],
            'words = ["a b", "c"] # few',
            'words = ["a b"] # few',
        ),
        (("blocklists", 1, "words"), ["d", "e", "f", "g"], "", '  "g",'),
        (("block_list_config", "match_substring"), True, "", "match_substring = true"),
        (("flood_config", "identical"), 3, "", "identical = 3"),
    ],
)
def test_set_changes_one_line(path, value, gone, come):
    after = set_value(TEXT, path, value)
    lost, found = changed(TEXT, after)
    assert lost == ([gone] if gone else [])
    assert come in found
    data = tomllib.loads(after)
    for step in path:
        data = data[step]
    assert data == value


def test_remove_takes_the_comment_of_a_table_along():
    after = remove_value(TEXT, ("blocklists", 1))
    assert after == TEXT[: TEXT.index("# About the second list.")]
    last = remove_value(remove_value(after, ("blocklists", 0)), ("block_list_config", "rules", 1))
    assert tomllib.loads(last) == {
        "key": "chat",
        "block_list_config": {"rules": [{"name": "one", "action": "flag"}]},
    }
    assert last.startswith("# The policy of the house.\n")


@pytest.mark.parametrize(
    ("path", "left"),
    [
        (("key",), None),
        (("blocklists", 0, "words", 0), ["c"]),
        (("blocklists", 0, "words", 1), ["a b"]),
        (("blocklists", 1, "words", 1), ["d", "f"]),
        (("block_list_config", "rules", 0, "action"), None),
    ],
)
def test_remove_of_a_pair_or_an_item(path, left):
    data = tomllib.loads(remove_value(TEXT, path))
    for step in path[:-1]:
        data = data[step]
    if left is None:
        assert path[-1] not in data
    else:
        assert data == left


def test_append_to_lists_of_every_kind():
    text = append_value(TEXT, ("blocklists",), {"name": "three", "words": ["x"]})
    text = append_value(text, ("block_list_config", "rules"), {"name": "three", "action": "flag"})
    text = append_value(text, ("blocklists", 0, "words"), "y")
    text = append_value(text, ("semantic_filters",), {"name": "s", "phrases": ["p"]})
    text = append_value(text, ("flood_config", "allowlist"), "yes")
    data = tomllib.loads(text)
    assert [each["name"] for each in data["blocklists"]] == ["one", "two", "three"]
    assert data["block_list_config"]["rules"][2] == {"name": "three", "action": "flag"}
    assert data["blocklists"][0]["words"] == ["a b", "c", "y"]
    assert data["semantic_filters"] == [{"name": "s", "phrases": ["p"]}]
    assert data["flood_config"] == {"allowlist": ["yes"]}
    for line in TEXT.splitlines():
        if line.startswith("#") or "# the mild one" in line:
            assert line in text.splitlines()


@pytest.mark.parametrize(
    ("path", "value"),
    [((), 1), (("key", "deeper"), 1), (("blocklists", 7, "label"), "x"), (("key",), {"a": None})],
)
def test_what_cannot_be_done_is_a_sentence(path, value):
    with pytest.raises(EditError, match=r"\.$"):
        set_value(TEXT, path, value)


def test_a_text_with_an_error_is_left_alone():
    with pytest.raises(EditError, match="correct it first"):
        set_value("key = ", ("key",), "x")
    with pytest.raises(EditError, match="no such place"):
        remove_value(TEXT, ("nothing",))


SCALARS = st.one_of(
    st.text(max_size=12), st.booleans(), st.integers(-99, 99), st.lists(st.text(max_size=5))
)
PATHS = st.sampled_from(
    [
        ("key",),
        ("team",),
        ("blocklists", 0, "name"),
        ("blocklists", 0, "words"),
        ("blocklists", 1, "words"),
        ("blocklists", 1, "words", 2),
        ("blocklists", 1, "a key"),
        ("block_list_config", "rules", 1, "name"),
        ("block_list_config", "rules", 0),
        ("flood_config", "x"),
    ]
)


@given(st.lists(st.tuples(st.sampled_from("sra"), PATHS, SCALARS), max_size=8))
def test_whatever_is_edited_the_rest_reads_as_before(edits):
    """``_checked`` compares the data; here the comments must survive as well."""
    text = TEXT
    for op, path, value in edits:
        try:
            if op == "s":
                text = set_value(text, path, value)
            elif op == "r":
                text = remove_value(text, path)
            else:
                text = append_value(text, path, value)
        except EditError:
            continue
    tomllib.loads(text)
    for comment in ("# The policy of the house.", "# About the first list.", "# About the second"):
        assert comment in text


NESTED = """\
[[harms.rules]]
label = "A"  # first

[[harms.rules.steps]]
at = 1

# About the second.
[[harms.rules]]
label = "B"
"""


def test_tables_inside_lists_of_tables_are_added_and_taken_away():
    steps = ("harms", "rules", 0, "steps")
    more = append_value(NESTED, steps, {"at": 2})
    assert changed(NESTED, more) == ([], ["at = 2"])
    assert tomllib.loads(more)["harms"]["rules"][0]["steps"] == [{"at": 1}, {"at": 2}]
    assert remove_value(more, (*steps, 1)).rstrip() == NESTED.rstrip()
    none = remove_value(more, steps)
    assert tomllib.loads(none)["harms"]["rules"] == [{"label": "A"}, {"label": "B"}]
    assert "# About the second." in none
    other = append_value(NESTED, ("harms", "rules", 1, "steps"), {"at": 3})
    assert tomllib.loads(other)["harms"]["rules"][1] == {"label": "B", "steps": [{"at": 3}]}


def test_a_whole_list_of_tables_can_be_taken_away():
    assert tomllib.loads(remove_value(TEXT, ("blocklists",))).keys() == {"key", "block_list_config"}


def test_braces_keep_their_spaces():
    path = ("block_list_config", "rules", 0)
    more = set_value(TEXT, (*path, "team"), "red")
    line = '  { name = "one", action = "flag", team = "red" },  # the mild one'
    assert line in more.splitlines()
    less = remove_value(more, (*path, "action"))
    assert '  { name = "one", team = "red" },  # the mild one' in less.splitlines()
