"""The labels of moderators in the lab: counted, tried with thresholds, fitted, applied, deleted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from console.domain.fitted import Fit, Fitted, FlippedLine, Flips
from console.domain.given_label import LabelCounts
from console.domain.label_curve import Case, curve_of
from console.protocol.lab import PolicySummary
from console.protocol.label_fits import (
    CancelFit,
    DeleteLabels,
    ExportLabels,
    FitFinished,
    FitProgress,
    LabelsDeleted,
    LabelsExported,
    StartFit,
)
from console.ui.lab.document import PolicyDocument
from console.ui.lab.labels_panel import LabelsPanel

CASES = [Case(0.95, True)] * 12 + [Case(0.82, False)] * 2 + [Case(0.55, False)] * 6
CURVE = curve_of("INSULT", [*CASES, Case(None, True)] + [Case(None, True)] * 2)
FITTED = Fitted(
    label="INSULT", before=CURVE.at(0.5), after=CURVE.at(0.85), held_out=CURVE.at(0.85), lines=23
)
FLIPPED = FlippedLine(text="you silly goose", label="INSULT", confidence=0.55, raised=False)
FIT = Fit(
    precision=0.9,
    curves=(CURVE, curve_of("THREAT", [Case(0.7, True)])),
    fitted=(FITTED,),
    labelled=Flips(lines=23, before=20, after=12, fewer=8),
    saved=Flips(lines=500, before=30, after=21, fewer=9, examples=(FLIPPED,)),
    text='key = "fitted"\n',
)


@pytest.fixture
def panel(link, theme, qtbot):
    """The panel beside a good policy."""
    document = PolicyDocument(link)
    document.summary = PolicySummary(key="chat")
    made = LabelsPanel(document, link, theme)
    qtbot.addWidget(made)
    made.resize(900, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def started(sent):
    return sent.of(StartFit)[-1]


def finish(engine, sent, fit=FIT, counts=None, **fields):
    counts = counts or LabelCounts(right=18, wrong=3, other=2)
    engine.say(FitFinished(fit_id=started(sent).fit_id, fit=fit, counts=counts, **fields))


def test_it_looks_at_the_labels_by_itself_and_counts_them(panel, engine, sent):
    assert not started(sent).saved
    finish(engine, sent)
    assert panel.told.text() == "23 labels: 18 right, 3 wrong, 2 another label"
    assert panel.results.list.item(0).text() == "INSULT\n23 lines"
    assert panel.results.slider.value() == 50
    assert panel.results.point.text() == "At 0.50: 12 of 20 right, 3 missed."


def test_a_threshold_is_tried_by_keyboard_and_by_the_curve(panel, engine, sent):
    finish(engine, sent)
    results = panel.results
    results.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(results.slider, Qt.Key.Key_PageUp)
    QTest.keyClick(results.slider, Qt.Key.Key_Right)
    assert results.point.text() == "At 0.81: 12 of 14 right, 3 missed."
    assert "Too few to say much: from 14 lines" in results.sure.text()
    assert results.slider.accessibleName() == "Threshold. At 0.81: 12 of 14 right, 3 missed."
    assert "93% sure: 12 of 14 right" in results.curve.accessibleDescription()
    results.curve.threshold_wanted.emit(0.9)
    assert results.point.text() == "At 0.90: 12 of 12 right, 3 missed."
    rows = [(row.threshold, row.right, row.wrong) for row in results.table.rows.rows]
    assert rows == [(0.55, 12, 8), (0.8, 12, 2), (0.95, 12, 0)]
    results.table.choose(1)
    QTest.keyClick(results.table, Qt.Key.Key_Return)
    assert results.slider.value() == 80
    results.list.setCurrentRow(1)
    assert results.curve.accessibleName() == "Reliability curve of THREAT"


def test_fitting_shows_what_changes_and_only_then_applies(panel, engine, sent, qtbot):
    finish(engine, sent)
    panel.precision.setValue(0.95)
    panel.start_button.click()
    assert (started(sent).saved, started(sent).precision) == (True, 0.95)
    engine.say(FitProgress(fit_id=started(sent).fit_id, done=100, total=523))
    assert panel.status.text() == "100 of 523 lines"
    assert panel.cancel_button.isVisible()
    finish(engine, sent)
    results = panel.results
    assert results.views.key() == "fit"
    assert results.summary.text() == (
        "Of 23 labelled lines, 0 more would be raised and 8 no more. "
        "Of 500 saved lines, 0 more would be raised and 9 no more."
    )
    assert [row.label for row in results.fitted.rows.rows] == ["INSULT"]
    assert [row.text for row in results.lines.rows.rows] == ["you silly goose"]
    with qtbot.waitSignal(panel.document.text_wanted) as wanted, qtbot.waitSignal(panel.said):
        results.apply.click()
    assert wanted.args == ['key = "fitted"\n']


def test_where_nothing_changes_there_is_nothing_to_apply(panel, engine, sent):
    finish(engine, sent, fit=Fit(precision=0.9, curves=(CURVE,)))
    assert not panel.results.apply.isEnabled()
    assert "No threshold would become another." in panel.results.summary.text()


def test_it_can_be_cancelled(panel, engine, sent):
    panel.cancel_button.click()
    assert sent.of(CancelFit) == [CancelFit(started(sent).fit_id)]
    finish(engine, sent, fit=None, sentence="It was stopped.")
    assert panel.status.text() == "It was stopped."
    assert panel.start_button.isEnabled()


@pytest.mark.parametrize(
    ("fit", "counts", "words"),
    [
        (Fit(precision=0.9), LabelCounts(), "No line has a label yet."),
        (Fit(precision=0.9), LabelCounts(right=1), "No label says anything"),
        (Fit(precision=0.9, sentence="Nobody measured it."), LabelCounts(right=1), "Nobody"),
        (Fit(precision=0.9, sentence="No rules for AI text."), LabelCounts(), "Shift+R, Shift+X"),
        (Fit(precision=0.9, sentence="No rules for AI text."), LabelCounts(), "No rules for AI"),
        (None, LabelCounts(right=1), "It failed."),
    ],
)
def test_empty_states_say_what_to_do(panel, engine, sent, fit, counts, words):
    finish(engine, sent, fit=fit, counts=counts, sentence="" if fit else "It failed.")
    assert words in panel.blank.accessibleName()
    assert panel.stack.currentWidget() is panel.blank


@pytest.mark.parametrize(("name", "form"), [("l.csv", "csv"), ("l.jsonl", "jsonl")])
def test_labels_are_exported(panel, engine, sent, tmp_path, qtbot, name, form):
    finish(engine, sent)
    panel.write(str(tmp_path / name))
    (asked,) = sent.of(ExportLabels)
    assert asked.format.value == form
    with qtbot.waitSignal(panel.said) as said:
        engine.say(LabelsExported(asked.request_id, path="there", labels=23))
    assert said.args == ["23 labels written to there.", "good"]


def test_labels_are_deleted_only_after_a_question(panel, engine, sent, qtbot):
    finish(engine, sent)
    panel.delete.click()
    box = panel.findChild(QMessageBox)
    assert box.text() == "Delete 23 labels on this machine for good?"
    assert not sent.of(DeleteLabels)
    (go,) = (each for each in box.buttons() if each.text() == "Delete all")
    go.click()
    (asked,) = sent.of(DeleteLabels)
    engine.say(LabelsDeleted(asked.request_id, labels=23))
    finish(engine, sent, fit=Fit(precision=0.9), counts=LabelCounts())
    assert "No line has a label yet." in panel.blank.accessibleName()
    assert not panel.export.isEnabled()


def test_a_new_engine_begins_again(panel, engine, sent):
    engine.die()
    engine.begin()
    assert "Fit once more" in panel.status.text()
    assert panel.cancel_button.isHidden()
