"""From a wish to a receipt, with a scripted Stream and a real store."""

import asyncio

import pytest
from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.call import Call
from console.engine.acts.inquiry import PAUSES
from console.engine.wire import events
from console.engine.wire.events import User
from console.engine.wire.refusals import RateLimitedError, RefusedError, UnreachableError

CID = "default:town-hall"
NO_ROUTE = UnreachableError("Stream could not be reached.", may_be_done=False)
QUEUED, SENT, ACCEPTED, SEEN, UNCONFIRMED, FAILED = ReceiptState


def kicked(user_id: str) -> events.KickedUser:
    return events.KickedUser(call_cid=CID, user=User(id=user_id))


def blocked(user_id: str) -> events.BlockedUser:
    return events.BlockedUser(call_cid=CID, user=User(id=user_id))


def muted(*user_ids: str) -> events.UserMuted:
    return events.UserMuted(call_cid=CID, from_user_id="mod", muted_user_ids=user_ids)


def now_has(user_id: str, *capabilities: str) -> events.PermissionsUpdated:
    return events.PermissionsUpdated(
        call_cid=CID, user=User(id=user_id), own_capabilities=frozenset(capabilities)
    )


def on_device(user_id: str, joined_at: float) -> dict[str, object]:
    return {
        "user": {"id": user_id},
        "user_session_id": "s",
        "joined_at": int(joined_at * 1e9),
    }


async def test_an_act_is_queued_sent_accepted_and_seen(desk):
    wish = desk.act("kick", "ada")

    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)
    desk.clock.advance(0.5)
    assert desk.outbox.under_way == 1
    assert desk.outbox.on_event(kicked("ada")) == wish.act_id

    receipt = await desk.reaches(wish, SEEN)
    at = wish.requested_at
    assert desk.history[wish.act_id] == [QUEUED, SENT, ACCEPTED, SEEN]
    assert (receipt.queued_at, receipt.sent_at, receipt.accepted_at) == (at, at, at)
    assert (receipt.seen_at, receipt.evidence) == (at + 0.5, "call.kicked_user")
    assert (receipt.attempts, receipt.reason, receipt.undoable) == (1, "", False)
    assert desk.stream.asked == [("kick", {"user_id": "ada"})]
    assert desk.outbox.under_way == 0


async def test_the_event_may_come_before_the_answer(desk):
    gate = desk.stream.gates["kick"] = asyncio.Event()
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)

    assert desk.outbox.on_event(kicked("ada")) == wish.act_id
    assert desk.history[wish.act_id] == [QUEUED, SENT]
    gate.set()

    receipt = await desk.reaches(wish, SEEN)
    assert receipt.evidence == "call.kicked_user"
    assert desk.history[wish.act_id] == [QUEUED, SENT, ACCEPTED, SEEN]


async def test_an_event_before_the_sending_proves_nothing(desk):
    gate = desk.stream.gates["kick"] = asyncio.Event()
    first, second = desk.act("kick", "ada"), desk.act("block", "ada")
    await desk.outbox.accept(first)
    await desk.stream.reached(1)
    await desk.outbox.accept(second)

    assert desk.outbox.on_event(blocked("ada")) == ""

    gate.set()
    await desk.reaches(second, ACCEPTED)


async def test_a_known_act_id_changes_nothing_but_is_answered(desk):
    wish = desk.act("kick", "ada")
    await asyncio.gather(*(desk.outbox.accept(wish) for _ in range(5)))
    await desk.reaches(wish, ACCEPTED)
    desk.outbox.on_event(kicked("ada"))
    await desk.reaches(wish, SEEN)
    await desk.outbox.close()
    desk.latest.clear()

    await desk.outbox.accept(wish)

    assert (await desk.reaches(wish, SEEN)).evidence == "call.kicked_user"
    assert desk.stream.asked == [("kick", {"user_id": "ada"})]


async def test_a_definite_refusal_fails_with_its_sentence(desk):
    desk.stream.refusals = [RefusedError(17, 403, "Not allowed.", retryable=False)]
    wish = desk.act("block", "ada")

    await desk.outbox.accept(wish)

    receipt = await desk.reaches(wish, FAILED)
    assert (receipt.reason, receipt.attempts, receipt.undoable) == (
        "Stream does not allow this.",
        1,
        False,
    )


