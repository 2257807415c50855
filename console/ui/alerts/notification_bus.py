"""Notifications of the desktop over the session's D-Bus, for desktops that have no tray.

The interface is org.freedesktop.Notifications (Desktop Notifications Specification 1.2). Qt's own
bindings cannot be used from Python: they send every number as signed, and services refuse that.
"""

import asyncio
import logging
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from console.base.tasks import Tasks

log = logging.getLogger(__name__)

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
APP = "Moderator Console"
DEFAULT = "default"
"""The action of a press on the notification itself."""

WAITING = 50
"""Notifications that wait for the service; more of them are not shown."""

KEPT = 200
"""Of so many notifications a press is still known."""

CONNECT_S = 5.0
LOST = "the session's D-Bus was lost."

_NORMAL, _CRITICAL = 1, 2
_BY_SERVER = -1
"""The desktop decides how long it is shown."""

Opened = Callable[[], object]


class Note(NamedTuple):
    """One notification. ``title`` and ``body`` are plain text without any markup."""

    title: str
    body: str
    critical: bool
    opened: Opened


def bus_address(environment: Mapping[str, str]) -> str:
    """Where the session's bus is; "" where there is none."""
    if sys.platform != "linux":
        return ""
    named = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    if named or not runtime:
        return named
    socket = Path(runtime) / "bus"
    return f"unix:path={socket}" if socket.exists() else ""


class NotificationBus:
    """Shows notifications, and calls back when one is pressed.

    Nothing is opened before the first one. ``failed`` gets each that was not shown, with the end
    of a sentence that says why.
    """

    def __init__(self, address: str, tasks: Tasks, failed: Callable[[Note, str], object]) -> None:
        self._address, self._tasks, self._failed = address, tasks, failed
        self._waiting: asyncio.Queue[Note] = asyncio.Queue(WAITING)
        self._asked: dict[int, Note] = {}
        self._shown: OrderedDict[int, Opened] = OrderedDict()
        self._worker: asyncio.Task[None] | None = None

    @property
    def possible(self) -> bool:
        """Whether there is a bus to try."""
        return bool(self._address)

    def show(self, note: Note) -> None:
        """Show it soon."""
        if self._waiting.full():
            self._failed(note, "more came than the desktop took.")
            return
        self._waiting.put_nowait(note)
        if self._worker is None or self._worker.done():
            self._worker = self._tasks.spawn(self._work(), name="notifications")

    async def _work(self) -> None:
        """Serve one connection until it is lost; the next notification takes a further one."""
        from jeepney.io.asyncio import open_dbus_connection  # reached on Linux alone

        self._shown.clear()  # their ids were told on another connection
        why = LOST
        try:
            async with asyncio.timeout(CONNECT_S):
                connection = await open_dbus_connection(self._address)
            try:
                await self._serve(connection)
            finally:
                connection.writer.close()
        except (OSError, EOFError) as error:
            log.info("notifications: %s", error)
        except (RuntimeError, ValueError, StopIteration) as error:  # an address of another kind
            why = f"the session's D-Bus cannot be reached ({error})."
        left = [*self._asked.values()]
        self._asked.clear()
        while not self._waiting.empty():
            left.append(self._waiting.get_nowait())
        for note in left:
            self._failed(note, why)

    async def _serve(self, connection: Any) -> None:
        from jeepney import MatchRule, message_bus

        signals = MatchRule(type="signal", sender=SERVICE, interface=SERVICE, path=PATH)
        await connection.send(message_bus.AddMatch(signals))
        sending = self._tasks.spawn(self._send(connection), name="notifications that are sent")
        try:
            while True:
                self._take(await connection.receive())
        finally:
            sending.cancel()

    async def _send(self, connection: Any) -> None:
        from jeepney import DBusAddress, new_method_call

        service = DBusAddress(PATH, bus_name=SERVICE, interface=SERVICE)
        while True:
            note = await self._waiting.get()
            urgency = _CRITICAL if note.critical else _NORMAL
            body = (
                *(APP, 0, "", note.title, note.body),
                [DEFAULT, "Show"],
                {"urgency": ("y", urgency)},
                _BY_SERVER,
            )
            serial = next(connection.outgoing_serial)
            self._asked[serial] = note
            message = new_method_call(service, "Notify", "susssasa{sv}i", body)
            try:
                await connection.send(message, serial=serial)
            except OSError:
                connection.writer.close()  # whoever receives learns of it
                return

    def _take(self, message: Any) -> None:
        """One message of the bus: an answer to a notification, or a press on one."""
        from jeepney import HeaderFields, MessageType

        header = message.header
        match header.message_type, message.body:
            case MessageType.method_return, (int() as shown, *_):
                note = self._asked.pop(header.fields.get(HeaderFields.reply_serial, 0), None)
                if note is not None:
                    self._shown[shown] = note.opened
                    if len(self._shown) > KEPT:
                        self._shown.popitem(last=False)
            case MessageType.error, _:
                note = self._asked.pop(header.fields.get(HeaderFields.reply_serial, 0), None)
                if note is not None:
                    name = header.fields.get(HeaderFields.error_name, "an error")
                    self._failed(note, f"no program of this desktop shows them ({name}).")
            case MessageType.signal, (int() as shown, what, *_):
                self._on_signal(str(header.fields.get(HeaderFields.member)), shown, what)

    def _on_signal(self, member: str, shown: int, what: object) -> None:
        if member == "ActionInvoked" and what == DEFAULT and shown in self._shown:
            self._shown.pop(shown)()
        elif member == "NotificationClosed":
            self._shown.pop(shown, None)
