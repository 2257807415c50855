"""Which event and which look proves which act."""

import pytest

from console.domain.act import Act
from console.engine.acts import evidence
from console.engine.wire import events
from console.engine.wire.events import CallState, Presence, User
from console.engine.wire.timestamps import Moment

CID = "default:a"
CALL = frozenset({""})
ADA = frozenset({"ada"})
NOBODY: frozenset[str] = frozenset()


def act(kind: str, *user_ids: str, **fields) -> Act:
    return Act(act_id="1", kind=kind, cid=CID, requested_at=1.0, user_ids=user_ids, **fields)


def on_call(kind, cid: str = CID, **fields):
    return kind(call_cid=cid, **fields)


def person(user_id: str, joined_at: float = 0.0) -> Presence:
    moment = Moment(int(joined_at * 1e9))
    return Presence(user=User(id=user_id), user_session_id="s", joined_at=moment)


ada = User(id="ada")


@pytest.mark.parametrize(
    ("wish", "event", "shown"),
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
def test_an_event_proves_only_its_own_act(wish, event, shown):
    assert evidence.shown_by(event, wish, {}, "mod") == shown


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

    assert evidence.shown_by(event, act(kind, "ada"), {"ada": ("send-audio",)}, "mod") == shown


def test_permissions_about_which_nothing_was_asked_prove_nothing():
    event = on_call(events.PermissionsUpdated, user=ada, own_capabilities=frozenset())

    assert evidence.shown_by(event, act("revoke_audio", "ada"), {}, "mod") == NOBODY


def test_the_call_as_it_is_now_proves_blocks_and_the_end():
    state = CallState(cid=CID, type="default", id="a", blocked_user_ids=("ada",))
    ended = CallState(cid=CID, type="default", id="a", ended_at=Moment(1))

    assert evidence.shown_by_call(act("block", "ada", "bob"), state) == ADA
    assert evidence.shown_by_call(act("unblock", "ada", "bob"), state) == {"bob"}
    assert evidence.shown_by_call(act("end_call"), state) == NOBODY
    assert evidence.shown_by_call(act("end_call"), ended) == CALL


def test_a_mute_is_proven_by_the_missing_track():
    wish = act("mute_audio", "ada", "bob")

    assert evidence.shown_by_absence(wish, [person("bob")], "mod") == ADA
    assert evidence.shown_by_absence(act("mute_everyone_audio"), [person("mod")], "mod") == CALL
    assert evidence.shown_by_absence(act("mute_everyone_audio"), [person("bob")], "mod") == NOBODY


def test_a_kicked_person_may_have_come_back():
    assert evidence.shown_by_presence("ada", [], 100.0) == ADA
    assert evidence.shown_by_presence("ada", [person("ada", 50.0)], 100.0) == NOBODY
    assert evidence.shown_by_presence("ada", [person("ada", 101.0)], 100.0) == ADA
    assert evidence.shown_by_presence("ada", [person("bob", 50.0)], 100.0) == ADA


def test_a_ban_shows_in_the_user():
    banned, free = User(id="ada", banned=True), User(id="ada")

    assert evidence.shown_by_user(act("ban", "ada"), "ada", banned) == ADA
    assert evidence.shown_by_user(act("ban", "ada"), "ada", free) == NOBODY
    assert evidence.shown_by_user(act("unban", "ada"), "ada", free) == ADA
    assert evidence.shown_by_user(act("unban", "ada"), "ada", None) == NOBODY
