"""Permissions: granted, revoked, and the answers to those who ask for them."""

from typing import ClassVar

from console.domain.acts import permission, request
from console.domain.acts.table import spec_of
from console.engine.acts.families.family import NOBODY, ActRequest, Family, People
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event, PermissionsUpdated
from console.engine.wire.paths import call_path


class Permission(Family):
    """Permissions in a call (STREAM.md 5.3). Who has nothing to be put back needs no request."""

    acts = (*permission.ACTS, *request.ACTS)
    proofs: ClassVar = {spec.kind: (PermissionsUpdated,) for spec in acts}
    proven_by_resending = True

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
