"""Permissions: granted, revoked, and the answers to those who ask for them."""

from typing import ClassVar

from console.domain.acts import permission, request
from console.domain.acts.spec import ActSpec
from console.domain.acts.table import spec_of
from console.domain.call import PERMISSION_OF_TRACK
from console.engine.acts.families.family import (
    NOBODY,
    ActRequest,
    Family,
    Look,
    People,
    RepeatRule,
)
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_participants
from console.engine.wire.events import Event, PermissionsUpdated
from console.engine.wire.paths import call_path

_TRACK_OF = {permission: track for track, permission in PERMISSION_OF_TRACK.items()}


class Permission(Family):
    """Permissions in a call (STREAM.md 5.3). Who has nothing to be put back needs no request."""

    acts: ClassVar[tuple[ActSpec, ...]] = (*permission.ACTS, *request.ACTS)
    proofs: ClassVar = {spec.kind: (PermissionsUpdated,) for spec in acts}
    repeat: ClassVar = RepeatRule(
        harm="What a colleague gave back is taken away again, or the other way round.",
        looked_at="they send what they were permitted; what they no longer may is only heard",
        not_done="no change of permissions was heard without a break since",
        unseen="It was sent, but no answer came; what they may do now cannot be looked up.",
    )

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        path = call_path(entry.act.cid, "user_permissions")
        field = "grant_permissions" if spec_of(entry.act.kind).grants else "revoke_permissions"
        return [
            ActRequest(path, (user_id,), {"user_id": user_id, field: list(permissions)})
            for user_id in left
            if (permissions := entry.permissions.get(user_id, ()))
        ]

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, PermissionsUpdated):
            return NOBODY
        wanted = frozenset(entry.permissions.get(event.user.id, ()))
        held = wanted & event.own_capabilities
        done = held == wanted if spec_of(entry.act.kind).grants else not held
        return frozenset((event.user.id,)) if wanted and done else NOBODY

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        if not spec_of(entry.act.kind).grants:
            nothing_to_do = {person for person in left if not entry.permissions.get(person)}
            return Look(done=frozenset(nothing_to_do), absent=left - nothing_to_do)
        # Stream lists nobody's permissions but our own; who sends a track has its permission.
        done = set(left)
        for given in sorted({p for each in left for p in entry.permissions.get(each, ())}):
            holders = {person for person in left if given in entry.permissions.get(person, ())}
            wanted = {
                "published_tracks": {"$in": [_TRACK_OF.get(given, given)]},
                "user_id": {"$in": sorted(holders)},
            }
            sending = read_participants(await stream.participants(entry.act.cid, wanted))
            done -= holders - {device.user.id for device in sending}
        return Look(done=frozenset(done), absent=left - done)
