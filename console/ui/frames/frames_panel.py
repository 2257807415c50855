"""The wall of frames on the stage: one tile a camera or screen, the riskiest first."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent

from console.domain.phase import Phase
from console.protocol.frames import AskFreshFrame, FreshFrameAnswer
from console.protocol.to_window import Pulse
from console.ui.frames.frame_delegate import FrameDelegate
from console.ui.frames.frame_grid import FrameGrid
from console.ui.frames.frames_model import FramesModel
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.raised_words import NO_OTHER, NOTHING_OPEN
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.roles import Role
from console.ui.widgets.short_texts import count
from console.ui.widgets.timers import ticking

TICK_MS = 1_000
NO_TILE = "Choose a tile first."
HINT = "Hold Space or the mouse button to see a picture sharp."
LEFT_OUT = (
    "Left out are pictures that came faster than this machine can look at them: a newer one of the"
    " same camera or screen took their place, or the calls with more heat went first."
)
_NOTHING = Blank(
    "camera",
    "No camera or screen was looked at yet.",
    "Frames come from Stream's frame recording where a call has it, and of every call that is"
    " listened to.",
)
_SIGNED_OUT = Blank("camera", "Frames appear here once the calls are read.")


class FramesPanel(Panel):
    """The keys of acts are for the person of the chosen tile."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        model = self.model = FramesModel(context.session, context.clock, self)
        self.delegate = FrameDelegate(model, context.pictures, context.theme, self)
        self.grid = self.rows = FrameGrid(model, self.delegate, context.clock.monotonic)
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.grid, self.blank)
        self.head = PlainLabel(ink="dim")
        self.head.setContentsMargins(12, 8, 12, 6)
        in_column(self.head, (self._stack, 1), owner=self)
        self.head.setToolTip(tip(LEFT_OUT))
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(self.grid.viewport().update)
        self.grid.choice_changed.connect(self._on_selection)
        context.controller.people_chosen.connect(self._follow_aim)
        self.grid.escaped.connect(context.controller.choose_nobody)
        self.grid.press_refused.connect(partial(context.controller.say, token="warn"))
        self.grid.doubleClicked.connect(lambda _index: self.activate())
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.dataChanged):
            signal.connect(self._refresh)
        context.session.state_changed.connect(self._refresh)
        context.session.pulse_changed.connect(self._on_pulse)
        context.pictures.arrived.connect(self._on_arrived)
        context.pictures.changed.connect(self.grid.viewport().update)
        context.theme.changed.connect(self.grid.viewport().update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._refresh()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"frames.fresh": self._ask_fresh}

    def take_focus(self) -> None:
        shown = self.grid if self.model.rowCount() else self
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def activate(self) -> str:
        """To the frame in the transcript of its call."""
        tile = self.model.tile(self.grid.currentIndex().row())
        if tile is None:
            return NO_TILE
        key = tile.seen.key
        self._context.controller.enter_call(key.cid)
        self._context.controller.show_line(key.cid, tile.seen.item_id)
        return ""

    def next_open(self, by: int) -> str | None:
        rows = self.model.open_rows()
        if not rows:
            return NO_OTHER if self._context.session.raised.count() else NOTHING_OPEN
        here = self.grid.currentIndex().row()
        others = [row for row in rows if row != here]
        if not others:
            return NO_OTHER
        beyond = [row for row in others if (row - here) * by > 0]
        row = (min if by > 0 else max)(beyond or others)
        self.grid.choose(self.model.index(row, 0))
        return ""

    def call_meant(self) -> tuple[str, QRect]:
        index = self.grid.currentIndex()
        tile = self.model.tile(index.row())
        place = self.grid.visualRect(index)
        at = self.grid.viewport().mapToGlobal(place.topLeft())
        return (tile.seen.key.cid if tile is not None else ""), QRect(at, place.size())

    def _on_selection(self) -> None:
        rows = self._chosen_rows()
        if not rows:
            self._context.desk.leave(self)
            return
        if not self.isVisible():
            return  # whoever is chosen now was chosen elsewhere
        self._context.controller.choose_people([index.data(Role.TARGET) for index in rows])
        tiles = [self.model.tile(index.row()) for index in rows]
        raised = self._context.session.raised
        items = [tile.seen.item_id for tile in tiles if tile is not None]
        self._context.desk.choose((each for each in items if raised.find(each)), self)

    def _chosen_rows(self) -> list[QModelIndex]:
        return sorted(self.grid.selectionModel().selectedIndexes(), key=QModelIndex.row)

    def _follow_aim(self) -> None:
        """No tile looks chosen while the keys are for somebody else, or for nobody."""
        targets = [index.data(Role.TARGET) for index in self._chosen_rows()]
        if targets and not self._context.controller.aims_at(targets):
            self.grid.choose_none()

    def _ask_fresh(self) -> str:
        tile = self.model.tile(self.grid.currentIndex().row())
        if tile is None:
            return NO_TILE
        self._context.link.ask(AskFreshFrame(new_id(), tile.seen.key), self._told_fresh)
        return ""

    def _told_fresh(self, answer: FreshFrameAnswer) -> None:
        sentence = answer.sentence or "A fresh frame was asked for."
        self._context.controller.say(sentence, "warn" if answer.sentence else "")

    def _refresh(self) -> None:
        rows = self.model.rowCount()
        live = self._context.session.state.phase is Phase.LIVE
        self.blank.show_blank(_NOTHING if live else _SIGNED_OUT)
        held = self.hasFocus()
        self._stack.setCurrentWidget(self.grid if rows else self.blank)
        if held:
            self.take_focus()
        self._show_head()
        self.note_changed.emit(f"{rows} shown" if rows else "")

    def _on_arrived(self, _picture_id: str) -> None:
        self.grid.viewport().update()

    def _on_pulse(self, _pulse: Pulse) -> None:
        self._show_head()

    def _show_head(self) -> None:
        rows, opened = self.model.rowCount(), len(self.model.open_rows())
        words = [count(rows, "camera or screen", "cameras and screens"), HINT]
        words[1:1] = [f"{opened} to decide about"] if opened else []
        pulse = self._context.session.pulse
        if pulse is not None and pulse.pictures_shed:
            words.insert(-1, f"{pulse.pictures_shed:,} left out")
        self.head.show_text(" · ".join(words) if rows else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._context.desk.leave(self)

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 200)
