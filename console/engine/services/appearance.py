"""What somebody was called and showed, looked up before a change so that it can be put back."""

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import Act
from console.domain.acts.appearance import CHANGES, REMOVE_PICTURE, RESET_NAME, RESTORE_NAME
from console.domain.acts.table import spec_of
from console.engine.acts.gateway import LOOK_LIMIT
from console.engine.services.service import Service, SessionContext
from console.engine.wire.events import User
from console.engine.wire.limits import MAX_ADDRESS
from console.engine.wire.refusals import StreamRefusedError

ACTS_BACK = 100
"""So many acts on a person are looked through for what was taken away from them."""


class Appearance(Service):
    """Completes the acts on names and pictures."""

    needs_secret = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        for spec in CHANGES:
            context.preparations[spec.kind] = self._with_former

    async def _with_former(self, act: Act) -> Act:
        """With what each of them had before; of an act that puts it back, what that is.

        Raises:
            WorldError: it could not be read, so the act could not be taken back exactly.
        """
        if act.kind in (RESET_NAME, REMOVE_PICTURE):
            users = {user.id: user for user in await self._users(act.user_ids)}
            each = tuple(_had(act, users.get(user_id)) for user_id in act.user_ids)
            return replace(act, each=each)
        former = await self._taken_away(act)
        if not any(former.values()):
            what = "name" if act.kind == RESTORE_NAME else "picture"
            raise WorldError(f"No {what} of theirs is known that was taken away here.")
        return replace(act, each=tuple(former.get(user_id, ()) for user_id in act.user_ids))

    async def _taken_away(self, act: Act) -> dict[str, tuple[str, ...]]:
        """What the act that is taken back took away; else what the last of its kind did."""
        if act.undo_of:
            undone = await self.context.store.act(act.undo_of)
            return undone.act.of_each if undone is not None else {}
        former: dict[str, tuple[str, ...]] = {}
        for stored in await self.context.store.acts_on(act.user_ids, ACTS_BACK):
            if spec_of(stored.act.kind).undo == act.kind and stored.receipt.accepted_at:
                former |= stored.act.of_each
        return former

    async def _users(self, user_ids: tuple[str, ...]) -> list[User]:
        found: list[User] = []
        try:
            for at in range(0, len(user_ids), LOOK_LIMIT):
                some = user_ids[at : at + LOOK_LIMIT]
                found += await self.context.gateway.find_users(some)
        except StreamRefusedError as error:
            sentence = f"What they have now could not be read. {error.sentence}"
            raise WorldError(sentence, error.advice) from error
        return found


def _had(act: Act, user: User | None) -> tuple[str, ...]:
    has = (user.name if act.kind == RESET_NAME else user.image) if user is not None else None
    whole = has and len(has) <= MAX_ADDRESS  # what was cut where it came in is not what they had
    return (has,) if has and whole else ()
