"""What Stream tells of chat: messages, their channels and what happens to both (STREAM.md 12)."""

from typing import Any, ClassVar
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import force_setattr

from console.domain.item import FOR_GOOD, SOFTLY
from console.engine.wire.bounded import Bounded, Id, Texts, cut_list
from console.engine.wire.channel_events import ChannelEvent
from console.engine.wire.events import Event, User, UserBanned, UserUnbanned
from console.engine.wire.limits import MAX_ATTACHMENTS, MAX_TEXT, MAX_URL, MAX_WORD
from console.engine.wire.timestamps import Moment

CHANNELS = "/api/v2/chat/channels"
MODERATION = "/api/v2/moderation/"

CONTENT = ("regular", "reply", "deleted")
"""Types of messages that a person wrote to others."""


def message_path(message_id: str, operation: str = "") -> str:
    """The path of a message, or of an operation on it."""
    path = f"/api/v2/chat/messages/{quote(message_id, safe='')}"
    return f"{path}/{operation}" if operation else path


def channel_path(cid: str) -> str:
    """The path of a channel."""
    kind, _, channel_id = cid.partition(":")
    return f"{CHANNELS}/{quote(kind, safe='')}/{quote(channel_id, safe='')}"


class Message(Bounded, frozen=True, kw_only=True):
    """MessageResponse (STREAM.md 12.4)."""

    texts: ClassVar[Texts] = (("text", MAX_TEXT, "Messages"), ("type", MAX_WORD, "Types"))

    id: Id
    text: str = ""
    type: str = "regular"
    user: User
    created_at: Moment
    updated_at: Moment | None = None
    message_text_updated_at: Moment | None = None
    deleted_at: Moment | None = None
    shadowed: bool = False
    attachments: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        some = cut_list(self.attachments, MAX_ATTACHMENTS, "Attachments of one message")
        force_setattr(self, "attachments", some)

    @property
    def picture_urls(self) -> tuple[str, ...]:
        """The addresses of the pictures that hang on it. Hostile."""
        found: dict[str, None] = {}
        for each in self.attachments:
            if isinstance(each, dict):
                urls = (each.get("image_url"), each.get("thumb_url"))
                url = next((u for u in urls if isinstance(u, str) and u), "")
                if url and len(url) <= MAX_URL:
                    found[url] = None
        return tuple(found)

    @property
    def deleted(self) -> str:
        """How it was deleted, as far as it shows that itself: a soft one may say it in either
        way (STREAM.md 12.5).
        """
        return SOFTLY if self.deleted_at is not None or self.type == "deleted" else ""


class MessageNew(ChannelEvent, frozen=True, kw_only=True, tag="message.new"):
    message: Message

    @property
    def deleted(self) -> str:
        """How the message was deleted, after this; empty where it is there."""
        return self.message.deleted


class MessageUpdated(MessageNew, frozen=True, kw_only=True, tag="message.updated"):
    pass


class MessageDeleted(MessageNew, frozen=True, kw_only=True, tag="message.deleted"):
    hard_delete: bool = False
    deleted_for_me: bool = False
    user: User | None = None

    @property
    def deleted(self) -> str:
        return FOR_GOOD if self.hard_delete else SOFTLY


class MessageUndeleted(MessageNew, frozen=True, kw_only=True, tag="message.undeleted"):
    @property
    def deleted(self) -> str:
        return ""


class UserMessagesDeleted(Event, frozen=True, kw_only=True, tag="user.messages.deleted"):
    """All that somebody wrote is gone: in one channel, or in all."""

    user: User
    hard_delete: bool = False
    cid: Id | None = None


class Channel(Struct, frozen=True):
    """ChannelResponse: ``cooldown`` is slow mode, in seconds."""

    cid: Id
    cooldown: int = 0
    frozen: bool = False


class ChannelUpdated(ChannelEvent, frozen=True, kw_only=True, tag="channel.updated"):
    channel: Channel


class Mute(Struct, frozen=True):
    """UserMuteResponse: whom somebody does not want to read."""

    target: User | None = None


class Muter(Struct, frozen=True):
    """Of OwnUser what is of use here."""

    mutes: tuple[Mute, ...] = ()


class MutesUpdated(Event, frozen=True, kw_only=True, tag="notification.mutes_updated"):
    """Whom the one who is signed in does not want to read in chats."""

    me: Muter = field(default_factory=Muter)


OF_CHATS: tuple[type[Event], ...] = (
    MessageNew,
    MessageUpdated,
    MessageDeleted,
    MessageUndeleted,
    UserMessagesDeleted,
    ChannelUpdated,
    MutesUpdated,
    UserBanned,
    UserUnbanned,
)
"""The events that matter on a socket of chats."""
