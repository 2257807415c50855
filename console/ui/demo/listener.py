"""Lets a demo listen to the calls of its scenario where none of them has captions."""

import asyncio
import contextlib
from collections.abc import Callable

from console.base.plain_text import visible
from console.protocol.media import Joining
from console.ui.state.window_context import WindowContext

CAPTIONED = "Nothing was listened to: the calls of this scenario have captions."
UNTOLD = "The media process did not say in time whether it can listen."
MOST_CALLS = 3
JOIN_SECONDS = 40.0
HEARD_SECONDS = 10.0


class DemoListener:
    """Listens as a moderator would: with Listen on a call.

    Attributes:
        reason: why nothing is listened to; empty where something is.
    """

    def __init__(self, context: WindowContext) -> None:
        self._context = context
        self._session = context.session
        self.reason = CAPTIONED

    async def begin(self) -> None:
        """Listen, if no call has captions, and wait until it does or cannot."""
        calls = [call for call in self._session.calls.values() if not call.ended_at]
        if not calls or any(call.captioning or call.captions_mode == "auto-on" for call in calls):
            return
        listening = self._session.listening
        for call in calls[:MOST_CALLS]:
            listening.choose(call.cid, listen=True)
        names = ", ".join(visible(call.name or call.cid) for call in calls[:MOST_CALLS])
        sentence = (
            f"No call here has captions, so this demo listens to {names}: people there see you."
        )
        self._context.controller.say(sentence)
        await self._until(lambda: bool(self._joined() and self._hears()) or bool(self._refusal()))
        self.reason = "" if self._joined() else self._refusal() or UNTOLD

    async def hear_out(self) -> None:
        """Wait until what was said is written down."""

        def quiet() -> bool:
            load = listening.told.load
            return load is None or not (load.talking or load.waiting)

        listening = self._session.listening
        if not self.reason:
            await self._until(quiet, HEARD_SECONDS)

    def _joined(self) -> bool:
        calls = self._session.listening.told.calls
        return bool(calls) and all(call.state is Joining.JOINED for call in calls)

    def _hears(self) -> bool:
        told = self._session.listening.told
        return bool(told.hears_by)

    def _refusal(self) -> str:
        told = self._session.listening.told
        failed = [call for call in told.calls if call.state is Joining.FAILED]
        if failed and failed[0].sentence:
            return failed[0].sentence
        return f"{told.sentence} {told.advice}".strip()

    async def _until(self, condition: Callable[[], bool], limit: float = JOIN_SECONDS) -> None:
        told = asyncio.Event()
        changed = self._session.listening.changed
        told_by = changed.connect(lambda: told.set())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit):
                while not condition():
                    told.clear()
                    await told.wait()
        changed.disconnect(told_by)
