"""Connections, watches, and sockets that do not keep up."""

import json

import pytest

from console.sandbox import sockets as sockets_module
from console.sandbox.api_errors import ApiError
from console.sandbox.sockets import SLOW, Sockets
from console.sandbox.timestamps import Form

CID = "default:talk"


@pytest.fixture
def sockets(world):
    return Sockets(world)


def _frames(connection):
    return [json.loads(connection.frames.get_nowait()) for _ in range(connection.frames.qsize())]


async def test_each_form_is_written_for_its_family(world, sockets):
    nanos = sockets.open(world.state.users["moderator"], Form.NANOSECONDS)
    text = sockets.open(world.state.users["ana"], Form.RFC3339)
    world.sanctions.ban("bo")
    assert _frames(nanos)[0]["created_at"] == 1_800_000_000_000_000_000
    assert _frames(text)[0]["created_at"] == "2027-01-15T08:00:00.000000Z"


async def test_watchers_and_members_get_an_event_once(world, sockets):
    both = sockets.open(world.state.users["moderator"], Form.NANOSECONDS)
    neither = sockets.open(world.state.users["cy"], Form.NANOSECONDS)
    world.control.change_members(CID, put=[{"user_id": "moderator"}])
    sockets.watch(both.id, "moderator", [CID])
    _frames(both)
    world.sanctions.block(CID, "bo")
    assert [frame["type"] for frame in _frames(both)] == ["call.blocked_user"]
    assert _frames(neither) == []


async def test_the_worlds_own_events_stay_inside(world, sockets, bo):
    connection = sockets.open(world.state.users["moderator"], Form.NANOSECONDS)
    sockets.watch(connection.id, "moderator", [CID])
    world.sanctions.mute(CID, ["bo"], ["audio"])
    assert [frame["type"] for frame in _frames(connection)] == ["call.user_muted"]


async def test_nobody_watches_with_anothers_socket(world, sockets):
    connection = sockets.open(world.state.users["moderator"], Form.NANOSECONDS)
    for connection_id, user_id in ((connection.id, "bo"), ("gone", "moderator")):
        with pytest.raises(ApiError) as refused:
            sockets.watch(connection_id, user_id, [CID])
        assert refused.value.code == 46
    assert connection.watched == set()


async def test_a_slow_socket_is_closed_and_counted(world, sockets, monkeypatch):
    monkeypatch.setattr(sockets_module, "QUEUE_LENGTH", 3)
    connection = sockets.open(world.state.users["moderator"], Form.NANOSECONDS)
    for _ in range(5):
        world.sanctions.ban("bo")
    assert connection.closing.result() == SLOW
    assert connection.frames.qsize() == 3
    assert world.state.counters.delivered["user.banned"] == 3
    assert world.state.counters.dropped_sockets == 1


async def test_forgetting_a_socket_ends_its_watches(world, sockets):
    connection = sockets.open(world.state.users["moderator"], Form.NANOSECONDS)
    sockets.watch(connection.id, "moderator", [CID])
    assert (world.state.counters.sockets, world.state.counters.watches) == (1, 1)
    sockets.forget(connection)
    assert (world.state.counters.sockets, world.state.counters.watches, len(sockets)) == (0, 0, 0)
    world.sanctions.block(CID, "bo")
    assert _frames(connection) == []
