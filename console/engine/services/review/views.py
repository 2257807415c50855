"""Views of the queue as Stream's filters and sorts (STREAM.md 6.6). Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.verdict import Severity
from console.engine.wire.limits import MAX_ID, MAX_NAME, MAX_REASON
from console.protocol.review import QueueFilter, QueueOrder, QueueQuery, QueueView

MAX_VIEWS = 100

DUE = "due"
APPEALS = "appeals"
REVIEWED = "reviewed"

_LEAST_LEVEL = {Severity.LOW: 1, Severity.MEDIUM: 26, Severity.HIGH: 51, Severity.CRITICAL: 76}
"""Where each severity begins on Stream's scale of 1 to 100 (?)."""

_SORTS: Mapping[QueueOrder, tuple[tuple[str, int], ...]] = {
    QueueOrder.SEVERITY: (("severity", -1), ("created_at", 1)),
    QueueOrder.AGE: (("created_at", 1),),
    QueueOrder.REPORTS: (("flags_count", -1), ("created_at", 1)),
}


class View(Struct, frozen=True):
    """A view with its filters in Stream's words."""

    shown: QueueView
    filters: Mapping[str, Any]


BUILT_IN = (
    View(
        QueueView(view_id=DUE, name="Due", note="What waits for a decision."), {"reviewed": False}
    ),
    View(
        QueueView(view_id="escalated", name="Escalated", note="Handed on, and not decided."),
        {"reviewed": False, "escalated": True},
    ),
    View(
        QueueView(view_id=APPEALS, name="Appeals", note="People who object to what was done."),
        {"appeal": True},
    ),
    View(
        QueueView(view_id=REVIEWED, name="Reviewed", note="Decided, the latest first."),
        {"reviewed": True},
    ),
)


def saved_views(untrusted: Mapping[str, Any]) -> tuple[View, ...]:
    """The views of an answer of the saved queues; what is none is left out."""
    rows = untrusted.get("queues")
    found = (_saved(row) for row in (rows if isinstance(rows, list) else ())[:MAX_VIEWS])
    return tuple(view for view in found if view is not None)


def _saved(row: Any) -> View | None:
    if not isinstance(row, dict):
        return None
    view_id, name = row.get("id"), row.get("name")
    filters, note, kind = row.get("filters"), row.get("description"), row.get("type")
    if not isinstance(view_id, str) or not isinstance(name, str) or len(view_id) > MAX_ID:
        return None
    return View(
        QueueView(
            view_id=view_id,
            name=name[:MAX_NAME],
            note=note[:MAX_REASON] if isinstance(note, str) else "",
            kind=visible(kind[:MAX_NAME]) if isinstance(kind, str) else "saved",
        ),
        filters if isinstance(filters, dict) else {},
    )


def view_of(views: Iterable[View], view_id: str) -> View:
    """The view of this id; what is due where there is none any more."""
    return next((view for view in views if view.shown.view_id == view_id), BUILT_IN[0])


def conditions(view: View, chosen: QueueFilter) -> dict[str, Any]:
    """The filter of a request for what fits a view and what was chosen besides."""
    wanted: dict[str, Any] = dict(view.filters)
    for field, value in (
        ("label", chosen.label),
        ("recommended_action", chosen.action),
        ("reporter_type", chosen.reporter),
    ):
        if value:
            wanted[field] = {"$in": [value]}
    if chosen.severity in _LEAST_LEVEL:
        wanted["severity"] = {"$gte": _LEAST_LEVEL[Severity(chosen.severity)]}
    if chosen.config_key:
        wanted["config_key"] = {"$eq": chosen.config_key}
    if chosen.field and chosen.value:
        wanted[chosen.field] = {"$eq": chosen.value}
    if chosen.content in ("text", "image", "video"):
        wanted[f"has_{chosen.content}"] = True
    return wanted


def sort_of(query: QueueQuery) -> list[dict[str, Any]]:
    """The sort of a request; what was decided is looked at from the latest back."""
    sorts = (("reviewed_at", -1),) if query.view_id == REVIEWED else _SORTS[query.order]
    return [{"field": field, "direction": way} for field, way in sorts]
