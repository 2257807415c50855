"""The people of a call as the server knows them, to compare with what a client shows."""

from typing import Any

from console.sandbox.attendance import TRACK_OF
from console.sandbox.records import CallRecord
from console.sandbox.world import World


def people_of(world: World, call: CallRecord, only: str = "") -> list[dict[str, Any]]:
    """One row per person who is in ``call`` or was acted on there, in order of arrival.

    ``muted`` means present with the microphone off, whoever turned it off.
    """
    session = call.running
    present: dict[str, list[set[str]]] = {}
    for presence in session.presences.values() if session else ():
        present.setdefault(presence.user.id, []).append(presence.live)
    known = dict.fromkeys(
        (*present, *call.blocked_user_ids, *call.revokes, *call.grants, *call.members)
    )
    rows = []
    for user_id in known if not only else (user_id for user_id in known if user_id == only):
        user = world.state.users[user_id]
        live = set().union(*present.get(user_id, []))
        held = world.state.capabilities_of(call, user)
        rows.append(
            {
                "user_id": user_id,
                "name": user.name,
                "present": user_id in present,
                "devices": len(present.get(user_id, [])),
                "live": sorted(live),
                "muted": user_id in present and "audio" not in live,
                "permissions": sorted(held.intersection(TRACK_OF)),
                "asking": sorted(call.asked.get(user_id, ())),
                "blocked": user_id in call.blocked_user_ids,
                "banned": world.state.banned(user, call.cid),
                "address": user.address,
            }
        )
    return rows
