"""What a run judges: a file, pasted lines, or saved calls."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from console.protocol.lab_runs import (
    AskColumns,
    CallsSource,
    Columns,
    FileSource,
    PastedSource,
    Source,
)
from console.ui.lab.calls_picker import CallsPicker
from console.ui.lab.columns_bar import ColumnsBar
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.controls import line_field, push_button, text_field
from console.ui.widgets.file_choice import choose_file
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.segments import Segments
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme

FILE, PASTE, CALLS = "file", "paste", "calls"
FILTER = (
    "Texts (*.txt *.csv *.tsv *.jsonl *.ndjson *.json *.vtt *.srt *.sbv *.xlsx *.xls *.ods "
    "*.parquet *.log);;All files (*)"
)


class SourceBar(Surface):
    """Offers three sources, or with ``only_calls`` just the saved calls.

    Signals:
        changed: there is another source, or it became ready or unready.
    """

    changed = Signal()

    def __init__(self, link: EngineLink, theme: Theme, *, only_calls: bool = False) -> None:
        super().__init__()
        self._link = link
        choices = ((FILE, "File"), (PASTE, "Paste"), (CALLS, "Saved calls"))
        self.kinds = Segments(choices, "Lines from")
        self.kinds.chosen.connect(self._on_kind)
        self.path = line_field(
            "File with lines", "Lines, CSV, JSON, subtitles, a transcript or a workbook", "run-file"
        )
        self.path.editingFinished.connect(self._ask_columns)
        self.path.textChanged.connect(lambda _text: self.changed.emit())
        self.choose = push_button("Choose…", self.choose_file, spoken="Choose a file")
        self.columns = ColumnsBar()
        self.columns.changed.connect(self._on_columns)
        self.paste = text_field("Lines to judge", "One line of text after the other…", "run-paste")
        self.paste.setFixedHeight(104)
        self.paste.textChanged.connect(self.changed)
        self.calls = CallsPicker(link, theme)
        self.calls.changed.connect(self.changed)
        self.note = PlainLabel(ink="bad", wrap=True)
        self.note.hide()
        self._asked: FileSource | None = None
        self._file = QWidget()
        in_row((self.path, 1), self.choose, owner=self._file)
        self.buttons = in_row(margins=None)
        self._top = top = in_row(self.kinds, (self._file, 1), self.buttons, margins=None)
        in_column(
            top,
            self.columns,
            self.paste,
            self.calls,
            self.note,
            owner=self,
            margins=(16, 10, 16, 10),
            spacing=8,
        )
        if only_calls:
            self.kinds.choose(CALLS)
            self.kinds.hide()
            top.insertWidget(0, PlainLabel("Saved calls", ink="dim"))
        self._show_kind()

    def source(self) -> Source | None:
        """What is chosen; None when nothing is."""
        match self.kinds.key():
            case "file":
                path = self.path.text().strip()
                return self.columns.source(path) if path else None
            case "paste":
                text = self.paste.toPlainText()
                return PastedSource(text) if text.strip() else None
            case _:
                calls = self.calls.chosen()
                return CallsSource(calls) if calls else None

    def show_file(self, path: Path | str) -> None:
        """Use this file."""
        self.kinds.choose(FILE)
        self._show_kind()
        self.path.setText(str(path))
        self._ask_columns()

    def choose_file(self) -> None:
        """Let the user choose a file."""
        choose_file(self, "Lines to judge", self.path.text(), FILTER, self.show_file)

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the source; "" for nothing."""
        self.note.show_text(sentence)
        self.note.setVisible(bool(sentence))

    def _on_kind(self, _key: str) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        kind = self.kinds.key()
        self._file.setVisible(kind == FILE)
        self.columns.setVisible(kind == FILE and self.columns.told)
        self.paste.setVisible(kind == PASTE)
        self.calls.setVisible(kind == CALLS)
        self._top.setStretchFactor(self._file, 1 if kind == FILE else 0)
        if kind == CALLS:
            self.calls.refresh()
        self.complain("")
        alignment = Qt.AlignmentFlag.AlignRight if kind != FILE else Qt.AlignmentFlag(0)
        self._top.setAlignment(self.buttons, alignment)

    def _ask_columns(self) -> None:
        path = self.path.text().strip()
        if not path or (self._asked is not None and path == self._asked.path):
            return
        self.columns.forget()
        self._ask(FileSource(path))

    def _on_columns(self) -> None:
        path = self.path.text().strip()
        if path:
            self._ask(self.columns.source(path))
        self.changed.emit()

    def _ask(self, source: FileSource) -> None:
        self._asked = source
        self.complain("")

        def answered(answer: Columns) -> None:
            if self._asked != source or self.path.text().strip() != source.path:
                return
            self.complain(answer.sentence)
            self.columns.show_columns(answer)
            self.columns.setVisible(self.kinds.key() == FILE and self.columns.told)
            self.changed.emit()

        self._link.ask(AskColumns(new_id(), source), answered)