async def test_what_may_succeed_later_is_sent_again(desk):
    desk.stream.refusals = [NO_ROUTE, NO_ROUTE, RateLimitedError(3.0)]
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)

    pauses = [await desk.clock.pass_next() for _ in range(3)]

    receipt = await desk.reaches(wish, ACCEPTED)
    assert pauses == [0.625, 1.125, 3.125]
    assert (receipt.attempts, receipt.reason) == (4, "")
    assert len(desk.stream.asked) == 4


async def test_the_reason_of_a_retry_is_shown(desk):
    desk.stream.refusals = [NO_ROUTE]
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)

    await desk.when(lambda: desk.receipt(wish).reason)

    assert desk.receipt(wish).reason == "Stream could not be reached. Trying again."


async def test_patience_ends_after_a_minute(desk):
    desk.stream.refusals = [NO_ROUTE] * 100
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    began = desk.clock.now()

    while wish.act_id not in desk.history or desk.history[wish.act_id][-1] is not FAILED:
        passing = asyncio.ensure_future(desk.clock.pass_next())
        failing = asyncio.ensure_future(desk.reaches(wish, FAILED))
        await asyncio.wait({passing, failing}, return_when=asyncio.FIRST_COMPLETED)
        passing.cancel()
        failing.cancel()
        await asyncio.gather(passing, failing, return_exceptions=True)

    receipt = await desk.reaches(wish, FAILED)
    assert 50 < desk.clock.now() - began <= 60
    assert receipt.reason == (
        f"Stream could not be reached. Given up after {receipt.attempts} attempts."
    )


async def test_a_lost_answer_is_no_failure_when_the_call_shows_the_act(desk):
    gate = desk.stream.gates["kick"] = asyncio.Event()
    desk.stream.refusals = [UnreachableError("Stream did not answer.")]
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)
    desk.outbox.on_event(kicked("ada"))

    gate.set()

    await desk.reaches(wish, SEEN)
    assert len(desk.stream.asked) == 1


async def test_one_person_is_acted_on_in_order_and_others_meanwhile(desk):
    gate = desk.stream.gates["kick"] = asyncio.Event()
    first, second, other = (
        desk.act("kick", "ada"),
        desk.act("ban", "ada"),
        desk.act("block", "bob"),
    )
    for wish in (first, second, other):
        await desk.outbox.accept(wish)

    await desk.reaches(other, ACCEPTED)
    assert [what[0] for what in desk.stream.asked] == ["kick", "block"]
    gate.set()
    await desk.reaches(second, ACCEPTED)
    assert [what[0] for what in desk.stream.asked] == ["kick", "block", "ban"]


async def test_at_most_eight_requests_run_at_once(desk):
    desk.stream.gates["kick"] = gate = asyncio.Event()
    people = [f"p{number}" for number in range(20)]
    wish = desk.act("kick", *people)
    await desk.outbox.accept(wish)
    await desk.stream.reached(8)
    gate.set()

    await desk.reaches(wish, ACCEPTED)

    assert desk.stream.most_at_once == 8
    assert sorted(what[1]["user_id"] for what in desk.stream.asked) == sorted(people)


async def test_an_act_on_several_people_is_seen_when_all_were_seen(desk):
    wish = desk.act("mute_audio", "ada", "bob")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)

    desk.outbox.on_event(muted("ada", "eve"))
    assert desk.receipt(wish).state is ACCEPTED
    desk.outbox.on_event(muted("bob"))

    await desk.reaches(wish, SEEN)
    assert desk.stream.asked == [("mute_users", {"audio": True, "user_ids": ["ada", "bob"]})]


async def test_one_mute_event_proves_one_act(desk):
    audio, video = desk.act("mute_audio", "ada"), desk.act("mute_video", "ada")
    await desk.outbox.accept(audio)
    await desk.outbox.accept(video)
    await desk.reaches(video, ACCEPTED)

    assert desk.outbox.on_event(muted("ada")) == audio.act_id
    assert desk.outbox.on_event(muted("ada")) == video.act_id


