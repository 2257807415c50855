"""The process of a speech plugin: begun, fed, watched, ended when it misbehaves, begun again."""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence

from console.base.child_end import ended
from console.base.errors import WorldError
from console.base.paths import resources
from console.base.tasks import Tasks
from console.domain.speech import SpeechPlugin, by_plugin
from console.media.plugin_watch import PluginWatch
from console.protocol import codec
from console.protocol.codec import LineReader, LineRefusedError, plugin_reader
from console.protocol.speech_plugin import (
    VERSION,
    FromPlugin,
    Hello,
    Ping,
    PluginLost,
    PluginReady,
    PluginRefused,
    PluginText,
    Pong,
    ToPlugin,
)

log = logging.getLogger(__name__)

READY_LIMIT_S = 90.0
"""A plugin imports a lot; on a busy machine that took 16 s."""
PING_S = 2.0
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
SOUND_S = 60.0
"""A process that ran this long did well: the next wait is the first again."""
MOST_UNTAKEN = 4 * 1024 * 1024
"""Bytes that it has not taken: a minute and a half of one speaker."""
_CHUNK = 65_536
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE")
_NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")

TOO_NEW = "It speaks version {} of the protocol, and this program version {}."
NO_INTERPRETER = "No speech plugin is set up."
ADVICE = "The menu View, “Speech plugin…”, sets one up."
AGAIN = "It is begun again."


def command(plugin: SpeechPlugin) -> list[str]:
    """What to start: the plugin's interpreter, with none of our modules in reach."""
    runner = resources() / "speech-plugin" / "plugin_runner.py"
    return [plugin.interpreter, "-I", "-X", "utf8", os.fspath(runner)]


class PluginProcess:
    """Runs from :meth:`start` until :meth:`close`.

    Attributes:
        name: of what writes speech down, for people.
        up: whether it can be fed now.
        losses: how often it ended unasked, or was ended, one soon after the other.

    Args:
        command: what to start. hello: what it is told first.
        heard: gets what it tells of speakers.
        went_up, went_down: are called as it comes and goes; the second with why.
    """

    def __init__(
        self,
        command: Sequence[str],
        hello: Hello,
        *,
        heard: Callable[[PluginText | PluginLost], None],
        went_up: Callable[[], None],
        went_down: Callable[[str], None],
    ) -> None:
        self._command = command
        self._hello = hello
        self._heard = heard
        self._went_up = went_up
        self._went_down = went_down
        self._tasks = Tasks()
        self._process: asyncio.subprocess.Process | None = None
        self._first: asyncio.Future[None] | None = None
        self._why = ""
        self._closing = False
        self.name = "The speech plugin"
        self.up = False
        self.losses = 0

    @property
    def ending(self) -> bool:
        """Whether it closed its input, which it does as it ends."""
        stdin = self._process.stdin if self._process is not None else None
        return stdin is not None and stdin.is_closing()

    async def start(self) -> None:
        """Begin it, and wait until it is ready.

        Raises:
            WorldError: it is not; where that may change by itself, it is begun again later.
        """
        if not self._command[0]:
            raise WorldError(NO_INTERPRETER, ADVICE)
        self._first = asyncio.get_running_loop().create_future()
        self._tasks.spawn(self._run(), name="speech plugin")
        await self._first

    def send(self, message: ToPlugin) -> bool:
        """Tell it something; False where it takes nothing now."""
        stdin = self._process.stdin if self._process is not None else None
        if not self.up or stdin is None or stdin.is_closing():
            return False
        if stdin.transport.get_write_buffer_size() > MOST_UNTAKEN:
            return False
        stdin.write(codec.encode(message))
        return True

    def end(self, why: str) -> None:
        """End the process, because of ``why``; another is begun."""
        if self._process is not None and self._process.returncode is None:
            self._why = why
            self._process.kill()

    async def close(self) -> None:
        """End the process for good."""
        process, self.up, self._closing = self._process, False, True
        if process is not None and process.stdin is not None:
            process.stdin.close()
            await ended(process)
        await self._tasks.close()

    async def _run(self) -> None:
        while True:
            began = time.monotonic()
            try:
                why = await self._one_process()
            except WorldError as error:  # it is not to be begun again
                log.warning("no speech plugin: %s", error.sentence)
                self._down(error)
                return
            if self._closing:
                return
            if time.monotonic() - began > SOUND_S:
                self.losses = 0
            self.losses += 1
            log.warning("the speech plugin ended: %s", why)
            self._down(WorldError(why, AGAIN))
            await asyncio.sleep(min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** (self.losses - 1)))

    def _down(self, error: WorldError) -> None:
        self.up = False
        if self._first is not None and not self._first.done():
            self._first.set_exception(error)
        else:
            self._went_down(error.sentence)

    async def _one_process(self) -> str:
        """Run one process to its end; why it ended. Raises WorldError where no other can help."""
        self._why = ""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=environment(os.environ),
            )
        except OSError as error:
            why = f"The speech plugin could not be started: {error.strerror}."
            raise WorldError(why, ADVICE) from error
        self._process = process
        pings = self._tasks.spawn(self._ping(process), name="heartbeat of a speech plugin")
        try:
            await self._hear(process)
        except WorldError as error:
            self._why = error.sentence
            raise
        finally:
            pings.cancel()
            self._process, self.up = None, False
            await ended(process, at_once=bool(self._why))
        return self._why or f"{self.name} ended unasked (code {process.returncode})."

    async def _hear(self, process: asyncio.subprocess.Process) -> None:
        """Take in what it tells until it ends or is to be ended."""
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdin.write(codec.encode(self._hello))
        reader: LineReader[FromPlugin] = plugin_reader()
        watch = self._watch = PluginWatch(time.monotonic())
        try:
            async with asyncio.timeout(READY_LIMIT_S) as limit:
                while data := await process.stdout.read(_CHUNK):
                    for message in reader.feed(data):
                        if why := watch.told(message, time.monotonic()):
                            self._why = f"{self.name} {why} and was ended."
                            return
                        if not isinstance(message, LineRefusedError):
                            self._take(message)
                    if self.up:
                        limit.reschedule(None)
        except TimeoutError:
            self._why = f"{self.name} was not ready within {READY_LIMIT_S:.0f} s and was ended."

    def _take(self, message: FromPlugin) -> None:
        match message:
            case PluginReady(version=version, name=name):
                if version != VERSION:
                    raise WorldError(TOO_NEW.format(version, VERSION), ADVICE)
                name = name[:60].strip()
                self.name = name if by_plugin(name) else f"Plugin {name}".strip()
                self.up = True
                if self._first is not None and not self._first.done():
                    self._first.set_result(None)
                else:
                    self._went_up()
            case PluginRefused(sentence=sentence, advice=advice):
                raise WorldError(sentence[:500], advice[:500] or ADVICE)
            case PluginText() | PluginLost() if self.up:
                self._heard(message)
            case Pong() | PluginText() | PluginLost():
                pass

    async def _ping(self, process: asyncio.subprocess.Process) -> None:
        number = 0
        while True:
            await asyncio.sleep(PING_S)
            if not self.up or process.stdin is None:
                continue
            if why := self._watch.hangs(time.monotonic()):
                self.end(f"{self.name} {why} and was ended.")
                return
            number += 1
            self._watch.asked(number, time.monotonic())
            process.stdin.write(codec.encode(Ping(number)))


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What a plugin gets of our environment: ways and places, none of our modules and secrets."""
    kept = {*_KEPT, *_NETWORK, *(name.lower() for name in _NETWORK)}
    return {name: value for name, value in ours.items() if name in kept}
