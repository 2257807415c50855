"""Has pictures looked at, and keeps count of it."""

from console.domain.item import Item
from console.domain.verdict import Verdict
from console.engine.services.listening.call_heat import CallHeat
from console.engine.services.service import Service, SessionContext

HEATS_S = 1.0


class Frames(Service):
    """Runs the desk of pictures; the hottest calls go first."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._heat = CallHeat()

    async def start(self) -> None:
        self.context.keep_running(self.context.pictures.run, "pictures")
        self.context.keep_running(self._tell_heats, "heats of pictures")

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        self._heat.add(item.cid, verdict, self.context.clock.monotonic())

    async def _tell_heats(self) -> None:
        while True:
            self.context.pictures.heats = self._heat.all(self.context.clock.monotonic())
            await self.context.clock.sleep(HEATS_S)
