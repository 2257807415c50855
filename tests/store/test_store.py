"""The store as its callers see it: everything awaited is on disk, known things stay single."""

import asyncio

import pytest
from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.call import Call
from console.domain.item import Item, Text, identify
from console.domain.verdict import (
    KEEP,
    REMOVE,
    EarlierWords,
    JudgedItem,
    Match,
    Severity,
    Source,
    Verdict,
)
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
        source_id=f"c{number}",
        language="en",
    )


def verdict(of: Item, source: Source = Source.LOCAL, **fields) -> Verdict:
    return Verdict(
        item_id=of.item_id,
        source=source,
        **{"action": KEEP, "provisional": source is Source.LOCAL, **fields},
    )


def judged(*items: Item, **fields) -> list[JudgedItem]:
    return [JudgedItem(item, (verdict(item, **fields),)) for item in items]


def unjudged(*items: Item) -> list[JudgedItem]:
    return [JudgedItem(item) for item in items]


def act(act_id: str, *user_ids: str, kind: str = "kick") -> Act:
    return Act(act_id=act_id, kind=kind, cid=CID, requested_at=1.0, user_ids=user_ids, by="mod")


def queued(act_id: str) -> Receipt:
    return Receipt(act_id=act_id, state=ReceiptState.QUEUED, queued_at=1.0)


@pytest.fixture
async def store(tmp_path):
    opened = await Store.open(tmp_path / "console.db")
    yield opened
    await opened.close()


@pytest.fixture
async def records(store):
    return await store.use_app("key")


async def test_a_line_comes_back_exactly_as_it_was_kept(records):
    hostile = replace(line(1), body=Text("<b>\u202e\x00 zero, 🙈 " + "x" * 32_768), translated=True)
    known = verdict(
        hostile,
        labels=("insult", "spam"),
        severity=Severity.HIGH,
        confidence=0.25,
        matches=(
            Match(rule="words", label="insult", start=3, end=9),
            Match(rule="cut", end=8, earlier=(EarlierWords("u0", 11, 15),)),
        ),
        waited_ms=1.5,
    )

    assert await records.keep_items([JudgedItem(hostile, (known,))]) == [
        JudgedItem(hostile, (known,))
    ]

    assert await records.recent_items([CID], 10) == [JudgedItem(hostile, (known,))]


async def test_a_known_line_is_not_doubled(records):
    await records.keep_items(unjudged(line(1)))

    assert await records.keep_items(unjudged(line(1), line(2))) == [None, JudgedItem(line(2))]

    assert await records.recent_items([CID], 10) == unjudged(line(1), line(2))


async def test_another_text_of_the_same_identity_is_a_revision_that_waits_again(records):
    await records.keep_items(judged(line(1)))
    await records.keep_verdicts([verdict(line(1), Source.STREAM)])
    other = line(1, "good-bye")

    before = line(1).text
    revised = JudgedItem(replace(other, revision=1), (verdict(other, revision=1),), before)
    assert await records.keep_items(judged(other)) == [revised]

    assert await records.recent_items([CID], 10) == [revised]
    assert await records.unjudged(10) == [replace(other, revision=1)]


async def test_an_old_revision_delivered_again_is_known(records):
    await records.keep_items(unjudged(line(1, "first")))
    await records.keep_items(unjudged(line(1, "second")))

    assert await records.keep_items(unjudged(line(1, "first"))) == [None]

    assert [found.item.text for found in await records.recent_items([CID], 10)] == ["second"]


async def test_a_text_that_comes_back_later_is_another_revision(records):
    for number, text in enumerate(("harmful", "harmless", "harmful")):
        await records.keep_items(unjudged(replace(line(1, text), end_time=2000.0 + number)))

    (found,) = await records.recent_items([CID], 10)
    assert (found.item.text, found.item.revision) == ("harmful", 2)

    harmless = replace(line(1, "harmless"), end_time=2001.0)
    assert await records.keep_items(unjudged(harmless)) == [None]


async def test_a_line_waits_until_a_verdict_decides(records):
    await records.keep_items(judged(line(1), line(2)))
    assert await records.unjudged(10) == [line(1), line(2)]
    assert await records.waiting() == (2, 1003.0)

    await records.keep_verdicts([verdict(line(1), Source.STREAM, action=REMOVE)])

    assert await records.unjudged(10) == [line(2)]
    assert await records.waiting() == (1, 1004.0)


async def test_a_final_local_verdict_leaves_nothing_waiting(records):
    await records.keep_items(judged(line(1), provisional=False))

    assert await records.waiting() == (0, 0.0)


async def test_a_verdict_of_an_older_revision_does_not_end_the_waiting(records):
    await records.keep_items(unjudged(line(1)))
    await records.keep_items(unjudged(line(1, "worse")))

    await records.keep_verdicts([verdict(line(1), Source.STREAM, revision=0)])

    assert [found.text for found in await records.unjudged(10)] == ["worse"]


async def test_a_shared_verdict_may_come_before_its_line(records):
    await records.keep_verdicts([verdict(line(1), Source.SHARED)])

    await records.keep_items(unjudged(line(1)))

    assert await records.unjudged(10) == []


