"""The members of a call: read on demand, and looked up before one of them is changed."""

from typing import ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import Act
from console.domain.acts.member import ACTS, SET_MEMBER_ROLE
from console.engine.services.service import Service, SessionContext
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.members import MembersPage, members_page
from console.engine.wire.refusals import StreamRefusedError
from console.protocol.members import AskMembers, CallMember, MembersAnswer


class Members(Service):
    """Answers AskMembers."""

    handles: ClassVar = (AskMembers,)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        for spec in ACTS:
            context.preparations[spec.kind] = self._with_former_roles

    async def answer(self, message: AskMembers) -> MembersAnswer:
        page = await self._page(message.cid, next_page=message.next_page)
        members = (
            CallMember(
                user_id=member.user_id,
                name=member.user.shown_name if member.user else member.user_id,
                role=member.role,
                since=member.created_at.seconds,
                banned=bool(member.user and member.user.banned),
            )
            for member in page.members
        )
        return MembersAnswer(
            message.request_id, cid=message.cid, members=tuple(members), next_page=page.next
        )

    async def _with_former_roles(self, act: Act) -> Act:
        """What each of them was before; an undo gives that back.

        Raises:
            WorldError: it could not be read, so the act could not be taken back exactly.
        """
        if not act.user_ids:
            return act
        undone = await self.context.store.act(act.undo_of) if act.undo_of else None
        page = await self._page(act.cid, user_ids=act.user_ids)
        roles = {member.user_id: member.role for member in page.members}
        each = tuple((roles[u],) if u in roles else () for u in act.user_ids)
        role = act.role
        if undone is not None:  # of people who had several roles the first one's is given to all
            before = undone.act.of_each
            role = next((r for u in act.user_ids for r in before.get(u, ())), role)
        elif act.kind == SET_MEMBER_ROLE and not role:
            raise WorldError("It is not said which role they are to have.")
        return replace(act, each=each, role=role)

    async def _page(
        self, cid: str, *, user_ids: tuple[str, ...] = (), next_page: str = ""
    ) -> MembersPage:
        try:
            return await members_page(
                self.context.gateway, cid, user_ids=user_ids, next_page=next_page
            )
        except StreamRefusedError as error:
            raise WorldError(f"The members could not be read. {error.sentence}") from error
        except MalformedAnswerError as error:
            raise WorldError(f"The list of members could not be read: {error}.") from error
