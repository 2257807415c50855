"""Those who want items of the queue at the same moment share one request."""

import asyncio

import pytest

from console.domain.review import ReviewItem
from console.engine.wire.refusals import UnreachableError
from console.engine.wire.review_batch import ItemBatch
from console.engine.wire.review_queue import MAX_ITEMS


def item(item_id):
    return ReviewItem(item_id=item_id, entity_type="t", entity_id=item_id, created_at=1.0)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def batch(asked):
    async def ask(ids):
        asked.append(list(ids))
        return {item_id: item(item_id) for item_id in ids if item_id != "gone"}

    return ItemBatch(ask)


async def test_many_at_once_are_one_request_each_page(batch, asked):
    ids = [str(number) for number in range(MAX_ITEMS + 20)]
    found = await asyncio.gather(*map(batch.item, [*ids, "3", "gone"]))
    assert [one and one.item_id for one in found] == [*ids, "3", None]
    assert [len(some) for some in asked] == [MAX_ITEMS, 21]
    await batch.item("3")
    assert asked[-1] == ["3"]  # what was read a moment ago is old


async def test_a_refusal_is_for_all_who_asked():
    async def refuse(_ids):
        raise UnreachableError("Stream did not answer.")

    batch = ItemBatch(refuse)
    found = await asyncio.gather(batch.item("1"), batch.item("2"), return_exceptions=True)
    assert [str(error) for error in found] == ["Stream did not answer. Is the network up?"] * 2


async def test_nobody_waits_for_ever_when_the_first_is_stopped(batch):
    first = asyncio.create_task(batch.item("1"))
    await asyncio.sleep(0)
    second = asyncio.create_task(batch.item("2"))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(UnreachableError):
        await second
    assert (await batch.item("2")).item_id == "2"