async def test_some_people_refused_is_a_failure_that_can_be_retried_for_them(desk):
    desk.stream.refusals = [RefusedError(16, 404, "There is no such user.", retryable=False)]
    wish = desk.act("kick", "ada", "bob")
    await desk.outbox.accept(wish)

    receipt = await desk.reaches(wish, FAILED)
    assert (
        receipt.reason == "Not done for 1 of 2 people: Stream does not know the call or the person."
    )

    refused = desk.stream.asked[0][1]["user_id"]
    await desk.outbox.retry(wish.act_id)
    await desk.reaches(wish, ACCEPTED)
    assert desk.stream.asked[2:] == [("kick", {"user_id": refused})]


async def test_without_an_event_the_call_is_looked_at_again(desk):
    desk.stream.people = [on_device("ada", 5.0)]
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)

    assert await desk.clock.pass_next() == 2.0
    await desk.stream.looked(1)
    await desk.clock.sleeping()
    desk.stream.people = []
    assert await desk.clock.pass_next() == 2.0

    receipt = await desk.reaches(wish, SEEN)
    assert (receipt.evidence, receipt.seen_at) == ("re-read", wish.requested_at + 4.0)
    assert desk.stream.looks == 2


@pytest.mark.parametrize(
    ("kind", "prepare"),
    [
        ("block", lambda stream: stream.state.update(blocked_user_ids=["ada"])),
        ("unblock", lambda stream: None),
        ("ban", lambda stream: stream.banned.add("ada")),
        ("unban", lambda stream: None),
        ("mute_audio", lambda stream: None),
    ],
)
async def test_each_kind_can_be_proven_by_looking(desk, kind, prepare):
    prepare(desk.stream)
    wish = desk.act(kind, "ada")
    await desk.outbox.accept(wish)
    await desk.clock.pass_next()

    assert (await desk.reaches(wish, SEEN)).evidence == "re-read"


async def test_acts_on_the_whole_call_can_be_proven_by_looking(desk):
    desk.stream.state["ended_at"] = 5
    mute, end = desk.act("mute_everyone_audio"), desk.act("end_call")
    await desk.outbox.accept(mute)
    await desk.outbox.accept(end)
    await desk.reaches(end, ACCEPTED)
    await desk.clock.pass_next()
    await desk.clock.pass_next()

    await desk.reaches(mute, SEEN)
    await desk.reaches(end, SEEN)


async def test_what_is_never_shown_stays_unconfirmed_and_may_still_be_seen(desk):
    desk.stream.people = [on_device("ada", 5.0)]
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    pauses = [await desk.clock.pass_next() for _ in range(4)]

    receipt = await desk.reaches(wish, UNCONFIRMED)
    assert pauses == [2.0, 2.0, 3.0, 3.0]
    assert receipt.reason == "Stream accepted it, but the call does not show it."
    assert desk.outbox.under_way == 0

    desk.outbox.on_event(kicked("ada"))
    assert (await desk.reaches(wish, SEEN)).reason == ""


async def test_what_nothing_has_shown_is_looked_at_once_more_after_a_reconnect(desk):
    desk.stream.people = [on_device("ada", 5.0)]
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    for _ in range(4):
        await desk.clock.pass_next()
    await desk.reaches(wish, UNCONFIRMED)
    desk.stream.people = []

    desk.outbox.on_lost()
    desk.outbox.on_watched()

    assert (await desk.reaches(wish, SEEN)).evidence == "re-read"
    assert desk.stream.asked == [("kick", {"user_id": "ada"})]


