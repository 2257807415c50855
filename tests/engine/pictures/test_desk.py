"""Pictures by their address: fetched from a real server, looked at by a real media process."""

import asyncio
import io
import struct
import zlib

import pytest

from console.base.clock import SystemClock
from console.base.paths import Paths
from console.engine.pictures import desk
from console.engine.pictures.desk import PictureDesk, WantedLook
from console.engine.pictures.fetch import Fetcher
from console.engine.services.listening.media_child import MediaChild
from tests.engine.pictures.test_fetch import http, served
from tests.media_extra import need_media


def png(width, height, data=b""):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", data or zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(each)) + kind + each + struct.pack(">I", zlib.crc32(kind + each))
        for kind, each in parts
    )


def card(*words, kind="PNG"):
    need_media("PIL", "rapidocr", "zxingcpp", "onnxruntime")
    image, draw = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageDraw")
    font = pytest.importorskip("PIL.ImageFont").load_default(size=36)
    made = image.new("RGB", (640, 360), "white")
    draw.Draw(made).multiline_text((40, 40), "\n".join(words), "black", font)
    into = io.BytesIO()
    made.save(into, kind)
    return into.getvalue()


class Desk:
    def __init__(self, tmp_path):
        self.problems = []
        paths = Paths.under(tmp_path)
        paths.create()
        self.media = MediaChild(paths, SystemClock(), self._problem)
        self.desk = PictureDesk(self.media, Fetcher(from_here=True), self._problem)

    def _problem(self, _place, sentence):
        self.problems.append(sentence)


@pytest.fixture
async def made(tmp_path):
    made = Desk(tmp_path)
    running = asyncio.create_task(made.desk.run())
    yield made
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await made.media.close()


async def test_what_a_picture_shows_is_known_and_a_small_one_is_kept(made):
    data = card("TEST CARD", "Explicit Nudity")
    async with served(http(data)) as url:
        seen = await made.desk.look(WantedLook(url=f"{url}/a", cid="default:a", track="video"))
    assert seen.text == "TEST CARD\nExplicit Nudity"
    assert (seen.width, seen.height, seen.track, seen.sentence) == (640, 360, "video", "")
    assert dict(seen.labels).keys() == {"EXPLICIT", "SUGGESTIVE"}
    assert made.desk.shelf.find(seen.picture_id).startswith(b"\xff\xd8")
    assert (made.desk.looked, made.desk.unreadable) == (1, 0)


async def test_what_cannot_be_looked_at_says_why_and_is_counted_and_the_rest_goes_on(made):
    jpeg = card("Hello", kind="JPEG")
    wrong = (png(20_000, 20_000), jpeg[: len(jpeg) // 2], png(300, 300), b"no picture")
    async with served(*map(http, (*wrong, jpeg))) as url:
        seen = [await made.desk.look(WantedLook(url=f"{url}/{each}")) for each in range(5)]
    parts = ("too many pixels", "broken", "broken", "no picture", "")
    for each, part in zip(seen, parts, strict=True):
        assert part in each.sentence
    assert seen[-1].text == "Hello"
    assert made.desk.unreadable == 4
    assert len(made.problems) == 4


async def test_a_picture_that_nobody_may_see_is_withheld_whenever_it_comes_again(made):
    data = card("anything")
    async with served(http(data), http(data)) as url:
        first = await made.desk.look(WantedLook(url=f"{url}/a"))
        made.desk.withhold(first.picture_id)
        again = await made.desk.look(WantedLook(url=f"{url}/b"))
    assert made.desk.shelf.find(first.picture_id) == b""
    assert again.withheld
    assert (again.picture_id, again.url, again.text) == (first.picture_id, "", "")


async def test_too_many_pictures_are_left_out_by_heat_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr(desk, "MAX_WAITING", 2)
    waits = Desk(tmp_path).desk  # nothing runs, so all of them wait
    waits.heats = {"default:hot": 5.0, "default:warm": 1.0}
    told = []
    waits.told_shed = lambda wanted: told.append(wanted.cid)
    asked = {}
    for cid in ("default:hot", "default:cold", "default:warm"):
        wanted = WantedLook(url="https://a.example/", cid=cid, key=cid)
        asked[cid] = asyncio.create_task(waits.look(wanted))
    left_out = await asked["default:cold"]
    assert "left out" in left_out.sentence
    newer = asyncio.create_task(waits.look(WantedLook(url="https://b.example/", key="default:hot")))
    assert "newer" in (await asked["default:hot"]).sentence
    assert told == ["default:cold"], "what a newer picture overtakes is counted, and no problem"
    assert (waits.shed, waits.waiting) == (2, 2)
    for task in (*asked.values(), newer):
        task.cancel()
