"""The directory: pages and events in, changes out. No I/O."""

import msgspec
import pytest

from console.engine.services.directory import Directory
from console.engine.wire import events as e
from console.engine.wire.call_settings import Settings, TrackSettings, Transcription
from console.engine.wire.decode import CallsPage, WatchedCall
from console.engine.wire.timestamps import Moment

A, B = "default:a", "default:b"


def user(user_id, **more):
    return e.User(id=user_id, name=user_id.title(), **more)


def device(user_id, key="", joined_at=1):
    joined = Moment(joined_at * 10**9)
    return e.Presence(user=user(user_id), user_session_id=key or f"s-{user_id}", joined_at=joined)


def state(cid, *people, session="session", counts=None, **more):
    kind, _, call_id = cid.partition(":")
    roles = {"user": len(people)} if counts is None else counts
    running = e.Session(id=session, participants=people, participants_count_by_role=roles)
    return e.CallState(
        cid=cid,
        type=kind,
        id=call_id,
        created_at=Moment(1),
        current_session_id=session,
        session=running if session else None,
        **more,
    )


def page(*states):
    return CallsPage(calls=tuple(WatchedCall(call=one) for one in states), next="")


@pytest.fixture
def directory():
    directory = Directory()
    directory.fold_page(page(state(A, device("ann"), device("bob"))), asked_at=10.0, now=10.1)
    directory.take_changes()
    return directory


def people(directory, cid=A):
    return {person.user_id for person in directory.everyone(cid) if person.user_session_id}


def joined(user_id, at_session="session", cid=A):
    return e.ParticipantJoined(call_cid=cid, session_id=at_session, participant=device(user_id))


def left(user_id, cid=A):
    return e.ParticipantLeft(call_cid=cid, session_id="session", participant=device(user_id))


def test_a_page_is_told_once(directory):
    assert directory.call(A).people == 2
    directory.fold_page(page(state(A, device("ann"), device("bob"))), asked_at=20.0, now=20.1)
    changes = directory.take_changes()
    assert (changes.calls, changes.people, changes.renewed) == (frozenset(), {}, frozenset())


def test_joins_and_leaves(directory):
    assert directory.apply(joined("cat"), 11.0)
    assert not directory.apply(joined("cat"), 11.1)
    assert directory.apply(left("ann"), 12.0)
    assert not directory.apply(left("ann"), 12.1)

    assert people(directory) == {"bob", "cat"}
    assert directory.call(A).people == 2
    changes = directory.take_changes()
    assert (changes.people, changes.left) == ({A: {"s-cat"}}, {A: {"s-ann"}})


def test_an_answer_older_than_an_event_does_not_undo_it(directory):
    directory.apply(joined("cat"), 21.0)
    directory.apply(left("ann"), 21.0)
    directory.apply(e.CaptionsStarted(call_cid=A), 21.0)

    directory.fold_page(page(state(A, device("ann"), device("bob"))), asked_at=20.0, now=22.0)
    assert people(directory) == {"bob", "cat"}
    assert directory.call(A).captioning

    directory.fold_page(page(state(A, device("bob"))), asked_at=25.0, now=25.1)
    assert people(directory) == {"bob"}
    assert not directory.call(A).captioning


def test_a_shortened_list_removes_nobody(directory):
    short = state(A, device("ann"), counts={"user": 900})
    directory.fold_page(page(short), asked_at=20.0, now=20.1)
    assert people(directory) == {"ann", "bob"}
    assert directory.call(A).people == 900


def test_what_a_sweep_did_not_show_is_over_unless_it_is_newer(directory):
    directory.fold_page(page(state(B, device("dan"))), asked_at=20.0, now=20.1)
    directory.apply(
        e.SessionStarted(call_cid="default:c", call=state("default:c", device("eve"))), 21.5
    )
    directory.finish_sweep({B}, asked_at=21.0, now=22.0)
    assert set(directory.cids()) == {B, "default:c"}
    assert directory.take_changes().removed == {A}


def test_an_ended_call_stays_long_enough_to_be_read(directory):
    directory.apply(e.CallEnded(call_cid=A, created_at=Moment(30 * 10**9)), 30.0)
    directory.finish_sweep(set(), asked_at=31.0, now=32.0)
    call = directory.call(A)
    assert (call.ended_at, call.people, call.session_id, call.unmonitored_since) == (30.0, 0, "", 0)
    directory.finish_sweep(set(), asked_at=41.0, now=42.0)
    assert A not in directory


def test_a_new_session_forgets_the_people_of_the_old(directory):
    directory.apply(joined("cat", "second"), 11.0)
    assert people(directory) == {"cat"}
    assert directory.call(A).session_id == "second"
    assert directory.take_changes().renewed == {A}


def test_two_devices_of_one_person_are_two_participants(directory):
    second = e.ParticipantJoined(
        call_cid=A, session_id="session", participant=device("ann", "s-tablet", joined_at=5)
    )
    directory.apply(second, 11.0)
    assert directory.call(A).people == 3
    assert directory.person(A, "ann").user_session_id == "s-tablet"
    directory.apply(left("ann"), 12.0)
    assert directory.calls_of("ann") == (A,)
    assert all(person.user_session_id for person in directory.everyone(A))


