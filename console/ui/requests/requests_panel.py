"""Permission requests of all calls: who asks, in which call, for how long; answered one or many."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QPushButton

from console.base.plain_text import visible
from console.domain.call import permission_words
from console.protocol.requests import OpenRequest
from console.ui.acts.armed_face import ArmedFaces
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.avatar import paint_disc, paint_watched
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.paint_helpers import paint_text
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.short_texts import clock_minute, span_of_minutes
from console.ui.widgets.stable_list import StableList
from console.ui.widgets.timers import ticking

MARGIN = 12
GAP = 8
DISC = 28
TICK_MS = 1000

_NOT_LISTENING = Blank("hand", "Requests appear here once the calls are read.")
_REQUEST = Qt.ItemDataRole.UserRole


def asked_words(request: OpenRequest) -> str:
    """What somebody asks for, safe to look at: ``camera and microphone``."""
    return visible(permission_words(request.permissions))


def waited_words(request: OpenRequest, now: float) -> str:
    """How long somebody has waited, in minutes after the first."""
    return span_of_minutes(now - request.since)


class RequestsModel(OrderedRows):
    """One row a person and call; whoever waits longest comes first."""

    def __init__(self, context: WindowContext, parent: Panel) -> None:
        super().__init__(parent)
        self._session, self._clock = context.session, context.clock
        self._requests: dict[str, OpenRequest] = {}
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(lambda: self.touch(self.keys()))
        self._timer.start()
        self._session.requests_changed.connect(self.rearrange)
        self._session.calls_changed.connect(lambda: self.touch(self.keys()))
        self._session.names_changed.connect(lambda _cid: self.touch(self.keys()))
        self._session.about.watched_changed.connect(lambda _ids: self.touch(self.keys()))
        self._session.cleared.connect(self.rearrange)
        self.rearrange()

    def wanted_keys(self) -> list[str]:
        return ["\x1f".join(request.key) for request in self._session.requests.all()]

    def rearrange(self) -> None:
        # Rows that are over keep their data while they are held.
        known = {} if not self.held else dict(self._requests)
        now = {"\x1f".join(request.key): request for request in self._session.requests.all()}
        changed = [key for key, request in now.items() if self._requests.get(key) != request]
        self._requests = known | now
        super().rearrange()
        self.touch(changed)

    def hold(self, reason: str = "pointer") -> None:
        # New requests come last anyway, and keys act on whoever is chosen and not on a row: with
        # the keyboard here alone, those that were answered may go.
        if reason != "focus":
            super().hold(reason)

    def request(self, row: int) -> OpenRequest | None:
        """The request of a row."""
        return self._requests.get(self.key(row))

    def targets(self) -> tuple[Target, ...]:
        """Everybody whose request is open."""
        return tuple(self.target(request) for request in self._session.requests.all())

    def target(self, request: OpenRequest) -> Target:
        """Whom an act on this request is for."""
        call = self._session.call(request.cid)
        return Target(
            cid=request.cid,
            session_id=call.session_id if call else "",
            user_id=request.user_id,
            name=request.name,
            call_name=self.call_name(request),
        )

    def call_name(self, request: OpenRequest) -> str:
        """How the call of a request is called; hostile."""
        call = self._session.call(request.cid)
        return call.name if call else request.cid

    def row_of_target(self, target: Target | None) -> int:
        """The row of this person in this call, or -1."""
        return self.row_of(f"{target.cid}\x1f{target.user_id}") if target else -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        request = self.request(index.row()) if index.isValid() else None
        if request is None:
            return None
        name = self._session.names.shown(request.cid, request.user_id, request.name)
        if role == _REQUEST:
            return request
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Role.WHEN:
                return waited_words(request, self._clock.now())
            case Qt.ItemDataRole.AccessibleTextRole:
                waited = waited_words(request, self._clock.now())
                watched = ", watched" if self._session.about.watched(request.user_id) else ""
                return f"{name}{watched}, {self._note(request)}, waiting {waited}"
            case Role.CALL_NAME:
                return self._note(request)
            case Role.WATCHED:
                return self._session.about.watched(request.user_id)
            case Role.TARGET:
                return self.target(request)
            case Role.GONE:
                return self.key(index.row()) in self._gone
        return None

    def _note(self, request: OpenRequest) -> str:
        doubt = "maybe answered · " if request.doubtful else ""
        return f"{doubt}{asked_words(request)} · {visible(self.call_name(request))}"


class RequestsDelegate(RowDelegate):
    """Who and how long on the first line, what and where on the second."""

    framed = True

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        request: OpenRequest | None = index.data(_REQUEST)
        if request is None:
            return
        color = self.theme.color
        gone = bool(index.data(Role.GONE))
        disc = QRect(rect.left() + MARGIN, rect.top() + (rect.height() - DISC) // 2, DISC, DISC)
        painter.setOpacity(0.6 if gone or request.doubtful else 1.0)
        paint_disc(painter, disc, request.user_id, request.name, self.theme, fonts)
        painter.setOpacity(1.0)
        if index.data(Role.WATCHED):
            paint_watched(painter, disc, self.theme)
        left, right = disc.right() + 1 + GAP, rect.right() + 1 - MARGIN
        height = fonts.small_metrics.height()
        top = rect.top() + (rect.height() - fonts.line - height) // 2
        waited = "over" if gone else str(index.data(Role.WHEN))
        width = fonts.small_metrics.horizontalAdvance(waited)
        time = QRect(right - width, top, width + 1, fonts.line)
        paint_text(painter, time, waited, fonts.small, color("text_faint" if gone else "accent"))
        name = QRect(left, top, time.left() - GAP - left, fonts.line)
        ink = color("text_faint" if gone else "text")
        paint_text(painter, name, index.data(Qt.ItemDataRole.DisplayRole), fonts.strong, ink)
        note = QRect(left, top + fonts.line, right - left, height)
        paint_text(painter, note, index.data(Role.CALL_NAME), fonts.small, color("text_dim"))

    def row_height(self, fonts: Fonts) -> int:
        return max(DISC, fonts.line + fonts.small_metrics.height()) + 10


class RequestsPanel(Panel):
    """The list. The act keys are for whoever is chosen in it."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._choosing = False
        model = self.model = RequestsModel(context, self)
        self.list = self.rows = StableList(model, "Requests", context.clock.monotonic)
        self.list.setObjectName("requests")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(RequestsDelegate(context.theme, self))
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.list, self.blank)
        self.since = PlainLabel(ink="faint", wrap=True)
        self.accept_all = self._answer_all("Accept all", "accept_request")
        self.refuse_all = self._answer_all("Refuse all", "refuse_request")
        buttons = in_row(self.accept_all, self.refuse_all, None)
        foot = in_column(self.since, buttons, margins=(MARGIN, 6, MARGIN, 8), spacing=6)
        in_column((self._stack, 1), foot, owner=self)
        self.list.choice_changed.connect(self._on_selection)
        self.list.escaped.connect(context.controller.choose_nobody)
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        context.session.requests_changed.connect(self._refresh)
        context.session.state_changed.connect(self._refresh)
        context.controller.person_chosen.connect(self._show_chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._refresh()

    def take_focus(self) -> None:
        shown = self.list if self.model.rowCount() else self
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _answer_all(self, title: str, kind: str) -> QPushButton:
        button = QPushButton(title)
        controller = self._context.controller
        button.clicked.connect(
            lambda: controller.request_act(kind, self.model.targets(), pointed=True)
        )
        ArmedFaces(
            button,
            self._context,
            lambda armed: controller.is_wish(armed, kind, self.model.targets()),
            str,
        )
        return button

    def _on_selection(self) -> None:
        if self._choosing or not self.isVisible():
            return
        if targets := self._chosen_targets():
            self._context.controller.choose_people(targets)

    def _chosen_targets(self) -> list[Target]:
        rows = sorted(self.list.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [index.data(Role.TARGET) for index in rows]

    def _show_chosen(self, target: Target | None) -> None:
        if self._context.controller.aims_at(self._chosen_targets()):
            return  # they were chosen here
        self._choosing = True
        row = self.model.row_of_target(target)
        if row >= 0:
            self.list.choose(self.model.index(row, 0))
        else:
            self.list.clearSelection()
        self._choosing = False

    def _refresh(self) -> None:
        requests = self._context.session.requests
        waiting = len(requests)
        since = requests.known_since
        known = f"Requests made before {clock_minute(since)} are not known." if since else ""
        self.since.show_text(known)
        nobody = Blank("hand", "Nobody asks for anything.") if since else _NOT_LISTENING
        self.blank.show_blank(nobody)
        some = self.model.rowCount() > 0
        waited = self.hasFocus()
        self._stack.setCurrentWidget(self.list if some else self.blank)
        if waited:
            self.take_focus()  # the first request came while the keyboard was here
        for button, kind in self._buttons():
            why = self._context.controller.why_none(kind, self.model.targets()) if waiting else ""
            button.setEnabled(bool(waiting) and not why)
            button.setToolTip(why)
        self.note_changed.emit(f"{waiting} waiting" if waiting else "")

    def _buttons(self) -> Sequence[tuple[QPushButton, str]]:
        return (self.accept_all, "accept_request"), (self.refuse_all, "refuse_request")

    def sizeHint(self) -> QSize:
        return QSize(288, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)
