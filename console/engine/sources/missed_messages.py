"""What happened in chats while nothing could be heard there: read again, and said."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from console.domain.call import Call
from console.domain.item import FOR_GOOD, SOFTLY
from console.engine.services.service import SessionContext
from console.engine.sources.recent_messages import RecentMessages
from console.engine.wire.channel_pages import A_PAGE, read_page
from console.engine.wire.chat import Message, message_path
from console.engine.wire.decode import MalformedAnswerError, convert_untrusted
from console.engine.wire.refusals import RefusedError, StreamRefusedError
from console.protocol.to_window import Notice, Noticed, NoticeKind

MOST_PAGES = 10
"""Pages that are read back in one channel; what was missed before them is told, and not read."""
MOST_LOOKED_AT = 50
"""Messages that are not where they were, of which is asked what became of them, at once."""
NOT_FOUND = 404

HandOn = Callable[[str, Message, str], Awaitable[None]]


class _One(Struct):
    message: Message


class _Away(NamedTuple):
    """Nothing was heard from ``since`` until ``until`` (unix seconds)."""

    since: float
    until: float


class MissedMessages:
    """``hand_on`` gets a channel, a message as it is now, and how it was deleted."""

    def __init__(self, context: SessionContext, recent: RecentMessages, hand_on: HandOn) -> None:
        self._context = context
        self._recent = recent
        self._hand_on = hand_on
        self._lost_at = 0.0
        self._away: _Away | None = None
        self._caught_up: set[str] = set()

    def lost(self) -> None:
        """Nothing is heard from now on."""
        self._lost_at = self._lost_at or self._context.clock.now()

    def back(self) -> None:
        """Chats are heard again: each has to be caught up once."""
        if self._lost_at:
            self._away = _Away(self._lost_at, self._context.clock.now())
            self._lost_at = 0.0
            self._caught_up.clear()

    async def compare(self, channel: str, call: Call, newest: Sequence[Message]) -> None:
        """``newest`` is what the channel holds now, oldest first, and was handed on.

        Messages that are gone from it are looked up, since Stream does not say that of them; of a
        channel that was not heard for a while further pages are read.
        """
        away = None if channel in self._caught_up else self._away
        self._caught_up.add(channel)
        pages, unread = list(newest), 0.0
        if away is not None and len(newest) >= A_PAGE:
            more, unread = await self._back_to(away, channel, newest[0])
            pages = more + pages
        gone = await self._find_gone(channel, pages, whole=len(newest) < A_PAGE)
        if away is not None:
            came = sum(away.since <= each.created_at.seconds <= away.until for each in pages)
            self._tell(call, away, came, gone, unread)

    async def _back_to(
        self, away: _Away, channel: str, oldest: Message
    ) -> tuple[list[Message], float]:
        """What was written since then and is not on the newest page; and since when that is all
        that was written, where it could not be read back to the beginning, else 0.0.
        """
        found: list[Message] = []
        problem = self._context.channel.problem
        for _ in range(MOST_PAGES):
            if oldest.created_at.seconds < away.since:
                return found, 0.0
            try:
                page = await read_page(self._context.gateway, channel, oldest.id, problem)
            except (StreamRefusedError, MalformedAnswerError) as error:
                problem("chat", f"What was written meanwhile could not be read: {error}")
                break
            for message in page.messages:
                if message.created_at.seconds >= away.since:
                    await self._hand_on(channel, message, message.deleted)
            found = [*page.messages, *found]
            if page.last or not page.messages:
                return found, 0.0
            oldest = page.messages[0]
        return found, oldest.created_at.seconds

    async def _find_gone(self, channel: str, there: Sequence[Message], *, whole: bool) -> int:
        """Hand on that messages were deleted which are known and not among ``there``.

        ``whole``: the channel holds nothing else, so that older ones are gone, too.
        """
        ids = {message.id for message in there}
        since = 0.0 if whole or not there else there[0].created_at.seconds
        missing = [
            message
            for message in self._recent.standing(channel)
            if message.id not in ids and message.created_at.seconds >= since
        ]
        gone = 0
        for message in missing[-MOST_LOOKED_AT:]:
            deleted = await self._fate(message)
            gone += bool(deleted)
            if deleted:
                await self._hand_on(channel, message, deleted)
        return gone

    async def _fate(self, message: Message) -> str:
        """How a message was deleted; empty where it is there, or nobody says."""
        try:
            answer = await self._context.gateway.ask("GET", message_path(message.id))
            return SOFTLY if convert_untrusted(answer, _One).message.deleted else ""
        except RefusedError as error:
            return FOR_GOOD if error.status == NOT_FOUND else ""
        except (StreamRefusedError, msgspec.ValidationError):
            return ""

    def _tell(self, call: Call, away: _Away, came: int, gone: int, unread: float) -> None:
        if not (came or gone or unread):
            return
        said = [f"{came} written meanwhile {'was' if came == 1 else 'were'} read afterwards"]
        if gone:
            said.append(f"{gone} {'was' if gone == 1 else 'were'} deleted")
        if unread:
            missed = f"{unread - away.since:.0f} s"
            said.append(f"what was written in the first {missed} of it was not read")
        seconds = max(1.0, away.until - away.since)
        text = f"The chat was not heard for {seconds:.0f} s: {', '.join(said)}."
        notice = Notice(cid=call.cid, at=away.until, kind=NoticeKind.UPDATED, text=text)
        self._context.channel.put(Noticed(notices=(notice,)))
