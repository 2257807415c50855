"""The way to the app of the present sign-in, for those who hold its secret."""

from typing import TYPE_CHECKING

from console.base.errors import WorldError

if TYPE_CHECKING:
    from console.engine.engine import Engine
    from console.engine.wire.stream import Gateway

SIGNED_OUT = "You are not signed in."
NO_SECRET = "This sign-in may not do that: it needs the app's secret."


def with_secret(engine: "Engine") -> "Gateway":
    """The gateway of a sign-in with an app secret.

    Raises:
        WorldError: there is no such sign-in.
    """
    gateway = engine.gateway
    if gateway is None:
        raise WorldError(SIGNED_OUT, "Sign in with the app's secret.")
    if not gateway.may_check:
        raise WorldError(NO_SECRET, "Sign in with the app's secret.")
    return gateway
