"""Who is heard through a speech plugin, by number, and what of theirs has no text yet. Pure."""

import itertools
from collections.abc import Iterator

from msgspec import Struct

from console.domain.speech import Speaker

MOST_TALKING = 24
"""People whose speech a plugin gets at once: a connection of its own for each, and costs."""
FORGET_S = 30.0
"""So long after a speaker is gone, texts of theirs may still come."""
MOST_STRETCHES = 50


class Stretch(Struct, frozen=True):
    """Speech that was given to the plugin, from ``start`` to ``end`` (unix seconds).

    ``ended_at`` is monotonic.
    """

    start: float
    end: float
    seconds: float
    ended_at: float


class Voice:
    """One speaker.

    Attributes:
        number: what the plugin knows them by.
        talking: since a stretch began. given: some of it went to the plugin.
        why_lost: why the rest of this stretch is not written down; "" where it is.
        partial: what was told of an utterance that is not complete.
        utterance: counts texts that became final.
        gone_at: since when no sound can come; 0.0 while it can.
    """

    def __init__(self, speaker: Speaker, number: int) -> None:
        self.speaker = speaker
        self.number = number
        self.talking = self.given = False
        self.why_lost = ""
        self.partial = ""
        self.utterance = 0
        self.gone_at = 0.0
        self._began = self._until = 0.0
        self._stretches: list[Stretch] = []

    @property
    def waiting(self) -> int:
        """Stretches without a text."""
        return len(self._stretches)

    def begin(self, at: float) -> None:
        """They begin to talk."""
        self.talking, self.given, self.why_lost = True, False, ""
        self._began, self.gone_at = at, 0.0

    def end(self, at: float, seconds: float, now: float) -> str:
        """They stopped; returns why that is lost, or "" where the plugin has it."""
        self.talking = False
        self._until = at
        if self.why_lost:
            return self.why_lost
        self._stretches.append(Stretch(self._began, at, seconds, now))
        del self._stretches[:-MOST_STRETCHES]
        return ""

    def forget_last(self) -> None:
        """The last stretch was no speech."""
        if self._stretches and self._stretches[-1].end == self._until:
            self._stretches.pop()

    def said(self, now: float) -> tuple[float, float]:
        """From when to when a text is that comes now, as far as that can be known.

        A plugin does not say; it is all that was said since its last final text.
        """
        if self._stretches:
            return self._stretches[0].start, now if self.talking else self._stretches[-1].end
        if self.talking:
            return self._began, now
        return min(self._began, self._until), self._until

    def answered(self, until: float) -> None:
        """A text became final; what comes was said after ``until`` (unix seconds)."""
        self.partial = ""
        self.utterance += 1
        self._stretches.clear()
        if self.talking:
            self._began = until

    def give_up_running(self, now: float) -> Stretch | None:
        """What they are saying is lost up to now (unix seconds), if the plugin had it."""
        if not (self.talking and self.given):
            return None
        began, self._began = self._began, now
        return Stretch(began, now, max(0.0, now - began), 0.0)

    def give_up(self, ended_before: float = float("inf")) -> list[Stretch]:
        """Wait no longer for texts of what ended before (monotonic)."""
        late = [each for each in self._stretches if each.ended_at < ended_before]
        self._stretches = [each for each in self._stretches if each.ended_at >= ended_before]
        return late


class Voices:
    """``heats``: how hot calls are, by cid."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._by_speaker: dict[Speaker, Voice] = {}
        self._by_number: dict[int, Voice] = {}
        self.heats: dict[str, float] = {}

    @property
    def waiting(self) -> int:
        """Stretches of all speakers that have no text yet."""
        return sum(voice.waiting for voice in self._by_speaker.values())

    def all(self) -> Iterator[Voice]:
        """Everybody."""
        return iter(tuple(self._by_speaker.values()))

    def find(self, speaker: Speaker) -> Voice | None:
        """The voice of a speaker who has talked."""
        return self._by_speaker.get(speaker)

    def numbered(self, number: int) -> Voice | None:
        """The voice that the plugin knows by this number."""
        return self._by_number.get(number)

    def of(self, speaker: Speaker) -> Voice:
        """The voice of a speaker, made where they have not talked before."""
        voice = self._by_speaker.get(speaker)
        if voice is None:
            voice = self._by_speaker[speaker] = Voice(speaker, next(self._numbers))
            self._by_number[voice.number] = voice
        return voice

    def give_way(self, begun: Voice) -> Voice | None:
        """Who is not heard because ``begun`` talks too: of the coldest call; None for few."""
        talking = [each for each in self._by_speaker.values() if each.talking and not each.why_lost]
        if len(talking) <= MOST_TALKING:
            return None

        def rank(voice: Voice) -> tuple[float, bool]:
            return self.heats.get(voice.speaker.cid, 0.0), voice is not begun

        return min(talking, key=rank)

    def forget(self, now: float) -> list[int]:
        """The numbers of those who are gone and forgotten now (monotonic)."""
        gone = [v for v in self._by_speaker.values() if v.gone_at and now - v.gone_at > FORGET_S]
        for voice in gone:
            del self._by_speaker[voice.speaker]
            del self._by_number[voice.number]
        return [voice.number for voice in gone]

    def renumber(self) -> None:
        """Another process knows nobody, and the texts of the one before concern nobody."""
        self._by_number.clear()
        for voice in self._by_speaker.values():
            voice.number = next(self._numbers)
            self._by_number[voice.number] = voice
