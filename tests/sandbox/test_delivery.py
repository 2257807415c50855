"""Who receives which event."""

import pytest

from console.sandbox.delivery import Audience, audience


@pytest.mark.parametrize(
    ("event_type", "union", "literal"),
    [
        ("user.banned", Audience.APP, Audience.APP),
        ("call.created", Audience.CALL, Audience.MEMBERS),
        ("call.ended", Audience.CALL, Audience.MEMBERS),
        ("custom", Audience.CALL, Audience.MEMBERS),
        ("call.blocked_user", Audience.CALL, Audience.WATCHERS),
        ("call.closed_caption", Audience.CALL, Audience.WATCHERS),
        ("message.new", Audience.CHANNEL, Audience.CHANNEL),
        ("review_queue_item.new", Audience.NOBODY, Audience.NOBODY),
        ("call.frame_recording_ready", Audience.NOBODY, Audience.NOBODY),
    ],
)
def test_audience(event_type, union, literal):
    assert audience(event_type) is union
    assert audience(event_type, literal=True) is literal


def test_frames_over_sockets_are_a_switch():
    assert audience("call.frame_recording_ready", frames=True) is Audience.CALL