def test_blocked_people_stay_known_and_come_back_as_themselves(directory):
    directory.apply(e.BlockedUser(call_cid=A, user=user("bob")), 11.0)
    directory.apply(left("bob"), 11.1)
    gone = directory.person(A, "bob")
    assert (gone.user_session_id, gone.blocked) == ("", True)
    assert directory.call(A).blocked_user_ids == ("bob",)

    directory.apply(e.UnblockedUser(call_cid=A, user=user("bob")), 12.0)
    directory.apply(joined("bob"), 12.1)
    back = directory.person(A, "bob")
    assert (back.user_session_id, back.blocked) == ("s-bob", False)
    assert len(directory.everyone(A)) == 2


def spoke(user_id, began_at=1):
    began = Moment(began_at * 10**9)
    caption = e.Caption(text="hi", speaker_id=user_id, start_time=began, user=user(user_id))
    return e.ClosedCaption(call_cid=A, closed_caption=caption)


def permissions(user_id, *capabilities):
    return e.PermissionsUpdated(
        call_cid=A, user=user(user_id), own_capabilities=frozenset(capabilities)
    )


def test_revoked_follows_the_person_and_ends_with_the_grant(directory):
    directory.apply(spoke("ann"), 11.0)
    directory.apply(permissions("ann", "send-video", "screenshare"), 11.0)
    ann = directory.person(A, "ann")
    assert (ann.revoked, ann.live) == ({"send-audio"}, set())
    directory.apply(left("ann"), 12.0)
    directory.apply(joined("ann"), 13.0)
    assert directory.person(A, "ann").revoked == {"send-audio"}
    directory.apply(permissions("ann", "send-audio", "send-video", "screenshare"), 14.0)
    assert directory.person(A, "ann").revoked == set()


def test_what_a_role_never_had_is_not_revoked(directory):
    directory.apply(permissions("ann", "send-audio"), 11.0)
    ann = directory.person(A, "ann")
    assert ann.revoked == set()
    assert ann.capabilities == {"send-audio"}
    directory.apply(permissions("ann"), 12.0)
    assert directory.person(A, "ann").revoked == {"send-audio"}


def test_a_request_is_answered_by_what_it_asked_for_or_by_a_refusal(directory):
    ask = e.PermissionRequest(
        call_cid=A, user=user("ann"), permissions=("send-audio", "screenshare")
    )
    directory.apply(ask, 11.0)
    assert directory.person(A, "ann").asked == {"send-audio", "screenshare"}
    directory.apply(permissions("ann", "send-audio"), 12.0)
    assert directory.person(A, "ann").asked == {"screenshare"}
    directory.apply(permissions("ann", "send-audio"), 13.0)
    assert directory.person(A, "ann").asked == set()


def test_whoever_leaves_asks_for_nothing_any_more(directory):
    ask = e.PermissionRequest(call_cid=A, user=user("ann"), permissions=("send-audio",))
    directory.apply(ask, 11.0)
    assert directory.asking(A) == {"ann": {"send-audio"}}
    directory.apply(left("ann"), 12.0)
    directory.apply(joined("ann"), 13.0)
    assert directory.asking(A) == {}
    assert directory.person(A, "ann").asked == set()


def test_what_was_asked_before_is_restored_for_those_who_are_there(directory):
    for cid, user_id in ((A, "ann"), (A, "zoe"), ("default:over", "ann")):
        directory.restore_asking(cid, user(user_id), ("send-audio",))
    assert directory.asking(A) == {"ann": {"send-audio"}}
    assert directory.asking("default:over") == {}


def test_a_shortened_list_does_not_prove_that_somebody_is_gone(directory):
    short = state(B, device("dan"), counts={"user": 300})
    directory.fold_page(page(short), asked_at=20.0, now=20.1)
    directory.restore_asking(B, user("zoe"), ("send-audio",))
    assert directory.asking(B) == {"zoe": {"send-audio"}}


def test_a_soft_mute_lasts_until_they_are_heard_or_seen_again(directory):
    directory.mute(A, ["ann"], "audio", 10.5)
    assert directory.person(A, "ann").muted == {"audio"}
    directory.apply(spoke("ann", 11), 12.0)
    ann = directory.person(A, "ann")
    assert (ann.muted, ann.live) == (set(), {"audio"})

    directory.mute(A, [], "video", 12.5)
    assert {p.muted for p in directory.everyone(A)} == {frozenset({"video"})}
    directory.set_live(A, {"s-bob": frozenset({"video"})}, known=True, asked_at=50.0)
    assert directory.person(A, "bob").muted == set()
    ann = directory.person(A, "ann")
    assert (ann.live, ann.live_known, ann.muted) == (set(), True, {"video"})


@pytest.mark.parametrize("began_at", [0, 5, 10])
def test_words_from_before_a_mute_end_neither_it_nor_its_mark(directory, began_at):
    directory.mute(A, ["ann"], "audio", 10)
    directory.apply(spoke("ann", began_at), 13.6)
    ann = directory.person(A, "ann")
    assert (ann.muted, ann.live) == ({"audio"}, set())


