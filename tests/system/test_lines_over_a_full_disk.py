"""Lines that a full disk kept out of the store, over the crash of the engine that heard them."""

import resource

from console.domain.verdict import JudgedItem
from console.protocol.lines import ReturnLines
from tests.system.conftest import until
from tests.system.test_engine_under_faults import heard_and_judged, ready, say

SMALLEST = 4_096
"""Bytes; a file that may not grow beyond them is a full disk to the store."""


async def test_the_next_engine_judges_and_keeps_what_the_window_gives_back(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    people = engine.calls[cid].people
    await until(
        lambda: engine.pulse and engine.pulse.names_judged >= people,
        what="all names judged and written, which would count as unwritten, too",
        changed=engine.changed,
    )
    unanswered = {"kind": "rate_limit", "path": "/moderation/check", "times": 10**6}
    await sandbox.control("/faults", unanswered | {"retry_after": 60})
    resource.prlimit(engine.pid, resource.RLIMIT_FSIZE, (SMALLEST, resource.RLIM_INFINITY))
    for number in range(3):
        await say(sandbox, cid, f"line {number} about the parks")
    await until(lambda: len(engine.heard) == 3, what="three lines", changed=engine.changed)
    await until(
        lambda: engine.pulse and engine.pulse.lines_unwritten == 3,
        what="a pulse that says that they are not written",
        changed=engine.changed,
    )
    shown = [JudgedItem(item, (engine.verdicts[item.item_id],)) for item in engine.heard]
    assert all(judged.verdicts[0].provisional for judged in shown)

    await engine.restart()
    await sandbox.control("/faults", {"kind": "clear"})
    await engine.sign_in(sandbox.address)
    assert engine.replayed == []
    engine.send(ReturnLines(tuple(shown)))
    await heard_and_judged(engine, 3)

    await engine.restart()
    engine.replayed.clear()
    await engine.sign_in(sandbox.address)
    await until(lambda: len(engine.replayed) == 3, what="kept", changed=engine.changed)
    assert {item.item_id for item in engine.replayed} == engine.decided()
