"""Short wordings."""

import pytest

from console.ui.widgets.short_texts import clock, count, milliseconds, short_key, span


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (200, "3 min 20 s"),
        (7500, "2 h 5 min"),
        (-3, "0 s"),
    ],
)
def test_span(seconds, words):
    assert span(seconds) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.4, "0 ms"), (999, "999 ms"), (1400, "1.4 s"), (125_000, "2 min 5 s")]
)
def test_milliseconds(value, words):
    assert milliseconds(value) == words


def test_count():
    assert count(1, "line") == "1 line"
    assert count(1200, "line") == "1,200 lines"
    assert count(2, "person", "people") == "2 people"


def test_unknown_times_say_so():
    assert clock(0.0) == "--:--:--"
    assert len(clock(1_800_000_000.0)) == 8


def test_keys_as_the_system_writes_them():
    assert short_key("Shift+M", "darwin") == "⇧M"
    assert short_key("Ctrl+Shift+E", "darwin") == "⌘⇧E"
    for system in ("linux", "win32"):
        assert short_key("Ctrl+Shift+E", system) == "Ctrl+Shift+E"
