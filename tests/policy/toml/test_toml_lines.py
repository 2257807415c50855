import tomllib

from hypothesis import given
from hypothesis import strategies as st

from console.policy.toml.text import TomlLines

TEXT = '''# a comment = [
key = "x"
"quoted.key" = 1

[table]
list = [
  "one", # ] not the end
  "two",
  """three
  lines""",
  [1, 2],
]
inline = { a = 1, b = [ { c = 2 } ] }

[[rows]]
n = 1
[rows.sub]
m = 2
[[rows]]
n = 3
[table.deep.er]
last = 2026-01-01 # date
'''


def test_lines_of_every_kind_of_value():
    assert tomllib.loads(TEXT)["rows"][1]["n"] == 3
    lines = TomlLines(TEXT)
    expected = {
        ("key",): 2,
        ("quoted.key",): 3,
        ("table",): 5,
        ("table", "list"): 6,
        ("table", "list", 0): 7,
        ("table", "list", 1): 8,
        ("table", "list", 2): 9,
        ("table", "list", 3, 1): 11,
        ("table", "inline", "b", 0, "c"): 13,
        ("rows", 0): 15,
        ("rows", 0, "n"): 16,
        ("rows", 0, "sub", "m"): 18,
        ("rows", 1, "n"): 20,
        ("table", "deep", "er", "last"): 22,
    }
    assert {path: lines.line(path) for path in expected} == expected


def test_what_is_not_there_stands_where_it_should_have_been():
    lines = TomlLines(TEXT)
    assert lines.line(("rows", 1, "missing")) == 19
    assert lines.line(("nowhere",)) == 1
    assert lines.line(()) == 1


@given(st.text(alphabet="[]{}\"'=.,#ab \n\\", max_size=40))
def test_reading_ends_for_every_text(text):
    lines = TomlLines(text)
    assert 1 <= lines.line(("a",)) <= text.count("\n") + 1
