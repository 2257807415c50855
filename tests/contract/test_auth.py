"""Tokens and who may call what (STREAM.md 1)."""

import time

import httpx
import jwt
import pytest
from getstream.exceptions import StreamApiException

GET = "/api/v2/video/call/default/talk"


def _token(peer, **claims):
    return jwt.encode({"user_id": "moderator", **claims}, peer.api_secret, algorithm="HS256")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda peer: "", 5),
        (lambda peer: "not.a.token", 5),
        (lambda peer: jwt.encode({"user_id": "bo"}, "x" * 40, algorithm="HS256"), 43),
        (lambda peer: _token(peer, exp=int(time.time()) - 1), 40),
        (lambda peer: _token(peer, nbf=int(time.time()) + 600), 41),
        (lambda peer: _token(peer, iat=int(time.time()) + 600), 42),
    ],
)
async def test_bad_tokens(sandbox, make, code):
    answer = await sandbox.ask("GET", GET, token=make(sandbox))
    assert (answer.status_code, answer.json()["code"], answer.json()["StatusCode"]) == (
        401,
        code,
        401,
    )


async def test_a_wrong_key(sandbox):
    answer = await sandbox.ask("GET", GET, token=_token(sandbox), query={"api_key": "nope"})
    assert (answer.status_code, answer.json()["code"]) == (401, 2)


async def test_the_empty_token_is_the_server(sandbox):
    token = jwt.encode({}, sandbox.api_secret, algorithm="HS256")
    assert (await sandbox.ask("GET", GET, token=token)).status_code == 200
    assert (await sandbox.ask("GET", "/api/v2/rate_limits", token=token)).status_code == 200


async def test_server_only_endpoints_refuse_users(sandbox):
    moderation = sandbox.user().moderation
    with pytest.raises(StreamApiException) as refused:
        await moderation.check(
            entity_type="x", entity_id="1", entity_creator_id="bo", config_key="k"
        )
    assert (refused.value.status_code, refused.value.code) == (403, 17)
    with pytest.raises(StreamApiException) as refused:
        await moderation.unban(target_user_id="bo")
    assert (refused.value.status_code, refused.value.code) == (403, 17)


async def test_a_user_without_the_capability_is_refused(sandbox):
    call = sandbox.user("cy").video.call("default", "talk")
    with pytest.raises(StreamApiException) as refused:
        await call.mute_users(user_ids=["bo"], audio=True)
    assert (refused.value.status_code, refused.value.code) == (403, 17)
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user("cy").moderation.ban(target_user_id="bo")
    assert refused.value.code == 17


async def test_a_call_token_gives_its_role(sandbox):
    token = _token(sandbox, user_id="cy", call_cids=["default:talk"], role="host")
    answer = await sandbox.ask("GET", GET, token=token)
    assert "mute-users" in answer.json()["own_capabilities"]
    plain = await sandbox.ask("GET", GET, token=_token(sandbox, user_id="cy"))
    assert "mute-users" not in plain.json()["own_capabilities"]


async def test_unknown_endpoints_answer_in_streams_form(sandbox):
    answer = await sandbox.ask("POST", "/api/v2/video/teleport", token=_token(sandbox))
    assert answer.status_code == 404
    assert answer.json()["code"] == 16
    assert sandbox.world.state.counters.unknown == 1


async def test_the_path_family_decides_the_time(sandbox):
    token = _token(sandbox)
    nanos = (await sandbox.ask("GET", GET, token=token)).json()["call"]["created_at"]
    text = (await sandbox.ask("GET", "/video/call/default/talk", token=token)).json()
    assert isinstance(nanos, int)
    assert nanos > 10**18
    assert text["call"]["created_at"].endswith("Z")


async def test_rate_limit_headers_and_refusal(sandbox):
    sandbox.limits.limits["GetCall"] = 2
    token = _token(sandbox)
    first = await sandbox.ask("GET", GET, token=token)
    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == (
        "2",
        "1",
    )
    await sandbox.ask("GET", GET, token=token)
    third = await sandbox.ask("GET", GET, token=token)
    assert (third.status_code, third.json()["code"]) == (429, 9)
    assert 1 <= int(third.headers["retry-after"]) <= 60


@pytest.mark.parametrize("raw", [b"{", b"[]", b'{"user_ids": "bo"}', b"\xff\xfe"])
async def test_unreadable_bodies(sandbox, raw):
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=sandbox.app), base_url="http://sandbox"
    ) as http:
        answer = await http.post(
            GET + "/mute_users",
            params={"api_key": sandbox.api_key},
            headers={"authorization": _token(sandbox)},
            content=raw,
        )
    assert (answer.status_code, answer.json()["code"]) == (400, 4)
