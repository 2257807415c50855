"""Learns what each role may do in a call, where no event has told it yet."""

import asyncio
import logging
from typing import Any
from urllib.parse import quote

from console.domain.call import ASKABLE, Call, Permission
from console.engine.services.service import SessionContext
from console.engine.wire.paths import call_path
from console.engine.wire.refusals import StreamRefusedError

log = logging.getLogger(__name__)

LIMIT_S = 2.0
"""Longest that an act waits for it."""

CAPABILITY = "update-call-settings"


async def learn_roles(context: SessionContext, call: Call, changed: asyncio.Event) -> None:
    """Ask once; where Stream does not tell, what people were seen to use is all that is known.

    With the app secret the call type is read. A user token may not read it; but Stream tells the
    capabilities of every role when a call is changed (STREAM.md 5.4), so the settings of its
    screen share are set to what they are. ``changed`` is set when a call has changed.
    """
    directory, gateway = context.directory, context.gateway
    if directory.roles_known(call.cid):
        return
    try:
        async with asyncio.timeout(LIMIT_S):
            if gateway.may_check:
                path = f"/api/v2/video/calltypes/{quote(call.type, safe='')}"
                directory.know_roles(call.cid, read_grants(await gateway.ask("GET", path)))
            elif CAPABILITY in call.own_capabilities:
                await gateway.ask("PATCH", call_path(call.cid), _as_it_is(call))
                while not directory.roles_known(call.cid):
                    changed.clear()
                    await changed.wait()
    except (StreamRefusedError, TimeoutError) as error:
        log.info("what the roles of a call may do is not known: %s", error)


def read_grants(untrusted: dict[str, Any]) -> dict[str, frozenset[str]]:
    """What the roles of a call type may send; nothing where the answer does not say it."""
    grants = untrusted.get("grants")
    if not isinstance(grants, dict):
        return {}
    return {
        role: ASKABLE.intersection(each for each in held if isinstance(each, str))
        for role, held in grants.items()
        if isinstance(held, list)
    }


def _as_it_is(call: Call) -> dict[str, Any]:
    settings = {
        "enabled": Permission.SCREENSHARE in call.allowed,
        "access_request_enabled": Permission.SCREENSHARE in call.may_be_asked,
    }
    return {"settings_override": {"screensharing": settings}}
