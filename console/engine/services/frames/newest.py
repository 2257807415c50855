"""The newest frame of each camera and screen, and which of them need a verdict of their own."""

from collections import OrderedDict
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from console.base.recent_ids import RecentIds
from console.domain.frames import SeenFrame, TrackKey, says_otherwise
from console.domain.item import Picture, withheld
from console.domain.picture import look_alike
from console.engine.sources.frames import frame_id

MOST_TRACKS = 2_000
AGAIN_S = 60.0
"""What was raised and is still shown after so long is raised once more."""
QUIET_S = 30.0
"""So often at most a camera makes an item while only its picture changes: people move."""
STREAM_QUIET_S = 10.0
"""The same where Stream looks at what nobody finds here."""
ENTITY_S = 300.0
"""For so long the frames of one camera or screen are one entity at Stream."""
MOST_RAISED = 5_000
STANDS_S = 10.0
"""A frame that was judged stands for so long while the next one waits for its verdict."""


class NewestFrames:
    """Attributes:
    raised: the items of frames that a verdict raised.
    """

    def __init__(self, *, stream_looks: bool) -> None:
        """``stream_looks``: Stream judges each frame that looks different, too."""
        self._stream_looks = stream_looks
        self._frames: OrderedDict[TrackKey, SeenFrame] = OrderedDict()
        self._judged_at: dict[TrackKey, float] = {}
        """When the frame was taken whose verdict stands for the newest."""
        self._entities: dict[TrackKey, tuple[str, float]] = {}
        self._unjudged: OrderedDict[TrackKey, float] = OrderedDict()
        """Tracks of which only a frame without a verdict is shown, and when it was taken."""
        self.raised = RecentIds(MOST_RAISED)

    def needs_verdict(self, key: TrackKey, captured_at: float, picture: Picture) -> bool:
        """Whether a frame shows something else than the one before, or something raised goes on.

        Where Stream looks, too, whoever moves makes an item more often, but never each time.
        """
        before = self._frames.get(key)
        if before is None or says_otherwise(before.picture, picture):
            return True
        since = captured_at - self._judged_at[key]
        if not look_alike(before.picture.likeness, picture.likeness):
            return since >= (STREAM_QUIET_S if self._stream_looks else QUIET_S)
        return since >= AGAIN_S and before.item_id in self.raised

    def begin(
        self, key: TrackKey, name: str, captured_at: float, preview: bytes
    ) -> SeenFrame | None:
        """A frame that nobody has looked at yet, where there is none that says enough instead."""
        judged = self._frames.get(key)
        if judged is not None and captured_at - judged.captured_at < STANDS_S:
            return None
        before = self._unjudged.get(key)
        if before is not None and captured_at < before:
            return None
        self._unjudged[key] = captured_at
        if len(self._unjudged) > MOST_TRACKS:
            self._unjudged.popitem(last=False)
        return SeenFrame(
            key=key,
            name=name,
            captured_at=captured_at,
            picture=Picture(track=key.track),
            preview=preview,
        )

    def take(
        self, key: TrackKey, name: str, captured_at: float, picture: Picture
    ) -> SeenFrame | None:
        """A frame as the newest of its track; None where a later one is known."""
        before = self._frames.get(key)
        if before is not None and captured_at < before.captured_at:
            return None
        if before is None or self.needs_verdict(key, captured_at, picture):
            item_id = frame_id(key, captured_at)
            self._judged_at[key] = captured_at
        else:
            item_id = before.item_id
        seen = SeenFrame(
            key=key, name=name, captured_at=captured_at, item_id=item_id, picture=picture
        )
        self._frames[key] = seen
        self._unjudged.pop(key, None)
        self._frames.move_to_end(key)
        if len(self._frames) > MOST_TRACKS:
            self._forget(next(iter(self._frames)))
        return seen

    def entity_of(self, key: TrackKey, captured_at: float) -> str:
        """The item whose entity at Stream a frame belongs to, which may be its own."""
        entity_id, since = self._entities.get(key, ("", float("-inf")))
        if not since <= captured_at < since + ENTITY_S:
            entity_id = frame_id(key, captured_at)
            self._entities[key] = entity_id, captured_at
        return entity_id

    def withhold(self, picture_id: str) -> Iterator[SeenFrame]:
        """Frames that show a picture that nobody may see any more, without it."""
        for key, seen in self._frames.items():
            if seen.picture.picture_id == picture_id:
                self._frames[key] = replace(seen, picture=withheld(seen.picture))
                yield self._frames[key]

    def drop(self, over: Callable[[TrackKey], bool]) -> tuple[TrackKey, ...]:
        """Forget the tracks that are over; returns them."""
        gone = tuple(key for key in {**self._frames, **self._unjudged} if over(key))
        for key in gone:
            self._forget(key)
        return gone

    def _forget(self, key: TrackKey) -> None:
        self._frames.pop(key, None)
        self._judged_at.pop(key, None)
        self._entities.pop(key, None)
        self._unjudged.pop(key, None)
