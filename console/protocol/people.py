"""Questions about people."""

from console.domain.call import Participant
from console.domain.verdict import JudgedItem
from console.protocol.acts import ActProgress
from console.protocol.ask import Answer, Ask


class AskPerson(Ask, frozen=True, tag="ask_person"):
    """Wanted: the card of this person in this call; answered by PersonCard."""

    cid: str
    user_id: str


class PersonCard(Answer, frozen=True, tag="person_card", kw_only=True):
    """Answer to AskPerson: what the store and the directory know of one person.

    Attributes:
        person: their state in the call; None when they never were in it.
        items: what they said, newest last, at most 200, over all calls of this store.
        acts: what was done to them, newest last.
        calls: cids they are in now.
    """

    asks = (AskPerson,)

    cid: str = ""
    user_id: str = ""
    person: Participant | None = None
    items: tuple[JudgedItem, ...] = ()
    acts: tuple[ActProgress, ...] = ()
    calls: tuple[str, ...] = ()
