"""The call that a transcript shows: the one that the window looks at, or one that stays."""

from PySide6.QtCore import QObject, Signal

from console.ui.state.selection import Selection


class ShownCall(QObject):
    """
    Attributes:
        cid: the call; "" for all calls.
        fixed: it is the same for as long as the transcript is there.

    Signals:
        changed: ``cid`` is another one.
    """

    changed = Signal(str)

    def __init__(self, cid: str, *, fixed: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cid = cid
        self.fixed = fixed

    @classmethod
    def followed(cls, selection: Selection, parent: QObject | None = None) -> "ShownCall":
        """The call that the window looks at, whichever that is."""
        shown = cls(selection.cid, fixed=False, parent=parent)
        selection.call_chosen.connect(shown._set)
        return shown

    def _set(self, cid: str) -> None:
        self.cid = cid
        self.changed.emit(cid)
