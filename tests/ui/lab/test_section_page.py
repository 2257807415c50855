"""A section of the policy as a table with a card; the same widgets for every section."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from console.domain.local_models import NO_MODELS
from console.protocol.lab import Edit
from console.ui.lab.section_page import SectionPage
from console.ui.widgets.roles import Role
from console.ui.widgets.scroll_room import LEAST
from tests.engine.lab.section_forms import (
    ALL,
    HARMS,
    IMAGES,
    LISTS,
    PHRASES,
    SEMANTIC,
    TEXT_MODEL,
    TEXTS,
    WORDS,
    added,
    form_of,
)

WAIT = 20_000


@pytest.fixture
def show(qtbot, theme):
    """A page of a policy, with what it asked for in order."""

    def make(text, key, models=NO_MODELS):
        page = SectionPage(form_of(text, key, models), theme)
        qtbot.addWidget(page)
        page.show_form(form_of(text, key, models))
        edits: list[Edit] = []
        page.edit_wanted.connect(edits.append)
        return SimpleNamespace(page=page, card=page.card, fields=page.card.fields, edits=edits)

    return make


def words(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


@pytest.mark.parametrize("key", ALL)
def test_every_section_is_a_table_of_words_that_are_safe_to_look_at(show, key, qtmodeltester):
    name = {LISTS: "insults", SEMANTIC: "phishing", TEXTS: "PII", IMAGES: "Violence"}[key]
    shown = show(ALL[key].replace(name, f"{name}\\u202e"), key)
    model = shown.page.model
    assert not any(
        "\u202e" in cell for row in range(model.rowCount()) for cell in words(model, row)
    )
    qtmodeltester.check(model)


def test_actions_are_written_with_their_colours(show):
    model = show(HARMS, TEXTS, TEXT_MODEL).page.model
    assert words(model, 0) == ["hate speech", "keep", "flag", "flag", "remove", "yes"]
    assert words(model, 1)[1] == "mask + flag"
    tones = [model.index(0, column).data(Role.TONE) for column in range(6)]
    assert tones[2:] == ["text_dim", "text_dim", "bad", "good"]


def test_each_field_asks_for_its_edit(show):
    shown = show(PHRASES, SEMANTIC)
    fields = shown.fields
    assert (fields["name"].text(), fields["action"].value()) == ("phishing", "bounce_remove")
    assert fields["threshold"].value() == 0.8
    fields["name"].setText("lure")
    fields["name"].editingFinished.emit()
    fields["action"].picked.emit("flag")
    fields["threshold"].setValue(0.65)
    fields["threshold"].editingFinished.emit()
    fields["threshold"].editingFinished.emit()
    fields["severity"].picked.emit("low")
    fields["phrases"].setPlainText("one\n\none\nfour ")
    shown.card.commit_lines()
    assert shown.edits == [
        Edit((SEMANTIC, 0, "name"), "change", "lure"),
        Edit((SEMANTIC, 0, "action"), "change", "flag"),
        Edit((SEMANTIC, 0, "threshold"), "change", 0.65),
        Edit((SEMANTIC, 0, "severity"), "change", "low"),
        Edit((SEMANTIC, 0, "phrases"), "change", ["one", "four"]),
    ]


def test_switches_buttons_and_boxes(show):
    shown = show(WORDS, LISTS)
    shown.fields["is_leet_check_enabled"].click()
    shown.page.switches[1].click()
    shown.page.table.selectRow(1)
    shown.card.remove.click()
    shown.page.add.click()
    assert shown.edits == [
        Edit((LISTS, 0, "is_leet_check_enabled"), "change", False),
        Edit((LISTS, "match_substring"), "set", True),
        Edit((LISTS, 1), "drop"),
        Edit((LISTS,), "add"),
    ]


@pytest.mark.parametrize(("text", "key", "name"), [(WORDS, LISTS, "name"), (HARMS, TEXTS, "label")])
def test_what_must_not_be_empty_is_shown_again(show, text, key, name):
    shown = show(text, key)
    part = shown.fields[name]
    before = form_of(text, key).rows[0].name
    if key == LISTS:
        part.setText(" ")
        part.editingFinished.emit()
        assert part.text() == before
    else:
        part.picked.emit("")
        assert part.value() == before
    assert shown.edits == []


def test_what_is_typed_is_kept_when_another_row_is_chosen(show):
    shown = show(PHRASES, SEMANTIC)
    shown.fields["phrases"].setPlainText("five")
    shown.page.table.selectRow(1)
    assert shown.edits == [Edit((SEMANTIC, 0, "phrases"), "change", ["five"])]
    assert shown.fields["phrases"].toPlainText() == "x"
    assert not shown.fields["threshold"].isEnabled()


def test_what_is_elsewhere_cannot_be_changed_here(show):
    shown = show(PHRASES, SEMANTIC)
    shown.page.table.selectRow(2)
    assert shown.card.note.text() == "The phrases are at Stream, which judges by them."
    assert shown.fields["phrases"].isReadOnly()
    assert not shown.fields["label"].isEnabled()
    shown.card.remove.click()
    assert shown.edits == [Edit((SEMANTIC, 2), "drop")]


def test_of_a_long_list_only_the_first_entries_are_shown_until_the_others_come(show):
    entries = [f"w{number}" for number in range(300)]
    text = f'key = "chat"\n[[blocklists]]\nname = "long"\nwords = {entries}\n'
    shown = show(text, LISTS)
    asked: list[str] = []
    shown.page.lines_wanted.connect(asked.append)
    part = shown.fields["words"]
    assert isinstance(part, QPlainTextEdit)
    assert part.isReadOnly()
    shown.page.show_form(form_of(text, LISTS))
    assert asked == ["long"]
    shown.card.show_lines("another", ["x"])
    assert part.isReadOnly()
    shown.card.show_lines("long", entries)
    assert not part.isReadOnly()
    assert part.toPlainText().split("\n") == entries
    shown.card.commit_lines()
    assert shown.edits == []


def test_a_row_that_was_added_is_selected(show):
    shown = show(HARMS, TEXTS)
    shown.page.add.click()
    shown.page.show_form(form_of(HARMS, TEXTS))
    assert shown.fields["label"].value() == "hate speech"
    shown.page.show_form(form_of(added(HARMS, TEXTS), TEXTS))
    assert shown.fields["label"].value() == "NEW_LABEL"


def test_a_label_that_is_not_known_here_says_who_may_know_it(show):
    shown = show(HARMS, TEXTS, TEXT_MODEL)
    shown.page.table.selectRow(1)
    assert shown.card.note.text().startswith("The local classifier does not know this label")
    assert "knows HATE_SPEECH." in shown.card.note.toolTip()
    shown.page.show_form(form_of(HARMS, TEXTS))
    assert shown.card.note.text() == "No local model: only Stream judges by this rule."


@pytest.mark.parametrize("key", ALL)
def test_without_rows_the_page_says_what_they_are_for(show, key):
    shown = show(ALL[key], key)
    assert shown.page.pages.currentIndex() == 1
    shown.page.show_form(form_of('key = "chat"\n', key))
    assert shown.page.pages.currentIndex() == 0
    assert not shown.page.switches[0].isVisibleTo(shown.page)


def test_a_low_window_scrolls_the_card(show):
    page = show(HARMS, TEXTS).page
    assert page.card.minimumSizeHint().height() > LEAST
    assert page.room.minimumSizeHint().height() == LEAST
    assert page.room.minimumSizeHint().width() == page.card.minimumSizeHint().width()
    assert page.room.sizeHint() == page.card.sizeHint()


TEXT = """key = "chat"
[ai_text_config]
rules = [{ label = "INSULT", action = "flag" }]  # for now
"""


def test_the_form_changes_the_text_and_the_text_the_form(lab, qtbot):
    lab.document.begin(TEXT)
    qtbot.waitUntil(lambda: lab.document.good, timeout=WAIT)
    lab.policy.show_view("form")
    form = lab.policy.form
    form.parts.button(TEXTS).click()
    page = form.pages[TEXTS]
    card, model = page.card, page.model
    assert card.fields["label"].value() == "INSULT"
    card.fields["high"].picked.emit("remove")
    named = 'severity_rules = [{ severity = "high", action = "remove" }] }]  # for now'
    qtbot.waitUntil(lambda: named in lab.document.text, timeout=WAIT)
    qtbot.waitUntil(lambda: words(model, 0)[4] == "remove", timeout=WAIT)
    assert words(model, 0)[1] == "flag"
    lab.policy.editor.undo()
    qtbot.waitUntil(lambda: words(model, 0)[4] == "flag", timeout=WAIT)
    assert lab.document.text == TEXT
    page.add.click()
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=WAIT)
    assert card.fields["label"].value() == model.row(1).name
