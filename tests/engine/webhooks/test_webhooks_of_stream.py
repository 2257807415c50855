"""Webhooks, from the sandbox over a signed request to a judged frame."""

import contextlib
import gzip
import hashlib
import hmac
import itertools

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from console.domain.item import FRAME
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.engine.services.webhooks import IN_CLEAR, NEEDS_SECRET, Webhooks
from console.engine.webhooks import receiver
from console.engine.webhooks.listen_at import ListenAt
from console.engine.webhooks.signed import FORGED, MAX_PACKED_BYTES
from console.protocol.review import QueueQuery, QueueState, WatchQueue
from console.protocol.to_window import Problem
from console.sandbox.control import Control
from tests.engine.conftest import Console
from tests.media_extra import need_media
from tests.patience import patient

CID = "default:one"
EVENT = b'{"type":"review_queue_item.new","created_at":1}'


@pytest_asyncio.fixture
async def listening(tmp_path, shared_clock):
    console = Console(tmp_path, shared_clock, webhooks_at=ListenAt("127.0.0.1", 0))
    console.engine.start()
    yield console
    await console.close()


async def begun(sandbox, console, method=Method.SECRET):
    """The address of webhooks, once it listens."""
    console.router.answer(sandbox.sign_in(method))
    await console.until(lambda: console.state.phase is Phase.LIVE)
    service = next(
        each for each in console.engine.session._services._services if isinstance(each, Webhooks)
    )
    await console.until(lambda: service.port)
    return f"http://127.0.0.1:{service.port}/stream"


@contextlib.asynccontextmanager
async def control_of(sandbox):
    control = Control(sandbox.world, sandbox.sockets, None, sandbox.between._app.state.webhooks)
    transport = httpx.ASGITransport(
        app=Starlette(routes=[control.mount()]), client=("127.0.0.1", 1)
    )
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox/sandbox") as http:
        yield http


class Sender:
    """Posts what it is told to, signed with the sandbox's secret unless a signature is given."""

    def __init__(self, sandbox, url):
        self._keys, self._url = sandbox.keys, url
        self._number = itertools.count()

    async def post(self, body, **headers):
        signed = hmac.new(self._keys.api_secret.encode(), body, hashlib.sha256).hexdigest()
        head = {
            "X-API-KEY": self._keys.api_key,
            "X-SIGNATURE": signed,
            "X-WEBHOOK-ID": str(next(self._number)),
            **headers,
        }
        async with httpx.AsyncClient(timeout=patient(10)) as http:
            return await http.post(self._url, content=body, headers=head)


def said(console):
    return [each.sentence for each in console.of(Problem) if each.place == "webhooks"]


@pytest.mark.parametrize("packed", [False, True])
async def test_a_recorded_frame_comes_by_webhook_and_is_judged_once(sandbox, listening, packed):
    need_media("PIL", "rapidocr", "zxingcpp", "onnxruntime")
    sandbox.world.frames.lag = 0.0
    (ann,) = sandbox.call("one", "ann")
    sandbox.world.attendance.publish(CID, ann.user_session_id, "video")
    url = await begun(sandbox, listening)
    await listening.until(lambda: CID in listening.calls)
    sandbox.world.frames.show(CID, "ann", ["Explicit Nudity"])
    async with control_of(sandbox) as control:
        hook = {"url": url, "packed": packed}
        assert (await control.post("/hook", json=hook)).status_code == 200
        taken = await control.post("/frames", json={"cid": CID})
        assert taken.json() == {"taken": 1}
        await listening.until(
            lambda: any(line.kind == FRAME for line in listening.lines), patient(40)
        )
    (frame,) = [line for line in listening.lines if line.kind == FRAME]
    assert (frame.author_id, frame.cid) == ("ann", CID)
    verdict = next(each for each in listening.verdicts if each.item_id == frame.item_id)
    assert (verdict.action, verdict.labels) == ("remove", ("Explicit Nudity",))
    await listening.until(lambda: listening.pulse.webhooks_taken)


