"""Which requests of the API an act is. Pure, but for the one function that sends."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct

from console.domain.act import Act
from console.domain.acts.ban import BAN, UNBAN
from console.domain.acts.block import BLOCK, UNBLOCK
from console.domain.acts.call import END_CALL
from console.domain.acts.kick import KICK
from console.domain.acts.spec import Scope
from console.domain.acts.table import is_known, spec_of
from console.engine.acts.gateway import ActsGateway

WHOLE_CALL = ""
"""Stands where a user id would, for acts on a whole call."""


class Endpoint(StrEnum):
    """The gateway's method."""

    MUTE = "mute"
    KICK = "kick"
    BLOCK = "block"
    UNBLOCK = "unblock"
    PERMISSIONS = "update_permissions"
    BAN = "ban"
    UNBAN = "unban"
    END = "end_call"


_ENDPOINT = {
    KICK: Endpoint.KICK,
    BLOCK: Endpoint.BLOCK,
    UNBLOCK: Endpoint.UNBLOCK,
    BAN: Endpoint.BAN,
    UNBAN: Endpoint.UNBAN,
    END_CALL: Endpoint.END,
}


class Request(Struct, frozen=True, kw_only=True):
    """One request.

    Attributes:
        targets: the people it is about, or WHOLE_CALL alone.
    """

    endpoint: Endpoint
    cid: str
    targets: tuple[str, ...]
    track: str = ""
    grant: tuple[str, ...] = ()
    revoke: tuple[str, ...] = ()
    minutes: int | None = None
    reason: str = ""
    ip_ban: bool = False


def targets(act: Act) -> tuple[str, ...]:
    """Whom the act is about: its people without repetitions, or WHOLE_CALL alone."""
    return tuple(dict.fromkeys(act.user_ids)) or (WHOLE_CALL,)


def misfit(act: Act) -> str:
    """One sentence on why ``act`` cannot be a request at all, or an empty string."""
    spec = spec_of(act.kind)
    if not is_known(act.kind):
        return spec.consequence
    if not act.cid and not spec.app_wide:
        return "The act names no call."
    if spec.scope is Scope.CALL:
        return "The act is on a whole call, but names people." if act.user_ids else ""
    if not act.user_ids or "" in act.user_ids:
        return "The act names no person."
    if spec.scope is Scope.REQUEST and not act.permissions:
        return "It is not known what was asked for."
    if act.kind == BAN and act.minutes is not None and act.minutes < 1:
        return "A ban lasts at least one minute."
    return ""


def requests_of(
    act: Act, *, done: Collection[str] = (), only: Mapping[str, tuple[str, ...]] | None = None
) -> list[Request]:
    """The requests that are left to do for ``act``.

    Args:
        done: people for whom it is done already.
        only: for some people, the permissions to which the act is limited: an undo puts back
            what was changed and nothing else.
    """
    left = tuple(target for target in targets(act) if target not in done)
    if not left:
        return []
    spec = spec_of(act.kind)
    if spec.many or (spec.track and spec.scope is Scope.CALL):
        return [Request(endpoint=Endpoint.MUTE, cid=act.cid, targets=left, track=spec.track)]
    if spec.grants or spec.revokes:
        return _permission_requests(act, left, only or {})
    ban = act.kind == BAN
    return [
        Request(
            endpoint=_ENDPOINT[act.kind],
            cid=act.cid,
            targets=(target,),
            minutes=act.minutes if ban else None,
            reason=act.reason if ban else "",
            ip_ban=act.ip_ban and ban,
        )
        for target in left
    ]


def _permission_requests(
    act: Act, left: tuple[str, ...], only: Mapping[str, tuple[str, ...]]
) -> list[Request]:
    spec = spec_of(act.kind)
    wanted = spec.permissions_of(act)
    found: list[Request] = []
    for target in left:
        permissions = only.get(target, wanted)
        if permissions:
            found.append(
                Request(
                    endpoint=Endpoint.PERMISSIONS,
                    cid=act.cid,
                    targets=(target,),
                    grant=permissions if spec.grants else (),
                    revoke=permissions if spec.revokes else (),
                )
            )
    return found


async def send(request: Request, gateway: ActsGateway) -> None:
    """Do it. Raises StreamRefusedError."""
    cid, first = request.cid, request.targets[0]
    match request.endpoint:
        case Endpoint.MUTE if first == WHOLE_CALL:
            await gateway.mute(cid, request.track, everyone=True)
        case Endpoint.MUTE:
            await gateway.mute(cid, request.track, user_ids=request.targets)
        case Endpoint.KICK:
            await gateway.kick(cid, first)
        case Endpoint.BLOCK:
            await gateway.block(cid, first)
        case Endpoint.UNBLOCK:
            await gateway.unblock(cid, first)
        case Endpoint.PERMISSIONS:
            await gateway.update_permissions(cid, first, grant=request.grant, revoke=request.revoke)
        case Endpoint.BAN:
            await gateway.ban(
                first, minutes=request.minutes, reason=request.reason, ip_ban=request.ip_ban
            )
        case Endpoint.UNBAN:
            await gateway.unban(first)
        case Endpoint.END:
            await gateway.end_call(cid)
