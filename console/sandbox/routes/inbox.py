"""Saved queues and action configs (STREAM.md 6.8)."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from console.sandbox.inbox import Queue, default_actions
from console.sandbox.operation import Asked
from console.sandbox.routes.review_queue import matching

Name = Annotated[str, Meta(min_length=1, max_length=255)]


class NewQueue(Struct):
    name: Name
    type: Literal["personal_view", "operational_queue"]
    description: str | None = None
    filters: dict[str, Any] | None = None
    sort: list[dict[str, Any]] | None = None
    user_id: str | None = None


class QueueChange(Struct):
    name: Name | None = None
    description: str | None = None
    filters: dict[str, Any] | None = None
    sort: list[dict[str, Any]] | None = None


class ActionConfig(Struct):
    action: str
    entity_type: str
    order: Annotated[int, Meta(ge=0, le=100)]
    description: str | None = None
    icon: str | None = None
    custom: dict[str, Any] | None = None
    queue_type: str | None = None
    id: str | None = None


class ManyActions(Struct):
    action_configs: list[ActionConfig]


class ManyIds(Struct):
    ids: list[str]


async def list_queues(asked: Asked) -> dict[str, Any]:
    return {"queues": [_rendered(asked, one) for one in asked.world.inbox.queues.values()]}


async def create_queue(asked: Asked, wanted: NewQueue) -> dict[str, Any]:
    inbox = asked.world.inbox
    queue = inbox.add_queue(wanted.name, wanted.type, asked.actor(wanted.user_id))
    inbox.change_queue(queue, msgspec.structs.asdict(wanted))
    return {"queue": _rendered(asked, queue)}


async def get_queue(asked: Asked) -> dict[str, Any]:
    return {"queue": _rendered(asked, asked.world.inbox.queues[asked.path["id"]])}


async def update_queue(asked: Asked) -> dict[str, Any]:
    queue = asked.world.inbox.queues[asked.path["id"]]
    asked.world.inbox.change_queue(queue, msgspec.structs.asdict(asked.body(QueueChange)))
    return {"queue": _rendered(asked, queue)}


async def delete_queue(asked: Asked) -> None:
    asked.world.inbox.queues.drop(asked.path["id"])


async def get_actions(asked: Asked) -> dict[str, Any]:
    query, inbox = asked.query, asked.world.inbox
    kinds = {item.entity_type for item in asked.world.judging.items.values()}
    kinds |= {stored["entity_type"] for stored in inbox.actions.values()}
    if query.get("entity_type"):
        kinds &= {query["entity_type"]}
    own = {} if query.get("only_defaults") == "true" else inbox.actions_of(kinds)
    defaults = {} if query.get("exclude_defaults") == "true" else default_actions(kinds)
    return {
        "action_config": {
            kind: [*own.get(kind, ()), *defaults.get(kind, ())] for kind in sorted(kinds)
        }
    }


async def put_action(asked: Asked, wanted: ActionConfig) -> dict[str, Any]:
    return {"action_config": asked.world.inbox.put_action(msgspec.structs.asdict(wanted))}


async def put_actions(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(ManyActions).action_configs
    put = asked.world.inbox.put_action
    return {"action_configs": [put(msgspec.structs.asdict(one)) for one in wanted]}


async def delete_actions(asked: Asked) -> dict[str, Any]:
    actions = asked.world.inbox.actions
    return {"deleted": sum(1 for one in asked.body(ManyIds).ids if actions.pop(one, None))}


async def delete_action(asked: Asked) -> dict[str, Any]:
    asked.world.inbox.actions.drop(asked.path["id"])
    return {"deleted": 1}


def _rendered(asked: Asked, queue: Queue) -> dict[str, Any]:
    fits = matching(queue.filters)
    return queue.wire(sum(1 for item in asked.world.judging.items.values() if fits(item)))
