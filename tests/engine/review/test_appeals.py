"""Appeals of the people it was done to, against the served sandbox: seen, answered, told."""

import pytest

from console.domain.act import ReceiptState
from console.engine.services.review import service
from console.sandbox.appeals import NewAppeal

WHY = "I said nothing wrong."


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(service, "WATCHED_EVERY_S", 0.2)
    monkeypatch.setattr(service, "SOON_S", 0.01)


@pytest.fixture
async def appealed(queued, desk):
    """Bo's insult was blocked and Bo appeals; Cy was banned and appeals against that."""
    world = queued.world
    item = next(one for one in world.judging.items.values() if one.entity_id == "0")
    world.reviews.submit("block", item.id, {}, "host")
    world.sanctions.ban("cy", "host")
    world.appeals.submit(
        NewAppeal(appeal_reason=WHY, entity_id="0", entity_type=item.entity_type), "bo"
    )
    world.appeals.submit(
        NewAppeal(appeal_reason=WHY, entity_id="cy", entity_type="stream:user"), "cy"
    )
    await desk.watch(view_id="appeals")
    await desk.console.until(lambda: set(desk.items) == {"0", "cy"})
    return queued


def settled(sandbox):
    return {
        one.entity_id: (one.status, one.decision_reason)
        for one in sandbox.world.appeals.all.values()
    }


async def test_appeals_come_with_and_without_an_item(appealed, desk):
    about_words, about_ban = desk.items["0"], desk.items["cy"]
    assert about_words.appeal.reason == about_ban.appeal.reason == WHY
    assert about_words.due
    assert about_words.texts == ("nitwit",)
    assert about_ban.only_appeal
    assert about_ban.author_id == "cy"


async def test_an_appeal_is_rejected_with_a_reply(appealed, desk):
    item = desk.items["0"]
    act_id = desk.decide(
        "reject_appeal", item, appeal_id=item.appeal.appeal_id, reason="The rules say so."
    )
    assert (await desk.ended(act_id)).state is ReceiptState.SEEN
    assert settled(appealed)["0"] == ("rejected", "The rules say so.")
    await desk.console.until(lambda: not desk.items["0"].appeal.open)


async def test_an_appeal_about_content_is_accepted(appealed, desk):
    item = desk.items["0"]
    act_id = desk.decide("restore", item, appeal_id=item.appeal.appeal_id, reason="You are right.")
    assert (await desk.ended(act_id)).state is ReceiptState.SEEN
    assert settled(appealed)["0"][0] == "accepted"


async def test_an_appeal_against_a_ban_lifts_it(appealed, desk):
    item = desk.items["cy"]
    act_id = desk.decide("unban", item, appeal_id=item.appeal.appeal_id, reason="You are right.")
    assert (await desk.ended(act_id)).state is ReceiptState.SEEN
    assert settled(appealed)["cy"] == ("accepted", "You are right.")
    assert ("cy", "") not in appealed.world.state.bans
    await desk.console.until(lambda: not desk.items["cy"].appeal.open)


async def test_whoever_answers_second_is_told(appealed, desk, other):
    await other.watch(view_id="appeals")
    await other.console.until(lambda: "cy" in other.items)
    item = other.items["cy"]
    mine = desk.items["cy"]
    await desk.ended(
        desk.decide("unban", mine, appeal_id=mine.appeal.appeal_id, reason="You are right.")
    )
    act_id = other.decide("reject_appeal", item, appeal_id=item.appeal.appeal_id, reason="No.")
    receipt = await other.ended(act_id)
    assert receipt.conflict
    assert receipt.reason == "The appeal was decided by somebody else. Nothing was done."


async def test_no_rejection_goes_out_without_a_reason(appealed, desk):
    item = desk.items["0"]
    act_id = desk.decide("reject_appeal", item, appeal_id=item.appeal.appeal_id)
    receipt = await desk.ended(act_id)
    assert receipt.state is ReceiptState.FAILED
    assert receipt.reason == "Stream wants a reason for this."
