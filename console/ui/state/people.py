"""The people of the call whose people the window knows. Pure."""

from console.domain.call import Participant
from console.protocol.to_window import ParticipantsChanged


class People(dict[str, Participant]):
    """By ``Participant.key``: a device, or ``user:ID`` for somebody who is not in the call.

    Attributes:
        cid: the call; "" before the first one is known.
    """

    cid = ""

    def change(self, change: ParticipantsChanged) -> None:
        """Fold in what changed; another call replaces everybody."""
        if change.whole or change.cid != self.cid:
            self.clear()
            self.cid = change.cid
        for key in change.left:
            self.pop(key, None)
        for person in change.changed:
            if person.user_session_id:
                self.pop(f"user:{person.user_id}", None)
            self[person.key] = person

    def find(self, cid: str, user_id: str, user_session_id: str = "") -> Participant | None:
        """One person of ``cid``, preferring the device named; None where they are not known."""
        if cid != self.cid:
            return None
        if user_session_id and user_session_id in self:
            return self[user_session_id]
        found = [person for person in self.values() if person.user_id == user_id]
        found.sort(key=lambda person: not person.user_session_id)
        return found[0] if found else None
