"""Lines that the local policy and Stream judged differently: counted, and listed on request."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable

from console.base.errors import WorldError
from console.domain.verdict import Source, Verdict
from console.protocol.lab_runs import AskDisagreements, Disagreement, Disagreements
from console.store.archive import Archive, JudgedTwice

MOST_LISTED = 1_000
REMEMBERED = 20_000
"""Local verdicts that wait for Stream's."""


class DisagreementCount:
    """Counts, for one sign-in. ``lines``: how many so far."""

    def __init__(self) -> None:
        self.lines = 0
        self._local: OrderedDict[str, str] = OrderedDict()

    def heard(self, verdicts: Iterable[Verdict]) -> None:
        """Local verdicts that Stream's will be compared with."""
        for verdict in verdicts:
            self._local[verdict.utterance_id] = verdict.action
            if len(self._local) > REMEMBERED:
                self._local.popitem(last=False)

    def judged(self, verdict: Verdict) -> None:
        """A deciding verdict."""
        local = self._local.pop(verdict.utterance_id, None)
        if local is not None and verdict.source is Source.STREAM:
            self.lines += local != verdict.action


async def disagreements(
    open_archive: Callable[[], Awaitable[Archive]], app: str, question: AskDisagreements
) -> Disagreements:
    """The answer to ``question`` for the app with this api key."""
    if not app:
        return Disagreements(question.request_id, sentence="You are not signed in.")
    limit = min(max(0, question.limit), MOST_LISTED)
    try:
        found = await (await open_archive()).judged_differently(app, limit)
    except WorldError as error:
        return Disagreements(question.request_id, sentence=error.sentence)
    return Disagreements(question.request_id, tuple(map(_told, found)))


def _told(found: JudgedTwice) -> Disagreement:
    line = found.utterance
    return Disagreement(
        utterance_id=line.utterance_id,
        call=line.cid,
        speaker=line.speaker_name or line.speaker_id,
        text=line.text,
        at=line.start_time,
        local=found.local.action,
        stream=found.stream.action,
        local_why=found.local.why,
        stream_why=found.stream.why,
        matches=found.local.matches,
    )
