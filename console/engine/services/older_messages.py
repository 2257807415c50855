"""What was written in the chat of a call before this console read there, page by page."""

from collections import OrderedDict
from typing import ClassVar

from msgspec import Struct

from console.base.errors import WorldError
from console.domain.call import Call
from console.engine.services.service import Service, SessionContext
from console.engine.sources.written import Written
from console.engine.wire.channel_pages import read_page
from console.engine.wire.chat import Message
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.refusals import StreamRefusedError
from console.protocol.chat import AskOlderMessages, OlderMessages

MOST_OLDER = 1_000
"""Messages of one channel that are read back at most."""
PAGES_AT_ONCE = 5
"""Pages that one question reads where the newest of them were heard all."""
REMEMBERED = 1_000

_BEGINS = "The chat begins here: nothing was written before."
_NO_MORE = f"Older messages are not loaded: no more than {MOST_OLDER:,} of one chat are."


class _Reading(Struct):
    """How far back a channel was read: the id of the oldest message, and when it was written."""

    before: str = ""
    until: float = 0.0
    found: int = 0
    end: str = ""


class OlderMessagesOfChats(Service):
    """Reads back where it is asked to. What it reads is judged, kept and raised like any message,
    and automation leaves it alone, as all that is not new.
    """

    handles: ClassVar = (AskOlderMessages,)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._began = context.clock.now()
        self._channels: OrderedDict[str, _Reading] = OrderedDict()

    async def answer(self, message: AskOlderMessages) -> OlderMessages:
        call = self.context.directory.call(message.cid)
        if call is None or not call.chat_cid:
            raise WorldError("No chat of this call was found.")
        reading = self._channels.setdefault(call.chat_cid, _Reading())
        if len(self._channels) > REMEMBERED:
            self._channels.popitem(last=False)
        found = 0
        for _ in range(PAGES_AT_ONCE):
            if found or reading.end:
                break
            found = await self._read(call, reading)
        return OlderMessages(message.request_id, found=found, end=reading.end, until=reading.until)

    async def _read(self, call: Call, reading: _Reading) -> int:
        """Read one more page; returns how many were written before this sign-in."""
        problem = self.context.channel.problem
        try:
            page = await read_page(self.context.gateway, call.chat_cid, reading.before, problem)
        except (StreamRefusedError, MalformedAnswerError) as error:
            raise WorldError(f"Older messages could not be read: {error}") from error
        older = [each for each in page.messages if each.created_at.seconds < self._began]
        for message in older:
            await self._hand_on(call, message)
        if page.messages:
            reading.before = page.messages[0].id
            reading.until = page.messages[0].created_at.seconds
        reading.found += len(older)
        if page.last or not page.messages:
            reading.end = _BEGINS
        elif reading.found >= MOST_OLDER:
            reading.end = _NO_MORE
        return len(older)

    async def _hand_on(self, call: Call, message: Message) -> None:
        written = Written(
            channel=call.chat_cid,
            message=message,
            call=call,
            deleted=message.deleted,
            older=True,
        )
        await self.context.take_in(written)
