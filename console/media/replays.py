"""What speakers said last, in memory only: the sound of their last segments."""

import io
import wave
from collections import OrderedDict, deque

from console.domain.speech import BYTES_A_SECOND, SAMPLE_RATE, Speaker
from console.models.speech_segments import Segment
from console.protocol.media import ReplaySpeaker, SpeakerReplayed

MOST_SPEAKERS = 64
"""Whose speech is kept: those who spoke last; with 30 s of each that is 60 MB."""

NOTHING = "Nothing that they said is kept."
OFF = "Keeping sound for replay is switched off in the settings."


class Replays:
    """Keeps ``seconds`` of the speech of each speaker; none where it is 0."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], deque[tuple[bytes, float]]] = OrderedDict()
        self._seconds = 0.0

    def keep(self, seconds: float) -> None:
        """Keep so much from now on; 0 forgets all."""
        self._seconds = seconds
        if not seconds:
            self._kept.clear()

    def add(self, speaker: Speaker, segment: Segment, end: float) -> None:
        """Somebody said this until ``end`` (unix seconds)."""
        if not self._seconds:
            return
        key = (speaker.cid, speaker.user_id)
        said = self._kept.setdefault(key, deque())
        self._kept.move_to_end(key)
        said.append((segment.pcm, end))
        while len(said) > 1 and _seconds(said) - len(said[0][0]) / BYTES_A_SECOND >= self._seconds:
            said.popleft()
        while len(self._kept) > MOST_SPEAKERS:
            self._kept.popitem(last=False)

    def forget(self, cid: str) -> None:
        """The call is left."""
        for key in [key for key in self._kept if key[0] == cid]:
            del self._kept[key]

    def answer(self, question: ReplaySpeaker) -> SpeakerReplayed:
        """What they said last, as a WAV file."""
        said = self._kept.get((question.cid, question.user_id))
        if not said:
            return SpeakerReplayed(question.request_id, sentence=NOTHING if self._seconds else OFF)
        pcm = b"".join(piece for piece, _ in said)[-int(self._seconds * BYTES_A_SECOND) & ~1 :]
        return SpeakerReplayed(
            question.request_id,
            wav=_wav(pcm),
            seconds=round(len(pcm) / BYTES_A_SECOND, 1),
            until=said[-1][1],
        )


def _seconds(said: deque[tuple[bytes, float]]) -> float:
    return sum(len(piece) for piece, _ in said) / BYTES_A_SECOND


def _wav(pcm: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(pcm)
    return file.getvalue()
