"""A policy and its lists, read from a Stream app and written to it (STREAM.md 6.3, 6.5)."""

from typing import Any
from urllib.parse import quote

from console.engine.wire.asking import Asking
from console.engine.wire.limits import MAX_ID
from console.engine.wire.refusals import RefusedError, UnreadableAnswerError
from console.policy.difference import LIST_FIELDS, Difference, difference
from console.policy.model import Blocklist, Policy
from console.policy.policy_text import write_policy
from console.policy.stream_config import from_stream, to_stream, to_wire

NOT_FOUND = 404
CONFIG = "/api/v2/moderation/config"
LISTS = "/api/v2/blocklists"


async def pull(
    gateway: Asking, key: str, also: tuple[str, ...] = (), team: str = ""
) -> Policy | None:
    """The policy of ``key`` with the lists its rules name; None when the app has none.

    ``also`` names further lists to look for. A list that the app does not have is left out.

    Raises:
        StreamRefusedError: Stream refused, or what it answered is no policy.
    """
    answer = await _found(gateway, f"{CONFIG}/{quote(key, safe='')}", _of_team(team))
    config = (answer or {}).get("config")
    named = _named_lists(config)
    lists: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys((*named, *also)):
        found = await _found(gateway, f"{LISTS}/{quote(name, safe='')}")
        if found is not None and isinstance(found.get("blocklist"), dict):
            lists[name] = found["blocklist"]
    if config is None and not lists:
        return None
    try:
        policy = from_stream(config or {"key": ""}, lists)
        write_policy(policy)
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        # Parts of it are of other kinds than anything can be done with.
        raise UnreadableAnswerError(_NO_POLICY) from error
    return policy


_NO_POLICY = "Stream's policy could not be read: parts of it are not what Stream documents."


def _named_lists(config: Any) -> list[str]:
    section = config.get("block_list_config") if isinstance(config, dict) else None
    rules = section.get("rules") if isinstance(section, dict) else None
    rows = rules if isinstance(rules, list) else []
    names = [rule.get("name", "") for rule in rows if isinstance(rule, dict)]
    return [name for name in names if isinstance(name, str) and len(name) <= MAX_ID]


async def compare(gateway: Asking, mine: Policy) -> Difference:
    """What pushing ``mine`` would change in the app."""
    return compared(mine, await standing(gateway, mine))


async def standing(gateway: Asking, mine: Policy) -> Policy | None:
    """What the app has where ``mine`` would be written; with an empty key it has only lists."""
    names = tuple(each.name for each in mine.blocklists if not each.stand_in)
    return await pull(gateway, mine.key, names, str(mine.sections.get("team") or ""))


def compared(mine: Policy, theirs: Policy | None) -> Difference:
    """What it takes to make ``theirs``, as :func:`standing` found it, into ``mine``."""
    if theirs is not None and not theirs.key:  # lists only
        found = difference(mine, theirs)
        whole = difference(mine, None)
        return Difference(found.lists, whole.config, whole.config_sentences)
    return difference(mine, theirs)


async def push(gateway: Asking, changes: Difference) -> None:
    """Write ``changes``: the lists first, since a config may name only lists that exist."""
    for change in changes.lists:
        if change.new:
            await _create_list(gateway, change.blocklist)
        elif change.replaced:
            await _replace_list(gateway, change.blocklist)
        else:
            await _put_list(gateway, change.blocklist)
    if changes.config is not None:
        await gateway.ask("POST", CONFIG, changes.config)


async def put_back(gateway: Asking, changes: Difference, theirs: Policy | None) -> None:
    """Undo a push of ``changes`` where ``theirs`` stood before; the config first.

    What is gone already is no error: it is as it was before.
    """
    if changes.config is not None:
        if theirs is not None and theirs.key:
            await gateway.ask("POST", CONFIG, to_stream(theirs)[0])
        else:
            key = str(changes.config.get("key", ""))
            team = _of_team(str(changes.config.get("team") or ""))
            await _delete(gateway, f"{CONFIG}/{quote(key, safe='')}", team)
    for change in changes.lists:
        before = theirs.find_list(change.blocklist.name) if theirs is not None else None
        if before is not None and change.replaced:
            await _replace_list(gateway, before)
        elif before is not None:
            await _put_list(gateway, before)
        else:
            await _delete(gateway, f"{LISTS}/{quote(change.blocklist.name, safe='')}")


async def _create_list(gateway: Asking, blocklist: Blocklist) -> None:
    await gateway.ask("POST", LISTS, {"name": blocklist.name, **_settable(blocklist)})


async def _replace_list(gateway: Asking, blocklist: Blocklist) -> None:
    """Write a list of another type; for a moment there is none of this name."""
    await _delete(gateway, f"{LISTS}/{quote(blocklist.name, safe='')}")
    await _create_list(gateway, blocklist)


async def _put_list(gateway: Asking, blocklist: Blocklist) -> None:
    body = _settable(blocklist)
    body.pop("type", None)  # UpdateBlockListRequest has no such field
    await gateway.ask("PUT", f"{LISTS}/{quote(blocklist.name, safe='')}", body)


async def _delete(gateway: Asking, path: str, query: dict[str, str] | None = None) -> None:
    try:
        await gateway.ask("DELETE", path, query=query)
    except RefusedError as error:
        if error.status != NOT_FOUND:
            raise


def _settable(blocklist: Blocklist) -> dict[str, Any]:
    wire = to_wire(blocklist)
    body = {field: wire[field] for field in LIST_FIELDS}
    if "team" in blocklist.rest:
        body["team"] = blocklist.rest["team"]
    return body


def _of_team(team: str) -> dict[str, str] | None:
    return {"team": team} if team else None


async def _found(
    gateway: Asking, path: str, query: dict[str, str] | None = None
) -> dict[str, Any] | None:
    try:
        return await gateway.ask("GET", path, query=query)
    except RefusedError as error:
        if error.status == NOT_FOUND:
            return None
        raise
