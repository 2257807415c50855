"""Keeps what moderators say of verdicts, and finds lines of which it is worth saying something."""

from typing import ClassVar

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.domain.act import Act
from console.domain.acts.table import spec_of
from console.domain.given_label import MAX_LABEL, GivenLabel, Says, given_label, shown_label
from console.domain.verdict import JudgedItem
from console.domain.worth_labelling import worth_labelling
from console.engine.services.service import Service, SessionContext
from console.policy.evaluator import Evaluator
from console.policy.measures.counterfactual import LOOK_BACK_S
from console.policy.policy_hash import policy_hash
from console.policy.sections.words import LABELS
from console.protocol.labels import (
    AskWorthLabelling,
    GiveLabel,
    LabelKept,
    LabelsChanged,
    TakeBackLabel,
    WorthLabelling,
)
from console.protocol.to_window import ToWindow

TOLD_AT_FIRST = 2_000
"""Labels of earlier that the window gets at the sign-in, the last ones."""
MOST_WORTH = 500
"""Lines that are worth a label: so many are listed, and so many of each sort looked at."""

_Asked = GiveLabel | TakeBackLabel | AskWorthLabelling


class Labels(Service):
    """Gives labels to what is kept; nothing of them leaves this machine."""

    handles: ClassVar = (GiveLabel, TakeBackLabel, AskWorthLabelling)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._records = context.store.labels
        self._hashed: Evaluator | None = None
        self._hash = ""

    async def start(self) -> None:
        await self._tell_all()

    async def answer(self, message: _Asked) -> ToWindow:
        match message:
            case GiveLabel():
                before = await self._give(message)
                shown = shown_label(before) if before is not None else None
                return LabelKept(message.request_id, before=shown)
            case TakeBackLabel():
                await self._take_back(message)
                return LabelKept(message.request_id)
            case AskWorthLabelling():
                return await self._worth(message)

    async def _tell_all(self) -> None:
        last = await self._records.newest(TOLD_AT_FIRST)
        counts = await self._records.counts()
        shown = tuple(map(shown_label, last))
        known = known_labels(self.context.evaluator())
        self.context.channel.put(
            LabelsChanged(changed=shown, counts=counts, known=known, whole=True)
        )

    async def _give(self, wanted: GiveLabel) -> GivenLabel | None:
        label = " ".join(wanted.label.split())[:MAX_LABEL]
        if wanted.says is Says.OTHER and not label:
            raise WorldError("Say which label it should have had.")
        judged = await self._judged(wanted.item_id)
        stands = judged.standing
        if stands is None:
            raise WorldError("Nobody has judged this line yet.")
        seen = (wanted.revision, wanted.action)
        if wanted.action and seen != (judged.item.revision, stands.action):
            raise WorldError("Its verdict changed just now.", "Look at it again.")
        given = self._given(judged, wanted.says, label, self.context.user_id)
        before = await self._records.keep(given)
        await self._tell(given)
        return before

    async def _take_back(self, wanted: TakeBackLabel) -> None:
        before = wanted.before
        if before is None:
            await self._records.take_back(wanted.item_id)
            counts = await self._records.counts()
            self.context.channel.put(LabelsChanged(removed=(wanted.item_id,), counts=counts))
            return
        judged = await self._judged(wanted.item_id)
        given = self._given(judged, before.says, before.label, before.by, before.at)
        await self._records.keep(given)
        await self._tell(given)

    async def _judged(self, item_id: str) -> JudgedItem:
        judged = (await self.context.store.known([item_id])).get(item_id)
        if judged is None:
            raise WorldError("This line is not kept on this machine.")
        return judged

    def _given(
        self, judged: JudgedItem, says: Says, label: str, by: str, at: float = 0.0
    ) -> GivenLabel:
        assert judged.standing is not None
        return given_label(
            judged.item,
            judged.verdicts,
            judged.standing,
            says=says,
            label=label,
            by=by,
            at=at or self.context.clock.now(),
            policy=self._policy_hash(),
        )

    async def _tell(self, given: GivenLabel) -> None:
        counts = await self._records.counts()
        self.context.channel.put(LabelsChanged(changed=(shown_label(given),), counts=counts))

    def _policy_hash(self) -> str:
        evaluator = self.context.evaluator()
        if evaluator is not self._hashed:
            self._hashed = evaluator
            self._hash = policy_hash(evaluator.policy) if evaluator is not None else ""
        return self._hash

    async def _worth(self, wanted: AskWorthLabelling) -> WorthLabelling:
        records, limit = self._records, min(max(1, wanted.limit), MOST_WORTH)
        undone = await records.undone(LOOK_BACK_S, MOST_WORTH)
        overturned = await records.overturned(MOST_WORTH)
        candidates = [
            *(judged for judged, _act in undone),
            *(judged for judged, _proposal in overturned),
            *await records.judged_differently(MOST_WORTH),
            *await records.measured(MOST_WORTH),
        ]
        why = {judged.item.item_id: _taken_back(act) for judged, act in undone}
        why |= {
            judged.item.item_id: f"Somebody took back what the rule {visible(proposal.rule)} did."
            for judged, proposal in overturned
        }
        labelled = await records.among([each.item.item_id for each in candidates])
        evaluator = self.context.evaluator()
        least_of = evaluator.policy.confidence.least_of if evaluator else lambda _label: 0.0
        found = worth_labelling(candidates, why, least_of, frozenset(labelled))
        return WorthLabelling(wanted.request_id, lines=tuple(found[:limit]))


def known_labels(evaluator: Evaluator | None) -> tuple[str, ...]:
    """Labels that a line could have had: the local classifier's first, then Stream's."""
    local = evaluator.models.text if evaluator is not None else None
    own = local.labels if local is not None else ()
    return tuple(dict.fromkeys((*own, *(word.name for word in LABELS))))


def _taken_back(act: Act) -> str:
    return f"“{spec_of(act.kind).label}”, which answered it, was taken back."
