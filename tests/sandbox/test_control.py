import httpx
import pytest

from console.base.clock import Clock
from console.sandbox.app import create_app
from console.sandbox.control import Control
from console.sandbox.direction.director import Director
from console.sandbox.direction.scenario import CallPlan, Line, Person, Scenario
from console.sandbox.events import WorldEvent
from console.sandbox.sockets import Sockets
from console.sandbox.timestamps import Form
from console.sandbox.tokens import AppKeys
from console.sandbox.world import World

ROOM = "default:room"
SCENARIO = Scenario(
    name="small",
    title="Small",
    description="Two people.",
    users=(Person(id="ann", name="Ann"), Person(id="ben", name="Ben", language="de")),
    calls=(
        CallPlan(
            id="room",
            name="Room",
            hosts=("ann",),
            people=("ann", "ben"),
            voices=("ann",),
            captions="auto-on",
        ),
    ),
    lines=(Line(at=1.0, call="room", who="ann", text="Hello there."),),
)


class StoppedClock(Clock):
    def __init__(self) -> None:
        self.time = 1_700_000_000.0

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


class Sandbox:
    def __init__(self, *, with_director: bool = True, client: tuple[str, int] | None = None):
        self.clock = StoppedClock()
        self.world = World(self.clock)
        self.world.add_user("moderator", "Moderator", role="moderator")
        self.sockets = Sockets(self.world)
        self.director = Director(self.world, SCENARIO, self.clock, paused=True)
        self.director.prepare()
        control = Control(self.world, self.sockets, self.director if with_director else None)
        self.keys = AppKeys("key", "s" * 32)
        app = create_app(self.world, self.keys, sockets=self.sockets, control=[control.mount()])
        transport = httpx.ASGITransport(app, client=client or ("127.0.0.1", 5))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://sandbox/sandbox")

    async def get(self, path):
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path, /, **body):
        answer = await self.http.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def sandbox():
    return Sandbox()


async def test_status_tells_what_is_there(sandbox):
    status = await sandbox.get("/status")
    assert status.pop("rss_mb") > 5
    assert status == {
        "started": False,
        "scenario": "small",
        "scenario_time": 0.0,
        "seed": 1,
        "spoken": 0,
        "captioned": 0,
        "written": 0,
        "silent": {},
        "lines_by_call": {},
        "sockets": 0,
        "watches": 0,
        "delivered": {},
        "dropped_sockets": 0,
        "requests": {},
        "unknown": 0,
        "webhooks": {},
        "calls": 1,
        "participants": 2,
    }


async def test_somebody_writes_into_the_chat_and_changes_it(sandbox):
    call = next(iter(sandbox.world.state.calls.values()))
    user_id = next(iter(call.running.presences.values())).user.id if call.running else "moderator"
    written = await sandbox.post("/write", cid=call.cid, user_id=user_id, text="hello")
    body = {"cid": call.cid, "user_id": user_id, "message_id": written["id"]}
    assert await sandbox.post("/write", text="bye", **body) == written
    assert sandbox.world.chat.messages[written["id"]].text == "bye"
    assert (await sandbox.get("/status"))["written"] == 1


async def test_start_and_pause(sandbox):
    assert (await sandbox.post("/start"))["started"] is True
    await sandbox.clock.sleep(3.0)
    assert (await sandbox.get("/status"))["scenario_time"] == 3.0
    assert (await sandbox.post("/pause"))["started"] is False
    await sandbox.clock.sleep(3.0)
    assert (await sandbox.get("/status"))["scenario_time"] == 3.0


async def test_what_was_spoken_is_told_from_where_one_stopped_reading(sandbox):
    said = [await sandbox.post("/say", cid=ROOM, user_id="ann", text=f"{n}") for n in range(3)]
    first = await sandbox.get("/spoken")
    assert [caption["text"] for caption in first["captions"]] == ["0", "1", "2"]
    assert [c["id"] for c in first["captions"]] == [answer["id"] for answer in said]
    assert [c["start_time_ns"] for c in first["captions"]] == [a["start_time_ns"] for a in said]
    assert len({c["start_time_ns"] for c in first["captions"]}) == 3
    assert {c["cid"] for c in first["captions"]} == {ROOM}
    assert {c["speaker"] for c in first["captions"]} == {"ann"}
    assert first["next"] == 3
    await sandbox.post("/say", cid=ROOM, user_id="ann", text="more", language="fr")
    rest = await sandbox.get(f"/spoken?since={first['next']}")
    assert [(c["text"], c["language"]) for c in rest["captions"]] == [("more", "fr")]
    assert (await sandbox.get("/spoken?since=99"))["captions"] == []
    status = await sandbox.get("/status")
    assert (status["spoken"], status["captioned"]) == (4, 4)
    assert status["lines_by_call"] == {ROOM: 4}


