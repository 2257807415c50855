"""The page of the form about seed phrases."""

import pytest

from console.domain.verdict import Severity
from console.protocol.lab import Edit
from console.protocol.lab_summary import PolicySummary, RuleSummary, SemanticSummary
from console.ui.lab.meanings_page import Column, MeaningsModel, MeaningsPage

SECTION = "automod_semantic_filters_config"
SUMMARY = PolicySummary(
    key="chat",
    semantic_filters=(
        SemanticSummary(
            index=0, name="bait", phrases=("one", "two"), label="SCAM", severity=Severity.HIGH
        ),
        SemanticSummary(index=1, name="idle", phrases=("three",)),
    ),
    semantic_rules=(
        RuleSummary(0, "bait", "bounce_remove", threshold=0.8),
        RuleSummary(1, "far", "flag", threshold=0.5),
    ),
    semantic_source="Likeness of words.",
)


@pytest.fixture
def page(qtbot, theme):
    page = MeaningsPage(theme)
    qtbot.addWidget(page)
    page.show_summary(SUMMARY)
    return page


@pytest.fixture
def edits(page):
    """What the page asked for, in order."""
    found: list[object] = []
    page.edits_wanted.connect(found.append)
    return found


def test_rows_tell_action_threshold_and_where_the_phrases_are(qtmodeltester):
    model = MeaningsModel()
    model.show_summary(SUMMARY)
    assert [[model.index(row, column).data() for column in Column] for row in range(3)] == [
        ["bait", "bounce + remove", "0.8", "SCAM", "high", "2"],
        ["idle", "not used", "", "", "", "1"],
        ["far", "flag", "0.5", "", "", "at Stream"],
    ]
    qtmodeltester.check(model)


def test_each_control_asks_for_its_edit(page, edits):
    card = page.card
    assert (card.name.text(), card.action.value(), card.threshold.value()) == (
        "bait",
        "bounce_remove",
        0.8,
    )
    card.name.setText("lure")
    card.name.editingFinished.emit()
    card.name.setText("")
    card.name.editingFinished.emit()
    assert card.name.text() == "bait"
    card.action.picked.emit("flag")
    card.threshold.setValue(0.65)
    card.threshold.editingFinished.emit()
    card.threshold.editingFinished.emit()
    card.severity.picked.emit("low")
    card.phrases.setPlainText("one\n\none\nfour ")
    card.commit_phrases()
    assert edits == [
        (
            Edit(("semantic_filters", 0, "name"), "set", "lure"),
            Edit((SECTION, "rules", 0, "name"), "set", "lure"),
        ),
        (Edit((SECTION, "rules", 0, "action"), "set", "flag"),),
        (Edit((SECTION, "rules", 0, "threshold"), "set", 0.65),),
        (Edit(("semantic_filters", 0, "severity"), "set", "low"),),
        (Edit(("semantic_filters", 0, "phrases"), "set", ["one", "four"]),),
    ]


def test_what_is_typed_is_kept_when_another_row_is_chosen(page, edits):
    page.card.phrases.setPlainText("five")
    page.table.selectRow(1)
    assert edits == [(Edit(("semantic_filters", 0, "phrases"), "set", ["five"]),)]
    assert page.card.phrases.toPlainText() == "three"
    assert not page.card.threshold.isEnabled()


def test_phrases_at_stream_cannot_be_changed_here(page, edits):
    page.table.selectRow(2)
    assert page.card.note.text() == "The phrases are at Stream, which judges by them."
    assert not page.card.phrases.isEnabled()
    page.card.remove.click()
    assert edits == [(Edit((SECTION, "rules", 1), "remove"),)]
