"""What the settings of a call let people send, and ask for (STREAM.md 5.3, 5.4).

Stream has no switch for the microphones of a call; those are taken (``suspension``).
"""

from typing import Any, NamedTuple

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Call, Permission

CAMERAS_ON, CAMERAS_OFF = "cameras_on", "cameras_off"
SCREENS_ON, SCREENS_OFF = "screens_on", "screens_off"


class Setting(NamedTuple):
    """One switch of a call's settings.

    Attributes:
        permission: what it is about.
        group, field: where it stands in Stream's settings.
    """

    permission: str
    group: str
    field: str

    def of(self, call: Call) -> bool:
        """Whether it is on in a call."""
        on = call.allowed if self.field == "enabled" else call.may_be_asked
        return self.permission in on


_CAMERAS = Setting(Permission.SEND_VIDEO, "video", "enabled")
_SCREENS = Setting(Permission.SCREENSHARE, "screensharing", "enabled")
_ASKED = "access_request_enabled"
_ASK_MICROPHONE = Setting(Permission.SEND_AUDIO, "audio", _ASKED)
_ASK_CAMERA = Setting(Permission.SEND_VIDEO, "video", _ASKED)
_ASK_SCREEN = Setting(Permission.SCREENSHARE, "screensharing", _ASKED)

SWITCHES: dict[str, tuple[Setting, bool]] = {
    CAMERAS_OFF: (_CAMERAS, False),
    CAMERAS_ON: (_CAMERAS, True),
    SCREENS_OFF: (_SCREENS, False),
    SCREENS_ON: (_SCREENS, True),
    "microphone_requests_off": (_ASK_MICROPHONE, False),
    "microphone_requests_on": (_ASK_MICROPHONE, True),
    "camera_requests_off": (_ASK_CAMERA, False),
    "camera_requests_on": (_ASK_CAMERA, True),
    "screen_requests_off": (_ASK_SCREEN, False),
    "screen_requests_on": (_ASK_SCREEN, True),
}
"""What each kind of act sets, and to what."""

REQUESTS: dict[str, tuple[str, str]] = {
    Permission.SEND_AUDIO: ("microphone_requests_off", "microphone_requests_on"),
    Permission.SEND_VIDEO: ("camera_requests_off", "camera_requests_on"),
    Permission.SCREENSHARE: ("screen_requests_off", "screen_requests_on"),
}
"""The acts that forbid and allow to ask for a permission."""


def _refusal(spec: ActSpec, call: Call) -> str:
    setting, wanted = SWITCHES[spec.kind]
    if setting.of(call) is not wanted:
        return ""
    return "It is so already."


def _switch(kind: str, **own: Any) -> ActSpec:
    back = f"{kind.rpartition('_')[0]}_{'off' if kind.endswith('_on') else 'on'}"
    return ActSpec(
        kind=kind,
        scope=Scope.CALL,
        capability="update-call-settings",
        of_people=False,
        call_refusal=_refusal,
        undo=back,
        reversal=Reversal.PARTLY if kind.endswith("s_off") else Reversal.EXACT,
        **own,
    )


def _requests(what: str, kind: str) -> tuple[ActSpec, ActSpec]:
    return (
        _switch(
            f"{kind}_requests_off",
            label=f"No requests for the {what}",
            done=f"forbade to ask for the {what}",
            consequence=f"Nobody can ask for the {what} any more; who may use it keeps it.",
        ),
        _switch(
            f"{kind}_requests_on",
            label=f"Requests for the {what}",
            done=f"let people ask for the {what}",
            consequence=f"Who may not use the {what} can ask for it.",
        ),
    )


ACTS = (
    _switch(
        CAMERAS_OFF,
        label="Cameras off",
        done="turned the cameras off",
        consequence="Nobody can send a camera in this call until cameras are on again.",
        weight=Weight.ARMED,
        severe=True,
    ),
    _switch(
        CAMERAS_ON,
        label="Cameras on",
        done="turned the cameras on",
        consequence="Whoever's role may send a camera can do so again.",
    ),
    _switch(
        SCREENS_OFF,
        label="Screen shares off",
        done="turned screen shares off",
        consequence="Nobody can share a screen in this call until it is on again.",
        weight=Weight.ARMED,
        severe=True,
    ),
    _switch(
        SCREENS_ON,
        label="Screen shares on",
        done="turned screen shares on",
        consequence="Whoever's role may share a screen can do so again.",
    ),
    *_requests("microphone", "microphone"),
    *_requests("camera", "camera"),
    *_requests("screen share", "screen"),
)
