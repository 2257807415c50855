"""Which requests are webhooks of Stream."""

import gzip
import hashlib
import hmac

import pytest
from getstream import webhook

from console.engine.webhooks.allowance import Allowance
from console.engine.webhooks.listen_at import ListenAt, listen_at
from console.engine.webhooks.signed import MAX_BODY_BYTES, RefusedWebhookError, signed_webhook

KEY, SECRET = "key", "secret"
BODY = b'{"type":"review_queue_item.new"}'


def signature(body, secret=SECRET):
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def read(body, **changed):
    headers = {"X-API-KEY": KEY, "X-SIGNATURE": signature(BODY), "X-WEBHOOK-ID": "one", **changed}
    return signed_webhook(headers, body, api_key=KEY, secret=SECRET)


def refusal(body, **changed):
    with pytest.raises(RefusedWebhookError) as caught:
        read(body, **changed)
    return caught.value


@pytest.mark.parametrize("body", [BODY, gzip.compress(BODY, mtime=0)], ids=["plain", "packed"])
def test_what_stream_signs_is_taken_packed_or_not_as_its_sdk_does(body):
    assert webhook.verify_signature(webhook.gunzip_payload(body), signature(BODY), SECRET)
    assert read(body).body == BODY


def test_the_same_event_has_ids_in_common_under_any_id_of_its_sender():
    first, again = read(BODY), read(BODY, **{"X-WEBHOOK-ID": "two"})
    assert first.ids != again.ids
    assert set(first.ids) & set(again.ids)


@pytest.mark.parametrize(
    ("body", "changed", "status", "words"),
    [
        (BODY + b" ", {}, 401, "signature"),
        (BODY, {"X-SIGNATURE": signature(BODY, "another")}, 401, "signature"),
        (BODY, {"X-SIGNATURE": ""}, 401, "signature"),
        (BODY, {"X-SIGNATURE": "\u00e9"}, 401, "signature"),
        (BODY, {"X-API-KEY": "another"}, 401, "another app"),
        (BODY, {"X-API-KEY": ""}, 401, "another app"),
        (b"\x1f\x8bnothing", {}, 400, "cannot be unpacked"),
        (gzip.compress(BODY, mtime=0)[:-4], {}, 400, "cannot be unpacked"),
        (gzip.compress(b" " * (MAX_BODY_BYTES + 1), mtime=0), {}, 413, "larger than 8 MiB"),
    ],
)
def test_anything_else_is_refused_with_its_reason(body, changed, status, words):
    error = refusal(body, **changed)
    assert error.status == status
    assert words in str(error).replace("for another app", "another app")


def test_so_many_are_allowed_at_once_and_then_so_many_a_second():
    allowance = Allowance(2.0, burst=3)
    assert [allowance.take(100.0) for _ in range(4)] == [True, True, True, False]
    assert not allowance.take(100.4)
    assert allowance.take(100.6)


@pytest.mark.parametrize(
    ("text", "at", "near"),
    [
        ("8080", ListenAt("127.0.0.1", 8080), True),
        (":8080", ListenAt("127.0.0.1", 8080), True),
        ("localhost:0", ListenAt("localhost", 0), True),
        ("[::1]:80", ListenAt("::1", 80), True),
        ("0.0.0.0:80", ListenAt("0.0.0.0", 80), False),
    ],
)
def test_an_address_is_of_this_machine_alone_unless_it_says_otherwise(text, at, near):
    assert listen_at(text) == at
    assert at.near is near


@pytest.mark.parametrize("text", ["", "here", "host:", "host:70000", "a b:80", "http://x:80"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        listen_at(text)
