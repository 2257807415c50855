"""Runs a speech-to-text plugin for Moderator Console, in the environment of that plugin.

It needs the standard library and the plugin, and nothing else of Moderator Console: the two pin
versions of Stream's SDK that exclude each other. It speaks the protocol of docs/SPEECH_PLUGINS.md,
one JSON message a line, on standard input and output. Keys come through that pipe only.

A plugin is a class as those of ``vision_agents`` 0.6 are (vision_agents/core/stt/stt.py):
``await start()``, ``await process_audio(pcm, participant)``, ``output`` as an asynchronous iterator
of transcripts with ``text`` and ``mode`` ("delta", "replacement" or "final") and a ``response``
with ``confidence`` and ``language``, ``await close()``. One object is made for each speaker, since
those of ``vision_agents`` know one participant at a time.
"""

import asyncio
import base64
import contextlib
import importlib
import importlib.util
import inspect
import json
import os
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

VERSION = 1
RATE = 16_000
BYTES_A_SECOND = RATE * 2
MOST_WAITING = 20 * BYTES_A_SECOND
"""Sound of one speaker that the plugin has not taken; the oldest of more is left out, and told."""
START_LIMIT_S = 15.0
TAKE_LIMIT_S = 15.0
"""A plugin that does not take a piece of sound for so long hangs; another one is made."""
CLOSE_LIMIT_S = 3.0
SILENCE_S = 6.0
"""After a pause it hears so much silence at most, until its text is final."""
UNFINISHED_S = 1.0
"""A text that is not final so long after that is told as final."""
PIECE_S = 0.1
IDLE_S = 8.0
"""Who says nothing for so long needs no connection: services close one that brings nothing, and
charge for one that brings silence."""
LONGEST_WAIT_S = 30.0
MAX_TEXT = 5_000
NO_KEY = "The service behind the plugin does not accept the key."
OLD = "This version of vision_agents is too old: 0.6 or a later one is needed."


class RefusedError(Exception):
    """The plugin cannot work as it is; the sentence says why."""


class Speaker:
    """One speaker: what they said, and the plugin's object that writes it down."""

    def __init__(self, number: int, plugin: "Plugin", tell: "Teller") -> None:
        self.number = number
        self._plugin = plugin
        self._tell = tell
        self._waiting: deque[bytes] = deque()
        self._left_out = 0
        self._quiet_since = 0.0
        self._silence = 0.0
        self._text = ""
        self._failures = 0
        self._any = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._run())

    def hear(self, pcm: bytes) -> None:
        """Sound that they made."""
        self._silence = 0.0
        self._waiting.append(pcm)
        while sum(map(len, self._waiting)) > MOST_WAITING:
            self._left_out += len(self._waiting.popleft())
        self._any.set()

    def pause(self) -> None:
        """They stopped talking."""
        self._silence = SILENCE_S
        self._any.set()

    async def end(self) -> None:
        """No more sound comes."""
        self._task.cancel()
        await asyncio.wait([self._task], timeout=CLOSE_LIMIT_S)

    async def _run(self) -> None:
        while True:
            self._any.clear()
            if not self._waiting:
                await self._any.wait()
                continue
            try:
                async with self._plugin.made() as stt:
                    self._failures = 0
                    await self._follow(stt)
            except RefusedError as error:
                self._tell.refuse(error)
            except Exception as error:  # a plugin raises whatever it likes
                if getattr(error, "status_code", None) in (401, 403):
                    self._tell.refuse(RefusedError(NO_KEY))
                self._failures += 1
                self._text = ""
                self._tell.lost(self.number, words(error))
                await asyncio.sleep(min(LONGEST_WAIT_S, 2.0 ** (self._failures - 1)))

    async def _follow(self, stt: Any) -> None:
        """Feed one object until its speaker has said nothing for a while."""
        reader = asyncio.get_running_loop().create_task(self._read(stt))
        try:
            quiet = 0.0
            while quiet < IDLE_S or self._text:
                pcm = self._next_piece()
                if pcm is None:
                    quiet += PIECE_S
                    if quiet >= UNFINISHED_S and self._text:
                        self._say(self._text, final=True)  # the service left it unfinished
                else:
                    quiet = 0.0
                    await asyncio.wait_for(self._plugin.feed(stt, pcm, self.number), TAKE_LIMIT_S)
                if reader.done():
                    reader.result()
                    return
                if not self._waiting:
                    await asyncio.sleep(PIECE_S)
        finally:
            reader.cancel()
            if self._text:
                self._say(self._text, final=True)

    def _next_piece(self) -> bytes | None:
        if self._left_out:
            seconds, self._left_out = self._left_out / BYTES_A_SECOND, 0
            self._tell.lost(self.number, f"The plugin took too long: {seconds:.0f} s were left out")
        if self._waiting:
            return self._waiting.popleft()
        if self._silence <= 0:
            return None
        self._silence -= PIECE_S
        return bytes(int(PIECE_S * BYTES_A_SECOND))

    async def _read(self, stt: Any) -> None:
        async for told in stt.output:
            mode, text = getattr(told, "mode", ""), str(getattr(told, "text", "") or "")
            if mode not in ("delta", "replacement", "final") or not text:
                continue  # that somebody's turn begins or ends is told there too
            response = getattr(told, "response", None)
            confidence = getattr(response, "confidence", None)
            language = getattr(response, "language", None)
            self._say(
                self._text + text if mode == "delta" else text,
                final=mode == "final",
                confidence=float(confidence) if isinstance(confidence, (int, float)) else -1.0,
                language="" if language in (None, "auto") else str(language)[:20],
            )

    def _say(self, text: str, *, final: bool, confidence: float = -1.0, language: str = "") -> None:
        self._text = "" if final else text
        if final:
            self._silence = 0.0
        self._tell.tell(
            type="text",
            speaker=self.number,
            text=text[:MAX_TEXT],
            final=final,
            confidence=confidence,
            language=language,
        )


