"""In which language each of a row of lines is, with what its speaker spoke before.

Holds one language for each of a bounded number of speakers.
"""

from collections import OrderedDict

from console.domain.spoken_language import (
    KnownBy,
    LanguageIdentifier,
    Spoken,
    identified,
    plain_language,
)

MAX_SPEAKERS = 20_000


class SpokenLanguages:
    """Asked for lines in the order in which they were said; not safe in several threads at once."""

    def __init__(self, identifier: LanguageIdentifier, most_speakers: int = MAX_SPEAKERS) -> None:
        self._identifier = identifier
        self._most = most_speakers
        self._spoke: OrderedDict[str, str] = OrderedDict()

    def of(self, text: str, stated: str = "", speaker: str = "") -> Spoken:
        """The language of ``text``. ``speaker`` has to differ between calls; empty for nobody."""
        earlier = self._spoke.get(speaker, "") if speaker else ""
        spoken = identified(text, stated, self._identifier, earlier)
        language = plain_language(spoken.language)
        if speaker and language and spoken.by is not KnownBy.SPEAKER:
            self._spoke[speaker] = language
            self._spoke.move_to_end(speaker)
            if len(self._spoke) > self._most:
                self._spoke.popitem(last=False)
        return spoken
