"""What becomes of a raised item, decided from what is known."""

import pytest
from msgspec.structs import replace

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.item import Item, Text
from console.domain.raised import (
    Decision,
    RaisedState,
    Step,
    after_act,
    decided,
    judged_anew,
    opened,
    raise_item,
    undone,
    why_not,
)
from console.domain.verdict import Severity, Source, Verdict

CID = "default:one"


def line(item_id="u1", author="ben", at=100.0, cid=CID, **more):
    return Item(
        item_id=item_id,
        kind="caption",
        cid=cid,
        session_id="s",
        author_id=author,
        author_name=author.title(),
        body=Text("fool"),
        start_time=at,
        end_time=at + 1,
        received_at=at + 1.5,
        **more,
    )


def verdict(action="flag", severity=Severity.LOW, source=Source.STREAM, **more):
    return Verdict(item_id="u1", source=source, action=action, severity=severity, **more)


def local(action="flag", severity=Severity.LOW, **more):
    return verdict(action, severity, Source.LOCAL, provisional=True, **more)


def raised(by=None, **more):
    return raise_item(line(**more), by or verdict(), at=102.0)


def decision(step, by="mod", decision_id="d1", note=""):
    return Decision(
        decision_id=decision_id, step=step, item_ids=("u1",), by=by, at=110.0, note=note
    )


def after(known, step, **more):
    changed = decided(known, decision(step, **more))
    assert changed is not None
    return changed


ENDS = [
    (Step.HANDLE, RaisedState.HANDLED),
    (Step.DISMISS, RaisedState.DISMISSED),
    (Step.ESCALATE, RaisedState.ESCALATED),
]


@pytest.mark.parametrize(("step", "state"), ENDS)
def test_a_decision_ends_it_with_by_whom_and_when_and_its_undo_opens_it(step, state):
    ended = after(raised(), step, note="seen before")

    assert (ended.state, ended.is_open) == (state, False)
    assert (ended.handling.by, ended.handling.at, ended.handling.note) == (
        "mod",
        110.0,
        "seen before",
    )
    assert decided(ended, decision(Step.DISMISS, decision_id="d2")) is None
    assert undone(ended, "another") is None
    assert undone(ended, "d1") == raised()


def test_taking_keeps_it_open_and_another_moderator_may_take_it_over():
    mine = after(raised(), Step.TAKE)
    assert (mine.is_open, mine.handling.holder, mine.handling.taken_at) == (True, "mod", 110.0)
    assert why_not(mine, Step.TAKE, "mod") == "You have taken it already."
    assert why_not(mine, Step.GIVE_BACK, "ann") == "You have not taken it."
    theirs = after(mine, Step.TAKE, by="ann", decision_id="d2")
    assert theirs.handling.holder == "ann"
    assert undone(theirs, "d1") is None
    assert undone(theirs, "d2") == raised()
    assert after(mine, Step.GIVE_BACK, decision_id="d3") == raised()


def test_what_was_taken_and_handled_is_still_held_once_it_opens_again():
    handled = after(after(raised(), Step.TAKE), Step.HANDLE, decision_id="d2")
    again = undone(handled, "d2")
    assert again == after(raised(), Step.TAKE)


def test_why_nothing_can_be_decided():
    dismissed = after(raised(), Step.DISMISS)
    assert why_not(None, Step.HANDLE, "mod").startswith("This line is not raised")
    assert why_not(dismissed, Step.HANDLE, "mod") == "It was dismissed already."


def test_only_the_deciding_verdict_withdraws_it_and_a_raising_one_opens_it_again():
    known = raised(local())
    assert judged_anew(known, line(), local("keep")) is None
    withdrawn = judged_anew(known, line(), verdict("keep", Severity.NONE))
    assert withdrawn is not None
    assert withdrawn.state is RaisedState.WITHDRAWN
    again = judged_anew(withdrawn, line(revision=1), verdict(revision=1))
    assert again is not None
    assert again.is_open


def test_a_local_verdict_says_nothing_after_the_one_that_decides():
    assert judged_anew(raised(), line(), local("remove", Severity.CRITICAL)) is None
    assert judged_anew(raised(verdict(revision=1)), line(), verdict("remove")) is None


