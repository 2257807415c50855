"""What a restart needs, written every two seconds: the calls, and that they were listened to."""

from collections.abc import Callable

from console.base.clock import Clock
from console.base.errors import WorldError
from console.engine.services.directory_publisher import DirectoryPublisher
from console.store.store import AppStore

EVERY_S = 2.0


async def write_heartbeat(
    store: AppStore,
    publisher: DirectoryPublisher,
    clock: Clock,
    listening: Callable[[], tuple[tuple[str, ...], float]],
    problem: Callable[[str, str], None],
) -> None:
    """Runs until cancelled.

    ``listening``: the calls that are listened to now, none while there is no socket, and when
    anything was heard last (unix seconds).
    """
    while True:
        await clock.sleep(EVERY_S)
        try:
            await store.keep_calls(publisher.take_unkept())
            cids, heard_at = listening()
            if cids:
                await store.heartbeat(cids, heard_at)
        except WorldError as error:
            problem("store", error.sentence)
