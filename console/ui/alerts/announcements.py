"""What a screen reader is told: raised lines, acts that ended, connections that were lost."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from console.domain.act import ReceiptState
from console.domain.phase import MEANINGS, Phase
from console.domain.raised import RaisedItem
from console.protocol.acts import ActProgress
from console.protocol.to_window import EngineState
from console.ui.alerts.alert_words import ended_words, raised_words
from console.ui.alerts.decide import REMEMBERED
from console.ui.state.window_context import WindowContext
from console.ui.widgets.timers import one_shot

TOGETHER_MS = 700
"""What comes so close together is said in one go."""

_ENDED = (ReceiptState.SEEN, ReceiptState.UNCONFIRMED, ReceiptState.FAILED)

Announce = Callable[[str, bool], object]
"""Says a text; whether it is urgent."""


class Announcements(QObject):
    """Collects for a moment, and tells ``announce``."""

    def __init__(
        self, context: WindowContext, announce: Announce, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._announce = context, announce
        self._raised: list[RaisedItem] = []
        self._told: dict[str, None] = {}
        self._ended: dict[str, ActProgress] = {}
        self._under_way: set[str] = set()
        self._heard = True
        self._soon = one_shot(TOGETHER_MS, self)
        self._soon.timeout.connect(self.say_now)
        session = context.session
        session.acts_changed.connect(self._on_acts)
        session.state_changed.connect(self._on_state)
        session.cleared.connect(self._forget)
        controller = context.controller
        controller.arming.changed.connect(self._on_armed)
        controller.arming.ended.connect(self._on_stopped)
        controller.act_refused.connect(self._on_refused)

    def raised(self, items: Iterable[RaisedItem]) -> None:
        """These are raised; whichever was told of already is not told again."""
        fresh = [each for each in items if each.item_id not in self._told]
        self.note(fresh)
        self._raised += fresh
        if self._raised and not self._soon.isActive():
            self._soon.start()

    def note(self, items: Iterable[RaisedItem]) -> None:
        """Of these somebody knows already."""
        for each in items:
            self._told[each.item_id] = None
        while len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]

    def say_now(self) -> None:
        """Say what was collected."""
        raised, self._raised = self._raised, []
        ended, self._ended = tuple(self._ended.values()), {}
        session = self._context.session
        if raised:
            worst = max(raised, key=lambda each: each.gravity)
            call = session.call(worst.item.cid)
            name = call.name if call is not None else worst.item.cid
            self._announce(raised_words(raised, worst, name), worst.gravity[0] >= 4)
        if ended:
            failed = any(each.receipt.state is ReceiptState.FAILED for each in ended)
            self._announce(ended_words(ended), failed)

    def _on_acts(self, act_ids: tuple[str, ...]) -> None:
        session = self._context.session
        for act_id in act_ids:
            progress = session.acts.get(act_id)
            if progress is None:
                continue
            if progress.receipt.state not in _ENDED:
                self._under_way.add(act_id)
            elif act_id in self._under_way:
                self._under_way.discard(act_id)
                self._ended[act_id] = progress
        if self._ended and not self._soon.isActive():
            self._soon.start()

    def _on_state(self, state: EngineState) -> None:
        hears = MEANINGS[state.phase].hears or state.phase is Phase.SIGNED_OUT
        if hears is self._heard or state.phase is Phase.CONNECTING:
            return
        self._heard = hears
        lost = f"Nothing is heard now. {state.sentence}".strip()
        self._announce("The calls are heard again." if hears else lost, not hears)

    def _on_armed(self) -> None:
        armed = self._context.controller.arming.armed
        if armed is not None:
            words = f"{armed.words}? Press again to do it, Escape to stop. {armed.consequence}"
            self._announce(words, True)

    def _on_stopped(self, words: str, _token: str) -> None:
        self._announce(words, False)

    def _on_refused(self, _kind: str, why: str) -> None:
        self._announce(why, True)

    def _forget(self) -> None:
        self._raised, self._ended = [], {}
        self._under_way.clear()
        self._told.clear()
