"""Whose token, and how long it lasts: read and minted without the SDK, which is slow to import."""

import base64
import binascii

import jwt
import msgspec
from msgspec import Struct

from console.base.errors import WorldError
from console.domain.addresses import wrong_with_addresses
from console.domain.sign_in import Method, Profile

_BACKDATE_S = 5  # as the SDK does, so that a slightly fast clock is not "in the future"


class _Claims(Struct):
    user_id: str = ""
    exp: float = 0.0


class Credentials(Struct, frozen=True):
    """Who signs in.

    Attributes:
        user_id: who watches and acts.
        token: this user's token.
        secret: the app secret; empty with a user token.
        ends_at: unix seconds at which the token ends; 0.0 when it does not, or can be renewed.
    """

    user_id: str
    token: str
    secret: str = ""
    ends_at: float = 0.0

    def __repr__(self) -> str:  # so that no log or traceback shows a secret
        return f"Credentials({self.user_id!r})"


def credentials(profile: Profile, secret: str, now: float) -> Credentials:
    """The credentials ``secret`` (an app secret or a user token) gives ``profile``.

    ``now``: unix seconds from which a token that is made here is valid.

    Raises:
        WorldError: it cannot be what the profile says it is.
    """
    secret = secret.strip()
    if not profile.api_key:
        raise WorldError("The profile has no API key.", "Copy it from Stream's dashboard.")
    if not secret:
        raise WorldError("There is no secret or token.", "Enter it in the sign-in dialog.")
    wrong = wrong_with_addresses(profile)
    if wrong:
        raise WorldError(wrong, "The sign-in dialog has the addresses, under Addresses and policy.")
    if profile.method is Method.TOKEN:
        return _from_token(secret)
    if not profile.user_id:
        raise WorldError("The profile names no user.", "Say who acts when you moderate.")
    return Credentials(profile.user_id, made_token(secret, now, user_id=profile.user_id), secret)


def made_token(secret: str, now: float, **claims: str) -> str:
    """A token of an app secret, valid from ``now`` (unix seconds); a server's has no user."""
    return jwt.encode({**claims, "iat": int(now) - _BACKDATE_S}, secret, algorithm="HS256")


def _from_token(token: str) -> Credentials:
    try:
        _, payload, _ = token.split(".")
        raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        claims = msgspec.json.decode(raw, type=_Claims)
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise WorldError(
            "This is not a user token.", "A token has three parts with dots between them."
        ) from error
    if not claims.user_id:
        raise WorldError(
            "This token belongs to no user.", "Use a user token, or sign in with the app secret."
        )
    # Whether it has ended is for Stream to say: this machine's clock may be wrong.
    return Credentials(claims.user_id, token, ends_at=max(0.0, claims.exp))
