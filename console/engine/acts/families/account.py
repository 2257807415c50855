"""Deactivate and reactivate: a state of the user's account, changed with a server token only."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.account import ACTS, DEACTIVATE_USER, REACTIVATE_USER
from console.engine.acts.families.family import ActRequest, Family, Look, People, RepeatRule, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import UserDeactivated, UserReactivated
from console.engine.wire.paths import user_path

_OPERATIONS = {DEACTIVATE_USER: "deactivate", REACTIVATE_USER: "reactivate"}


class Account(Family):
    """Accounts in the app (STREAM.md 5.6)."""

    acts = ACTS
    proofs: ClassVar = {DEACTIVATE_USER: (UserDeactivated,), REACTIVATE_USER: (UserReactivated,)}

    repeat: ClassVar = RepeatRule(
        harm="An account that a colleague opened again is shut again, or the other way round.",
        looked_at="the user is deactivated, or is not",
        not_done="the user is unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the account does not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        path = user_path(target, _OPERATIONS[act.kind])
        return ActRequest(path, (target,), fields(created_by_id=actor))

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        users = [await stream.find_user(user_id) for user_id in sorted(left)]
        wanted = entry.act.kind == DEACTIVATE_USER
        done = frozenset(user.id for user in users if user and user.deactivated is wanted)
        return Look(done=done, absent=left - done)
