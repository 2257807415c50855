"""Suspending a call: the same requests and evidence as for the permissions of one person."""

from typing import ClassVar

from console.domain.acts import suspension
from console.domain.acts.table import spec_of
from console.engine.acts.families.family import ActRequest, RepeatRule, fields
from console.engine.acts.families.permission import Permission
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import PermissionsUpdated
from console.engine.wire.paths import call_path


class Suspension(Permission):
    """Permissions of everybody in a call, each of them as the act names it.

    Taking begins with one mute of all of them, so that it is silent before the last was reached.
    """

    acts = suspension.ACTS
    proofs: ClassVar = {spec.kind: (PermissionsUpdated,) for spec in acts}
    repeat: ClassVar = RepeatRule(
        harm="What a colleague gave one of them back is taken away again, or the other way round.",
        looked_at="they send what they were given back; what they no longer may is only heard",
        not_done="no change of their permissions was heard without a break since",
        unseen="It was sent, but no answer came; what they may do now cannot be looked up.",
    )

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        each = super().requests(entry, left, actor)
        spec = spec_of(entry.act.kind)
        if spec.grants or len(each) < 2:
            return each
        whom = [user_id for request in each for user_id in request.targets]
        body = {
            **dict.fromkeys(spec.tracks, True),
            "user_ids": whom,
            **fields(muted_by_id=actor),
        }
        mute = ActRequest(call_path(entry.act.cid, "mute_users"), (), body)
        return [mute, *each]