async def test_a_lost_answer_is_looked_into_before_the_act_is_sent_again(desk):
    desk.stream.refusals = [UnreachableError("Stream did not answer.")]
    desk.outbox.on_watched()
    wish = desk.act("block", "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)
    desk.last_heard = desk.clock.now() + 0.1

    await desk.clock.pass_next()
    await desk.stream.looked(1)
    assert len(desk.stream.asked) == 1
    for _ in range(2):
        await desk.clock.pass_next()

    await desk.reaches(wish, ACCEPTED)
    assert len(desk.stream.asked) == 2


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        ("block", events.UnblockedUser(call_cid=CID, user=User(id="ada"))),
        (
            "revoke_audio",
            events.PermissionsUpdated(
                call_cid=CID, user=User(id="ada"), own_capabilities=frozenset({"send-audio"})
            ),
        ),
        ("ban", events.UserUnbanned(user=User(id="ada"))),
    ],
)
async def test_what_somebody_put_back_meanwhile_is_not_done_again(desk, kind, event):
    """Its own event was lost, but theirs was heard: that it is not there shows no failure."""
    desk.stream.refusals = [UnreachableError("Stream did not answer.")]
    desk.outbox.on_watched()
    wish = desk.act(kind, "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)
    desk.outbox.on_event(event)
    desk.last_heard = desk.clock.now() + 0.1

    for _ in PAUSES:
        await desk.clock.pass_next()

    assert (await desk.reaches(wish, UNCONFIRMED)).outcome_unknown
    assert len(desk.stream.asked) == 1


async def test_an_act_waits_for_nobody_who_left_and_joined_again(desk):
    desk.stream.refusals = [NO_ROUTE]
    desk.known.on_devices["ada"] = frozenset({"d1"})
    desk.known.calls[CID] = Call(cid=CID, type="default", id="town-hall", name="x", people=1)
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)

    desk.known.on_devices["ada"] = frozenset({"d2"})
    await desk.clock.pass_next()

    assert "joined again" in (await desk.reaches(wish, FAILED)).reason
    assert len(desk.stream.asked) == 1


async def test_an_unconfirmed_act_can_be_sent_again(desk):
    desk.stream.people = [on_device("ada", 5.0)]
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    for _ in range(4):
        await desk.clock.pass_next()
    await desk.reaches(wish, UNCONFIRMED)

    await desk.outbox.retry(wish.act_id)
    await desk.reaches(wish, ACCEPTED)

    assert desk.stream.asked == [("kick", {"user_id": "ada"})] * 2


async def test_permissions_without_an_event_are_looked_up_and_never_changed_again(desk):
    wish = desk.act("revoke_audio", "ada")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)
    desk.outbox.on_event(now_has("ada", "send-audio"))
    assert desk.receipt(wish).state is ACCEPTED

    for _ in range(4):
        await desk.clock.pass_next()
    assert not (await desk.reaches(wish, UNCONFIRMED)).outcome_unknown
    desk.outbox.on_event(now_has("ada", "send-video"))

    receipt = await desk.reaches(wish, SEEN)
    assert receipt.evidence == "call.permissions_updated"
    assert desk.stream.asked == [
        ("user_permissions", {"user_id": "ada", "revoke_permissions": ["send-audio"]})
    ]


async def test_a_mute_meant_for_another_session_touches_nobody(desk):
    call = Call(cid=CID, type="default", id="town-hall", name="x", session_id="two", people=1)
    desk.known.calls[CID] = call
    wish = desk.act("mute_audio", "ada", session_id="one")
    lasting = desk.act("block", "ada", session_id="one")

    await desk.outbox.accept(wish)
    await desk.outbox.accept(lasting)

    assert "session" in (await desk.reaches(wish, FAILED)).reason
    await desk.reaches(lasting, ACCEPTED)
    assert [what[0] for what in desk.stream.asked] == ["block"]


async def test_an_act_that_fits_no_request_fails_and_is_in_the_log(desk):
    wish = desk.act("kick")

    await desk.outbox.accept(wish)

    assert (await desk.reaches(wish, FAILED)).reason == "The act names no person."
    assert (await desk.records.act(wish.act_id)).receipt.state is FAILED
    await desk.outbox.retry(wish.act_id)
    assert desk.stream.asked == []


async def test_an_act_of_a_newer_version_is_refused(desk):
    act = desk.act("praise_user", "ada")

    await desk.outbox.accept(act)

    assert (await desk.reaches(act, FAILED)).reason == "This version does not know this act."
    assert desk.stream.asked == []


async def test_an_act_that_cannot_be_written_down_is_not_sent(desk):
    await desk.store.close()
    wish = desk.act("kick", "ada")

    await desk.outbox.accept(wish)

    receipt = await desk.reaches(wish, FAILED)
    assert receipt.reason.startswith("It could not be written down, so it was not sent:")
    assert desk.stream.asked == []


async def test_a_retry_of_a_good_act_is_left_alone(desk):
    wish = desk.act("kick", "ada")
    await desk.outbox.accept(wish)
    await desk.reaches(wish, ACCEPTED)

    await desk.outbox.retry(wish.act_id)
    await desk.outbox.retry("unknown")

    assert desk.stream.asked == [("kick", {"user_id": "ada"})]
    assert desk.latest[wish.act_id].act == replace(wish)
