"""What rules proposed in all calls: what waits for a person first, then what became of the rest."""

from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter

from console.base.plain_text import visible
from console.domain.automation.proposal import Proposal, ProposalState
from console.ui.automation.decisions import decide
from console.ui.state.feature import Panel
from console.ui.state.proposal_words import standing, what, who
from console.ui.state.targets import Target, target_of_line
from console.ui.state.window_context import WindowContext
from console.ui.widgets.avatar import paint_disc
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.paint_helpers import paint_text
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.short_texts import clock_minute, short_key
from console.ui.widgets.stable_list import StableList

MARGIN = 12
GAP = 8
DISC = 28
SHOWN = 300
"""Proposals that are over and still listed, the last ones."""

_NOTHING = Blank(
    "bolt",
    "No rule has proposed anything.",
    "What rules suggest, count down to and did appears here.",
)
_PROPOSAL = Qt.ItemDataRole.UserRole

_TONES = {
    ProposalState.COUNTING: "warn",
    ProposalState.ASKED: "accent",
    ProposalState.FAILED: "bad",
    ProposalState.DONE: "good",
}


class ProposalsModel(OrderedRows):
    """One row a proposal."""

    def __init__(self, context: WindowContext, parent: Panel) -> None:
        super().__init__(parent)
        self._session = context.session
        self._automation = context.session.automation
        self._automation.proposals_changed.connect(self._on_changed)
        self._automation.ticked.connect(self._on_ticked)
        self.rearrange()

    def wanted_keys(self) -> list[str]:
        waiting = self._waiting_keys()
        over = [key for key, each in self._automation.proposals.items() if not each.waiting]
        return waiting + over[: -SHOWN - 1 : -1]

    def proposal(self, row: int) -> Proposal | None:
        """The proposal of a row."""
        return self._automation.proposals.get(self.key(row))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        proposal = self.proposal(index.row()) if index.isValid() else None
        if proposal is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return who(proposal)
            case Role.WHEN:
                return standing(proposal, self._automation.seconds_left(proposal))
            case Qt.ItemDataRole.AccessibleTextRole:
                how = standing(proposal, self._automation.seconds_left(proposal))
                return f"{who(proposal)}, {what(proposal)}, {how}, rule {visible(proposal.rule)}"
            case Role.TARGET:
                return self.target(proposal)
            case Role.GONE:
                return not proposal.waiting
        return proposal if role == _PROPOSAL else None

    def target(self, proposal: Proposal) -> Target:
        """Whom an act by hand would be for."""
        return target_of_line(proposal.item, self._session.call(proposal.item.cid))

    def _waiting_keys(self) -> list[str]:
        return [each.proposal_id for each in self._automation.waiting()]

    def _on_ticked(self, _items: frozenset[str]) -> None:
        self.touch(self._waiting_keys())

    def _on_changed(self, ids: tuple[str, ...]) -> None:
        self.rearrange()
        self.touch(ids)


