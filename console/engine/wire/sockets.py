"""The sockets of one sign-in: one address each, one token for all."""

from collections.abc import Callable
from dataclasses import dataclass

from console.base.clock import Clock
from console.domain.sign_in import Profile
from console.engine.wire.coordinator import Coordinator, Listener
from console.engine.wire.decode import FrameDecoder
from console.engine.wire.sign_in_token import Credentials, credentials

OpenSocket = Callable[[str, str, FrameDecoder, Listener], Coordinator]
"""A socket at an address, for the events of a product, as they are decoded and listened to."""


@dataclass(frozen=True)
class Sockets:
    """Makes sockets that sign in with a fresh token each time they connect."""

    profile: Profile
    secret: str
    clock: Clock

    def credentials(self) -> Credentials:
        """Who signs in, with a token that is valid from now on."""
        return credentials(self.profile, self.secret, self.clock.now())

    def open(self, url: str, product: str, decode: FrameDecoder, listener: Listener) -> Coordinator:
        """A socket that begins when it is run. See :data:`OpenSocket`."""
        who = self.credentials()
        return Coordinator(
            url,
            api_key=self.profile.api_key,
            user_id=who.user_id,
            token=lambda: self.credentials().token,
            renewable=bool(who.secret),
            listener=listener,
            clock=self.clock,
            product=product,
            decode=decode,
        )
