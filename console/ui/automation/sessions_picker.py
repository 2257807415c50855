"""On which sessions of saved calls a rule is tried: a list of boxes, with what is in each."""

from time import localtime, strftime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from console.base.plain_text import visible
from console.domain.past import SavedSession
from console.protocol.stream_rules import AskSavedSessions, SavedSessionsAnswer
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.short_texts import count

NOTHING = "No call was saved yet. Calls are saved while they are watched."


def session_words(session: SavedSession) -> str:
    """One session on one line: its call, when it was, and what is kept of it."""
    when = strftime("%d %b %H:%M", localtime(session.since))
    parts = [visible(session.name or session.cid), when, count(session.captions, "caption")]
    if session.frames:
        parts.append(count(session.frames, "frame"))
    return " · ".join(parts)


class SessionsPicker(QWidget):
    """All are chosen at first.

    Signals:
        changed: others are chosen, or there are others.
    """

    changed = Signal()

    def __init__(self, link: EngineLink) -> None:
        super().__init__()
        self._link = link
        self._sessions: tuple[SavedSession, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("saved-sessions")
        self.list.setAccessibleName("Saved calls to try the rule on")
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(lambda _row: self._on_changed())
        self.summary = PlainLabel(NOTHING, ink="dim")
        self.all = push_button("All", lambda: self.check_all(True), tone="link")
        self.none = push_button("None", lambda: self.check_all(False), tone="link")
        tools = in_row((self.summary, 1), self.all, self.none, margins=(16, 0, 16, 0))
        listed = in_row((self.list, 1), margins=(12, 0, 12, 6))
        in_column(tools, (listed, 1), owner=self)
        self._on_changed()

    def refresh(self) -> None:
        """Read the list again; what was left out stays so."""
        self._link.ask(AskSavedSessions(new_id()), self._on_sessions)

    def chosen(self) -> tuple[SavedSession, ...]:
        """The sessions whose boxes are checked."""
        return tuple(
            session
            for place, session in enumerate(self._sessions)
            if self.list.item(place).checkState() is Qt.CheckState.Checked
        )

    def check_all(self, on: bool) -> None:
        """Choose all, or none."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(state)
        self.list.blockSignals(False)
        self._on_changed()

    def forget(self) -> None:
        """Another account signed in."""
        self._show(())

    def _on_sessions(self, answer: SavedSessionsAnswer) -> None:
        if answer.sentence:
            self.summary.show_text(answer.sentence)
        else:
            self._show(answer.sessions)

    def _show(self, sessions: tuple[SavedSession, ...]) -> None:
        chosen = {_key(each) for each in self.chosen()}
        left_out = {_key(each) for each in self._sessions} - chosen
        self._sessions = sessions
        self.list.blockSignals(True)
        self.list.clear()
        for session in sessions:
            row = QListWidgetItem(session_words(session))
            row.setToolTip(tip(f"{session.cid}\n{session.session_id}"))
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            out = _key(session) in left_out
            row.setCheckState(Qt.CheckState.Unchecked if out else Qt.CheckState.Checked)
            self.list.addItem(row)
        self.list.blockSignals(False)
        self._on_changed()

    def _on_changed(self) -> None:
        chosen = self.chosen()
        for part in (self.all, self.none):
            part.setVisible(bool(self._sessions))
        if self._sessions:
            captions = count(sum(each.captions for each in chosen), "caption")
            frames = count(sum(each.frames for each in chosen), "frame")
            of = f"{len(chosen):,} of {count(len(self._sessions), 'session')}"
            self.summary.show_text(f"{of} · {captions} · {frames}")
        else:
            self.summary.show_text(NOTHING)
        self.changed.emit()


def _key(session: SavedSession) -> tuple[str, str]:
    return session.cid, session.session_id
