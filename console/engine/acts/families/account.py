"""Deactivate and reactivate: a state of the user's account, changed with a server token only."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.account import ACTS, DEACTIVATE_USER, REACTIVATE_USER
from console.engine.acts.families.family import ActRequest, Family, People, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import UserDeactivated, UserReactivated
from console.engine.wire.paths import user_path

_OPERATIONS = {DEACTIVATE_USER: "deactivate", REACTIVATE_USER: "reactivate"}


class Account(Family):
    """Accounts in the app (STREAM.md 5.6)."""

    acts = ACTS
    proofs: ClassVar = {DEACTIVATE_USER: (UserDeactivated,), REACTIVATE_USER: (UserReactivated,)}

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        path = user_path(target, _OPERATIONS[act.kind])
        return ActRequest(path, (target,), fields(created_by_id=actor))

    async def shown_by_state(self, entry: Entry, left: People, stream: ActsGateway) -> People:
        users = [await stream.find_user(user_id) for user_id in sorted(left)]
        wanted = entry.act.kind == DEACTIVATE_USER
        return frozenset(user.id for user in users if user and user.deactivated is wanted)