async def test_one_without_a_microphone_says_nothing(sandbox):
    answer = await sandbox.post("/say", cid=ROOM, user_id="ben", text="Hallo?")
    assert answer == {"captioned": False, "reason": "muted", "id": "", "start_time_ns": 0}
    assert (await sandbox.get("/status"))["silent"] == {"muted": 1}


async def test_people_are_told_as_they_are(sandbox):
    sandbox.world.sanctions.mute(ROOM, ["ann"], ["audio"], "moderator")
    sandbox.world.sanctions.ban("ben", "moderator")
    sandbox.world.sanctions.block(ROOM, "ben", "moderator")
    await sandbox.post("/address", user_id="ann", address="203.0.113.7")
    people = (await sandbox.get(f"/people/{ROOM}"))["people"]
    assert people == [
        {
            "user_id": "ann",
            "name": "Ann",
            "present": True,
            "devices": 1,
            "live": [],
            "muted": True,
            "permissions": ["screenshare", "send-audio", "send-video"],
            "asking": [],
            "blocked": False,
            "banned": False,
            "address": "203.0.113.7",
        },
        {
            "user_id": "ben",
            "name": "Ben",
            "present": False,
            "devices": 0,
            "live": [],
            "muted": False,
            "permissions": ["screenshare", "send-audio", "send-video"],
            "asking": [],
            "blocked": True,
            "banned": True,
            "address": "198.18.0.2",
        },
    ]
    only = (await sandbox.get(f"/people/{ROOM}?user_id=ben"))["people"]
    assert [row["user_id"] for row in only] == ["ben"]


async def test_people_act_when_told(sandbox):
    acts = [
        ({"kind": "publish", "user_id": "ben"}, True),
        ({"kind": "unpublish", "user_id": "ben"}, True),
        ({"kind": "leave", "user_id": "ben"}, True),
        ({"kind": "join", "user_id": "ben"}, True),
        ({"kind": "ask", "user_id": "ben"}, False),  # has it already
    ]
    for act, done in acts:
        assert (await sandbox.post("/act", cid=ROOM, **act))["done"] is done
    sandbox.world.sanctions.permissions(ROOM, "ben", revoke=["send-audio"], by="moderator")
    assert (await sandbox.post("/act", kind="ask", cid=ROOM, user_id="ben"))["done"] is True
    publish = {"kind": "publish", "cid": ROOM, "user_id": "ben"}
    assert (await sandbox.post("/act", **publish))["done"] is False
    sandbox.world.sanctions.block(ROOM, "ben", "moderator")
    refused = await sandbox.post("/act", kind="join", cid=ROOM, user_id="ben")
    assert refused == {"done": False, "reason": "blocked"}


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("/say", {"cid": ROOM, "user_id": "zed", "text": "x"}, 404, "zed is not in default:room"),
        ("/say", {"cid": "a:b", "user_id": "ann", "text": "x"}, 404, "Can't find call"),
        ("/say", {"cid": ROOM}, 400, "missing required field"),
        ("/act", {"kind": "fly", "cid": ROOM, "user_id": "ann"}, 400, "Invalid enum value"),
        ("/act", {"kind": "join", "cid": ROOM, "user_id": "zed"}, 404, "zed does not exist"),
        ("/faults", {"kind": "fire"}, 400, "fire is none of"),
        ("/drop", {"code": "x"}, 400, "Expected `int`"),
    ],
)
async def test_what_makes_no_sense_is_refused(sandbox, path, body, status, sentence):
    answer = await sandbox.http.post(path, json=body)
    assert answer.status_code == status
    assert sentence in answer.json()["error"]


