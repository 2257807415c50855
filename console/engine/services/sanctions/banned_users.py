"""Who is banned, from the app or a chat: asked now and then, as Stream tells few (12.1)."""

import msgspec

from console.domain.call import BANNED_IN_CHAT, SHADOWED_IN_CHAT
from console.domain.sanction import Claim, Form, Keeper, Sanction, sanction_id
from console.domain.sanctions_in_force import SanctionsInForce
from console.engine.services.service import SessionContext
from console.engine.wire.banned import BANNED_USERS, ListedBan, read_bans
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.refusals import StreamRefusedError

PAGE = 300
MOST_PAGES = 10


class BannedUsers:
    """Compares Stream's list with what is in force."""

    def __init__(self, context: SessionContext, in_force: SanctionsInForce) -> None:
        self._context = context
        self._in_force = in_force

    async def read(self) -> tuple[list[Sanction], list[str]]:
        """Bans that were not known, and ids of those that are over; nothing where it fails."""
        asked_at = self._context.clock.now()
        bans: dict[str, ListedBan] = {}
        in_chats: dict[str, dict[str, str]] = {}
        try:
            for page in range(MOST_PAGES):
                some = await self._page(page * PAGE)
                bans |= {ban.user.id: ban for ban in some if ban.of_app}
                for ban in some:
                    how = SHADOWED_IN_CHAT if ban.shadow else BANNED_IN_CHAT
                    in_chats.setdefault(ban.channel_cid, {})[ban.user.id] = how
                if len(some) < PAGE:
                    self._show_in_chats(in_chats)
                    break
            else:
                sentence = f"Bans beyond {PAGE * MOST_PAGES:,} are not on the board."
                self._context.channel.problem("banned users", sentence)
        except (StreamRefusedError, MalformedAnswerError) as error:
            self._context.channel.problem("banned users", str(error))
            return [], []
        claims = [_claimed(ban) for ban in bans.values() if self._unknown(ban)]
        over = [
            sanction.sanction_id
            for sanction in self._in_force
            if sanction.form is Form.BANNED
            and sanction.user_id not in bans
            and sanction.newest.since < asked_at
            and len(bans) < PAGE * MOST_PAGES
        ]
        return claims, over

    def _show_in_chats(self, banned: dict[str, dict[str, str]]) -> None:
        for call in self._context.directory.calls():
            there = banned.get(call.chat_cid, {}) if call.chat_cid else {}
            if there != dict(call.chat_bans):
                self._context.directory.hold(call.cid, chat_bans=tuple(there.items()))
                self._context.publisher.publish_soon()

    def _unknown(self, ban: ListedBan) -> bool:
        return self._in_force.find(sanction_id(Form.BANNED, "", ban.user.id)) is None

    async def _page(self, offset: int) -> tuple[ListedBan, ...]:
        payload = {"filter_conditions": {}, "limit": PAGE, "offset": offset}
        query = {"payload": msgspec.json.encode(payload).decode()}
        return read_bans(await self._context.gateway.ask("GET", BANNED_USERS, query=query))


def _claimed(ban: ListedBan) -> Sanction:
    until = ban.expires.seconds if ban.expires else 0.0
    claim = Claim(
        by=ban.banned_by.id if ban.banned_by else "",
        reason=ban.reason or "",
        since=ban.created_at.seconds,
        until=until,
        keeper=Keeper.STREAM if until else Keeper.NOBODY,
    )
    return Sanction(
        form=Form.BANNED, user_id=ban.user.id, name=ban.user.shown_name, claims=(claim,)
    )
