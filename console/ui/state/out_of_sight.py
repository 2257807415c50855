"""What is known of calls and people once nobody tells of them any more. Pure."""

from msgspec import Struct
from msgspec.structs import replace

from console.domain.call import Call, Participant
from console.protocol.to_window import EngineState


class Doubted(Struct, frozen=True):
    """What was known when an engine fell silent."""

    state: EngineState
    calls: dict[str, Call]
    people: dict[str, Participant]


def lose_sight(calls: dict[str, Call], people: dict[str, Participant], since: float) -> None:
    """Mark what was known as old: not monitored since then, and what people send not known."""
    for cid, call in calls.items():
        if not call.ended_at and not call.unmonitored_since:
            calls[cid] = replace(call, unmonitored_since=since)
    for key, person in people.items():
        people[key] = replace(person, live=frozenset(), live_known=False)
