"""Whatever was kept is found by what was said, by whom, where, when, and what came of it."""

import asyncio
import sqlite3
from datetime import datetime

import pytest

from console.base.pattern import PatternError
from console.domain.about_person import Note
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.call import Call
from console.domain.item import ATTACHMENT, FRAME, MESSAGE, Picture, Text
from console.domain.search.fields import Kind
from console.domain.search.hit import Found
from console.domain.search.parse import parse
from console.domain.search.query import Clause, Query
from console.domain.verdict import JudgedItem, Severity, Source, Verdict
from console.store.search import finding
from console.store.store import Store
from tests.store.search.search_store import HALL, NOW, find, ids, index, kept, line, raised

SIGN = Picture(picture_id="abc", track="screenshare", text="FREE MONEY\nhere", qr=("t.me/x",))


@pytest.fixture
async def store(tmp_path):
    opened = await Store.open(tmp_path / "console.db")
    yield opened
    await opened.close()


@pytest.fixture
async def app(store):
    app = await store.use_app("key")
    call = Call(cid=HALL, type="default", id="hall", name="Town hall: evening")
    await app.keep_calls([call])
    await app.keep_items(
        [
            kept(line("i1", "Good evening everybody", NOW - 400)),
            raised(line("i2", "I will hurt you", NOW - 300, who="ben"), Severity.HIGH, "THREAT"),
            raised(
                line("i3", "ไปตายซะ ฆ่าตัวตาย", NOW - 200, who="ben"),
                Severity.CRITICAL,
                "SELF_HARM",
                why="The list of grave words holds it.",
            ),
            kept(line("i4", "東京タワーに行く", NOW - 100, cid="default:other")),
            kept(line("m1", "evening all", NOW - 90, kind=MESSAGE, who="eve")),
            kept(line("f1", SIGN, NOW - 80, kind=FRAME, who="eve")),
            kept(line("p1", Picture(text="evening photo"), NOW - 70, kind=ATTACHMENT)),
        ]
    )
    note = Note(note_id="n1", user_id="ben", text="Hurt others before.", by="mod", at=NOW - 60)
    await app.people.keep_note(note)
    act = Act(
        act_id="a1",
        kind="chat_ban",
        cid=HALL,
        requested_at=NOW - 50,
        user_ids=("ben",),
        names=("Ben Quill",),
        reason="He said he would hurt somebody",
        by="mod",
    )
    await app.add_act(act, Receipt(act_id="a1", state=ReceiptState.QUEUED))
    await index(app)
    return app


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hurt", ["a1", "n1", "i2"]),
        ("HÜRT type:caption", ["i2"]),
        ("evening", ["p1", "m1", "i1"]),
        ('"evening everybody"', ["i1"]),
        ('"everybody evening"', []),
        ("even*", ["p1", "m1", "i1"]),
        ("even", []),
        ("evening -all", ["p1", "i1"]),
        ("ตาย", ["i3"]),
        ("ตัวตาย", ["i3"]),
        ("東京", ["i4"]),
        ("ワ", ["i4"]),
        ("京東", []),
        ("money", ["f1"]),
        ("t.me/x", ["f1"]),
        ('reason:"grave words"', ["i3"]),
        ("from:ben -type:name", ["a1", "n1", "i3", "i2"]),
        ('from:"ben quill" hurt', ["a1", "n1", "i2"]),
        ("from:eve", ["f1", "m1", "eve"]),
        ("call:other", ["i4"]),
        ("call:default:hall type:line", ["i3", "i2", "i1"]),
        ('call:"town hall" type:line', ["i3", "i2", "i1"]),
        ("type:chat", ["m1"]),
        ("type:picture", ["p1"]),
        ("type:frame", ["f1"]),
        ("type:note", ["n1"]),
        ("type:name", ["eve", "ben", "ada"]),
        ("label:self_harm", ["i3"]),
        ("label:SelfHarm", ["i3"]),
        ("label:self*", ["i3"]),
        ("severity:high", ["i2"]),
        ("severity:>=high", ["i3", "i2"]),
        ("severity:<=low type:line", ["i4", "i1"]),
        ("action:flag", ["i3", "i2"]),
        ("action:keep type:line", ["i4", "i1"]),
        ("act:ban", ["a1"]),
        ("act:chat_ban by:mod", ["a1"]),
        ("act:kick", []),
        ("by:mod", ["a1", "n1"]),
        ("-hurt type:line", ["i4", "i3", "i1"]),
        ("-from:ben -from:eve -type:name", ["p1", "i4", "i1"]),
        ("after:250 hurt", ["a1", "n1"]),
        ("before:250 hurt", ["i2"]),
        ("regex:h[ux]rt", ["a1", "n1", "i2"]),
        ("regex:^i.will type:line", ["i2"]),
        ("-regex:. type:line", []),
        ("-regex:hurt type:line", ["i4", "i3", "i1"]),
        ("regex:(?-i)free type:frame", []),
        ("regex:free.money type:frame", ["f1"]),
        ("nothing", []),
    ],
)
async def test_it_is_found_the_newest_first(app, query, found):
    # Ages in seconds are no form of a query; they stand for moments here.
    clock = query.replace(":250", f":{_clock(NOW - 250)}")
    assert await ids(app, clock) == found


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at).isoformat(timespec="seconds")


