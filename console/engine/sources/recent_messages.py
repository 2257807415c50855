"""The chat messages of the last time, so that what is read again is known."""

from collections import OrderedDict
from collections.abc import Iterator

from console.engine.wire.chat import Message

REMEMBERED = 10_000

_State = tuple[str, float, str]


class RecentMessages:
    """Bounded; what was forgotten is news once more, and dropped by whoever keeps the items."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._known: OrderedDict[tuple[str, str], tuple[Message, _State]] = OrderedDict()

    def knows(self, channel: str, message_id: str) -> bool:
        """Whether the message was seen before."""
        return (channel, message_id) in self._known

    def is_news(self, channel: str, message: Message, deleted: str) -> bool:
        """Whether this says anything that was not known, which it is from now on.

        An older state of a message than the known one is none: answers and events overtake each
        other.
        """
        key = (channel, message.id)
        at = (message.updated_at or message.created_at).seconds
        state = (message.text, at, deleted)
        known = self._known.get(key)
        if known is not None:
            _, (text, known_at, known_deleted) = known
            if at < known_at or (text, known_deleted) == (message.text, deleted):
                return False
        self._known[key] = (message, state)
        self._known.move_to_end(key)
        if len(self._known) > self._remembered:
            self._known.popitem(last=False)
        return True

    def standing(self, channel: str) -> list[Message]:
        """What was written in ``channel`` and is not known to be deleted, oldest first."""
        found = [
            message
            for (cid, _), (message, (_, _, deleted)) in self._known.items()
            if cid == channel and not deleted
        ]
        return sorted(found, key=lambda message: message.created_at.seconds)

    def of_author(self, user_id: str, channel: str = "") -> Iterator[tuple[str, Message]]:
        """What somebody wrote, with its channel: in ``channel``, or in all."""
        for (cid, _), (message, _) in tuple(self._known.items()):
            if message.user.id == user_id and channel in ("", cid):
                yield cid, message
