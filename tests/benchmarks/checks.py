"""Checks a second through the engine's gateway, beside the SDK as it comes.

Run alone with ``python -m tests.benchmarks.checks``. The sandbox is a process of its own on the
loopback interface; the processor time is that of the asking side only.
"""

import argparse
import asyncio
import itertools
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
import jwt
import msgspec

from console.domain.item import Item, Text
from console.domain.sign_in import Method, Profile
from console.engine.sources.registry import check_request
from console.engine.wire.sign_in_token import credentials
from console.ui.demo.sandbox_process import SandboxAddress
from tests.benchmarks.report import at_share, cpu_seconds, ratio, say, table
from tests.benchmarks.talking_sandbox import TEXTS, TalkingSandbox, talking_sandbox

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

TOGETHER = 50
AS_WORKER = 16
"""What the engine's worker has under way at most."""

Check = Callable[[Item], Awaitable[object]]


class Outcome(msgspec.Struct):
    """One way to ask, measured."""

    name: str
    together: int
    rate: float
    cpu_ms: float
    p99_ms: float
    server_cores: float


def line(number: int) -> Item:
    now = time.time()
    return Item(
        item_id=f"u{number:024x}",
        kind="caption",
        cid="default:bench-00",
        session_id="session",
        author_id="voice-00-0",
        author_name="Voice",
        body=Text(f"{TEXTS[number % len(TEXTS)]} {number}"),
        start_time=now - 2,
        end_time=now,
        received_at=now,
    )


async def measure(
    name: str, check: Check, together: int, seconds: float, sandbox: TalkingSandbox
) -> Outcome:
    """Keep ``together`` checks under way for ``seconds``; every one has to be answered."""
    numbers = itertools.count(int(time.time() * 1e6))
    took: list[float] = []
    await asyncio.gather(*(check(line(next(numbers))) for _ in range(together)))
    began, used = time.perf_counter(), time.process_time()
    served = cpu_seconds(sandbox.process)

    async def ask_on() -> None:
        while time.perf_counter() < began + seconds:
            asked = time.perf_counter()
            await check(line(next(numbers)))
            took.append(time.perf_counter() - asked)

    await asyncio.gather(*(ask_on() for _ in range(together)))
    spent = time.perf_counter() - began
    return Outcome(
        name=name,
        together=together,
        rate=len(took) / spent,
        cpu_ms=(time.process_time() - used) * 1e3 / len(took),
        p99_ms=at_share(took, 0.99) * 1e3,
        server_cores=(cpu_seconds(sandbox.process) - served) / spent,
    )


def sdk_check(client: Any) -> Check:
    """The SDK's own method."""
    from getstream.models import ModerationPayload

    async def check(said: Item) -> object:
        return await client.moderation.check(
            entity_type="stream:v1:utterance",
            entity_id=said.item_id,
            entity_creator_id=said.author_id,
            config_key="custom:captions",
            moderation_payload=ModerationPayload(
                texts=[said.text], custom={"cid": said.cid, "session_id": said.session_id}
            ),
        )

    return check


class _Answer(msgspec.Struct):
    recommended_action: str


def bare_check(session: aiohttp.ClientSession, address: SandboxAddress, token: str) -> Check:
    """The same request with nothing around it."""
    url = f"{address.base_url}/api/v2/moderation/check?api_key={address.api_key}"
    headers = {"authorization": token, "stream-auth-type": "jwt"}
    headers["content-type"] = "application/json"
    decoder = msgspec.json.Decoder(_Answer)

    async def check(said: Item) -> object:
        body = {
            "entity_type": "stream:v1:utterance",
            "entity_id": said.item_id,
            "entity_creator_id": said.author_id,
            "config_key": "custom:captions",
            "moderation_payload": {"texts": [said.text], "custom": {"cid": said.cid}},
        }
        async with session.post(url, data=msgspec.json.encode(body), headers=headers) as answer:
            answer.raise_for_status()
            return decoder.decode(await answer.read())

    return check


def gateway_check(gateway: "Gateway") -> Check:
    """The gateway's."""
    return lambda said: gateway.check(check_request(said))


async def run(seconds: float) -> list[Outcome]:
    """Every way to ask, one after the other."""
    # The SDK costs seconds to import, so only this run pays for it.
    from getstream.stream import AsyncStream

    from console.engine.wire.stream import Gateway

    with talking_sandbox() as sandbox:
        at = sandbox.address
        profile = Profile(
            name="bench",
            api_key=at.api_key,
            method=Method.SECRET,
            user_id=at.user_id,
            base_url=at.base_url,
        )
        signed_in = credentials(profile, at.api_secret, time.time())
        found = []
        sdk: Any = AsyncStream(
            api_key=at.api_key,
            api_secret=at.api_secret,
            base_url=at.base_url,
            request_timeout=10.0,
        )
        name = "SDK's check, its default httpx pool"
        found.append(await measure(name, sdk_check(sdk), TOGETHER, seconds, sandbox))
        await sdk.aclose()
        pooled = Gateway(profile, signed_in, transport=httpx.AsyncHTTPTransport())
        name = "our gateway on that pool"
        found.append(await measure(name, gateway_check(pooled), TOGETHER, seconds, sandbox))
        await pooled.close()
        gateway = Gateway(profile, signed_in)
        name = "our gateway (aiohttp)"
        for together in (TOGETHER, AS_WORKER):
            found.append(await measure(name, gateway_check(gateway), together, seconds, sandbox))
        await gateway.close()
        token = jwt.encode({}, at.api_secret, algorithm="HS256")
        async with aiohttp.ClientSession() as session:
            bare = bare_check(session, at, token)
            name = "bare aiohttp and msgspec"
            found.append(await measure(name, bare, TOGETHER, seconds, sandbox))
        return found


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; 1 when our gateway is slower than the SDK as it comes."""
    parser = argparse.ArgumentParser(prog="checks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each way is measured")
    options = parser.parse_args(argv)
    found = asyncio.run(asyncio.wait_for(run(options.seconds), 60 + 10 * options.seconds))
    base = found[0]
    table(
        "moderation.check on the loopback interface",
        f"{base.name}, {base.together} under way",
        ("", "under way", "checks/s", "ratio", "CPU ms/check", "ratio", "p99 ms", "server cores"),
        [
            (
                each.name,
                str(each.together),
                f"{each.rate:,.0f}",
                ratio(each.rate, base.rate),
                f"{each.cpu_ms:.2f}",
                ratio(each.cpu_ms, base.cpu_ms),
                f"{each.p99_ms:.0f}",
                f"{each.server_cores:.2f}",
            )
            for each in found
        ],
    )
    ours = next(each for each in found if each.name == "our gateway (aiohttp)")
    if ours.rate < base.rate:
        say("  our gateway is slower than the SDK as it comes")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
