"""Errors are underlined at the value they are about, or at their line."""

from console.domain.results import PolicyError
from console.ui.lab.problem_marks import marks_of, path_of

TEXT = '[block_list_config]\nrules = [{ name = "a", action = "delete" }]\nenable = true\n'


def underlined(text, error):
    (mark,) = marks_of(text, (error,))
    return text[mark.start : mark.end]


def test_the_value_of_the_key():
    error = PolicyError("", 2, "block_list_config.rules[0].action", "“delete” is unknown; …")
    assert underlined(TEXT, error) == '"delete"'


def test_a_key_that_is_unknown_is_underlined_itself():
    error = PolicyError("", 3, "block_list_config.enable", "is unknown; did you mean “enabled”?")
    assert underlined(TEXT, error) == "enable"


def test_the_line_where_the_text_is_no_toml():
    assert underlined("a = 1\n  b = = 2 # c\n", PolicyError("", 2, "", "not TOML")) == "b = = 2"


def test_a_line_that_is_not_there_any_more_is_left_out():
    assert marks_of("a = 1\n", (PolicyError("", 99, "a", "no"),)) == []


def test_a_value_that_moved_is_not_underlined_on_the_wrong_line():
    error = PolicyError("", 1, "block_list_config.rules[0].action", "…")
    assert underlined(TEXT, error) == "[block_list_config]"


def test_paths():
    assert path_of("blocklists[0].words[3]") == ("blocklists", 0, "words", 3)
