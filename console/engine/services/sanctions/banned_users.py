"""Who is banned, from the app or a chat: asked now and then, as Stream tells few (12.1)."""

from collections.abc import Callable, Iterable

import msgspec
from msgspec.structs import replace

from console.domain.call import BANNED_IN_CHAT, SHADOWED_IN_CHAT
from console.domain.sanction import BY_STREAM, IN_CHAT, Claim, Form, Keeper, Sanction
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
        read_all = False
        asked_at = self._context.clock.now()
        bans: dict[str, ListedBan] = {}
        in_chats: dict[str, dict[str, ListedBan]] = {}
        try:
            for page in range(MOST_PAGES):
                some = await self._page(page * PAGE)
                bans |= {ban.user.id: ban for ban in some if ban.of_app}
                for ban in some:
                    if not ban.of_app:
                        in_chats.setdefault(ban.channel_cid, {})[ban.user.id] = ban
                if len(some) < PAGE:
                    self._show_in_chats(in_chats)
                    read_all = True
                    break
            else:
                sentence = f"Bans beyond {PAGE * MOST_PAGES:,} are not on the board."
                self._context.channel.problem("banned users", sentence)
        except (StreamRefusedError, MalformedAnswerError) as error:
            self._context.channel.problem("banned users", str(error))
            return [], []
        claims = [_claimed(ban) for ban in bans.values()]
        claims += [
            replace(_claimed(ban), form=_form(ban), cid=call.cid, channel=cid, call_name=call.name)
            for call in self._context.directory.calls()
            if (cid := call.chat_cid)
            for ban in in_chats.get(cid, {}).values()
        ]
        over = [
            sanction.sanction_id
            for sanction in self._in_force
            if sanction.form in BY_STREAM
            and sanction.newest.since < asked_at
            and read_all
            and not _holds(sanction, bans, in_chats.get(sanction.channel, {}))
        ]
        return [one for one in claims if self._unknown(one)], over

    def _show_in_chats(self, banned: dict[str, dict[str, ListedBan]]) -> None:
        for call in self._context.directory.calls():
            listed = banned.get(call.chat_cid, {}) if call.chat_cid else {}
            there = {user_id: _how(ban) for user_id, ban in listed.items()}
            if there != dict(call.chat_bans):
                self._context.directory.hold(call.cid, chat_bans=tuple(there.items()))
                self._context.publisher.publish_soon()

    def _unknown(self, sanction: Sanction) -> bool:
        return self._in_force.find(sanction.sanction_id) is None

    async def _page(self, offset: int) -> tuple[ListedBan, ...]:
        payload = {"filter_conditions": {}, "limit": PAGE, "offset": offset}
        query = {"payload": msgspec.json.encode(payload).decode()}
        return read_bans(await self._context.gateway.ask("GET", BANNED_USERS, query=query))


def may_be_ended(
    over: Iterable[tuple[Sanction, Claim, float]], busy: Callable[[Sanction], bool]
) -> bool:
    """Whether a shadow ban is among what is ``over`` by our clock: Stream may have ended it by
    itself, and tells nobody. ``busy``: whether a sanction is being lifted.
    """
    return any(
        sanction.form in IN_CHAT and claim.keeper is Keeper.ENGINE
        for sanction, claim, _ in over
        if not (sanction.trouble or busy(sanction))
    )


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


def _form(ban: ListedBan) -> Form:
    return Form.CHAT_SHADOWED if ban.shadow else Form.CHAT_BANNED


def _how(ban: ListedBan) -> str:
    return SHADOWED_IN_CHAT if ban.shadow else BANNED_IN_CHAT


def _holds(
    sanction: Sanction, of_app: dict[str, ListedBan], in_its_chat: dict[str, ListedBan]
) -> bool:
    """Whether the lists have it: those of the app, and of the channel it is in."""
    if sanction.form is Form.BANNED:
        return sanction.user_id in of_app
    ban = in_its_chat.get(sanction.user_id)
    return ban is not None and _form(ban) is sanction.form
