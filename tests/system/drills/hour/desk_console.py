"""One console without a drawn window: its own engine, session state, controller and desk."""

from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

from console.base.clock import SystemClock
from console.base.paths import Paths
from console.base.tasks import Tasks
from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.protocol.to_window import EngineState
from console.ui.demo.sandbox_process import SandboxAddress
from console.ui.queue.presence import Presence
from console.ui.shell.app import engine_program
from console.ui.shell.assembly import assemble
from console.ui.state.engine_client import EngineClient
from tests.system.drills.hour.sandbox_program import CHANNEL

SIGN_IN_AGAIN_MS = 1000
UNDER_WAY = (ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED)


class Behind(Struct, frozen=True):
    """How far a console was behind at one moment, in seconds of the program's clock.

    ``told``: since it told its numbers last. ``waiting``: its oldest line without a verdict.
    """

    told: float
    waiting: float


class DeskConsole(QObject):
    """The console of the moderator ``user_id``.

    Attributes:
        raised: ids of all items that it ever told as raised.
        behind: how far it was behind, each time that somebody looked.
        deaths: how often its engine ended by itself or was killed.
    """

    def __init__(
        self, user_id: str, home: Path, address: SandboxAddress, clock: SystemClock, tasks: Tasks
    ) -> None:
        super().__init__()
        self.user_id = user_id
        self.store = home / "data" / "console.db"
        self.raised: set[str] = set()
        self.behind: list[Behind] = []
        self.deaths: list[str] = []
        self._clock = clock
        self._secret = address.api_secret
        self._profile = Profile(
            name="hour",
            api_key=address.api_key,
            method=Method.SECRET,
            user_id=user_id,
            base_url=address.base_url,
            ws_url=address.ws_url,
            team_channel=CHANNEL,
        )
        paths = Paths.under(home)
        paths.create()
        self.engine = EngineClient(engine_program(home, clock), self)
        self.context = assemble(paths, self.engine, tasks, clock=clock, parent=self)
        self.session = self.context.session
        self.presence = Presence(self.context, lambda _item: True, self)
        self.engine.died.connect(self.deaths.append)
        self.session.raised.changed.connect(self._note_raised)
        self.session.state_changed.connect(self._on_state)
        self._again = QTimer(self, singleShot=True)
        self._again.setInterval(SIGN_IN_AGAIN_MS)
        self._again.timeout.connect(self.sign_in)

    @property
    def live(self) -> bool:
        """Whether it hears all calls."""
        state = self.session.state
        return state.phase is Phase.LIVE and state.directory_complete

    @property
    def captioning(self) -> bool:
        """Whether the captions of all calls are on, where somebody has to turn them on."""
        calls = self.session.calls.values()
        return all(call.captioning or call.captions_mode != "available" for call in calls)

    @property
    def under_way(self) -> int:
        """How many acts are neither done nor failed, nor told as not known."""
        receipts = (progress.receipt for progress in self.session.acts.values())
        return sum(receipt.state in UNDER_WAY for receipt in receipts)

    def sign_in(self) -> None:
        """As its moderator does at first, and again after a refusal."""
        self.context.controller.sign_in(self._profile, self._secret)

    def look(self) -> None:
        """Note how far it is behind now."""
        pulse = self.session.pulse
        if pulse is not None and self.live:
            told = max(0.0, self._clock.now() - pulse.at)
            self.behind.append(Behind(told, pulse.oldest_waiting_ms / 1000))

    def close(self) -> None:
        """End the engine."""
        self._again.stop()
        self.engine.stop()

    def _note_raised(self, item_ids: tuple[str, ...]) -> None:
        raised = self.session.raised
        known = item_ids or tuple(one.item_id for one in raised.open_ones())
        self.raised.update(each for each in known if raised.find(each) is not None)

    def _on_state(self, state: EngineState) -> None:
        if state.phase is Phase.REFUSED:
            self._again.start()
