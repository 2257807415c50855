"""Shows the window what changed in the directory, gathered over a moment."""

import asyncio
from collections.abc import Iterable

from console.domain.call import Call
from console.engine.services.directory import Directory
from console.engine.window_channel import WindowChannel
from console.protocol.to_window import CallsChanged, ParticipantsChanged

GATHER_S = 0.008
"""Events come in bursts; one message half a frame later is about all of them."""


class DirectoryPublisher:
    """Turns changes of the directory into messages; people only of the call in focus."""

    def __init__(self, directory: Directory, channel: WindowChannel) -> None:
        self._directory = directory
        self._channel = channel
        self._focus = ""
        self._timer: asyncio.TimerHandle | None = None
        self._unkept: set[str] = set()

    def publish_soon(self) -> None:
        """Something may have changed."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER_S, self.publish)

    def publish(self, *, whole: bool = False) -> None:
        """Publish now; ``whole``: all calls, and that there are no others."""
        self.close()
        if whole:
            self._directory.forget_what_was_published()
        changes = self._directory.take_changes()
        self._unkept |= changes.calls
        if changes.calls or changes.removed or whole:
            calls = (self._directory.call(cid) for cid in changes.calls)
            self._channel.put(
                CallsChanged(
                    changed=tuple(call for call in calls if call is not None),
                    removed=tuple(changes.removed),
                    whole=whole,
                )
            )
        if self._focus in changes.renewed:
            self._publish_everyone()
        elif self._focus in changes.people:
            self._publish_some(changes.people[self._focus], changes.left[self._focus])

    def focus(self, cid: str) -> None:
        """Publish the people of this call from now on, all of them at once first."""
        self._focus = cid
        if cid:
            self._publish_everyone()

    def take_unkept(self) -> list[Call]:
        """Calls that changed since the last time this was asked."""
        calls = [self._directory.call(cid) for cid in self._unkept]
        self._unkept.clear()
        return [call for call in calls if call is not None]

    def keep_later(self, calls: Iterable[Call]) -> None:
        """The store did not take these: they are named again the next time."""
        self._unkept.update(call.cid for call in calls)

    def close(self) -> None:
        """Publish nothing more without being asked."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _publish_everyone(self) -> None:
        call = self._directory.call(self._focus)
        self._channel.put(
            ParticipantsChanged(
                cid=self._focus,
                session_id=call.session_id if call else "",
                changed=self._directory.everyone(self._focus),
                whole=True,
            )
        )

    def _publish_some(self, changed: frozenset[str], left: frozenset[str]) -> None:
        call = self._directory.call(self._focus)
        self._channel.put(
            ParticipantsChanged(
                cid=self._focus,
                session_id=call.session_id if call else "",
                changed=self._directory.some(self._focus, changed),
                left=tuple(left),
            )
        )
