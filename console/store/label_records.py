"""The labels of moderators, for the engine: read and written off its thread."""

from collections.abc import Sequence

from console.domain.act import Act
from console.domain.automation.proposal import Proposal
from console.domain.given_label import GivenLabel, LabelCounts
from console.domain.verdict import JudgedItem
from console.store import given_labels, label_candidates
from console.store.connection_thread import ConnectionThread
from console.store.given_labels import EVERY_APP

MOST = 50_000
"""Labels that are read at once, the newest ones."""


class LabelRecords:
    """Of one app, or of all of them; whose are new is told only of one app.

    Every method raises WorldError when the disk or the file fails; nothing is then kept.
    """

    def __init__(
        self, writer: ConnectionThread, reader: ConnectionThread, app_id: int = EVERY_APP
    ) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def keep(self, given: GivenLabel) -> GivenLabel | None:
        """Keep a label; returns the one in whose place it is. It survives a power cut."""
        return await self._writer.run(
            lambda c: given_labels.keep(c, self._app_id, given), durable=True
        )

    async def take_back(self, item_id: str) -> GivenLabel | None:
        """Forget the label of an item; returns what it was."""
        return await self._writer.run(
            lambda c: given_labels.take_back(c, self._app_id, item_id), durable=True
        )

    async def among(self, item_ids: Sequence[str]) -> set[str]:
        """Those of these items that have a label."""
        return await self._reader.run(lambda c: given_labels.among(c, self._app_id, item_ids))

    async def newest(self, limit: int = MOST) -> list[GivenLabel]:
        """The last labels, newest first."""
        return await self._reader.run(lambda c: given_labels.newest(c, self._app_id, limit))

    async def counts(self) -> LabelCounts:
        """How many there are."""
        return await self._reader.run(lambda c: given_labels.counts(c, self._app_id))

    async def delete(self) -> int:
        """Delete all of them; returns how many there were."""
        return await self._writer.run(lambda c: given_labels.delete(c, self._app_id), durable=True)

    async def judged_differently(self, limit: int) -> list[JudgedItem]:
        """Items of which the policy here and Stream recommend different actions, newest first."""
        return await self._reader.run(
            lambda c: label_candidates.judged_differently(c, self._app_id, limit)
        )

    async def measured(self, limit: int) -> list[JudgedItem]:
        """Items of late whose local verdict has a confidence, newest first."""
        return await self._reader.run(lambda c: label_candidates.measured(c, self._app_id, limit))

    async def undone(self, look_back_s: float, limit: int) -> list[tuple[JudgedItem, Act]]:
        """What the last acts were about that somebody took back."""
        return await self._reader.run(
            lambda c: label_candidates.undone(c, self._app_id, look_back_s, limit)
        )

    async def overturned(self, limit: int) -> list[tuple[JudgedItem, Proposal]]:
        """What automation answered with something that a person took back."""
        return await self._reader.run(lambda c: label_candidates.overturned(c, self._app_id, limit))
