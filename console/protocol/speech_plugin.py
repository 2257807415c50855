"""What a speech plugin's process and the media process tell each other, one JSON message a line.

The page docs/SPEECH_PLUGINS.md has the whole protocol, for those who write a plugin.
"""

from msgspec import Struct

VERSION = 1
MAX_PLUGIN_LINE = 256 * 1024
"""Bytes of one line of a plugin; what it tells are short texts."""
MAX_TEXT = 5_000
MAX_WORD = 100


class Hello(Struct, frozen=True, tag="hello", kw_only=True):
    """The first message to a plugin; it answers with PluginReady or PluginRefused.

    Attributes:
        plugin: see domain.speech.SpeechPlugin. options: what it is made with.
        key: for the service behind it; "" where it needs none.
    """

    version: int = VERSION
    plugin: str
    key: str = ""
    options: dict[str, str] = {}

    def __repr__(self) -> str:  # so that no log or traceback shows the key
        return f"Hello({self.plugin!r})"


class Sound(Struct, frozen=True, tag="sound"):
    """What a speaker said: mono, 16 bits, 16 kHz, at most a second of it.

    A speaker is a number; a plugin needs to know no more of people.
    """

    speaker: int
    pcm: bytes


class Pause(Struct, frozen=True, tag="pause"):
    """The speaker stopped talking; what they said is to be made final."""

    speaker: int


class Gone(Struct, frozen=True, tag="gone"):
    """No more sound comes of this speaker."""

    speaker: int


class Ping(Struct, frozen=True, tag="ping"):
    """Wants a Pong with the same number at once."""

    number: int


ToPlugin = Hello | Sound | Pause | Gone | Ping


class PluginReady(Struct, frozen=True, tag="ready", kw_only=True):
    """The plugin can be fed. ``name``: of what writes it down, for people."""

    version: int
    name: str


class PluginRefused(Struct, frozen=True, tag="refused", kw_only=True):
    """The plugin cannot work as it is; nothing is tried again. ``sentence`` says why."""

    sentence: str
    advice: str = ""


class PluginText(Struct, frozen=True, tag="text", kw_only=True):
    """What a speaker said. Hostile text.

    Attributes:
        final: no later text of it comes; until then each text takes the place of the one before.
        confidence: from 0 to 1; below 0 where there is none.
        language: a code such as ``en``; empty where it is not known.
    """

    speaker: int
    text: str
    final: bool
    confidence: float = -1.0
    language: str = ""


class PluginLost(Struct, frozen=True, tag="lost", kw_only=True):
    """What this speaker said last cannot be written down; later sound may be."""

    speaker: int
    sentence: str


class Pong(Struct, frozen=True, tag="pong"):
    """Answers a Ping."""

    number: int


FromPlugin = PluginReady | PluginRefused | PluginText | PluginLost | Pong
