"""The past of all apps, read in bounded pages."""

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.call import Call
from console.domain.item import Item, Text, identify
from console.domain.past import PastLine
from console.domain.verdict import JudgedItem, Source, Verdict
from console.store.store import Store

CID = "default:town-hall"


def line(number: int, text: str = "hello", *, cid: str = CID, speaker: str = "ada") -> Item:
    return Item(
        item_id=identify("u", cid, speaker, str(number), "en"),
        kind="caption",
        cid=cid,
        session_id="s1",
        author_id=speaker,
        author_name=speaker.title(),
        body=Text(text),
        start_time=1000.0 + number,
        end_time=1001.5 + number,
        received_at=1002.0 + number,
    )


def unjudged(*items: Item) -> list[JudgedItem]:
    return [JudgedItem(item) for item in items]


def verdict(of: Item, source: Source, action: str) -> Verdict:
    return Verdict(
        item_id=of.item_id,
        source=source,
        action=action,
        provisional=source is Source.LOCAL,
        revision=of.revision,
    )


@pytest.fixture
async def store(tmp_path):
    opened = await Store.open(tmp_path / "console.db")
    yield opened
    await opened.close()


async def test_calls_of_every_app_the_latest_first(store):
    one, two = await store.use_app("one"), await store.use_app("two")
    await one.keep_calls([Call(cid=CID, type="default", id="town-hall", name="Town hall")])
    await one.keep_items(unjudged(line(1), line(2)))
    await one.keep_items(unjudged(line(7, cid="default:late")))
    await two.keep_items(unjudged(line(5)))
    act = Act(act_id="a", kind="kick", cid=CID, requested_at=1.0, user_ids=("ada",))
    await one.add_act(act, Receipt(act_id="a", state=ReceiptState.QUEUED))
    found = await store.archive().calls()
    assert [(call.app, call.cid, call.name, call.lines, call.acts) for call in found] == [
        ("one", "default:late", "default:late", 1, 0),
        ("two", CID, CID, 1, 0),
        ("one", CID, "Town hall", 2, 1),
    ]
    assert (found[2].since, found[2].until) == (1001.0, 1002.0)
    assert len(await store.archive().places("one", CID)) == 2
    assert len(await store.archive().places("nobody", CID)) == 0


async def test_lines_come_in_pages_as_they_were_said_with_the_verdict_that_stands(store):
    records = await store.use_app("one")
    lines = [line(number, f"line {number}") for number in range(5)]
    late = [lines[3], lines[0], lines[4], lines[2], lines[1]]  # as captions do after a gap
    await records.keep_items(
        [JudgedItem(each, (verdict(each, Source.LOCAL, "flag"),)) for each in late]
    )
    await records.keep_verdicts([verdict(lines[1], Source.STREAM, "remove")])
    archive = store.archive()
    places = await archive.places("one", CID)
    seen = []
    for at in range(0, len(places), 2):
        seen += await archive.lines("one", places[at : at + 2])
    assert [each.item.text for each in seen] == [each.text for each in lines]
    standing = [each.standing for each in seen if each.standing is not None]
    assert [verdict.action for verdict in standing] == ["flag", "remove", "flag", "flag", "flag"]


async def test_what_somebody_said_near_an_act(store):
    records = await store.use_app("one")
    lines = [line(0), line(10), line(20, speaker="bob"), line(30)]
    await records.keep_items(unjudged(*lines))
    await records.keep_verdicts([verdict(lines[1], Source.LOCAL, "flag")])
    found = await store.archive().spoken("one", CID, "ada", 1005.0, 1030.0)
    assert found == [
        PastLine(lines[1].item_id, 1010.0, True),
        PastLine(lines[3].item_id, 1030.0, False),
    ]


async def test_acts_know_whether_they_were_taken_back(store):
    records = await store.use_app("one")
    for act_id, undone_by in (("a", ""), ("b", "c")):
        act = Act(act_id=act_id, kind="block", cid=CID, requested_at=1.0)
        receipt = Receipt(act_id=act_id, state=ReceiptState.SEEN, undone_by=undone_by)
        await records.add_act(act, receipt)
    found = await store.archive().acts("one", CID)
    assert [(act.act_id, receipt.undone_by) for act, receipt in found] == [("a", ""), ("b", "c")]
    assert await store.archive().acts("two", CID) == []


async def test_lines_judged_differently_newest_first(store):
    records = await store.use_app("one")
    lines = [line(number) for number in range(4)]
    await records.keep_items(
        [JudgedItem(each, (verdict(each, Source.LOCAL, "flag"),)) for each in lines]
    )
    stream = [
        verdict(each, Source.STREAM, action)
        for each, action in zip(lines, ("keep", "flag", "remove"), strict=False)
    ]
    await records.keep_verdicts(stream)
    found = await store.archive().judged_differently("one", 10)
    assert [judged.item.item_id for judged in found] == [lines[2].item_id, lines[0].item_id]
    actions = [[verdict.action for verdict in judged.verdicts] for judged in found]
    assert actions == [["flag", "remove"], ["flag", "keep"]]
    assert len(await store.archive().judged_differently("one", 1)) == 1
