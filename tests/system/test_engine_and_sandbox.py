"""Engine and sandbox as processes: what is said is heard and judged, what is done is done."""

import pytest

from console.domain.act import ReceiptState
from console.domain.item import CAPTION
from console.domain.sign_in import Method
from tests.system.conftest import until


async def caption_keys(sandbox):
    """(cid, speaker, start in ns) of every caption the sandbox produced."""
    found, since = [], 0
    while True:
        page = await sandbox.control(f"/spoken?since={since}")
        found += [(c["cid"], c["speaker"], c["start_time_ns"]) for c in page["captions"]]
        if page["next"] == since:
            return found
        since = page["next"]


async def one_call(engine):
    return await until(
        lambda: next(iter(engine.calls.values()), None), what="a call", changed=engine.changed
    )


async def captioned(engine, cid):
    await until(
        lambda: engine.calls[cid].captioning, what="captions are on", changed=engine.changed
    )


async def person_in(sandbox, cid, user_id):
    answer = await sandbox.control(f"/people/{cid}?user_id={user_id}")
    return answer["people"][0]


async def test_every_line_is_heard_once_and_judged(start_sandbox, engine):
    sandbox = await start_sandbox("town-hall", "--speed", "8")
    await engine.sign_in(sandbox.address)
    call = await one_call(engine)
    await captioned(engine, call.cid)
    await sandbox.control("/start", {})
    await until(lambda: len(engine.heard) >= 60, what="60 lines", changed=engine.changed)
    await sandbox.control("/pause", {})
    spoken = await caption_keys(sandbox)
    written = (await sandbox.control("/status"))["written"]
    count = len(spoken) + written
    await until(
        lambda: len(engine.heard) >= count and len(engine.decided()) >= count,
        what="all lines heard and judged",
        changed=engine.changed,
    )
    captions = [item for item in engine.heard if item.kind == CAPTION]
    heard = [(item.cid, item.author_id, round(item.start_time * 1e6)) for item in captions]
    assert 0 < written == len(engine.heard) - len(captions)
    assert sorted(heard) == sorted((c, s, round(ns / 1e3)) for c, s, ns in spoken)
    assert len({u.item_id for u in engine.heard}) == len(engine.heard)
    actions = {verdict.action for verdict in engine.verdicts.values()}
    assert {"keep", "flag", "remove"} <= actions
    assert engine.refused == []


@pytest.mark.parametrize("method", [Method.SECRET, Method.TOKEN])
async def test_what_is_done_really_changes_the_call(start_sandbox, engine, method):
    sandbox = await start_sandbox("town-hall")
    await engine.sign_in(sandbox.address, method)
    call = await one_call(engine)
    await captioned(engine, call.cid)
    await engine.focus(call.cid)
    cid = call.cid

    async def act(kind, user_id="", **details):
        receipt = await engine.act(kind, cid, user_id, **details)
        assert receipt.state is ReceiptState.SEEN, receipt
        assert receipt.queued_at <= receipt.sent_at <= receipt.accepted_at
        return receipt

    async def says(user_id):
        return await sandbox.control(
            "/say", {"cid": cid, "user_id": user_id, "text": "the budget is late"}
        )

    async def does(kind, user_id, **details):
        answer = await sandbox.control(
            "/act", {"kind": kind, "cid": cid, "user_id": user_id} | details
        )
        return answer["done"]

    assert (await says("gil"))["captioned"]
    await act("mute_audio", "gil")
    assert (await says("gil"))["captioned"] is False
    assert await does("publish", "gil"), "a soft mute can be lifted by the person"
    assert (await says("gil"))["captioned"]

    await act("revoke_audio", "gil")
    assert not await does("publish", "gil"), "a revoked microphone cannot"
    assert (await says("gil"))["captioned"] is False
    await act("grant_audio", "gil")
    assert await does("publish", "gil")

    await act("kick", "dorian")
    assert not (await person_in(sandbox, cid, "dorian"))["present"]
    assert await does("join", "dorian"), "a kicked one may come back"

    await act("block", "dorian")
    assert not await does("join", "dorian"), "a blocked one may not"
    await act("unblock", "dorian")
    assert await does("join", "dorian")

    await act("ban", "rebate", minutes=60, reason="fraud")
    await act("kick", "rebate")
    assert not await does("join", "rebate"), "a banned one cannot join"
    await act("unban", "rebate")
    assert await does("join", "rebate")

    await act("end_call")
    assert not await does("join", "lucia")
