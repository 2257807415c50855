"""The sockets of one sign-in: one address each, one token for all."""

from collections.abc import Callable

from console.base.clock import Clock
from console.domain.sign_in import Profile
from console.engine.wire.coordinator import Coordinator, Listener
from console.engine.wire.decode import FrameDecoder
from console.engine.wire.sign_in_token import Credentials, credentials

OpenSocket = Callable[[str, str, FrameDecoder, Listener], Coordinator]
"""A socket at an address, for the events of a product, as they are decoded and listened to."""


class Sockets:
    """Makes sockets that sign in with a fresh token each time they connect.

    A fresh token says when it was made. Where Stream refuses that time, its own is used from then
    on: this machine's clock is wrong, or was when the machine woke.
    """

    def __init__(self, profile: Profile, secret: str, clock: Clock) -> None:
        self._profile = profile
        self._secret = secret
        self._clock = clock
        self._opened: list[Coordinator] = []
        self._ahead = 0.0
        """Seconds by which this machine's clock is ahead of Stream's."""

    def credentials(self) -> Credentials:
        """Who signs in, with a token that is valid from now on.

        Raises:
            WorldError: the secret cannot be what the profile says it is.
        """
        return credentials(self._profile, self._secret, self._clock.now() - self._ahead)

    def learn_time(self, stream_now: float) -> None:
        """Stream's clock shows ``stream_now`` (unix seconds)."""
        self._ahead = self._clock.now() - stream_now

    def open(self, url: str, product: str, decode: FrameDecoder, listener: Listener) -> Coordinator:
        """A socket that begins when it is run. See :data:`OpenSocket`."""
        who = self.credentials()
        socket = Coordinator(
            url,
            api_key=self._profile.api_key,
            user_id=who.user_id,
            token=lambda: self.credentials().token,
            renewable=bool(who.secret),
            listener=listener,
            clock=self._clock,
            product=product,
            decode=decode,
            learn_time=self.learn_time,
        )
        self._opened.append(socket)
        return socket

    def anew(self, sentence: str) -> None:
        """Leave every socket for a fresh one now; ``sentence`` says why."""
        for socket in self._opened:
            socket.drop(sentence)
            socket.hurry()

    def stop(self) -> None:
        """Let every socket end, and none be opened again."""
        for socket in self._opened:
            socket.stop()
