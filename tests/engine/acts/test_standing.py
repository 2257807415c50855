"""Undoing an act leaves what another act holds."""

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.spec import CHANGED
from console.engine.acts.standing import standing
from console.engine.acts.undo import held_words, limited, permissions
from console.store.acts import StoredAct

NOW = 10_000.0
MIC = ("send-audio",)


def stored(act_id, kind, *user_ids, changes=None, state=ReceiptState.SEEN, undone="", **fields):
    at = fields.pop("at", NOW - 100 + int(act_id))
    act = Act(
        act_id=act_id,
        kind=kind,
        cid=fields.pop("cid", "default:a"),
        requested_at=at,
        user_ids=user_ids or ("ada",),
        by="mara",
        **fields,
    )
    receipt = Receipt(act_id=act_id, state=state, accepted_at=at, undoable=True, undone_by=undone)
    return StoredAct(act, receipt, changes or {})


def held(original, *others):
    acts = sorted((original, *others), key=lambda each: int(each.act.act_id))
    return dict(standing(original, acts, NOW).held)


def test_a_later_longer_ban_is_not_lifted_by_the_undo_of_the_short_one():
    short = stored("1", "ban", minutes=60, changes={"ada": CHANGED})
    for_good = stored("2", "ban", changes={"ada": ()})
    assert held(short, for_good) == {"ada": frozenset(CHANGED)}


def test_a_permission_taken_twice_stays_away_until_both_are_taken_back():
    by_hand = stored("1", "revoke_audio", changes={"ada": MIC})
    kept_up = stored("2", "revoke_audio", changes={"ada": ()})
    assert held(by_hand, kept_up) == {"ada": frozenset(MIC)}
    assert held(kept_up, by_hand) == {}  # it changed nothing, so its undo lifts nothing either


@pytest.mark.parametrize(
    "other",
    [
        stored("2", "ban", state=ReceiptState.FAILED),
        stored("2", "ban", undone="9"),
        stored("2", "ban", minutes=1, at=NOW - 61),
        stored("2", "block"),
        stored("2", "ban", "bob"),
    ],
    ids=["failed", "undone", "over", "something else", "somebody else"],
)
def test_what_is_not_in_force_on_them_holds_nothing(other):
    assert held(stored("1", "ban", changes={"ada": CHANGED}), other) == {}


def test_a_suspended_call_is_not_opened_by_the_undo_of_an_earlier_revoke():
    by_hand = stored("1", "revoke_audio", changes={"ada": MIC})
    suspended = stored("2", "suspend_call", changes={"ada": ("send-video",)})
    assert held(by_hand, suspended) == {"ada": frozenset(MIC)}
    assert held(by_hand, suspended, stored("3", "resume_call")) == {}


def test_a_block_in_another_call_holds_nothing():
    block = stored("1", "block", changes={"ada": CHANGED})
    assert held(block, stored("2", "block", cid="default:b")) == {}


def test_what_was_lifted_by_hand_since_holds_nothing():
    block = stored("1", "block", changes={"ada": CHANGED})
    assert held(block, stored("2", "block"), stored("3", "unblock")) == {}


def test_an_earlier_act_holds_only_where_it_is_not_known_that_it_was_over():
    earlier = stored("1", "ban")
    assert held(stored("2", "ban", changes={"ada": CHANGED}), earlier) == {}
    assert held(stored("2", "ban"), earlier) == {"ada": frozenset(CHANGED)}


def test_a_grant_that_a_colleague_confirmed_is_not_revoked_by_the_undo_of_the_first():
    both = ("send-audio", "send-video")
    accepted = stored("1", "accept_request", permissions=both, changes={"ada": both})
    granted = stored("2", "grant_audio", changes={"ada": ()})
    others = standing(accepted, (accepted, granted), NOW)
    undo = Act(act_id="3", kind="refuse_request", cid="default:a", requested_at=NOW, undo_of="1")
    left = limited(undo, accepted, others)
    assert left.user_ids == ("ada",)
    assert permissions(left, accepted, others) == {"ada": ("send-video",)}


def test_only_those_whom_another_act_holds_are_left_out_and_it_is_said_by_whom():
    block = stored("1", "block", "ada", "bob", names=("Ada", "Bob"))
    again = stored("2", "block", "ada", names=("Ada",))
    others = standing(block, (block, again), NOW)
    undo = Act(act_id="3", kind="unblock", cid="default:a", requested_at=NOW, undo_of="1")
    left = limited(undo, block, others)
    assert (left.user_ids, held_words(left, block, others)) == (("bob",), "")
    alone = stored("1", "block", names=("Ada",))
    others = standing(alone, (alone, again), NOW)
    words = held_words(limited(undo, alone, others), alone, others)
    assert words == "mara blocked Ada from the call as well; undo that first."
