"""Strikes: what counts as one."""

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.strikes import LASTING_DAYS, Strikes, strikes_of

NOW = 1_800_000_000.0
DAY = 86_400.0


def done(
    kind="mute_audio", ago=3600.0, state=ReceiptState.SEEN, undo_of="", together="", **receipt
):
    act_id = f"{kind}-{ago}"
    act = Act(
        act_id=act_id,
        kind=kind,
        cid="default:hall",
        requested_at=NOW - ago,
        user_ids=("ann",),
        undo_of=undo_of,
        together=together,
    )
    return act, Receipt(act_id=act_id, state=state, **receipt)


def test_nobody_begins_with_a_strike():
    assert strikes_of([], NOW) == Strikes(0, 0.0)


@pytest.mark.parametrize("count", range(1, 8))
def test_each_incident_is_a_strike(count):
    strikes = strikes_of([done(ago=3600.0 * number) for number in range(1, count + 1)], NOW)
    assert (strikes.count, strikes.last_at) == (count, NOW - 3600)


def test_acts_in_one_breath_answer_one_incident():
    acts = [done("kick", 100.0), done("revoke_audio", 130.0), done("mute_audio", 150.0)]
    assert strikes_of(acts, NOW).count == 1


@pytest.mark.parametrize(
    "no_strike",
    [
        done(state=ReceiptState.FAILED),
        done(state=ReceiptState.QUEUED),
        done(undone_by="u1"),
        done("warn"),
        done("blur_video"),
        done("unban"),
        done("grant_audio"),
        done("kick", undo_of="b1"),
        done(ago=LASTING_DAYS * DAY + 1),
        done("an_act_of_a_newer_version"),
    ],
)
def test_what_is_no_strike(no_strike):
    assert strikes_of([no_strike], NOW).count == 0


def test_what_ran_out_stays_a_strike():
    assert strikes_of([done(undone_by="u1", ran_out=True)], NOW).count == 1


@pytest.mark.parametrize(
    ("revoked", "banned", "count"),
    [
        ({"undone_by": "u1", "ran_out": True}, {"undone_by": "u2"}, 0),
        ({"undone_by": "u1"}, {"undone_by": "u2"}, 0),
        ({"undone_by": "u1"}, {"undoable": True}, 1),
        ({"undoable": True}, {"undoable": True}, 1),
        ({"undone_by": "u1"}, {"state": ReceiptState.FAILED}, 0),
        ({}, {}, 1),
    ],
)
def test_a_mute_goes_with_the_rest_of_its_press(revoked, banned, count):
    press = [
        done("revoke_audio", together="p1", **revoked),
        done("mute_audio", together="p1"),
        done("ban", together="p1", **banned),
    ]
    assert strikes_of(press, NOW).count == count
    assert strikes_of([*press, done("mute_audio", 7200.0)], NOW).count == count + 1
