"""Which event and which look proves which act."""

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.engine.acts.families.family import Look
from console.engine.acts.families.registry import family_of, shown_by
from console.engine.acts.pending_acts import Entry
from console.engine.wire import events
from console.engine.wire.events import User

CID = "default:a"
CALL = frozenset({""})
ADA = frozenset({"ada"})
NOBODY: frozenset[str] = frozenset()


def act(kind: str, *user_ids: str, sent_at: float = 0.0, session_id: str = "", **fields) -> Entry:
    wanted = Act(
        act_id="1",
        kind=kind,
        cid=CID,
        requested_at=1.0,
        user_ids=user_ids,
        session_id=session_id,
    )
    receipt = Receipt(act_id="1", state=ReceiptState.ACCEPTED, sent_at=sent_at)
    return Entry(act=wanted, receipt=receipt, **fields)


async def look(entry: Entry, stream):
    """What the state of the scripted Stream says."""
    return await family_of(entry.act.kind).look(entry, entry.targets, stream)


def on_call(kind, cid: str = CID, **fields):
    return kind(call_cid=cid, **fields)


def person(user_id: str, joined_at: float = 0.0, *, device: str = "s") -> dict[str, object]:
    return {
        "user": {"id": user_id},
        "user_session_id": device,
        "joined_at": int(joined_at * 1e9),
    }


ada = User(id="ada")


@pytest.mark.parametrize(
    ("entry", "event", "shown"),
    [
        (act("kick", "ada"), on_call(events.KickedUser, user=ada), ADA),
        (act("kick", "bob"), on_call(events.KickedUser, user=ada), NOBODY),
        (act("kick", "ada"), on_call(events.KickedUser, "default:b", user=ada), NOBODY),
        (act("block", "ada"), on_call(events.KickedUser, user=ada), NOBODY),
        (act("block", "ada"), on_call(events.BlockedUser, user=ada), ADA),
        (act("unblock", "ada"), on_call(events.UnblockedUser, user=ada), ADA),
        (act("ban", "ada"), events.UserBanned(user=ada), ADA),
        (act("unban", "ada"), events.UserBanned(user=ada), NOBODY),
        (act("unban", "ada"), events.UserUnbanned(user=ada), ADA),
        (act("deactivate_user", "ada"), events.UserDeactivated(user=ada), ADA),
        (act("deactivate_user", "bob"), events.UserDeactivated(user=ada), NOBODY),
        (act("reactivate_user", "ada"), events.UserDeactivated(user=ada), NOBODY),
        (act("reactivate_user", "ada"), events.UserReactivated(user=ada), ADA),
        (act("end_call"), on_call(events.CallEnded), CALL),
        (act("end_call"), on_call(events.CallEnded, "default:b"), NOBODY),
        (
            act("mute_audio", "ada", "bob"),
            on_call(events.UserMuted, from_user_id="mod", muted_user_ids=("ada", "eve")),
            ADA,
        ),
        (
            act("mute_audio", "ada"),
            on_call(events.UserMuted, muted_user_ids=("ada",)),
            ADA,
        ),
        (
            act("mute_audio", "ada"),
            on_call(events.UserMuted, from_user_id="colleague", muted_user_ids=("ada",)),
            NOBODY,
        ),
        (
            act("mute_everyone_audio"),
            on_call(events.UserMuted, from_user_id="mod", muted_user_ids=("ada",)),
            CALL,
        ),
        (act("kick", "ada"), on_call(events.UserMuted, muted_user_ids=("ada",)), NOBODY),
        (act("kick", "ada"), events.HealthCheck(), NOBODY),
    ],
)
def test_an_event_proves_only_its_own_act(entry, event, shown):
    assert shown_by(event, entry, "mod") == shown


@pytest.mark.parametrize(
    ("kind", "now", "shown"),
    [
        ("revoke_audio", {"send-video"}, ADA),
        ("revoke_audio", {"send-audio", "send-video"}, NOBODY),
        ("grant_audio", {"send-audio"}, ADA),
        ("grant_audio", {"send-video"}, NOBODY),
        ("kick", set(), NOBODY),
    ],
)
def test_permissions_are_proven_by_the_new_list_itself(kind, now, shown):
    event = on_call(events.PermissionsUpdated, user=ada, own_capabilities=frozenset(now))

    assert shown_by(event, act(kind, "ada", permissions={"ada": ("send-audio",)}), "mod") == shown


def test_permissions_about_which_nothing_was_asked_prove_nothing():
    event = on_call(events.PermissionsUpdated, user=ada, own_capabilities=frozenset())

    assert shown_by(event, act("revoke_audio", "ada"), "mod") == NOBODY


