"""Completes changes of a call's audio, which Stream takes only with the device it plays on."""

from msgspec.structs import replace

from console.domain.act import Act
from console.domain.acts.call_settings import REQUESTS
from console.domain.call import Permission
from console.engine.services.service import Service, SessionContext


class AudioDevice(Service):
    """Keeps the device as it is in every act on the audio of a call."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        for kind in REQUESTS[Permission.SEND_AUDIO]:
            context.preparations[kind] = self._as_it_is

    async def _as_it_is(self, act: Act) -> Act:
        call = self.context.directory.call(act.cid)
        return replace(act, audio_device=call.audio_device) if call else act
