"""The inbox of moderators: saved queues, and the actions that are offered in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.sandbox.collection import Collection
from console.sandbox.rendering import fields
from console.sandbox.state import State

DEFAULT_ACTIONS = ("mark_reviewed", "ban", "kick_user", "end_call", "delete_user", "escalate")

Fields = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Queue:
    """A saved view of the review queue. Times are unix seconds."""

    id: str
    name: str
    type: str
    created_by: str
    created_at: float
    updated_at: float
    description: str = ""
    filters: dict[str, Any] = field(default_factory=dict)
    sort: list[dict[str, Any]] = field(default_factory=list)

    def wire(self, item_count: int) -> dict[str, Any]:
        """ModerationQueueResponse."""
        return {**fields(self), "item_count": item_count}


class Inbox:
    """Keeps queues and action configs."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.queues: Collection[Queue] = Collection("queue {} does not exist")
        self.actions: Collection[dict[str, Any]] = Collection("action config {} does not exist")

    def add_queue(self, name: str, kind: str, by: str) -> Queue:
        """A new queue."""
        now = self._state.now()
        queue = Queue(self._state.new_id(), name, kind, by, now, now)
        self.queues[queue.id] = queue
        return queue

    def change_queue(self, queue: Queue, wanted: Fields) -> None:
        """Set what ``wanted`` holds; None leaves a field as it is."""
        for name in ("name", "description", "filters", "sort"):
            if wanted.get(name) is not None:
                setattr(queue, name, wanted[name])
        queue.updated_at = self._state.now()

    def put_action(self, wanted: Fields) -> dict[str, Any]:
        """Offer an action for an entity type; the same id changes it."""
        action_id = wanted.get("id") or self._state.new_id()
        stored = {
            **wanted,
            "id": action_id,
            "description": wanted.get("description") or "",
            "icon": wanted.get("icon") or "",
            "custom": wanted.get("custom") or {},
        }
        self.actions[action_id] = stored
        return stored

    def actions_of(self, entity_types: set[str]) -> dict[str, list[dict[str, Any]]]:
        """Own actions by entity type, those without a type of item in the queue too."""
        found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in sorted(entity_types)}
        for stored in sorted(self.actions.values(), key=lambda one: one["order"]):
            found.setdefault(stored["entity_type"], []).append(stored)
        return found


def default_actions(entity_types: set[str]) -> dict[str, list[dict[str, Any]]]:
    """What is offered for each entity type where nothing else is configured."""
    return {
        kind: [
            {
                "action": action,
                "description": action.replace("_", " ").capitalize(),
                "icon": action,
                "order": order,
                "entity_type": kind,
                "custom": {},
                "queue_type": None,
            }
            for order, action in enumerate(DEFAULT_ACTIONS)
        ]
        for kind in sorted(entity_types)
    }
