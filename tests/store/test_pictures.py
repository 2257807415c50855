"""Small JPEGs of raised pictures, and what is left of one that nobody may see."""

import sqlite3

import pytest

from console.domain.item import FRAME, Item, Picture
from console.domain.verdict import JudgedItem
from console.store import pictures
from console.store.store import Store

SECRET = b"\xff\xd8 what nobody may see"


def frame(picture):
    return Item(
        item_id="f1",
        kind=FRAME,
        cid="default:a",
        session_id="s",
        author_id="ben",
        author_name="Ben",
        body=picture,
        start_time=1.0,
        end_time=1.0,
        received_at=2.0,
    )


@pytest.fixture
async def records(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    yield await store.use_app("key-one")
    await store.close()


async def test_a_picture_is_kept_and_of_too_many_the_oldest_go(records, monkeypatch):
    monkeypatch.setattr(pictures, "MOST", 2)
    for at, name in enumerate("abc"):
        await records.pictures.keep(name, name.encode(), float(at))
    assert [await records.pictures.find(name) for name in "abc"] == [b"", b"b", b"c"]


async def test_of_a_picture_that_nobody_may_see_only_its_hash_stays(records, tmp_path):
    item = frame(Picture("https://a.example/secret.png", picture_id="hash", text="words in it"))
    await records.keep_items([JudgedItem(item)])
    await records.pictures.keep("hash", SECRET, 1.0)

    await records.pictures.withhold(item, 2.0)
    await records.pictures.keep("hash", SECRET, 3.0)

    assert await records.pictures.find("hash") == b""
    assert await records.pictures.withheld() == {"hash"}
    (kept,) = await records.recent_items(["default:a"], 10)
    assert kept.item.body == Picture(picture_id="hash", withheld=True)
    connection = sqlite3.connect(tmp_path / "console.db")
    dump = "\n".join(connection.iterdump())
    connection.close()
    assert "secret.png" not in dump
    assert "words in it" not in dump
