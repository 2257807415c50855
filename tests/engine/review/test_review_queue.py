"""The review queue, against the served sandbox: read, decided, told to both consoles."""

import pytest

from console.domain.act import ReceiptState
from console.domain.verdict import Severity
from console.engine.services.review import service
from console.protocol.review import (
    AskItemContext,
    ItemContext,
    QueueFilter,
    QueueOrder,
    SaveView,
    SkipItem,
    ViewSaved,
    WatchQueue,
)
from console.sandbox.judging import Content
from tests.engine.conftest import Console
from tests.engine.review.conftest import CID, Queue, sign_in

QUICK = 0.2


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    """Read so often that no test waits for the next reading."""
    monkeypatch.setattr(service, "WATCHED_EVERY_S", QUICK)
    monkeypatch.setattr(service, "COUNTED_EVERY_S", QUICK)
    monkeypatch.setattr(service, "SOON_S", 0.01)


async def test_the_count_and_the_oldest_are_known_while_nobody_looks(queued, desk):
    oldest = min(item.created_at for item in queued.world.judging.items.values())

    await desk.console.until(lambda: desk.state.due == 3)

    assert desk.state.due_exact
    assert desk.state.oldest_at == pytest.approx(oldest)
    assert desk.items == {}


async def test_an_item_comes_with_its_evidence(desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)

    insult = desk.items["0"]

    assert insult.texts == ("nitwit",)
    assert (insult.cid, insult.author_id, insult.author_name) == (CID, "bo", "Bo")
    assert (insult.action, insult.severity, insult.labels) == ("remove", Severity.HIGH, ("INSULT",))
    assert insult.flags[0].rule == "insults"
    assert insult.due
    assert "mark_reviewed" in {one.action for one in desk.state.offered}
    assert set(desk.state.labels) == {"INSULT", "links"}


async def test_views_and_filters_are_stream_s(queued, desk):
    await desk.watch(chosen=QueueFilter(label="INSULT"))
    await desk.console.until(lambda: set(desk.items) == {"0"})
    await desk.watch(chosen=QueueFilter(severity="high"), order=QueueOrder.AGE)
    assert set(desk.items) == {"0"}
    await desk.watch(chosen=QueueFilter(action="flag"), order=QueueOrder.REPORTS)
    await desk.console.until(lambda: set(desk.items) == {"1", "2"})
    await desk.watch(chosen=QueueFilter(field="cid", value="default:elsewhere"))
    await desk.console.until(lambda: desk.items == {})
    assert desk.state.fields == ("cid",)
    await desk.watch(chosen=QueueFilter(action="flag"), order=QueueOrder.REPORTS)
    desk.tell(SaveView("r1", name="Flags", query=desk.state.query, shared=True))
    await desk.console.until(lambda: desk.console.of(ViewSaved))
    saved = desk.console.of(ViewSaved)[0]
    await desk.watch(view_id=saved.view_id)
    await desk.console.until(lambda: set(desk.items) == {"1", "2"})
    assert "Flags" in [view.name for view in desk.state.views]


async def test_a_decision_is_proven_by_the_item_and_leaves_the_queue(queued, desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)

    act_id = desk.decide("ban", desk.items["0"], minutes=60, reason="insults")
    receipt = await desk.ended(act_id)

    assert receipt.state is ReceiptState.SEEN
    assert receipt.evidence == "re-read"
    assert ("bo", "") in queued.world.state.bans
    await desk.console.until(lambda: "0" not in desk.items)
    await desk.console.until(lambda: desk.state.due == 2)


async def test_whoever_comes_second_is_told_and_nothing_is_done(queued, desk, other):
    for queue in (desk, other):
        await queue.watch()
        await queue.console.until(lambda queue=queue: len(queue.items) == 3)
    shown = other.items["1"]
    await desk.ended(desk.decide("mark_reviewed", desk.items["1"]))

    receipt = await other.ended(other.decide("ban", shown, minutes=5))

    assert receipt.state is ReceiptState.FAILED
    assert receipt.conflict
    assert receipt.reason == "Moderator acted first: mark reviewed. Nothing was done."
    assert ("bo", "") not in queued.world.state.bans
    item = next(i for i in queued.world.judging.items.values() if i.entity_id == "1")
    assert [action.type for action in item.actions] == ["mark_reviewed"]