async def test_since_must_be_a_number(sandbox):
    assert (await sandbox.http.get("/spoken?since=x")).status_code == 400


async def test_faults_hit_the_next_requests_and_can_be_forgotten(sandbox):
    await sandbox.post("/faults", kind="rate_limit", path="/video/calls", times=1, retry_after=7)
    await sandbox.post("/faults", kind="error", path="/video/calls", status=503)
    calls = "http://sandbox/video/calls?api_key=key"
    server = {"Authorization": sandbox.keys.server_token(), "stream-auth-type": "jwt"}
    limited = await sandbox.http.post(calls, json={}, headers=server)
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert (await sandbox.post("/faults", kind="clear"))["happened"] == 1
    assert (await sandbox.http.post(calls, json={}, headers=server)).status_code == 201


async def test_sockets_get_raw_text_and_are_dropped(sandbox):
    mine = sandbox.sockets.open(sandbox.world.state.users["moderator"], Form.NANOSECONDS)
    other = sandbox.sockets.open(sandbox.world.state.users["ann"], Form.NANOSECONDS)
    assert await sandbox.post("/raw", text="{broken", user_id="moderator") == {"sent": 1}
    assert mine.frames.get_nowait() == "{broken"
    assert other.frames.empty()
    assert await sandbox.post("/raw", text="x") == {"sent": 2}
    assert await sandbox.post("/drop", code=4001, user_id="moderator") == {"dropped": 1}
    assert mine.closing.result() == 4001
    assert not other.closing.done()
    assert (await sandbox.get("/status"))["sockets"] == 2


@pytest.mark.parametrize("client", [("192.168.1.5", 1), ("not an address", 1)])
async def test_others_are_refused(client):
    stranger = Sandbox(client=client)
    for answer in (await stranger.http.get("/status"), await stranger.http.post("/start")):
        assert answer.status_code == 403
    assert not stranger.director.started


async def test_web_pages_are_refused(sandbox):
    headers = {"Origin": "http://evil.example"}
    assert (await sandbox.http.post("/start", headers=headers)).status_code == 403
    assert not sandbox.director.started


async def test_without_a_scenario_there_is_nothing_to_start():
    empty = Sandbox(with_director=False)
    assert (await empty.http.post("/start")).status_code == 404
    assert (await empty.get("/status"))["scenario"] == ""


async def test_frames_are_taken_and_shown_when_told(sandbox):
    cid = next(iter(sandbox.world.state.calls))
    user_id = next(iter(sandbox.world.state.calls[cid].running.presences.values())).user_id
    await sandbox.post("/act", kind="publish", cid=cid, user_id=user_id, track="video")
    heard: list[WorldEvent] = []
    sandbox.world.state.events.listen(lambda event: heard.append(event) if event.on_wire else None)
    shown = await sandbox.post("/frames", cid=cid, user_id=user_id, labels=["Violence"])
    assert shown == {"taken": 0}
    assert (await sandbox.post("/frames", cid=cid))["taken"] == len(heard) > 0
    (mine,) = [event for event in heard if event.targets == (user_id,)]
    assert sandbox.world.frames.labels_of(mine.payload["url"]) == ("Violence",)


async def test_switches_decide_what_is_not_known(sandbox):
    before = await sandbox.post("/switches")
    assert before == {
        "frames": False,
        "literal": False,
        "ban_ejects": False,
        "revokes_end_on_leaving": False,
        "mute_all_includes_caller": False,
        "shadow_bans_end": True,
    }
    after = await sandbox.post("/switches", frames=True, ban_ejects=True)
    assert after == {**before, "frames": True, "ban_ejects": True}
    assert (sandbox.sockets.frames, sandbox.world.sanctions.ban_ejects) == (True, True)


async def test_a_page_of_another_site_may_ask_stream_and_never_the_control_endpoint(sandbox):
    page = {"Origin": "https://a.page", "Access-Control-Request-Method": "POST"}
    allowed = "access-control-allow-origin"
    stream = await sandbox.http.options("http://sandbox/video/call/default/one/join", headers=page)
    control = await sandbox.http.options("/say", headers=page)
    assert (stream.status_code, stream.headers.get(allowed)) == (200, "*")
    assert allowed not in control.headers
    assert control.status_code == 405
