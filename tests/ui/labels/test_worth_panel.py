"""The list of lines worth labelling, in the main window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.given_label import LabelCounts, Says, ShownLabel
from console.domain.phase import Phase
from console.domain.verdict import JudgedItem
from console.domain.worth_labelling import Reason, Worth
from console.protocol.labels import (
    AskWorthLabelling,
    GiveLabel,
    LabelKept,
    LabelsChanged,
    WorthLabelling,
)
from console.protocol.to_window import EngineState
from console.ui.lab.panel import LabPanel

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def worth(make):
    def build(key, reason=Reason.DISAGREEMENT, **fields):
        verdicts = (make.local(key, "keep"), make.verdict(key, "flag", judged_at=2.0))
        return Worth(JudgedItem(make.said(key, **fields), verdicts), reason, f"why of {key}")

    return build


@pytest.fixture
def panel(window, live):
    """The panel, opened by its key in the workspace of policies."""
    window.context.commands.run("workspace.policies")
    window.context.commands.run("view.worth")
    return window.worth


def answer(window, *lines, sentence=""):
    asked = window.sent.of(AskWorthLabelling)[-1]
    window.context.engine.say(WorthLabelling(asked.request_id, lines=lines, sentence=sentence))


def keep(window):
    wanted = window.sent.of(GiveLabel)[-1]
    shown = ShownLabel(wanted.item_id, wanted.says, wanted.label, "mod", 1.0)
    window.context.engine.say(LabelsChanged(changed=(shown,), counts=LabelCounts(right=1)))
    window.context.engine.say(LabelKept(wanted.request_id))


def test_keys_walk_label_and_go_on_by_themselves(window, panel, worth):
    assert panel.blank.accessibleName() == "Reading…"
    answer(window, worth("a"), worth("b"), worth("c"))
    panel.take_focus()
    assert panel.why.accessibleName() == "why of a"
    QTest.keyClick(window, Qt.Key.Key_J)
    assert panel.table.currentIndex().row() == 1
    QTest.keyClick(window, Qt.Key.Key_R, SHIFT)
    (wanted,) = window.sent.of(GiveLabel)
    assert (wanted.item_id, wanted.says, wanted.action) == ("b", Says.RIGHT, "flag")
    keep(window)
    assert panel.table.currentIndex().row() == 2
    QTest.keyClick(window, Qt.Key.Key_X, SHIFT)
    keep(window)
    assert panel.table.currentIndex().row() == 0
    assert [each.judged.item.item_id for each in panel.model.rows] == ["a", "b", "c"]
    column = [each.title for each in panel.model.columns].index("Label")
    texts = [panel.model.index(row, column).data() for row in range(3)]
    assert texts == ["", "right", "wrong"]
    tones = [panel.model.columns[column].tone(panel.model.rows[row]) for row in range(3)]
    assert tones == ["", "good", "bad"]
    because = [each.title for each in panel.model.columns].index("Because")
    assert panel.model.index(0, because).data() == "Stream differs"
    assert window.docks.by_id["worth"]._note.text() == "1 of 3 lines left, 1 label kept"


def test_the_last_one_says_that_all_have_a_label(window, panel, worth):
    answer(window, worth("a"))
    panel.take_focus()
    QTest.keyClick(window, Qt.Key.Key_K)
    QTest.keyClick(window, Qt.Key.Key_R, SHIFT)
    keep(window)
    assert "Every line of this list has a label" in window.strip.said.accessibleName()


def test_an_empty_list_says_what_would_stand_there_and_looks_again(window, panel):
    answer(window)
    assert "No line is worth a label now" in panel.blank.accessibleName()
    asked = len(window.sent.of(AskWorthLabelling))
    panel.blank.command_wanted.emit("worth.read")
    assert len(window.sent.of(AskWorthLabelling)) == asked + 1


def test_what_the_store_refuses_is_said(window, panel):
    answer(window, sentence="The store failed.")
    assert "The store failed" in panel.blank.accessibleName()


def test_signed_out_it_says_so(window, panel, live):
    answer(window)
    live.session.apply(EngineState(phase=Phase.SIGNED_OUT))
    assert "signed out" in panel.blank.accessibleName()


def test_a_filter_narrows_it(window, panel, worth):
    answer(window, worth("a"), worth("b"))
    panel.search.setText("words of b")
    panel.search.settled.emit("words of b")
    assert [each.judged.item.item_id for each in panel.model.rows] == ["b"]


def test_the_lab_leads_here_while_nothing_has_a_label(window, live):
    window.context.commands.run("workspace.policies")
    lab = window.findChild(LabPanel)
    lab.parts.labels_panel.blank.command_wanted.emit("view.worth")
    assert window.sent.of(AskWorthLabelling)
    assert window.worth.isVisibleTo(window)
