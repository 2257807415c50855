"""One demo from the first paint to the summary."""

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from console.base.errors import WorldError
from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.ui.demo.desk_figures import desk_figures
from console.ui.demo.judged_figures import judged_figures
from console.ui.demo.listener import DemoListener
from console.ui.demo.media_figures import media_figures
from console.ui.demo.sandbox_process import SandboxAddress, SandboxProcess
from console.ui.demo.scripted_moderator import ScriptedModerator, transcript_of
from console.ui.demo.summary import Measured
from console.ui.shell.app import Console
from console.ui.shell.main_window import MainWindow
from console.ui.state.entries import ItemEntry
from console.ui.transcript.transcript_model import TranscriptModel

log = logging.getLogger(__name__)

PROFILE = "Sandbox"
READY_SECONDS = 60.0
CAPTIONS_SECONDS = 15.0
DRAIN_SECONDS = 30.0
LOOK_SECONDS = 0.05
SETTLE_SECONDS = 0.4


@dataclass(frozen=True)
class DemoOptions:
    """What the command line asked for. ``seconds`` None: until the window is closed."""

    scenario: str
    seconds: float | None
    scripted: bool
    screenshot: Path | None


class Demo:
    """Plays one scenario in front of a console, and measures.

    Attributes:
        measured: the figures, once it ended by itself or was closed after it began.
        trouble: one sentence when it could not be played.
    """

    def __init__(self, console: Console, sandbox: SandboxProcess, options: DemoOptions) -> None:
        self._console = console
        self._context = console.context
        self._sandbox = sandbox
        self._options = options
        self._began = 0.0
        self._ended = 0.0
        self._people = 0
        self._calls = 0
        self._closing = False
        self._listener = DemoListener(self._context)
        self.measured: Measured | None = None
        self.trouble = ""

    async def play(self, leave: Callable[[int], object]) -> None:
        """Run the demo and call ``leave`` with the exit code; without a time limit, stay."""
        try:
            await self._begin(await self._sandbox.start())
            if self._options.seconds is None:
                return
            await self._work(self._options.seconds)
            await self._finish()
        except WorldError as error:
            if not self._closing:  # else it only met the end of the sandbox
                self.trouble = str(error)
                leave(1)
        else:
            leave(0)

    async def close(self) -> None:
        """End engine and sandbox; measures first when the demo was left early."""
        self._closing = True
        if self._began and self.measured is None and not self.trouble:
            try:
                self.measured = self._measure(await self._sandbox.control("/status"))
            except WorldError as error:
                log.warning("the sandbox was gone before the summary: %s", error)
        await self._console.close()
        await self._sandbox.stop()

    async def _begin(self, address: SandboxAddress) -> None:
        profile = _profile(address)
        # Whoever signs out comes back by the same dialog as everywhere.
        self._context.profiles.lend(profile, address.api_secret)
        self._context.controller.sign_in(profile, address.api_secret)
        session = self._context.session
        await self._until(
            lambda: session.state.phase is Phase.LIVE and session.state.directory_complete,
            READY_SECONDS,
            "The console did not get ready.",
        )
        # The scenario waits until captions are on, so that no line is lost.
        await self._until(
            lambda: all(
                call.captioning or call.captions_mode != "available"
                for call in session.calls.values()
            ),
            CAPTIONS_SECONDS,
            "The captions of some calls were not turned on.",
        )
        if len(session.calls) == 1:
            self._context.controller.choose_call(next(iter(session.calls)))
        await self._listener.begin()
        await self._sandbox.control("/start", {})
        self._window().meters.frames.reset()
        self._began = self._context.clock.monotonic()

    async def _work(self, seconds: float) -> None:
        if not self._options.scripted:
            await self._context.clock.sleep(seconds)
            return
        moderator = ScriptedModerator(self._window(), self._context)
        await moderator.work(seconds)

    async def _finish(self) -> None:
        self._ended = self._context.clock.monotonic()
        await self._sandbox.control("/pause", {})
        await self._listener.hear_out()
        status = await self._drain()
        shot = self._options.screenshot
        saved = True
        if shot is not None:
            self._transcript().release()
            await asyncio.sleep(SETTLE_SECONDS)  # one more paint with everything in it
            saved = self._window().grab().save(str(shot))
        self.measured = self._measure(status)  # changes what the window shows
        if not saved:
            raise WorldError(f"{shot} could not be written.", "May it be, and does it end in .png?")

    async def _drain(self) -> dict[str, Any]:
        """Wait until what was said is shown and judged and every act is settled."""
        session = self._context.session
        end = time.monotonic() + DRAIN_SECONDS
        while True:
            status = await self._sandbox.control("/status")
            drained = (
                self._shown() >= status["captioned"] + status["written"] + self._own()
                and not session.history.waiting()
                and all(progress.receipt.settled for progress in session.acts.values())
            )
            if drained or time.monotonic() > end:
                await self._next_pulse(end)
                return status
            await asyncio.sleep(0.1)

    async def _next_pulse(self, end: float) -> None:
        """The engine counts what the desk did, and tells it once a second."""
        session = self._context.session
        told = asyncio.Event()
        told_by = session.pulse_changed.connect(lambda _: told.set())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, end - time.monotonic())):
                await told.wait()
        session.pulse_changed.disconnect(told_by)

    def _window(self) -> MainWindow:
        window = self._console.window
        if not isinstance(window, MainWindow):
            raise WorldError("The window is not there any more.")
        return window

    def _transcript(self) -> TranscriptModel:
        return transcript_of(self._window())

    def _shown(self) -> int:
        return self._context.session.history.tally.lines

    def _own(self) -> int:
        return self._context.session.history.tally.own

    def _rows(self) -> Counter[str]:
        """How often each new line stands in the transcript's own model, all calls shown."""
        transcript = self._transcript()
        transcript.release()
        transcript.set_raised_only(False)
        transcript.set_cid("")
        entries = (transcript.entry(row) for row in range(transcript.rowCount()))
        return Counter(
            entry.item.item_id
            for entry in entries
            if isinstance(entry, ItemEntry) and not entry.replay
        )

    async def _until(self, condition: Callable[[], bool], limit: float, sentence: str) -> None:
        end = time.monotonic() + limit
        while not condition():
            if time.monotonic() > end:
                raise WorldError(sentence)
            await asyncio.sleep(LOOK_SECONDS)

    def _measure(self, status: dict[str, Any]) -> Measured:
        session, meters = self._context.session, self._window().meters
        states = [progress.receipt.state for progress in session.acts.values()]
        frames = meters.frames.summary()
        own: float = psutil.Process().memory_info().rss / 1e6  # type: ignore[no-untyped-call] # psutil has no types
        rows, tally = self._rows(), session.history.tally
        shown = len(rows) + tally.trimmed_lines
        return Measured(
            scenario=self._options.scenario,
            seconds=(self._ended or self._context.clock.monotonic()) - self._began,
            calls=len(session.calls),
            participants=sum(call.people for call in session.calls.values()),
            spoken=status["captioned"] + status["written"] + tally.own,
            shown=shown,
            judged=shown - session.history.waiting(),
            duplicated=tally.duplicated + rows.total() - len(rows),
            verdicts=session.history.actions(),
            acts_requested=len(states),
            acts_confirmed=states.count(ReceiptState.SEEN),
            acts_failed=states.count(ReceiptState.FAILED),
            spoken_to_shown=meters.spoken_to_shown.total(),
            shown_to_judged=meters.shown_to_judged.total(),
            click_to_accepted=meters.click_to_accepted.total(),
            click_to_seen=meters.click_to_seen.total(),
            frame_gap=frames,
            frame_gap_max=frames.max,
            first_paint_ms=self._console.first_paint_ms,
            ready_ms=self._console.ready_ms,
            desk=desk_figures(
                session.pulse,
                session.queue.counts(session.acts.values()),
                session.automation.counted(),
                self._context.clock.now(),
            ),
            media=media_figures(
                session.listening.told, session.pulse, session.history, self._listener.reason
            ),
            judged_by=judged_figures(session.not_judged),
            rss_mb={
                "window": own,
                "engine": session.pulse.rss_mb if session.pulse else 0.0,
                "sandbox": status["rss_mb"],
            },
        )


def _profile(address: SandboxAddress) -> Profile:
    return Profile(
        name=PROFILE,
        api_key=address.api_key,
        method=Method.SECRET,
        user_id=address.user_id,
        base_url=address.base_url,
        ws_url=address.ws_url,
    )
