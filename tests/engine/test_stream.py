"""The gateway through the real SDK against the served sandbox: answers and refusals."""

import time

import msgspec
import pytest

from console.domain.sign_in import Method
from console.domain.verdict import Severity
from console.engine.wire import stream
from console.engine.wire.check import CheckRequest
from console.engine.wire.decode import read_calls_page, read_participants
from console.engine.wire.paths import call_path
from console.engine.wire.refusals import RateLimitedError, RefusedError, UnreachableError
from console.engine.wire.sign_in_token import credentials
from console.engine.wire.stream import Gateway

CID = "default:one"
KICK = "/api/v2/video/call/default/one/kick"


def open_gateway(sandbox, method=Method.SECRET, **changes):
    sign_in = sandbox.sign_in(method)
    profile = msgspec.structs.replace(sign_in.profile, **changes)
    return Gateway(profile, credentials(profile, sign_in.secret, time.time()))


@pytest.fixture
async def gateway(sandbox):
    sandbox.call("one", "ann", "bob")
    gateway = open_gateway(sandbox)
    yield gateway
    await gateway.close()


@pytest.fixture
async def user_gateway(sandbox, gateway):
    gateway = open_gateway(sandbox, Method.TOKEN)
    yield gateway
    await gateway.close()


REQUEST = CheckRequest("stream:v1:utterance", "u1", "ann", {"texts": ["hello"]})
MUTE = {"user_ids": ["ann"], "audio": True, "muted_by_id": "moderator"}


async def test_pages_go_on_where_the_last_one_ended(sandbox, gateway):
    for number in range(4):
        sandbox.call(f"more{number}", "ann")
    found, token = [], ""
    for _ in range(3):
        raw = await gateway.watch_page({"ongoing": True}, limit=2, next_page=token)
        page = read_calls_page(raw)
        found += [watched.call.id for watched in page.calls]
        token = page.next
    assert (sorted(found), token) == (["more0", "more1", "more2", "more3", "one"], "")


async def test_a_watch_on_an_unknown_connection_is_refused(gateway):
    with pytest.raises(RefusedError) as caught:
        await gateway.watch_page({"ongoing": True}, limit=1, connection_id="gone")
    assert (caught.value.code, caught.value.retryable) == (46, False)


async def test_participants_by_track(sandbox, gateway):
    raw = await gateway.participants(CID, {"published_tracks": {"$in": ["audio"]}})
    assert {p.user.id for p in read_participants(raw)} == {"ann", "bob"}
    raw = await gateway.participants(CID, {"published_tracks": {"$in": ["video"]}})
    assert read_participants(raw) == ()


async def test_users_and_calls(gateway):
    assert (await gateway.find_user("ann")).name == "Ann"
    assert await gateway.find_user("nobody") is None
    assert (await gateway.ask("GET", call_path(CID)))["call"]["cid"] == CID


async def test_only_a_server_token_has_to_name_who_acts(sandbox, gateway, user_gateway):
    actors: list[str] = []
    sandbox.world.state.events.listen(lambda event: actors.append(event.actor))
    assert (gateway.actor, user_gateway.actor) == ("moderator", "")

    await gateway.ask("POST", KICK, {"user_id": "ann", "kicked_by_id": gateway.actor})
    await user_gateway.ask("POST", KICK, {"user_id": "bob"})

    assert set(filter(None, actors)) == {"moderator"}


async def test_a_request_may_have_no_body(gateway):
    assert "duration" in await gateway.ask("POST", "/api/v2/video/call/default/one/mark_ended")


async def test_checks_are_for_the_secret_only(gateway, user_gateway):
    assert (gateway.may_check, user_gateway.may_check) == (True, False)
    answer = await gateway.check(REQUEST)
    assert (answer.action, answer.severity) == ("keep", Severity.NONE)
    with pytest.raises(RefusedError) as caught:
        await user_gateway.check(REQUEST)
    assert (caught.value.status, caught.value.code, caught.value.retryable) == (403, 17, False)


async def test_a_rate_limit_says_how_long(sandbox, gateway):
    sandbox.world.state.faults.add("rate_limit", "check", retry_after=7)
    with pytest.raises(RateLimitedError) as caught:
        await gateway.check(REQUEST)
    assert caught.value.retry_after == 7.0


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_failing_server_may_be_asked_again(sandbox, gateway, status):
    sandbox.world.state.faults.add("error", "kick", status=status)
    with pytest.raises(RefusedError) as caught:
        await gateway.ask("POST", KICK, {"user_id": "ann"})
    assert (caught.value.status, caught.value.retryable) == (status, True)
    assert caught.value.sentence.endswith(".")


@pytest.mark.parametrize("fault", ["malformed", "truncated", "disconnect"])
async def test_broken_answers_are_unreachable(sandbox, gateway, fault):
    for request in (
        lambda: gateway.check(REQUEST),
        lambda: gateway.find_user("ann"),
        lambda: gateway.ask("POST", KICK, {"user_id": "ann"}),
    ):
        sandbox.world.state.faults.add(fault)
        with pytest.raises(UnreachableError):
            await request()


async def test_a_server_that_hangs_is_given_up_on(sandbox, monkeypatch):
    monkeypatch.setattr(stream, "REQUEST_LIMIT_S", 0.3)
    gateway = open_gateway(sandbox)
    sandbox.world.state.faults.add("slow", seconds=2, after=True)
    with pytest.raises(UnreachableError, match="did not answer"):
        await gateway.find_user("ann")
    await gateway.close()


async def test_nobody_listens(sandbox):
    nowhere = (
        ("http://127.0.0.1:1", "could not be reached"),
        ("https://no.invalid:1", "not be found"),
    )
    for base_url, sentence in nowhere:
        gateway = open_gateway(sandbox, base_url=base_url)
        for request in (
            lambda g=gateway: g.find_user("ann"),
            lambda g=gateway: g.ask("POST", KICK, {"user_id": "ann"}),
        ):
            with pytest.raises(UnreachableError, match=sentence):
                await request()
        await gateway.close()


async def test_ids_cannot_leave_their_place_in_the_path(sandbox, gateway):
    with pytest.raises(RefusedError) as caught:
        await gateway.ask("GET", call_path("default:one/../../users?x=#y"))
    assert caught.value.status in (400, 404)


async def test_a_token_made_here_is_made_anew_where_stream_refuses_its_time(sandbox, gateway):
    sandbox.world.state.faults.add("expired_token", "mute_users")
    await gateway.act(call_path(CID, "mute_users"), MUTE)
    sandbox.world.state.faults.add("expired_token", "mute_users", times=2)
    with pytest.raises(RefusedError) as caught:
        await gateway.act(call_path(CID, "mute_users"), MUTE)
    assert caught.value.code == 40
    assert "made just now" in caught.value.sentence
    assert "clock" in caught.value.sentence


async def test_a_token_that_was_given_to_us_cannot_be_made_anew(sandbox, user_gateway):
    sandbox.world.state.faults.add("expired_token", "mute_users")
    with pytest.raises(RefusedError) as caught:
        await user_gateway.act(call_path(CID, "mute_users"), MUTE)
    assert caught.value.sentence == "Your token has expired. Sign in with a new one."
