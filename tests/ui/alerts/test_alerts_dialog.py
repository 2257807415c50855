"""The dialog of alerts: rows, ways and snoozes, by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton

from console.ui.alerts.alert_rows import RowKey, Subject, Way


@pytest.fixture
def dialog(window, live, tell, raise_line):
    tell(raise_line(labels=("scam",), rule="scams"))
    live.commands.run("alerts.show")
    return window.dialogs.open_dialog


def box(dialog, row, way):
    return next(b for b in dialog.findChildren(QCheckBox, f"{row}.{way}") if b.isVisible())


def button(dialog, name):
    return next(b for b in dialog.findChildren(QPushButton, name) if b.isVisible())


def test_a_severity_is_changed_by_keyboard_and_the_focus_stays(dialog, live):
    low = box(dialog, "severity:low", "sound")
    low.setFocus()
    QTest.keyClick(low, Qt.Key.Key_Space)
    assert live.settings["alert_low"] == ["sound"]
    assert dialog.focusWidget().objectName() == "severity:low.sound"
    assert dialog.focusWidget().isChecked()


def test_a_row_of_a_label_is_added_changed_and_removed(dialog, live, window):
    assert (dialog.subject.currentText(), dialog.name.currentText()) == ("Label", "scam")
    dialog.add.click()
    box(dialog, "label:scam", "sound").click()
    assert live.settings["alert_rows"] == {"label:scam": ["attention", "notification"]}
    button(dialog, "remove.label:scam").click()
    assert live.settings["alert_rows"] == {}


@pytest.mark.parametrize(("index", "name"), [(1, "scams"), (2, "hall")])
def test_rules_and_calls_that_are_known_are_offered(dialog, index, name):
    dialog.subject.setCurrentIndex(index)
    assert dialog.name.findText(name) >= 0


def test_a_row_and_a_way_are_snoozed_from_their_buttons(dialog, window):
    button(dialog, "snooze.severity:high").menu().actions()[1].trigger()
    button(dialog, "snooze.sound").menu().actions()[0].trigger()
    alerts = window.alerts.alerts
    assert set(alerts.snoozed()) == {RowKey(Subject.SEVERITY, "high"), Way.SOUND}
    assert "until" in button(dialog, "snooze.severity:high").text()
    button(dialog, "snooze.sound").menu().actions()[-1].trigger()
    assert set(alerts.snoozed()) == {RowKey(Subject.SEVERITY, "high")}


def test_it_says_what_cannot_work_here(dialog):
    words = [label.text() for label in dialog.findChildren(type(dialog.add_heading("")))]
    assert any(text.startswith("Alerts make no sound") for text in words)
    assert any(text.startswith("There are no desktop notifications") for text in words)


def test_everything_in_it_has_a_name(dialog):
    nameless = [
        widget.objectName()
        for kind in (QCheckBox, QPushButton)
        for widget in dialog.findChildren(kind)
        if widget.isVisible() and not widget.accessibleName()
    ]
    assert nameless == []
