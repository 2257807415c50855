"""Speech as text: who speaks, what a model writes down, and which models there are."""

from typing import Protocol

from msgspec import Struct

SAMPLE_RATE = 16_000
"""Of all sound that is written down: mono, 16 bits."""
BYTES_A_SECOND = SAMPLE_RATE * 2
CHUNK_BYTES = 1_024
CHUNK_S = CHUNK_BYTES / BYTES_A_SECOND
"""What a voice detector looks at: 32 ms."""

TINY = "whisper-tiny.en"
BASE = "whisper-base"
PLUGIN = "plugin"
"""In place of a model's name: a plugin process writes it down; see SpeechPlugin."""


OWN = "Whisper"
"""How the names of models begin that run in this program."""


def by_plugin(heard_by: str) -> bool:
    """Whether a plugin wrote it down, and not a model that runs in this program."""
    return bool(heard_by) and not heard_by.startswith(OWN)


class Speaker(Struct, frozen=True, kw_only=True):
    """Whose microphone it is: one device of one person in a call. ``name`` is hostile text."""

    cid: str
    user_id: str
    user_session_id: str
    name: str


class Written(Struct, frozen=True, kw_only=True):
    """What a model wrote down. Hostile text.

    Attributes:
        confidence: from 0 to 1; below 0 where the model gives none.
        language: a code such as ``en``; empty where it is not known.
        cpu_s: seconds of a processor that it took, with what else this process did meanwhile.
        repeated: it repeated itself and was cut.
    """

    text: str
    confidence: float = -1.0
    language: str = ""
    cpu_s: float = 0.0
    repeated: bool = False


class SpeechModel(Protocol):
    """Writes speech down. One segment at a time in each thread."""

    @property
    def name(self) -> str:
        """For people."""

    def write_down(self, pcm: bytes) -> Written:
        """The words of one segment: mono, 16 bits, SAMPLE_RATE."""


class VoiceDetector(Protocol):
    """Whether somebody speaks. It remembers what it heard: one for each speaker."""

    def voiced(self, chunk: bytes) -> float:
        """The chance, from 0 to 1, that this chunk of CHUNK_BYTES holds speech."""


class SpeechPlugin(Struct, frozen=True, kw_only=True):
    """A plugin that writes speech down in a process with an interpreter of its own.

    Attributes:
        interpreter: the Python of the environment that the plugin is installed in.
        plugin: a ``vision_agents`` plugin such as ``deepgram``, or ``package.module:Class``, or
            ``/path/of/file.py:Class``.
        options: what the plugin is made with, as it names that itself.
    """

    interpreter: str = ""
    plugin: str = ""
    options: dict[str, str] = {}
