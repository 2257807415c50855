"""Deactivate and reactivate: a state of the user's account, changed with a server token only."""

from typing import ClassVar

from console.domain.acts.account import ACTS, DEACTIVATE_USER, REACTIVATE_USER
from console.engine.acts.families.family import ActRequest, Family, Look, People, RepeatRule, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import UserDeactivated, UserReactivated
from console.engine.wire.paths import USERS, user_path
from console.engine.wire.task import Task, read_task

AT_ONCE = 100
"""Users of one request (STREAM.md 5.6)."""

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

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        operation = _OPERATIONS[entry.act.kind]
        if len(left) == 1:
            body = fields(created_by_id=actor)
            return [ActRequest(user_path(left[0], operation), left, body)]
        # Stream does it in a task of its own, which its answer names.
        groups = [left[at : at + AT_ONCE] for at in range(0, len(left), AT_ONCE)]
        return [
            ActRequest(
                f"{USERS}/{operation}", some, fields(user_ids=list(some), created_by_id=actor)
            )
            for some in groups
        ]

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        task = await read_task(stream, entry.receipt.task_id) if entry.receipt.task_id else Task()
        wanted = entry.act.kind == DEACTIVATE_USER
        done: set[str] = set()
        people = sorted(left)
        for at in range(0, len(people), AT_ONCE):
            users = await stream.find_users(people[at : at + AT_ONCE])
            done |= {user.id for user in users if user.deactivated is wanted}
        refused = {who: why for who, why in task.refused.items() if who in left - done}
        return Look(done=frozenset(done), absent=left - done, refused=refused, task=task.status)
