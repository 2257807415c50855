"""What the engine asks of the media process, and what that one tells.

The media process joins calls, hears, and looks at pictures. What it tells is made of hostile media:
texts are hostile text, and times are unix seconds of this machine's clock.
"""

from enum import StrEnum

from msgspec import Struct

from console.domain.frames import TrackKey
from console.domain.speech import SpeechPlugin
from console.protocol.ask import Answer, Ask

SPEECH_HUNG = 70
"""The code with which a media process ends because its speech model never comes back."""


class Begin(Struct, frozen=True, tag="begin", kw_only=True):
    """The first order to each media process; a later one changes what it says.

    Attributes:
        speech: the registered name of the speech model.
        replay_s: seconds of each speaker that are kept in memory for replay; 0 for none.
        workers: how many segments are written down at once.
        plugin: what writes speech down where ``speech`` says that a plugin does.
        plugin_key: the key it gets, through its pipe only.
    """

    speech: str
    replay_s: float = 30.0
    workers: int = 1
    plugin: SpeechPlugin = SpeechPlugin()
    plugin_key: str = ""

    def __repr__(self) -> str:  # so that no log or traceback shows a key
        return f"Begin({self.speech!r})"


class Join(Struct, frozen=True, tag="join", kw_only=True):
    """Join a call, or go on there with these wishes. ``hear``: write down what is said.

    Attributes:
        token: of the user who joins; ``user_id`` is whom the call sees.
        heat: whose speech is written down first where there is too much of it: the hottest.
    """

    cid: str
    api_key: str
    user_id: str
    token: str
    base_url: str
    ws_url: str
    hear: bool = True
    heat: float = 0.0

    def __repr__(self) -> str:  # so that no log or traceback shows a token
        return f"Join({self.cid!r}, hear={self.hear})"


class Leave(Struct, frozen=True, tag="leave"):
    """Leave a call."""

    cid: str


class Heats(Struct, frozen=True, tag="heats"):
    """How hot the joined calls are now, by cid."""

    heats: dict[str, float]


class Sample(Struct, frozen=True, tag="sample"):
    """Take a frame of each camera and screen of a joined call every so many seconds; 0: none."""

    cid: str
    camera_s: float = 0.0
    screen_s: float = 0.0


class SampleNow(Struct, frozen=True, tag="sample_now"):
    """Take a frame of this camera or screen of a joined call at once."""

    key: TrackKey


class LookAt(Ask, frozen=True, tag="look_at"):
    """Look at a picture, given as the bytes of its file; ``preview``: tell PicturePreview first."""

    picture: bytes
    preview: bool = False


class ReplaySpeaker(Ask, frozen=True, tag="replay_speaker"):
    """What a speaker of a joined call said last, as sound."""

    cid: str
    user_id: str


class BeginPlugin(Ask, frozen=True, tag="begin_plugin", kw_only=True):
    """Whether a speech plugin can be begun; it is ended at once, and gets no sound."""

    plugin: SpeechPlugin
    plugin_key: str = ""

    def __repr__(self) -> str:  # so that no log or traceback shows the key
        return f"BeginPlugin({self.plugin.plugin!r})"


ToMedia = Begin | Join | Leave | Heats | Sample | SampleNow | LookAt | ReplaySpeaker | BeginPlugin


class Ready(Struct, frozen=True, tag="ready"):
    """The first message of a media process: what it can do.

    Attributes:
        joins: why it cannot join calls; empty where it can.
        looks: why it cannot look at pictures; empty where it can.
    """

    pid: int
    joins: str = ""
    looks: str = ""


class Speech(Struct, frozen=True, tag="speech"):
    """Whether speech can be written down. ``sentence``: why not; empty where it can.

    Attributes:
        name: what writes it down, for people.
    """

    name: str
    sentence: str = ""
    advice: str = ""


class Joining(StrEnum):
    """How far a call is joined."""

    JOINING = "joining"
    JOINED = "joined"
    AGAIN = "again"
    """The connection broke; it is being joined again."""
    LEFT = "left"
    FAILED = "failed"


class JoinState(Struct, frozen=True, tag="join_state"):
    """How far a call is joined, since when; ``sentence`` says why where that needs saying."""

    cid: str
    state: Joining
    at: float
    sentence: str = ""


class SpeechHeard(Struct, frozen=True, tag="speech_heard", kw_only=True):
    """What somebody said.

    Attributes:
        utterance_id: a later text of the same utterance has the same; unique to this process.
        final: no later text comes.
        confidence: from 0 to 1; below 0 where what heard it gives none.
        heard_by: what wrote it down, for people.
        cpu_s: seconds of a processor that it took.
    """

    utterance_id: str
    cid: str
    user_id: str
    user_session_id: str
    name: str
    text: str
    start: float
    end: float
    final: bool
    confidence: float = -1.0
    language: str = ""
    heard_by: str = ""
    cpu_s: float = 0.0


