"""The act log with the field that filters it and the button that exports what it shows."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSize

from console.base.documents import write_whole
from console.base.errors import WorldError
from console.ui.acts.act_export import csv_text
from console.ui.acts.act_filter import HELP
from console.ui.acts.act_log import ActLog
from console.ui.acts.acts_model import ActsModel
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.file_choice import choose_target
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count

_NOTHING = Blank("shield", "Nothing has been done yet.", "Every act gets a receipt here.")
_NONE_PASSES = Blank("search", "No act is like that.", "Escape in the field shows all of them.")


class ActLogPanel(Panel):
    """The log, or what stands in its place while there is nothing to show."""

    search: SearchField

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        model = self.model = ActsModel(context.session, parent=self)
        self.log = self.rows = ActLog(context, model)
        self.search = SearchField(
            "Filter acts: words, from: by: call: act: outcome: is: after: before:", "Filter acts"
        )
        self.search.setObjectName("filter-acts")
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(self.take_focus)
        self.search.returnPressed.connect(self._choose_newest)
        self.export = push_button(
            "Export…", self.choose_export, spoken="Export the acts that are shown as CSV"
        )
        self.export.setObjectName("export-acts")
        self.evidence = push_button(
            "Evidence…",
            lambda: context.commands.run("evidence.show"),
            name="evidence-acts",
            spoken="Evidence of the act that is chosen",
        )
        self.trouble = PlainLabel(ink="bad", wrap=True)
        self.trouble.setObjectName("filter-acts-trouble")
        self.trouble.setContentsMargins(10, 0, 8, 6)
        self.trouble.hide()
        self.blank = BlankPage(context.theme, low=True)
        in_column(
            in_row((self.search, 1), self.evidence, self.export, margins=(8, 4, 8, 6), spacing=8),
            self.trouble,
            (self.log, 1),
            (self.blank, 1),
            owner=self,
            spacing=None,
        )
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        self._filter("")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"log.filter": self.filter_log, "log.export": self.choose_export}

    def filter_log(self) -> str:
        """Bring the log to the front with the keyboard in its filter."""
        if not self.model.total:
            return "Nothing has been done yet that could be filtered."
        self.wanted.emit()
        return self.focus_filter()

    def choose_export(self) -> str:
        """Ask where to, and export what is shown; says why not where that is nothing."""
        if self.trouble.text():
            return f"Nothing is exported while the filter is wrong. {self.trouble.text()}"
        if not self.model.rowCount():
            return "No act is shown that could be exported."
        choose_target(self, "Export acts", "acts.csv", "CSV (*.csv)", self.export_to)
        return ""

    def export_to(self, path: str) -> None:
        """Write what is shown to a file, and note that in the log of what was done."""
        rows = [words for words in map(self.model.words, self.model.rows) if words is not None]
        try:
            write_whole(Path(path), csv_text(rows).encode("utf-8", "replace"))
        except WorldError as error:
            self._context.controller.say(str(error), "bad")
            return
        self._context.audit.exported("act log", path, len(rows))
        self._context.controller.say(f"{count(len(rows), 'act')} exported to {path}.", "good")

    def chosen_act(self) -> str:
        """The id of the act of the current row; empty where there is none."""
        return self.model.act_id(self.log.currentIndex().row())

    def _filter(self, typed: str) -> None:
        trouble = self.model.set_filter(typed, self._context.clock.now())
        self.trouble.show_text(trouble)
        self.trouble.setVisible(bool(trouble))
        self.search.setToolTip(tip(trouble or HELP))
        self.search.setAccessibleDescription(trouble or HELP)
        if self.search.property("bad") != ("true" if trouble else "false"):
            self.search.setProperty("bad", "true" if trouble else "false")
            self.search.style().unpolish(self.search)
            self.search.style().polish(self.search)
        self._refresh()
        self.log.scrollToBottom()

    def _choose_newest(self) -> None:
        if self.model.rowCount():
            self.log.choose(self.model.rowCount() - 1)
            self.take_focus()

    def _refresh(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        self.log.setVisible(shown > 0)
        self.blank.setVisible(shown == 0)
        if shown == 0:
            self.blank.show_blank(_NONE_PASSES if total else _NOTHING)
        self.search.setVisible(total > 0)
        self.export.setVisible(total > 0)
        self.export.setEnabled(shown > 0 and not self.trouble.text())
        self.note_changed.emit(f"{shown:,} of {total:,}" if shown != total else "")

    def sizeHint(self) -> QSize:
        return QSize(700, 208)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 96)
