"""Whose token it is, and what cannot be one."""

import jwt
import pytest

from console.base.errors import WorldError
from console.domain.sign_in import Method, Profile
from console.engine.wire.sign_in_token import credentials

SECRET = "a-secret-that-is-long-enough-for-hs256"
NOW = 1_800_000_000.0


def profile(method, **more):
    return Profile(name="p", api_key="key", method=method, **more)


def token(**claims):
    return jwt.encode(claims, SECRET, algorithm="HS256")


def test_a_secret_mints_a_token_of_the_profiles_user():
    whose = credentials(profile(Method.SECRET, user_id="mod"), f" {SECRET}\n", NOW)
    claims = jwt.decode(whose.token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
    assert claims == {"user_id": "mod", "iat": 1_799_999_995}
    assert (whose.user_id, whose.secret) == ("mod", SECRET)
    assert SECRET not in repr(whose)
    assert whose.token not in repr(whose)


def test_a_user_token_is_its_own_users():
    given = token(user_id="ann", exp=NOW + 60)
    whose = credentials(profile(Method.TOKEN, user_id="somebody"), given, NOW)
    assert (whose.user_id, whose.token, whose.secret) == ("ann", given, "")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("", "no secret or token"),
        ("abc", "not a user token"),
        ("a.b.c", "not a user token"),
        ("a.ÄÖ.c", "not a user token"),
        (token(), "belongs to no user"),
        (token(user_id=["x"]), "not a user token"),
    ],
)
def test_what_is_no_token_is_a_sentence(given, sentence):
    with pytest.raises(WorldError, match=sentence):
        credentials(profile(Method.TOKEN), given, NOW)


def test_when_a_token_ends_is_known_and_stream_says_whether_it_has():
    ended = credentials(profile(Method.TOKEN), token(user_id="ann", exp=NOW - 1), NOW)
    assert ended.ends_at == NOW - 1
    assert credentials(profile(Method.TOKEN), token(user_id="ann"), NOW).ends_at == 0.0


def test_a_secret_needs_a_user():
    with pytest.raises(WorldError, match="names no user"):
        credentials(profile(Method.SECRET, user_id=""), SECRET, NOW)


def test_a_secret_is_not_for_an_address_that_sends_it_in_clear():
    plain = profile(Method.SECRET, base_url="http://video.example")
    with pytest.raises(WorldError, match="unencrypted"):
        credentials(plain, SECRET, NOW)
    with pytest.raises(WorldError, match="no address"):
        credentials(profile(Method.SECRET, base_url="video.example"), SECRET, NOW)
    allowed = profile(Method.SECRET, base_url="http://video.example", unencrypted=True)
    assert credentials(allowed, SECRET, NOW).secret == SECRET
