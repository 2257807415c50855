"""What is known of a person: here now, and in the past."""

from typing import ClassVar

from console.engine.services.service import Service
from console.protocol.acts import ActProgress
from console.protocol.people import AskPerson, PersonCard


class People(Service):
    """Answers AskPerson."""

    handles: ClassVar = (AskPerson,)

    async def answer(self, message: AskPerson) -> PersonCard:
        """The card of a person, from the store and the directory."""
        directory = self.context.directory
        record = await self.context.store.person(message.user_id)
        return PersonCard(
            message.request_id,
            cid=message.cid,
            user_id=message.user_id,
            person=directory.person(message.cid, message.user_id),
            items=tuple(record.items),
            acts=tuple(ActProgress(act=each.act, receipt=each.receipt) for each in record.acts),
            calls=directory.calls_of(message.user_id),
        )
