"""Deactivate and reactivate: a state of the user's account, changed with a server token only."""

from console.domain.acts import account
from console.domain.acts.account import DEACTIVATE_USER
from console.engine.acts.families.family import NOBODY, ActRequest, Family, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event, UserDeactivated, UserReactivated
from console.engine.wire.paths import user_path


class Account(Family):
    """Accounts in the app (STREAM.md 5.6)."""

    acts = account.ACTS
    proofs = (UserDeactivated, UserReactivated)

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        operation = "deactivate" if entry.act.kind == DEACTIVATE_USER else "reactivate"
        return [
            ActRequest(
                path=user_path(user_id, operation),
                targets=(user_id,),
                body=fields(created_by_id=actor),
            )
            for user_id in left
        ]

    def shown_by(self, event: Event, entry: Entry, me: str) -> frozenset[str]:
        wanted = UserDeactivated if entry.act.kind == DEACTIVATE_USER else UserReactivated
        return frozenset((event.user.id,)) if isinstance(event, wanted) else NOBODY

    async def shown_by_state(
        self, entry: Entry, left: frozenset[str], stream: ActsGateway, me: str
    ) -> frozenset[str]:
        users = {user_id: await stream.find_user(user_id) for user_id in sorted(left)}
        wanted = entry.act.kind == DEACTIVATE_USER
        return frozenset(
            user_id
            for user_id, user in users.items()
            if user is not None and bool(user.get("deactivated_at")) is wanted
        )
