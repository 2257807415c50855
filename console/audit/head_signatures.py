"""Signatures of the heads of the log: an HMAC with a key that only the system's keyring holds.

It proves that a head was written by somebody who could use this keyring, and neither who nor that
nobody else could: whoever has the key can also sign. What it is good for says docs/AUDIT.md.
"""

import hashlib
import hmac
import json
import secrets

from console.audit.rows import FoundHead

KEY_NAME = "audit log"
"""Under which name the key stands in the keyring."""


def new_key() -> str:
    """A key, as it is kept in the keyring: 64 hex digits of chance."""
    return secrets.token_hex(32)


def key_id(key: str) -> str:
    """What a head says of the key that signed it."""
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]


def signed(day: str, place: int, last_hash: str, key: str) -> FoundHead:
    """A head with its signature."""
    return FoundHead(day, place, last_hash, key_id(key), _signature(day, place, last_hash, key))


def is_right(head: FoundHead, key: str) -> bool:
    """Whether ``key`` signed ``head``."""
    expected = _signature(head.day, head.place, head.hash, key)
    return head.key_id == key_id(key) and hmac.compare_digest(
        expected.encode("ascii"), head.signature.encode("utf-8", "surrogatepass")
    )


def _signature(day: str, place: int, last_hash: str, key: str) -> str:
    document = {"day": day, "n": str(place), "hash": last_hash}
    said = json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hmac.new(key.encode("utf-8"), said.encode("ascii"), hashlib.sha256).hexdigest()
