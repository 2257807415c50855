"""Stream's Python SDK itself joins and hears: its ``rtc.join``, of its extra ``webrtc``.

It takes the address of REST from its client and hands no other to the native client below it, so
the one address that cannot be set, the coordinator's socket, is put in its place here.
"""

import asyncio
import functools
import json
import os
import urllib.request
from typing import Any

import getstream_rtc
import numpy as np
from getstream.stream import AsyncStream
from getstream.video import rtc

LOUD = 2_000
LIMIT_S = 30.0


def _say(address: dict[str, Any]) -> None:
    words = {"cid": "default:talk", "user_id": "ana", "text": "Good evening to everybody here."}
    request = urllib.request.Request(
        f"{address['base_url']}/sandbox/say",
        data=json.dumps(words).encode(),
        headers={"content-type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=LIMIT_S) as answer:
        answer.read()


async def run(address: dict[str, Any]) -> dict[str, Any]:
    """What the SDK saw."""
    native = functools.partial(getstream_rtc.Client, ws_url=address["ws_url"])
    vars(getstream_rtc)["Client"] = native
    client = AsyncStream(
        api_key=address["api_key"], api_secret=address["api_secret"], base_url=address["base_url"]
    )
    heard = asyncio.Event()
    call = client.video.call("default", "talk")
    async with await rtc.join(call, "dora", create=False) as connection:

        async def on_audio(pcm: Any, *_: Any) -> None:
            if np.abs(pcm.samples.astype(np.int32)).max() > LOUD:
                heard.set()

        connection.on("audio", on_audio)
        await asyncio.to_thread(_say, address)
        await asyncio.wait_for(heard.wait(), LIMIT_S)
        return {"state": str(connection.connection_state), "heard": True}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.loads(os.environ["SANDBOX"])))))  # noqa: T201
