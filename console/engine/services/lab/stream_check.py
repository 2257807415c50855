"""One text checked by Stream in test mode: nothing reaches its review queue (STREAM.md 6.1)."""

import uuid
from typing import Any

from console.base.errors import WorldError
from console.domain.results import Judgement
from console.engine.sources.captions import ENTITY_TYPE
from console.engine.wire.asking import Asking
from console.engine.wire.check import CheckAnswer, read_check
from console.engine.wire.decode import MalformedAnswerError
from console.policy.model import Policy
from console.policy.stream_config import to_stream

CHECK = "/api/v2/moderation/check"
CREATOR = "moderator-console-lab"


async def check_in_test_mode(
    gateway: Asking, text: str, policy: Policy | None, config_key: str, image_url: str = ""
) -> Judgement:
    """What Stream says of ``text`` and of the image at ``image_url``.

    By ``policy``, or without one by the app's policy of ``config_key``.

    The lists that an inline policy names are the app's, not those of the policy file.

    Raises:
        WorldError: Stream refused, or its answer could not be read.
    """
    body: dict[str, Any] = {
        "entity_type": ENTITY_TYPE,
        "entity_id": f"lab-{uuid.uuid4().hex}",
        "entity_creator_id": CREATOR,
        "moderation_payload": {"texts": [text] if text else []},
        "config_key": config_key,
        "test_mode": True,
    }
    if image_url:
        body["moderation_payload"]["images"] = [image_url]
        body["options"] = {"force_sync": True}  # else images are looked at later
    if policy is not None:
        body["config"], _ = to_stream(policy)
        body["config_key"] = policy.key
    try:
        return judgement_of(read_check(await gateway.ask("POST", CHECK, body)))
    except MalformedAnswerError as error:
        raise WorldError(f"Stream's verdict could not be read: {error}.") from error


def judgement_of(answer: CheckAnswer) -> Judgement:
    """Stream's answer as a judgement; Stream names no spans."""
    return Judgement(
        action=answer.action,
        severity=answer.severity,
        labels=answer.labels,
        rule=answer.rule,
        why=answer.why,
    )
