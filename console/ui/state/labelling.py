"""What this window says of verdicts: right, wrong, or another label; and back again."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.given_label import Says, ShownLabel
from console.domain.phase import Phase
from console.domain.raised import RaisedItem
from console.domain.verdict import Verdict
from console.protocol.labels import GiveLabel, LabelKept, TakeBackLabel
from console.ui.state.controller import WindowController
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.entries import ItemEntry
from console.ui.state.session_state import SessionState

REMEMBERED = 200
"""Labels of this window that can be undone by key."""

COMMANDS: Mapping[Says, str] = {
    Says.RIGHT: "label.right",
    Says.WRONG: "label.wrong",
    Says.OTHER: "label.other",
}
"""The ids of the commands that say it."""

NOTHING_MEANT = "Choose a line with a verdict first."


class JudgedLine(NamedTuple):
    """A line and the verdict on it that a person sees."""

    item_id: str
    revision: int
    verdict: Verdict | None


def judged_line(entry: object) -> JudgedLine | None:
    """The line of a row; None where the row is none."""
    if not isinstance(entry, ItemEntry):
        return None
    return JudgedLine(entry.item.item_id, entry.item.revision, entry.verdict)


def raised_line(one: RaisedItem) -> JudgedLine:
    """The line of a raised item."""
    return JudgedLine(one.item_id, one.item.revision, one.verdict)


class Labelling(QObject):
    """Belongs to one window.

    Signals:
        other_wanted: the JudgedLine of which another label is to be chosen.
        labelled: the id of an item that got its label here.
    """

    other_wanted = Signal(object)
    labelled = Signal(str)

    def __init__(
        self,
        session: SessionState,
        link: EngineLink,
        controller: WindowController,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._controller = controller
        self._clock = clock
        self.meant: Callable[[], JudgedLine | None] = lambda: None
        """Gives the line that the keys are for; the window sets it."""
        self._given: list[tuple[str, ShownLabel | None, float]] = []
        session.cleared.connect(self._clear)

    @property
    def newest_at(self) -> float:
        """When the newest label that can be undone was given (unix seconds); 0.0 for none."""
        return self._given[-1][2] if self._given else 0.0

    def why_not(self, line: JudgedLine | None) -> str:
        """Why nothing can be said of a line, in one sentence; "" where something can."""
        if self._session.state.phase is Phase.SIGNED_OUT:
            return "You are not signed in."
        if line is None:
            return NOTHING_MEANT
        return "" if line.verdict is not None else "Nobody has judged this line yet."

    def say(self, says: Says, line: JudgedLine | None = None, label: str = "") -> str:
        """Say it of this line, or of the one that is meant; returns why that cannot be.

        The other label is asked for where it is not given.
        """
        line = line or self.meant()
        why = self.why_not(line)
        if why or line is None or line.verdict is None:
            return why
        if says is Says.OTHER and not label:
            self.other_wanted.emit(line)
            return ""
        question = GiveLabel(
            new_id(),
            item_id=line.item_id,
            says=says,
            label=label,
            revision=line.revision,
            action=line.verdict.action,
        )
        self._link.ask(question, lambda answer: self._told(question, answer))
        return ""

    def undo_newest(self) -> str:
        """Take back the newest label of this window; returns why that cannot be."""
        if not self._given:
            return "No label that you gave here can be undone."
        item_id, before, _at = self._given.pop()

        def told(answer: LabelKept) -> None:
            if answer.sentence:
                self._controller.say(f"{answer.sentence} {answer.advice}".strip(), "warn")
            else:
                self._controller.say("Undone: the line has the label again that it had before.")

        self._link.ask(TakeBackLabel(new_id(), item_id=item_id, before=before), told)
        return ""

    def _told(self, question: GiveLabel, answer: LabelKept) -> None:
        if answer.sentence:
            self._controller.say(f"{answer.sentence} {answer.advice}".strip(), "warn")
            return
        given = (question.item_id, answer.before, self._clock.now())
        self._given = [*self._given, given][-REMEMBERED:]
        what = question.label if question.says is Says.OTHER else question.says.value
        self._controller.say(f"Labelled: {what}. It is kept on this machine.", "good")
        self.labelled.emit(question.item_id)

    def _clear(self) -> None:
        self._given = []
