"""Whether an act can be sent at all, decided from the act alone."""

from console.domain.act import Act
from console.domain.acts.spec import Scope
from console.domain.acts.table import is_known, spec_of

NOBODY_CHANGES = "It would change nothing for anybody in this call."


def validate(act: Act) -> str:
    """One sentence on why ``act`` cannot be sent, or an empty string."""
    spec = spec_of(act.kind)
    if not is_known(act.kind):
        return spec.consequence
    if not act.cid and not spec.app_wide:
        return "The act names no call."
    if spec.for_each:
        return "" if act.user_ids else NOBODY_CHANGES
    if spec.scope is Scope.CALL:
        return "The act is on a whole call, but names people." if act.user_ids else ""
    if not act.user_ids or "" in act.user_ids:
        return "The act names no person."
    if spec.scope is Scope.REQUEST and not act.permissions:
        return "It is not known what was asked for."
    if act.minutes is not None and act.minutes < 1:
        return "A ban lasts at least one minute."
    return ""
