"""Every act freezes what was known when it was wanted; nothing that comes later changes it."""

import sqlite3

from msgspec.structs import replace

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.audit import AuditKind
from console.domain.evidence import MOST_THEIRS, EvidenceEvent
from console.domain.item import FRAME, Item, Picture, Text
from console.domain.verdict import JudgedItem, Source, Verdict
from console.protocol.evidence import (
    AskEvidence,
    AskEvidencePicture,
    EvidenceFound,
    EvidenceOpened,
    EvidencePicture,
    HoldEvidence,
    OpenEvidence,
)
from console.sandbox.world import MODERATOR_ID
from console.store import evidence as on_disk
from tests.engine.evidence.conftest import CID


def records(console):
    return console.engine.session._services._services[0].context.store


def texts(evidence, *, theirs):
    return [
        each.line.item.text
        for each in evidence.lines
        if each.theirs is theirs and each.line.item.kind == "caption"
    ]


async def test_an_act_keeps_the_lines_of_its_person_and_those_around(
    console, call, hear, act, frozen
):
    ann, ben = call
    await hear(ann, "Good morning.")
    await hear(ben, "You idiot.")
    act_id = await act("kick", "ben", reason="Insults")
    await hear(ann, "He is gone.")
    opened = await frozen(act_id)
    evidence = opened.evidence

    assert texts(evidence, theirs=True) == ["You idiot."]
    assert texts(evidence, theirs=False) == ["Good morning."]
    (insult,) = (each.line for each in evidence.lines if each.line.item.text == "You idiot.")
    assert insult.verdicts
    assert (evidence.act.kind, evidence.act.by, evidence.act.reason) == (
        "kick",
        MODERATOR_ID,
        "Insults",
    )
    assert len(evidence.policy.sha256) == 64
    assert evidence.policy.name
    assert "moderator-console" in evidence.console
    assert not evidence.late
    assert [(note.what, note.by) for note in opened.notes] == [(EvidenceEvent.OPENED, MODERATOR_ID)]


async def test_what_is_deleted_or_said_differently_later_stays_as_it_was(
    console, call, hear, act, frozen
):
    _, ben = call
    await hear(ben, "First version.")
    store = records(console)
    item = next(line for line in console.lines if line.text == "First version.")
    await store.keep_items([JudgedItem(replace(item, body=Text("Second version.")))])
    act_id = await act("kick", "ben")
    before = (await frozen(act_id)).evidence
    await store.keep_items([JudgedItem(replace(item, body=Text("Third version.")))])
    path = next(console.engine._paths.data.glob("*.db"))
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM items")
    connection.commit()
    connection.close()
    evidence = (await frozen(act_id)).evidence

    assert evidence == before
    (line,) = (each for each in evidence.lines if each.line.item.item_id == item.item_id)
    assert line.line.item.text == "Second version."
    assert [each.body for each in line.earlier] == [Text("First version.")]


async def test_it_is_found_by_person_and_by_the_item_that_was_answered(
    console, call, hear, act, ask, frozen
):
    _, ben = call
    await hear(ben, "You idiot.")
    item = next(line for line in console.lines if line.text == "You idiot.")
    act_id = await act("warn", "ben", item=item)
    await frozen(act_id)
    for where in ({"user_id": "ben"}, {"item_id": item.item_id}, {}):
        (head,) = (await ask(EvidenceFound, AskEvidence, **where)).heads
        assert (head.evidence_id, head.kind, head.names) == (act_id, "warn", ("ben",))
    assert (await ask(EvidenceFound, AskEvidence, user_id="ann")).heads == ()


async def test_of_many_lines_the_last_are_kept_and_the_rest_is_counted(console, call, act, frozen):
    now = console.engine.session._clock.now()
    many = [
        JudgedItem(
            Item(
                item_id=f"many{n}",
                kind="caption",
                cid=CID,
                session_id="s",
                author_id="ben",
                author_name="Ben",
                body=Text(f"line {n}"),
                start_time=now - 500 + n,
                end_time=now - 500 + n,
                received_at=now - 500 + n,
            )
        )
        for n in range(200)
    ]
    await records(console).keep_items(many)
    act_id = await act("kick", "ben")
    evidence = (await frozen(act_id)).evidence
    theirs = texts(evidence, theirs=True)
    assert len(theirs) == MOST_THEIRS
    assert theirs[-1] == "line 199"
    assert evidence.left_out.theirs > 0


