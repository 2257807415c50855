"""Saved calls as lines of a run: what was said and shown, and what moderators did about it."""

from array import array

from console.engine.services.lab.run_worker_messages import FedLines, RunLine
from console.policy.measures.counterfactual import LOOK_BACK_S, is_answer, line_of_act
from console.protocol.lab_runs import CallsSource, HumanAct
from console.store.archive import Archive

BATCH = 1_000


class SavedLines:
    """Hands out the lines of calls, one call after the other, in batches and as they were said.

    ``total`` is asked for first.
    """

    def __init__(self, archive: Archive, source: CallsSource) -> None:
        self._archive = archive
        self._calls = list(dict.fromkeys(source.calls))
        self._places: dict[tuple[str, str], array[int]] = {}
        self._done = 0
        self._answers: dict[str, tuple[HumanAct, ...]] | None = None

    async def total(self) -> int:
        """How many lines there are. Raises WorldError."""
        for app, cid in self._calls:
            self._places[app, cid] = await self._archive.places(app, cid)
        return sum(map(len, self._places.values()))

    async def next_batch(self) -> FedLines:
        """The next lines. Raises WorldError."""
        if not self._calls:
            return FedLines((), last=True)
        app, cid = self._calls[0]
        if self._answers is None:
            self._answers = await self._answers_in(app, cid)
        places = self._places[app, cid][self._done : self._done + BATCH]
        found = await self._archive.lines(app, places)
        self._done += len(places)
        lines = tuple(
            RunLine(
                text=line.text,
                language=line.language,
                speaker=line.author_name or line.author_id,
                speaker_id=line.author_id,
                call=cid,
                at=line.start_time,
                said=judged.standing.action if judged.standing is not None else "",
                acts=self._answers.get(line.item_id, ()),
            )
            for judged in found
            for line in (judged.item,)
        )
        if self._done >= len(self._places[app, cid]):
            del self._calls[0]
            self._done = 0
            self._answers = None
        return FedLines(lines, last=not self._calls)

    async def _answers_in(self, app: str, cid: str) -> dict[str, tuple[HumanAct, ...]]:
        answers: dict[str, tuple[HumanAct, ...]] = {}
        for act, receipt in await self._archive.acts(app, cid):
            if not is_answer(act, receipt.state):
                continue
            at = act.requested_at
            answer = HumanAct(kind=act.kind, by=act.by, at=at, undone=receipt.overturned)
            for user_id in act.user_ids:
                spoken = await self._archive.spoken(app, cid, user_id, at - LOOK_BACK_S, at)
                if item_id := line_of_act(at, spoken):
                    answers[item_id] = (*answers.get(item_id, ()), answer)
        return answers