async def test_the_call_as_it_is_now_proves_blocks_and_the_end(stream):
    stream.state["blocked_user_ids"] = ["ada"]
    bob = frozenset({"bob"})

    assert await look(act("block", "ada", "bob"), stream) == Look(done=ADA, absent=bob)
    assert await look(act("unblock", "ada", "bob"), stream) == Look(done=bob, absent=ADA)
    assert await look(act("end_call"), stream) == Look(absent=CALL)
    stream.state["ended_at"] = 1
    assert await look(act("end_call"), stream) == Look(done=CALL)


@pytest.mark.parametrize(
    ("runs", "found"), [("s1", Look(not_done=CALL)), ("s2", Look(absent=CALL))]
)
async def test_only_the_session_that_was_to_end_shows_that_it_did_not(stream, runs, found):
    stream.state["current_session_id"] = runs

    assert await look(act("end_call", session_id="s1"), stream) == found


async def test_a_mute_is_proven_by_the_missing_track(stream):
    bob = frozenset({"bob"})
    stream.people = [person("bob")]
    accepted = act("mute_audio", "ada", "bob", accepted={"ada", "bob"})
    assert await look(accepted, stream) == Look(done=ADA, absent=bob)
    everybody = act("mute_everyone_audio", accepted=set(CALL))
    assert await look(everybody, stream) == Look(absent=CALL)
    stream.people = [person("mod")]
    assert await look(everybody, stream) == Look(done=CALL)


async def test_silence_shows_nothing_of_a_mute_that_nobody_accepted(stream):
    bob = frozenset({"bob"})
    stream.people = [person("bob")]
    assert await look(act("mute_audio", "ada", "bob"), stream) == Look(absent=bob)
    stream.people = []
    assert await look(act("mute_everyone_audio"), stream) == Look()


async def test_a_list_that_was_cut_off_proves_no_mute(stream):
    stream.people = [person(f"p{number}") for number in range(100)]

    assert await look(act("mute_audio", "ada", "p1"), stream) == Look(absent=frozenset({"p1"}))


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([], Look(done=ADA)),
        ([person("ada", device="d1")], Look(not_done=ADA)),
        ([person("ada", 101.0, device="d2")], Look(done=ADA)),
        ([person("ada", device="d1"), person("ada", device="d2")], Look(not_done=ADA)),
        ([person("bob")], Look(done=ADA)),
    ],
)
async def test_a_kicked_person_may_have_come_back_with_another_device(stream, people, found):
    stream.people = people

    asked = act("kick", "ada", changes={"ada": ("d1",)}, accepted={"ada"})
    assert await look(asked, stream) == found


async def test_that_somebody_is_gone_shows_nothing_of_a_kick_that_nobody_accepted(stream):
    asked = act("kick", "ada", "bob", changes={"ada": ("d1",)}, accepted={"bob"})

    assert await look(asked, stream) == Look(done=frozenset({"bob"}))


@pytest.mark.parametrize(
    ("joined_at", "found"),
    [(20.0, Look(not_done=ADA)), (70.0, Look()), (130.0, Look()), (170.0, Look(done=ADA))],
)
async def test_without_devices_only_clear_times_tell_whether_a_kick_was_done(
    stream, joined_at, found
):
    stream.people = [person("ada", joined_at)]

    assert await look(act("kick", "ada", sent_at=100.0, accepted={"ada"}), stream) == found


async def test_a_ban_shows_in_the_user(stream):
    stream.banned = {"ada"}
    bob = frozenset({"bob"})

    assert await look(act("ban", "ada", "bob"), stream) == Look(done=ADA, absent=bob)
    assert await look(act("unban", "ada", "bob"), stream) == Look(done=bob, absent=ADA)
    assert (await look(act("unban", "nobody"), stream)).done == NOBODY


async def test_a_deactivated_account_shows_in_the_user(stream):
    stream.deactivated = {"ada"}

    assert (await look(act("deactivate_user", "ada", "bob", "nobody"), stream)).done == ADA
    assert (await look(act("reactivate_user", "ada", "bob", "nobody"), stream)).done == {"bob"}


async def test_permissions_are_looked_up_by_what_is_sent_and_never_by_a_repeat(stream):
    stream.people = [person("ada")]
    may = {"ada": ("send-audio",), "bob": ("send-audio",)}
    bob = frozenset({"bob"})

    granted = await look(act("grant_audio", "ada", "bob", permissions=may), stream)
    revoked = await look(act("revoke_audio", "ada", "bob", permissions=may), stream)

    assert granted == Look(done=ADA, absent=bob)
    assert revoked == Look(absent=ADA | bob)
    assert stream.asked == []