class Plugin:
    """The class that was named, and how objects of it are made and fed."""

    def __init__(self, plugin: str, key: str, options: dict[str, str]) -> None:
        self._class = load(plugin)
        self._key = key
        self._options = dict(options)
        self.name = getattr(self._class, "name", "") or title(plugin)
        self._pcm, self._participant = pcm_maker(), participant_maker()

    @contextlib.asynccontextmanager
    async def made(self) -> AsyncIterator[Any]:
        """An object that is started, and closed behind it."""
        stt = self._make()
        if not hasattr(stt, "output"):
            raise RefusedError(OLD)
        try:
            await asyncio.wait_for(stt.start(), START_LIMIT_S)
            yield stt
        finally:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(stt.close(), CLOSE_LIMIT_S)

    async def feed(self, stt: Any, pcm: bytes, speaker: int) -> None:
        """Hand over sound of a speaker."""
        await stt.process_audio(self._pcm(pcm), self._participant(str(speaker)))

    def _make(self) -> Any:
        options: dict[str, Any] = dict(self._options)
        takes = inspect.signature(self._class).parameters
        address = options.pop("address", "")
        if address:
            options["client"] = deepgram_client(self._key, address)
        elif self._key and "api_key" in takes:
            options["api_key"] = self._key
        try:
            return self._class(**options)
        except TypeError as error:
            raise RefusedError(f"The plugin does not take these options ({error}).") from error


def deepgram_client(key: str, address: str) -> Any:
    """A client of Deepgram that is hosted by oneself; ``address``: ``wss://host``."""
    client = importlib.import_module("deepgram").AsyncDeepgramClient
    made = importlib.import_module("deepgram.environment").DeepgramClientEnvironment
    http = address.replace("ws", "http", 1)
    return client(
        api_key=key, environment=made(base=http, agent=address, production=address.rstrip("/"))
    )


def load(plugin: str) -> Any:
    """The class that ``plugin`` names. Raises RefusedError."""
    place, _, name = plugin.rpartition(":")
    if not place:
        place, name = f"vision_agents.plugins.{plugin}", "STT"
    try:
        if place.endswith(".py"):
            spec = importlib.util.spec_from_file_location("speech_plugin", Path(place))
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
        else:
            module = importlib.import_module(place)
        return getattr(module, name)
    except ModuleNotFoundError as error:
        raise RefusedError(
            f"The plugin {plugin} is not installed for this interpreter (no {error.name})."
        ) from error
    except Exception as error:
        raise RefusedError(f"The plugin {plugin} cannot be loaded: {words(error)}") from error


