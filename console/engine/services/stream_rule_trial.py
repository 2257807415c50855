"""Tries a call rule of Stream on sessions of the store, bit by bit, so that it can be stopped."""

from collections import Counter
from collections.abc import Callable

from console.domain.item import FRAME, Picture
from console.domain.picture import found_labels
from console.domain.verdict import JudgedItem
from console.policy.calls.rules import CallRule
from console.policy.calls.saved import Effect, Replay
from console.protocol.stream_rules import RuleEffect
from console.store.saved_sessions import SavedSessions

BATCH = 500
MOST_EFFECTS = 1_000
"""Violations that are told one by one."""


class Trial:
    """One rule on the sessions that somebody chose.

    Attributes:
        total: captions and frames there are; known once it runs. captions, frames: seen so far.
        sessions: how many were begun. violations, by_part, effects: found so far.
        stopped: set it to end the trial after the batch that is being looked at.
    """

    def __init__(self, rule: CallRule, store: SavedSessions) -> None:
        self._rule, self._store = rule, store
        self.total = self.captions = self.frames = self.sessions = self.violations = 0
        self.by_part: Counter[str] = Counter()
        self.effects: list[RuleEffect] = []
        self.stopped = False

    async def run(
        self, chosen: tuple[tuple[str, str], ...], progress: Callable[[int, int], object]
    ) -> None:
        """Go through it; ``progress`` gets what is done and the total after each batch.

        Raises:
            WorldError: the store could not be read.
        """
        places = [await self._store.places(*session) for session in dict.fromkeys(chosen)]
        self.total = sum(map(len, places))
        progress(0, self.total)
        for of_session in places:
            replay = Replay(self._rule)
            for start in range(0, len(of_session), BATCH):
                if self.stopped:
                    return
                self.sessions += start == 0
                for judged in await self._store.read(of_session[start : start + BATCH]):
                    self._see(replay, judged)
                progress(self.captions + self.frames, self.total)

    def _see(self, replay: Replay, judged: JudgedItem) -> None:
        if judged.item.kind == FRAME:
            self.frames += 1
        else:
            self.captions += 1
        for effect in replay.see(judged):
            self.violations += 1
            self.by_part[effect.part] += 1
            if len(self.effects) < MOST_EFFECTS:
                self.effects.append(_told(effect))


def _told(effect: Effect) -> RuleEffect:
    item, triggered = effect.item, effect.triggered
    return RuleEffect(
        at=item.start_time,
        cid=item.cid,
        user_id=item.author_id,
        name=item.author_name,
        what=", ".join(triggered.actions) or "nothing",
        violation=triggered.violation_number,
        part=effect.part,
        item_id=item.item_id,
        text=_shown(item.body) if isinstance(item.body, Picture) else item.text,
    )


def _shown(picture: Picture) -> str:
    """What stands for a frame in a list: what it shows, and what can be read in it."""
    found = found_labels(picture.labels, picture.text)
    labels = ", ".join(dict.fromkeys(each.names[0] for each in found))
    return " · ".join(filter(None, (labels, picture.words)))
