"""Which of a person's tracks with pictures is their camera, and which their screen. Pure."""

from collections.abc import Collection

from console.domain.picture import SCREEN, VIDEO


class TrackKinds:
    """Of one stay in a call, by the session of each person.

    getstream_rtc 0.1.0 knows the type of a track only where the media server writes it as a
    number; the browser's client wants a name there, so a screen comes as video (?).
    """

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {}

    def kind_of(
        self, session_id: str, said: str, published: Collection[str], wanted: Collection[str]
    ) -> str:
        """What a new track is.

        Args:
            said: what the client takes it for.
            published: what this person shows, of VIDEO and SCREEN. wanted: what was asked for.
        """
        known = self._known.setdefault(session_id, set())
        if said == VIDEO:
            # A camera comes before a screen where both are new at once.
            possible = [each for each in (VIDEO, SCREEN) if each in published and each in wanted]
            fresh = [each for each in possible if each not in known]
            said = next(iter(fresh or possible), said)
        known.add(said)
        return said

    def ended(self, session_id: str, kind: str) -> None:
        """A track is over; the next of its kind is another."""
        self._known.get(session_id, set()).discard(kind)
