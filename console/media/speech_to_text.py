"""What writes speech down, however it does it: the one interface of all adapters."""

from collections.abc import Callable, Mapping
from typing import Protocol

from console.domain.speech import Speaker
from console.protocol.media import SpeechHeard

Tell = Callable[[SpeechHeard], None]
Problem = Callable[[str, str], None]
"""Gets a sentence, and the cid of the call that it concerns or nothing."""


class SoundTaker(Protocol):
    """Gets the sound of speakers, each by itself."""

    def feed(self, speaker: Speaker, pcm: bytes, at: float) -> None:
        """Sound that ``speaker`` made until ``at`` (unix seconds): mono, 16 bits, 16 kHz."""

    def ended(self, speaker: Speaker) -> None:
        """No more sound comes of ``speaker``."""


class SpeechToText(SoundTaker, Protocol):
    """Tells texts as they come."""

    @property
    def name(self) -> str:
        """What wrote it down, for people."""

    async def start(self) -> None:
        """Get ready. Raises WorldError where it cannot; sound before that is kept for a while."""

    def heats(self, heats: Mapping[str, float]) -> None:
        """How hot calls are, by cid: the hottest are written down first."""

    def counts(self) -> dict[str, float]:
        """Fields of MediaLoad."""

    async def close(self) -> None:
        """Write nothing more down."""