async def test_two_decisions_in_the_same_moment_are_told_to_both(queued, desk, other):
    for queue in (desk, other):
        await queue.watch()
        await queue.console.until(lambda queue=queue: len(queue.items) == 3)
    acts = [queue.decide("mark_reviewed", queue.items["2"]) for queue in (desk, other)]

    receipts = [await desk.ended(acts[0]), await other.ended(acts[1])]

    item = next(i for i in queued.world.judging.items.values() if i.entity_id == "2")
    if len(item.actions) == 2:  # neither saw the other's in time
        assert all(receipt.conflict for receipt in receipts)
        assert all(receipt.reason.startswith("Both of you acted.") for receipt in receipts)
    else:
        assert [receipt.conflict for receipt in receipts].count(True) == 1


async def test_a_lost_answer_is_looked_up_and_nothing_is_done_twice(queued, desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)
    queued.between.after = True
    queued.between.add("/moderation/submit_action", 504)

    receipt = await desk.ended(desk.decide("mark_reviewed", desk.items["2"]))

    assert receipt.state is ReceiptState.SEEN
    item = next(i for i in queued.world.judging.items.values() if i.entity_id == "2")
    assert [action.type for action in item.actions] == ["mark_reviewed"]


async def test_what_was_not_done_is_sent_again(queued, desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)
    queued.between.add("/moderation/submit_action", 504)

    receipt = await desk.ended(desk.decide("mark_reviewed", desk.items["2"]))

    assert receipt.state is ReceiptState.SEEN
    item = next(i for i in queued.world.judging.items.values() if i.entity_id == "2")
    assert [action.type for action in item.actions] == ["mark_reviewed"]


async def test_every_action_reaches_the_world(queued, desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)
    await desk.ended(
        desk.decide("escalate", desk.items["2"], reason="threat", priority="high", notes="see log")
    )
    await desk.console.until(lambda: desk.items["2"].escalated)
    assert (desk.items["2"].priority, desk.items["2"].notes) == ("high", "see log")
    receipt = await desk.ended(desk.decide("kick_user", desk.items["0"]))
    assert receipt.state is ReceiptState.SEEN
    assert queued.world.state.calls[CID].running.of_user("bo") == []
    await desk.ended(desk.decide("end_call", desk.items["2"], mine=("escalate",)))
    assert queued.world.state.calls[CID].ended_at is not None


async def test_skipping_puts_an_item_last_and_says_who(desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)

    desk.tell(SkipItem(desk.items["0"].item_id))

    await desk.console.until(lambda: desk.items["0"].skipped_by == "moderator")
    assert desk.items["0"].skipped_at > 0


async def test_the_lines_and_the_policy_stand_around_an_item(queued, desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)

    desk.tell(AskItemContext("r", desk.items["0"].item_id))
    await desk.console.until(lambda: desk.console.of(ItemContext))

    context = desk.console.of(ItemContext)[0]
    assert context.policy == (
        "Block list “insults”: remove.",
        "Block list “links”: flag.",
    )
    assert context.relevant == ("Block list “insults”: remove.",)


async def test_a_role_that_may_not_is_told_once(queued, desk):
    queued.world.state.users["moderator"].role = "user"
    await desk.console.until(lambda: desk.state.refused)
    assert desk.state.refused.endswith(".")


async def test_an_outage_is_told_and_ends_by_itself(queued, desk):
    await desk.watch()
    queued.between.add("/moderation/review_queue", 503, times=2)
    await desk.console.until(lambda: desk.state.trouble)
    await desk.console.until(lambda: not desk.state.trouble)


async def test_what_happens_elsewhere_shows(queued, desk):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)
    item = queued.world.judging.items[desk.items["1"].item_id]
    queued.world.reviews.submit("mark_reviewed", item.id, {}, "host")
    await desk.console.until(lambda: "1" not in desk.items)
    desk.tell(WatchQueue(None))
    await desk.console.until(lambda: desk.items == {})


