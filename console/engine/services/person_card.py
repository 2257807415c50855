"""What is known of a person: here now, and in the past."""

from console.engine.services.directory import Directory
from console.protocol.to_window import ActProgress, PersonCard
from console.store.store import AppStore


async def person_card(store: AppStore, directory: Directory, cid: str, user_id: str) -> PersonCard:
    """The card of ``user_id`` as somebody in the call ``cid``.

    Raises:
        WorldError: the store could not be read.
    """
    record = await store.person(user_id)
    return PersonCard(
        cid=cid,
        user_id=user_id,
        person=directory.person(cid, user_id),
        lines=tuple(record.items),
        verdicts=tuple(record.verdicts),
        acts=tuple(ActProgress(act=each.act, receipt=each.receipt) for each in record.acts),
        calls=directory.calls_of(user_id),
    )
