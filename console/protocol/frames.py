"""Frames of calls: what the engine tells of them, and what the window asks about them."""

from typing import ClassVar

from console.domain.frames import SeenFrame, TrackKey
from console.domain.item import Picture
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class FramesSeen(Push, frozen=True, tag="frames_seen"):
    """The newest frame of each of these cameras and screens; ``gone``: those that show nothing."""

    merge = Merge("frames", key=lambda each: each.key, removed="gone")

    frames: tuple[SeenFrame, ...] = ()
    gone: tuple[TrackKey, ...] = ()
    whole: bool = False


class PicturesWithheld(Push, frozen=True, tag="pictures_withheld"):
    """Pictures that nobody may see any more, by their hashes."""

    merge = Merge("picture_ids")

    picture_ids: tuple[str, ...] = ()


class AskPicture(Ask, frozen=True, tag="ask_picture"):
    """The small JPEG of a picture."""

    picture_id: str


class PictureAnswer(Answer, frozen=True, tag="picture_answer", kw_only=True):
    """A small JPEG that this program made itself; none where there is a sentence."""

    asks = (AskPicture,)

    jpeg: bytes = b""


class AskAvatar(Ask, frozen=True, tag="ask_avatar"):
    """Which picture somebody in a call shows beside their name."""

    cid: str
    user_id: str


class AvatarAnswer(Answer, frozen=True, tag="avatar_answer", kw_only=True):
    """What was found in it; empty where they show none, or nobody looked at it."""

    asks = (AskAvatar,)

    picture: Picture = Picture()


class AskFreshFrame(Ask, frozen=True, tag="ask_fresh_frame"):
    """Take a frame of this camera or screen now; it comes like any other."""

    repeatable: ClassVar[bool] = False

    key: TrackKey


class FreshFrameAnswer(Answer, frozen=True, tag="fresh_frame_answer", kw_only=True):
    """Whether a frame will come; the sentence says why not."""

    asks = (AskFreshFrame,)
