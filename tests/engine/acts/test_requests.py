"""Every kind of act becomes the right request."""

import pytest

from console.domain.act import Act
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS, spec_of
from console.engine.acts.requests import Endpoint, Request, misfit, requests_of, send

CID = "default:a"


def act(kind: str, *user_ids: str, **fields) -> Act:
    return Act(act_id="1", kind=kind, cid=CID, requested_at=1.0, user_ids=user_ids, **fields)


def request(endpoint: Endpoint, *people: str, **fields) -> Request:
    return Request(endpoint=endpoint, cid=CID, targets=people, **fields)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (act("mute_audio", "a", "b"), [request(Endpoint.MUTE, "a", "b", track="audio")]),
        (act("mute_video", "a"), [request(Endpoint.MUTE, "a", track="video")]),
        (act("mute_screenshare", "a"), [request(Endpoint.MUTE, "a", track="screenshare")]),
        (act("mute_everyone_audio"), [request(Endpoint.MUTE, "", track="audio")]),
        (act("mute_everyone_video"), [request(Endpoint.MUTE, "", track="video")]),
        (act("mute_everyone_screenshare"), [request(Endpoint.MUTE, "", track="screenshare")]),
        (
            act("revoke_audio", "a", "b"),
            [
                request(Endpoint.PERMISSIONS, "a", revoke=("send-audio",)),
                request(Endpoint.PERMISSIONS, "b", revoke=("send-audio",)),
            ],
        ),
        (act("revoke_video", "a"), [request(Endpoint.PERMISSIONS, "a", revoke=("send-video",))]),
        (
            act("revoke_screenshare", "a"),
            [request(Endpoint.PERMISSIONS, "a", revoke=("screenshare",))],
        ),
        (act("grant_audio", "a"), [request(Endpoint.PERMISSIONS, "a", grant=("send-audio",))]),
        (act("grant_video", "a"), [request(Endpoint.PERMISSIONS, "a", grant=("send-video",))]),
        (
            act("grant_screenshare", "a"),
            [request(Endpoint.PERMISSIONS, "a", grant=("screenshare",))],
        ),
        (
            act("accept_request", "a", permissions=("send-audio", "screenshare")),
            [request(Endpoint.PERMISSIONS, "a", grant=("send-audio", "screenshare"))],
        ),
        (
            act("refuse_request", "a", permissions=("send-video",)),
            [request(Endpoint.PERMISSIONS, "a", revoke=("send-video",))],
        ),
        (act("kick", "a", "b"), [request(Endpoint.KICK, "a"), request(Endpoint.KICK, "b")]),
        (act("block", "a"), [request(Endpoint.BLOCK, "a")]),
        (act("unblock", "a"), [request(Endpoint.UNBLOCK, "a")]),
        (
            act("ban", "a", minutes=5, reason="spam", ip_ban=True),
            [request(Endpoint.BAN, "a", minutes=5, reason="spam", ip_ban=True)],
        ),
        (act("unban", "a", reason="ignored"), [request(Endpoint.UNBAN, "a")]),
        (act("end_call"), [request(Endpoint.END, "")]),
    ],
    ids=lambda value: value.kind if isinstance(value, Act) else "",
)
def test_each_kind_is_its_request(wish, expected):
    assert requests_of(wish) == expected


@pytest.mark.parametrize("kind", [spec.kind for spec in ACTS])
async def test_every_kind_can_be_sent(kind, stream):
    people = () if spec_of(kind).scope is Scope.CALL else ("a",)
    wish = act(kind, *people, permissions=("send-audio",))

    assert misfit(wish) == ""
    for one in requests_of(wish):
        await send(one, stream)

    assert len(stream.asked) == 1


async def test_everyone_is_asked_for_as_everyone(stream):
    await send(requests_of(act("mute_everyone_audio"))[0], stream)
    await send(requests_of(act("mute_audio", "a", "b"))[0], stream)

    assert stream.asked == [
        ("mute", CID, "audio", "everyone"),
        ("mute", CID, "audio", ("a", "b")),
    ]


def test_people_who_are_done_are_left_alone_and_named_once():
    assert requests_of(act("kick", "a", "b", "a"), done={"b"}) == [request(Endpoint.KICK, "a")]
    assert requests_of(act("mute_audio", "a", "b"), done={"a"}) == [
        request(Endpoint.MUTE, "b", track="audio")
    ]
    assert requests_of(act("end_call"), done={""}) == []


def test_an_undo_touches_only_what_was_changed():
    only = {"a": ("send-audio",), "b": ()}

    assert requests_of(
        act("refuse_request", "a", "b", permissions=("send-audio", "send-video")), only=only
    ) == [request(Endpoint.PERMISSIONS, "a", revoke=("send-audio",))]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (act("kick"), "The act names no person."),
        (act("kick", ""), "The act names no person."),
        (act("end_call", "a"), "The act is on a whole call, but names people."),
        (act("accept_request", "a"), "It is not known what was asked for."),
        (act("ban", "a", minutes=0), "A ban lasts at least one minute."),
        (
            Act(act_id="1", kind="kick", cid="", requested_at=1.0, user_ids=("a",)),
            "The act names no call.",
        ),
        (Act(act_id="1", kind="ban", cid="", requested_at=1.0, user_ids=("a",)), ""),
    ],
)
def test_what_cannot_be_a_request_says_why(wish, sentence):
    assert misfit(wish) == sentence
