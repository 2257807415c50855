"""Which event and which look proves which act."""

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.engine.acts.families.registry import family_of, shown_by
from console.engine.acts.pending_acts import Entry
from console.engine.wire import events
from console.engine.wire.events import User

CID = "default:a"
CALL = frozenset({""})
ADA = frozenset({"ada"})
NOBODY: frozenset[str] = frozenset()


def act(kind: str, *user_ids: str, accepted_at: float = 0.0, **fields) -> Entry:
    wanted = Act(act_id="1", kind=kind, cid=CID, requested_at=1.0, user_ids=user_ids)
    receipt = Receipt(act_id="1", state=ReceiptState.ACCEPTED, accepted_at=accepted_at)
    return Entry(act=wanted, receipt=receipt, **fields)


async def look(entry: Entry, stream):
    """Who is shown by the state of the scripted Stream."""
    family = family_of(entry.act.kind)
    return await family.shown_by_state(entry, entry.targets, stream)


def on_call(kind, cid: str = CID, **fields):
    return kind(call_cid=cid, **fields)


def person(user_id: str, joined_at: float = 0.0) -> dict[str, object]:
    return {
        "user": {"id": user_id},
        "user_session_id": "s",
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

    assert await look(act("block", "ada", "bob"), stream) == ADA
    assert await look(act("unblock", "ada", "bob"), stream) == {"bob"}
    assert await look(act("end_call"), stream) == NOBODY
    stream.state["ended_at"] = 1
    assert await look(act("end_call"), stream) == CALL


async def test_a_mute_is_proven_by_the_missing_track(stream):
    stream.people = [person("bob")]
    assert await look(act("mute_audio", "ada", "bob"), stream) == ADA
    assert await look(act("mute_everyone_audio"), stream) == NOBODY
    stream.people = [person("mod")]
    assert await look(act("mute_everyone_audio"), stream) == CALL


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ([], ADA),
        ([person("ada", 50.0)], NOBODY),
        ([person("ada", 101.0)], ADA),
        ([person("bob", 50.0)], ADA),
    ],
)
async def test_a_kicked_person_may_have_come_back(stream, people, shown):
    stream.people = people

    assert await look(act("kick", "ada", accepted_at=100.0), stream) == shown


async def test_a_ban_shows_in_the_user(stream):
    stream.banned = {"ada"}

    assert await look(act("ban", "ada", "bob"), stream) == ADA
    assert await look(act("unban", "ada", "bob"), stream) == {"bob"}
    assert await look(act("unban", "nobody"), stream) == NOBODY


async def test_a_deactivated_account_shows_in_the_user(stream):
    stream.deactivated = {"ada"}

    assert await look(act("deactivate_user", "ada", "bob", "nobody"), stream) == ADA
    assert await look(act("reactivate_user", "ada", "bob", "nobody"), stream) == {"bob"}
