"""What was said. One caption has one identity, so a reconnect neither loses nor doubles it."""

from hashlib import blake2b

from msgspec import Struct


class Utterance(Struct, frozen=True, kw_only=True):
    """One finished caption (STREAM.md 8.2: there is no interim flag).

    Attributes:
        utterance_id: see :func:`identify`.
        caption_id: Stream's id of the caption, when given.
        speaker_name: as shown at the time. Hostile text.
        text: hostile text, exactly as received.
        start_time, end_time: unix seconds, when it was spoken.
        received_at: unix seconds, when this program decoded it.
        language: as Stream names it; ``translated`` when it is a translation of another line.
        revision: 0 at first; counts texts that replaced an earlier one of the same identity.
    """

    utterance_id: str
    cid: str
    session_id: str
    speaker_id: str
    speaker_name: str
    text: str
    start_time: float
    end_time: float
    received_at: float
    caption_id: str = ""
    language: str = ""
    translated: bool = False
    revision: int = 0


def identify(cid: str, speaker_id: str, start_time_ns: int, language: str) -> str:
    """The identity of a caption: call, speaker, start time, and language.

    Language is part of it because a translation carries the start time of its original
    (STREAM.md 8.2). Hashed, so that it fits where Stream limits the length of an entity id.
    """
    key = "\x1f".join((cid, speaker_id, str(start_time_ns), language)).encode()
    return "u" + blake2b(key, digest_size=12).hexdigest()
