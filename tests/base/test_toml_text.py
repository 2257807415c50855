import pytest

from console.base.toml_text import MAX_DEPTH, TomlRefusedError, toml_data


def test_what_is_toml_is_data():
    assert toml_data("a = [[1], {b = 9_223_372_036_854_775_807}]\n[c]\nd = '[[['\n") == {
        "a": [[1], {"b": 9223372036854775807}],
        "c": {"d": "[[["},
    }
    deep = "x = " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert "x" in toml_data(deep)
    assert len(toml_data("".join(f"[[a]]\nb = [{n}]\n" for n in range(500)))["a"]) == 500


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("a = 1\nb =\n", 2, "Invalid value."),
        ("a = 1\nx = " + "[" * 2_000 + "]" * 2_000, 2, "Values are nested more than 64 deep."),
        ("a = 1\nx = " + "{a = " * 5_000 + "1" + "}" * 5_000, 2, "Values are nested more"),
        ("a = 1\nx = [\n" + "[" * 100_000, 3, "Values are nested more than 64 deep."),
        ("\n" + ".".join("a" * 3_000) + " = 1\n", 2, "Values are nested more than 64 deep."),
        ("[" + ".".join("a" * 3_000) + "]\nb = 1\n", 1, "Values are nested more than 64 deep."),
        ("a = 1\nb = " + "9" * 10_000, 2, "A whole number has too many digits."),
        ("a = 1\nb = [0, 9223372036854775808]", 2, "A whole number has more than 64 bits."),
        ("[t]\n\nb = 0x" + "f" * 9_000, 3, "A whole number has more than 64 bits."),
    ],
)
def test_what_is_beyond_the_bounds_is_refused_with_its_place(text, line, sentence):
    with pytest.raises(TomlRefusedError) as refused:
        toml_data(text)
    assert refused.value.line == line
    assert refused.value.sentence.startswith(sentence)
