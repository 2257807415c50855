"""Who is let in by the signalling socket, and what asking for another connection gives."""

import asyncio
import json

import httpx
import pytest
import websockets

from tests.media_extra import need_media
from tests.patience import patient

need_media("aiortc", "google.protobuf")

from console.sandbox.app import create_app  # noqa: E402  (after the skip)
from console.sandbox.media_on_demand import MediaOnDemand  # noqa: E402
from console.sandbox.server import serving  # noqa: E402
from console.sandbox.sfu.messages import DISCONNECT, REJOIN, ErrorCode, message  # noqa: E402
from console.sandbox.signalling import PATH  # noqa: E402
from console.sandbox.tokens import AppKeys  # noqa: E402
from console.sandbox.world import World  # noqa: E402

CID = "default:talk"
SERVICE = "stream.video.sfu.signal.SignalServer"


@pytest.fixture
async def served():
    world = World()
    world.add_user("ana", "Ana", role="admin")
    world.control.create("default", "talk", created_by="ana", name="Talk")
    media = MediaOnDemand(world)
    app = create_app(world, AppKeys.generate(), signalling_routes=media.routes())
    async with serving(app) as address:
        yield world, address
        await media.close()


def joining(token):
    request = message("SfuRequest")()
    request.join_request.token = token
    request.join_request.session_id = "session"
    return request.SerializeToString()


async def told(socket, kind=""):
    async with asyncio.timeout(patient(10)):
        while True:
            event = message("SfuEvent").FromString(await socket.recv())
            if kind in ("", event.WhichOneof("payload")):
                return event


def signal(address):
    return websockets.connect(f"{address.base_url.replace('http', 'ws')}{PATH}/ws")


@pytest.mark.parametrize("kind", ["wrong", "expired"])
async def test_a_wrong_token_or_one_of_who_has_left_is_refused_for_good(served, kind):
    world, address = served
    token = "nothing"
    if kind == "expired":
        token = world.attendance.join(CID, "ana").user_session_id
        world.attendance.leave(CID, token)
    async with signal(address) as socket:
        await socket.send(joining(token))
        refusal = (await told(socket)).error
        assert refusal.error.code == ErrorCode.UNAUTHENTICATED
        assert (refusal.error.should_retry, refusal.reconnect_strategy) == (False, DISCONNECT)
        async with asyncio.timeout(patient(10)):
            await socket.wait_closed()
    assert socket.close_code == 1000


async def test_another_connection_is_asked_for_by_its_own_client_alone(served):
    world, address = served
    token = world.attendance.join(CID, "ana").user_session_id
    async with signal(address) as socket, httpx.AsyncClient() as http:
        await socket.send(joining(token))
        assert (await told(socket)).WhichOneof("payload") == "join_response"
        body = json.dumps({"sessionId": "session", "peerType": "PEER_TYPE_SUBSCRIBER"})
        url = f"{address.base_url}{PATH}/{SERVICE}/IceRestart"
        for bearer, status in (("nothing", 401), (token, 200)):
            headers = {"authorization": f"Bearer {bearer}", "content-type": "application/json"}
            answer = await http.post(url, content=body, headers=headers)
            assert answer.status_code == status
        asked = (await told(socket, "error")).error
        assert (asked.error.should_retry, asked.reconnect_strategy) == (True, REJOIN)
