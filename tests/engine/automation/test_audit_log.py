"""What a sign-in with acts, a rule and a veto leaves in the log, and that it is intact."""

import json
import sqlite3

from console.audit import store_rows
from console.audit.check import check
from console.domain.act import AUTOMATION, ReceiptState
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Response
from console.protocol.audit import NoteExport, NoteSetting
from console.protocol.connection import SignOut
from console.sandbox.world import MODERATOR_ID
from tests.engine.automation.conftest import CID, RUDE, rule


def rows(home):
    connection = sqlite3.connect(home / "data" / "console.db")
    try:
        found = connection.execute("SELECT body FROM audit ORDER BY place").fetchall()
        return [json.loads(body) for (body,) in found]
    finally:
        connection.close()


def texts(home, place):
    connection = sqlite3.connect(home / "data" / "console.db")
    try:
        query = "SELECT text FROM audit_texts WHERE place = ? ORDER BY number"
        found = [json.loads(text) for (text,) in connection.execute(query, (place,))]
        return {each["what"]: each["text"] for each in found}
    finally:
        connection.close()


def of(found, kind):
    return [row for row in found if row["kind"] == kind]


async def test_a_shift_leaves_a_chain_of_rows(sandbox, console, desk, tmp_path):
    await desk.use(rule(Response.MUTE))
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.DONE)
    await desk.use(rule(Response.MUTE, name="Slow", veto_s=60.0))
    sandbox.say(sandbox.bob, RUDE)
    await desk.until(ProposalState.COUNTING)
    desk.decide(do=False)
    await desk.until(ProposalState.STOPPED)
    act_id = console.act("block", CID, "bob", reason="insults Ann")
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    now = console.engine._clock.now()
    console.router.answer(NoteSetting("theme", '"system"', '"dark"', now))
    console.router.answer(NoteExport("act log", "/tmp/acts.csv", 2, now))
    await console.until(lambda: len(of(rows(tmp_path), "export")) == 1)
    console.router.answer(SignOut())
    await console.until(lambda: of(rows(tmp_path), "sign_out") and console.engine.session is None)
    await console.until(lambda: rows(tmp_path)[-1]["kind"] == "head")

    found = rows(tmp_path)
    assert found[0]["kind"] == "sign_in"
    assert [row["by"] for row in of(found, "sign_in")] == [MODERATOR_ID]
    assert [row["by"] for row in of(found, "automatic_act")] == [AUTOMATION]
    (veto,) = of(found, "veto")
    assert (veto["by"], veto["facts"]["rule"], veto["facts"]["state"]) == (
        MODERATOR_ID,
        "Slow",
        "stopped",
    )
    assert texts(tmp_path, veto["n"])["person"] == "bob"
    (act,) = of(found, "act")
    assert (act["facts"]["act_id"], texts(tmp_path, act["n"])["reason"]) == (act_id, "insults Ann")
    outcomes = {row["facts"]["act_id"]: row["facts"]["state"] for row in of(found, "outcome")}
    assert outcomes[act_id] == "seen"
    assert len(outcomes) == 2
    settings = [(row["by"], row["facts"]["setting"]) for row in of(found, "setting")]
    rules = (MODERATOR_ID, "automation rules")
    assert [each for each in settings if each[0]] == [rules, rules, (MODERATOR_ID, "theme")]
    (policy,) = [row["facts"] for row in of(found, "setting") if not row["by"]]
    assert (policy["setting"], policy["before"], len(policy["after"]) > 0) == ("policy", "", True)
    assert texts(tmp_path, of(found, "export")[0]["n"]) == {"file": "/tmp/acts.csv"}
    assert [row["kind"] for row in found[-2:]] == ["sign_out", "head"]
    with store_rows.opened(tmp_path / "data" / "console.db") as connection:
        result = check(store_rows.rows(connection))
    assert (result.intact, result.rows, len(result.heads)) == (True, len(found), 1)