async def test_a_picture_comes_with_it_and_one_of_child_abuse_only_as_its_hash(
    console, call, act, ask, frozen
):
    store, now = records(console), console.engine.session._clock.now()
    shown, forbidden = "a" * 64, "b" * 64
    for picture_id, label in ((shown, "WEAPON"), (forbidden, "CSAM")):
        item = Item(
            item_id=f"f-{picture_id[:4]}",
            kind=FRAME,
            cid=CID,
            session_id="s",
            author_id="ben",
            author_name="Ben",
            body=Picture(picture_id=picture_id, track="video"),
            start_time=now - 1,
            end_time=now - 1,
            received_at=now - 1,
        )
        verdict = Verdict(
            item_id=item.item_id, source=Source.LOCAL, action="remove", labels=(label,)
        )
        await store.keep_items([JudgedItem(item, (verdict,))])
        await store.pictures.keep(picture_id, b"\xff\xd8 jpeg", now)
    act_id = await act("kick", "ben")
    evidence = (await frozen(act_id)).evidence
    facts = {each.picture_id: (each.kept, each.withheld) for each in evidence.pictures}
    assert facts == {shown: (True, False), forbidden: (False, True)}
    for picture_id, jpeg in ((shown, b"\xff\xd8 jpeg"), (forbidden, b"")):
        answer = await ask(EvidencePicture, AskEvidencePicture, act_id, picture_id)
        assert answer.jpeg == jpeg


async def test_an_act_whose_engine_ended_is_frozen_by_the_next_one(console, call, hear, sandbox):
    _, ben = call
    await hear(ben, "You idiot.")
    store = records(console)
    freezer = next(
        service.freezer
        for service in console.engine.session._services._services
        if hasattr(service, "freezer")
    )
    stored = await store.recent_acts(1)
    assert stored == []
    act = Act(
        act_id="lost",
        kind="kick",
        cid=CID,
        requested_at=console.engine.session._clock.now(),
        user_ids=("ben",),
        names=("Ben",),
    )
    await store.add_act(act, Receipt(act_id="lost", state=ReceiptState.SEEN))
    await freezer.look_back()
    await freezer.close()
    evidence = await store.evidence.one("lost")
    assert evidence.late
    assert "You idiot." in texts(evidence, theirs=True)


async def test_hold_and_release_say_who_and_why_and_stand_in_the_log(
    console, call, act, ask, frozen
):
    act_id = await act("kick", "ben")
    await frozen(act_id)
    refused = await ask(EvidenceOpened, HoldEvidence, act_id, True, "  ")
    assert refused.sentence == "Say why it is to be held."
    held = await ask(EvidenceOpened, HoldEvidence, act_id, True, "A complaint came in")
    assert (held.hold.by, held.hold.why) == (MODERATOR_ID, "A complaint came in")
    (head,) = (await ask(EvidenceFound, AskEvidence, act_id=act_id)).heads
    assert head.hold == held.hold
    released = await ask(EvidenceOpened, HoldEvidence, act_id, False, "Settled")
    assert released.hold is None
    assert [note.what for note in released.notes] == ["opened", "held", "released"]
    path = next(console.engine._paths.data.glob("*.db"))
    connection = sqlite3.connect(path)
    kinds = [kind for (kind,) in connection.execute("SELECT kind FROM audit ORDER BY place")]
    body = on_disk.body_of(connection, 1, act_id)
    connection.close()
    wanted = [
        AuditKind.EVIDENCE_FROZEN,
        AuditKind.EVIDENCE_OPENED,
        AuditKind.EVIDENCE_HELD,
        AuditKind.EVIDENCE_RELEASED,
    ]
    assert [kind for kind in kinds if kind.startswith("evidence")] == wanted
    assert body


async def test_evidence_that_is_not_there_is_said_so(console, call, ask):
    answer = await ask(EvidenceOpened, OpenEvidence, "never")
    assert answer.sentence.startswith("There is no evidence of this act")
