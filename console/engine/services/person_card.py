"""What is known of a person: here now, and in the past."""

from console.engine.services.directory import Directory
from console.protocol.to_engine import AskPerson
from console.protocol.to_window import ActProgress, PersonCard
from console.store.store import AppStore


async def person_card(store: AppStore, directory: Directory, question: AskPerson) -> PersonCard:
    """The card of a person as somebody in the call of the question.

    Raises:
        WorldError: the store could not be read.
    """
    cid, user_id = question.cid, question.user_id
    record = await store.person(user_id)
    return PersonCard(
        question.request_id,
        cid=cid,
        user_id=user_id,
        person=directory.person(cid, user_id),
        items=tuple(record.items),
        acts=tuple(ActProgress(act=each.act, receipt=each.receipt) for each in record.acts),
        calls=directory.calls_of(user_id),
    )