async def test_news_of_the_review_queue_has_it_read_at_once(sandbox, listening):
    url = await begun(sandbox, listening)
    listening.router.answer(WatchQueue(QueueQuery()))
    await listening.until(lambda: listening.of(QueueState))
    asked = sandbox.between.passed["/api/v2/moderation/review_queue"]
    answer = await Sender(sandbox, url).post(EVENT)
    assert answer.status_code == 200
    await listening.until(
        lambda: sandbox.between.passed["/api/v2/moderation/review_queue"] > asked, timeout=4
    )


async def test_what_is_not_signed_by_stream_is_refused_and_counted(sandbox, listening):
    sender = Sender(sandbox, await begun(sandbox, listening))
    forged = await sender.post(EVENT, **{"X-SIGNATURE": "0" * 64})
    other = await sender.post(EVENT, **{"X-API-KEY": "another"})
    large = await sender.post(b" " * (MAX_PACKED_BYTES + 1))
    bomb = await sender.post(gzip.compress(b" " * (9 << 20)))
    assert [each.status_code for each in (forged, other, large, bomb)] == [401, 401, 413, 413]
    async with httpx.AsyncClient() as http:
        assert (await http.get(sender._url)).status_code == 405
    await listening.until(lambda: listening.pulse.webhooks_refused == 5)
    assert FORGED in said(listening)
    assert listening.pulse.webhooks_taken == 0


async def test_one_that_comes_again_is_taken_once(sandbox, listening):
    sender = Sender(sandbox, await begun(sandbox, listening))
    for ids in ("one", "one", "two"):  # the last one: somebody repeats it under another id
        assert (await sender.post(EVENT, **{"X-WEBHOOK-ID": ids})).status_code == 200
    await listening.until(lambda: listening.pulse.webhooks_doubled == 2)
    assert listening.pulse.webhooks_taken == 1


async def test_what_a_socket_brings_too_is_not_heard_twice(sandbox, listening):
    (ann,) = sandbox.call("one", "ann")
    url = await begun(sandbox, listening)
    await listening.live(CID)
    async with control_of(sandbox) as control:
        await control.post("/hook", json={"url": url})
        sandbox.say(ann, "only once")
        await sandbox.between._app.state.webhooks.settled()
    await listening.until(lambda: listening.pulse.webhooks_taken)
    await listening.until(lambda: "only once" in listening.texts)
    assert listening.texts.count("only once") == 1
    assert listening.pulse.duplicates == 0


async def test_too_many_are_turned_away_so_that_stream_sends_them_again(
    sandbox, listening, monkeypatch
):
    monkeypatch.setattr(receiver, "BURST", 2)
    monkeypatch.setattr(receiver, "A_SECOND", 0.0)
    sender = Sender(sandbox, await begun(sandbox, listening))
    answers = [await sender.post(EVENT + b" " * number) for number in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]


async def test_what_cannot_be_read_is_told_and_the_next_is_taken(sandbox, listening):
    sender = Sender(sandbox, await begun(sandbox, listening))
    assert (await sender.post(b'{"type": 5}')).status_code == 200
    await listening.until(lambda: said(listening))
    assert "could not be read" in said(listening)[0]
    assert (await sender.post(EVENT)).status_code == 200
    await listening.until(lambda: listening.pulse.webhooks_taken == 2)


async def test_without_the_secret_nothing_is_taken_and_that_is_said(sandbox, listening):
    listening.router.answer(sandbox.sign_in(Method.TOKEN))
    await listening.until(lambda: said(listening) == [NEEDS_SECRET])
    await listening.until(lambda: listening.state.phase is Phase.LIVE)


async def test_an_address_in_the_network_is_warned_of_and_one_in_use_is_tried_again(
    sandbox, tmp_path, shared_clock, listening
):
    url = await begun(sandbox, listening)
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    other = Console(tmp_path / "other", shared_clock, webhooks_at=ListenAt("0.0.0.0", port))
    other.engine.start()
    try:
        other.router.answer(sandbox.sign_in())
        await other.until(lambda: len(said(other)) == 2)
        assert said(other)[0] == IN_CLEAR
        assert "cannot be taken" in said(other)[1]
    finally:
        await other.close()
