"""How an event is packed for a webhook, an SQS queue or an SNS topic. Pure (STREAM.md 3.7)."""

import base64
import gzip
import hashlib
import hmac
from typing import Any

import msgspec

from console.sandbox.timestamps import rfc3339


def signature(body: bytes, secret: str) -> str:
    """HMAC-SHA256 of the body as it is before it is packed, in hex."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers(
    body: bytes, *, api_key: str, secret: str, hook_id: str, attempt: int
) -> dict[str, str]:
    """What a webhook request carries beside ``body``."""
    return {
        "Content-Type": "application/json",
        "X-API-KEY": api_key,
        "X-SIGNATURE": signature(body, secret),
        "X-WEBHOOK-ID": hook_id,
        "X-WEBHOOK-ATTEMPT": str(attempt),
    }


def packed(body: bytes) -> bytes:
    """The body as gzip, the same every time."""
    return gzip.compress(body, mtime=0)


def as_text(body: bytes, *, compressed: bool) -> str:
    """A queue's message: the JSON itself, or base64 of it as gzip."""
    return base64.b64encode(packed(body)).decode() if compressed else body.decode()


def sqs_message(text: str, *, message_id: str, api_key: str, signed: str) -> dict[str, Any]:
    """One entry of ReceiveMessage's ``Messages``."""
    attributes = {"X-API-KEY": api_key, "X-SIGNATURE": signed, "X-WEBHOOK-ID": message_id}
    return {
        "MessageId": message_id,
        "ReceiptHandle": base64.b64encode(message_id.encode()).decode(),
        "MD5OfBody": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
        "Body": text,
        "Attributes": {"ApproximateReceiveCount": "1"},
        "MessageAttributes": {
            name: {"StringValue": value, "DataType": "String"} for name, value in attributes.items()
        },
    }


def sns_notification(text: str, *, message_id: str, topic: str, at: float) -> str:
    """The JSON document that SNS posts or puts into a queue, without its signature."""
    document = {
        "Type": "Notification",
        "MessageId": message_id,
        "TopicArn": topic,
        "Message": text,
        "Timestamp": rfc3339(at),
        "SignatureVersion": "1",
        "Signature": "",
        "SigningCertURL": "",
        "UnsubscribeURL": "",
    }
    return msgspec.json.encode(document).decode()
