"""What holds in the whole app: who is banned, and which users block each other."""

from typing import Any, ClassVar

from console.base.errors import WorldError
from console.engine.services.service import Service
from console.engine.wire.app_wide import (
    BANS,
    BLOCKS,
    MOST_BLOCKS,
    PAGE,
    UNBLOCK,
    BanEntry,
    BlockEntry,
    bans_query,
    read_entries,
)
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.refusals import StreamRefusedError
from console.protocol.app_wide import (
    AskBanned,
    AskUserBlocks,
    BannedAnswer,
    BannedPerson,
    ChangeUserBlock,
    UserBlock,
    UserBlocksAnswer,
)

NOT_OTHERS = "Whom others block is told to the app secret alone."


class AppWide(Service):
    """Answers AskBanned, AskUserBlocks and ChangeUserBlock."""

    handles: ClassVar = (AskBanned, AskUserBlocks, ChangeUserBlock)

    async def answer(
        self, message: AskBanned | AskUserBlocks | ChangeUserBlock
    ) -> BannedAnswer | UserBlocksAnswer:
        try:
            match message:
                case AskBanned():
                    return await self._banned(message)
                case ChangeUserBlock():
                    await self._change(message)
                    return await self._blocks(message)
                case AskUserBlocks():
                    return await self._blocks(message)
        except StreamRefusedError as error:
            raise WorldError(error.sentence) from error
        except MalformedAnswerError as error:
            raise WorldError(f"Stream's answer could not be read: {error}.") from error

    async def _banned(self, message: AskBanned) -> BannedAnswer:
        answer = await self.context.gateway.ask("GET", BANS, query=bans_query(message.skip))
        found = read_entries(answer, "bans", BanEntry, PAGE)
        people = tuple(
            BannedPerson(
                user_id=ban.user.id,
                name=ban.user.shown_name,
                by=ban.banned_by.id if ban.banned_by else "",
                reason=ban.reason or "",
                since=ban.created_at.seconds,
                until=ban.expires.seconds if ban.expires else 0.0,
                shadow=ban.shadow,
            )
            for ban in found
            if ban.channel is None  # those of a channel are no bans of the app
        )
        more = len(answer["bans"]) >= PAGE
        return BannedAnswer(message.request_id, people=people, skip=message.skip, more=more)

    def _whose(self, user_id: str) -> dict[str, str]:
        """Whom a request acts for; a user token acts for itself."""
        if self.context.gateway.may_check:
            return {"user_id": user_id}
        if user_id != self.context.user_id:
            raise WorldError(NOT_OTHERS)
        return {}

    async def _change(self, message: ChangeUserBlock) -> None:
        if message.user_id == message.blocked_user_id:
            raise WorldError("Nobody can block themselves.")
        path = BLOCKS if message.blocked else UNBLOCK
        body: dict[str, Any] = {"blocked_user_id": message.blocked_user_id}
        await self.context.gateway.act(path, body | self._whose(message.user_id))

    async def _blocks(self, message: AskUserBlocks | ChangeUserBlock) -> UserBlocksAnswer:
        query = self._whose(message.user_id)
        answer = await self.context.gateway.ask("GET", BLOCKS, query=query)
        blocks = tuple(
            UserBlock(
                user_id=block.blocked_user_id,
                name=block.blocked_user.shown_name if block.blocked_user else block.blocked_user_id,
                since=block.created_at.seconds,
            )
            for block in read_entries(answer, "blocks", BlockEntry, MOST_BLOCKS)
        )
        return UserBlocksAnswer(message.request_id, user_id=message.user_id, blocks=blocks)
