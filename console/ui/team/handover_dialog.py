"""The hand-over sheet: looked at, copied, saved, printed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from console.base.documents import write_whole
from console.base.errors import WorldError
from console.protocol.handover import AskHandover, Handover
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.team.handover_words import queue_words, sheet
from console.ui.widgets.controls import push_button, text_field
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.file_choice import choose_target
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel

SHIFTS_H = (2, 4, 8, 12)
USUAL_H = 8


class HandoverDialog(PlainDialog):
    """Asks the engine when it opens, and again for another length of the shift."""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__("Hand-over sheet", parent)
        self._context = context
        self._asked = ""
        self._since = 0.0
        self.setObjectName("handover")
        self.add_sentence(
            "What is open, held, in force, watched and noted, for whoever comes next. It holds"
            " words from calls: treat it like the calls."
        )
        self.shifts = {
            hours: push_button(f"{hours} h", self._asks(hours), name=f"h{hours}")
            for hours in SHIFTS_H
        }
        for hours, button in self.shifts.items():
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"The last {hours} hours")
        shifts = in_row(PlainLabel("Since the last", ink="dim"), *self.shifts.values(), None)
        self.body.addLayout(shifts)
        self.text = text_field("The sheet", name="handover-text")
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setMinimumSize(560, 320)
        self.body.addWidget(self.text, 1)
        self.said = self.add_sentence("", ink="faint")
        self.add_side_button("Print…", self._print, name="print-handover")
        self.copy = self.add_button("Copy", self._copy, name="copy-handover")
        self.save = self.add_button("Save as…", self.choose_file, name="save-handover")
        self.add_button("Close", self.accept, tone="primary")
        self.ask(USUAL_H)

    def _asks(self, hours: int) -> Callable[[], None]:
        return lambda: self.ask(hours)

    def ask(self, hours: int) -> None:
        """Show the sheet for the last ``hours``."""
        for each, button in self.shifts.items():
            button.setChecked(each == hours)
        self._since = self._context.clock.now() - 3600.0 * hours
        question = AskHandover(new_id(), self._since)
        self._asked = question.request_id
        self.said.show_text("Reading…")
        self._context.link.ask(question, self._on_found)

    def choose_file(self) -> None:
        """Ask where to, and save."""
        choose_target(self, "Save the sheet", "hand-over.txt", "Text (*.txt)", self.save_to)

    def save_to(self, path: str) -> None:
        """Write the sheet to a file."""
        try:
            write_whole(Path(path), self.text.toPlainText().encode())
        except WorldError as error:
            self.said.show_text(f"{error.sentence} {error.advice}")
            return
        self._context.audit.exported("hand-over sheet", path, 1)
        self.said.show_text(f"Saved as {path}.")

    def _on_found(self, found: Handover) -> None:
        if found.request_id != self._asked:
            return
        if found.sentence:
            self.said.show_text(found.sentence)
            return
        session = self._context.session

        def call_name(cid: str) -> str:
            call = session.call(cid)
            return call.name if call else cid

        self.text.setPlainText(
            sheet(
                found,
                since=self._since,
                by=session.state.user_id,
                app=session.state.profile,
                call_name=call_name,
                called=session.team.called,
                queue=queue_words(session.queue.state, found.at),
            )
        )
        self.said.show_text("")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.said.show_text("Copied.")

    def _print(self) -> None:
        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._print_to(printer))
        dialog.setModal(True)
        dialog.show()  # so that no second event loop runs

    def _print_to(self, printer: QPrinter) -> None:
        document = QTextDocument()
        document.setPlainText(self.text.toPlainText())
        document.print_(printer)
