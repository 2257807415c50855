"""Locks of the review queue: seen by colleagues, given back when somebody leaves or is gone."""

import pytest

from console.domain.act import ReceiptState
from console.engine.services.review import item_lock, service
from console.protocol.review import LockItem


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(service, "WATCHED_EVERY_S", 0.2)
    monkeypatch.setattr(service, "SOON_S", 0.01)
    monkeypatch.setattr(item_lock, "LOOK_S", 0.05)


async def both_watch(*queues):
    for queue in queues:
        await queue.watch()
        await queue.console.until(lambda queue=queue: len(queue.items) == 3)


async def test_a_colleague_sees_who_reviews_and_acts_only_knowing_it(queued, desk, other):
    await both_watch(desk, other)
    before = other.items["0"]
    desk.tell(LockItem(before.item_id))
    await desk.console.until(lambda: desk.items["0"].holder == "moderator")

    receipt = await other.ended(other.decide("mark_reviewed", before))

    assert receipt.conflict
    assert receipt.reason == "Moderator is reviewing it. Nothing was done."
    await other.console.until(lambda: other.items["0"].holder_name == "Moderator")
    knowing = other.decide("mark_reviewed", other.items["0"], holder="moderator")
    assert (await other.ended(knowing)).state is ReceiptState.SEEN


async def test_going_on_gives_it_back(queued, desk, other):
    await both_watch(desk, other)
    first, second = (desk.items[key].item_id for key in ("0", "1"))
    desk.tell(LockItem(first))
    await other.console.until(lambda: other.items["0"].holder == "moderator")
    desk.tell(LockItem(second))
    await other.console.until(lambda: other.items["1"].holder == "moderator")
    await other.console.until(lambda: other.items["0"].holder == "")


@pytest.mark.clock_speed(10)
async def test_a_window_that_says_nothing_holds_nothing_after_half_a_minute(queued, desk, other):
    await both_watch(desk, other)
    clock = desk.console.channel._clock
    began = clock.monotonic()
    desk.tell(LockItem(desk.items["0"].item_id))
    await other.console.until(lambda: other.items["0"].holder == "moderator")
    await other.console.until(lambda: other.items["0"].holder == "")
    assert clock.monotonic() - began < 30


@pytest.mark.clock_speed(10)
async def test_an_engine_that_is_gone_holds_nothing_after_half_a_minute(
    queued, desk, other, monkeypatch
):
    await both_watch(desk, other)
    desk.tell(LockItem(desk.items["0"].item_id))
    await other.console.until(lambda: other.items["0"].holder == "moderator")
    clock = desk.console.channel._clock
    began = clock.monotonic()
    services = desk.console.engine.session._services._services
    (queue,) = (one for one in services if isinstance(one, service.ReviewQueue))
    queue._lock._held = queue._lock._wanted = ""  # as a crash would: nobody gives it back
    await other.console.until(lambda: other.items["0"].holder == "", timeout=30)
    assert clock.monotonic() - began < 31


async def test_signing_out_gives_it_back(queued, desk, other):
    await both_watch(desk, other)
    desk.tell(LockItem(desk.items["0"].item_id))
    await other.console.until(lambda: other.items["0"].holder == "moderator")
    await desk.console.engine.sign_out()
    await other.console.until(lambda: other.items["0"].holder == "")
    assert desk.items == {}
