"""Whether a webhook is Stream's: its key, its signature, its size. Pure.

``X-SIGNATURE`` is the HMAC-SHA256 of the body in hex, keyed with the app secret, of the body as it
is before it is packed (STREAM.md 3.7, and what the SDK verifies).
"""

import hashlib
import hmac
import zlib
from collections.abc import Mapping

from msgspec import Struct

MAX_PACKED_BYTES = 2 << 20
MAX_BODY_BYTES = 8 << 20
"""Of a body, as it is sent and unpacked. A recorded frame has about 2 kB."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS

FORGED = "A webhook was refused: its signature is not that of this app's secret."
OTHER_APP = "A webhook was refused: it is for another app."
TOO_LARGE = f"A webhook was refused: it is larger than {MAX_BODY_BYTES >> 20} MiB."
NOT_PACKED = "A webhook was refused: its body says that it is packed and cannot be unpacked."


class RefusedWebhookError(Exception):
    """``str()`` says why; ``status`` is what the sender is answered."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class SignedWebhook(Struct, frozen=True):
    """A webhook that Stream sent.

    Attributes:
        body: one event, as JSON.
        ids: what a second one of the same has in common with it.
    """

    body: bytes
    ids: tuple[str, ...]


def signed_webhook(
    headers: Mapping[str, str], body: bytes, *, api_key: str, secret: str
) -> SignedWebhook:
    """The webhook with these headers (names in any case) and this body, where it is Stream's.

    Raises:
        RefusedWebhookError: it is not, or too large.
    """
    given = {name.casefold(): value for name, value in headers.items()}
    if not hmac.compare_digest(given.get("x-api-key", "").encode(), api_key.encode()):
        raise RefusedWebhookError(401, OTHER_APP)
    body = _unpacked(body)
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    signature = given.get("x-signature", "").strip().lower()
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        raise RefusedWebhookError(401, FORGED)
    # The id is not signed: who repeats a webhook under another one has the same signature.
    return SignedWebhook(body, (f"id {given.get('x-webhook-id') or expected}", expected))


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_GZIP):  # JSON never begins like this, so no header needs to say it
        return body
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        found = unpacker.decompress(body, MAX_BODY_BYTES + 1)
    except zlib.error as error:
        raise RefusedWebhookError(400, NOT_PACKED) from error
    if len(found) > MAX_BODY_BYTES:
        raise RefusedWebhookError(413, TOO_LARGE)
    if not unpacker.eof:
        raise RefusedWebhookError(400, NOT_PACKED)
    return found
