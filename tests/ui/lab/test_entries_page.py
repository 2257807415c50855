"""Entries that never match, and those that match too often."""

import pytest
from msgspec import structs
from PySide6.QtCore import Qt

from console.domain.results import SilentEntries
from console.protocol.lab_results import EntryCount, PolicyResult
from console.ui.lab.entries import Show, place_of, silent_words, too_often
from console.ui.lab.entries_page import EntriesPage

WAIT = 15_000
RESULT = PolicyResult(
    name="p",
    actions=(),
    labels=(),
    rules=(),
    never_matched=(),
    entries=(
        EntryCount("insults", "idiot", 60, 0.06),
        EntryCount("scams", "bitcoin\u202e", 3, 0.003),
    ),
    silent=(SilentEntries("scams", 900, 950, ("Ångström", "b")), SilentEntries("x", 1, 1, ("c",))),
)


@pytest.fixture
def page(theme, qtbot):
    made = EntriesPage(theme)
    qtbot.addWidget(made)
    made.show_result(RESULT)
    made.show()
    return made


def shown(page):
    model = page.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_what_matches_is_first_then_what_never_does(page, qtmodeltester):
    assert shown(page) == ["idiot", "bitcoin⟦RLO⟧", "Ångström", "b", "c"]
    assert page.model.index(0, 4).data() == "matches too often"
    assert page.model.index(2, 4).data() == "never matched"
    assert page.note.text() == ("901 entries of 2 lists matched no line; 3 of them are named here.")
    qtmodeltester.check(page.model)


def test_it_is_narrowed_by_word_by_list_and_by_how_much(page, qtbot):
    page.show_only.button("often").click()
    assert shown(page) == ["idiot"]
    page.show_only.button("never").click()
    assert shown(page) == ["Ångström", "b", "c"]
    page.rule.show_value("scams")
    page.rule.picked.emit("scams")
    assert shown(page) == ["Ångström", "b"]
    page.search.setText("angstrom")
    qtbot.waitUntil(lambda: shown(page) == ["Ångström"], timeout=2000)
    page.search.setText("nothing like it")
    qtbot.waitUntil(lambda: page.blank.isVisible(), timeout=2000)
    assert page.blank.accessibleName().startswith("No entry fits.")


def test_headers_sort_and_give_the_first_order_back(page):
    page.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert shown(page)[-1] == "idiot"
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert shown(page)[0] == "c"
    page.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert shown(page)[0] == "idiot"


def test_another_run_is_narrowed_by_nothing(page):
    page.show_only.button("often").click()
    page.show_result(RESULT)
    assert (page.show_only.key(), len(shown(page))) == (Show.ALL, 5)


def test_one_match_is_never_too_often():
    assert not too_often(EntryCount("a", "b", 1, 1.0))
    assert too_often(EntryCount("a", "b", 2, 0.05))


def test_what_is_too_often_is_for_the_author_to_say(page, qtbot):
    page.show_only.button("often").click()
    page.often_from.setFocus()
    page.often_from.selectAll()
    qtbot.keyClicks(page.often_from, "0.2")
    qtbot.keyClick(page.often_from, Qt.Key.Key_Return)
    assert page.often() == 0.002
    assert shown(page) == ["idiot", "bitcoin⟦RLO⟧"]


def test_where_everything_matched_there_is_nothing_to_say():
    assert silent_words(structs.replace(RESULT, silent=())) == ""


@pytest.mark.parametrize(
    ("entry", "found"),
    [("b", "'b'"), ('say "x"', r'"say \"x\""'), ("nowhere", ""), ("a", '"a"')],
)
def test_an_entry_is_found_where_it_is_written(entry, found):
    text = (
        '[[blocklists]]\nname = "other"\nwords = ["b"]\n'
        '[[blocklists]]\nname = "mine"\n# "b"\nwords = [ "a", \'b\', "say \\"x\\"" ]\n'
    )
    place = place_of(text, "mine", entry)
    assert (text[place.start : place.end] if place else "") == found


def test_a_text_that_is_no_toml_has_no_entries():
    assert place_of("[[", "a", "b") is None
    assert place_of("blocklists = 3", "a", "b") is None


def test_after_a_run_an_entry_is_shown_in_the_policy(lab, qtbot, tmp_path):
    file = tmp_path / "lines.txt"
    file.write_text("you idiot\n" * 3 + "good morning\n", encoding="utf-8")
    panel = lab.run_panel
    lab.tabs.show_page(panel)
    panel.source.show_file(file)
    panel.start_button.click()
    qtbot.waitUntil(lambda: panel.finished is not None, timeout=WAIT)
    panel.results.views.button("entries").click()
    entries = panel.results.entries
    assert entries.isVisible()
    assert shown(entries)[0] == "idiot"
    lab.policy.show_view("form")
    entries.table.setCurrentIndex(entries.model.index(0, 0))
    qtbot.keyClick(entries.table, Qt.Key.Key_Return)
    assert lab.policy.editor.textCursor().selectedText() == '"idiot"'
    lab.policy.editor.setPlainText("key = 'chat'")
    entries.entry_wanted.emit("insults", "idiot")
    assert "not in the text" in lab.message.accessibleName()
