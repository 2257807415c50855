"""Which sanctions of the act log still hold."""

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.in_force import in_force

NOW = 10_000.0


def act(act_id, kind, at, *user_ids, cid="default:a", state=ReceiptState.SEEN, **fields):
    receipt = Receipt(
        act_id=act_id,
        state=state,
        accepted_at=fields.pop("accepted_at", 1.0),
        undone_by=fields.pop("undone_by", ""),
    )
    made = Act(
        act_id=act_id, kind=kind, cid=cid, requested_at=at, user_ids=user_ids or ("ann",), **fields
    )
    return made, receipt


def holding(*acts):
    return [one.act_id for one, _ in in_force(acts, NOW)]


def test_what_lasts_and_was_done_holds():
    assert holding(
        act("m", "mute_audio", 1.0),  # ends by itself
        act("k", "kick", 2.0),
        act("r", "revoke_audio", 3.0),
        act("b", "ban", 4.0),
        act("f", "block", 5.0, state=ReceiptState.FAILED),
        act("u", "block", 5.5, state=ReceiptState.UNCONFIRMED, accepted_at=0.0),
    ) == ["r", "b"]


def test_what_was_lifted_or_has_run_out_does_not():
    assert holding(
        act("b1", "ban", 1.0, minutes=10),
        act("b2", "ban", NOW - 60, "ben", minutes=10),
        act("r", "revoke_audio", 3.0, undone_by="g"),
        act("l1", "block", 4.0, "cleo", "dan"),
        act("l2", "unblock", 5.0, "cleo"),
        act("x1", "block", 6.0, "eve"),
        act("x2", "unblock", 7.0, "eve", cid="default:b"),  # in another call
    ) == ["b2", "l1", "x1"]


def test_a_lift_counts_for_what_came_before_it_only():
    assert holding(
        act("b1", "ban", 1.0), act("u", "unban", 2.0, cid="default:b"), act("b2", "ban", 3.0)
    ) == ["b2"]
    assert holding(act("b1", "ban", 1.0), act("b2", "ban", 3.0)) == ["b2"]
