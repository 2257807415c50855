"""Tells somebody who looks elsewhere what automation does, and who acts suspiciously fast."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from console.base.plain_text import visible
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.rule import Response
from console.protocol.to_window import Problem
from console.ui.state.proposal_words import sentence, who
from console.ui.state.window_context import WindowContext


class Reach(Protocol):
    """What can reach somebody; see ``console.ui.alerts.desktop``."""

    def notify(
        self, title: str, body: str, *, critical: bool, show: Callable[[], object] | None = None
    ) -> None:
        """Show a notification of the desktop; ``show`` shows what it is about, at a press."""

    def announce(self, words: str, *, urgent: bool) -> None:
        """Let a screen reader say it."""


class Tells(QObject):
    """Belongs to one window."""

    def __init__(self, context: WindowContext, reach: Reach, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._reach = context, reach
        context.session.automation.fresh.connect(self._on_fresh)
        context.session.hand.colleague_is_fast.connect(self._on_colleague)

    def _on_fresh(self, proposal: Proposal) -> None:
        if proposal.state is ProposalState.SHADOW:
            return
        if Response.NOTIFY in proposal.responses:
            title = f"{visible(proposal.rule)}: {who(proposal)}"
            item = proposal.item
            show = partial(self._context.controller.show_line, item.cid, item.item_id)
            self._reach.notify(title, visible(item.text)[:200], critical=False, show=show)
            self._context.controller.say(title, "warn")
        if proposal.waiting:
            seconds = self._context.session.automation.seconds_left(proposal)
            self._reach.announce(sentence(proposal, seconds), urgent=bool(proposal.due_at))

    def _on_colleague(self, problem: Problem) -> None:
        self._reach.notify("A colleague acts far above the usual", problem.sentence, critical=False)
        self._reach.announce(problem.sentence, urgent=False)
        self._context.controller.say(problem.sentence, "warn")
