"""Permissions: granted, revoked, and the answers to those who ask for them."""

from console.domain.acts import permission, request
from console.domain.acts.table import spec_of
from console.engine.acts.families.family import NOBODY, ActRequest, Family, fields
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event, PermissionsUpdated
from console.engine.wire.paths import call_path


class Permission(Family):
    """Permissions in a call (STREAM.md 5.3). A person for whom nothing is to be put back is done
    without a request."""

    acts = (*permission.ACTS, *request.ACTS)
    proofs = (PermissionsUpdated,)
    proven_by_resending = True

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        act, spec = entry.act, spec_of(entry.act.kind)
        wanted = {one: entry.permissions.get(one, spec.permissions_of(act)) for one in left}
        return [
            ActRequest(
                path=call_path(act.cid, "user_permissions"),
                targets=(user_id,),
                body=fields(
                    user_id=user_id,
                    grant_permissions=list(permissions) if spec.grants else None,
                    revoke_permissions=list(permissions) if spec.revokes else None,
                ),
            )
            for user_id, permissions in wanted.items()
            if permissions
        ]

    def shown_by(self, event: Event, entry: Entry, me: str) -> frozenset[str]:
        if not isinstance(event, PermissionsUpdated):
            return NOBODY
        wanted = frozenset(entry.permissions.get(event.user.id, ()))
        held = wanted & event.own_capabilities
        done = held == wanted if spec_of(entry.act.kind).grants else not held
        return frozenset((event.user.id,)) if wanted and done else NOBODY
