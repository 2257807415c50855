"""The chats of calls: which channel an act is done in, who is banned there, how slow it is."""

from collections import OrderedDict

from msgspec.structs import replace

from console.domain.act import Act
from console.domain.acts.table import ACTS
from console.domain.call import BANNED_IN_CHAT, SHADOWED_IN_CHAT, Call
from console.engine.services.notices import in_a_sentence
from console.engine.services.service import Received, Service, SessionContext
from console.engine.wire.channel_events import ChannelBanned, ChannelEvent, ChannelUnbanned
from console.engine.wire.chat import ChannelUpdated
from console.engine.wire.events import User
from console.protocol.to_window import Notice, Noticed, NoticeKind

REMEMBERED = 1_000
MOST_BANS = 1_000
"""People of one chat whose bans are known."""


class Chats(Service):
    """Completes acts, and tells what happens to a chat as a whole."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._heard: OrderedDict[tuple[str, str, str, float], None] = OrderedDict()
        for spec in ACTS:
            if spec.of_chat:
                context.preparations[spec.kind] = self._in_its_channel

    async def _in_its_channel(self, act: Act) -> Act:
        call = self.context.directory.call(act.cid)
        if act.channel or call is None:
            return act
        return replace(act, channel=call.chat_cid)

    async def on_event(self, received: Received) -> None:
        event = received.event
        if not isinstance(event, ChannelEvent):
            return
        calls = [call for call in self.context.directory.calls() if call.chat_cid == event.cid]
        match event:
            case ChannelBanned() | ChannelUnbanned() if self._is_new(event):
                for call in calls:
                    self._on_ban(call, event, received)
            case ChannelUpdated(channel=channel):
                for call in calls:
                    self._on_pace(call, max(0, channel.cooldown), received)

    def _is_new(self, event: ChannelBanned | ChannelUnbanned) -> bool:
        """Both sockets may bring it."""
        key = (type(event).__name__, event.cid, event.user.id, event.created_at.seconds)
        known = key in self._heard
        self._heard[key] = None
        if len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)
        return not known

    def _on_ban(
        self, call: Call, event: ChannelBanned | ChannelUnbanned, received: Received
    ) -> None:
        user, how = event.user, ""
        if isinstance(event, ChannelBanned):
            how = SHADOWED_IN_CHAT if event.shadow else BANNED_IN_CHAT
        others = tuple(each for each in call.chat_bans if each[0] != user.id)
        bans = (*others, (user.id, how)) if how else others
        self.context.directory.hold(call.cid, chat_bans=bans[-MOST_BANS:])
        self.context.publisher.publish_soon()
        name = self._called(call, user)
        by = f" by {self._called(call, event.created_by)}" if event.created_by else ""
        if not isinstance(event, ChannelBanned):
            kind, text = NoticeKind.UNBANNED, f"{name} may write in the chat again."
        else:
            what = "shadow banned in" if event.shadow else "banned from"
            why = f": {event.reason}" if event.reason else "."
            kind, text = NoticeKind.BANNED, f"{name} was {what} the chat{by}{why}"
        self._tell(call, kind, text, received, user.id)

    def _on_pace(self, call: Call, cooldown: int, received: Received) -> None:
        if cooldown == call.chat_cooldown:
            return
        self.context.directory.hold(call.cid, chat_cooldown=cooldown)
        self.context.publisher.publish_soon()
        text = f"The chat is slow now: one message every {cooldown} s." if cooldown else ""
        text = text or "The chat is as fast as before."
        self._tell(call, NoticeKind.UPDATED, text, received)

    def _tell(
        self, call: Call, kind: NoticeKind, text: str, received: Received, *users: str
    ) -> None:
        at = received.event.created_at.seconds or received.at
        notice = Notice(
            cid=call.cid, at=at, kind=kind, text=text, user_ids=users, act_id=received.act_id
        )
        self.context.channel.put(Noticed(notices=(notice,)))

    def _called(self, call: Call, user: User) -> str:
        return in_a_sentence(self.context.directory.called(call.cid, user.id, user.shown_name))
