"""``moderator-console engine``: the protocol on standard input and output, the log in a file."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys

from console.base import documents, log
from console.base.clock import Clock, SystemClock
from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.pipes import PipeReader, PipeWriter
from console.base.secrets import Secrets
from console.domain.sign_in import Profile
from console.engine.engine import Engine
from console.engine.router import Router
from console.engine.webhooks.listen_at import ListenAt
from console.engine.window_channel import WindowChannel
from console.protocol.connection import SignIn
from console.protocol.to_window import VERSION, Hello

logger = logging.getLogger(__name__)

CLOSE_LIMIT_S = 4.0
"""How long closing may take: longer than the media process gets, shorter than the window waits."""


def main(options: argparse.Namespace) -> int:
    """Run an engine until standard input closes; 0 unless it could not begin.

    Raises:
        WorldError: standard input is closed already.
    """
    if sys.stdin is None:
        raise WorldError("The engine takes its orders from standard input, which is closed.")
    paths = Paths.under(options.home) if options.home else Paths.of_platform()
    try:
        paths.create()
        log.configure("engine", paths.logs)
        for chatty in ("httpx", "getstream"):  # a line for each request
            logging.getLogger(chatty).setLevel(logging.WARNING)
        sign_in = stored_sign_in(paths, options.profile) if options.profile else None
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    # Nothing but the protocol may reach the real standard output, whatever a library prints.
    output = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    clock = SystemClock(*options.clock)
    code = asyncio.Runner().run(_run(paths, output, sign_in, clock, options.webhook))
    # Everything is closed and written by now. An orderly end would wait for the SDK's import, which
    # takes seconds, cannot be stopped, and which a window that closes early need not wait for.
    logging.shutdown()
    os._exit(code)


def stored_sign_in(paths: Paths, name: str) -> SignIn:
    """The stored profile called ``name`` with its secret from the keyring.

    Raises:
        WorldError: there is no such profile, or no secret for it, or the keyring does not answer.
    """
    profiles = documents.load(paths.config / "profiles.json", list[Profile]) or []
    profile = next((profile for profile in profiles if profile.name == name), None)
    if profile is None:
        known = ", ".join(profile.name for profile in profiles) or "none"
        raise WorldError(f"There is no profile called {name!r}.", f"Known: {known}.")
    secret = asyncio.run(Secrets().find(name))
    if not secret:
        raise WorldError(
            f"The keyring holds no secret for {name!r}.", "Sign in once in the window."
        )
    return SignIn(profile=profile, secret=secret)


async def _run(
    paths: Paths,
    output: int,
    sign_in: SignIn | None,
    clock: Clock,
    webhooks_at: ListenAt | None,
) -> int:
    loop = asyncio.get_running_loop()
    leaving = asyncio.Event()

    def leave() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: we are leaving
            loop.call_soon_threadsafe(leaving.set)

    for name in ("SIGINT", "SIGTERM"):
        with contextlib.suppress(NotImplementedError, AttributeError):  # Windows
            loop.add_signal_handler(getattr(signal, name), leave)
    writer = PipeWriter(output, on_broken=leave)
    channel = WindowChannel(writer, clock)
    channel.put(Hello(version=VERSION, pid=os.getpid()))
    channel.flush()
    engine = Engine(paths, channel, clock, webhooks_at=webhooks_at)
    router = Router(engine, channel, clock, leave)
    engine.start()
    if sign_in is not None:
        router.answer(sign_in)
    PipeReader(sys.stdin.fileno(), router.feed, leave, loop)
    await leaving.wait()
    logger.info("leaving")
    try:
        async with asyncio.timeout(CLOSE_LIMIT_S):
            await router.close()
            await engine.close()
    except TimeoutError:
        logger.warning("not everything could be closed in time")
    channel.flush()
    writer.close()
    return 0
