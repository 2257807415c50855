"""Into a call from any workspace, and back to where the reader came from."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from console.ui.state.feature import Workspace
from console.ui.state.raised_order import most_urgent
from console.ui.state.window_context import WindowContext


class CallVisits(QObject):
    """Belongs to one window.

    ``live`` is the workspace that shows a call, ``shown`` gives the current one, and ``show``
    changes to another.
    """

    def __init__(
        self,
        context: WindowContext,
        live: Workspace,
        shown: Callable[[], Workspace],
        show: Callable[[Workspace], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._live = live
        self._shown = shown
        self._show = show
        self._came_from: Workspace | None = None
        context.controller.call_wanted.connect(self.enter)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What does each command, by its id."""
        return {"go.hottest_call": self.enter_worst, "go.back": self.go_back}

    def enter(self, cid: str) -> None:
        """Show the call ``cid``, and remember from where."""
        before = self._shown()
        self._context.controller.choose_call(cid)
        if before is not self._live:
            self._show(self._live)
            self._came_from = before

    def enter_worst(self) -> str:
        """Show the call that needs a look most; says why where there is none, or it is shown."""
        context = self._context
        session = context.session
        worst = most_urgent(session.raised.open_ones(), context.desk.me)
        cid = worst.item.cid if worst is not None and worst.item.cid in session.calls else ""
        cid = cid or session.heat.hottest(session.calls, context.clock.now())
        if not cid:
            return "Nothing is open, and no call is hot: no line was raised lately."
        there = cid == context.controller.cid and self._shown() is self._live
        self.enter(cid)
        return "This is the call that needs a look most." if there else ""

    def go_back(self) -> str:
        """To the workspace from which the call was entered; says why where there is none."""
        before, self._came_from = self._came_from, None
        if before is None or before is self._shown():
            return "You have not come here from another place."
        self._show(before)
        return ""
