"""An undo puts back what was changed, and nothing else."""

import pytest
from msgspec.structs import replace

from console.domain.act import Act, ActKind, Receipt, ReceiptState
from console.domain.call import Participant
from console.engine.acts import undo

K = ActKind
BOTH = ("send-audio", "send-video")


def act(kind: ActKind, *user_ids: str, **fields) -> Act:
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
        (act(K.REVOKE_AUDIO), None, None),
        (act(K.REVOKE_AUDIO), ada(), ("send-audio",)),
        (act(K.REVOKE_AUDIO), ada(capabilities=frozenset({"send-audio"})), ("send-audio",)),
        (act(K.REVOKE_AUDIO), ada(capabilities=frozenset()), ()),
        (act(K.REVOKE_AUDIO), ada(revoked=frozenset({"send-audio"})), ()),
        (act(K.GRANT_AUDIO), ada(capabilities=frozenset({"send-audio"})), ()),
        (
            act(K.ACCEPT_REQUEST, permissions=BOTH),
            ada(capabilities=frozenset({"send-audio"})),
            ("send-video",),
        ),
        (act(K.BLOCK), ada(), undo.CHANGED),
        (act(K.BLOCK), ada(blocked=True), ()),
        (act(K.BAN), ada(banned=True), ()),
        (act(K.BAN), ada(), undo.CHANGED),
        (act(K.KICK), ada(), None),
    ],
)
def test_what_an_act_changes_follows_from_the_state_before(wish, person, changes):
    assert undo.changes_of(wish, person) == changes


def test_only_acts_that_changed_something_can_be_undone():
    assert undo.undoable(act(K.BLOCK), {})
    assert undo.undoable(act(K.BLOCK, "ada", "bob"), {"ada": ()})
    assert not undo.undoable(act(K.BLOCK), {"ada": ()})
    assert not undo.undoable(act(K.KICK), {})


@pytest.mark.parametrize(
    ("change", "receipt", "sentence"),
    [
        ({}, {}, ""),
        ({"kind": K.UNBAN}, {}, "This does not take that act back."),
        ({"cid": "default:b"}, {}, "This does not take that act back."),
        ({"user_ids": ("eve",)}, {}, "The act to undo was on other people."),
        ({}, {"undone_by": "other"}, "It was undone already."),
        ({}, {"undoable": False}, "There is nothing to put back."),
    ],
)
def test_an_undo_has_to_fit_its_act(change, receipt, sentence):
    original = act(K.BLOCK)
    proof = Receipt(act_id="1", state=ReceiptState.SEEN, **{"undoable": True, **receipt})

    assert undo.misfit(replace(act(K.UNBLOCK), **change), original, proof) == sentence


def test_an_unknown_act_cannot_be_undone():
    assert undo.misfit(act(K.UNBLOCK), None, None) == "The act to undo is not known here."


def test_an_undo_is_limited_to_those_who_were_changed():
    original = act(K.ACCEPT_REQUEST, "ada", "bob", names=("Ada", "Bob"), permissions=BOTH)
    changes = {"ada": (), "bob": ("send-video",)}

    taken_back = undo.limited(act(K.REFUSE_REQUEST, "ada", "bob"), original, changes)

    assert (taken_back.user_ids, taken_back.names) == (("bob",), ("Bob",))
    assert taken_back.permissions == BOTH
    assert undo.limits(original, changes) == {"ada": (), "bob": ("send-video",)}
