"""Block lists."""

from typing import Any

from msgspec import Struct

from console.sandbox.api_errors import input_error
from console.sandbox.operation import Asked
from console.sandbox.timestamps import Stamp

TYPES = ("word", "regex", "domain", "domain_allowlist", "email", "email_allowlist")
_FLAGS = ("leet_check", "plural_check", "substring_matching", "confusable_folding")
MAX_WORDS = 10_000


class Import(Struct):
    items: list[str]


def rendered(blocklist: dict[str, Any]) -> dict[str, Any]:
    """BlockListResponse; whatever else was stored with it is given back too."""
    return {
        **blocklist,
        **{f"is_{flag}_enabled": bool(blocklist.get(f"is_{flag}_enabled")) for flag in _FLAGS},
        "id": blocklist["name"],
        "created_at": Stamp(blocklist["created_at"]),
        "updated_at": Stamp(blocklist["updated_at"]),
    }


def _checked(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(dict[str, Any])
    words = wanted.get("words")
    if words is not None and (
        not isinstance(words, list) or not all(isinstance(word, str) for word in words)
    ):
        raise input_error("words must be a list of strings")
    if len(words or ()) > MAX_WORDS:
        raise input_error(f"a block list holds at most {MAX_WORDS} entries")
    if wanted.get("type") not in (None, *TYPES):
        raise input_error(f"type must be one of {', '.join(TYPES)}")
    return {key: value for key, value in wanted.items() if value is not None}


async def listed(asked: Asked) -> dict[str, Any]:
    rows = sorted(asked.world.judging.blocklists)
    cursor = asked.query.get("cursor", "")
    after = [name for name in rows if name > cursor]
    limit = asked.number("limit", 100, 200)
    chosen = after[:limit]
    answer: dict[str, Any] = {
        "blocklists": [rendered(asked.world.judging.blocklists[name]) for name in chosen]
    }
    if len(after) > limit and chosen:
        answer["next_cursor"] = chosen[-1]
    return answer


async def create(asked: Asked) -> dict[str, Any]:
    wanted = _checked(asked)
    name = wanted.get("name")
    if not isinstance(name, str) or not name or len(name) > 255:
        raise input_error("name is a required field of at most 255 characters")
    if "words" not in wanted:
        raise input_error("words is a required field")
    return {"blocklist": rendered(asked.world.judging.put_blocklist(wanted, new=True))}


async def get(asked: Asked) -> dict[str, Any]:
    return {"blocklist": rendered(asked.world.judging.blocklists[asked.path["name"]])}


async def update(asked: Asked) -> dict[str, Any]:
    found = asked.world.judging.blocklists[asked.path["name"]]
    # UpdateBlockListRequest has neither a name nor a type.
    fixed = {"name": found["name"], "type": found["type"]}
    stored = asked.world.judging.put_blocklist({**_checked(asked), **fixed})
    return {"blocklist": rendered(stored)}


async def delete(asked: Asked) -> None:
    asked.world.judging.drop_blocklist(asked.path["name"])


async def import_items(asked: Asked, wanted: Import) -> dict[str, Any]:
    """Add entries; they are there at once, the task follows."""
    stored = asked.world.judging.blocklists[asked.path["id"]]
    words = list(dict.fromkeys((*stored["words"], *wanted.items)))
    if len(words) > MAX_WORDS:
        raise input_error(f"a block list holds at most {MAX_WORDS} entries")
    added = len(words) - len(stored["words"])
    asked.world.judging.put_blocklist({"name": stored["name"], "words": words})
    return {"task_id": asked.world.accounts.task({"imported": added}).id}
