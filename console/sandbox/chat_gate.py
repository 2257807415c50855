"""What happens to a chat message before others see it (STREAM.md 12.5, 12.8).

A policy ``chat:type:id``, ``chat:type`` or ``chat`` judges it. What it refuses is answered with a
message of type ``error``, not with an error, and only the review queue shows it (?).
"""

from collections.abc import Sequence
from typing import Any

from console.domain.results import Judgement
from console.domain.verdict import KEEP
from console.sandbox.api_errors import not_allowed
from console.sandbox.channel_capabilities import own_capabilities
from console.sandbox.chat import Chat
from console.sandbox.chat_messages import Message
from console.sandbox.judging import Content, Judging, Outcome
from console.sandbox.state import State

ENTITY_TYPE = "stream:chat:v1:message"
BLOCKED = "Message was blocked by moderation policies"
FROZEN = "Sending messages to this channel has been disabled"
"""The words are ours (?)."""


class ChatGate:
    """Lets messages into ``chat``, or not."""

    def __init__(self, state: State, chat: Chat, judging: Judging) -> None:
        self._state = state
        self._chat = chat
        self._judging = judging

    def send(
        self,
        cid: str,
        user_id: str,
        text: str,
        message_id: str = "",
        custom: dict[str, Any] | None = None,
        attachments: list[dict[str, Any]] | None = None,
        *,
        by_server: bool = False,
        moderated: bool = True,
    ) -> Message:
        """What the sender gets back.

        ``by_server``: the app's server sends it for them, whom no right is missing.
        ``moderated``: it is judged.

        Raises:
            ApiError: as Chat.prepare; 403 code 17, the user may not send messages there.
        """
        channel = self._chat.channel(cid)
        user = self._state.users[user_id]
        if not by_server and "send-message" not in own_capabilities(channel, user):
            raise not_allowed(f"User '{user_id}' is not allowed to perform action SendMessage")
        message = self._chat.prepare(
            cid, user_id, text, message_id, custom, attachments, paced=not by_server
        )
        if channel.frozen and not by_server:
            message.error, message.text = True, FROZEN
            return message
        judged = moderated and self._judging.evaluator_for(_key(cid)) is not None
        outcome = self._judge(message) if judged else None
        if outcome is None or outcome.action == KEEP:
            return self._chat.publish(message)
        return self._answer_to(message, outcome)

    def release(self, message: Message) -> Message:
        """Publish a message after all that was blocked."""
        message.error = False
        message.text = (message.moderation or {}).get("original_text", message.text)
        return self._chat.publish(message)

    def _judge(self, message: Message) -> Outcome:
        images = [each["image_url"] for each in message.attachments if each.get("image_url")]
        content = Content(
            entity_type=ENTITY_TYPE,
            entity_id=message.id,
            creator_id=message.user.id,
            payload={"texts": [message.text], "images": images, "videos": [], "custom": {}},
            config_key=_key(message.cid),
        )
        return self._judging.check(content)

    def _answer_to(self, message: Message, outcome: Outcome) -> Message:
        action, original = outcome.action, message.text
        kind = action.partition("_")[0]
        message.moderation = _moderation(kind, original, outcome.judgements)
        match kind:
            case "remove" | "block":
                message.error, message.text = True, BLOCKED
                self._chat.hold(message)
            case "bounce":
                message.error = True
            case "shadow":
                message.shadowed = True
                self._chat.publish(message)
            case _:
                if kind == "mask":
                    message.text = _masked(original, outcome.judgements)
                self._chat.publish(message)
        if outcome.item is not None:
            outcome.item.message = {**message.wire(), "text": original}
        return message


def _key(cid: str) -> str:
    return f"chat:{cid}"


def _moderation(action: str, original: str, judgements: Sequence[Judgement]) -> dict[str, Any]:
    """MessageModeration, in its v2 form."""
    harms = [label.lower() for one in judgements for label in one.labels]
    return {
        "action": action,
        "original_text": original,
        "text_harms": list(dict.fromkeys(harms)),
        "image_harms": [],
    }


def _masked(text: str, judgements: Sequence[Judgement]) -> str:
    letters = list(text)
    for match in (match for one in judgements for match in one.matches):
        for at in range(match.start, min(match.end, len(letters))):
            letters[at] = "*"
    return "".join(letters)
