"""Errors are underlined at the value they are about, or at their line."""

from console.ui.lab.problem_marks import Diagnostic, marks_of, path_of

TEXT = '[block_list_config]\nrules = [{ name = "a", action = "delete" }]\nenable = true\n'


def underlined(text, trouble):
    (mark,) = marks_of(text, (trouble,))
    return text[mark.start : mark.end]


def test_the_value_of_the_key():
    trouble = Diagnostic(2, "block_list_config.rules[0].action", "“delete” is unknown; …")
    assert underlined(TEXT, trouble) == '"delete"'


def test_a_key_that_is_unknown_is_underlined_itself():
    trouble = Diagnostic(3, "block_list_config.enable", "is unknown; did you mean “enabled”?")
    assert underlined(TEXT, trouble) == "enable"


def test_the_line_where_the_text_is_no_toml():
    assert underlined("a = 1\n  b = = 2 # c\n", Diagnostic(2, "", "not TOML")) == "b = = 2"


def test_a_line_that_is_not_there_any_more_is_left_out():
    assert marks_of("a = 1\n", (Diagnostic(99, "a", "no"),)) == []


def test_a_value_that_moved_is_not_underlined_on_the_wrong_line():
    trouble = Diagnostic(1, "block_list_config.rules[0].action", "…")
    assert underlined(TEXT, trouble) == "[block_list_config]"


def test_paths():
    assert path_of("blocklists[0].words[3]") == ("blocklists", 0, "words", 3)
