"""The sandbox as one ASGI application."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Mount, WebSocketRoute

from console.sandbox import signalling
from console.sandbox.coordinator import CHAT_PATH, Coordinator
from console.sandbox.fidelity import media
from console.sandbox.fidelity.webhooks import Webhooks
from console.sandbox.operation import Operation
from console.sandbox.rate_limits import RateLimits
from console.sandbox.request_handler import RequestHandler
from console.sandbox.routes.table import OPERATIONS
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import World

FROM_ANY_PAGE = Middleware(
    CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"]
)
"""Stream's browser clients ask from whatever site they are part of."""


def create_app(
    world: World,
    keys: AppKeys,
    *,
    sockets: Sockets | None = None,
    limits: RateLimits | None = None,
    webhooks: Webhooks | None = None,
    control: Sequence[BaseRoute] = (),
    operations: Sequence[Operation] = OPERATIONS,
    signalling_routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """Stream's REST and coordinator WebSocket over ``world``.

    Args:
        sockets, webhooks: handed in when the caller wants to act on them (faults, control
            endpoint). Whoever makes webhooks closes them; those made here are never closed.
        control: routes of the control endpoint, none when it is off.
        signalling_routes: the media server's; without them the answer is that there is none.
    """
    if sockets is None:  # one without connections is false
        sockets = Sockets(world)
    if webhooks is None:
        webhooks = Webhooks(world, keys)
    coordinator = Coordinator(world, sockets, keys)
    handler = RequestHandler(world, sockets, keys, limits or RateLimits(), operations)
    app = Starlette(
        routes=[
            WebSocketRoute("/video/connect", coordinator.serve),
            WebSocketRoute("/api/v2/connect", coordinator.serve),
            WebSocketRoute(CHAT_PATH, coordinator.serve),
            *control,  # what a page of any site must not ask
            Mount(
                "",
                routes=[
                    *(signalling_routes or signalling.routes(world.state.faults)),
                    *media.routes(world),
                    Mount("", app=handler),
                ],
                middleware=[FROM_ANY_PAGE],
            ),
        ]
    )
    app.state.world = world
    app.state.sockets = sockets
    app.state.webhooks = webhooks
    return app
