"""Every kind of act becomes the right request."""

import pytest

from console.domain.act import Act, ActKind
from console.domain.act_table import ACTS, Scope
from console.engine.acts.requests import Endpoint, Request, misfit, requests_of, send

CID = "default:a"
K = ActKind


def act(kind: ActKind, *user_ids: str, **fields) -> Act:
    return Act(act_id="1", kind=kind, cid=CID, requested_at=1.0, user_ids=user_ids, **fields)


def request(endpoint: Endpoint, *people: str, **fields) -> Request:
    return Request(endpoint=endpoint, cid=CID, targets=people, **fields)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (act(K.MUTE_AUDIO, "a", "b"), [request(Endpoint.MUTE, "a", "b", track="audio")]),
        (act(K.MUTE_VIDEO, "a"), [request(Endpoint.MUTE, "a", track="video")]),
        (act(K.MUTE_SCREENSHARE, "a"), [request(Endpoint.MUTE, "a", track="screenshare")]),
        (act(K.MUTE_EVERYONE_AUDIO), [request(Endpoint.MUTE, "", track="audio")]),
        (act(K.MUTE_EVERYONE_VIDEO), [request(Endpoint.MUTE, "", track="video")]),
        (act(K.MUTE_EVERYONE_SCREENSHARE), [request(Endpoint.MUTE, "", track="screenshare")]),
        (
            act(K.REVOKE_AUDIO, "a", "b"),
            [
                request(Endpoint.PERMISSIONS, "a", revoke=("send-audio",)),
                request(Endpoint.PERMISSIONS, "b", revoke=("send-audio",)),
            ],
        ),
        (act(K.REVOKE_VIDEO, "a"), [request(Endpoint.PERMISSIONS, "a", revoke=("send-video",))]),
        (
            act(K.REVOKE_SCREENSHARE, "a"),
            [request(Endpoint.PERMISSIONS, "a", revoke=("screenshare",))],
        ),
        (act(K.GRANT_AUDIO, "a"), [request(Endpoint.PERMISSIONS, "a", grant=("send-audio",))]),
        (act(K.GRANT_VIDEO, "a"), [request(Endpoint.PERMISSIONS, "a", grant=("send-video",))]),
        (
            act(K.GRANT_SCREENSHARE, "a"),
            [request(Endpoint.PERMISSIONS, "a", grant=("screenshare",))],
        ),
        (
            act(K.ACCEPT_REQUEST, "a", permissions=("send-audio", "screenshare")),
            [request(Endpoint.PERMISSIONS, "a", grant=("send-audio", "screenshare"))],
        ),
        (
            act(K.REFUSE_REQUEST, "a", permissions=("send-video",)),
            [request(Endpoint.PERMISSIONS, "a", revoke=("send-video",))],
        ),
        (act(K.KICK, "a", "b"), [request(Endpoint.KICK, "a"), request(Endpoint.KICK, "b")]),
        (act(K.BLOCK, "a"), [request(Endpoint.BLOCK, "a")]),
        (act(K.UNBLOCK, "a"), [request(Endpoint.UNBLOCK, "a")]),
        (
            act(K.BAN, "a", minutes=5, reason="spam", ip_ban=True),
            [request(Endpoint.BAN, "a", minutes=5, reason="spam", ip_ban=True)],
        ),
        (act(K.UNBAN, "a", reason="ignored"), [request(Endpoint.UNBAN, "a")]),
        (act(K.END_CALL), [request(Endpoint.END, "")]),
    ],
    ids=lambda value: value.kind if isinstance(value, Act) else "",
)
def test_each_kind_is_its_request(wish, expected):
    assert requests_of(wish) == expected


@pytest.mark.parametrize("kind", list(ActKind))
async def test_every_kind_can_be_sent(kind, stream):
    people = () if ACTS[kind].scope is Scope.CALL else ("a",)
    wish = act(kind, *people, permissions=("send-audio",))

    assert misfit(wish) == ""
    for one in requests_of(wish):
        await send(one, stream)

    assert len(stream.asked) == 1


async def test_everyone_is_asked_for_as_everyone(stream):
    await send(requests_of(act(K.MUTE_EVERYONE_AUDIO))[0], stream)
    await send(requests_of(act(K.MUTE_AUDIO, "a", "b"))[0], stream)

    assert stream.asked == [
        ("mute", CID, "audio", "everyone"),
        ("mute", CID, "audio", ("a", "b")),
    ]


def test_people_who_are_done_are_left_alone_and_named_once():
    assert requests_of(act(K.KICK, "a", "b", "a"), done={"b"}) == [request(Endpoint.KICK, "a")]
    assert requests_of(act(K.MUTE_AUDIO, "a", "b"), done={"a"}) == [
        request(Endpoint.MUTE, "b", track="audio")
    ]
    assert requests_of(act(K.END_CALL), done={""}) == []


def test_an_undo_touches_only_what_was_changed():
    only = {"a": ("send-audio",), "b": ()}

    assert requests_of(
        act(K.REFUSE_REQUEST, "a", "b", permissions=("send-audio", "send-video")), only=only
    ) == [request(Endpoint.PERMISSIONS, "a", revoke=("send-audio",))]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (act(K.KICK), "The act names no person."),
        (act(K.KICK, ""), "The act names no person."),
        (act(K.END_CALL, "a"), "The act is on a whole call, but names people."),
        (act(K.ACCEPT_REQUEST, "a"), "It is not known what was asked for."),
        (act(K.BAN, "a", minutes=0), "A ban lasts at least one minute."),
        (
            Act(act_id="1", kind=K.KICK, cid="", requested_at=1.0, user_ids=("a",)),
            "The act names no call.",
        ),
        (Act(act_id="1", kind=K.BAN, cid="", requested_at=1.0, user_ids=("a",)), ""),
    ],
)
def test_what_cannot_be_a_request_says_why(wish, sentence):
    assert misfit(wish) == sentence