@pytest.mark.parametrize(
    ("step", "revision", "graver", "opens"),
    [
        (Step.DISMISS, 0, True, True),
        (Step.DISMISS, 0, False, False),
        (Step.HANDLE, 0, True, False),
        (Step.HANDLE, 1, True, True),
        (Step.HANDLE, 1, False, False),
        (Step.ESCALATE, 1, True, True),
    ],
)
def test_a_graver_verdict_opens_what_was_dismissed_and_of_another_text_what_was_handled(
    step, revision, graver, opens
):
    known = after(raised(local()), step)
    found = verdict("remove" if graver else "flag", revision=revision)
    changed = judged_anew(known, line(revision=revision), found)
    assert changed is not None
    assert changed.is_open is opens
    assert changed.verdict == found


def test_what_was_decided_stays_decided_where_the_verdict_is_taken_back():
    handled = after(raised(local()), Step.HANDLE)
    changed = judged_anew(handled, line(), verdict("keep", Severity.NONE))
    assert changed is not None
    assert changed.state is RaisedState.HANDLED


def act(kind="kick", at=105.0, cid=CID, who="ben"):
    return Act(act_id="a1", kind=kind, cid=cid, requested_at=at, user_ids=(who,), by="mod")


def receipt(state=ReceiptState.QUEUED, **more):
    return Receipt(act_id="a1", state=state, **more)


def test_an_act_on_the_person_handles_what_they_said_before():
    handled = after_act(raised(), act(), receipt())
    assert handled is not None
    assert (handled.state, handled.handling.act_id) == (RaisedState.HANDLED, "a1")
    assert (handled.handling.by, handled.handling.at) == ("mod", 105.0)
    assert after_act(raised(at=104.0), act(), receipt()) is None


@pytest.mark.parametrize(
    ("wanted", "handles"),
    [
        (act(who="ann"), False),
        (act(cid="default:two"), False),
        (act("ban", cid="default:two"), True),
        (act("grant_audio"), False),
        (act("unblock"), False),
        (act("mute_everyone_audio", who=""), False),
        (act("mute_audio"), True),
        (act("made_by_a_newer_version"), False),
    ],
)
def test_it_is_an_act_on_this_person_where_it_was_said_and_one_that_answers(wanted, handles):
    assert (after_act(raised(), wanted, receipt()) is not None) is handles


def test_a_flag_for_review_escalates_the_one_thing_that_it_names():
    flag = replace(act("flag"), item=line())
    escalated = after_act(raised(), flag, receipt())
    assert escalated is not None
    assert (escalated.state, escalated.to_be_flagged) == (RaisedState.ESCALATED, False)
    assert after_act(raised(), act("flag"), receipt()) is None
    assert after_act(raised(item_id="u2"), flag, receipt()) is None
    assert after_act(escalated, flag, receipt(ReceiptState.FAILED)) == raised()


@pytest.mark.parametrize(
    "came_to",
    [
        receipt(ReceiptState.FAILED),
        receipt(ReceiptState.UNCONFIRMED),
        receipt(ReceiptState.SEEN, undone_by="a2"),
    ],
)
def test_an_act_in_vain_of_unknown_outcome_or_undone_opens_it_again(came_to):
    handled = after_act(raised(), act(), receipt())
    assert handled is not None
    assert after_act(handled, act(), came_to) == raised()
    assert after_act(raised(), act(), came_to) is None
    by_hand = after(raised(), Step.HANDLE)
    assert after_act(by_hand, act(), came_to) is None


def test_an_act_whose_time_is_over_opens_nothing_again():
    handled = after_act(raised(), act(), receipt())
    assert handled is not None
    over = receipt(ReceiptState.SEEN, undone_by="a2", ran_out=True)
    assert after_act(handled, act(), over) is None


def test_one_person_within_a_minute_is_one_incident():
    first = raised()
    near = raise_item(line("u2", at=150.0), verdict(), at=0.0, others=[first])
    far = raise_item(line("u3", at=161.0), verdict(), at=0.0, others=[first, near])
    early = raise_item(line("u4", at=95.0), verdict(), at=0.0, others=[near, first])
    assert first.handling.incident == "u1"
    assert near.handling.incident == "u1"
    assert far.handling.incident == "u3"
    assert early.handling.incident == "u1"


def test_an_open_item_is_as_it_was_when_it_was_raised():
    assert opened(replace(after(raised(), Step.HANDLE))) == raised()
