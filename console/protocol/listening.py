"""Listening to calls on this machine: what the window asks, and what becomes of it."""

from msgspec import Struct

from console.domain.listening import ListeningOptions, ListeningRules
from console.domain.speech import SpeechPlugin
from console.protocol.ask import Answer, Ask
from console.protocol.media import Joining, MediaLoad
from console.protocol.push import Merge, Push


class SetListening(Struct, frozen=True, tag="set_listening", kw_only=True):
    """What to listen to from now on; told again to each engine.

    Attributes:
        chosen: cids that were chosen by hand.
    """

    chosen: tuple[str, ...] = ()
    rules: ListeningRules = ListeningRules()
    options: ListeningOptions = ListeningOptions()


class ListenedCall(Struct, frozen=True, kw_only=True):
    """A call that is listened to, or waits to be.

    Attributes:
        why: by hand or by which rule; see domain.listening.
        state: None while it waits, because enough others are hotter.
        since: unix seconds of that state.
        sentence: why it is not joined, where that needs saying.
    """

    cid: str
    why: str
    state: Joining | None = None
    since: float = 0.0
    sentence: str = ""


class ListeningTotals(Struct, frozen=True, kw_only=True):
    """What listening has done since the sign-in.

    Attributes:
        calls_joined: different calls. lines: final texts that were heard here.
        heard_s: seconds of sound that came in. spoken_s: those of them that are speech.
        speech_cpu_s: seconds of a processor that writing them down took.
        shed: stretches of speech that were left out because there was too much of them.
        hung: those that were given up because what writes them down did not answer.
        unreadable: pieces of sound that could not be read.
    """

    calls_joined: int = 0
    lines: int = 0
    heard_s: float = 0.0
    spoken_s: float = 0.0
    speech_cpu_s: float = 0.0
    shed: int = 0
    hung: int = 0
    unreadable: int = 0


class ListeningChanged(Push, frozen=True, tag="listening_changed", kw_only=True):
    """All that is listened to, and what it costs.

    Attributes:
        calls: all of them.
        hears_by: what writes it down. sentence, advice: why nothing does; empty where it does.
        by_plugin: a plugin is to write it down, to which the sound goes.
        load: the numbers of the media process; None while none runs.
        totals: what it did since the sign-in.
        seen_as: as whom the calls see this console.
    """

    calls: tuple[ListenedCall, ...] = ()
    hears_by: str = ""
    by_plugin: bool = False
    sentence: str = ""
    advice: str = ""
    load: MediaLoad | None = None
    totals: ListeningTotals = ListeningTotals()
    seen_as: str = ""


class PartialText(Struct, frozen=True):
    """What one person is saying. Hostile text."""

    cid: str
    user_id: str
    name: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """Who, and where."""
        return self.cid, self.user_id


class PartialHeard(Push, frozen=True, tag="partial_heard"):
    """What people are saying now, not complete; an empty text takes back what was told."""

    merge = Merge("spoken", key=lambda each: each.key)

    spoken: tuple[PartialText, ...] = ()


class AskReplay(Ask, frozen=True, tag="ask_replay"):
    """What somebody said last, as sound."""

    newest_only = True

    cid: str
    user_id: str


class ReplayAnswer(Answer, frozen=True, tag="replay_answer", kw_only=True):
    """A WAV file; ``until``: when it was said last (unix seconds)."""

    asks = (AskReplay,)

    wav: bytes = b""
    seconds: float = 0.0
    until: float = 0.0


class KeepPluginKey(Ask, frozen=True, tag="keep_plugin_key"):
    """The key for the service behind a speech plugin, for the system's keyring; "" forgets it."""

    plugin: str
    key: str

    def __repr__(self) -> str:  # so that no log or traceback shows the key
        return f"KeepPluginKey({self.plugin!r})"


class PluginKeyKept(Answer, frozen=True, tag="plugin_key_kept"):
    """It is kept; or the sentence says that it is for this session only."""

    asks = (KeepPluginKey,)


class AskPluginKey(Ask, frozen=True, tag="ask_plugin_key"):
    """Whether a key is kept for a plugin; nobody is told the key itself."""

    newest_only = True

    plugin: str


class PluginKeyKnown(Answer, frozen=True, tag="plugin_key_known"):
    """Whether there is one."""

    asks = (AskPluginKey,)

    known: bool = False


class TryPlugin(Ask, frozen=True, tag="try_plugin"):
    """Whether a speech plugin can be begun, with ``key`` or the one that is kept."""

    newest_only = True

    plugin: SpeechPlugin
    key: str = ""

    def __repr__(self) -> str:  # so that no log or traceback shows the key
        return f"TryPlugin({self.plugin.plugin!r})"


class PluginTried(Answer, frozen=True, tag="plugin_tried"):
    """It can; or the sentence says why not."""

    asks = (TryPlugin,)


ListeningToEngine = SetListening | AskReplay | KeepPluginKey | AskPluginKey | TryPlugin
ListeningToWindow = (
    ListeningChanged | PartialHeard | ReplayAnswer | PluginKeyKept | PluginKeyKnown | PluginTried
)
