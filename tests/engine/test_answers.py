"""Answers of Stream and of what stands in between, through the real gateway: what each means."""

import email.utils
import gzip
import json
import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.engine.wire.check import CheckRequest
from console.engine.wire.limits import LONGEST_RETRY_AFTER_S, SHORTEST_RETRY_AFTER_S
from console.engine.wire.refusals import (
    NotStreamError,
    RateLimitedError,
    RefusedError,
    StreamRefusedError,
    UnreachableError,
)
from console.engine.wire.retry_after import bounded, seconds_asked
from console.engine.wire.sign_in_token import credentials
from console.engine.wire.stream import Gateway

KICK = "/api/v2/video/call/default/one/kick"
CHECK = CheckRequest("stream:v1:utterance", "u1", "ann", {"texts": ["hello"]})

GATEWAYS = {
    "AWS": b'{"message":"Forbidden"}',
    "Kong": b'{"message":"no Route matched with those values","request_id":"1"}',
    "gRPC": b'{"code":16,"message":"unauthenticated","details":[]}',
    "Cloudflare": b'{"success":false,"errors":[{"code":1020,"message":"Access denied"}]}',
    "page": b"<html><h1>Sign in to the hotel's network</h1></html>",
    "Latin-1": '{"code":5,"message":"refusé","StatusCode":401}'.encode("latin-1"),
    "UTF-16": '{"code":5,"message":"no","StatusCode":401}'.encode("utf-16"),
    "list": b'[{"code":5,"message":"no","StatusCode":401}]',
    "words": b"Forbidden",
    "nothing": b"",
    "deep": b'{"code":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "numbers": b'{"code":1e999,"message":"no","StatusCode":401}',
}


@pytest.fixture
async def gateway(sandbox):
    sandbox.call("one", "ann", "bob")
    sign_in = sandbox.sign_in()
    gateway = Gateway(sign_in.profile, credentials(sign_in.profile, sign_in.secret, time.time()))
    yield gateway
    await gateway.close()


async def refused(request) -> StreamRefusedError:
    with pytest.raises(StreamRefusedError) as caught:
        await request
    return caught.value


@pytest.mark.parametrize("status", [302, 401, 404, 503])
async def test_what_stands_in_between_never_says_the_last_word(sandbox, gateway, status):
    for name, body in GATEWAYS.items():
        for part, request in (
            ("/kick", lambda: gateway.act(KICK, {"user_id": "ann"})),
            ("/calls", lambda: gateway.watch_page({}, limit=1)),
            ("/users", lambda: gateway.find_user("ann")),
        ):
            sandbox.between.add(part, status, body, content_type="text/x; charset=ebcdic")
            error = await refused(request())
            assert isinstance(error, NotStreamError), name
            assert (error.retryable, str(status) in error.sentence) == (True, True), name
            assert error.may_be_done == (status >= 500), name


async def test_a_redirect_with_nothing_in_it_is_no_success(sandbox, gateway):
    sandbox.between.add("/kick", 307, location="https://portal.invalid/")
    assert isinstance(await refused(gateway.act(KICK, {"user_id": "ann"})), NotStreamError)


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"duration":"1.0',
        b'{"duration":' + b'{"a":' * 40_000 + b"1" + b"}" * 40_000 + b"}",
        b'{"duration":"' + b"x" * 1_000_000 + b'"}',
        '{"duration":"é"}'.encode("latin-1"),
    ],
)
async def test_an_act_is_judged_by_its_status(sandbox, gateway, body):
    sandbox.between.add("/kick", 201, body, content_type="application/json")
    await gateway.act(KICK, {"user_id": "ann"})


@pytest.mark.parametrize(
    ("body", "may_be_done"),
    [
        (b"<html>Welcome to our network</html>", False),
        (b" \n<!DOCTYPE html><p>Sign in", False),
        (b"", True),  # Stream never says nothing (STREAM.md 1.4)
        (b"OK", True),
        (b"[]", True),
        (b"\xff\xfe{\x00", True),
        (b"\x1f\x8b\x08\x00spoiled", True),
    ],
)
async def test_only_a_page_shows_that_an_act_was_not_passed_on(sandbox, gateway, body, may_be_done):
    sandbox.between.add("/kick", 201, body, content_type="application/json")
    error = await refused(gateway.act(KICK, {"user_id": "ann"}))
    assert (error.may_be_done, error.retryable) == (may_be_done, True)


async def test_a_page_with_nothing_in_it_is_a_page(sandbox, gateway):
    for request in (
        lambda: gateway.act(KICK, {"user_id": "ann"}),
        lambda: gateway.ask("GET", "/api/v2/video/call/default/one/kick"),
    ):
        sandbox.between.add("/kick", 200, b"", content_type="text/html; charset=klingon")
        assert isinstance(await refused(request()), NotStreamError)


