"""What can be decided about an item follows from what the app offers and from its state."""

import pytest
from msgspec.structs import replace

from console.domain.act import Receipt, ReceiptState
from console.domain.acts.queue import kind_of
from console.domain.acts.table import is_known
from console.domain.review import Appeal, ReviewDecision
from console.protocol.acts import ActProgress
from console.protocol.review import OfferedAction
from console.ui.queue.choices import choices_for, common_choices, with_reasons
from console.ui.queue.decide import MOST_AT_ONCE, Details, compose_decision, plan
from console.ui.state.review_queue import decided_here
from tests.ui.queue.conftest import KIND, OFFERED


def actions(shown):
    return [choice.action for choice in shown]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"action": "flag"}, ["mark_reviewed", "ban", "kick_user", "end_call", "escalate"]),
        ({"action": "flag", "cid": ""}, ["mark_reviewed", "ban", "escalate"]),
        ({"action": "flag", "cid": "", "author_id": ""}, ["mark_reviewed", "escalate"]),
        ({"action": "flag", "cid": "", "banned": True}, ["mark_reviewed", "unban", "escalate"]),
        (
            {"action": "flag", "cid": "", "escalated": True},
            ["mark_reviewed", "ban", "de_escalate"],
        ),
        ({"action": "remove", "cid": ""}, ["mark_reviewed", "ban", "escalate", "restore"]),
        ({"action": "mask_flag", "cid": ""}, ["mark_reviewed", "ban", "escalate", "unmask"]),
        ({"action": "flag", "entity_type": "other"}, ["mark_reviewed", "escalate"]),
    ],
)
def test_choices_follow_from_the_state_of_the_item(item, fields, expected):
    assert actions(choices_for(item(**fields), OFFERED)) == expected
    assert all(is_known(kind_of(action)) for action in expected)


def test_an_appeal_is_answered_first_and_an_appeal_alone_has_nothing_else(item, appeal):
    about = choices_for(item(action="flag", appeal=appeal()), OFFERED)
    assert actions(about)[:2] == ["restore", "reject_appeal"]
    alone = choices_for(item("p1", entity_type="stream:user", appeal=appeal("p1")), OFFERED)
    assert actions(alone) == ["unban", "reject_appeal"]
    answered = Appeal(appeal_id="p", status="accepted", reason="", at=1.0)
    assert "reject_appeal" not in actions(choices_for(item(appeal=answered), OFFERED))


def test_many_get_what_each_of_them_can(item):
    strike = OfferedAction(entity_type=KIND, action="custom", custom_id="strike", title="Strike")
    both = [item("i1", action="flag"), item("i2", action="flag", cid="")]
    shared = common_choices(both, (*OFFERED, strike))
    assert actions(shared) == ["mark_reviewed", "ban", "escalate", "custom"]
    assert common_choices([], OFFERED) == ()


def test_a_plan_leaves_out_what_cannot_be_decided_together(item, appeal):
    items = [
        item("i1"),
        item("i2", holder="mia", holder_name="Mia"),
        item("i3", appeal=appeal()),
        item("i4", reviewed_at=1.0),
        item("i5", holder="me"),
        *(item(f"more-{number}") for number in range(MOST_AT_ONCE)),
    ]
    made = plan(items, "me")
    assert [one.item_id for one in made.items[:2]] == ["i1", "i5"]
    assert len(made.items) == MOST_AT_ONCE
    why = [why for _, why in made.left_out]
    assert why[:3] == [
        "Mia is reviewing it",
        "it has an appeal, which is answered one by one",
        "it was decided already",
    ]
    assert why[3:] == [f"only {MOST_AT_ONCE} are decided at once"] * 2


def test_a_decision_carries_only_what_its_action_takes(item, done):
    shown = item("i1", done=(done(),), holder="mia")
    details = Details(minutes=5, reason="r", priority="high", notes="n", ip_ban=True)
    by_action = {
        choice.action: compose_decision(choice, shown, details, at=1.0, by="me")
        for choice in with_reasons(choices_for(shown, OFFERED), "all")
    }
    ban, escalated, reviewed = (
        by_action[action] for action in ("ban", "escalate", "mark_reviewed")
    )
    assert (ban.minutes, ban.ip_ban) == (5, True)
    assert (escalated.minutes, escalated.ip_ban) == (None, False)
    assert reviewed.user_ids == ("ann",)
    plain = ReviewDecision(
        item_id="i1",
        entity_type=KIND,
        entity_id="e-i1",
        known=("a-mark_reviewed-mia",),
        holder="mia",
    )
    assert ban.review == reviewed.review == plain
    assert escalated.review == replace(plain, priority="high", notes="n")


def test_what_was_decided_here_is_over_before_stream_says_so(item):
    choice = choices_for(item("i1", action="flag"), OFFERED)[0]
    act = compose_decision(choice, item("i1"), Details(), at=1.0, by="me")

    def state(**fields):
        return [ActProgress(act=act, receipt=Receipt(act_id=act.act_id, **fields))]

    assert decided_here(state(state=ReceiptState.QUEUED)) == {"i1"}
    assert decided_here(state(state=ReceiptState.SEEN)) == {"i1"}
    assert decided_here(state(state=ReceiptState.FAILED)) == frozenset()
    assert decided_here(state(state=ReceiptState.UNCONFIRMED)) == frozenset()
