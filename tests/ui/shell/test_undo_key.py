"""Ctrl+Z: what it takes back, and what it says where there is no way back."""

import pytest

from console.domain.act import AUTOMATION, ReceiptState
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged, RequestAct
from console.protocol.to_window import EngineState

ME = "mod"


@pytest.fixture
def press(parts, make, recorder):
    """What Ctrl+Z said: the sentence, or nothing."""
    parts.session.apply(EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id=ME))
    recorder.watch(refused=parts.commands.refused)

    def press():
        before = len(recorder.of("refused"))
        parts.commands.action("undo").trigger()
        return [words for _, words in recorder.of("refused")[before:]]

    return press


@pytest.fixture
def did(parts, make):
    """Something was done ``after`` seconds."""

    def did(act_id, kind, after, state=ReceiptState.SEEN, undoable=False, **fields):
        fields = {"by": ME, "requested_at": make.start + after} | fields
        act = make.act(act_id, kind=kind, **fields)
        progress = make.progress(act, state, undoable=undoable)
        parts.session.apply(ActsChanged(acts=(progress,)))

    return did


def undone(sent):
    return [each.act.undo_of for each in sent if isinstance(each, RequestAct)]


@pytest.mark.parametrize(
    ("kind", "state", "why"),
    [
        ("kick", ReceiptState.SEEN, "Stream has no way back from it"),
        ("mute_audio", ReceiptState.SEEN, "only they can turn it on again"),
        ("block", ReceiptState.SEEN, "it changed nothing that could be put back"),
        ("block", ReceiptState.SENT, "it is still under way"),
    ],
)
def test_what_cannot_be_taken_back_says_why_and_the_next_press_goes_on(
    did, press, sent, kind, state, why
):
    did("a1", "revoke_audio", 1, undoable=True)
    did("a2", kind, 2, state)
    (words,) = press()
    assert words.endswith(
        f" cannot be taken back: {why}. Undo again takes back what you did before it."
    )
    assert undone(sent) == []
    assert press() == []
    assert undone(sent) == ["a1"]


def test_what_failed_or_was_done_by_a_rule_stands_in_no_way(did, press, sent):
    did("a1", "revoke_audio", 1, undoable=True)
    did("a2", "kick", 2, ReceiptState.FAILED)
    did("a3", "kick", 3, by=AUTOMATION)
    assert press() == []
    assert undone(sent) == ["a1"]


def test_all_acts_of_a_proposal_are_taken_back_at_once(did, press, sent):
    did("a1", "revoke_audio", 1, undoable=True, by=AUTOMATION, together="p1")
    did("a2", "mute_audio", 1, by=AUTOMATION, together="p1")
    did("a3", "ban", 1, undoable=True, by=AUTOMATION, together="p1")
    assert press() == []
    assert undone(sent) == ["a1", "a3"]
