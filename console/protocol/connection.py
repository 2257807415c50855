"""Signing in and out, and trying whether one could."""

from msgspec import Struct

from console.domain.sign_in import Profile
from console.protocol.ask import Answer, Ask


class SignIn(Struct, frozen=True, tag="sign_in"):
    """Leave any current session and sign in. ``secret`` is an app secret or a user token."""

    profile: Profile
    secret: str

    def __repr__(self) -> str:  # so that no log or traceback shows the secret
        return f"SignIn({self.profile.name!r})"


class SignOut(Struct, frozen=True, tag="sign_out"):
    """Close the socket, keep the store."""


class TryNow(Struct, frozen=True, tag="try_now"):
    """Do not wait for the next attempt; where the sign-in was refused, try it once more as it is.

    Where all is well it takes a new socket.
    """


class NewStore(Struct, frozen=True, tag="new_store"):
    """Set the damaged store aside, begin an empty one, and sign in once more."""


class TestConnection(Ask, frozen=True, tag="test_connection"):
    """Try a profile without using it; answered by ConnectionTested."""

    repeatable = False

    __test__ = False  # pytest would take it for a test class

    profile: Profile
    secret: str

    def __repr__(self) -> str:
        return f"TestConnection({self.profile.name!r})"


class ConnectionTested(Answer, frozen=True, tag="connection_tested"):
    """Answer to TestConnection. ``name``: who the profile signs in as."""

    asks = (TestConnection,)

    name: str = ""
