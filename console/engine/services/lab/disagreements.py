"""Lines that the local policy and Stream judged differently, listed on request."""

from collections.abc import Awaitable, Callable

from console.base.errors import WorldError
from console.domain.item import Item
from console.domain.verdict import Source, Verdict
from console.engine.services.lab.app_access import SIGNED_OUT
from console.protocol.lab_runs import AskDisagreements, Disagreement, Disagreements
from console.store.archive import Archive

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
    rows = (
        _row(judged.item, local, stream, judged.standing)
        for judged in found
        if (local := judged.by(Source.LOCAL)) and (stream := judged.by(Source.STREAM))
    )
    return Disagreements(question.request_id, tuple(rows))


def _row(item: Item, local: Verdict, stream: Verdict, stands: Verdict | None) -> Disagreement:
    return Disagreement(
        item_id=item.item_id,
        call=item.cid,
        speaker=item.author_name or item.author_id,
        text=item.text,
        at=item.start_time,
        local=local.action,
        stream=stream.action,
        local_rule=local.rule,
        stream_rule=stream.rule,
        local_why=local.why,
        stream_why=stream.why,
        matches=local.matches,
        revision=item.revision,
        stands=stands,
    )
