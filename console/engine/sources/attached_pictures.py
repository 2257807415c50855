"""Has the pictures on chat messages looked at, a few at once, and hands on what was found."""

import asyncio

from msgspec.structs import replace

from console.domain.call import Call
from console.engine.pictures.desk import WantedLook
from console.engine.services.service import SessionContext
from console.engine.sources.attachments import PictureAttached
from console.engine.sources.source import Take
from console.engine.wire.chat import Message

WAITING = 200
AT_ONCE = 3
A_MESSAGE = 5
"""Pictures of one message that are looked at."""


class AttachedPictures:
    """Bounded; what does not fit in is told as a problem."""

    def __init__(self, context: SessionContext, take: Take) -> None:
        self._context = context
        self._take = take
        self._waiting: asyncio.Queue[tuple[Call, str, Message, str]] = asyncio.Queue(WAITING)

    def offer(self, call: Call, channel: str, message: Message) -> None:
        """Look at the pictures of ``message`` when their turn comes."""
        urls = message.picture_urls
        left_out = len(urls[A_MESSAGE:])
        for url in urls[:A_MESSAGE]:
            try:
                self._waiting.put_nowait((call, channel, message, url))
            except asyncio.QueueFull:
                left_out += 1
        if left_out:
            sentence = "Pictures on chat messages were left out, because there were too many."
            self._context.channel.problem("chat pictures", sentence, left_out)

    async def run(self) -> None:
        """Look for as long as this runs."""
        async with asyncio.TaskGroup() as workers:
            for _ in range(AT_ONCE):
                workers.create_task(self._work())

    async def _work(self) -> None:
        while True:
            call, channel, message, url = await self._waiting.get()
            picture = await self._context.pictures.look(WantedLook(url=url, cid=call.cid))
            picture = replace(picture, url=url, channel=channel)
            await self._take(PictureAttached(call=call, message=message, picture=picture))
