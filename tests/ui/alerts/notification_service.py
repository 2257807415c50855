"""A stand-in for the program of a desktop that shows notifications, on the bus of the environment.

Each line of its input is done: ``press ID`` or ``close ID``; each notification is one line of JSON
on its output. A notification with the title ``refuse`` is refused.
"""

import json
import sys
import threading

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.threading import Proxy, open_dbus_connection, open_dbus_router

NAME = "org.freedesktop.Notifications"
SIGNALS = DBusAddress("/org/freedesktop/Notifications", interface=NAME)


def emit(connection, line):
    what, shown = line.split()
    if what == "press":
        signal = new_signal(SIGNALS, "ActionInvoked", "us", (int(shown), "default"))
    else:
        signal = new_signal(SIGNALS, "NotificationClosed", "uu", (int(shown), 2))
    connection.send(signal)


def tell(what):
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def main():
    connection = open_dbus_connection()
    with open_dbus_router() as router:
        assert Proxy(message_bus, router).NameHasOwner(NAME) == (0,)
    connection.send(message_bus.RequestName(NAME))
    tell("ready")

    def obey():
        for line in sys.stdin:
            emit(connection, line)

    threading.Thread(target=obey, daemon=True).start()
    shown = 0
    while True:
        message = connection.receive()
        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            continue
        assert (fields[HeaderFields.member], fields[HeaderFields.signature]) == (
            "Notify",
            "susssasa{sv}i",
        )
        _app, _replaces, _icon, title, body, actions, hints, _expires = message.body
        if title == "refuse":
            connection.send(new_error(message, "org.example.Refused"))
            continue
        shown += 1
        connection.send(new_method_return(message, "u", (shown,)))
        tell([shown, title, body, actions, hints["urgency"]])


if __name__ == "__main__":
    main()
