import pytest

from console.domain.act import ActKind
from console.domain.act_guard import why_not
from console.domain.call import Call, Participant
from console.domain.sign_in import Method

CALL = Call(cid="default:a", type="default", id="a", name="A", people=3)
PERSON = Participant(cid="default:a", user_id="u", user_session_id="s", name="U")


def ask(kind, *, method=Method.SECRET, call=CALL, person=PERSON, **changes):
    person = person and Participant(
        **{f: getattr(person, f) for f in person.__struct_fields__} | changes
    )
    return why_not(kind, method=method, call=call, person=person)


@pytest.mark.parametrize("kind", list(ActKind))
def test_signed_out_nothing_can_be_done(kind):
    assert ask(kind, method=None) == "You are not signed in."


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        (ActKind.MUTE_AUDIO, {}, ""),
        (ActKind.MUTE_AUDIO, {"user_session_id": ""}, "They are not in the call."),
        (ActKind.MUTE_AUDIO, {"live_known": True}, "It is off already."),
        (ActKind.MUTE_AUDIO, {"live_known": True, "live": frozenset({"audio"})}, ""),
        (ActKind.REVOKE_AUDIO, {"revoked": frozenset({"send-audio"})}, "Already revoked."),
        (
            ActKind.REVOKE_VIDEO,
            {"capabilities": frozenset({"send-audio"})},
            "They do not have this permission.",
        ),
        (
            ActKind.GRANT_AUDIO,
            {"capabilities": frozenset({"send-audio"})},
            "They have this permission.",
        ),
        (ActKind.ACCEPT_REQUEST, {}, "They have not asked for anything."),
        (ActKind.ACCEPT_REQUEST, {"asked": frozenset({"send-audio"})}, ""),
        (ActKind.KICK, {"user_session_id": ""}, "They are not in the call."),
        (ActKind.BLOCK, {"blocked": True}, "Already blocked from this call."),
        (ActKind.UNBLOCK, {}, "They are not blocked from this call."),
        (ActKind.BAN, {"banned": True}, "Already banned."),
        (ActKind.UNBAN, {}, "They are not banned."),
        (ActKind.UNBAN, {"banned": True}, ""),
    ],
)
def test_what_is_known_of_the_person_decides(kind, changes, sentence):
    assert ask(kind, **changes) == sentence


def test_a_user_token_needs_the_capability_and_a_secret_does_not():
    assert ask(ActKind.KICK, method=Method.TOKEN) == (
        "Your role here lacks the capability kick-user."
    )
    allowed = Call(
        cid="default:a", type="default", id="a", name="A", own_capabilities=frozenset({"kick-user"})
    )
    assert ask(ActKind.KICK, method=Method.TOKEN, call=allowed) == ""
    assert ask(ActKind.KICK, method=Method.SECRET) == ""


def test_nothing_is_done_to_an_ended_call():
    ended = Call(cid="default:a", type="default", id="a", name="A", people=1, ended_at=1.0)
    assert ask(ActKind.END_CALL, call=ended) == "This call has ended."
    assert ask(ActKind.MUTE_EVERYONE_AUDIO, call=None) == "Choose a call first."
