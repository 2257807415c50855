"""The pictures of a review item: fetched within limits and looked at, like those of chats."""

import asyncio

from console.domain.item import Picture, withheld
from console.domain.review import ReviewItem
from console.engine.pictures.desk import WantedLook
from console.engine.services.service import SessionContext
from console.protocol.review import MOST_PICTURES, ItemPictures

LOOK_LIMIT_S = 45.0
LATE = "It could not be looked at in time."


class PicturesOfItems:
    """What may be shown to nobody is not even fetched."""

    def __init__(self, context: SessionContext) -> None:
        self._context = context

    async def of(self, request_id: str, item: ReviewItem) -> ItemPictures:
        """The answer for ``item``.

        Raises:
            WorldError: the store could not be read.
        """
        urls = item.images[:MOST_PICTURES]
        if not item.may_be_shown:
            pictures = [withheld(Picture(url)) for url in urls]
        else:
            known = await self._kept(item)
            looks = (self._look(url, item.cid) for url in urls[len(known) :])
            pictures = [*known, *await asyncio.gather(*looks)]
        return ItemPictures(request_id, item_id=item.item_id, pictures=tuple(pictures))

    async def _kept(self, item: ReviewItem) -> list[Picture]:
        """What was looked at when it came: a frame's address at Stream ends soon."""
        found = (await self._context.store.known([item.entity_id])).get(item.entity_id)
        body = found.item.body if found is not None else None
        only = isinstance(body, Picture) and len(item.images) == 1
        return [body] if only and isinstance(body, Picture) and body.picture_id else []

    async def _look(self, url: str, cid: str) -> Picture:
        try:
            async with asyncio.timeout(LOOK_LIMIT_S):
                return await self._context.pictures.look(WantedLook(url=url, cid=cid))
        except TimeoutError:
            return Picture(url, sentence=LATE)
