"""The async face of past sessions: reads only, so that nothing of them ever changes."""

from console.domain.past import LinePlace, PastFilter, PastSession
from console.store import past_lines, past_sessions
from console.store.connection_thread import ConnectionThread
from console.store.past_lines import LinesPage, PastMarks
from console.store.past_sessions import PastPage


class PastRecords:
    """Every method raises WorldError when the disk or the file fails."""

    def __init__(self, app_id: int, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._reader = reader

    async def page(self, wanted: PastFilter, offset: int, limit: int) -> PastPage:
        """At most ``limit`` of the sessions that ``wanted`` lets pass, from ``offset`` on."""
        return await self._reader.run(
            lambda c: past_sessions.page(c, self._app_id, wanted, offset, limit)
        )

    async def session(self, cid: str, session_id: str) -> PastSession | None:
        """One session; None where nothing is known of it."""
        return await self._reader.run(lambda c: past_sessions.one(c, self._app_id, cid, session_id))

    async def session_of(self, item_id: str) -> tuple[str, str] | None:
        """Cid and session id of a line that is kept."""
        return await self._reader.run(lambda c: past_lines.where(c, self._app_id, item_id))

    async def marks(self, session: PastSession) -> PastMarks:
        """What stands on the time line of ``session``."""
        cid, session_id, since, until = (
            *(session.cid, session.session_id),
            *(session.since, session.until),
        )
        return await self._reader.run(
            lambda c: past_lines.marks(c, self._app_id, cid, session_id, since, until)
        )

    async def around(
        self, cid: str, session_id: str, *, item_id: str = "", at: float = 0.0, each_way: int
    ) -> LinesPage:
        """The lines around one of them, or around a time (unix seconds)."""
        return await self._reader.run(
            lambda c: past_lines.around(
                c, self._app_id, cid, session_id, item_id=item_id, at=at, each_way=each_way
            )
        )

    async def before(self, cid: str, session_id: str, place: LinePlace, limit: int) -> LinesPage:
        """The last lines before ``place``."""
        return await self._reader.run(
            lambda c: past_lines.before(c, self._app_id, cid, session_id, place, limit)
        )

    async def after(self, cid: str, session_id: str, place: LinePlace, limit: int) -> LinesPage:
        """The first lines after ``place``."""
        return await self._reader.run(
            lambda c: past_lines.after(c, self._app_id, cid, session_id, place, limit)
        )
