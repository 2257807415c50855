"""Stream's native RTC client is told who speaks, makes a new connection, is blocked and banned.

Prints what it saw as one JSON line; a program of its own as ``rtc_media_client.py``.
"""

import asyncio
import json
import os
import sys
import urllib.request
from typing import Any

import getstream_rtc as rtc

from tests.clients.rtc_client import Control
from tests.clients.rtc_media_client import CID, LOUD, Ear, Moderator

SIGNAL = "stream.video.sfu.signal.SignalServer"
PATH = "/sfu"


class Watchful(Ear):
    """Keeps the levels and states it was told of, too."""

    def __init__(self, address: dict[str, Any], user_id: str) -> None:
        super().__init__(address, user_id)
        self.speaking: set[str] = set()
        self.dominant = ""
        self.states: list[str] = []

    async def join(self) -> None:
        self._begin(self._follow())
        self._begin(self._levels())
        await super().join()

    async def _follow(self) -> None:
        async for event in self.call.client_events():
            if isinstance(event, rtc.CallingStateChanged):
                self.states.append(str(event.state).rpartition(".")[2])
                self._changed.set()

    async def _levels(self) -> None:
        async for event in self.call.sfu_events():
            if isinstance(event, rtc.AudioLevelChanged):
                spoke = {one.user_id for one in event.audio_levels if one.is_speaking}
                self.speaking |= spoke
            elif isinstance(event, rtc.DominantSpeakerChanged):
                self.dominant = event.user_id
            self._changed.set()


def _post(url: str, body: bytes, headers: dict[str, str]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, body, headers), timeout=30) as answer:
        answer.read()


def _session_of(address: dict[str, Any], user_id: str) -> str:
    """The id of somebody's presence, which their signalling is signed in with."""
    url = f"{address['base_url']}/api/v2/video/call/default/talk?api_key={address['api_key']}"
    headers = {"Authorization": address["tokens"]["moderator"], "stream-auth-type": "jwt"}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        people = json.load(answer)["call"]["session"]["participants"]
    found: str = next(one["user_session_id"] for one in people if one["user"]["id"] == user_id)
    return found


async def _restart(address: dict[str, Any], ear: Ear) -> None:
    """What a client asks for whose connection broke."""
    token = await asyncio.to_thread(_session_of, address, ear.user_id)
    me = next(one for one in ear.call.participants() if one.user_id == ear.user_id)
    body = json.dumps({"sessionId": me.session_id, "peerType": "PEER_TYPE_SUBSCRIBER"}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    url = f"{address['base_url']}{PATH}/{SIGNAL}/IceRestart"
    await asyncio.to_thread(_post, url, body, headers)


async def _ban(address: dict[str, Any], user_id: str) -> None:
    url = f"{address['base_url']}/api/v2/moderation/ban?api_key={address['api_key']}"
    headers = {
        "Authorization": address["tokens"]["moderator"],
        "stream-auth-type": "jwt",
        "Content-Type": "application/json",
    }
    body = json.dumps({"target_user_id": user_id}).encode()
    await asyncio.to_thread(_post, url, body, headers)


async def _refusal(address: dict[str, Any], user_id: str) -> str:
    again = Ear(address, user_id)
    try:
        await asyncio.wait_for(again.call.join(user_id, False), 30)
    except Exception as error:
        return str(error)
    return ""


async def run(address: dict[str, Any]) -> dict[str, Any]:
    """Hear who speaks, connect anew, and be put out, each in the media."""
    control, moderate = Control(address["base_url"]), Moderator(address)
    dora, cy = Watchful(address, "dora"), Watchful(address, "cy")
    left = rtc.CallingState.LEFT
    seen: dict[str, Any] = {}
    said = {"cid": CID, "user_id": "ana", "text": "Good evening to everybody who listens."}

    await dora.join()
    await control("/say", said)
    await dora.until(lambda: "ana" in dora.speaking and dora.dominant, "Ana speaks")
    seen["speaking"], seen["dominant"] = sorted(dora.speaking), dora.dominant

    await _restart(address, dora)
    await dora.until(lambda: "RECONNECTING" in dora.states, "Dora connects anew")
    await dora.until(lambda: dora.states[-1] == "JOINED", "Dora is back")
    dora.loudest.clear()
    await control("/say", said)
    await dora.until(lambda: dora.loudest.get("ana", 0) > LOUD, "Ana is heard again")

    await moderate("block", user_id="dora")
    await dora.until(lambda: dora.event("call_ended"), "Dora is blocked")
    await dora.until(lambda: dora.call.calling_state == left, "Dora's connection ended")
    seen["blocked"] = dora.event("call_ended")
    seen["refused"] = await _refusal(address, "dora")

    await control("/switches", {"ban_ejects": True})
    await cy.join()
    await control("/say", said)
    await cy.until(lambda: "ana" in cy.speaking, "Ana speaks to Cy")
    await _ban(address, "cy")
    await cy.until(lambda: cy.event("call_ended"), "Cy is banned")
    await cy.until(lambda: cy.call.calling_state == left, "Cy's connection ended")
    seen["banned"] = cy.event("call_ended")
    seen["states"] = dora.states + cy.states
    return seen


if __name__ == "__main__":
    result = asyncio.run(run(json.loads(os.environ["SANDBOX"])))
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    os._exit(0)
