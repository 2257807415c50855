"""Past sessions on disk: who, when and what of each, and their lines page by page."""

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.call import Call
from console.domain.item import Item, Text
from console.domain.past import LinePlace, PastFilter, PastOrder, RaisedMark
from console.domain.raised import Decision, Step, decided
from console.domain.verdict import FLAG, KEEP, JudgedItem, Source, Verdict
from console.store.store import Store

HALL, YARD = "default:hall", "default:yard"
HOSTILE = "<b>Ann</b>\u202e'; DROP TABLE items; --"


@pytest.fixture
async def records(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    yield await store.use_app("key")
    await store.close()


def said(key, at, *, cid=HALL, session="s1", by="ann", name="Ann", action=KEEP):
    item = Item(
        item_id=key,
        kind="caption",
        cid=cid,
        session_id=session,
        author_id=by,
        author_name=name,
        body=Text(f"words of {key}"),
        start_time=at,
        end_time=at + 1,
        received_at=at + 1,
    )
    verdict = Verdict(item_id=key, source=Source.STREAM, action=action, judged_at=at + 2)
    return JudgedItem(item, (verdict,))


def done(act_id, at, *, cid=HALL, session="s1", kind="kick"):
    act = Act(
        act_id=act_id,
        kind=kind,
        cid=cid,
        session_id=session,
        requested_at=at,
        user_ids=("ann",),
        names=("Ann",),
        by="mod",
    )
    return act, Receipt(act_id=act_id, state=ReceiptState.SEEN)


async def listed(records, offset=0, limit=10, **wanted):
    return await records.past.page(PastFilter(**wanted), offset, limit)


async def test_each_session_says_who_when_what_was_raised_and_what_was_done(records):
    hall = Call(cid=HALL, type="default", id="hall", name="Town hall", session_id="s2")
    await records.keep_calls([hall])
    await records.keep_items(
        [
            said("a", 100.0),
            said("b", 160.0, by="ben", name=HOSTILE, action=FLAG),
            said("c", 150.0),
            said("late", 500.0, session="s2"),
        ]
    )
    await records.add_act(*done("x", 155.0))
    later, first = (await listed(records)).sessions

    assert (first.cid, first.session_id, first.name) == (HALL, "s1", "Town hall")
    assert (first.since, first.until, first.lines) == (100.0, 160.0, 3)
    assert (first.people, first.names) == (2, ("Ann", HOSTILE))
    assert (first.raised, first.open, first.acts) == (1, 1, 1)
    assert (later.session_id, later.lines, later.raised, later.acts) == ("s2", 1, 0, 0)


async def test_a_session_in_which_only_something_was_done_or_that_was_only_seen_is_listed(records):
    yard = Call(
        cid=YARD, type="default", id="yard", name="Yard", session_id="y1", started_at=50.0,
        ended_at=90.0,
    )  # fmt: skip
    await records.keep_calls([yard])
    await records.add_act(*done("x", 30.0, session="s0"))
    found = (await listed(records)).sessions
    assert [(each.session_id, each.since, each.until, each.acts) for each in found] == [
        ("y1", 50.0, 90.0, 0),
        ("s0", 30.0, 30.0, 1),
    ]


async def test_filters_and_orders(records):
    await records.keep_items(
        [
            said("a", 100.0, action=FLAG),
            said("b", 200.0, session="s2", by="zoe", name="Zoë"),
            said("c", 290.0, session="s2", by="zoe", name="Zoë"),
            said("d", 300.0, session="s3", cid=YARD),
        ]
    )
    await records.add_act(*done("x", 310.0, cid=YARD, session="s3"))

    async def sessions(**wanted):
        return [each.session_id for each in (await listed(records, **wanted)).sessions]

    assert await sessions() == ["s3", "s2", "s1"]
    assert await sessions(raised=True) == ["s1"]
    assert await sessions(acted=True) == ["s3"]
    assert await sessions(text="ZOË") == ["s2"]
    assert await sessions(text="yard") == ["s3"]
    assert await sessions(text="nobody") == []
    assert (await sessions(order=PastOrder.LONGEST))[0] == "s2"
    assert (await sessions(order=PastOrder.LINES))[0] == "s2"
    assert (await sessions(order=PastOrder.RAISED))[0] == "s1"
    assert (await sessions(order=PastOrder.ACTS))[0] == "s3"
    page = await listed(records, offset=1, limit=1)
    assert ([each.session_id for each in page.sessions], page.found) == (["s2"], 3)


async def test_a_decided_item_is_no_longer_open_and_keeps_its_place(records):
    await records.keep_items([said("a", 100.0, action=FLAG)])
    (one,) = (await records.raised.before(most_open=1, most_ended=1)).open
    decision = Decision(decision_id="d", step=Step.DISMISS, item_ids=("a",), by="mod", at=120.0)
    changed = decided(one, decision)
    assert changed is not None
    await records.raised.keep([changed.handling], [decision])
    (session,) = (await listed(records)).sessions
    assert (session.raised, session.open) == (1, 0)
    marks = await records.past.marks(session)
    assert marks.raised == (RaisedMark("a", 100.0, open=False),)


async def test_lines_come_around_a_moment_and_then_page_by_page_without_gap_or_double(records):
    # Two at the same time, and one that came late: the order is that of being said.
    at = {0: 5.0, 1: 5.0, 2: 1.0} | {n: 10.0 + n for n in range(3, 20)}
    await records.keep_items([said(f"u{n}", at[n]) for n in range(20)])
    await records.keep_items([said("other", 6.0, session="s2")])
    order = [f"u{n}" for n in sorted(at, key=lambda n: (at[n], n))]
    past = records.past

    def keys(page):
        return [each.item.item_id for each in page.lines]

    middle = await past.around(HALL, "s1", item_id="u10", each_way=3)
    assert keys(middle) == order[7:13]
    assert (middle.before, middle.after) == (True, True)
    earlier = await past.before(HALL, "s1", middle.first, 5)
    assert keys(earlier) == order[2:7]
    rest = await past.before(HALL, "s1", earlier.first, 5)
    assert (keys(rest), rest.before) == (order[:2], False)
    later = await past.after(HALL, "s1", middle.last, 5)
    assert (keys(later), later.after) == (order[13:18], True)
    end = await past.after(HALL, "s1", later.last, 5)
    assert (keys(end), end.after) == (order[18:], False)
    assert keys(await past.around(HALL, "s1", at=5.5, each_way=2)) == ["u0", "u1", "u3", "u4"]
    gone = await past.around(HALL, "s1", item_id="gone", at=999.0, each_way=2)
    assert keys(gone) == order[-2:]
    assert (await past.around(HALL, "none", each_way=2)).first is None
    assert await past.session_of("u10") == (HALL, "s1")
    assert await past.session_of("gone") is None


async def test_the_time_line_has_raised_lines_acts_of_all_and_how_much_was_said(records):
    await records.keep_items(
        [said("a", 100.0), said("b", 150.0, action=FLAG), said("c", 200.0, action=FLAG)]
    )
    await records.add_act(*done("ours", 160.0))
    await records.add_act(*done("elsewhere", 161.0, cid=YARD))
    await records.add_act(*done("names no session", 165.0, session=""))
    await records.add_act(*done("other session", 162.0, session="s2"))
    theirs, receipt = done("theirs", 170.0)
    await records.people.keep_colleague_act(theirs, receipt)
    session = await records.past.session(HALL, "s1")
    marks = await records.past.marks(session)

    assert [mark.item_id for mark in marks.raised] == ["b", "c"]
    assert [act.act_id for act, _ in marks.acts] == ["ours", "names no session", "theirs"]
    assert (marks.density[0], marks.density[-1], sum(marks.density)) == (1, 1, 3)
    assert marks.left_out == 0
    assert await records.past.session(HALL, "never") is None
    nothing = await records.past.before(HALL, "never", LinePlace(1.0, 1), 5)
    assert (nothing.lines, nothing.first) == ([], None)
