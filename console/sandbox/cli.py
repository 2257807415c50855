"""``moderator-console sandbox``: the server alone, until interrupted or its parent is gone."""

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import msgspec
from starlette.types import ASGIApp

from console.base import log as logs
from console.base.clock import Clock, SystemClock
from console.base.errors import WorldError
from console.base.paths import Paths, resources
from console.base.tasks import Tasks
from console.models.model_registry import ModelRegistry
from console.policy.coverage import when_wanted
from console.sandbox import coverage, tape
from console.sandbox.app import create_app
from console.sandbox.control import Control
from console.sandbox.direction.director import Director
from console.sandbox.direction.scenario_file import find_scenario, read_scenario
from console.sandbox.fidelity.webhooks import Webhooks
from console.sandbox.media_on_demand import MediaOnDemand
from console.sandbox.replay import Replay
from console.sandbox.server import Address, serving
from console.sandbox.sockets import Sockets
from console.sandbox.tape import Recorder
from console.sandbox.tokens import AppKeys
from console.sandbox.virtual_clock import VirtualClock
from console.sandbox.world import MODERATOR_ID, World

log = logging.getLogger(__name__)

TEAM_CHANNEL = ("messaging", "moderators")
"""A channel that only the moderator reads, so that a console of theirs can be tried with a team."""


def main(options: argparse.Namespace) -> int:
    """Run the sandbox; 0 when it was ended, 1 when it could not begin."""
    if getattr(options, "coverage", False):
        listed = [*coverage.lines(), "", "Not served:", *coverage.gaps()]
        sys.stdout.write("\n".join(listed) + "\n")
        return 0
    paths = Paths.under(options.home) if options.home else Paths.of_platform()
    logs.configure("sandbox", paths.logs, to_stderr=True)
    try:
        asyncio.run(_replay(options) if options.replay else _run(options))
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


async def _run(options: argparse.Namespace) -> None:
    scenario = read_scenario(find_scenario(options.scenario))
    speed = scenario.speed if options.speed is None else options.speed
    clock: Clock = SystemClock(*options.clock)
    if options.virtual_clock:
        if speed <= 0:
            raise WorldError("Speed and rate of a scenario must be greater than zero.")
        clock, speed = VirtualClock(speed), 1.0
    # Only the models that come with the program, so that two sandboxes judge alike.
    shelf = ModelRegistry(None, resources() / "models")
    models = when_wanted(lambda: shelf.take().models, lambda: shelf.take_image().models)
    world = World(clock, models)
    sockets = Sockets(world)
    sockets.frames = scenario.frames_over_sockets
    keys = AppKeys.generate()
    moderator = world.add_user(MODERATOR_ID, "Moderator", role="moderator")
    world.chat.make(*TEAM_CHANNEL, moderator, [])
    director = Director(
        world,
        scenario,
        clock,
        seed=options.seed,
        speed=speed,
        rate=1.0 if options.rate is None else options.rate,
        paused=options.paused,
    )
    director.prepare()
    # Thousands of people live as long as the process: the collector need not visit them.
    gc.collect()
    gc.freeze()
    webhooks = Webhooks(world, keys)
    # The control endpoint is off by default; a paused scenario needs it to be started.
    asked = options.control or options.paused
    control = [Control(world, sockets, director, webhooks).mount()] if asked else []
    media = MediaOnDemand(world, allowed=not options.no_media)
    app = create_app(
        world,
        keys,
        sockets=sockets,
        webhooks=webhooks,
        control=control,
        signalling_routes=media.routes(),
    )
    recorder = Recorder(app, options.record) if options.record else None
    with contextlib.closing(recorder or contextlib.ExitStack()):
        await _serve(recorder or app, keys, options, director.run)
        await webhooks.close()
        await media.close()


async def _replay(options: argparse.Namespace) -> None:
    """Play a tape until interrupted."""
    app = Replay(tape.read(options.replay), speed=options.speed or 1.0).app()
    await _serve(app, AppKeys.generate(), options)


async def _serve(
    app: ASGIApp,
    keys: AppKeys,
    options: argparse.Namespace,
    play: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> None:
    """Serve ``app`` until interrupted, or until ``play`` ends."""
    ended = asyncio.Event()
    tasks = Tasks()
    with _ended_by_signals(ended):
        async with serving(app, port=options.port) as address:
            _announce(address, keys, as_json=options.json)
            if options.until_stdin_closes:
                tasks.spawn(_until_stdin_closes(ended), name="stdin")
            if play is not None:
                playing = tasks.spawn(play(), name="director")
                playing.add_done_callback(lambda _: ended.set())
            await ended.wait()
            await tasks.close()


@contextlib.contextmanager
def _ended_by_signals(ended: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    names = (signal.SIGINT, signal.SIGTERM)
    if sys.platform == "win32":
        for name in names:
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(ended.set))
        yield
        return
    for name in names:
        loop.add_signal_handler(name, ended.set)
    try:
        yield
    finally:
        for name in names:
            loop.remove_signal_handler(name)


async def _until_stdin_closes(ended: asyncio.Event) -> None:
    """Set ``ended`` when the other end of standard input was closed."""
    loop = asyncio.get_running_loop()

    def read() -> None:
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(ended.set)

    # A thread that the interpreter does not wait for: the read may outlive everything else.
    threading.Thread(target=read, name="stdin", daemon=True).start()
    await ended.wait()


def _announce(address: Address, keys: AppKeys, *, as_json: bool) -> None:
    facts = {
        "base_url": address.base_url,
        "ws_url": address.ws_url,
        "api_key": keys.api_key,
        "api_secret": keys.api_secret,
        "token": keys.user_token(MODERATOR_ID),
        "user_id": MODERATOR_ID,
    }
    if as_json:
        sys.stdout.write(msgspec.json.encode(facts).decode() + "\n")
    else:
        width = max(map(len, facts))
        for name, value in facts.items():
            sys.stdout.write(f"{name:<{width}}  {value}\n")
        sys.stdout.write("The sandbox is listening. Ctrl+C ends it.\n")
    sys.stdout.flush()
