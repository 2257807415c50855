"""Delete a chat message, put it back, or delete it for good (STREAM.md 12.5)."""

from typing import ClassVar

from msgspec import Struct

from console.domain.act import Act
from console.domain.acts.chat import ACTS, DELETE_FOR_GOOD, DELETE_MESSAGE, RESTORE_MESSAGE
from console.domain.item import FOR_GOOD, Item
from console.engine.acts.families.family import NOBODY, ActRequest, Family, Look, People, RepeatRule
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.chat import (
    MODERATION,
    Message,
    MessageDeleted,
    MessageNew,
    MessageUndeleted,
    MessageUpdated,
    message_path,
)
from console.engine.wire.decode import convert_untrusted
from console.engine.wire.events import Event
from console.engine.wire.refusals import RefusedError

ENTITY_TYPE = "stream:chat:v1:message"
NOT_FOUND = 404


class _Answer(Struct):
    message: Message


class ChatMessage(Family):
    """Messages in chats. A user token puts one back through the action of the review queue, since
    the plain operation is a server's (STREAM.md 12.10); whether that is open to a message that was
    deleted outside the queue is not known (?).
    """

    acts = tuple(spec for spec in ACTS if spec.of_message)
    proofs: ClassVar = {
        DELETE_MESSAGE: (MessageDeleted,),
        DELETE_FOR_GOOD: (MessageDeleted,),
        RESTORE_MESSAGE: (MessageUndeleted, MessageUpdated),
    }
    repeat: ClassVar = RepeatRule(
        harm="A message that a colleague put back is deleted again, or the other way round.",
        looked_at="the message is deleted, gone or there",
        not_done="nothing: Stream does not deliver every event of a chat",
        unseen="It was sent, but no answer came; the message does not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        path, whom = message_path(_message(act).source_id), (target,)
        if act.kind != RESTORE_MESSAGE:
            query = {"deleted_by": actor} if actor else {}
            if act.kind == DELETE_FOR_GOOD:
                query["hard"] = "true"
            return ActRequest(path, whom, query=query, method="DELETE")
        if actor:
            return ActRequest(f"{path}/undelete", whom, {"undeleted_by": actor})
        body = {
            "action_type": "restore",
            "entity_type": ENTITY_TYPE,
            "entity_id": _message(act).source_id,
            "restore": {"decision_reason": act.reason},
        }
        return ActRequest(f"{MODERATION}submit_action", whom, body)

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        wanted = _message(entry.act)
        if not isinstance(event, MessageNew) or event.message.id != wanted.source_id:
            return NOBODY
        kind, deleted = entry.act.kind, event.deleted
        shown = {
            DELETE_MESSAGE: bool(deleted),
            DELETE_FOR_GOOD: deleted == FOR_GOOD,
            RESTORE_MESSAGE: not deleted,
        }
        return entry.targets if shown[kind] else NOBODY

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        path = message_path(_message(entry.act).source_id)
        query = {"show_deleted_message": "true"} if stream.actor else None
        try:
            answer = await stream.ask("GET", path, query=query)
        except RefusedError as error:
            if error.status != NOT_FOUND:
                raise
            return Look() if entry.act.kind == RESTORE_MESSAGE else Look(done=left)
        deleted = bool(convert_untrusted(answer, _Answer).message.deleted)
        done = {DELETE_MESSAGE: deleted, RESTORE_MESSAGE: not deleted}
        return Look(done=left) if done.get(entry.act.kind) else Look()


def _message(act: Act) -> Item:
    """The message it is about; acts without one were refused when they came in."""
    assert act.item is not None
    return act.item
