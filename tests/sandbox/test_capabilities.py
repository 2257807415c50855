"""What people may do, computed."""

import pytest

from console.sandbox.call_types import OWN_CAPABILITIES, built_in
from console.sandbox.capabilities import by_role, by_settings


def _held(world, cid, user_id, call_role=""):
    return world.state.capabilities_of(
        world.state.calls[cid], world.state.users[user_id], call_role
    )


def test_there_are_36_and_no_grant_names_another():
    assert len(OWN_CAPABILITIES) == 36
    for call_type in built_in().values():
        for held in call_type.grants.values():
            assert held <= OWN_CAPABILITIES


def test_a_moderator_may_do_what_the_console_offers(world):
    held = _held(world, "default:talk", "moderator")
    assert held >= {
        "mute-users",
        "kick-user",
        "block-users",
        "end-call",
        "update-call-permissions",
        "start-closed-captions-call",
        "read-call",
    }


def test_roles_in_the_call_add_to_the_users_own(world):
    world.control.create("livestream", "show", created_by="ana", members=[("bo", "speaker")])
    world.state.calls["livestream:show"].backstage = False
    assert "send-audio" in _held(world, "livestream:show", "ana")  # the owner
    assert "send-audio" in _held(world, "livestream:show", "bo")
    assert "send-audio" not in _held(world, "livestream:show", "cy")
    assert "send-audio" in _held(world, "livestream:show", "cy", "host")  # by a call token


@pytest.mark.parametrize(
    ("settings", "gone"),
    [
        ({"video": {"enabled": False}}, {"send-video"}),
        ({"screensharing": {"enabled": False}}, {"screenshare"}),
        (
            {"transcription": {"closed_caption_mode": "disabled"}},
            {"start-closed-captions-call", "stop-closed-captions-call"},
        ),
        ({"recording": {"mode": "disabled"}}, {"start-record-call", "stop-record-call"}),
    ],
)
def test_settings_take_away(world, settings, gone):
    before = _held(world, "default:talk", "moderator")
    world.control.update("default:talk", settings_override=settings)
    assert before - _held(world, "default:talk", "moderator") == gone


def test_a_grant_cannot_bring_back_what_the_settings_forbid(world):
    world.control.update("default:talk", settings_override={"video": {"enabled": False}})
    world.sanctions.permissions("default:talk", "bo", grant=["send-video"])
    assert "send-video" not in _held(world, "default:talk", "bo")


def test_state_takes_away(world):
    world.control.stop_live("default:talk")
    assert "join-call" not in _held(world, "default:talk", "bo")
    assert "join-call" in _held(world, "default:talk", "moderator")
    world.control.end("default:talk")
    assert "join-call" not in _held(world, "default:talk", "moderator")


def test_capabilities_by_role_follow_the_settings(world):
    call = world.state.calls["default:talk"]
    grants = world.state.grants_of(call)
    assert "send-video" in by_role(grants, call)["user"]
    call.settings["video"]["enabled"] = False
    assert "send-video" not in by_role(grants, call)["user"]
    assert "send-video" in by_settings(call.settings)
