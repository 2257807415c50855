"""What taking back a sanction, or one claim on it, has to do. Pure."""

from collections.abc import Mapping

from msgspec.structs import replace

from console.domain.act import Act
from console.domain.acts.ban import BAN, UNBAN
from console.domain.acts.block import BLOCK, UNBLOCK
from console.domain.acts.chat import (
    CHAT_BAN,
    CHAT_MUTE,
    CHAT_SHADOW_BAN,
    CHAT_UNBAN,
    CHAT_UNMUTE,
)
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS, spec_of
from console.domain.sanction import BY_STREAM, IN_CHAT, Claim, Form, Keeper, Sanction, sanction_id

MINUTE_S = 60.0

CHANGED_NOTHING: tuple[str, ...] = ()

_GRANTS = {spec.permission: spec.kind for spec in ACTS if spec.grants and spec.permission}
_REVOKES = {
    spec.permission: spec.kind
    for spec in ACTS
    if spec.revokes and spec.permission and not spec.timed
}

LIFTING_KINDS = frozenset((UNBLOCK, UNBAN, CHAT_UNBAN, CHAT_UNMUTE, *_GRANTS.values()))

_FORMS = {
    BAN: Form.BANNED,
    CHAT_BAN: Form.CHAT_BANNED,
    CHAT_SHADOW_BAN: Form.CHAT_SHADOWED,
    CHAT_MUTE: Form.HIDDEN,
}


def claims_of(
    act: Act, changes: Mapping[str, tuple[str, ...]], at: float
) -> list[tuple[Sanction, bool]]:
    """The sanctions that ``act`` made, done at ``at`` (unix seconds), each with its claim.

    ``changes``: for people of whom it is known, what the act changed; see StoredAct. With each
    sanction: whether it may be new; False where it was in force before the act.
    """
    spec = spec_of(act.kind)
    names = dict(zip(act.user_ids, act.names, strict=False))
    until = at + act.minutes * MINUTE_S if act.minutes else 0.0
    keeper = Keeper.ENGINE if spec.timed else Keeper.STREAM
    claim = Claim(
        act_id=act.act_id,
        by=act.by,
        reason=act.reason,
        since=at,
        until=until,
        keeper=keeper if until else Keeper.NOBODY,
        sticky=spec.timed and spec.revokes,
    )
    found: list[tuple[Sanction, bool]] = []
    for user_id in act.user_ids:
        known = changes.get(user_id)
        for form, what in _made_by(act):
            if known == CHANGED_NOTHING and spec.scope is Scope.REQUEST:
                continue  # a refused request took nothing away
            sanction = Sanction(
                form=form,
                user_id=user_id,
                cid="" if spec.app_wide else act.cid,
                seen_in=act.cid if spec.app_wide else "",
                what=what,
                channel=act.channel if form in IN_CHAT else "",
                name=names.get(user_id, ""),
                call_name=act.call_name,
                claims=(claim,),
            )
            new = known is None or (what or "changed") in known
            found.append((sanction, new))
    return found


def _made_by(act: Act) -> list[tuple[Form, str]]:
    spec = spec_of(act.kind)
    if act.kind in _FORMS:
        return [(_FORMS[act.kind], "")]
    if spec.scope is Scope.CALL or (not spec.sanction and spec.scope is not Scope.REQUEST):
        return []
    if spec.revokes:
        return [(Form.REVOKED, permission) for permission in spec.permissions_of(act)]
    if spec.undo == UNBLOCK:
        return [(Form.BLOCKED, "")]
    return [(Form.MUTED, "")] if spec.mutes else []


def ended_by(act: Act) -> list[tuple[Form, str, str, str]]:
    """Form, call, person and permission of the sanctions that ``act`` takes back.

    Of an act on each person of a call only the events tell.
    """
    spec = spec_of(act.kind)
    if spec.for_each:
        return []
    if spec.grants:
        whats = [(Form.REVOKED, act.cid, permission) for permission in spec.permissions_of(act)]
    elif act.kind == UNBLOCK:
        whats = [(Form.BLOCKED, act.cid, "")]
    elif act.kind == UNBAN:
        whats = [(Form.BANNED, "", "")]
    elif act.kind == CHAT_UNBAN:
        whats = [(form, act.cid, "") for form in IN_CHAT]
    elif act.kind == CHAT_UNMUTE:
        whats = [(Form.HIDDEN, "", "")]
    else:
        whats = []
    return [(form, cid, user_id, what) for form, cid, what in whats for user_id in act.user_ids]


def given_to_each(act: Act) -> list[str]:
    """Ids of what ``act`` gave back to each person of a call; none for any other act."""
    spec = spec_of(act.kind)
    if not (spec.for_each and spec.grants):
        return []
    return [
        sanction_id(Form.REVOKED, act.cid, user_id, what)
        for user_id, whats in act.of_each.items()
        for what in whats
    ]


def lifting_kind(sanction: Sanction) -> str:
    """The kind of act that takes it back; empty where only the person themselves can."""
    match sanction.form:
        case Form.BLOCKED:
            return UNBLOCK
        case Form.BANNED:
            return UNBAN
        case Form.REVOKED:
            return _GRANTS.get(sanction.what, "")
        case Form.CHAT_BANNED | Form.CHAT_SHADOWED:
            return CHAT_UNBAN
        case Form.HIDDEN:
            return CHAT_UNMUTE
        case Form.MUTED:
            return ""


def why_not_lifted(sanction: Sanction) -> str:
    """Why nobody can take it back now, in one sentence; "" where somebody can."""
    if not lifting_kind(sanction):
        return "Only they themselves can turn it on again."
    return "It is being taken back already." if sanction.lifting else ""


def setting_kind(sanction: Sanction) -> str:
    """The kind of act that puts it in force; empty for mutes, which do not last."""
    kinds = {form: kind for kind, form in _FORMS.items()}
    kinds |= {Form.BLOCKED: BLOCK, Form.REVOKED: _REVOKES.get(sanction.what, "")}
    return kinds.get(sanction.form, "")


def act_on(sanction: Sanction, kind: str, *, act_id: str, at: float, by: str, reason: str) -> Act:
    """An act of that kind on the person of a sanction, for that one sanction alone."""
    return Act(
        act_id=act_id,
        kind=kind,
        cid=sanction.cid,
        requested_at=at,
        call_name=sanction.call_name,
        channel=sanction.channel,
        user_ids=(sanction.user_id,),
        names=(sanction.name or sanction.user_id,),
        reason=reason,
        by=by,
    )


def as_undo(lift: Act, original: Act) -> Act:
    """``lift`` as the undo of ``original``, which made the only claim: so it puts back no more."""
    return replace(lift, undo_of=original.act_id, cid=original.cid)


def running(sanction: Sanction) -> Claim | None:
    """The newest claim whose time can be changed: the engine keeps it alone, or nobody does."""
    if sanction.form in BY_STREAM:
        return None
    for claim in reversed(sanction.claims):
        if claim.act_id and claim.keeper is not Keeper.STREAM:
            return claim
    return None
