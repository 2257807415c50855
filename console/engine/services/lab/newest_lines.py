"""The lines that were saved last, of all calls, for what is tried on a moderator's own lines."""

from collections.abc import AsyncIterator

from console.engine.services.lab.run_worker_messages import RunLine
from console.engine.services.lab.saved_lines import SavedLines
from console.protocol.lab_runs import CallsSource
from console.store.archive import Archive


async def newest_calls(archive: Archive, most: int, app: str = "") -> CallsSource:
    """The calls of late with together about ``most`` lines; of one ``app``, or of all for ""."""
    chosen: list[tuple[str, str]] = []
    lines = 0
    for call in await archive.calls():
        if app and call.app != app:
            continue
        if lines >= most:
            break
        chosen.append((call.app, call.cid))
        lines += call.lines
    return CallsSource(tuple(chosen))


async def newest_lines(archive: Archive, most: int, app: str = "") -> AsyncIterator[RunLine]:
    """At most ``most`` lines of them, call by call."""
    feed = SavedLines(archive, await newest_calls(archive, most, app))
    await feed.total()
    given = 0
    while True:
        batch = await feed.next_batch()
        for line in batch.lines:
            if given >= most:
                return
            given += 1
            yield line
        if batch.last:
            return
