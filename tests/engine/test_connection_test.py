"""The sign-in dialog's test button, against the served sandbox."""

import msgspec
import pytest

from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.connection import ConnectionTested, TestConnection


@pytest.mark.parametrize("method", list(Method))
async def test_it_works(sandbox, console, method):
    sign_in = sandbox.sign_in(method)
    console.router.answer(TestConnection("t1", sign_in.profile, sign_in.secret))
    await console.until(lambda: console.of(ConnectionTested))

    assert console.of(ConnectionTested) == [ConnectionTested("t1", "Moderator")]
    assert console.state.phase is Phase.SIGNED_OUT
    assert console.engine.session is None


@pytest.mark.parametrize(
    ("changes", "secret", "sentence"),
    [
        ({"api_key": "other"}, None, "Stream does not know this API key."),
        ({}, "another-secret-that-is-long-enough!", "Stream does not accept this signature."),
        ({}, "", "There is no secret or token."),
        ({"base_url": "http://127.0.0.1:1"}, None, "Stream could not be reached."),
        ({"ws_url": "nonsense"}, None, "nonsense is no address that begins with wss://."),
    ],
)
async def test_it_does_not_and_says_why(sandbox, console, changes, secret, sentence):
    profile = msgspec.structs.replace(sandbox.profile(), **changes)
    secret = sandbox.keys.api_secret if secret is None else secret
    console.router.answer(TestConnection("t2", profile, secret))
    await console.until(lambda: console.of(ConnectionTested))

    (answer,) = console.of(ConnectionTested)
    assert (answer.request_id, answer.sentence) == ("t2", sentence)
    assert answer.advice


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        (Method.SECRET, "a token has expired which this program made just now."),
        (Method.TOKEN, "Your token has expired."),
    ],
)
async def test_a_token_that_was_made_here_is_not_called_the_users(
    sandbox, console, method, sentence
):
    sandbox.world.state.faults.add("expired_token", "/video/calls", times=10)
    sign_in = sandbox.sign_in(method)
    console.router.answer(TestConnection("t3", sign_in.profile, sign_in.secret))
    await console.until(lambda: console.of(ConnectionTested))

    (answer,) = console.of(ConnectionTested)
    assert answer.sentence.startswith("The socket works, but REST does not: ")
    assert sentence in answer.sentence
