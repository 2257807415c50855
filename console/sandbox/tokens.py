"""Identifies who asks: JWT checks with Stream's error codes (STREAM.md 1.1, 1.6)."""

import functools
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeGuard

import jwt

from console.sandbox.api_errors import ApiError

LEEWAY = 5.0
"""Seconds an ``iat`` may lie ahead: clocks of clients differ."""


@dataclass(slots=True, frozen=True)
class AppKeys:
    """The app's key and secret."""

    api_key: str
    api_secret: str

    @classmethod
    def generate(cls) -> "AppKeys":
        """New ones, for this start only."""
        return cls("sandbox" + secrets.token_hex(6), secrets.token_urlsafe(48))

    def user_token(self, user_id: str, *, lasts: float | None = None) -> str:
        """A token for one user; ``lasts`` seconds, or for good."""
        claims: dict[str, Any] = {"user_id": user_id, "iat": int(time.time()) - 5}
        if lasts is not None:
            claims["exp"] = int(time.time() + lasts)
        return jwt.encode(claims, self.api_secret, algorithm="HS256")

    def server_token(self) -> str:
        """A token of the app's own server: an empty payload, as the Python SDK makes it."""
        return jwt.encode({}, self.api_secret, algorithm="HS256")


@dataclass(slots=True, frozen=True)
class Identity:
    """Who a token speaks for. ``user_id`` is empty for the app's own server.

    Attributes:
        call_roles: cid -> role, from a call token.
        issued: when the token was issued, in unix seconds; 0.0 when it does not say.
    """

    user_id: str = ""
    call_roles: dict[str, str] = field(default_factory=dict)
    issued: float = 0.0

    @property
    def server(self) -> bool:
        return not self.user_id


def check_key(keys: AppKeys, api_key: str) -> None:
    """Refuse an unknown app.

    Raises:
        ApiError: code 2.
    """
    if api_key != keys.api_key:
        raise ApiError(2, 401, "api_key not found")


def identify(keys: AppKeys, token: str, now: float) -> Identity:
    """The identity behind ``token`` at ``now`` (unix seconds).

    Raises:
        ApiError: 401 with code 5 (no or unreadable token), 40 (expired), 41 (not valid yet),
            42 (issued in the future), 43 (bad signature).
    """
    if not token:
        raise ApiError(5, 401, "no token was given")
    try:
        claims = _claims(token, keys.api_secret)
    except jwt.InvalidSignatureError:
        raise ApiError(43, 401, "token signature is invalid") from None
    except jwt.InvalidTokenError:
        raise ApiError(5, 401, "token is not readable") from None
    expires, begins, issued = (claims.get(name) for name in ("exp", "nbf", "iat"))
    if _number(expires) and expires <= now:
        raise ApiError(40, 401, "token is expired")
    if _number(begins) and begins > now + LEEWAY:
        raise ApiError(41, 401, "token is not valid yet")
    if _number(issued) and issued > now + LEEWAY:
        raise ApiError(42, 401, "token used before issued at (iat)")
    user_id = claims.get("user_id")
    if user_id is None:
        return Identity()
    if not isinstance(user_id, str) or not user_id:
        raise ApiError(5, 401, "user_id of the token is not a string")
    role = str(claims.get("role") or "user")
    cids = claims.get("call_cids") or ()
    roles = {str(cid): role for cid in cids if isinstance(cid, str)}
    return Identity(user_id, roles, issued if _number(issued) else 0.0)


@functools.lru_cache(maxsize=256)
def _claims(token: str, secret: str) -> Mapping[str, Any]:
    """What a token with this signature says, whenever that is true: each client sends one often."""
    claims = jwt.decode(
        token,
        secret,
        algorithms=["HS256"],
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )
    return MappingProxyType(claims)


def refuse_revoked(who: Identity, *since: float | None) -> None:
    """Refuse a token that was issued before one of ``since``; one that does not say when, too.

    Raises:
        ApiError: 401 code 40, so that clients ask for another token; Stream's code is not known
            (?).
    """
    if any(moment is not None and who.issued < moment for moment in since):
        raise ApiError(40, 401, "token was revoked")


def _number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