def title(plugin: str) -> str:
    """What a plugin without a name is called."""
    last = plugin.rpartition(":")[2] if ":" in plugin else plugin
    return last.replace("_", " ").strip().title()


def pcm_maker() -> Any:
    """What makes the plugin's kind of sound of bytes."""
    if importlib.util.find_spec("vision_agents") is None:
        return lambda pcm: SimpleNamespace(samples=pcm, sample_rate=RATE, channels=1)
    numpy = importlib.import_module("numpy")
    made = importlib.import_module("getstream.video.rtc.track_util").PcmData
    return lambda pcm: made(
        sample_rate=RATE, format="s16", samples=numpy.frombuffer(pcm, numpy.int16), channels=1
    )


def participant_maker() -> Any:
    """What makes the plugin's kind of participant of a number; it learns nothing of people."""
    made: Any = SimpleNamespace
    if importlib.util.find_spec("vision_agents") is not None:
        made = importlib.import_module("vision_agents.core.edge.types").Participant
    return lambda number: made(original=None, user_id=number, id=number)


def words(error: BaseException) -> str:
    """What went wrong. Never the text of an unknown error: it may hold a key."""
    status = getattr(error, "status_code", None)
    if isinstance(error, (asyncio.TimeoutError, TimeoutError)):
        return "The plugin did not answer in time"
    if isinstance(status, int):
        return f"The service behind the plugin answered {status}"
    if isinstance(error, OSError):
        return "The service behind the plugin could not be reached"
    return f"The plugin failed ({type(error).__name__})"


class Teller:
    """Writes messages; they are short, and the reader is quick."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def tell(self, **message: Any) -> None:
        """Write one."""
        line = json.dumps(message).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._descriptor, line) :]
        except OSError:
            os._exit(0)  # nobody reads any more

    def lost(self, speaker: int, sentence: str) -> None:
        """What this speaker said last is lost."""
        self.tell(type="lost", speaker=speaker, sentence=sentence)

    def refuse(self, error: RefusedError) -> None:
        """The plugin cannot work; that is the last that is told."""
        self.tell(type="refused", sentence=str(error)[:500])
        os._exit(3)


async def run(tell: Teller) -> None:
    """Do what the lines on standard input say until it closes."""
    speakers: dict[int, Speaker] = {}
    plugin: Any = None
    lines: asyncio.Queue[bytes] = asyncio.Queue()
    threading.Thread(target=read, args=(lines, asyncio.get_running_loop()), daemon=True).start()
    while line := await lines.get():
        told = json.loads(line)
        kind, number = told["type"], int(told.get("speaker", 0))
        if kind == "ping":
            tell.tell(type="pong", number=told["number"])
        elif kind == "hello":
            plugin = Plugin(told["plugin"], told.get("key", ""), told.get("options", {}))
            tell.tell(type="ready", version=VERSION, name=plugin.name)
        elif kind == "sound" and plugin is not None:
            if number not in speakers:
                speakers[number] = Speaker(number, plugin, tell)
            speakers[number].hear(base64.b64decode(told["pcm"]))
        elif kind == "pause" and number in speakers:
            speakers[number].pause()
        elif kind == "gone" and number in speakers:
            ended = asyncio.get_running_loop().create_task(speakers.pop(number).end())
            ENDING.add(ended)
            ended.add_done_callback(ENDING.discard)


ENDING: set[asyncio.Task[None]] = set()


def read(lines: asyncio.Queue[bytes], loop: asyncio.AbstractEventLoop) -> None:
    """Hand each line to the loop; an empty one at the end, after which this process ends.

    It never waits for the loop: a plugin that holds it up must not keep a process that nobody
    wants any more. Whoever feeds us ends one that answers no ping.
    """
    for line in sys.stdin.buffer:
        loop.call_soon_threadsafe(lines.put_nowait, line)
    loop.call_soon_threadsafe(lines.put_nowait, b"")
    time.sleep(CLOSE_LIMIT_S + 1.0)
    os._exit(0)


def main() -> None:
    """Nothing but messages may reach the real standard output, whatever a library prints."""
    output = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    tell = Teller(output)
    try:
        asyncio.run(run(tell))
    except RefusedError as error:
        tell.refuse(error)
    os._exit(0)


if __name__ == "__main__":
    main()
