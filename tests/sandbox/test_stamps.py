"""Times on the wire."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sandbox.timestamps import Form, Stamp, encode, nanoseconds, read_time, rfc3339


def test_the_form_is_chosen_when_encoding():
    document = {"at": Stamp(1_800_000_000.5)}
    assert encode(document, Form.NANOSECONDS) == b'{"at":1800000000500000000}'
    assert encode(document, Form.RFC3339) == (b'{"at":"2027-01-15T08:00:00.500000Z"}')


def test_nested_records_use_the_form_too(world, bo):
    for form, kind in ((Form.NANOSECONDS, int), (Form.RFC3339, str)):
        whole = msgspec.json.decode(encode([bo, bo], form))
        assert isinstance(whole[0]["joined_at"], kind)
        assert isinstance(whole[1]["user"]["created_at"], kind)
        assert "_json" not in whole[0]["user"]


def test_kept_json_follows_changes(world, bo):
    before = bo.json(Form.NANOSECONDS)
    assert bo.json(Form.NANOSECONDS) is before
    world.sanctions.ban("bo")
    assert msgspec.json.decode(bo.json(Form.NANOSECONDS))["user"]["banned"] is True


@given(st.integers(0, 4_000_000_000_000_000))
def test_microseconds_survive_both_ways(micros):
    at = micros / 1_000_000
    assert nanoseconds(at) == micros * 1000
    assert nanoseconds(nanoseconds(at) / 1e9) == micros * 1000
    assert nanoseconds(read_time(rfc3339(at)) or 0.0) == micros * 1000


def test_times_of_requests():
    assert read_time(None) is None
    assert read_time("2027-01-15T09:00:00+01:00") == 1_800_000_000
    assert read_time("2027-01-15T08:00:00") == 1_800_000_000
    assert read_time(1_800_000_000_000_000_000) == 1_800_000_000
    assert read_time(1_800_000_000_000) == 1_800_000_000
    for wrong in ("yesterday", True, (), object()):
        with pytest.raises(ValueError, match=r".+"):
            read_time(wrong)
