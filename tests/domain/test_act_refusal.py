import pytest

from console.domain.acts.refusal import refusal
from console.domain.acts.table import ACTS
from console.domain.call import Call, Participant
from console.domain.sign_in import Method

CALL = Call(cid="default:a", type="default", id="a", name="A", people=3)
PERSON = Participant(cid="default:a", user_id="u", user_session_id="s", name="U")


def ask(kind, *, method=Method.SECRET, call=CALL, person=PERSON, **changes):
    person = person and Participant(
        **{f: getattr(person, f) for f in person.__struct_fields__} | changes
    )
    return refusal(kind, method=method, call=call, person=person)


@pytest.mark.parametrize("kind", [spec.kind for spec in ACTS])
def test_signed_out_nothing_can_be_done(kind):
    assert ask(kind, method=None) == "You are not signed in."


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("mute_audio", {}, ""),
        ("mute_audio", {"user_session_id": ""}, "They are not in the call."),
        ("mute_audio", {"live_known": True}, "It is off already."),
        ("mute_audio", {"live_known": True, "live": frozenset({"audio"})}, ""),
        ("revoke_audio", {"revoked": frozenset({"send-audio"})}, "Already revoked."),
        (
            "revoke_video",
            {"capabilities": frozenset({"send-audio"})},
            "They do not have this permission.",
        ),
        (
            "grant_audio",
            {"capabilities": frozenset({"send-audio"})},
            "They have this permission.",
        ),
        ("accept_request", {}, "They have not asked for anything."),
        ("accept_request", {"asked": frozenset({"send-audio"})}, ""),
        ("kick", {"user_session_id": ""}, "They are not in the call."),
        ("block", {"blocked": True}, "Already blocked from this call."),
        ("unblock", {}, "They are not blocked from this call."),
        ("ban", {"banned": True}, "Already banned."),
        ("unban", {}, "They are not banned."),
        ("unban", {"banned": True}, ""),
        ("deactivate_user", {}, ""),
        ("reactivate_user", {"user_session_id": ""}, ""),
        ("reactivate_user", {"user_session_id": "unknown"}, ""),
        (
            "reactivate_user",
            {"joined_at": 1.0},
            "They are in the call, so their account is active.",
        ),
    ],
)
def test_what_is_known_of_the_person_decides(kind, changes, sentence):
    assert ask(kind, **changes) == sentence


def test_a_user_token_needs_the_capability_and_a_secret_does_not():
    assert ask("kick", method=Method.TOKEN) == ("Your role in this call may not kick people.")
    allowed = Call(
        cid="default:a", type="default", id="a", name="A", own_capabilities=frozenset({"kick-user"})
    )
    assert ask("kick", method=Method.TOKEN, call=allowed) == ""
    assert ask("kick", method=Method.SECRET) == ""


@pytest.mark.parametrize("kind", ["deactivate_user", "reactivate_user"])
def test_accounts_are_for_the_app_secret_only(kind):
    assert ask(kind, method=Method.TOKEN) == (
        "This needs the app secret, and you are signed in with a user token."
    )
    assert ask(kind, method=Method.SECRET) == ""


def test_nothing_is_done_to_an_ended_call():
    ended = Call(cid="default:a", type="default", id="a", name="A", people=1, ended_at=1.0)
    assert ask("end_call", call=ended) == "This call has ended."
    assert ask("mute_everyone_audio", call=None) == "Choose a call first."
