"""One person on several devices, shown and acted on as one: Stream's acts name users, not devices.

Pure.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from console.domain.call import Participant


def as_one(devices: Sequence[Participant]) -> Participant:
    """The person behind ``devices`` of one user: what any of them sends, is sent.

    The device that joined first gives what only one can have. ``devices`` must not be empty.
    """
    if len(devices) == 1:
        return devices[0]
    first = min(devices, key=lambda each: (not each.user_session_id, each.joined_at, each.key))
    live = _together(each.live - each.muted for each in devices)
    return replace(
        first,
        live=live,
        live_known=any(each.live_known for each in devices),
        muted=_together(each.muted for each in devices) - live,
        revoked=_together(each.revoked for each in devices),
        asked=_together(each.asked for each in devices),
        banned=any(each.banned for each in devices),
        blocked=any(each.blocked for each in devices),
    )


def devices_of(people: Iterable[Participant]) -> dict[str, list[Participant]]:
    """The devices of each person, by user id."""
    found: dict[str, list[Participant]] = {}
    for person in people:
        found.setdefault(person.user_id, []).append(person)
    return found


def one_each(
    devices: Mapping[str, Sequence[Participant]], before: Mapping[str, Participant]
) -> dict[str, Participant]:
    """Each person once, by user id. Who did not change stays the object that they were before."""
    people: dict[str, Participant] = {}
    for user_id, theirs in devices.items():
        person = as_one(theirs)
        known = before.get(user_id)
        merged = len(theirs) > 1 and known == person and known is not None
        people[user_id] = known if merged and known is not None else person
    return people


def _together(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
