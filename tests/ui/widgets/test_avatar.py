"""One speaker looks the same everywhere."""

from console.ui.widgets.avatar import color_index, initials


def test_speakers_keep_their_colour_and_initials():
    assert color_index("user-1", 8) == color_index("user-1", 8)
    assert {color_index(f"user-{n}", 8) for n in range(200)} == set(range(8))
    assert initials("Ada Moreau") == "AM"
    assert initials("  <b>bob</b> ") == "B"
    assert initials("\u202e") == "R"
    assert initials("!!") == "•"
