"""Joining, leaving, publishing."""

from console.sandbox.records import Refusal

CID = "default:talk"


def test_the_first_one_in_begins_a_session(world, told):
    presence = world.attendance.join(CID, "bo")
    assert told.types == [
        "call.session_started",
        "call.session_participant_joined",
        "call.session_participant_count_updated",
    ]
    session = world.state.calls[CID].running
    assert session.presences == {presence.user_session_id: presence}
    assert told.last("call.session_participant_joined").payload == {
        "session_id": session.id,
        "participant": presence,
    }


def test_the_last_one_out_ends_it_and_its_captions(world, told, clock, bo):
    world.control.captions(CID, True)
    told.clear()
    clock.time += 12.7
    world.attendance.leave(CID, bo.user_session_id)
    assert told.types == [
        "call.session_participant_left",
        "call.session_participant_count_updated",
        "call.closed_captions_stopped",
        "call.session_ended",
    ]
    assert told.events[0].payload["duration_seconds"] == 12
    assert world.state.calls[CID].running is None
    assert not world.state.calls[CID].captioning


def test_leaving_twice_is_told_once(world, told, bo):
    world.attendance.leave(CID, bo.user_session_id)
    told.clear()
    world.attendance.leave(CID, bo.user_session_id)
    assert told.types == []


def test_two_devices_are_two_participants(world, bo):
    other = world.attendance.join(CID, "bo")
    assert other.user_session_id != bo.user_session_id
    assert len(world.state.calls[CID].running.of_user("bo")) == 2


def test_who_may_not_join(world):
    world.sanctions.block(CID, "bo")
    assert world.attendance.join(CID, "bo") == Refusal("blocked")
    world.sanctions.ban("cy")
    assert world.attendance.join(CID, "cy") == Refusal("banned")
    world.control.create("livestream", "show", created_by="ana", backstage=True)
    world.sanctions.unban("cy")
    assert world.attendance.join("livestream:show", "cy") == Refusal("backstage")
    world.control.end(CID)
    assert world.attendance.join(CID, "cy") == Refusal("ended")


def test_a_full_call_refuses(world, bo):
    world.control.update(CID, settings_override={"limits": {"max_participants": 1}})
    assert world.attendance.join(CID, "cy") == Refusal("full")


def test_a_listener_that_acts_at_once_does_not_disorder_events(world, told):
    world.control.create("default", "second", created_by="ana")

    def follow(event):
        if event.type == "call.session_started" and event.cid == CID:
            world.attendance.join("default:second", "bo")

    world.state.events.listen(follow)
    world.attendance.join(CID, "bo")
    assert [(event.type, event.cid) for event in told.events if "started" in event.type] == [
        ("call.session_started", CID),
        ("call.session_started", "default:second"),
    ]
    assert [event.at for event in told.events] == sorted(event.at for event in told.events)


def test_auto_on_captions_begin_with_the_session(world, told):
    world.control.update(
        CID, settings_override={"transcription": {"closed_caption_mode": "auto-on"}}
    )
    world.attendance.join(CID, "bo")
    assert world.state.calls[CID].captioning
    assert told.types[-1] == "call.closed_captions_started"


def test_publishing_needs_the_permission(world):
    world.control.create("livestream", "show", created_by="ana", backstage=False)
    listener = world.attendance.join("livestream:show", "bo")
    host = world.attendance.join("livestream:show", "ana")
    assert not world.attendance.publish("livestream:show", listener.user_session_id, "audio")
    assert world.attendance.publish("livestream:show", host.user_session_id, "audio")
    assert (listener.live, host.live) == (set(), {"audio"})
    assert not world.attendance.publish("livestream:show", "nobody", "audio")
