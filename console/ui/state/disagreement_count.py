"""How many lines Stream judged otherwise since the sign-in, whichever engine counted them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.protocol.to_window import Pulse

if TYPE_CHECKING:
    from console.ui.state.session_state import SessionState


class DisagreementCount(QObject):
    """Adds up what engines count: each begins at none.

    Attributes:
        all: how many there were. read: how many of them somebody has looked at.
    """

    def __init__(self, session: "SessionState") -> None:
        super().__init__(session)
        self.all = 0
        self.read = 0
        self._of_this_engine = 0
        session.pulse_changed.connect(self._on_pulse)
        session.cleared.connect(self._clear)

    @property
    def unread(self) -> int:
        """How many nobody has looked at yet."""
        return self.all - self.read

    def read_all(self) -> None:
        """Somebody looks at all of them."""
        self.read = self.all

    def _on_pulse(self, pulse: Pulse) -> None:
        counted, before = pulse.disagreements, self._of_this_engine
        self.all += counted - before if counted >= before else counted
        self._of_this_engine = counted

    def _clear(self) -> None:
        self.all = self.read = self._of_this_engine = 0
