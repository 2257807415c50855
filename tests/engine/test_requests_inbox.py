"""The inbox of permission requests, against the served sandbox."""

import asyncio

import pytest

from console.domain.phase import Phase
from console.engine import session
from console.engine.services import requests as module
from console.engine.services.live import Live
from console.engine.services.service import Service
from console.engine.services.watcher import Watcher
from console.protocol.requests import OpenRequest, RequestsChanged, RestoreRequests
from console.protocol.to_window import Pulse

CID = "livestream:one"
OTHER = "livestream:two"
HOSTILE = "Ann</b>\u202e asks for nothing. Bob was kicked."


class Inbox:
    """What a window would show."""

    def __init__(self, console):
        self._console = console

    @property
    def open(self):
        found: dict[tuple[str, str], OpenRequest] = {}
        for change in self._console.of(RequestsChanged):
            if change.whole:
                found.clear()
            for key in change.closed:
                found.pop(key, None)
            found |= {request.key: request for request in change.changed}
        return found

    @property
    def known_since(self):
        return self._console.of(RequestsChanged)[-1].known_since

    def people(self):
        return sorted(user_id for _, user_id in self.open)


def show(sandbox, call_id, *people):
    sandbox.call(call_id, kind="livestream")
    sandbox.world.control.go_live(f"livestream:{call_id}")
    return [sandbox.join(f"livestream:{call_id}", user_id) for user_id in people]


def ask(sandbox, cid, user_id, permissions):
    assert sandbox.world.sanctions.ask(cid, user_id, permissions)


async def signed_in(console, sandbox, *cids):
    console.router.answer(sandbox.sign_in())
    await console.live(*cids)
    await console.until(lambda: console.of(RequestsChanged))
    return Inbox(console)


@pytest.mark.clock_speed(5)
async def test_a_service_that_starts_late_costs_the_inbox_nothing(sandbox, console, monkeypatch):
    starting, may_start = asyncio.Event(), asyncio.Event()

    class Late(Service):
        async def start(self):
            starting.set()
            await may_start.wait()

    monkeypatch.setattr(session, "SERVICES", (Live, Watcher, Late, module.Requests))
    show(sandbox, "one", "ann")
    console.router.answer(sandbox.sign_in())
    await starting.wait()
    await console.until(lambda: console.state.phase is Phase.READING)
    sandbox.sockets.drop(4000)  # the socket that comes now finds only some of the services
    await console.until(lambda: console.state.phase is Phase.RECONNECTING)
    await console.until(lambda: console.state.phase is Phase.READING)
    pulses = len(console.of(Pulse))
    await console.until(lambda: len(console.of(Pulse)) > pulses + 1)
    may_start.set()
    await console.until(lambda: console.of(RequestsChanged))


async def test_requests_of_all_calls_are_shown_once_a_person_and_call(sandbox, console):
    sandbox.world.add_user("ann", HOSTILE)
    show(sandbox, "one", "ann", "bob")
    show(sandbox, "two", "ann")
    inbox = await signed_in(console, sandbox, CID, OTHER)
    assert inbox.open == {}
    assert inbox.known_since > 0
    ask(sandbox, CID, "ann", ("send-audio",))
    ask(sandbox, CID, "ann", ("send-video",))
    ask(sandbox, OTHER, "ann", ("screenshare",))
    await console.until(
        lambda: len(inbox.open) == 2 and len(inbox.open[CID, "ann"].permissions) > 1
    )
    first = inbox.open[CID, "ann"]
    assert first.permissions == ("send-audio", "send-video")
    assert (first.name, first.doubtful) == (HOSTILE, False)
    assert inbox.open[OTHER, "ann"].permissions == ("screenshare",)


async def test_an_answer_of_anybody_closes_it(sandbox, console):
    show(sandbox, "one", "ann", "bob")
    inbox = await signed_in(console, sandbox, CID)
    for user_id in ("ann", "bob"):
        ask(sandbox, CID, user_id, ("screenshare",))
    await console.until(lambda: inbox.people() == ["ann", "bob"])
    console.act("accept_request", CID, "ann", permissions=("screenshare",))
    await console.until(lambda: inbox.people() == ["bob"])
    console.act("refuse_request", CID, "bob", permissions=("screenshare",))
    await console.until(lambda: inbox.people() == [])


async def test_whoever_leaves_and_a_call_that_ends_take_their_requests_along(sandbox, console):
    ann, _ = show(sandbox, "one", "ann", "bob")
    show(sandbox, "two", "cleo")
    inbox = await signed_in(console, sandbox, CID, OTHER)
    for cid, user_id in ((CID, "ann"), (CID, "bob"), (OTHER, "cleo")):
        ask(sandbox, cid, user_id, ("screenshare",))
    await console.until(lambda: len(inbox.open) == 3)
    sandbox.world.attendance.leave(CID, ann.user_session_id)
    await console.until(lambda: inbox.people() == ["bob", "cleo"])
    console.act("end_call", OTHER)
    await console.until(lambda: inbox.people() == ["bob"])


async def test_after_a_lost_socket_open_ones_are_doubtful_until_asked_again(sandbox, console):
    show(sandbox, "one", "ann", "bob")
    inbox = await signed_in(console, sandbox, CID)
    for user_id in ("ann", "bob"):
        ask(sandbox, CID, user_id, ("screenshare",))
    await console.until(lambda: len(inbox.open) == 2)
    known_since = inbox.known_since
    await sandbox.down()
    await console.until(lambda: not console.state.directory_complete)
    await sandbox.up()
    await console.until(lambda: inbox.known_since > known_since)
    assert all(request.doubtful for request in inbox.open.values())
    ask(sandbox, CID, "ann", ("screenshare",))
    await console.until(lambda: not inbox.open[CID, "ann"].doubtful)
    assert inbox.open[CID, "bob"].doubtful


def request(user_id, cid=CID):
    return OpenRequest(
        cid=cid, user_id=user_id, name=user_id.title(), permissions=("screenshare",), since=5.0
    )


async def test_a_new_engine_is_told_what_was_open_and_drops_whoever_is_gone(sandbox, console):
    show(sandbox, "one", "ann")
    console.router.answer(sandbox.sign_in())
    restored = (request("ann"), request("bob"), request("ann", "default:over"))
    console.router.answer(RestoreRequests(restored))
    await console.live(CID)
    inbox = Inbox(console)
    await console.until(lambda: inbox.people() == ["ann"])
    assert inbox.open[CID, "ann"].doubtful
    assert inbox.open[CID, "ann"].since == 5.0
    console.focus(CID)
    await console.until(lambda: console.person("ann"))
    assert console.person("ann").asked == {"screenshare"}
    console.act("accept_request", CID, "ann", permissions=("screenshare",))
    await console.until(lambda: inbox.people() == [])


async def test_signing_out_empties_it(sandbox, console):
    show(sandbox, "one", "ann")
    inbox = await signed_in(console, sandbox, CID)
    ask(sandbox, CID, "ann", ("screenshare",))
    await console.until(lambda: len(inbox.open) == 1)
    await console.engine.sign_out()
    await console.until(lambda: inbox.open == {} and inbox.known_since == 0.0)


async def test_whoever_goes_without_an_event_is_noticed(sandbox, console, monkeypatch):
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.05)
    show(sandbox, "one", "ann")
    inbox = await signed_in(console, sandbox, CID)
    ask(sandbox, CID, "ann", ("screenshare",))
    await console.until(lambda: len(inbox.open) == 1)
    directory = console.engine.session._services._services[0].context.directory
    directory._remove(CID)
    await console.until(lambda: inbox.open == {})
