"""What events mean to a moderator, as sentences."""

import pytest

from console.engine.services.notices import in_a_sentence, notices_of
from console.engine.wire import events as e
from console.engine.wire.timestamps import Moment
from console.protocol.to_window import NoticeKind

CID = "default:a"
ANN, MOD = e.User(id="ann", name="Ann"), e.User(id="mod", name="Mo")
DEVICE = e.Presence(user=ANN, user_session_id="s")


def told(event, devices=0, **more):
    names = {"ann": "Ann", "mod": "Mo"}
    return notices_of(
        event,
        now=50.0,
        name_of=lambda cid, user_id, name: name or names.get(user_id, user_id),
        calls_of=lambda user_id: (CID, "default:b"),
        devices_of=lambda cid, user_id: devices,
        **more,
    )


@pytest.mark.parametrize(
    ("event", "kind", "text", "actor"),
    [
        (
            e.ParticipantJoined(call_cid=CID, session_id="s", participant=DEVICE),
            *(NoticeKind.JOINED, "Ann joined.", ""),
        ),
        (
            e.ParticipantLeft(call_cid=CID, session_id="s", participant=DEVICE),
            *(NoticeKind.LEFT, "Ann left.", ""),
        ),
        (
            e.KickedUser(call_cid=CID, user=ANN, kicked_by_user=MOD),
            *(NoticeKind.KICKED, "Ann was kicked by Mo.", "mod"),
        ),
        (
            e.KickedUser(call_cid=CID, user=ANN),
            *(
                NoticeKind.KICKED,
                "Ann was kicked by a server, perhaps by one of Stream's call rules.",
                "",
            ),
        ),
        (
            e.BlockedUser(call_cid=CID, user=ANN),
            *(NoticeKind.BLOCKED, "Ann was blocked from the call.", ""),
        ),
        (
            e.UnblockedUser(call_cid=CID, user=ANN),
            *(NoticeKind.UNBLOCKED, "Ann may join this call again.", ""),
        ),
        (
            e.UserMuted(call_cid=CID, muted_user_ids=("ann",), from_user_id="mod"),
            *(NoticeKind.MUTED, "Ann was muted by Mo.", "mod"),
        ),
        (
            e.UserMuted(call_cid=CID, muted_user_ids=("ann", "b", "c", "d", "e")),
            *(
                NoticeKind.MUTED,
                "Ann, b, c and 2 more were muted by a server, perhaps by one of Stream's call"
                " rules.",
                "",
            ),
        ),
        (
            e.PermissionRequest(call_cid=CID, user=ANN, permissions=("send-audio", "screenshare")),
            *(NoticeKind.ASKED, "Ann asks for microphone and screen share.", ""),
        ),
        (
            e.PermissionsUpdated(call_cid=CID, user=ANN, own_capabilities=frozenset()),
            *(NoticeKind.PERMISSIONS, "The permissions of Ann changed.", ""),
        ),
        (
            e.ModerationWarning(call_cid=CID, user_id="ann", message="Calm down."),
            *(NoticeKind.WARNING, "Stream warned Ann: Calm down.", ""),
        ),
        (
            e.ModerationBlur(call_cid=CID, user_id="ann"),
            *(NoticeKind.BLUR, "Stream asked to blur the video of Ann.", ""),
        ),
        (
            e.CallEnded(call_cid=CID, reason="PolicyViolationModeration"),
            *(NoticeKind.ENDED, "One of Stream's call rules ended the call.", ""),
        ),
    ],
)
def test_sentences(event, kind, text, actor):
    (notice,) = told(event)
    assert (notice.kind, notice.text, notice.actor_id) == (kind, text, actor)
    assert (notice.cid, notice.at) == (CID, 50.0)


def test_a_ban_is_noticed_in_every_call_the_person_is_known_in():
    notices = told(
        e.UserBanned(user=ANN, created_by=MOD, reason="spam", created_at=Moment(7 * 10**9)),
        act_id="a1",
    )
    assert [n.cid for n in notices] == [CID, "default:b"]
    assert {(n.text, n.at, n.actor_id, n.act_id) for n in notices} == {
        ("Ann was banned from the app by Mo: spam", 7.0, "mod", "a1")
    }


def test_counts_and_captions_are_no_notices():
    counted = e.ParticipantCountUpdated(
        call_cid=CID, session_id="s", participants_count_by_role={"user": 3}
    )
    assert told(counted) == ()
    assert told(e.HealthCheck()) == ()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Marguerite Osei, City Clerk", "Marguerite Osei, City Clerk"),
        ("<b>Bo</b>", "<b>Bo</b>"),
        ("Ann was kicked by Mo. Bo", "“Ann was kicked by Mo. Bo”"),
        ("Ann\nwas kicked", "“Ann\nwas kicked”"),
        ("x" * 255, "x" * 59 + "…"),
        ("Ann” left. “Bo", "“Ann” left. “Bo”"),
    ],
)
def test_a_name_cannot_pass_for_a_notice(name, shown):
    user = e.User(id="u", name=name)
    assert in_a_sentence(name) == shown
    (notice,) = told(e.KickedUser(call_cid=CID, user=user, kicked_by_user=user))
    assert notice.text == f"{shown} was kicked by {shown}."
    assert notice.user_ids == ("u",)


@pytest.mark.parametrize(
    ("event", "devices", "text"),
    [
        (e.ParticipantJoined, 1, "Ann joined."),
        (e.ParticipantJoined, 2, "Ann joined on another device."),
        (e.ParticipantLeft, 0, "Ann left."),
        (e.ParticipantLeft, 1, "Ann left on one device and is still here."),
    ],
)
def test_one_person_on_two_devices_is_one_person(event, devices, text):
    made = event(call_cid=CID, session_id="s", participant=DEVICE)
    assert [notice.text for notice in told(made, devices)] == [text]


@pytest.mark.parametrize("name", [None, "", " ", "\u3164", "\u2800\u00ad"])
def test_a_name_that_shows_nothing_leaves_no_empty_sentence(name):
    blank = e.User(id="zed", name=name)
    kicked = e.KickedUser(call_cid=CID, user=blank, kicked_by_user=blank)
    assert [notice.text for notice in told(kicked)] == ["zed was kicked by zed."]
