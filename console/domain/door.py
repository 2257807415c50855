"""A call to which only its members may come, as long as a console holds its door. Pure.

Stream has no such switch for one call: who comes all the same is blocked from it, and everybody
whom the door blocked is let in again when it opens.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace


class Door(Struct, frozen=True, kw_only=True):
    """The door of one call.

    Attributes:
        held: nobody else comes in; else it is being opened.
        since: unix seconds. by: the moderator who holds it.
        inside: ids of those who were in the call when it closed; they may leave and come back.
        put_out: those whom it blocked, each with the id of that act.
        names: how those were called; hostile text.
        told: a colleague's console holds it, and this one goes on with it where that is gone.
    """

    cid: str
    held: bool
    since: float
    by: str
    inside: frozenset[str] = frozenset()
    put_out: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    told: bool = False

    def strangers(self, people: Iterable[str]) -> tuple[str, ...]:
        """Those of ``people`` who were not inside and were not put out; they may be members."""
        if not self.held:
            return ()
        return tuple(p for p in people if p not in self.inside and p not in self.put_out)

    def put(self, user_id: str, name: str, act_id: str) -> "Door":
        """Somebody is blocked by this act."""
        return replace(
            self,
            put_out={**self.put_out, user_id: act_id},
            names={**self.names, user_id: name},
        )

    def let(self, user_id: str) -> "Door":
        """Somebody whom it blocked is let in again, or came in as a member."""
        return replace(
            self,
            put_out={who: act for who, act in self.put_out.items() if who != user_id},
            inside=self.inside | {user_id},
        )
