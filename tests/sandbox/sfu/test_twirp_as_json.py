"""The browser client writes and reads the same messages as JSON, with names for numbers."""

import json

import pytest

from tests.media_extra import need_media


@pytest.fixture
def messages():
    need_media("aiortc")
    from console.sandbox.sfu import messages

    return messages


def test_numbers_come_by_name_and_unknown_fields_are_left_out(messages):
    from google.protobuf.json_format import Parse

    sent = {
        "sessionId": "s1",
        "tracks": [
            {"userId": "ana", "sessionId": "s2", "trackType": "TRACK_TYPE_SCREEN_SHARE", "new": 1}
        ],
    }
    asked = Parse(
        json.dumps(sent),
        messages.message("UpdateSubscriptionsRequest")(),
        ignore_unknown_fields=True,
    )
    (track,) = asked.tracks
    assert (asked.session_id, track.user_id) == ("s1", "ana")
    assert messages.TrackType(track.track_type) is messages.TrackType.SCREEN_SHARE


def test_every_track_has_its_name(messages):
    made = messages.message("TrackMuteState")
    names = {kind: f"TRACK_TYPE_{kind.name}" for kind in messages.TrackType}
    enum = made.DESCRIPTOR.fields_by_name["track_type"].enum_type
    assert {kind: enum.values_by_number[kind].name for kind in names} == names