async def test_what_the_app_offers_is_offered_with_its_reasons(queued, desk):
    inbox = queued.world.inbox
    for order, (action, custom) in enumerate(
        (
            ("delete_message", {"reason_required": True}),
            ("strike", {"reasons": ["spam", "hate"]}),
            ("unmask", {}),
        )
    ):
        inbox.put_action(
            {
                "action": action,
                "entity_type": "stream:v1:utterance",
                "order": order,
                "description": action.title(),
                "custom": custom,
            }
        )
    await desk.watch()
    await desk.console.until(lambda: len(desk.state.offered) == 3)
    offered = [
        (one.action, one.custom_id, one.reason_required, one.reasons) for one in desk.state.offered
    ]
    assert offered == [
        ("delete_message", "", True, ()),
        ("custom", "strike", True, ("spam", "hate")),
        ("unmask", "", False, ()),
    ]
    await desk.console.until(lambda: len(desk.items) == 3)
    receipt = await desk.ended(desk.decide("custom", desk.items["1"], custom_id="strike"))
    assert receipt.state is ReceiptState.SEEN
    act_id = desk.decide("delete_message", desk.items["2"], reason="spam")
    assert (await desk.ended(act_id)).state is ReceiptState.SEEN
    item = next(one for one in queued.world.judging.items.values() if one.entity_id == "2")
    assert item.removed


async def test_two_consoles_of_one_moderator_are_told_of_each_other(
    queued, desk, tmp_path, shared_clock
):
    console = Console(tmp_path / "again", shared_clock)
    console.engine.start()
    try:
        again = await sign_in(console, queued, "moderator")
        await desk.watch()
        await desk.console.until(lambda: len(desk.items) == 3)
        await again.watch()
        await again.console.until(lambda: len(again.items) == 3)
        shown = again.items["1"]
        await desk.ended(desk.decide("mark_reviewed", desk.items["1"]))
        receipt = await again.ended(again.decide("ban", shown, minutes=5))
    finally:
        await console.close()
    assert receipt.conflict
    assert receipt.reason == "You, from elsewhere, acted first: mark reviewed. Nothing was done."


async def test_two_consoles_that_decide_everything_at_once_never_both_act_untold(
    queued, desk, other
):
    for number in range(30):
        queued.world.judging.check(
            Content(
                entity_type="stream:v1:utterance",
                entity_id=f"more-{number}",
                creator_id="cy",
                payload={"texts": ["http://example.org"], "custom": {"cid": CID}},
                config_key="k",
            )
        )
    for queue in (desk, other):
        await queue.watch()
        await queue.console.until(lambda queue=queue: len(queue.items) == 33)
    order = sorted(desk.items)
    asked: dict[str, list[tuple[Queue, str]]] = {key: [] for key in order}
    for mine, theirs in zip(order, reversed(order), strict=True):
        for queue, key in ((desk, mine), (other, theirs)):
            asked[key].append((queue, queue.decide("mark_reviewed", queue.items[key])))

    receipts = {
        key: [await queue.ended(act_id) for queue, act_id in acts] for key, acts in asked.items()
    }

    actions = {one.entity_id: one.actions for one in queued.world.judging.items.values()}
    for key, both in receipts.items():
        carried_out = [one for one in both if one.state is ReceiptState.SEEN]
        assert len(actions[key]) == len(carried_out) >= 1
        assert sum(one.conflict for one in both) >= 1, "somebody acted and was told nothing"
        if len(carried_out) == 2:
            assert any(one.reason.startswith("Both of you acted.") for one in both)


async def test_an_event_that_concerns_an_item_has_the_queue_read_at_once(queued, desk, monkeypatch):
    await desk.watch()
    await desk.console.until(lambda: len(desk.items) == 3)
    monkeypatch.setattr(service, "WATCHED_EVERY_S", 600.0)
    # The reading after this one waits for ten minutes, unless something is heard.
    read_at = desk.state.read_at
    await desk.console.until(lambda: desk.state.read_at > read_at)
    queued.world.sanctions.ban("cy", "host")
    await desk.console.until(lambda: desk.items["2"].banned)
