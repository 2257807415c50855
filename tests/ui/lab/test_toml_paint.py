"""Which pieces of a line get which colour."""

from console.ui.lab.toml_paint import State, pieces


def kinds(line, state=State.PLAIN):
    found, after = pieces(line, state)
    return [(line[piece.start : piece.end], piece.kind) for piece in found], after


def test_a_pair_with_a_comment():
    assert kinds('name = "a # b" # c') == (
        [("name", "key"), ('"a # b"', "string"), ("# c", "comment")],
        State.PLAIN,
    )


def test_actions_and_severities_have_the_colour_of_what_they_do():
    found, _ = kinds('{ name = "remove", action = "remove" }')
    assert found == [
        ("name", "key"),
        ('"remove"', "string"),
        ("action", "key"),
        ('"remove"', "bad"),
    ]
    assert kinds('severity = "medium"')[0][1] == ('"medium"', "warn")


def test_headers_truths_and_numbers():
    assert kinds("[[blocklists]]")[0] == [("[[blocklists]]", "header")]
    assert kinds("enabled = true")[0][1] == ("true", "truth")
    assert kinds("threshold = 0.8")[0][1] == ("0.8", "number")


def test_long_strings_go_on_over_lines():
    found, after = kinds("words = ['''a")
    assert (found[-1], after) == (("'''a", "string"), State.LITERAL)
    assert kinds("all of it", State.LITERAL) == ([("all of it", "string")], State.LITERAL)
    found, after = kinds("end''', 7", State.LITERAL)
    assert found == [("end'''", "string"), ("7", "number")]
    assert after is State.PLAIN


def test_an_unfinished_string_ends_with_its_line():
    assert kinds('name = "a')[1] is State.PLAIN
