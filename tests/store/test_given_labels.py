"""Labels of moderators in a real store: the last word on an item, counted, by app, deleted."""

import pytest

from console.domain.given_label import LabelCounts, Says, given_label
from console.domain.item import CAPTION, Item, Text
from console.domain.verdict import Source, Verdict
from console.store.store import Store


@pytest.fixture
async def store(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    yield store
    await store.close()


def label(key, says=Says.RIGHT, at=1.0, **more):
    item = Item(
        item_id=key,
        kind=CAPTION,
        cid="default:hall",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Text(f"words of {key}"),
        start_time=1.0,
        end_time=1.0,
        received_at=1.0,
        language="en",
    )
    local = Verdict(item_id=key, source=Source.LOCAL, action="flag", confidence=0.7)
    more.setdefault("label", "")
    return given_label(
        item, (local,), local, says=says, by="mod", at=at, policy="0123456789ab", **more
    )


async def test_the_last_word_on_an_item_counts_and_is_told_with_the_one_before(store):
    records = (await store.use_app("one")).labels
    right, wrong = label("a"), label("a", Says.WRONG, at=2.0)
    assert await records.keep(right) is None
    assert await records.keep(wrong) == right
    assert await records.newest() == [wrong]
    assert await records.counts() == LabelCounts(wrong=1)
    assert wrong.confidence == 0.7


async def test_one_that_is_taken_back_is_gone(store):
    records = (await store.use_app("one")).labels
    await records.keep(label("a", Says.OTHER, label="THREAT"))
    back = await records.take_back("a")
    assert (back.says, back.label) == (Says.OTHER, "THREAT")
    assert await records.take_back("a") is None
    assert await records.counts() == LabelCounts()


async def test_who_is_erased_takes_their_labels_along(store):
    app = await store.use_app("one")
    await app.labels.keep(label("a"))
    await app.retention.erase("ann", at=5.0, by="mod")
    assert await app.labels.newest() == []


async def test_two_apps_never_mix_and_all_of_them_can_be_read_and_deleted(store):
    one, two = (await store.use_app("one")).labels, (await store.use_app("two")).labels
    await one.keep(label("a"))
    await two.keep(label("b", at=3.0))
    await two.keep(label("c", at=2.0))
    assert [each.item_id for each in await one.newest()] == ["a"]
    assert await two.among(["a", "b", "x"]) == {"b"}
    every = store.labels()
    assert [each.item_id for each in await every.newest(2)] == ["b", "c"]
    assert (await every.counts()).all == 3
    assert await two.delete() == 2
    assert await every.delete() == 1
    assert await every.newest() == []
