"""Rows in words, and how the kinds of content differ in them."""

from msgspec.structs import replace
from PySide6.QtGui import QTextLayout

from console.domain.item import FOR_GOOD, MESSAGE, SOFTLY, Text
from console.domain.verdict import EarlierWords, Match
from console.engine.sources.registry import SOURCES
from console.ui.state.entries import GapEntry, ItemEntry
from console.ui.transcript.item_painters import PAINTERS, painter_of
from console.ui.transcript.line_marks import matched_words, text_marks
from console.ui.transcript.row_text import entry_spoken, entry_text
from console.ui.widgets.short_texts import clock
from console.ui.widgets.theme import Theme


def test_hostile_text_is_shown_not_obeyed(make):
    said = make.said(author_name="<b>Eve</b>", text="hi\u202e\n<img src=x>")
    line = ItemEntry(serial=1, item=said)
    assert entry_text(line, "<b>Eve</b>") == "<b>Eve</b>: hi⟦RLO⟧␊<img src=x>"


def test_a_row_is_spoken_with_time_call_and_verdict(make):
    said = make.said()
    line = ItemEntry(serial=1, item=said, verdict=make.verdict())
    time = clock(said.end_time)
    assert entry_spoken(line, "Hall", "Ann") == (
        f"{time} in Hall, Ann: words of u1. Verdict: flag, scam, medium severity"
    )
    assert "Nothing could be heard" in entry_spoken(GapEntry(serial=1, gap=make.gap()), "", "")


def test_a_speaker_without_a_name_is_their_id(make):
    line = ItemEntry(serial=1, item=make.said(author_name=""))
    assert entry_text(line, "ann").startswith("ann: ")


def test_every_kind_of_content_has_a_source_and_one_painter():
    kinds = [painter.kind for painter in PAINTERS]
    assert set(kinds) == {source.kind for source in SOURCES}
    assert len(set(kinds)) == len(kinds)


def test_a_row_of_an_unknown_kind_says_which(make):
    said = make.said(kind="sky\u202ewriting", text="hi")
    assert painter_of(said).text(said) == "‹sky⟦RLO⟧writing› hi"


def test_a_row_says_that_it_was_written_in_the_chat_and_by_whom(make):
    said = make.said(kind=MESSAGE, text="<i>hi</i>\u202e")
    assert painter_of(said).text(said) == "‹chat› <i>hi</i>⟦RLO⟧"
    assert entry_text(ItemEntry(serial=1, item=said), "Ann") == "Ann: ‹chat› <i>hi</i>⟦RLO⟧"


def marked(marks: list[QTextLayout.FormatRange], shown: str) -> list[str]:
    return [shown[mark.start : mark.start + mark.length] for mark in marks]


def test_words_that_matched_stay_marked_behind_the_word_for_the_content(qapp, make):
    theme = Theme("dark")
    said = make.said(text="du fool", translated=True, language="de")
    verdict = make.verdict(matches=(Match(rule="words", label="insult", start=3, end=7),))
    entry = ItemEntry(serial=1, item=said, verdict=verdict)
    shown = painter_of(said).text(said)
    assert shown == "‹de› du fool"
    marks = text_marks(said, matched_words(entry), "du", theme)
    assert marked(marks, shown) == ["‹de› ", "fool", "du"]


def test_words_that_matched_together_with_a_later_line_are_marked(qapp, make):
    said = make.said(text="you should kill")
    words = EarlierWords("u1", 11, 15)
    entry = ItemEntry(serial=1, item=said, verdict=make.local(), carried_on=(("u2", words),))
    marks = text_marks(said, matched_words(entry), "", Theme("dark"))
    assert marked(marks, said.text) == ["kill"]


def chat_line(make, text="hello", **marks) -> ItemEntry:
    said = make.said(kind=MESSAGE)
    body = Text(text, channel="messaging:one", **marks)
    return ItemEntry(serial=1, item=replace(said, body=body))


def test_a_message_says_that_it_was_edited_or_deleted_and_keeps_its_words(make):
    plain, edited = chat_line(make), chat_line(make, edited=True)
    gone, for_good = chat_line(make, deleted=SOFTLY), chat_line(make, deleted=FOR_GOOD)

    assert entry_text(plain, "Ann") == "Ann: ‹chat› hello"
    assert entry_text(edited, "Ann") == "Ann: ‹chat, edited› hello"
    assert entry_text(gone, "Ann") == "Ann: ‹chat, deleted› hello"
    assert entry_text(for_good, "Ann") == "Ann: ‹chat, deleted for good› hello"


def test_what_was_deleted_is_struck_out(qapp, make):
    theme = Theme("dark")
    struck = text_marks(chat_line(make, deleted=SOFTLY).item, (), "", theme)
    kept = text_marks(chat_line(make).item, (), "", theme)

    assert any(mark.format.fontStrikeOut() for mark in struck)
    assert not any(mark.format.fontStrikeOut() for mark in kept)


def test_what_was_written_before_is_spoken(make):
    line = replace(chat_line(make, "new words"), before="old words")
    assert "Before it was: old words" in entry_spoken(line, "", "Ann")