class FrameBegun(Struct, frozen=True, tag="frame_begun"):
    """A frame that will be looked at; ``preview`` is a JPEG of too few pixels to make it out."""

    key: TrackKey
    captured_at: float
    preview: bytes


class PicturePreview(Struct, frozen=True, tag="picture_preview"):
    """The same of the picture of a question."""

    request_id: str
    preview: bytes


class NotWritten(Struct, frozen=True, tag="not_written", kw_only=True):
    """Speech that was heard and not written down; one message for what belongs together.

    Attributes:
        names: whose, for people; hostile text, the first of them where they are many.
        speakers: of how many people.
        since, until: unix seconds. seconds: how much speech there was in between; 0.0 where that
            is not known.
        why: the end of a sentence, without a full stop.
    """

    cid: str
    names: tuple[str, ...]
    speakers: int
    since: float
    until: float
    seconds: float
    why: str


class FrameTaken(Struct, frozen=True, tag="frame_taken", kw_only=True):
    """A frame of a joined call. ``track``: ``video`` or ``screenshare``. ``jpeg`` is small."""

    cid: str
    user_id: str
    user_session_id: str
    track: str
    captured_at: float
    width: int
    height: int
    jpeg: bytes
    labels: tuple[tuple[str, float], ...] = ()
    text: str = ""
    qr: tuple[str, ...] = ()
    likeness: str = ""


class PictureSeen(Answer, frozen=True, tag="picture_seen", kw_only=True):
    """What a picture shows. ``jpeg``: a small one of it."""

    asks = (LookAt,)

    labels: tuple[tuple[str, float], ...] = ()
    text: str = ""
    qr: tuple[str, ...] = ()
    likeness: str = ""
    jpeg: bytes = b""
    width: int = 0
    height: int = 0


class SpeakerReplayed(Answer, frozen=True, tag="speaker_replayed", kw_only=True):
    """A WAV file with what the speaker said last; until when (unix seconds)."""

    asks = (ReplaySpeaker,)

    wav: bytes = b""
    seconds: float = 0.0
    until: float = 0.0


class MediaLoad(Struct, frozen=True, tag="media_load", kw_only=True):
    """The numbers of a media process, once a second; counted since it began.

    Attributes:
        cpu: processors in use since the message before (1.0: one whole).
        speech_cpu_s: seconds of a processor that writing down took.
        heard_s: seconds of sound that came in. spoken_s: those of them that are speech.
        talking: people who talk now. waiting: segments that wait.
        lines: final texts. shed: segments that were left out because there was too much of them.
        repeats: texts that were cut because they repeated themselves.
        hung: segments given up because what writes them down did not answer.
        silent: microphones that are on now and bring nothing but silence.
        unreadable: pieces of sound that could not be read.
        frames: pictures that were looked at, frames of joined calls among them.
        frames_unreadable: those that are broken, too large or no pictures.
        frames_shed: those that were left out because there were too many.
        look_cpu_s: seconds of a processor that looking took.
        late_ms: from the end of a segment to its final text, the latest.
    """

    at: float
    calls: int = 0
    cpu: float = 0.0
    rss_mb: float = 0.0
    speech_cpu_s: float = 0.0
    heard_s: float = 0.0
    spoken_s: float = 0.0
    talking: int = 0
    waiting: int = 0
    lines: int = 0
    shed: int = 0
    repeats: int = 0
    hung: int = 0
    silent: int = 0
    unreadable: int = 0
    frames: int = 0
    frames_unreadable: int = 0
    frames_shed: int = 0
    look_cpu_s: float = 0.0
    late_ms: float = 0.0


class MediaProblem(Struct, frozen=True, tag="media_problem"):
    """Something that did not stop the rest.

    Attributes:
        cid: empty where it concerns no one call. user_id: whose sound or pictures; empty for all.
    """

    place: str
    sentence: str
    cid: str = ""
    user_id: str = ""


class PluginBegun(Answer, frozen=True, tag="plugin_begun", kw_only=True):
    """It was ready, or the sentence says why not."""

    asks = (BeginPlugin,)


FromMedia = (
    Ready
    | Speech
    | JoinState
    | SpeechHeard
    | FrameBegun
    | PicturePreview
    | NotWritten
    | FrameTaken
    | PictureSeen
    | SpeakerReplayed
    | PluginBegun
    | MediaLoad
    | MediaProblem
)
