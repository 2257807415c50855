"""Sessions of the past, from the store: a list of them, and their lines page by page."""

from typing import ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.past import PastSession
from console.engine.services.service import Service
from console.protocol.acts import ActProgress
from console.protocol.past import (
    AskPastLines,
    AskPastSession,
    AskPastSessions,
    PastLines,
    PastSessionOpened,
    PastSessions,
)
from console.store.past_lines import LinesPage

PAGE = 100
"""Sessions that are told at once."""
EACH_WAY = 150
"""Lines before and after a moment that are told at once; a page has twice as many."""

_Asked = AskPastSessions | AskPastSession | AskPastLines


class PastCalls(Service):
    """Reads only: nothing of a session changes by looking at it."""

    handles: ClassVar = (AskPastSessions, AskPastSession, AskPastLines)

    async def answer(self, message: _Asked) -> PastSessions | PastSessionOpened | PastLines:
        match message:
            case AskPastSessions():
                return await self._list(message)
            case AskPastSession():
                return await self._open(message)
            case AskPastLines():
                return _lines(message.request_id, await self._read(message))

    async def _list(self, message: AskPastSessions) -> PastSessions:
        page = await self.context.store.past.page(message.wanted, max(0, message.offset), PAGE)
        return PastSessions(
            message.request_id,
            sessions=tuple(map(self._as_it_is, page.sessions)),
            offset=message.offset,
            found=page.found,
            beyond=page.beyond,
        )

    async def _open(self, message: AskPastSession) -> PastSessionOpened:
        past = self.context.store.past
        cid, session_id = message.cid, message.session_id
        if message.item_id:
            cid, session_id = await past.session_of(message.item_id) or (cid, session_id)
        session = await past.session(cid, session_id)
        if session is None:
            raise WorldError("Nothing of this call is in the store any more.")
        marks = await past.marks(session)
        acts = (ActProgress(act=act, receipt=receipt) for act, receipt in marks.acts)
        return PastSessionOpened(
            message.request_id,
            session=self._as_it_is(session),
            density=marks.density,
            raised=marks.raised,
            acts=tuple(acts),
            left_out=marks.left_out,
        )

    async def _read(self, message: AskPastLines) -> LinesPage:
        past, cid, session_id = self.context.store.past, message.cid, message.session_id
        if message.before is not None:
            return await past.before(cid, session_id, message.before, 2 * EACH_WAY)
        if message.after is not None:
            return await past.after(cid, session_id, message.after, 2 * EACH_WAY)
        return await past.around(
            cid, session_id, item_id=message.item_id, at=message.at, each_way=EACH_WAY
        )

    def _as_it_is(self, session: PastSession) -> PastSession:
        call = self.context.directory.call(session.cid)
        running = call is not None and not call.ended_at and call.session_id == session.session_id
        return replace(session, running=running and bool(session.session_id))


def _lines(request_id: str, page: LinesPage) -> PastLines:
    return PastLines(
        request_id,
        lines=tuple(page.lines),
        raised=tuple(page.raised),
        first=page.first,
        last=page.last,
        more_before=page.before,
        more_after=page.after,
    )
