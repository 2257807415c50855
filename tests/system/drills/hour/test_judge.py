"""The judge of an hour finds what it is there to find."""

import json

import pytest
from msgspec.structs import replace

from console.domain.act import Act, Receipt, ReceiptState
from console.protocol.acts import ActProgress
from tests.system.drills.hour.judge import Kept, Told, judge

CID = "default:one"
WELL = {
    "now": 500.0,
    "blocked": [],
    "revoked": [],
    "banned": [],
    "locked": [],
    "reviewed_of": {"r": "x", "o": "y"},
}


def progress(kind="block", person="ann", state=ReceiptState.SEEN, reason="", minutes=None):
    act = Act(act_id="a", kind=kind, cid=CID, requested_at=1.0, user_ids=(person,), minutes=minutes)
    return ActProgress(
        act=act, receipt=Receipt(act_id="a", state=state, reason=reason, accepted_at=2.0)
    )


def told(*acts, raised=("x",), kept=None, heard=("x", "y")):
    kept = {"x": "handled"} if kept is None else kept
    states = list(kept.values())
    return Told(
        acts=acts,
        flagged=frozenset(),
        raised=frozenset(raised),
        counts={
            "raised": len(states),
            "handled": states.count("handled"),
            "dismissed": states.count("dismissed"),
            "open": states.count("open"),
        },
        outlived=0,
        suspended=frozenset(),
        kept=Kept(heard=frozenset(heard), raised=kept, escalated=frozenset()),
    )


def asked(what="block", person="ann"):
    row = {"at": 2.0, "path": f"/api/v2/video/call/default/one/{what}", "query": "", "status": 201}
    return json.dumps({**row, "body": json.dumps({"user_id": person})}).encode()


def test_all_is_well():
    assert judge((told(progress()), told()), [asked()], WELL).broken == ()


def reviewed(item="r"):
    row = {"at": 2.0, "path": "/api/v2/moderation/submit_action", "query": "", "status": 201}
    body = {"action_type": "mark_reviewed", "item_id": item}
    return json.dumps({**row, "body": json.dumps(body)}).encode()


def test_what_the_desk_decided_may_be_marked_in_the_queue():
    assert judge((told(), told()), [reviewed()], WELL).broken == ()


@pytest.mark.parametrize(
    ("mine", "log", "state", "words"),
    [
        (told(progress(state=ReceiptState.SENT)), [asked()], WELL, "still sent"),
        (told(progress(state=ReceiptState.FAILED)), [asked()], WELL, "without a reason"),
        (told(progress()), [asked(), asked(person="bob")], WELL, "block on bob"),
        (told(progress()), [], WELL, "never asked"),
        (told(), [], {**WELL, "locked": ["item"]}, "item is still locked"),
        (
            told(progress("block_for", minutes=1)),
            [asked()],
            {**WELL, "blocked": [[CID, "ann"]]},
            "ann is still blocked",
        ),
        (replace(told(), suspended=frozenset({CID})), [], WELL, "still suspended"),
        (told(raised=("x", "z")), [], WELL, "in no state"),
        (told(kept={}, raised=()), [], WELL, "one console only"),
        (told(), [reviewed("o")], WELL, "review on o"),
        (told(), [reviewed("s")], WELL, "review on s"),
    ],
)
def test_each_broken_promise_is_found(mine, log, state, words):
    (sentence,) = judge((mine, told()), log, state).broken
    assert words in sentence


def test_wrong_counts_are_found():
    one = told()
    wrong = replace(one, counts={**one.counts, "open": 3})
    (sentence,) = judge((wrong, told()), [], WELL).broken
    assert "its store holds" in sentence
