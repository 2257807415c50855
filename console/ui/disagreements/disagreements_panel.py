"""Lines that the local policy and Stream judged differently, as a list that can be exported."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QToolButton

from console.base.documents import write_whole
from console.base.errors import WorldError
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.lab_runs import AskDisagreements, Disagreement, Disagreements
from console.protocol.to_window import EngineState
from console.ui.disagreements.disagreements_model import (
    MILDER,
    STRICTER,
    DisagreementsModel,
    csv_text,
)
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.labelling import JudgedLine
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.file_choice import choose_target
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count

PAGE = 200
MAX_COUNT = 1_000

_READING = Blank("hourglass", "Reading…")


class DisagreementsPanel(Panel):
    """Reads when it is shown; a button offers newer lines, so that no row moves by itself."""

    search: SearchField

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self._link = context.link
        self._limit = PAGE
        self._asked = ""
        self._trouble = ""
        self._account = _account(context.session.state)
        labels = context.session.labels
        self.model = DisagreementsModel(self._call_name, self, labels.find)
        self.search = SearchField(
            "Find a line, a person, a call or a rule", "Only disagreements that hold"
        )
        self.search.settled.connect(self._narrow)
        self.search.left.connect(self.take_focus)
        self.stricter = self._toggle("Stricter", "Lines that Stream judged more strictly")
        self.milder = self._toggle("Milder", "Lines that Stream judged more mildly")
        self.fresh = push_button("", self.refresh, tone="link")
        self.fresh.hide()
        self.more = push_button("More", self._read_more, spoken="Read more disagreements")
        self.more.hide()
        spoken = "Export the disagreements as CSV"
        self.export = push_button("Export…", self.choose_export, spoken=spoken)
        self.table = self.rows = RowTable(
            self.model, "Lines that Stream judged differently", theme, sortable=True
        )
        self.table.setObjectName("disagreements")
        self.table.chosen.connect(self._jump)
        labels.changed.connect(lambda _ids: self.table.viewport().update())
        self.blank = BlankPage(theme, low=True)
        self.blank.command_wanted.connect(self.refresh)
        self._stack = stacked(self.table, self.blank)
        self._lay_out()
        context.session.pulse_changed.connect(self._on_pulse)
        context.session.state_changed.connect(self._on_state)
        self.model.modelReset.connect(self._show)
        self._show()

    def refresh(self) -> None:
        """Read the newest ones."""
        self._context.session.disagreements.read_all()
        self._link.forget(self._asked)
        self._asked = self._link.ask(AskDisagreements(new_id(), self._limit), self._on_lines)
        self._show()

    def activate(self) -> str:
        line = self.model.row(self.table.currentIndex().row())
        if line is None:
            return "Choose a line first."
        self._jump(line)
        return ""

    def line_meant(self) -> JudgedLine | None:
        line = self.model.row(self.table.currentIndex().row())
        return JudgedLine(line.item_id, line.revision, line.stands) if line is not None else None

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.blank.take_focus()

    def choose_export(self) -> None:
        """Ask where to write what is listed."""
        choose_target(
            self, "Export the disagreements", "disagreements.csv", "CSV (*.csv)", self.write
        )

    def write(self, path: str) -> None:
        """Write what is listed to ``path``, in the order of the list."""
        rows = self.model.rows
        try:
            write_whole(Path(path), csv_text(rows).encode("utf-8", "replace"))
        except WorldError as error:
            self._context.controller.say(str(error), "bad")
            return
        self._context.audit.exported("disagreements", path, len(rows))
        self._context.controller.say(f"{count(len(rows), 'line')} written to {path}.", "good")

    def _on_lines(self, answer: Disagreements) -> None:
        self._asked = ""
        self._trouble = answer.sentence
        current = self.model.row(self.table.currentIndex().row())
        self.model.show_rows(answer.lines)
        if current is not None:
            self.table.choose(self.model.find(lambda line: line.item_id == current.item_id))

    def _on_state(self, state: EngineState) -> None:
        account = _account(state)
        if account != self._account:
            self._account = account
            if self.isVisible():
                self.refresh()
        elif not self.model.total:
            self._show()

    def _on_pulse(self) -> None:
        if not self.isVisible() or self._asked:
            return
        if self._context.session.disagreements.unread and not self.model.total:
            self.refresh()
        else:
            self._show_fresh()

    def _read_more(self) -> None:
        self._limit = min(MAX_COUNT, self._limit + PAGE)
        self.refresh()

    def _jump(self, line: Disagreement) -> None:
        self._context.controller.show_line(line.call, line.item_id)

    def _narrow(self) -> None:
        wanted = STRICTER if self.stricter.isChecked() else ""
        wanted = MILDER if self.milder.isChecked() else wanted
        self.model.select(self.search.text(), wanted)

    def _on_toggled(self, one: QToolButton, other: QToolButton) -> None:
        if one.isChecked():
            other.setChecked(False)
        self._narrow()

    def _show(self) -> None:
        total, shown = self.model.total, len(self.model.rows)
        words = count(total, "line") if shown == total else f"{shown:,} of {total:,} lines"
        self.note_changed.emit(words if total else "")
        self.more.setVisible(total >= self._limit and self._limit < MAX_COUNT)
        self.more.setEnabled(not self._asked)
        self.export.setEnabled(bool(shown))
        for part in (self.search, self.stricter, self.milder):
            part.setEnabled(bool(total))
        if not shown:
            self.blank.show_blank(self._blank())
        held = self.blank.has_focus() or self.table.hasFocus()
        self._stack.setCurrentWidget(self.table if shown else self.blank)
        if held:
            self.take_focus()
        self._show_fresh()

    def _show_fresh(self) -> None:
        new = self._context.session.disagreements.unread
        self.fresh.setVisible(new > 0 and bool(self.model.total))
        self.fresh.setText(f"Show {new:,} new")
        self.fresh.setAccessibleName(f"Show {count(new, 'new disagreement')}")

    def _blank(self) -> Blank:
        state = self._context.session.state
        if self._trouble and state.phase is not Phase.SIGNED_OUT:
            return Blank("warning", self._trouble, "", "retry", "Try again", "warn")
        if self.model.total:
            return Blank("filter", "No disagreement fits.", "Empty the field to see all of them.")
        if state.phase is Phase.SIGNED_OUT:
            return Blank("plug", "You are signed out.", "Stream's verdicts need a sign-in.")
        if self._asked:
            return _READING
        if state.method is Method.TOKEN:
            return Blank(
                "key",
                "The policy here decides alone.",
                "Stream's check needs a sign-in with the app's secret.",
            )
        return Blank("check", "Stream agreed with every line so far.", token="good")

    def _call_name(self, cid: str) -> str:
        call = self._context.session.call(cid)
        return call.name if call is not None else cid.partition(":")[2] or cid

    def _toggle(self, words: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setCheckable(True)
        button.setProperty("segment", "true")
        button.setAccessibleName(name)
        button.setToolTip(tip(name))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _lay_out(self) -> None:
        one, other = self.stricter, self.milder
        one.clicked.connect(lambda: self._on_toggled(one, other))
        other.clicked.connect(lambda: self._on_toggled(other, one))
        in_column(
            in_row(
                (self.search, 1),
                one,
                other,
                self.fresh,
                self.more,
                self.export,
                margins=(12, 6, 12, 6),
            ),
            (self._stack, 1),
            owner=self,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()


def _account(state: EngineState) -> tuple[bool, str, str]:
    """Identifies whose disagreements are read."""
    return state.phase is Phase.SIGNED_OUT, state.profile, state.user_id
