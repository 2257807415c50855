"""What a moderator did not know of an item when they decided, and what is still due."""

import pytest

from console.domain.review import (
    Appeal,
    ReviewAction,
    ReviewDecision,
    ReviewFlag,
    ReviewItem,
    overtaken,
)

ME = "me"


def done(kind="ban", by="mia", name="Mia", at=5.0):
    return ReviewAction(action_id=f"{kind}-{by}", kind=kind, by=by, by_name=name, at=at)


def item(*actions, **fields):
    return ReviewItem(
        item_id="i", entity_type="t", entity_id="e", created_at=1.0, done=actions, **fields
    )


def decided(**fields):
    return ReviewDecision(item_id="i", **fields)


@pytest.mark.parametrize(
    ("shown", "decision", "words"),
    [
        (item(), decided(), ""),
        (item(done()), decided(known=("ban-mia",)), ""),
        (item(done()), decided(), "Mia acted first: ban."),
        (item(done("mark_reviewed", name="")), decided(), "mia acted first: mark reviewed."),
        (item(done(by="", name="")), decided(), "A rule of Stream acted first: ban."),
        (item(done(by=ME)), decided(mine=("ban",)), ""),
        (item(done(by=ME)), decided(), "You, from elsewhere, acted first: ban."),
        (item(holder="mia", holder_name="Mia"), decided(), "Mia is reviewing it."),
        (item(holder="mia"), decided(holder="mia"), ""),
        (item(holder=ME), decided(), ""),
    ],
)
def test_what_was_not_known_is_said(shown, decision, words):
    assert overtaken(shown, decision, ME) == words


def test_an_item_is_due_until_it_is_reviewed_and_while_its_appeal_is_open():
    def appeal(status):
        return Appeal(appeal_id="a", status=status, reason="", at=9.0)

    assert item().due
    assert not item(reviewed_at=2.0).due
    assert item(reviewed_at=2.0, appeal=appeal("submitted")).due
    assert not item(reviewed_at=2.0, appeal=appeal("accepted")).due


def test_a_report_after_a_decision_asks_for_another_one():
    assert not item(done()).reports_after_done
    assert not item(done(), flags=(ReviewFlag(kind="user_report", at=4.0),)).reports_after_done
    assert item(done(), flags=(ReviewFlag(kind="user_report", at=6.0),)).reports_after_done