@pytest.mark.parametrize("stream_is_ahead", [-30, 30])
@pytest.mark.parametrize("told_first", [True, False])
def test_a_mute_is_compared_by_streams_own_clock(directory, stream_is_ahead, told_first):
    muted_at = 1000 + stream_is_ahead
    told = e.UserMuted(call_cid=A, muted_user_ids=("ann",), created_at=Moment(muted_at * 10**9))
    steps = [
        lambda: directory.apply(told, 1000.2),
        lambda: directory.mute(A, ["ann"], "audio", 1000),
    ]
    for step in steps if told_first else reversed(steps):
        step()
    directory.apply(spoke("ann", muted_at - 1), 1001.0)
    assert directory.person(A, "ann").muted == {"audio"}
    directory.apply(spoke("ann", muted_at + 1), 1003.0)
    assert directory.person(A, "ann").muted == set()


def test_a_list_asked_for_right_after_a_mute_may_still_name_the_track(directory):
    directory.mute(A, ["ann"], "audio", 20.0)
    on = {"s-ann": frozenset({"audio"})}
    for asked_at in (19.0, 21.9):
        directory.set_live(A, on, known=True, asked_at=asked_at)
        ann = directory.person(A, "ann")
        assert (ann.muted, ann.live) == ({"audio"}, set())
    directory.set_live(A, on, known=True, asked_at=22.1)
    assert directory.person(A, "ann").live == {"audio"}


def test_a_ban_is_of_the_app_and_a_timed_one_ends_without_an_event(directory):
    directory.fold_page(page(state(B, device("ann", "s-b"))), asked_at=20.0, now=20.0)
    directory.apply(e.UserBanned(user=user("ann")), 21.0)
    assert directory.person(A, "ann").banned
    assert directory.person(B, "ann").banned
    directory.apply(left("ann"), 22.0)
    directory.apply(joined("ann"), 23.0)
    assert not directory.person(A, "ann").banned


def test_speakers_who_are_on_no_list_are_known_all_the_same(directory):
    directory.apply(spoke("ghost"), 11.0)
    assert directory.person(A, "ghost").user_session_id == ""
    assert directory.take_changes().people == {A: {"user:ghost"}}


def test_events_of_unknown_calls_ask_for_a_sweep(directory):
    directory.apply(joined("dan", cid=B), 11.0)
    assert directory.unknown_cids == {B}
    directory.fold_page(page(state(B, device("dan"))), asked_at=12.0, now=12.1)
    assert directory.unknown_cids == set()
    assert people(directory, B) == {"dan"}


def test_outside_people_are_bounded(directory):
    for number in range(600):
        directory.apply(spoke(f"u{number}"), 11.0)
    outside = [p for p in directory.everyone(A) if not p.user_session_id]
    assert len(outside) == 500
    assert "user:u0" in directory.take_changes().left[A]


def test_settings_become_what_a_moderator_needs(directory):
    settings = Settings(
        transcription=Transcription("available", language="fr"),
        screensharing=TrackSettings(enabled=False, access_request_enabled=True),
    )
    changed = state(A, device("ann"), settings=settings, custom=e.Custom("Salon"), backstage=True)
    directory.apply(e.CallUpdated(call_cid=A, call=changed), 11.0)
    call = directory.call(A)
    assert (call.name, call.backstage, call.captions_mode) == ("Salon", True, "available")
    assert directory.language(A) == "fr"
    assert call.allowed == {"send-audio", "send-video"}
    assert call.may_be_asked == {"screenshare"}
    nameless = msgspec.structs.replace(changed, custom=e.Custom(["<b>"]))
    directory.apply(e.CallUpdated(call_cid=A, call=nameless), 12.0)
    assert directory.call(A).name == "a"


def test_names_that_look_alike_are_told_apart_in_what_is_told(directory):
    twin = e.User(id="ann-2", name="Аnn")
    device_of_twin = e.Presence(user=twin, user_session_id="s-2")
    assert directory.called(A, "ann") == "Ann"
    come = e.ParticipantJoined(call_cid=A, session_id="session", participant=device_of_twin)
    directory.apply(come, 11.0)
    assert directory.called(A, "ann") == "Ann (ann)"
    assert directory.called(A, "ann-2") == "Аnn (ann-2)"
    assert directory.name_of(A, "ann") == "Ann"


def test_who_has_left_is_called_as_before(directory):
    ann = e.Presence(user=e.User(id="ann", name="Ann"), user_session_id="s-ann")
    for at, kind in ((11.0, e.ParticipantJoined), (12.0, e.ParticipantLeft)):
        directory.apply(kind(call_cid=A, session_id="session", participant=ann), at)
    assert directory.person(A, "ann") is None
    assert directory.name_of(A, "ann") == "Ann"
    assert directory.name_of(A, "nobody-knows") == "nobody-knows"
    assert directory.name_of("default:unknown", "ann") == "ann"