async def test_a_hit_says_who_where_when_and_marks_what_was_searched_for(app):
    (hit,) = (await find(app, "type:line hurt from:ben")).hits
    assert (hit.kind, hit.cid, hit.session_id, hit.at) == (Kind.CAPTION, HALL, "s1", NOW - 300)
    assert (hit.user_id, hit.name, hit.call_name) == ("ben", "Ben Quill", "Town hall: evening")
    assert [hit.text[start:end] for start, end in hit.marks] == ["hurt"]
    assert (hit.severity, hit.action) == (Severity.HIGH, "flag")
    (act,) = (await find(app, "act:ban")).hits
    assert (act.act, act.by, act.user_id, act.name) == ("chat_ban", "mod", "ben", "Ben Quill")
    assert "He said he would hurt somebody" in act.text
    (reason,) = (await find(app, 'reason:"grave words"')).hits
    assert [reason.why[start:end] for start, end in reason.why_marks] == ["grave words"]


async def test_words_find_what_was_said_and_reason_finds_why_it_was_raised(app):
    assert (await find(app, "grave")).hits == ()
    assert (await find(app, '"The list"')).hits == ()
    assert [hit.id for hit in (await find(app, "reason:grave")).hits] == ["i3"]
    assert [hit.id for hit in (await find(app, "reason:grav*")).hits] == ["i3"]
    (act,) = (await find(app, "reason:hurt")).hits  # i2 and n1 say it, which is no reason
    assert (act.id, [act.text[start:end] for start, end in act.marks]) == ("a1", ["hurt"])
    assert "i3" not in [hit.id for hit in (await find(app, "-reason:grave from:ben")).hits]


async def test_words_that_were_replaced_are_found_and_told(app):
    edited = line("m1", Text("Good day", edited=True), NOW - 90, kind=MESSAGE, who="eve")
    await app.keep_items([kept(edited)])
    await index(app)
    (hit,) = (await find(app, "evening type:chat")).hits
    assert (hit.text, hit.before, hit.marks) == ("Good day", "evening all", ())
    (hit,) = (await find(app, "day type:chat")).hits
    assert (hit.before, hit.marks) == ("", ((5, 8),))


async def test_a_later_verdict_counts(app):
    decided = Verdict(
        item_id="i1", source=Source.STREAM, action="remove", severity=Severity.LOW, judged_at=NOW
    )
    await app.keep_verdicts([decided])
    assert await index(app)
    assert await ids(app, "severity:low action:remove") == ["i1"]
    taken_back = Verdict(item_id="i1", source=Source.STREAM, action="keep", judged_at=NOW + 1)
    await app.keep_verdicts([taken_back])
    await index(app)
    assert await ids(app, "severity:low") == []


