"""Switches in the settings of a call, each a change of the call."""

from typing import Any, ClassVar

from console.domain.act import Act
from console.domain.acts.call_settings import ACTS, SWITCHES
from console.domain.call import Permission
from console.engine.acts.families.family import NOBODY, ActRequest, Family, Look, People, RepeatRule
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.call_settings import Settings
from console.engine.wire.decode import read_call
from console.engine.wire.events import CallUpdated, Event
from console.engine.wire.paths import call_path


class CallSettings(Family):
    """Settings of one call; those of its type stay as they are (STREAM.md 5.4)."""

    acts = ACTS
    proofs: ClassVar = {spec.kind: (CallUpdated,) for spec in acts}
    repeat: ClassVar = RepeatRule(
        harm="A setting that a colleague changed back is changed once more.",
        looked_at="the settings of the call say so",
        not_done="the settings are unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the settings of the call do not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        setting, wanted = SWITCHES[act.kind]
        group: dict[str, Any] = {setting.field: wanted}
        if setting.permission == Permission.SEND_AUDIO:
            # Stream takes no settings of the audio without it.
            group["default_device"] = act.audio_device
        body = {"settings_override": {setting.group: group}}
        return ActRequest(call_path(act.cid), (target,), body, method="PATCH")

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, CallUpdated) or not _is_so(event.call.settings, entry.act.kind):
            return NOBODY
        return entry.targets

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        state = read_call(await stream.ask("GET", call_path(entry.act.cid)))
        if _is_so(state.settings, entry.act.kind):
            return Look(done=left)
        return Look(absent=left)


def _is_so(settings: Settings, kind: str) -> bool:
    setting, wanted = SWITCHES[kind]
    on = settings.allowed if setting.field == "enabled" else settings.may_be_asked
    return (setting.permission in on) is wanted
