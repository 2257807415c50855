"""The lab with a real engine: write, try, run, compare, save."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableView,
)

from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.lab_runs import ExportFormat
from console.protocol.to_window import EngineState
from console.ui.lab.document import default_text
from console.ui.lab.run_panel import DEFAULT
from console.ui.lab.try_words import why_no_stream
from console.ui.widgets.plain_text_widgets import PlainLabel
from tests.ui.table_cells import cell

WAIT = 15_000


@pytest.fixture
def texts(tmp_path):
    """A labelled file of three lines."""
    file = tmp_path / "texts.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(
            [
                ("text", "label"),
                ("you are such an 1d10t", "INSULT"),
                ("see you in Scunthorpe", ""),
                ("go to free-crypto.example", "SCAM"),
            ]
        )
    return file


def write(lab, qtbot, old, new):
    """Change the text as its author would, and wait for what the engine says."""
    lab.policy.editor.replace_text(lab.document.text.replace(old, new, 1))
    assert lab.document.text != default_text()
    qtbot.waitUntil(lambda: lab.document.good or bool(lab.document.errors), timeout=WAIT)


def run(panel, qtbot, file):
    panel.source.show_file(file)
    qtbot.waitUntil(lambda: panel.source.columns.labels.value() == "label", timeout=WAIT)
    panel.start_button.click()
    qtbot.waitUntil(lambda: panel.finished is not None, timeout=WAIT)
    model = panel.results.lines.model
    wanted = panel.finished.comparison.flips if panel.finished.b else panel.finished.lines
    qtbot.waitUntil(lambda: model.total == wanted and model.row(0) is not None, timeout=WAIT)


def test_a_text_is_judged_while_it_is_typed_and_its_words_are_marked(lab, qtbot):
    qtbot.keyClicks(lab.try_panel.text, "you 1d10t")
    qtbot.waitUntil(lambda: lab.try_panel.here.action() == "FLAG", timeout=WAIT)
    (mark,) = lab.try_panel.text.extraSelections()
    assert mark.cursor.selectedText() == "1d10t"
    matches = lab.try_panel.matches.model
    assert [matches.index(0, column).data() for column in (0, 2, 3)] == [
        "1d10t",
        "insults",
        "INSULT",
    ]
    lab.try_panel.text.setPlainText("see you in Scunthorpe")
    qtbot.waitUntil(lambda: lab.try_panel.here.action() == "KEEP", timeout=WAIT)
    assert lab.try_panel.text.extraSelections() == []


def after_cursor(editor):
    """What stands between the cursor and the end of its line."""
    cursor = editor.textCursor()
    return cursor.block().text()[cursor.positionInBlock() :]


def test_errors_are_underlined_listed_and_the_last_good_version_goes_on_judging(lab, qtbot):
    write(lab, qtbot, '"insults", action = "flag"', '"insults", action = "delete"')
    (mark,) = lab.policy.editor.marks
    text = lab.document.text
    assert text[mark.start : mark.end] == '"delete"'
    assert lab.policy.problems.isVisible()
    assert lab.policy.state.word() == "1 error"
    qtbot.keyClicks(lab.try_panel.text, "you idiot")
    qtbot.waitUntil(lambda: lab.try_panel.here.action() == "FLAG", timeout=WAIT)
    assert lab.try_panel.here.note.text() == "by the last version without errors"
    lab.policy.problems.chosen.emit(0)
    assert not lab.policy.editor.textCursor().hasSelection()
    assert after_cursor(lab.policy.editor).startswith('"delete"')
    lab.policy.editor.undo()
    qtbot.waitUntil(lambda: lab.document.good, timeout=WAIT)
    assert not lab.policy.problems.isVisible()


def test_the_form_changes_one_value_of_the_text_and_it_can_be_undone(lab, qtbot):
    lab.policy.show_view("form")
    form = lab.policy.form.pages["block_list_config"]
    form.table.selectRow(form.model.find(lambda listed: listed.name == "insults"))
    assert form.card.fields["name"].text() == "insults"
    form.card.fields["action"].show_value("flag")
    form.card.fields["action"].picked.emit("remove")
    changed = default_text().replace('"insults", action = "flag"', '"insults", action = "remove"')
    qtbot.waitUntil(lambda: lab.document.text == changed, timeout=WAIT)
    row = form.model.find(lambda listed: listed.name == "insults")
    qtbot.waitUntil(lambda: cell(form.model, row, "Action") == "remove", timeout=WAIT)
    lab.policy.editor.undo()
    assert lab.document.text == default_text()


def test_entries_of_a_list_are_written_one_a_line(lab, qtbot):
    lab.policy.show_view("form")
    form = lab.policy.form.pages["block_list_config"]
    form.table.selectRow(form.model.find(lambda listed: listed.name == "insults"))
    form.card.fields["words"].setPlainText(
        form.card.fields["words"].toPlainText() + "\nmuppet\nmuppet\n"
    )
    form.card.commit_lines()
    qtbot.waitUntil(lambda: '"muppet"' in lab.document.text, timeout=WAIT)
    assert lab.document.text.count("muppet") == 1
    qtbot.waitUntil(lambda: lab.document.good, timeout=WAIT)
    lab.try_panel.text.setPlainText("you muppet")
    qtbot.waitUntil(lambda: lab.try_panel.here.action() == "FLAG", timeout=WAIT)


def test_a_list_can_be_added_and_removed_by_the_form(lab, qtbot):
    form = lab.policy.form.pages["block_list_config"]
    lab.policy.show_view("form")
    before = form.model.rowCount()
    form.add.click()
    qtbot.waitUntil(
        lambda: form.model.find(lambda each: each.name == "new list") >= 0, timeout=WAIT
    )
    qtbot.waitUntil(lambda: form.card.fields["name"].text() == "new list", timeout=WAIT)
    form.card.remove.click()
    qtbot.waitUntil(lambda: form.model.rowCount() == before, timeout=WAIT)
    assert "new list" not in lab.document.text


def test_a_run_fills_the_table_the_totals_and_the_quality(lab, qtbot, texts):
    panel = lab.run_panel
    lab.tabs.show_page(panel)
    run(panel, qtbot, texts)
    model = panel.results.lines.model
    assert [model.row(at).a.action for at in range(3)] == ["flag", "keep", "remove"]
    assert panel.results.quality.table.rows.index(0, 0).data() == "raised at all"
    assert panel.results.quality.table.rows.index(0, 3).data() == "1.00"
    assert panel.results.cost.total_a.text() == "0.0"
    panel.results.chips.button("remove").click()
    qtbot.waitUntil(lambda: model.total == 1 and model.row(0) is not None, timeout=WAIT)
    assert model.row(0).text == "go to free-crypto.example"


def test_the_keyboard_stays_where_a_run_is_started_and_stopped(lab, qtbot, texts):
    panel = lab.run_panel
    lab.tabs.show_page(panel)
    panel.source.show_file(texts)
    panel.start_button.setFocus()
    qtbot.keyClick(panel.start_button, Qt.Key.Key_Return)
    assert lab.focusWidget() is panel.cancel_button
    qtbot.waitUntil(lambda: panel.finished is not None, timeout=WAIT)
    assert lab.focusWidget() is panel.start_button


def test_a_comparison_shows_the_lines_that_are_judged_differently(lab, qtbot, texts):
    write(lab, qtbot, '"insults", action = "flag"', '"insults", action = "remove"')
    panel = lab.compare_panel
    lab.tabs.show_page(panel)
    panel.baseline.show_value(DEFAULT)
    run(panel, qtbot, texts)
    found = panel.finished.comparison
    assert (found.flips, found.stricter, found.milder) == (1, 1, 0)
    row = panel.results.lines.model.row(0)
    assert (row.a.action, row.b.action) == ("flag", "remove")
    changes = panel.results.changes.rows
    assert [changes.index(0, column).data() for column in range(4)] == [
        "flag",
        "remove",
        "1",
        "insults",
    ]


def test_the_selected_lines_are_exported(lab, qtbot, texts, tmp_path):
    panel = lab.run_panel
    run(panel, qtbot, texts)
    target = tmp_path / "out.csv"
    with qtbot.waitSignal(panel.said) as told:
        panel.export(str(target), ExportFormat.CSV)
    assert told.args == [f"Writing 3 lines to {target}…", "dim"]
    assert not panel.results.export.isEnabled()
    qtbot.waitUntil(panel.results.export.isEnabled, timeout=WAIT)
    assert lab.message.accessibleName() == f"3 lines were written to {target}."
    assert "go to free-crypto.example" in target.read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_said(lab, qtbot, texts):
    panel = lab.run_panel
    run(panel, qtbot, texts)
    panel.export(str(texts / "out.html"), ExportFormat.HTML)  # a folder that is a file
    qtbot.waitUntil(panel.results.export.isEnabled, timeout=WAIT)
    assert lab.message.accessibleName() == (
        f"{texts / 'out.html'} could not be written: Not a directory."
    )
    assert lab.message.property("ink") == "bad"


def test_the_chosen_format_gives_the_ending_before_a_file_is_replaced(lab, qtbot, texts):
    panel = lab.run_panel
    lab.tabs.show_page(panel)
    run(panel, qtbot, texts)
    lab.action("lab.export").trigger()
    dialog = panel.results.findChild(QFileDialog)
    assert dialog.defaultSuffix() == "html"
    dialog.selectNameFilter("JSON lines (*.jsonl)")
    dialog.filterSelected.emit("JSON lines (*.jsonl)")
    assert dialog.defaultSuffix() == "jsonl"
    dialog.reject()


def test_a_file_that_is_not_there_is_said_and_nothing_runs(lab, qtbot, tmp_path):
    panel = lab.run_panel
    lab.tabs.show_page(panel)
    panel.source.show_file(tmp_path / "nowhere.txt")
    qtbot.waitUntil(panel.source.note.isVisible, timeout=WAIT)
    panel.start_button.click()
    qtbot.waitUntil(lambda: panel.finished is not None, timeout=WAIT)
    assert panel.stack.currentWidget() is panel.blank
    assert not panel.running


@pytest.mark.expects_errors
def test_a_run_that_the_engine_did_not_survive_can_be_started_again(lab, qtbot, texts):
    panel = lab.run_panel
    lab.tabs.show_page(panel)
    run(panel, qtbot, texts)
    with qtbot.waitSignal(lab.link.restarted, timeout=WAIT):
        lab.context.engine._process.kill()
    assert "once more" in panel.source.note.text()
    assert panel.stack.currentWidget() is panel.blank
    run(panel, qtbot, texts)
    assert panel.finished.lines == 3


def test_saving_and_opening(lab, qtbot, tmp_path):
    write(lab, qtbot, 'key = "custom:captions"', 'key = "custom:mine"')
    assert lab.windowTitle().startswith("•")
    target = tmp_path / "mine.toml"
    assert lab.files.write(target)
    assert target.read_text(encoding="utf-8") == lab.document.text
    assert not lab.windowTitle().startswith("•")
    assert lab.context.settings["lab_recent"] == [str(target)]
    lab.document.begin(default_text())
    lab.open_policy(target)
    assert 'key = "custom:mine"' in lab.policy.editor.toPlainText()


def test_unsaved_text_is_asked_about_before_the_window_closes(lab, qtbot):
    write(lab, qtbot, 'key = "custom:captions"', 'key = "custom:mine"')
    assert not lab.close()
    dialog = lab.findChild(QDialog, "leave-dialog")
    assert dialog.isVisible()
    dialog.findChild(QPushButton, "discard").click()
    assert not lab.isVisible()


def test_completion_is_chosen_with_the_keyboard(lab, qtbot):
    editor = lab.policy.editor
    editor.setPlainText("")
    qtbot.keyClicks(editor, "[[bl")
    assert editor.popup.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "[[blocklists]]"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "sev")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == '[[blocklists]]\nseverity = ""'
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == '[[blocklists]]\nseverity = "medium"'
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_find_marks_every_place_and_says_how_many(lab, qtbot):
    lab.policy.begin_find()
    bar = lab.policy.find_bar
    bar.words.setText("severity")
    assert bar.count.text() == f"{default_text().count('severity')} found"
    assert lab.policy.editor.textCursor().selectedText() == "severity"
    bar.words.setText("no such words")
    assert bar.count.text() == "not found"
    qtbot.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_lines_are_commented_in_and_out(lab):
    editor = lab.policy.editor
    editor.setPlainText("a = 1\n  b = 2")
    editor.selectAll()
    editor.toggle_comment()
    assert editor.toPlainText() == "# a = 1\n  # b = 2"
    editor.selectAll()
    editor.toggle_comment()
    assert editor.toPlainText() == "a = 1\n  b = 2"


def test_the_next_error_is_not_overwritten_by_the_next_key(lab, qtbot):
    write(lab, qtbot, '"insults", action = "flag"', '"insults", action = "delete"')
    editor = lab.policy.editor
    lab.policy.go_to_next_problem()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert 'action =   "delete"' in editor.toPlainText()


def test_tab_moves_selected_lines_and_escape_leaves_the_text(lab, qtbot):
    editor = lab.policy.editor
    editor.setPlainText("a = 1\n\nb = 2")
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "  a = 1\n\n  b = 2"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    assert editor.toPlainText() == "a = 1\n\nb = 2"
    lab.try_panel.text.setFocus()
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    assert lab.policy.hint.isVisible()
    assert "Escape leaves the text" in lab.policy.hint.text()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.hasFocus()
    assert not lab.policy.hint.isVisible()
    assert editor.toPlainText() == "a = 1\n\nb = 2"


def test_a_long_list_is_wrapped_until_somebody_wants_one_row(lab, qtbot):
    editor = lab.policy.editor
    editor.setPlainText(f"words = [{', '.join(['zebra'] * 500)}]")
    sideways = editor.horizontalScrollBar()
    qtbot.waitUntil(lambda: sideways.maximum() == 0, timeout=WAIT)
    lab.action("lab.wrap").trigger()
    qtbot.waitUntil(lambda: sideways.maximum() > 0, timeout=WAIT)


def test_stream_is_asked_only_with_a_secret():
    assert "signed out" in why_no_stream(EngineState(phase=Phase.SIGNED_OUT))
    assert "secret" in why_no_stream(EngineState(phase=Phase.LIVE, method=Method.TOKEN))
    assert why_no_stream(EngineState(phase=Phase.LIVE, method=Method.SECRET)) == ""


def test_every_control_has_a_name_and_no_label_takes_markup(lab):
    for kind in (QPlainTextEdit, QTableView, QListWidget, QPushButton, QComboBox):
        for part in lab.findChildren(kind):
            if part.isHidden():
                continue
            said = part.accessibleName() or (part.text() if kind is QPushButton else "")
            assert said, part
    for field in lab.findChildren(QLineEdit):
        inside = isinstance(field.parent(), QComboBox | QDoubleSpinBox)
        assert inside or field.accessibleName(), field
    for label in lab.findChildren(PlainLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


def test_an_underline_moves_with_the_text_until_it_is_checked_again(lab, qtbot):
    write(lab, qtbot, '"insults", action = "flag"', '"insults", action = "delete"')
    editor = lab.policy.editor
    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.insertText("# one more line\n")
    editor.go_to_mark(0)
    assert not editor.textCursor().hasSelection()
    assert after_cursor(editor).startswith('"delete"')
    lab.context.theme.choose("light")
    (wave,) = [each for each in editor.extraSelections() if each.cursor.hasSelection()]
    assert wave.format.underlineColor().name() == lab.context.theme.hex("bad")


def test_a_policy_without_lists_says_what_one_would_do(lab, qtbot):
    form = lab.policy.form.pages["block_list_config"]
    lab.policy.show_view("form")
    assert form.table.isVisible()
    lab.policy.editor.setPlainText('key = "chat"\n')
    qtbot.waitUntil(lambda: form.model.rowCount() == 0, timeout=WAIT)
    assert (form.blank.isVisible(), form.table.isVisible()) == (True, False)
    form.add.click()
    qtbot.waitUntil(lambda: form.card.fields["name"].text() == "new list", timeout=WAIT)
    assert (form.blank.isVisible(), form.table.isVisible()) == (False, True)
