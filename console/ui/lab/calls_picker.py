"""Which of the saved calls: a list of boxes, with what is in each."""

from time import localtime, strftime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from console.base.plain_text import visible
from console.domain.past import SavedCall
from console.protocol.lab_runs import AskSavedCalls, SavedCalls
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme

ROW = 24
MAX_ROWS = 5


def call_words(call: SavedCall) -> str:
    """One call on one line."""
    when = strftime("%d %b %H:%M", localtime(call.since)) if call.since else ""
    acts = f", {call.acts:,} {'act' if call.acts == 1 else 'acts'}" if call.acts else ""
    lines = "1 line" if call.lines == 1 else f"{call.lines:,} lines"
    return f"{visible(call.name or call.cid)} · {when} · {lines}{acts}"


class CallsPicker(Surface):
    """All are chosen at first.

    Signals:
        changed: other calls are chosen.
        listed: the calls were read; how many there are.
    """

    changed = Signal()
    listed = Signal(int)

    def __init__(self, link: EngineLink, theme: Theme) -> None:
        super().__init__()
        self._link = link
        self._calls: tuple[SavedCall, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("saved-calls")
        self.list.setAccessibleName("Saved calls to judge")
        self.list.setProperty("framed", "true")
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(lambda _item: self._on_changed())
        self.summary = PlainLabel(ink="dim")
        self.all = push_button("All", lambda: self.check_all(True), tone="link")
        self.none = push_button("None", lambda: self.check_all(False), tone="link")
        in_column(
            self.list,
            in_row((self.summary, 1), self.all, self.none, spacing=4),
            owner=self,
            spacing=4,
        )
        self._show_summary()

    def refresh(self) -> None:
        """Read the list again."""
        self._link.ask(AskSavedCalls(new_id()), self._on_calls)

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """App and cid of the chosen calls."""
        return tuple((call.app, call.cid) for call in self._chosen())

    def check_all(self, on: bool) -> None:
        """Choose all, or none."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(state)
        self.list.blockSignals(False)
        self._on_changed()

    def _chosen(self) -> list[SavedCall]:
        return [
            call
            for at, call in enumerate(self._calls)
            if self.list.item(at).checkState() is Qt.CheckState.Checked
        ]

    def _on_calls(self, answer: SavedCalls) -> None:
        if answer.sentence:
            self.summary.show_text(answer.sentence)
            return
        left_out = {(call.app, call.cid) for call in self._calls if call not in self._chosen()}
        self._calls = answer.calls
        self.list.blockSignals(True)
        self.list.clear()
        for call in answer.calls:
            item = QListWidgetItem(call_words(call))
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(tip(f"{call.cid}\n{call.app}"))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            out = (call.app, call.cid) in left_out
            item.setCheckState(Qt.CheckState.Unchecked if out else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setFixedHeight(ROW * min(MAX_ROWS, max(1, len(answer.calls))) + 10)
        self.listed.emit(len(answer.calls))
        self._on_changed()

    def _on_changed(self) -> None:
        self._show_summary()
        self.changed.emit()

    def _show_summary(self) -> None:
        if not self._calls:
            self.summary.show_text("No call was saved yet. Calls are saved while they are watched.")
        else:
            chosen = self._chosen()
            lines = sum(call.lines for call in chosen)
            acts = sum(call.acts for call in chosen)
            self.summary.show_text(
                f"{len(chosen)} of {len(self._calls)} calls · {lines:,} lines · {acts:,} acts"
            )
        for part in (self.all, self.none, self.list):
            part.setVisible(bool(self._calls))
