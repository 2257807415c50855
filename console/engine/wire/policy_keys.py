"""The keys of an app's policies, as Stream lists them (STREAM.md 6.3)."""

from typing import Any

from console.engine.wire.asking import Asking
from console.engine.wire.limits import MAX_ID, MAX_PAGE_TOKEN

CONFIGS = "/api/v2/moderation/configs"
MAX_PAGES = 20
PAGE = 100


async def read_policy_keys(gateway: Asking) -> list[str]:
    """All keys, in Stream's order; those of single teams are left out.

    Raises:
        StreamRefusedError: they could not be read.
    """
    keys: list[str] = []
    following = ""
    for _ in range(MAX_PAGES):
        body: dict[str, Any] = {"limit": PAGE} | ({"next": following} if following else {})
        answer = await gateway.ask("POST", CONFIGS, body)
        configs = answer.get("configs")
        for config in configs if isinstance(configs, list) else ():
            key = config.get("key") if isinstance(config, dict) else None
            # Those of single teams are pulled by the command, which takes a team.
            if isinstance(key, str) and len(key) <= MAX_ID and not config.get("team"):
                keys.append(key)
        token = answer.get("next")
        if not isinstance(token, str) or not token or len(token) > MAX_PAGE_TOKEN:
            break
        following = token
    return keys
