"""From a threat that is spoken to the mute of an automatic rule without a countdown.

Run alone with ``python -m tests.benchmarks.spoken_to_muted``. Measured by the sandbox, from the
moment before its caption goes out to the engine until its world has muted the person, so the way of
the caption to the engine counts too. Sandbox and engine are processes on the loopback interface.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec

from console.domain.act import Act
from console.domain.automation.book import Limits, RuleBook
from console.domain.automation.rule import Conditions, Mode, Response, Rule, Step
from console.domain.verdict import Source
from console.protocol.acts import RequestAct
from console.protocol.automation import SaveRules
from tests.benchmarks.heard_engine import HeardEngine
from tests.benchmarks.muted_sandbox import CID, MutedSandbox, muted_sandbox
from tests.benchmarks.report import at_share, ratio, say, table

LIMIT_MS = 250.0
BUSY = 20.0
EVERY_S = 0.08
MUTED_WITHIN_S = 10.0
_NO_GUARD = Limits(rule_least=10**6, account_least=10**6)


class Outcome(msgspec.Struct):
    """One way to a mute, measured in milliseconds."""

    way: str
    rate: float
    wanted: int
    delays: list[float]


def rule(source: Source) -> Rule:
    """Mutes whoever threatens, at once, on the verdict of ``source``."""
    return Rule(
        rule_id="threats",
        name="Threats",
        when=Conditions(labels=("THREAT",), sources=(source,)),
        steps=(Step(responses=(Response.MUTE,)),),
        mode=Mode.ACT,
        cooldown_s=0.0,
        veto_s=0.0,
    )


async def use(engine: HeardEngine, *rules: Rule) -> None:
    """Let the engine follow these rules alone."""
    engine.send(SaveRules("rules", RuleBook(rules=rules, limits=_NO_GUARD)))
    await asyncio.sleep(0.5)


async def measure(
    sandbox: MutedSandbox,
    way: str,
    rate: float,
    times: int,
    one: Callable[[], Awaitable[tuple[str, float]]],
) -> Outcome:
    """Do ``one`` so many times while others talk, and see how soon each person is muted."""
    await sandbox.talk(rate)
    wanted: list[tuple[str, float]] = []
    delays: list[float] = []
    for _ in range(times):
        wanted.append(await one())
        await asyncio.sleep(EVERY_S)
        if len(wanted) == 20:
            delays += await _muted(sandbox, wanted)
            wanted = []
    delays += await _muted(sandbox, wanted)
    await sandbox.talk(0)
    return Outcome(way, rate, times, delays)


async def _muted(sandbox: MutedSandbox, wanted: list[tuple[str, float]]) -> list[float]:
    until = time.monotonic() + MUTED_WITHIN_S
    while True:
        muted = await sandbox.muted()
        if all(user in muted for user, _ in wanted) or time.monotonic() > until:
            return [(muted[user] - at) * 1e3 for user, at in wanted if user in muted]
        await asyncio.sleep(0.02)


async def run(times: int) -> list[Outcome]:
    """A click, a rule on the local verdict and one on Stream's; quiet, and while others talk."""
    with tempfile.TemporaryDirectory() as home, muted_sandbox() as sandbox:
        engine = HeardEngine(Path(home))
        await engine.start()
        try:
            await engine.sign_in(sandbox.address)
            session = engine.calls[CID].session_id

            async def click() -> tuple[str, float]:
                user, _ = await sandbox.threaten(silent=True)
                at = time.time()
                act = Act(
                    act_id=f"click-{user}-{at}",
                    kind="mute_audio",
                    cid=CID,
                    requested_at=at,
                    session_id=session,
                    user_ids=(user,),
                    names=(user,),
                )
                engine.send(RequestAct(act))
                return user, at

            await use(engine)
            await measure(sandbox, "", 0.0, min(5, times), click)  # what is done once only
            found = []
            for rate in (0.0, BUSY):
                await use(engine)
                found.append(await measure(sandbox, "a click", rate, times, click))
                for source, way in ((Source.LOCAL, "rule, local"), (Source.STREAM, "rule, Stream")):
                    await use(engine, rule(source))
                    found.append(await measure(sandbox, way, rate, times, sandbox.threaten))
            await engine.close_stdin()
        finally:
            await engine.kill()
        return found


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; 1 when a mute is missing, or too late while nobody else talks."""
    parser = argparse.ArgumentParser(prog="spoken_to_muted", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="threats of each kind")
    options = parser.parse_args(argv)
    found = asyncio.run(asyncio.wait_for(run(options.times), 120 + options.times * 6 * 0.5))
    base = at_share(found[0].delays, 0.95)
    table(
        "a threat is spoken, and the sandbox's world has muted the person",
        "a moderator's click on Mute, from the request to the engine, nobody else talks",
        ("way", "lines/s", "muted", "p50 ms", "p95 ms", "p99 ms", "p95 ratio"),
        [
            (
                each.way,
                f"{each.rate:.0f}",
                f"{len(each.delays)} of {each.wanted}",
                f"{at_share(each.delays, 0.5):.0f}",
                f"{at_share(each.delays, 0.95):.0f}",
                f"{at_share(each.delays, 0.99):.0f}",
                ratio(at_share(each.delays, 0.95), base),
            )
            for each in found
        ],
    )
    say(f"  lines/s: what others say meanwhile; while they are silent p95 may be {LIMIT_MS:.0f} ms")
    short = [each for each in found if len(each.delays) < each.wanted]
    late = [each for each in found if not each.rate and at_share(each.delays, 0.95) > LIMIT_MS]
    for each in (*short, *late):
        say(f"  {each.way} at {each.rate:.0f} lines/s was missing or too late")
    return 1 if short or late else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