async def test_the_verdicts_of_one_line_come_back(records):
    await records.keep_items(judged(line(1), line(2)))
    await records.keep_verdicts([verdict(line(1), Source.STREAM, judged_at=2.0)])

    assert await records.verdicts_of(line(1)) == (
        verdict(line(1)),
        verdict(line(1), Source.STREAM, judged_at=2.0),
    )
    assert await records.verdicts_of(line(3)) == ()


async def test_recent_lines_are_limited_for_each_call(records):
    other = "default:other"
    lines = [line(n) for n in range(3)] + [line(n, cid=other) for n in range(3)]
    await records.keep_items(unjudged(*lines))

    found = [judged.item for judged in await records.recent_items([CID, other], 2)]

    assert [(item.cid, item.source_id) for item in found] == [
        (CID, "c1"),
        (CID, "c2"),
        (other, "c1"),
        (other, "c2"),
    ]


async def test_two_apps_never_mix(store):
    one, two = await store.use_app("one"), await store.use_app("two")
    await one.keep_items(unjudged(line(1)))
    await one.add_act(act("a", "ada"), queued("a"))
    await one.heartbeat([CID], 5.0)

    assert await two.keep_items(unjudged(line(1))) == unjudged(line(1))
    assert await two.add_act(act("a", "ada"), queued("a")) is True
    assert await two.last_heartbeat() is None


async def test_a_person_has_lines_verdicts_and_acts(records):
    await records.keep_items(judged(line(1), line(2, speaker="bob"), line(3)))
    await records.add_act(act("a", "ada", "bob"), queued("a"))
    await records.add_act(act("b", "bob"), queued("b"))

    card = await records.people.record("ada", CID)

    assert card.session_id == "s1"
    assert card.items == judged(line(1), line(3))
    assert [stored.act.act_id for stored in card.acts] == ["a"]
    assert (await records.people.record("ada", CID, limit=1)).items == judged(line(3))


async def test_an_act_is_kept_once(records):
    assert await records.add_act(act("a", "ada"), queued("a"), {"ada": ("send-audio",)}) is True
    assert await records.add_act(act("a", "bob"), queued("a")) is False

    stored = await records.act("a")

    assert (stored.act, stored.receipt) == (act("a", "ada"), queued("a"))
    assert stored.changes == {"ada": ("send-audio",)}
    assert (stored.accepted, stored.seen) == (set(), set())
    assert await records.act("b") is None


async def test_receipts_replace_each_other_and_people_add_up(records):
    await records.add_act(act("a", "ada", "bob"), queued("a"))
    sent = replace(queued("a"), state=ReceiptState.SENT, attempts=1)

    await records.keep_receipt(sent, accepted=["ada"])
    await records.keep_receipt(sent, accepted=["bob"], seen=["ada"])

    stored = await records.act("a")
    assert (stored.receipt, stored.accepted, stored.seen) == (sent, {"ada", "bob"}, {"ada"})


async def test_open_acts_are_those_that_still_have_to_go_on(records):
    for state in ReceiptState:
        await records.add_act(act(state, "ada"), replace(queued(state), state=state))

    assert [found.act.act_id for found in await records.open_acts()] == [
        "queued",
        "sent",
        "accepted",
    ]
    assert [found.act.act_id for found in await records.recent_acts(2)] == ["unconfirmed", "failed"]


async def test_calls_and_heartbeats_come_back(store, records):
    call = Call(cid=CID, type="default", id="town-hall", name="Town hall", people=3)

    await records.keep_calls([replace(call, name="Hall")])
    await records.keep_calls([call])
    await records.heartbeat([CID], 5.0)
    await records.heartbeat([CID, "default:b"], 6.0)

    await records.keep_items(unjudged(line(1)))
    assert [kept.name for kept in await store.archive().calls()] == ["Town hall"]
    assert await records.last_heartbeat() == (6.0, (CID, "default:b"))


async def test_everything_is_there_after_a_restart(tmp_path):
    path = tmp_path / "console.db"
    store = await Store.open(path)
    records = await store.use_app("key")
    await records.keep_items(judged(line(1)))
    await records.add_act(act("a", "ada"), queued("a"))
    await store.close()

    store = await Store.open(path)
    records = await store.use_app("key")

    assert await records.keep_items(unjudged(line(1))) == [None]
    assert await records.unjudged(10) == [line(1)]
    assert [found.act.act_id for found in await records.open_acts()] == ["a"]
    await store.close()


async def test_many_writers_at_once_lose_nothing(records):
    kept = await asyncio.gather(*(records.keep_items(unjudged(line(n))) for n in range(1500)))

    assert all(answer == unjudged(line(n)) for n, answer in enumerate(kept))
    assert await records.waiting() == (1500, 1002.0)


async def test_a_closed_store_says_so(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    records = await store.use_app("key")
    await store.close()

    with pytest.raises(WorldError, match="The store is closed"):
        await records.unjudged(1)


async def test_what_was_raised_of_a_talker_is_found_behind_all_they_said_since(records):
    bad = [line(number) for number in range(3)]
    raised = [verdict(one, action="flag") for one in bad]
    await records.keep_items(
        [JudgedItem(item=one, verdicts=(by,)) for one, by in zip(bad, raised, strict=True)]
    )
    for first in range(3, 63, 20):
        await records.keep_items(judged(*(line(first + number) for number in range(20))))
    found = await records.automation.earlier("ada", 10)
    assert [one.item.item_id for one in found[:3]] == [one.item_id for one in bad]
    assert len(found) == 13
