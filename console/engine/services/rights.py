"""What somebody may send in a call, from what Stream tells of it. Pure.

Stream lists nobody's capabilities but our own (STREAM.md 4.6). Those of others are told when they
change, those of a role when the call changes; who sends something may send it.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from console.domain.call import ASKABLE, PERMISSION_OF_TRACK, Participant


class Rights(Struct, frozen=True):
    """What somebody may send. ``known``: Stream told it; else it is what they were seen to use."""

    held: frozenset[str] = frozenset()
    known: bool = False


def rights_of(
    *,
    told: frozenset[str] | None,
    of_role: frozenset[str] | None,
    used: frozenset[str],
    asked: frozenset[str],
) -> Rights:
    """What somebody may send.

    ``told``: their own capabilities, where an event named them. ``of_role``: those of their role,
    where they are known. ``used``: what they send or sent before a mute. ``asked``: what they ask
    for, and therefore do not have.
    """
    if told is not None:
        return Rights(told & ASKABLE, known=True)
    if of_role is not None:
        return Rights((of_role & ASKABLE | used) - asked, known=True)
    return Rights(used - asked)


def rights_of_all(
    people: Iterable[Participant],
    *,
    told: Mapping[str, frozenset[str]],
    of_roles: Mapping[str, frozenset[str]],
    asked: Mapping[str, frozenset[str]],
) -> dict[str, Rights]:
    """The same for everybody who is there, by user id; ``of_roles`` by role, the others by id."""
    used: dict[str, frozenset[str]] = {}
    roles: dict[str, str] = {}
    for person in people:
        tracks = {PERMISSION_OF_TRACK[track] for track in person.live | person.muted}
        used[person.user_id] = used.get(person.user_id, frozenset()) | tracks
        roles[person.user_id] = person.role
    return {
        user_id: rights_of(
            told=told.get(user_id),
            of_role=of_roles.get(roles[user_id]),
            used=sent,
            asked=asked.get(user_id, frozenset()),
        )
        for user_id, sent in used.items()
    }