async def test_an_error_of_stream_is_stream_s_whatever_else_is_in_it(sandbox, gateway):
    error = {"code": 17, "message": "No. " + "x" * 5000, "StatusCode": 403, "details": [[[[]]]]}
    deep = json.dumps(error).encode().replace(b"[[[[]]]]", b"[" * 5000 + b"]" * 5000)
    sandbox.between.add("/kick", 403, deep)
    told = await refused(gateway.act(KICK, {"user_id": "ann"}))
    assert isinstance(told, RefusedError)
    assert (told.code, told.status, told.retryable, told.may_be_done) == (17, 403, False, False)
    assert len(told.sentence) < 400


async def test_a_nested_answer_takes_neither_memory_nor_time(sandbox, gateway):
    nested = b'{"duration":' + b'{"a":' * 40_000 + b"1" + b"}" * 40_000 + b"}"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for status in (201, 400, 500):
        for path, request in (
            ("/kick", lambda: gateway.act(KICK, {"user_id": "ann"})),
            ("/check", lambda: gateway.check(CHECK)),
        ):
            sandbox.between.add(path, status, nested)
            began = time.process_time()
            try:
                await request()
            except StreamRefusedError as error:
                assert error.retryable  # noqa: PT017 - some are answered, some refused
            assert time.process_time() - began < 2.0
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100_000  # kB, where it was 22 GB


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_has_a_size(sandbox, gateway, monkeypatch, packed):
    monkeypatch.setattr("console.engine.wire.stream.MAX_ANSWER_BYTES", 100_000)
    monkeypatch.setattr("console.engine.wire.stream.MAX_PAGE_BYTES", 100_000)
    large = b'{"users":[{"id":"' + b"a" * 50_000_000 + b'"}],"calls":[]}'
    headers = {"content_encoding": "gzip"} if packed else {}
    body = gzip.compress(large, 1) if packed else large
    for part, request in (
        ("/users", lambda: gateway.find_user("ann")),
        ("/calls", lambda: gateway.watch_page({}, limit=1)),
    ):
        sandbox.between.add(part, 200, body, **headers)
        error = await refused(request())
        assert isinstance(error, UnreachableError)
        assert "too large" in error.sentence


async def test_an_answer_may_be_packed_as_asked_and_not_otherwise(sandbox, gateway):
    found = gzip.compress(b'{"users":[{"id":"ann"}]}')
    sandbox.between.add("/users", 200, found, content_encoding="gzip")
    assert (await gateway.find_user("ann")).id == "ann"
    unlike = ((found[:-9], "gzip"), (b"{}", "gzip"), (found, "br"), (found, "gzip, gzip"))
    for body, encoding in unlike:
        sandbox.between.add("/users", 200, body, content_encoding=encoding)
        assert isinstance(await refused(gateway.find_user("ann")), UnreachableError)


RETRY_AFTER = [
    ("7", 7.0),
    ("0", SHORTEST_RETRY_AFTER_S),
    ("0.5", 0.5),
    ("3, 9", 3.0),
    ("86400", LONGEST_RETRY_AFTER_S),
    ("9" * 29, LONGEST_RETRY_AFTER_S),
    ("9" * 4000, 1.0),
    ("-5", 1.0),
    ("soon", 1.0),
    ("", 1.0),
    ("NaN", 1.0),
    ("inf", 1.0),
    ("1e9", 1.0),
    ("\u00b2", 1.0),
    ("Tue, 01 Jan 2065 00:00:00 GMT", LONGEST_RETRY_AFTER_S),
    ("Tue, 01 Jan 1980 00:00:00 GMT", SHORTEST_RETRY_AFTER_S),
    ("Tue, 99 Jan 99999999999 00:00:00 GMT", 1.0),
]


async def test_how_long_to_hold_back_is_bounded(sandbox, gateway):
    for header, seconds in RETRY_AFTER:
        sandbox.between.add("/check", 429, b"<html>slow down</html>", retry_after=header)
        error = await refused(gateway.check(CHECK))
        assert isinstance(error, RateLimitedError)
        assert (error.retry_after, error.shortened) == (seconds, seconds == LONGEST_RETRY_AFTER_S)
        assert ("30 seconds" in error.sentence) == error.shortened


def test_a_date_to_hold_back_to_is_read_by_the_answer_s_own_clock():
    there = 2e9
    date = email.utils.formatdate(there, usegmt=True)
    until = email.utils.formatdate(there + 12, usegmt=True)
    assert seconds_asked(until, date, now=1e9) == 12.0
    assert seconds_asked(until, f"{date}, {date}", now=1e9) == 12.0
    assert seconds_asked(until, "today", now=there + 2) == 10.0


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,20}.*"))
def test_no_header_ever_raises(header):
    for date in ("", header):
        assert seconds_asked(header, date, 1e9) >= 0.0
        assert SHORTEST_RETRY_AFTER_S <= bounded(seconds_asked(header, date, 1e9)) <= 30.0
