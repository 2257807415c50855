"""Stream's native RTC client against the sandbox; prints what it saw as one JSON line.

A program of its own: the native code may take its process down, and has been seen to do so when
the interpreter ends (STREAM.md 11), so this one ends without the interpreter's own clean-up.
"""

import asyncio
import json
import os
import sys
import urllib.request
from typing import Any

import getstream_rtc

HELD = 3
CID = "default:talk"


class Control:
    """The sandbox's control endpoint."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    async def __call__(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return await asyncio.to_thread(self._ask, path, body)

    def _ask(self, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self._base_url}/sandbox{path}",
            data=None if body is None else json.dumps(body).encode(),
        )
        with self._opener.open(request, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


async def _watch(call: Any, heard: list[tuple[str, Any]], arrived: asyncio.Event) -> None:
    async for event in call.coordinator_events():
        heard.append((event.name, event.data))
        arrived.set()


async def _heard(heard: list[tuple[str, Any]], arrived: asyncio.Event, kind: str) -> Any:
    async with asyncio.timeout(60):
        while True:
            arrived.clear()
            for name, data in heard:
                if name == kind:
                    return data
            await arrived.wait()


async def _refusal(call: Any, user_id: str) -> str:
    """Why joining failed. ``call`` is held meanwhile: one that Python frees leaves."""
    try:
        await call.join(user_id, False)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


async def run(address: dict[str, Any]) -> dict[str, Any]:
    """Join as Dora while the answer of the signalling endpoint is held back."""
    control = Control(address["base_url"])
    where = {"base_url": address["base_url"], "ws_url": address["ws_url"]}
    client = getstream_rtc.Client(address["api_key"], token=address["tokens"]["dora"], **where)
    call = client.call("default", "talk")
    heard: list[tuple[str, Any]] = []
    arrived = asyncio.Event()
    watching = asyncio.get_running_loop().create_task(_watch(call, heard, arrived))
    await control("/faults", {"kind": "slow", "path": "/sfu/ws", "seconds": HELD})
    joining = asyncio.ensure_future(_refusal(call, "dora"))

    joined = await _heard(heard, arrived, "call.session_participant_joined")
    present = await control(f"/people/{CID}?user_id=dora")
    during = await control("/status")
    said = await control("/say", {"cid": CID, "user_id": "ana", "text": "Who is there?"})
    caption = await _heard(heard, arrived, "call.closed_caption")
    no_media = await joining
    watching.cancel()

    stranger = getstream_rtc.Client(address["api_key"], "not-the-secret-of-this-app", **where)
    secret = getstream_rtc.Client(address["api_key"], address["api_secret"], **where)
    return {
        "joined": joined,
        "present": present["people"],
        "during": {name: during[name] for name in ("sockets", "watches")},
        "said": said,
        "caption": caption,
        "cids": sorted({data["call_cid"] for _, data in heard}),
        "no_media": no_media,
        "state": int(call.calling_state),
        "idle": int(getstream_rtc.CallingState.IDLE),
        "wrong_secret": await _refusal(stranger.call("default", "talk"), "cy"),
        "with_secret": await _refusal(secret.call("default", "talk"), "cy"),
        "unknown_call": await _refusal(secret.call("default", "nowhere"), "cy"),
    }


if __name__ == "__main__":
    result = asyncio.run(run(json.loads(os.environ["SANDBOX"])))
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    os._exit(0)
