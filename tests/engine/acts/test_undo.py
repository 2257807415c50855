"""An undo puts back what was changed, and nothing else."""

import pytest
from msgspec.structs import replace

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.spec import CHANGED
from console.domain.call import Participant
from console.engine.acts import undo
from console.store.acts import StoredAct

BOTH = ("send-audio", "send-video")


def act(kind: str, *user_ids: str, **fields) -> Act:
    return Act(
        **{
            "act_id": "1",
            "kind": kind,
            "cid": "default:a",
            "requested_at": 1.0,
            "user_ids": user_ids or ("ada",),
            **fields,
        }
    )


def ada(**fields) -> Participant:
    return Participant(cid="default:a", user_id="ada", user_session_id="s", name="Ada", **fields)


@pytest.mark.parametrize(
    ("wish", "person", "changes"),
    [
        (act("revoke_audio"), None, None),
        (act("revoke_audio"), ada(), ("send-audio",)),
        (act("revoke_audio"), ada(capabilities=frozenset({"send-audio"})), ("send-audio",)),
        (act("revoke_audio"), ada(capabilities=frozenset()), ()),
        (act("revoke_audio"), ada(revoked=frozenset({"send-audio"})), ()),
        (act("grant_audio"), ada(capabilities=frozenset({"send-audio"})), ()),
        (
            act("accept_request", permissions=BOTH),
            ada(capabilities=frozenset({"send-audio"})),
            ("send-video",),
        ),
        (act("block"), ada(), CHANGED),
        (act("block"), ada(blocked=True), ()),
        (act("ban"), ada(banned=True), ()),
        (act("ban"), ada(), CHANGED),
        (act("kick"), ada(), None),
    ],
)
def test_what_an_act_changes_follows_from_the_state_before(wish, person, changes):
    assert undo.changes_of(wish, person) == changes


def test_only_acts_that_changed_something_can_be_undone():
    assert undo.undoable(act("block"), {})
    assert undo.undoable(act("block", "ada", "bob"), {"ada": ()})
    assert not undo.undoable(act("block"), {"ada": ()})
    assert not undo.undoable(act("kick"), {})


@pytest.mark.parametrize(
    ("change", "receipt", "sentence"),
    [
        ({}, {}, ""),
        ({"kind": "unban"}, {}, "This does not take that act back."),
        ({"cid": "default:b"}, {}, "This does not take that act back."),
        ({"user_ids": ("eve",)}, {}, "The act to undo was on other people."),
        ({}, {"undone_by": "other"}, "It was undone already."),
        ({}, {"undoable": False}, "There is nothing to put back."),
    ],
)
def test_an_undo_has_to_fit_its_act(change, receipt, sentence):
    original = act("block")
    proof = Receipt(act_id="1", state=ReceiptState.SEEN, **{"undoable": True, **receipt})

    stored = StoredAct(original, proof, {})
    assert undo.validate(replace(act("unblock"), **change), stored) == sentence


def test_an_unknown_act_cannot_be_undone():
    assert undo.validate(act("unblock"), None) == "The act to undo is not known here."


def test_an_undo_is_limited_to_those_who_were_changed():
    original = act("accept_request", "ada", "bob", names=("Ada", "Bob"), permissions=BOTH)
    changes = {"ada": (), "bob": ("send-video",)}

    receipt = Receipt(act_id="1", state=ReceiptState.SEEN)
    stored = StoredAct(original, receipt, changes)

    taken_back = undo.limited(act("refuse_request", "ada", "bob"), stored)

    assert (taken_back.user_ids, taken_back.names) == (("bob",), ("Bob",))
    assert taken_back.permissions == BOTH
    assert undo.permissions(taken_back, stored) == {"bob": ("send-video",)}
    assert undo.permissions(original, None) == {"ada": BOTH, "bob": BOTH}
