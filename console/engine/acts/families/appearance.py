"""Names and pictures: single fields of a user, changed with a server token only."""

from typing import Any, ClassVar

from console.domain.act import Act
from console.domain.acts.appearance import (
    CHANGES,
    REMOVE_PICTURE,
    RESET_NAME,
    RESTORE_NAME,
    RESTORE_PICTURE,
)
from console.domain.names import neutral_name
from console.engine.acts.families.family import ActRequest, Family, Look, People, RepeatRule, unsent
from console.engine.acts.gateway import LOOK_LIMIT, ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event, User, UserUpdated
from console.engine.wire.paths import USERS
from console.engine.wire.refusals import StreamRefusedError

AT_ONCE = 100
"""Users of one request (STREAM.md 5.6)."""

_NAMES = (RESET_NAME, RESTORE_NAME)
_BACK = (RESTORE_NAME, RESTORE_PICTURE)


class Appearance(Family):
    """What a user shows of themself: the partial update of users."""

    acts = CHANGES
    proofs: ClassVar = {spec.kind: (UserUpdated,) for spec in CHANGES}
    repeat: ClassVar = RepeatRule(
        harm="Somebody who chose a name or a picture since loses it.",
        looked_at="the user has that name, or that picture",
        not_done="the user is unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the user does not show it.",
    )

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        groups = [left[at : at + AT_ONCE] for at in range(0, len(left), AT_ONCE)]
        return [
            ActRequest(
                USERS,
                some,
                {"users": [_update(entry.act, user_id) for user_id in some]},
                method="PATCH",
            )
            for some in groups
        ]

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, UserUpdated) or not _is_so(entry.act, event.user):
            return frozenset()
        return frozenset((event.user.id,))

    async def overtaken(self, entry: Entry, stream: ActsGateway) -> str:
        act = entry.act
        if act.kind not in _BACK:
            return ""
        try:
            users = await _users(sorted(entry.targets), stream)
        except StreamRefusedError as error:
            raise unsent(error) from error
        chose = [user for user in users if not _is_so(act, user) and not _as_we_left(act, user)]
        if not chose:
            return ""
        what = "name" if act.kind == RESTORE_NAME else "picture"
        who = "They" if len(users) == 1 else f"{len(chose)} of them"
        return f"{who} chose another {what} since, which stays."

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        users = await _users(sorted(left), stream)
        done = frozenset(user.id for user in users if _is_so(entry.act, user))
        return Look(done=done, absent=left - done)


async def _users(user_ids: list[str], stream: ActsGateway) -> list[User]:
    found: list[User] = []
    for at in range(0, len(user_ids), LOOK_LIMIT):
        found += await stream.find_users(user_ids[at : at + LOOK_LIMIT])
    return found


def _wanted(act: Act, user_id: str) -> str:
    """The name or the address of the picture that they are to have; empty for none."""
    if act.kind == RESET_NAME:
        return neutral_name(user_id)
    if act.kind == REMOVE_PICTURE:
        return ""
    return next(iter(act.of_each.get(user_id, ())), "")


def _update(act: Act, user_id: str) -> dict[str, Any]:
    field, wanted = "name" if act.kind in _NAMES else "image", _wanted(act, user_id)
    change = {"set": {field: wanted}} if wanted else {"unset": [field]}
    return {"id": user_id, **change}


def _is_so(act: Act, user: User) -> bool:
    has = user.name if act.kind in _NAMES else user.image
    return (has or "") == _wanted(act, user.id)


def _as_we_left(act: Act, user: User) -> bool:
    """Whether they have what the act that is taken back gave them."""
    if act.kind == RESTORE_NAME:
        return user.name == neutral_name(user.id)
    return not user.image