async def test_the_best_come_first_where_that_is_asked_for(app):
    await app.keep_items(
        [
            kept(line("b1", "evening evening evening", NOW - 5_000)),
            kept(line("b2", "a long line in which the evening is said but once", NOW - 10)),
        ]
    )
    await index(app)
    assert (await ids(app, "evening type:line"))[0] == "b2"
    assert (await ids(app, "evening type:line", by_rank=True))[0] == "b1"


@pytest.mark.parametrize("by_rank", [False, True])
async def test_pages_follow_each_other_without_a_gap(app, by_rank):
    many = [kept(line(f"x{n}", f"number {n} again", NOW + n)) for n in range(25)]
    await app.keep_items(many)
    await index(app)
    seen: list[str] = []
    start = 0
    while True:
        page = await find(app, "again", most=10, start=start, by_rank=by_rank)
        seen += [hit.id for hit in page.hits]
        start = page.next
        if not start:
            break
    assert sorted(seen) == sorted(f"x{n}" for n in range(25))
    assert by_rank or seen == [f"x{n}" for n in range(24, -1, -1)]


async def test_a_pattern_that_takes_long_goes_on_where_it_stopped(app):
    many = [kept(line(f"x{n}", f"number {n}", NOW + n)) for n in range(500)]
    await app.keep_items(many)
    await index(app)
    query = Query((Clause(key="regex", value="hurt"),))
    found: list[str] = []
    start, pages, looked = 0, 0, 0

    def page(connection: sqlite3.Connection) -> Found:
        return finding.find(connection, query, {1: "key"}, start=start, seconds=0.0)

    while True:
        answer = await app.search._searcher.run(page)
        found += [hit.id for hit in answer.hits]
        looked += answer.looked
        pages += 1
        if not answer.next:
            break
        assert answer.cut
        start = answer.next
    assert found == ["a1", "n1", "i2"]
    assert pages > 5
    assert looked >= 500


async def test_an_older_search_is_given_up_for_a_newer_one(app):
    older = asyncio.gather(*(app.search.find(parse("regex:a", NOW)) for _ in range(20)))
    await asyncio.sleep(0)  # they have begun
    newer = await app.search.find(parse("hurt", NOW))
    assert [hit.id for hit in newer.hits] == ["a1", "n1", "i2"]
    assert all(page.cut for page in await older)


async def test_apps_never_mix(store, app):
    other = await store.use_app("other")
    await other.keep_items([kept(line("o1", "hurt elsewhere", NOW))])
    await index(other)
    assert await ids(other, "hurt") == ["o1"]
    assert await ids(app, "hurt") == ["a1", "n1", "i2"]
    assert await ids(other, "-nothing type:line") == ["o1"]
    assert (await other.search.state()).entries == 2


async def test_a_pattern_that_is_none_is_refused(app):
    with pytest.raises(PatternError):
        await app.search.find(Query((Clause(key="regex", value="("),)))


async def test_nothing_said_tells_how_much_was_looked_at(app):
    found = await find(app, "unheard")
    assert (found.hits, found.looked, found.next, found.cut) == ((), 12, 0, False)


@pytest.mark.parametrize("text", ['"', "a' OR 1=1 --", "NEAR(a b)", "a:b^c*", "\x00", "AND", "NOT"])
async def test_hostile_words_are_only_words(app, text):
    item = line("h1", f"before {text} after", NOW + 5)
    await app.keep_items([JudgedItem(item)])
    await index(app)
    clause = Clause(value=f"before {text} after")
    found = await app.search.find(Query((clause,)))
    assert [hit.id for hit in found.hits] == ["h1"]


async def test_values_are_known_for_completion(app):
    assert await app.search.values("from", "qui") == ["Eve Quill", "Ben Quill", "Ada Quill"]
    assert await app.search.values("call", "TOWN") == ["Town hall: evening"]
    assert await app.search.values("by", "") == ["mod"]
    assert await app.search.values("label", "self") == ["SELF_HARM"]
    assert await app.search.values("from", "100%_") == []
