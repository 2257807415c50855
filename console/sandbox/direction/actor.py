"""One person on stage: where they are, what they are saying, what was done to them."""

from dataclasses import dataclass, field

from console.sandbox.direction.scenario import Person
from console.sandbox.direction.temperament import Temperament


@dataclass(slots=True, eq=False)
class Actor:
    """The state of one person while a scenario plays.

    Attributes:
        user_id: who they are signed in as now; another one after they evaded a ban.
        sessions: user_session_id by cid, for the calls they are in.
        tracks: tracks they want to publish, by cid.
        busy_until: scenario time at which they finish what they are saying.
        treated: how often moderators acted on them.
        hushed: they gave up talking on their own account.
        then: what they say once a request is granted, by cid. asked: what they asked for.
    """

    person: Person
    user_id: str
    sessions: dict[str, str] = field(default_factory=dict)
    tracks: dict[str, set[str]] = field(default_factory=dict)
    busy_until: float = 0.0
    treated: int = 0
    hushed: bool = False
    evasions: int = 0
    asked: tuple[str, ...] = ("send-audio",)
    then: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def temperament(self) -> Temperament:
        return Temperament(self.person.temperament)
