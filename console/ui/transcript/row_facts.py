"""What is known about a row of the transcript beside what was said: who, where, what became."""

from console.base.plain_text import visible
from console.domain.raised import RaisedItem
from console.ui.state.entries import GapEntry, ItemEntry, NoticeEntry, Row
from console.ui.state.raised_words import mark_of, state_words
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target, target_of_line
from console.ui.widgets.badge import RaisedMark


class RowFacts:
    """Reads them from the state of the window, for the rows of one list."""

    def __init__(self, session: SessionState) -> None:
        self._session = session

    def call_name(self, entry: Row) -> str:
        """How the call of a row is called; safe to look at."""
        if isinstance(entry, GapEntry):
            return ""
        call = self._session.call(entry.cid)
        return visible(call.name if call else entry.cid)

    def who(self, entry: Row) -> str:
        """How the speaker of a line is called; safe to look at."""
        if not isinstance(entry, ItemEntry):
            return ""
        item = entry.item
        return self._session.names.shown(item.cid, item.author_id, item.author_name)

    def watched(self, entry: Row) -> bool:
        """Whether a moderator wants the speaker of a line to be watched."""
        return isinstance(entry, ItemEntry) and self._session.about.watched(entry.item.author_id)

    def target(self, entry: Row) -> Target | None:
        """Whom an act on this row would have."""
        match entry:
            case ItemEntry(item=item):
                return target_of_line(item, self._session.call(item.cid))
            case NoticeEntry(notice=notice) if len(notice.user_ids) == 1:
                call = self._session.call(notice.cid)
                user_id = notice.user_ids[0]
                person = self._session.people.find(notice.cid, user_id)
                return Target(
                    cid=notice.cid,
                    session_id=call.session_id if call else "",
                    user_id=user_id,
                    name=person.name if person else user_id,
                    call_name=call.name if call else notice.cid,
                )
            case _:
                return None

    def mark(self, entry: Row) -> RaisedMark | None:
        """What became of a line that was raised, as its badge shows it."""
        one = self._raised(entry)
        return mark_of(one, self._session.state.user_id, self._session.team.called)

    def became(self, entry: Row) -> str:
        """What became of a line that was raised, in words."""
        one = self._raised(entry)
        if one is None:
            return ""
        session = self._session
        return state_words(one, session.state.user_id, session.team.called, session.acts)

    def is_open(self, entry: Row) -> bool:
        """Whether somebody has to decide about this line."""
        return isinstance(entry, ItemEntry) and self._session.raised.is_open(entry.item.item_id)

    def _raised(self, entry: Row) -> RaisedItem | None:
        return (
            self._session.raised.find(entry.item.item_id) if isinstance(entry, ItemEntry) else None
        )
