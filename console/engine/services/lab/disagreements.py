"""Lines that the local policy and Stream judged differently, listed on request."""

from collections.abc import Awaitable, Callable

from console.base.errors import WorldError
from console.engine.services.lab.app_access import SIGNED_OUT
from console.protocol.lab_runs import AskDisagreements, Disagreement, Disagreements
from console.store.archive import Archive, JudgedTwice

MAX_LISTED = 1_000


async def disagreements(
    open_archive: Callable[[], Awaitable[Archive]], app: str, question: AskDisagreements
) -> Disagreements:
    """The answer to ``question`` for the app with this api key.

    Raises:
        WorldError: nobody is signed in, or the store could not be read.
    """
    if not app:
        raise WorldError(SIGNED_OUT)
    limit = min(max(0, question.limit), MAX_LISTED)
    found = await (await open_archive()).judged_differently(app, limit)
    return Disagreements(question.request_id, tuple(map(_told, found)))


def _told(found: JudgedTwice) -> Disagreement:
    line = found.item
    return Disagreement(
        item_id=line.item_id,
        call=line.cid,
        speaker=line.author_name or line.author_id,
        text=line.text,
        at=line.start_time,
        local=found.local.action,
        stream=found.stream.action,
        local_rule=found.local.rule,
        stream_rule=found.stream.rule,
        local_why=found.local.why,
        stream_why=found.stream.why,
        matches=found.local.matches,
    )
