"""Stream's native RTC client and the media of the sandbox; prints what it saw as one JSON line.

Dora listens to the talk; Cy sends audio from a second device. Then moderation happens to them.
A program of its own for the same reasons as ``rtc_client.py``.
"""

import asyncio
import contextlib
import json
import os
import sys
import urllib.request
from collections.abc import Callable
from typing import Any

import getstream_rtc as rtc
import numpy as np

from tests.clients.rtc_client import Control

CID = "default:talk"
LOUD = 3_000
LIMIT_S = 40

Told = dict[str, Any]


class Ear:
    """One client in the call, and what it hears, sees and is told."""

    def __init__(self, address: dict[str, Any], user_id: str) -> None:
        where = {"base_url": address["base_url"], "ws_url": address["ws_url"]}
        self.user_id = user_id
        self.call = rtc.Client(address["api_key"], token=address["tokens"][user_id], **where).call(
            "default", "talk"
        )
        self.loudest: dict[str, float] = {}
        self.heard_s: dict[str, float] = {}
        self.pictures: dict[str, tuple[int, int]] = {}
        self.told: list[Told] = []
        self._changed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def join(self) -> None:
        self._begin(self._events())
        self._begin(self._tracks())
        await asyncio.wait_for(self.call.join(self.user_id, False), LIMIT_S)
        kinds = [rtc.TrackType.AUDIO, rtc.TrackType.VIDEO, rtc.TrackType.SCREEN_SHARE]
        await self.call.update_subscriptions(
            rtc.SubscriptionConfig(
                default=rtc.TrackSubscriptionConfig(track_types=kinds, video_dimension=(320, 180))
            )
        )

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for it; the error says what was waited for."""
        try:
            async with asyncio.timeout(LIMIT_S):
                while not condition():
                    self._changed.clear()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), 1)
        except TimeoutError:
            raise TimeoutError(f"not in {LIMIT_S} s: {what}; told {self.told[-9:]}") from None

    def event(self, name: str, **fields: Any) -> Told | None:
        """The last event of that name with these fields."""
        for told in reversed(self.told):
            if told["name"] == name and all(told.get(key) == fields[key] for key in fields):
                return told
        return None

    def count(self, name: str, user_id: str) -> int:
        """How often it was told of somebody."""
        return sum((each["name"], each.get("user_id")) == (name, user_id) for each in self.told)

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.call.leave()

    def _begin(self, work: Any) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(work))

    async def _events(self) -> None:
        async for event in self.call.sfu_events():
            told: Told = {"name": event.name}
            for name in ("user_id", "cause", "reason"):
                value = getattr(event, name, None)
                if value is not None:
                    told[name] = value if isinstance(value, str) else int(value)
            if event.name == "call_grants_updated":
                grants: Any = event
                told["can_publish_audio"] = grants.current_grants.can_publish_audio
            self.told.append(told)
            self._changed.set()

    async def _tracks(self) -> None:
        async for track in self.call.tracks():
            sound = track.track_type == rtc.TrackType.AUDIO
            self._begin(self._listen(track) if sound else self._look(track))

    async def _listen(self, track: Any) -> None:
        who = track.participant.user_id
        while (pcm := await track.next_pcm()) is not None:
            seconds = len(pcm.samples) / pcm.channels / pcm.sample_rate
            self.heard_s[who] = self.heard_s.get(who, 0) + seconds
            peak = float(np.abs(pcm.samples.astype(np.int32)).max())
            self.loudest[who] = max(self.loudest.get(who, 0), peak)
            self._changed.set()

    async def _look(self, track: Any) -> None:
        who = f"{track.participant.user_id}/{int(track.track_type)}"
        async for frame in track.video_frames():
            self.pictures[who] = (frame.width, frame.height)
            self._changed.set()


class Moderator:
    """What the moderator of the sandbox does, over REST."""

    def __init__(self, address: dict[str, Any]) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    async def __call__(self, act: str, **body: Any) -> None:
        await asyncio.to_thread(self._post, act, body)

    def _post(self, act: str, body: dict[str, Any]) -> None:
        query = f"api_key={self._address['api_key']}"
        request = urllib.request.Request(
            f"{self._address['base_url']}/api/v2/video/call/default/talk/{act}?{query}",
            data=json.dumps(body).encode(),
            headers={
                "Authorization": self._address["token"],
                "stream-auth-type": "jwt",
                "Content-Type": "application/json",
            },
        )
        with self._opener.open(request, timeout=30) as answer:
            answer.read()


async def _send_tone(track: Any) -> None:
    at = np.arange(960)
    tone = (np.sin(2 * np.pi * 440 * at / 48_000) * 12_000).astype(np.int16)
    while True:
        await track.write_pcm(tone, 48_000, 1)
        await asyncio.sleep(0.02)


async def run(address: dict[str, Any]) -> dict[str, Any]:
    """Hear, see, send; then be muted, lose a permission, be kicked, and see the call end."""
    control, moderate = Control(address["base_url"]), Moderator(address)
    act = {"cid": CID, "user_id": "ana", "kind": "publish", "track": "video"}
    dora, cy = Ear(address, "dora"), Ear(address, "cy")
    seen: dict[str, Any] = {}

    await dora.join()
    await control("/say", {"cid": CID, "user_id": "ana", "text": "Good evening to everybody."})
    await dora.until(lambda: dora.loudest.get("ana", 0) > LOUD, "Ana is heard")
    await control("/act", act)
    await dora.until(lambda: "ana/2" in dora.pictures, "Ana is seen")
    seen["picture"] = dora.pictures["ana/2"]

    await cy.join()
    tone = rtc.LocalAudioTrack()
    await cy.call.publish_audio(tone)
    sending = asyncio.get_running_loop().create_task(_send_tone(tone))
    await dora.until(lambda: dora.loudest.get("cy", 0) > LOUD, "Cy is heard")
    seen["people"] = sorted(one.user_id for one in dora.call.participants())

    await moderate("mute_users", user_ids=["ana"], audio=True)
    await dora.until(lambda: dora.event("track_unpublished", user_id="ana"), "Ana is muted")
    seen["muted"] = dora.event("track_unpublished", user_id="ana")
    await moderate("user_permissions", user_id="cy", revoke_permissions=["send-audio"])
    await dora.until(lambda: dora.event("track_unpublished", user_id="cy"), "Cy is silent")
    seen["revoked"] = dora.event("track_unpublished", user_id="cy")
    await cy.until(lambda: cy.event("call_grants_updated"), "Cy is told")
    seen["grants"] = cy.event("call_grants_updated")
    heard = dora.heard_s["cy"]
    await moderate("kick", user_id="cy")
    await cy.until(lambda: cy.event("call_ended"), "Cy is kicked")
    seen["kicked"] = cy.event("call_ended")
    seen["heard_after_revoke_s"] = round(dora.heard_s["cy"] - heard, 2)
    sending.cancel()
    await control("/act", {**act, "track": "screenshare"})
    shown = ("track_published", "ana")
    await dora.until(lambda: dora.count(*shown) == 2, "Ana's screen is told")
    await moderate("mute_users", user_ids=["ana"], screenshare=True)
    off = ("track_unpublished", "ana")
    await dora.until(lambda: dora.count(*off) == 2, "Ana's screen is off")
    seen["screen_off"] = dora.event("track_unpublished", user_id="ana")
    await moderate("mark_ended")
    # The coordinator tells it too, and the client leaves at whichever comes first.
    left = rtc.CallingState.LEFT
    await dora.until(lambda: dora.call.calling_state == left, "the call ends")
    seen["left"] = True
    return seen


if __name__ == "__main__":
    result = asyncio.run(run(json.loads(os.environ["SANDBOX"])))
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    os._exit(0)
