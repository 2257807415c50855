"""Every setting of the window, declared once: type, default, values, and what the dialog says."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from console.domain.preset_times import wrong_with_times
from console.domain.speech import BASE, PLUGIN, TINY
from console.ui.widgets.folding import folded_words, holds


class Setting(Struct, frozen=True, kw_only=True):
    """One setting.

    Attributes:
        choices: the only values allowed, each with its words; empty when any of the type is. Of a
            list they are what it may hold.
        wrong: why a text that somebody typed cannot be a value, in one sentence; "" where it can.
        title, group, help: what the settings dialog says; without a title it is not shown there,
            because the window changes it where it belongs.
    """

    name: str
    kind: type
    default: Any
    choices: tuple[tuple[Any, str], ...] = ()
    wrong: Callable[[str], str] | None = None
    title: str = ""
    group: str = ""
    help: str = ""

    def fits(self, value: object) -> bool:
        """Whether ``value`` is one that this setting may have."""
        if type(value) is not self.kind:
            return False
        if self.wrong is not None and self.wrong(str(value)):
            return False
        known = dict(self.choices)
        if isinstance(value, list) and known:
            return all(each in known for each in value)
        return not known or value in known

    def words(self, value: object) -> str:
        """How the dialog calls ``value``."""
        if self.kind is bool:
            return "on" if value else "off"
        if isinstance(value, list):
            return ", ".join(words for each, words in self.choices if each in value) or "nothing"
        return next((words for each, words in self.choices if each == value), str(value))


LOOKS = "Looks"
LIVE = "Live calls"
ACTS = "Acts"
ALERTS = "Alerts"
START = "Start"
LISTENING = "Listening"


def times_of(kind: str) -> str:
    """The name of the setting with the preset times of that kind of act."""
    return f"times_{kind}"


def _times(kind: str, default: str, words: str) -> Setting:
    return Setting(
        name=times_of(kind),
        kind=str,
        default=default,
        wrong=wrong_with_times,
        title=f"Times of {words}",
        group=ACTS,
        help="What the form offers, with the digits as keys; with commas between them.",
    )


_WAYS = (("sound", "Sound"), ("attention", "Taskbar"), ("notification", "Notification"))


def _alert(severity: str, default: list[str], help_text: str) -> Setting:
    return Setting(
        name=f"alert_{severity}",
        kind=list,
        default=default,
        choices=_WAYS,
        title=f"Lines of {severity} severity",
        group=ALERTS,
        help=help_text,
    )


ALERT_SETTINGS = {f"alert_{each}": each for each in ("critical", "high", "medium", "low")}
"""The settings that say how lines of each severity alert."""

_TABLE = (
    Setting(
        name="theme",
        kind=str,
        default="system",
        choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
        title="Colours",
        group=LOOKS,
        help="Light, dark, or whichever the system uses at the moment.",
    ),
    Setting(
        name="text_size",
        kind=int,
        default=100,
        choices=((90, "90 %"), (100, "100 %"), (115, "115 %"), (130, "130 %"), (150, "150 %")),
        title="Size of text",
        group=LOOKS,
        help="Compared with the system's own size. Takes effect at the next start.",
    ),
    Setting(
        name="frames_blur",
        kind=str,
        default="strong",
        choices=(
            ("strong", "Strongly"),
            ("medium", "Somewhat"),
            ("light", "A little"),
            ("none", "Not at all"),
        ),
        title="Blur pictures",
        group=LOOKS,
        help="Frames and pictures are blurred until you hold Space or the mouse button on them.",
    ),
    Setting(
        name="frames_grey",
        kind=bool,
        default=False,
        title="Pictures in grey",
        group=LOOKS,
        help="Blurred pictures have no colours either, which is easier to bear.",
    ),
    Setting(
        name="calls_sort",
        kind=str,
        default="heat",
        choices=(
            ("heat", "Hottest"),
            ("flags", "Open items"),
            ("people", "People"),
            ("name", "Name"),
        ),
        title="Order of calls",
        group=LIVE,
        help="Which calls stand on top of the list. Pinned calls come before all others.",
    ),
    Setting(
        name="wall_tiles",
        kind=str,
        default="fit",
        choices=(
            ("fit", "As large as all fit"),
            ("large", "Large tiles"),
            ("small", "Small tiles"),
        ),
        title="Tiles of the wall",
        group=LIVE,
        help="Small tiles show twice as many calls at once, with shorter words.",
    ),
    Setting(
        name="show_notices",
        kind=bool,
        default=True,
        title="Joins and leaves in the transcript",
        group=LIVE,
        help="Shows who came and who went between the lines. Acts and gaps are shown always.",
    ),
    Setting(
        name="hold_s",
        kind=int,
        default=0,
        choices=((0, "None"), *((each, f"{each} s") for each in range(1, 6))),
        title="Hold before an act without undo",
        group=ACTS,
        help="A kick, or the end of a call, waits so long after it was confirmed; Esc stops it.",
    ),
    Setting(
        name="queue_reasons",
        kind=str,
        default="app",
        choices=(
            ("app", "Where the app wants one"),
            ("severe", "For severe decisions too"),
            ("all", "For every decision"),
        ),
        title="Reasons in the review queue",
        group=ACTS,
        help="Which decisions about items ask for a reason before they are done.",
    ),
    _times("keep_muted", "10 min, 1 h, for good", "keeping muted"),
    _times("block_for", "10 min, 1 h, 24 h, 7 days, for good", "blocks"),
    _times("ban", "10 min, 1 h, 24 h, 7 days, for good", "bans"),
    _times("chat_ban", "10 min, 1 h, 24 h, 7 days, for good", "bans from a chat"),
    _times("chat_shadow_ban", "1 h, 24 h, 7 days, for good", "shadow bans in a chat"),
    Setting(name="times_chosen", kind=dict, default={}),
    _alert(
        "critical",
        ["sound", "attention", "notification"],
        "How a critical line reaches you where you do not look at its call. It is never held back."
        " For single labels, rules and calls, and to snooze: View, Alerts.",
    ),
    _alert("high", ["attention", "notification"], "The same for lines of high severity."),
    _alert("medium", [], "The same for lines of medium severity."),
    _alert("low", [], "The same for lines of low severity."),
    Setting(
        name="alert_watched",
        kind=list,
        default=["notification"],
        choices=_WAYS,
        title="New hits of watched searches",
        group=ALERTS,
        help="How they reach you where you do not look at this program. The rail counts them.",
    ),
    Setting(
        name="alerts_a_minute",
        kind=int,
        default=6,
        choices=((3, "3"), (6, "6"), (12, "12"), (30, "30")),
        title="Alerts a minute",
        group=ALERTS,
        help="More are held back and counted; critical ones never are.",
    ),
    Setting(
        name="announce_from",
        kind=str,
        default="medium",
        choices=(
            ("low", "All"),
            ("medium", "Medium"),
            ("high", "High"),
            ("critical", "Critical"),
        ),
        title="Screen readers say raised lines from",
        group=ALERTS,
        help="Acts that ended and lost connections are always said.",
    ),
    Setting(name="alert_rows", kind=dict, default={}),
    Setting(
        name="listen_uncaptioned",
        kind=int,
        default=0,
        choices=((0, "None"), (1, "1"), (2, "2"), (5, "5"), (10, "10")),
        title="Listen to calls without captions",
        group=LISTENING,
        help="At most so many, by themselves, the hottest first. Everybody in such a call sees you"
        " as a participant, and each takes about a tenth of a processor while somebody talks.",
    ),
    Setting(
        name="listen_hot",
        kind=int,
        default=0,
        choices=((0, "Never"), (4, "Hot (4)"), (12, "Burning (12)")),
        title="Listen to calls as hot as",
        group=LISTENING,
        help="By itself, also where there are captions; with the same cost, and the call sees you.",
    ),
    Setting(
        name="listen_hot_calls",
        kind=int,
        default=3,
        choices=((1, "1"), (3, "3"), (5, "5"), (10, "10")),
        title="Hot calls at most",
        group=LISTENING,
        help="So many calls are listened to because they are hot.",
    ),
    Setting(
        name="listen_at_once",
        kind=int,
        default=8,
        choices=((2, "2"), (4, "4"), (8, "8"), (16, "16")),
        title="Calls at once",
        group=LISTENING,
        help="Those chosen by hand come first; the others wait, by heat. A processor carries about"
        " eight busy calls.",
    ),
    Setting(
        name="listen_model",
        kind=str,
        default=TINY,
        choices=((TINY, "Fast, English"), (BASE, "Better, many languages"), (PLUGIN, "A plugin")),
        title="What writes speech down",
        group=LISTENING,
        help="Whisper on this machine: tiny.en, or base, which takes twice the processor. Or a"
        " plugin such as Deepgram's, which “Speech plugin…” in the menu View sets up: to that one"
        " the sound goes.",
    ),
    Setting(name="listen_plugin_python", kind=str, default=""),
    Setting(name="listen_plugin", kind=str, default=""),
    Setting(name="listen_plugin_options", kind=str, default=""),
    Setting(
        name="listen_replay",
        kind=bool,
        default=True,
        title="Keep the last half minute",
        group=LISTENING,
        help="Of each speaker, in memory only, so that you can hear it again.",
    ),
    Setting(
        name="frames_camera_s",
        kind=int,
        default=10,
        choices=((0, "Never"), (5, "Every 5 s"), (10, "Every 10 s"), (30, "Every 30 s")),
        title="Look at cameras of such calls",
        group=LISTENING,
        help="Of calls that are listened to. A look takes a fifth to a half of a second of a"
        " processor; what shows the same as before is not judged again.",
    ),
    Setting(
        name="frames_screen_s",
        kind=int,
        default=5,
        choices=((0, "Never"), (2, "Every 2 s"), (5, "Every 5 s"), (15, "Every 15 s")),
        title="Look at screens of such calls",
        group=LISTENING,
        help="Words and QR codes on a shared screen are read and judged like anything said.",
    ),
    Setting(name="listen_told", kind=bool, default=False),
    Setting(name="profile", kind=str, default=""),
    Setting(
        name="sign_in_at_start",
        kind=bool,
        default=True,
        title="Sign in at the start",
        group=START,
        help="With the profile that was used last, if the system's keyring has its secret.",
    ),
    Setting(name="pinned_calls", kind=list, default=[]),
    Setting(name="wall_views", kind=list, default=[]),
    Setting(name="window_geometry", kind=str, default=""),
    Setting(name="layouts", kind=dict, default={}),
    Setting(name="call_geometry", kind=str, default=""),
    Setting(name="lab_recent", kind=list, default=[]),
    Setting(name="lab_geometry", kind=str, default=""),
)

SETTINGS: Mapping[str, Setting] = {setting.name: setting for setting in _TABLE}


def matching(typed: str) -> list[Setting]:
    """The settings of the dialog that have every word of ``typed`` in what is said of them."""
    words = folded_words(typed)
    return [setting for setting in _TABLE if setting.title and holds(_said_of(setting), words)]


def _said_of(setting: Setting) -> str:
    values = " ".join(words for _, words in setting.choices)
    return f"{setting.name} {setting.group} {setting.title} {setting.help} {values}"
