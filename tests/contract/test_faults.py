"""What goes wrong on purpose, as the SDK meets it."""

import httpx
import pytest
from getstream.exceptions import StreamApiException

GET = "/api/v2/video/call/default/talk"


async def _get(peer):
    return await peer.ask("GET", GET, token=peer.keys.server_token())


async def test_429_with_retry_after_then_all_is_well(sandbox):
    sandbox.world.state.faults.add("rate_limit", "/call/", retry_after=3)
    refused = await _get(sandbox)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3")
    assert (await _get(sandbox)).status_code == 200
    assert sandbox.world.state.faults.happened == 1


async def test_an_error_before_and_after_the_deed(sandbox):
    call = sandbox.server().video.call("default", "talk")
    sandbox.world.state.faults.add("error", "/block", status=503)
    with pytest.raises(StreamApiException):
        await call.block_user(user_id="bo")
    assert sandbox.world.state.calls["default:talk"].blocked_user_ids == []
    sandbox.world.state.faults.add("error", "/block", after=True)
    with pytest.raises(StreamApiException):
        await call.block_user(user_id="bo")
    assert sandbox.world.state.calls["default:talk"].blocked_user_ids == ["bo"]


async def test_other_paths_are_spared(sandbox):
    sandbox.world.state.faults.add("error", "/moderation/", times=2)
    assert (await _get(sandbox)).status_code == 200


@pytest.mark.parametrize("kind", ["malformed", "truncated"])
async def test_answers_that_are_not_json(sandbox, kind):
    sandbox.world.state.faults.add(kind)
    answer = await _get(sandbox)
    with pytest.raises(ValueError, match=r".+"):
        answer.json()


async def test_a_hung_request_ends_in_an_error(sandbox):
    sandbox.world.state.faults.add("hang", seconds=0.01)
    assert (await _get(sandbox)).status_code == 500


async def test_a_slow_answer_is_the_right_one(sandbox):
    sandbox.world.state.faults.add("slow", seconds=0.01)
    assert (await _get(sandbox)).json()["call"]["cid"] == "default:talk"


async def test_a_cut_connection(served_sandbox):
    served_sandbox.world.state.faults.add("disconnect")
    with pytest.raises(httpx.RemoteProtocolError):
        await _get(served_sandbox)
    assert (await _get(served_sandbox)).status_code == 200


def test_unknown_kinds_are_refused(sandbox):
    with pytest.raises(ValueError, match="meteor"):
        sandbox.world.state.faults.add("meteor")
