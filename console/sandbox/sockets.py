"""The coordinator's sockets: connections, what they watch, and the frames they get."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from console.sandbox.api_errors import input_error
from console.sandbox.delivery import Audience, audience
from console.sandbox.events import WorldEvent
from console.sandbox.faults import Fault
from console.sandbox.records import User
from console.sandbox.timestamps import Form, Stamp, encode
from console.sandbox.world import World

log = logging.getLogger(__name__)

QUEUE_LENGTH = 4_000
SLOW = 4008
"""Close code for a socket that does not keep up; any but 1000 makes clients reconnect."""

GONE = 4003
"""Close code for the sockets of a user who is deactivated or deleted; which one Stream uses is not
known (?). A client that reconnects is refused with error 17."""

_ENDS_SOCKETS = frozenset({"user.deactivated", "user.deleted"})


class Connection:
    """One socket. Frames wait in a bounded queue; ``closing`` gets a code when it must end.

    Attributes:
        products: the products of Stream whose events it wants; empty means all (?).
        presences: cid -> user session id of the calls joined over REST on this socket.
        held: frames that a fault holds back until another has gone.
        expiry: what ends it when nobody polls any more; None for a real socket.
    """

    def __init__(
        self, connection_id: str, user: User, form: Form, products: Iterable[str] = ()
    ) -> None:
        self.id = connection_id
        self.user = user
        self.form = form
        self.products = frozenset(products)
        self.watched: set[str] = set()
        self.channels: set[str] = set()
        self.presences: dict[str, str] = {}
        self.held: list[str] = []
        self.expiry: asyncio.TimerHandle | None = None
        self.frames: asyncio.Queue[str] = asyncio.Queue(QUEUE_LENGTH)
        self.closing: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def put(self, frame: str) -> bool:
        """Queue one frame; False, and the socket ends, when too many wait."""
        if self.closing.done():
            return False
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.close(SLOW)
            return False
        return True

    def wants(self, event: WorldEvent) -> bool:
        """Whether the event belongs to one of its products; those of users belong to all."""
        if not self.products or event.type.startswith("user."):
            return True
        of_chat = event.channel or event.type.startswith("notification.")
        return ("chat" if of_chat else "video") in self.products

    def release_held(self) -> None:
        """Queue the frames that were held back."""
        held, self.held = self.held, []
        for frame in held:
            self.put(frame)

    def close(self, code: int) -> None:
        """End the socket with ``code``; the first code counts."""
        if not self.closing.done():
            self.closing.set_result(code)


class Sockets:
    """All sockets of the app, indexed by what decides who gets an event.

    Attributes:
        literal: deliver by the documented table instead of members and watchers together.
        frames: deliver frame events too.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._connections: dict[str, Connection] = {}
        self._by_user: dict[str, set[Connection]] = {}
        self._watchers: dict[str, set[Connection]] = {}
        self.literal = False
        self.frames = False
        world.state.events.deliver_by(self._deliver)
        world.state.faults.closers.append(self.drop)

    def __len__(self) -> int:
        return len(self._connections)

    def open(self, user: User, form: Form, products: Iterable[str] = ()) -> Connection:
        """A new connection with a new id and no watches."""
        connection = Connection(self._world.state.new_id("socket"), user, form, products)
        self._connections[connection.id] = connection
        self._by_user.setdefault(user.id, set()).add(connection)
        self._count()
        return connection

    def forget(self, connection: Connection) -> None:
        """A socket closed; its watches end with it, and so do presences joined over REST."""
        self._connections.pop(connection.id, None)
        of_user = self._by_user.get(connection.user.id, set())
        of_user.discard(connection)
        if not of_user:
            self._by_user.pop(connection.user.id, None)
        for cid in connection.watched:
            watchers = self._watchers.get(cid, set())
            watchers.discard(connection)
            if not watchers:
                self._watchers.pop(cid, None)
        connection.watched.clear()
        self._count()
        # Without media this socket is all that holds them in their calls.
        for cid, user_session_id in connection.presences.items():
            self._world.attendance.leave(cid, user_session_id)

    def find(self, connection_id: str, user_id: str) -> Connection | None:
        """An open socket of this user."""
        connection = self._connections.get(connection_id)
        return connection if connection and connection.user.id == user_id else None

    def watch(self, connection_id: str, user_id: str, cids: Iterable[str]) -> None:
        """Let the events of calls reach one socket.

        Raises:
            ApiError: code 46, no such socket of this user; the HTTP status is not known (?).
        """
        connection = self._found(connection_id, user_id)
        for cid in cids:
            connection.watched.add(cid)
            self._watchers.setdefault(cid, set()).add(connection)
        self._count()

    def watch_channels(self, connection_id: str, user_id: str, cids: Iterable[str]) -> None:
        """Let the events of chat channels reach one socket. Raises as :meth:`watch`."""
        self._found(connection_id, user_id).channels.update(cids)

    def _found(self, connection_id: str, user_id: str) -> Connection:
        connection = self.find(connection_id, user_id)
        if connection is None:
            error = input_error("connection id not found")
            error.code = 46
            raise error
        return connection

    def drop(self, code: int = 1011, user_id: str | None = None) -> int:
        """Close sockets, all or one user's, with a close code; returns how many."""
        chosen = self._chosen(user_id)
        for connection in chosen:
            connection.close(code)
        return len(chosen)

    def send_raw(self, text: str, user_id: str | None = None) -> int:
        """Put any text on sockets, all or one user's; returns how many."""
        return sum(connection.put(text) for connection in self._chosen(user_id))

    def _chosen(self, user_id: str | None) -> list[Connection]:
        if user_id is None:
            return list(self._connections.values())
        return list(self._by_user.get(user_id, ()))

    def _count(self) -> None:
        counters = self._world.state.counters
        counters.sockets = len(self._connections)
        counters.watches = sum(len(one.watched) for one in self._connections.values())

    def _deliver(self, event: WorldEvent) -> None:
        if not event.on_wire or not self._connections:
            return
        receivers = [one for one in self._receivers(event) if one.wants(event)]
        if not receivers:
            return
        document: dict[str, Any] = {"type": event.type, "created_at": Stamp(event.at)}
        if event.cid:
            document["call_cid"] = event.cid
        document |= event.payload
        written: dict[Form, str] = {}
        counters = self._world.state.counters
        fault = self._world.state.faults.take_event(event.type)
        for connection in receivers:
            if connection.closing.done():
                continue
            frame = written.get(connection.form)
            if frame is None:
                frame = written[connection.form] = encode(document, connection.form).decode()
            if _put(connection, frame, fault):
                counters.delivered[event.type] += 1
            else:
                counters.dropped_sockets += 1
                log.warning("a socket of %s did not keep up and is closed", connection.user.id)
        if event.type in _ENDS_SOCKETS:
            for user_id in event.targets:
                self.drop(GONE, user_id)

    def _receivers(self, event: WorldEvent) -> list[Connection]:
        whose = audience(event.type, literal=self.literal, frames=self.frames)
        if event.channel:  # kinds of events of an app's own have any name
            whose = Audience.CHANNEL
        match whose:
            case Audience.NOBODY:
                return []
            case Audience.APP:
                return list(self._connections.values())
            case Audience.CHANNEL:
                return [one for one in self._connections.values() if event.channel in one.channels]
            case Audience.TARGETS:
                return [one for user_id in event.targets for one in self._by_user.get(user_id, ())]
            case _:
                found: dict[str, Connection] = {}
                if whose is not Audience.MEMBERS:
                    found |= {one.id: one for one in self._watchers.get(event.cid, ())}
                if whose is not Audience.WATCHERS:
                    found |= {one.id: one for one in self._of_members(event.cid)}
                return list(found.values())

    def _of_members(self, cid: str) -> Iterable[Connection]:
        call = self._world.state.calls.get(cid)
        if call is None:
            return
        for user_id, connections in self._by_user.items():
            if user_id in call.members:
                yield from connections


def _put(connection: Connection, frame: str, fault: Fault | None) -> bool:
    """Queue one frame as ``fault`` wants it; False when the socket did not keep up."""
    if fault is None:
        kept = connection.put(frame)
        connection.release_held()
        return kept
    loop = asyncio.get_running_loop()
    match fault.kind:
        case "duplicate":
            return connection.put(frame) and connection.put(frame)
        case "reorder":
            connection.held.append(frame)
            loop.call_later(fault.seconds, connection.release_held)
        case "delay":
            loop.call_later(fault.seconds, connection.put, frame)
        case _:
            pass  # lost
    return True
