"""The window of an episode, without widgets: its own engine client, state and controller."""

import time
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

from console.base.paths import Paths
from console.base.tasks import Tasks
from console.domain.act import Act
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.phase import Phase
from console.protocol.to_window import EngineState
from console.ui.shell.assembly import assemble
from console.ui.state.engine_client import EngineClient
from console.ui.state.targets import Target, compose_act
from tests.chaos.engine_handle import EngineHandle
from tests.chaos.jumping_clock import JumpingClock
from tests.chaos.people import ASKED, call_of, target_of
from tests.chaos.plan import Order
from tests.chaos.stage import Stage

SIGN_IN_AGAIN_S = 1.0
"""How long the moderator takes to press the button after a refused sign-in."""


class Shown(Struct, frozen=True):
    """What the window said of its hearing, from ``at`` (unix seconds, the real clock) on."""

    at: float
    hears: bool
    phase: str
    sentence: str


class Window(QObject):
    """One window program of which nothing is drawn.

    Attributes:
        timeline: what it said of its hearing, in order.
        acts: the act of each order that was given.
    """

    def __init__(
        self,
        home: Path,
        program: list[str],
        stage: Stage,
        handle: EngineHandle,
        clock: JumpingClock,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        paths = Paths.under(home)
        paths.create()
        self.engine = EngineClient(program, self)
        self.context = assemble(paths, self.engine, tasks, clock=clock, parent=self)
        self.session = self.context.session
        self.timeline: list[Shown] = []
        self.acts: dict[int, Act] = {}
        self.given_at: dict[str, float] = {}
        self._stage = stage
        self._handle = handle
        self._clock = clock
        self.engine.started.connect(self._on_started)
        self.engine.died.connect(self._on_died)
        self.session.state_changed.connect(self._on_state)
        self._again = QTimer(self, singleShot=True)
        self._again.setInterval(int(SIGN_IN_AGAIN_S * 1000))
        self._again.timeout.connect(self.sign_in)

    @property
    def live(self) -> bool:
        """Whether it says that all calls are heard."""
        return bool(self.timeline) and self.timeline[-1].hears

    def sign_in(self) -> None:
        """As the moderator does at first, and again after a refusal."""
        self.context.controller.sign_in(self._stage.profile(), self._stage.secret())

    def give(self, order: Order) -> None:
        """Ask for the act of ``order`` as the window's buttons do."""
        spec, cid = spec_of(order.kind), call_of(order)
        call = self.session.calls.get(cid)
        person = "" if spec.scope is Scope.CALL else target_of(order)
        target = Target(
            cid=cid,
            session_id=call.session_id if call else "",
            user_id=person,
            name=person,
            call_name=cid,
        )
        permissions = (ASKED,) if spec.scope is Scope.REQUEST else ()
        act = compose_act(
            order.kind,
            [target],
            at=self._clock.now(),
            by=self.session.state.user_id,
            permissions=permissions,
        )
        self.acts[order.number] = act
        self.given_at[act.act_id] = time.time()
        # The engine answers for the act; only the form's refusals are left out here.
        self.context.controller._hand_over(act)
        if self._handle.on_order:
            self._handle.on_order.popleft()()

    def undo(self, order: Order) -> bool:
        """Take the act of ``order`` back, if that can be done now."""
        act = self.acts.get(order.number)
        undo = self.context.controller.undo(act.act_id) if act else None
        if undo is not None:
            self.given_at[undo.act_id] = time.time()
        return undo is not None

    def close(self) -> None:
        """End the engine."""
        self._again.stop()
        self.engine.stop()

    def _on_started(self, pid: int) -> None:
        self._handle.pid = pid

    def _on_died(self, _sentence: str) -> None:
        self._handle.pid = 0

    def _on_state(self, state: EngineState) -> None:
        hears = state.phase is Phase.LIVE and state.directory_complete
        self.timeline.append(Shown(time.time(), hears, state.phase, state.sentence))
        if state.phase is Phase.REFUSED:
            self._again.start()