class ProposalsDelegate(RowDelegate):
    """Who and how it stands on the first line, what and by which rule on the second."""

    framed = True

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        proposal: Proposal | None = index.data(_PROPOSAL)
        if proposal is None:
            return
        color = self.theme.color
        disc = QRect(rect.left() + MARGIN, rect.top() + (rect.height() - DISC) // 2, DISC, DISC)
        item = proposal.item
        painter.setOpacity(1.0 if proposal.waiting else 0.6)
        paint_disc(painter, disc, item.author_id, item.author_name, self.theme, fonts)
        painter.setOpacity(1.0)
        left, right = disc.right() + 1 + GAP, rect.right() + 1 - MARGIN
        height = fonts.small_metrics.height()
        top = rect.top() + (rect.height() - fonts.line - height) // 2
        how = str(index.data(Role.WHEN))
        if not proposal.waiting:
            how = f"{how} · {clock_minute(proposal.at)}"
        width = fonts.small_metrics.horizontalAdvance(how)
        place = QRect(right - width, top, width + 1, fonts.line)
        tone = _TONES.get(proposal.state, "text_faint")
        paint_text(painter, place, how, fonts.small, color(tone))
        name = QRect(left, top, place.left() - GAP - left, fonts.line)
        ink = color("text" if proposal.waiting else "text_dim")
        paint_text(painter, name, index.data(Qt.ItemDataRole.DisplayRole), fonts.strong, ink)
        note = QRect(left, top + fonts.line, right - left, height)
        words = f"{what(proposal)} · {visible(proposal.rule)}"
        paint_text(painter, note, words, fonts.small, color("text_dim"))

    def row_height(self, fonts: Fonts) -> int:
        return max(DISC, fonts.line + fonts.small_metrics.height()) + 10


class ProposalsPanel(Panel):
    """The list. The two keys decide what is chosen in it, while that waits."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        model = self.model = ProposalsModel(context, self)
        self.list = self.rows = StableList(model, "Proposals", context.clock.monotonic)
        self.list.setObjectName("proposals")
        self.list.setItemDelegate(ProposalsDelegate(context.theme, self))
        self.blank = BlankPage(context.theme)
        self.blank.show_blank(_NOTHING)
        self._stack = stacked(self.list, self.blank)
        self.note = PlainLabel(ink="dim", wrap=True)
        self.stop = push_button("Stop", partial(self._decide, do=False), name="proposal-stop")
        self.do = push_button("Do it", partial(self._decide, do=True), name="proposal-do")
        buttons = in_row(self.stop, self.do, None)
        foot = in_column(self.note, buttons, margins=(MARGIN, 6, MARGIN, 8), spacing=6)
        in_column((self._stack, 1), foot, owner=self)
        self.list.choice_changed.connect(self._on_selection)
        self.list.escaped.connect(partial(context.session.automation.choose, ""))
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        automation = context.session.automation
        automation.proposals_changed.connect(self._refresh)
        automation.aim_changed.connect(self._refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._refresh()

    def activate(self) -> str:
        """Show the line that a proposal is about in its call."""
        proposal = self.model.proposal(self.list.currentIndex().row())
        if proposal is None:
            return "Choose a proposal first."
        self._context.controller.show_line(proposal.item.cid, proposal.item.item_id)
        return ""

    def take_focus(self) -> None:
        shown = self.list if self.model.rowCount() else self
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_selection(self) -> None:
        proposal = self.model.proposal(self.list.currentIndex().row())
        chosen = self.list.selectionModel().hasSelection()
        if proposal is None or not chosen or not self.isVisible():
            return
        self._context.session.automation.choose(proposal.proposal_id)
        self._context.controller.choose_person(self.model.target(proposal))
        self._refresh()

    def _decide(self, *, do: bool) -> None:
        why = decide(self._context, do=do)
        if why:
            self._context.controller.say(why, "warn")

    def _refresh(self, *_changed: object) -> None:
        automation = self._context.session.automation
        self._stack.setCurrentIndex(0 if automation.proposals else 1)
        chosen = self.model.proposal(self.list.currentIndex().row())
        aimed = automation.aimed()
        shown = chosen if chosen is not None and not chosen.waiting else aimed
        self.note.show_text(_told(shown))
        self.note.setVisible(shown is not None)
        counts = shown is not None and bool(shown.due_at)
        keys = self._context.keymap.keys()
        for button, words, command in (
            (self.stop, "Stop" if counts else "No", "automation.stop"),
            (self.do, "Now" if counts else "Do it", "automation.do"),
        ):
            key = keys.get(command, "")
            button.setText(f"{words} ({short_key(key)})" if key else words)
            button.setAccessibleName(button.text())
            button.setEnabled(aimed is not None and shown is aimed)
        waiting = len(automation.waiting())
        self.note_changed.emit(f"{waiting} waiting" if waiting else "")

    def sizeHint(self) -> QSize:
        return QSize(300, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)


def _told(proposal: Proposal | None) -> str:
    """What was said, and why it waits or failed."""
    if proposal is None:
        return ""
    words = f"“{visible(proposal.item.text)[:160]}”"
    return f"{words}\n{proposal.note}" if proposal.note else words
