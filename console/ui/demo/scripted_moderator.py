"""A scripted moderator who uses the real window: clicks lines, presses buttons, types keys.

Knows nothing of the scenario: whom it acts on is decided by the verdicts on the screen.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from console.domain.acts.ban import BAN
from console.domain.acts.kick import KICK
from console.domain.acts.mute import MUTE_AUDIO
from console.domain.acts.permission import REVOKE_AUDIO
from console.domain.acts.request import ACCEPT_REQUEST
from console.domain.verdict import action_rank
from console.ui.demo.hand import LAST_ACT_SECONDS, LOOK_SECONDS, Hand, open_dialog, point
from console.ui.demo.scripted_desk import ScriptedDesk
from console.ui.state.entries import ItemEntry
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.transcript.transcript_panel import TranscriptPanel
from console.ui.widgets.roles import Role

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""About as fast as a practised moderator decides."""

OFFENDER_S = 3.0
"""So long it waits for somebody to say something that is raised."""

REST_SECONDS = 1.2
"""How long the pointer rests on a list before it presses: rows that have just moved refuse."""

Step = Callable[[], Awaitable[bool]]


def transcript_of(window: QWidget) -> TranscriptModel:
    """The rows of the transcript that ``window`` shows.

    Raises:
        LookupError: it shows none.
    """
    panel = window.findChild(TranscriptPanel)
    if panel is None:
        raise LookupError("the window has no transcript")
    return panel.model


