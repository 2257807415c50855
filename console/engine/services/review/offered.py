"""The actions that the app offers for its content, from Stream's ``action_config``. Pure.

Which actions are the app's own is not documented (?): what is no action type of Stream is taken
for one, and so is what is called custom. Reasons are a convention of this program in the field
that is free for anything: ``custom.reason_required`` and ``custom.reasons``.
"""

from collections.abc import Mapping
from typing import Any

from console.domain.acts.queue import is_action
from console.domain.review import CUSTOM
from console.engine.wire.limits import MAX_NAME, MAX_REASON
from console.protocol.review import OfferedAction

MAX_ACTIONS = 30
"""Of one kind of content."""
MAX_KINDS = 50
MAX_REASONS = 30


def offered_actions(config: Mapping[str, Any]) -> tuple[OfferedAction, ...]:
    """What is offered, by entity type and in the app's order; what is malformed is left out."""
    found: list[OfferedAction] = []
    for entity_type, rows in list(config.items())[:MAX_KINDS]:
        given = rows[:MAX_ACTIONS] if isinstance(rows, list) else []
        some = [one for row in given if (one := _one(str(entity_type), row)) is not None]
        found += sorted(some, key=lambda one: one.order)
    return tuple(found)


def _one(entity_type: str, row: Any) -> OfferedAction | None:
    name = row.get("action") if isinstance(row, dict) else None
    if not isinstance(name, str) or not name:
        return None
    custom = row.get("custom") if isinstance(row.get("custom"), dict) else {}
    title, order = row.get("description"), row.get("order")
    own = name == CUSTOM or not is_action(name)
    known = custom.get("id") if name == CUSTOM else name
    custom_id = known if isinstance(known, str) and known else row.get("id")
    if own and not isinstance(custom_id, str):
        return None
    reasons = custom.get("reasons")
    allowed = [one for one in reasons if isinstance(one, str)] if isinstance(reasons, list) else []
    return OfferedAction(
        entity_type=entity_type,
        action=CUSTOM if own else name,
        title=(title if isinstance(title, str) and title else name.replace("_", " "))[:MAX_NAME],
        order=order if isinstance(order, int) else 0,
        custom_id=str(custom_id)[:MAX_NAME] if own else "",
        reason_required=bool(allowed) or custom.get("reason_required") is True,
        reasons=tuple(one[:MAX_REASON] for one in allowed[:MAX_REASONS]),
    )
