"""Every value is found where it stands."""

import tomllib

import pytest

from console.base.paths import resources
from console.base.toml_map import TomlMap

TEXT = """\
key = "chat" # the key

[block_list_config]
rules = [
  { name = "insults", action = "flag" }, # mild
]

[[blocklists]]
name = "insults"
words = ["a", '''b''']
"""


@pytest.mark.parametrize("file", ["default.toml"])
def test_every_value_of_a_policy_of_ours_is_found_where_it_stands(file):
    text = (resources() / "policies" / file).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    places = TomlMap(text)
    for number, table in enumerate(data["blocklists"]):
        for key, value in table.items():
            span = places.values[("blocklists", number, key)]
            assert tomllib.loads(f"x = {text[span.start : span.end]}")["x"] == value


def test_items_of_lists_and_keys_of_inline_tables_have_places():
    places = TomlMap(TEXT)

    def at(*path):
        span = places.values[path]
        return TEXT[span.start : span.end]

    assert at("block_list_config", "rules", 0, "action") == '"flag"'
    assert at("blocklists", 0, "words", 1) == "'''b'''"
    pair = places.pairs[("blocklists", 0, "name")]
    assert TEXT[pair.start : pair.end] == 'name = "insults"'
    assert list(places.headers) == [("block_list_config",), ("blocklists", 0)]