class ScriptedModerator:
    """Works on ``window`` as a person would, one act after the other.

    Attributes:
        missed: steps for which no suitable person was found in time, or whose button was disabled.
    """

    def __init__(self, window: QWidget, context: WindowContext) -> None:
        self._window = window
        self._context = context
        self._transcript = transcript_of(window)
        self._hand = Hand(window, context)
        self._desk = ScriptedDesk(self._hand, context)
        self._handled: set[str] = set()
        self.missed = 0

    async def work(self, seconds: float) -> None:
        """Act until ``seconds`` have passed; the last two are left for receipts to arrive."""
        self._hand.begin(seconds)
        for step in self._plan():
            await self._context.clock.sleep(min(PAUSE_SECONDS, max(0.0, self._hand.left)))
            if self._hand.left < LAST_ACT_SECONDS:
                break
            await self._desk.stop_one()
            if not await step():
                self.missed += 1
                log.info("missed: %s", getattr(step, "__name__", step))
        self._rest_hands()
        # Qt's coarse timers fire up to 5 % early (QTimer, Qt.CoarseTimer).
        await self._context.clock.sleep(max(0.0, self._hand.left) * 1.06 + LOOK_SECONDS)

    def _rest_hands(self) -> None:
        """Move the pointer off the rows, so that the newest ones are shown again."""
        rows = self._rows()
        if rows is not None:
            QApplication.sendEvent(rows, QEvent(QEvent.Type.Leave))
        self._hand.key("go.newest")

    def _plan(self) -> Iterator[Step]:
        """What a shift must show comes first: a short one has time for nothing else."""
        desk = self._desk
        yield desk.turn_on_automation
        yield desk.meet_automation
        yield desk.dismiss
        yield lambda: self._to_speaker(MUTE_AUDIO)
        yield desk.mute_for_a_time
        yield desk.suspend_and_restore
        yield desk.decide_queue_items
        yield self._deactivate
        yield desk.handle
        yield lambda: self._to_speaker(REVOKE_AUDIO)
        yield self._undo
        yield desk.meet_automation
        yield self._answer_request
        yield self._ban
        yield lambda: self._hand.press_act(KICK)
        yield desk.decide_queue_items
        yield lambda: self._by_key(MUTE_AUDIO)
        while True:
            yield desk.dismiss
            yield lambda: self._to_speaker(REVOKE_AUDIO)
            yield desk.meet_automation
            yield self._answer_request
            yield desk.handle
            yield lambda: self._by_key(MUTE_AUDIO)
            yield lambda: self._to_speaker(KICK)

    async def _deactivate(self) -> bool:
        """Shut an offender's account, and open it again."""
        return await self._choose_offender() and await self._desk.deactivate_and_reactivate()

    async def _to_speaker(self, kind: str) -> bool:
        """Click a raised line, then the button for ``kind`` on its speaker's card."""
        return await self._choose_offender() and await self._hand.press_act(kind)

    async def _by_key(self, kind: str) -> bool:
        """Choose a raised line and act with the key of the command."""
        if not await self._choose_offender():
            return False
        self._hand.key(f"act.{kind}")
        return True

    async def _undo(self) -> bool:
        """Take the last act back, once its receipt says that it was seen."""
        session = self._context.session
        if not await self._hand.until(lambda: any(map(session.acts.can_undo, session.acts))):
            return False
        self._hand.key("undo")
        return True

    async def _answer_request(self) -> bool:
        """Accept the permission request of the first in the list of people who asks."""
        people: QAbstractItemView | None = self._window.findChild(QAbstractItemView, "people")
        first = people.model().index(0, 0) if people is not None else None
        person = first.data(Role.PERSON) if first is not None else None
        if people is None or first is None or person is None or not person.asked:
            return False
        people.scrollTo(first)
        point(people.viewport(), people.visualRect(first).center())
        await self._context.clock.sleep(REST_SECONDS)
        where = people.visualRect(first).center()
        QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=where)
        return await self._hand.press_act(ACCEPT_REQUEST)

    async def _ban(self) -> bool:
        """Open the form for a ban from the card, and confirm it as it stands."""
        if not await self._to_speaker(BAN):
            return False
        if not await self._hand.until(lambda: open_dialog() is not None):
            return False
        dialog = open_dialog()
        confirm = dialog.findChild(QAbstractButton, "go") if dialog else None
        return confirm is not None and await self._hand.close_dialog(confirm)

    async def _choose_offender(self) -> bool:
        """Click the worst raised line that is not dealt with, of a new speaker where possible."""
        self._rest_hands()  # rows stand still while somebody works on them
        rows = self._rows()
        if rows is None or not await self._hand.until(
            lambda: self._offending_row() is not None, OFFENDER_S
        ):
            return False
        # Pointing makes the rows stand still; a press without a movement before it is not trusted.
        middle = rows.viewport().rect().center()
        point(rows.viewport(), middle - QPoint(40, 0))
        point(rows.viewport(), middle)
        await asyncio.sleep(LOOK_SECONDS)
        index = self._offending_row()
        entry = self._transcript.entry(index.row()) if index is not None else None
        if index is None or not isinstance(entry, ItemEntry):
            return False
        self._handled |= {entry.item.author_id, entry.item.item_id}
        rows.scrollTo(index)
        await self._context.clock.sleep(REST_SECONDS)
        place = rows.visualRect(index)
        where = QPoint(place.left() + place.width() // 3, place.center().y())
        point(rows.viewport(), where)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
        controller = self._context.controller
        wanted = entry.item.author_id
        return await self._hand.until(
            lambda: bool(controller.target and controller.target.user_id == wanted)
        )

    def _offending_row(self) -> QModelIndex | None:
        transcript = self._transcript
        waiting = self._context.session.automation.waiting()
        left_to_rules = {each.item.author_id for each in waiting if each.due_at}
        best: tuple[bool, int, int] | None = None
        for row in range(transcript.rowCount()):
            entry = transcript.entry(row)
            if not isinstance(entry, ItemEntry) or entry.verdict is None:
                continue
            if not entry.verdict.raised or entry.item.item_id in self._handled:
                continue
            if entry.item.author_id in left_to_rules:
                continue
            known = entry.item.author_id in self._handled
            rank = (not known, action_rank(entry.verdict.action), row)
            if best is None or rank > best:
                best = rank
        return transcript.index(best[2]) if best else None

    def _rows(self) -> QAbstractItemView | None:
        found: QAbstractItemView | None = self._window.findChild(QAbstractItemView, "transcript")
        return found
