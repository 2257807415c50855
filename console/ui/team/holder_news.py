"""Says when a colleague holds what was held here: they took it over, or were before us."""

from PySide6.QtCore import QObject

from console.ui.state.window_context import WindowContext
from console.ui.widgets.short_texts import count


class HolderNews(QObject):
    """Belongs to the window program."""

    def __init__(self, context: WindowContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._mine: set[str] = set()
        context.session.raised.changed.connect(self._on_changed)
        context.session.cleared.connect(self._mine.clear)

    def _on_changed(self, item_ids: tuple[str, ...]) -> None:
        session, me = self._context.session, self._context.session.state.user_id
        lost: dict[str, int] = {}
        found = [session.raised.find(each) for each in item_ids] or list(session.raised)
        for one in found:
            if one is None:
                continue
            holder = one.handling.holder
            if one.is_open and holder and holder == me:
                self._mine.add(one.item_id)
            elif one.item_id in self._mine:
                self._mine.discard(one.item_id)
                if one.is_open and holder:
                    lost[holder] = lost.get(holder, 0) + 1
        for holder, many in lost.items():
            what = count(many, "raised item")
            self._context.controller.say(
                f"{session.team.called(holder)} holds {what} that you had taken.", "warn"
            )
