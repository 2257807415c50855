"""The people of the call whose people the window knows. Pure."""

from console.domain.call import Participant
from console.domain.devices import as_one
from console.protocol.to_window import ParticipantsChanged


class People(dict[str, Participant]):
    """By ``Participant.key``: a device, or ``user:ID`` for somebody who is not in the call.

    Attributes:
        cid: the call; "" before the first one is known.
    """

    cid = ""
    _devices: int | None = None

    @property
    def listed(self) -> int:
        """How many devices are in the call, as far as they are listed."""
        if self._devices is None:
            self._devices = sum(bool(person.user_session_id) for person in self.values())
        return self._devices

    def change(self, change: ParticipantsChanged) -> None:
        """Fold in what changed; another call replaces everybody."""
        self._devices = None
        if change.whole or change.cid != self.cid:
            self.clear()
            self.cid = change.cid
        for key in change.left:
            self.pop(key, None)
        for person in change.changed:
            if person.user_session_id:
                self.pop(f"user:{person.user_id}", None)
            self[person.key] = person

    def person(self, cid: str, user_id: str) -> Participant | None:
        """One person of ``cid`` with all of their devices; None where they are not known."""
        if cid != self.cid:
            return None
        found = [person for person in self.values() if person.user_id == user_id]
        return as_one(found) if found else None

    def devices(self, cid: str, user_id: str) -> tuple[str, ...]:
        """The devices that a person is in ``cid`` with (user_session_ids)."""
        if cid != self.cid:
            return ()
        found = (person for person in self.values() if person.user_id == user_id)
        return tuple(person.user_session_id for person in found if person.user_session_id)

    def find(self, cid: str, user_id: str, user_session_id: str = "") -> Participant | None:
        """One person of ``cid``, preferring the device named; None where they are not known."""
        if cid != self.cid:
            return None
        if user_session_id and user_session_id in self:
            return self[user_session_id]
        found = [person for person in self.values() if person.user_id == user_id]
        found.sort(key=lambda person: not person.user_session_id)
        return found[0] if found else None
