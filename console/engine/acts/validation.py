"""Whether an act can be sent at all, decided from the act alone."""

from console.domain.act import Act
from console.domain.acts.chat import NO_CHAT
from console.domain.acts.queue import action_of
from console.domain.acts.spec import Scope
from console.domain.acts.table import is_known, spec_of
from console.domain.item import MESSAGE
from console.domain.review import CUSTOM, NEEDS_REASON

NOBODY_CHANGES = "It would change nothing for anybody in this call."


def validate(act: Act) -> str:
    """One sentence on why ``act`` cannot be sent, or an empty string."""
    spec = spec_of(act.kind)
    if not is_known(act.kind):
        return spec.consequence
    if spec.scope is Scope.ITEM:
        return _of_item(act)
    if not act.cid and not spec.app_wide:
        return "The act names no call."
    if spec.of_chat and not act.channel:
        return NO_CHAT
    if spec.of_message and not _names_a_message(act):
        return "The act names no chat message of this person."
    if spec.for_each:
        return "" if act.user_ids else NOBODY_CHANGES
    if spec.scope is Scope.CALL:
        return "The act is on a whole call, but names people." if act.user_ids else ""
    if not act.user_ids or "" in act.user_ids:
        return "The act names no person."
    if spec.scope is Scope.REQUEST and not act.permissions:
        return "It is not known what was asked for."
    return _minutes(act)


def _names_a_message(act: Act) -> bool:
    item = act.item
    return (
        item is not None
        and item.kind == MESSAGE
        and bool(item.source_id)
        and act.user_ids == (item.author_id,)
    )


def _of_item(act: Act) -> str:
    decision = act.review
    if decision is None or not (decision.item_id or decision.appeal_id):
        return "The act names no item of the review queue."
    action = action_of(act.kind)
    if action in NEEDS_REASON and not act.reason:
        return "Stream wants a reason for this."
    if action == CUSTOM and not decision.custom_id:
        return "The act does not say which action of the app it is."
    return _minutes(act)


def _minutes(act: Act) -> str:
    return "A time is at least one minute." if act.minutes is not None and act.minutes < 1 else ""
