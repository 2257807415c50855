"""Words of the window that explain themselves."""

from PySide6.QtTest import QTest

from console.ui.shell.words_dialog import WORDS, WordsDialog


def test_words_are_found_by_name_and_by_meaning(qtbot):
    dialog = WordsDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    assert all(entry.isVisible() for entry in dialog.entries)
    QTest.keyClicks(dialog.search, "dashed edge")
    shown = [words for entry, words in zip(dialog.entries, WORDS, strict=True) if entry.isVisible()]
    assert [word for word, _ in shown] == ["Provisional"]
    dialog.search.setText("heat death")
    assert dialog.nothing.isVisible()
