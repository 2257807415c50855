"""Content of a call that is judged. One piece has one identity, so a reconnect cannot double it."""

from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from console.domain.spoken_language import KnownBy

CAPTION = "caption"
MESSAGE = "message"
FRAME = "frame"
ATTACHMENT = "attachment"
"""A picture that hangs on a chat message."""
NAME = "name"
"""What somebody in a call is called."""
AVATAR = "avatar"
"""The picture that somebody shows beside their name."""
APPEARANCE = frozenset((NAME, AVATAR))
"""What people are in a call, whatever they say or do."""
SAID = frozenset((CAPTION, MESSAGE))
"""What people say and write."""

SOFTLY = "softly"
FOR_GOOD = "for good"
"""How a message was deleted: so that it can be put back, or so that nothing can be."""


class Text(Struct, frozen=True, tag="text", omit_defaults=True):
    """Words, spoken or written. Hostile text, exactly as received.

    Attributes:
        heard_by: what wrote them down for this console; empty where Stream sent them.
        confidence: how sure that was, from 0 to 1; below 0 where it does not say.
        channel: cid of the chat channel they were written in; empty for what was spoken.
        second: what else heard the same words, in a text of its own: ``second_text``.
        edited: Stream says that their author changed them.
        deleted: SOFTLY or FOR_GOOD; empty while they are there. The words stay.
    """

    text: str
    heard_by: str = ""
    confidence: float = -1.0
    channel: str = ""
    edited: bool = False
    deleted: str = ""
    second: str = ""
    second_text: str = ""


class Picture(Struct, frozen=True, tag="picture", omit_defaults=True):
    """An image, and what was found in it. ``url``, ``text`` and ``qr`` are hostile text.

    Attributes:
        url: where it came from; empty for a frame that was taken on this machine.
        picture_id: SHA-256 of its bytes, in hex; empty where nobody could look at it.
        track: what it is a frame of, ``video`` or ``screenshare``; empty for any other picture.
        labels: what a model on this machine says of it, each from 0 to 1.
        likeness: see domain.picture.
        text: what can be read in it. qr: what its QR codes hold.
        sentence: why nobody could look at it; empty where somebody did.
        channel: cid of the chat channel it was sent in; empty for any other picture.
        withheld: nobody may see it any more, and nothing of it is kept but its hash.
    """

    url: str = ""
    picture_id: str = ""
    track: str = ""
    labels: tuple[tuple[str, float], ...] = ()
    text: str = ""
    qr: tuple[str, ...] = ()
    likeness: str = ""
    width: int = 0
    height: int = 0
    sentence: str = ""
    channel: str = ""
    withheld: bool = False

    @property
    def seen(self) -> bool:
        """Whether somebody could look at it, so that it can be judged here."""
        return bool(self.picture_id) and not self.sentence and not self.withheld

    @property
    def words(self) -> str:
        """All that can be read in it, in one line."""
        return " ".join(filter(None, (*self.text.splitlines(), *self.qr)))


def withheld(picture: Picture) -> Picture:
    """What may be kept of a picture that nobody may see: its hash, and what it was a frame of."""
    return Picture(
        picture_id=picture.picture_id,
        track=picture.track,
        channel=picture.channel,
        withheld=True,
    )


class Name(Struct, frozen=True, tag="name", omit_defaults=True):
    """What somebody calls themself. Hostile text.

    Attributes:
        like: the name of somebody who runs the call, or a name that nobody may have, for which
            this one can be taken; empty for none. like_role: that person's role; empty for a name
            that nobody may have.
    """

    name: str
    like: str = ""
    like_role: str = ""


Body = Text | Picture | Name


def settled(new: Body, known: Body) -> Body:
    """What is kept of ``new`` behind ``known``: a deletion is told with or without the words."""
    if isinstance(new, Text) and isinstance(known, Text) and new.deleted:
        return replace(known, deleted=new.deleted)
    return new


def same_words(one: Body, other: Body) -> bool:
    """Whether only the marks differ, so that what was judged of one holds for the other."""
    if isinstance(one, Text) and isinstance(other, Text):
        return one.text == other.text
    return one == other


class Item(Struct, frozen=True, kw_only=True):
    """One finished piece of content (captions have no interim flag, STREAM.md 8.2).

    Attributes:
        item_id: see :func:`identify`.
        kind: the registered kind of content, for example ``CAPTION``.
        author_name: as shown at the time. Hostile text.
        start_time, end_time: unix seconds, when it was spoken or sent.
        received_at: unix seconds, when this program decoded it.
        source_id: Stream's id of it, when given.
        language: as Stream names it where it does, else as it was identified here; empty where
            nothing can be told. ``translated`` when it is a translation of another item.
        language_confidence: how sure that is, from 0 to 1; below 0 where nobody says.
        language_by: how it is known.
        revision: 0 at first; counts bodies that replaced an earlier one of the same identity.
    """

    item_id: str
    kind: str
    cid: str
    session_id: str
    author_id: str
    author_name: str
    body: Body
    start_time: float
    end_time: float
    received_at: float
    source_id: str = ""
    language: str = ""
    translated: bool = False
    revision: int = 0
    language_confidence: float = -1.0
    language_by: KnownBy = KnownBy.STATED

    @property
    def stated_language(self) -> str:
        """The language as Stream names it; empty where it names none, or plainly another."""
        return self.language if self.language_by is KnownBy.STATED else ""

    @property
    def checkable(self) -> bool:
        """Whether Stream can be asked about it: about words, and pictures behind an address."""
        body = self.body
        return not isinstance(body, Picture) or bool(body.url or body.words)

    @property
    def text(self) -> str:
        """The words of the body; of a picture those that can be read in it."""
        match self.body:
            case Text(text=text):
                return text
            case Name(name=name):
                return name
            case picture:
                return picture.words

    @property
    def deleted(self) -> str:
        """How it was deleted; empty while it is there."""
        return self.body.deleted if isinstance(self.body, Text) else ""

    @property
    def channel(self) -> str:
        """The chat channel it was written in; empty for all else."""
        return self.body.channel if isinstance(self.body, Text | Picture) else ""

    @property
    def heard_here(self) -> bool:
        """Whether it was written down on this machine, and not by Stream."""
        return isinstance(self.body, Text) and bool(self.body.heard_by)

    @property
    def by_stream(self) -> bool:
        """Whether Stream sent it as words: a caption, or a message of the chat."""
        return self.kind in (CAPTION, MESSAGE) and not self.heard_here


def identify(prefix: str, *parts: str) -> str:
    """The identity of an item from the ``parts`` that no other of its kind shares.

    What was heard on this machine has the prefix ``h``. A caption (prefix ``u``): call, speaker,
    start time in ns, and language, because a translation carries the start time of its original
    (STREAM.md 8.2). Each kind has a prefix of its own.
    Hashed, so that it fits where Stream limits the length of an entity id.
    """
    return prefix + blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()
