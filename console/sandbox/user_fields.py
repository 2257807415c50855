"""Single fields of a user, as requests set and unset them."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from console.sandbox.api_errors import input_error
from console.sandbox.records import User
from console.sandbox.timestamps import read_time

_KINDS: dict[str, Any] = {
    "name": str,
    "image": str,
    "language": str,
    "role": Annotated[str, Meta(min_length=1)],
    "teams": list[str],
    "teams_role": dict[str, str],
    "privacy_settings": dict[str, dict[str, bool]],
    "invisible": bool,
    "revoke_tokens_issued_before": str | int | float,
}
_EMPTY: dict[str, Callable[[], Any]] = {
    "name": str,
    "image": str,
    "language": str,
    "role": lambda: "user",
    "teams": list,
    "teams_role": dict,
    "privacy_settings": dict,
    "invisible": bool,
    "revoke_tokens_issued_before": lambda: None,
}
_KEPT_AS = {"privacy_settings": "privacy", "revoke_tokens_issued_before": "tokens_from"}
_FIXED = frozenset({"id", "created_at", "updated_at", "banned", "online", "deleted_at"})


def check(put: Mapping[str, Any]) -> None:
    """Refuse values that do not fit, before anything is changed.

    Raises:
        ApiError: 400.
    """
    for name, value in put.items():
        _fitting(name, value)


def put_field(user: User, name: str, value: Any) -> None:
    """Set one field; what Stream does not name lands in ``custom``, ``a.b`` within an object there.

    Parts of the privacy settings that are not given stay as they are. A field set to null is unset.

    Raises:
        ApiError: 400, the value does not fit.
    """
    if name in _FIXED:
        return
    if name not in _KINDS:
        _put_within(user.custom, name, value)
    elif value is None:
        unset_field(user, name)
    elif name == "privacy_settings":
        user.privacy = {**user.privacy, **_fitting(name, value)}
    else:
        setattr(user, _KEPT_AS.get(name, name), _fitting(name, value))


def unset_field(user: User, name: str) -> None:
    """Take a field away; one that is not there changes nothing."""
    if name in _EMPTY:
        setattr(user, _KEPT_AS.get(name, name), _EMPTY[name]())
        return
    *path, last = name.split(".")
    within: Any = user.custom
    for part in path:
        within = within.get(part) if isinstance(within, dict) else None
    if isinstance(within, dict):
        within.pop(last, None)


def _fitting(name: str, value: Any) -> Any:
    kind = _KINDS.get(name)
    if kind is None or value is None:
        return value
    try:
        fitting = msgspec.convert(value, kind)
        return read_time(fitting) if name == "revoke_tokens_issued_before" else fitting
    except (msgspec.ValidationError, ValueError) as error:
        raise input_error(f"{name} does not fit: {error}") from error


def _put_within(custom: dict[str, Any], name: str, value: Any) -> None:
    *path, last = name.split(".")
    for part in path:
        inner = custom.get(part)
        custom[part] = inner = dict(inner) if isinstance(inner, dict) else {}
        custom = inner
    custom[last] = value
