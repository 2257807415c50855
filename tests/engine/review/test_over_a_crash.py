"""A decision whose engine dies before the answer: the next one looks, and repeats nothing."""

import asyncio

import pytest

from console.domain.act import ReceiptState
from console.engine.services.review import service
from tests.engine.conftest import Console
from tests.engine.review.conftest import Queue, sign_in


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(service, "WATCHED_EVERY_S", 0.2)
    monkeypatch.setattr(service, "SOON_S", 0.01)


async def _decided_without_answer(queued, desk, *, done):
    """The act's id; its request hangs, and was carried out where ``done``."""
    reached, never = asyncio.Event(), asyncio.Event()
    app = queued.between._app

    async def hang(scope, receive, send):
        if scope["type"] == "http" and scope["path"].endswith("/submit_action"):
            if done:
                await app(scope, receive, _nowhere)
            reached.set()
            await never.wait()
            return
        await app(scope, receive, send)

    queued.between._app = hang
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)
    act_id = desk.decide("mark_reviewed", desk.items["2"])
    await reached.wait()
    queued.between._app = app
    return act_id, never


async def _nowhere(_message) -> None:
    """Where an answer goes that nobody is to see."""


@pytest.mark.parametrize("done", [True, False])
async def test_the_next_engine_looks_at_the_item_before_anything_is_sent_again(
    queued, desk, tmp_path, shared_clock, done
):
    act_id, never = await _decided_without_answer(queued, desk, done=done)
    await desk.console.close()
    never.set()
    console = Console(tmp_path, shared_clock)
    console.engine.start()
    try:
        later: Queue = await sign_in(console, queued, "moderator")
        receipt = await later.ended(act_id)
    finally:
        await console.close()

    assert receipt.state is ReceiptState.SEEN
    item = next(one for one in queued.world.judging.items.values() if one.entity_id == "2")
    assert [action.type for action in item.actions] == ["mark_reviewed"]


async def test_what_a_colleague_decided_meanwhile_stops_what_was_not_done(
    queued, desk, tmp_path, shared_clock
):
    act_id, never = await _decided_without_answer(queued, desk, done=False)
    await desk.console.close()
    item = next(one for one in queued.world.judging.items.values() if one.entity_id == "2")
    queued.world.reviews.submit("restore", item.id, {}, "mia")
    never.set()
    console = Console(tmp_path, shared_clock)
    console.engine.start()
    try:
        later: Queue = await sign_in(console, queued, "moderator")
        receipt = await later.ended(act_id)
    finally:
        await console.close()

    assert receipt.conflict
    assert receipt.reason == "Mia Chen acted first: restore. Nothing was done."
