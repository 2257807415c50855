"""Tab begins with the transcript and goes on to what is around it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def stops(window, steps):
    """The panels around the keyboard after each Tab; "" for what is around the panels."""
    names = {panel: id_ for id_, panel in window.panels.items()}
    went = []
    for _ in range(steps):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        widget = window.focusWidget()
        while widget is not None and widget not in names:
            widget = widget.parentWidget()
        went.append(names.get(widget, ""))
    return went


def test_from_the_transcript_to_calls_people_and_card(window, say):
    say(3)
    window.people.list.choose(window.people.model.index(1, 0))  # the card of nobody has no stops
    window.transcript.list.setFocus()
    panels = [each for each in dict.fromkeys(stops(window, 40)) if each]
    assert panels[:4] == ["transcript", "calls", "people", "card"]


def test_behind_the_strip_comes_the_transcript(window, say):
    say(3)
    window.strip.log.setFocus()
    panels = [each for each in stops(window, 12) if each]
    assert panels[0] == "transcript"
