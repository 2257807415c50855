"""Where the API has things. Ids are hostile, so they are quoted."""

from urllib.parse import quote

RULE = "/api/v2/moderation/moderation_rule"
USERS = "/api/v2/users"


def call_path(cid: str, operation: str = "") -> str:
    """The path of a call, or of an operation on it."""
    kind, _, call_id = cid.partition(":")
    path = f"/api/v2/video/call/{quote(kind, safe='')}/{quote(call_id, safe='')}"
    return f"{path}/{operation}" if operation else path


def user_path(user_id: str, operation: str) -> str:
    """The path of an operation on a user."""
    return f"{USERS}/{quote(user_id, safe='')}/{operation}"


def call_rule_path(rule_id: str) -> str:
    """One of Stream's moderation rules."""
    return f"{RULE}/{quote(rule_id, safe='')}"
