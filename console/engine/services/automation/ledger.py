"""The proposals of one sign-in: changed here and nowhere else, told at once, on disk soon."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.automation.proposal import Proposal, ProposalState
from console.engine.services.service import SessionContext
from console.protocol.automation import ProposalsChanged

KEPT = 2_000
"""Proposals in memory; the oldest that nobody waits for go first."""

STORE_AGAIN_S = 2.0


class Ledger:
    """Proposals by id, oldest first.

    Attributes:
        counts: how many proposals of this sign-in came into each state; ``proposed`` is the sum of
            suggestions and countdowns.
        changed: set where the record of a rule may have changed.
    """

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        self._store = context.store.automation
        self._known: OrderedDict[str, Proposal] = OrderedDict()
        self._waiting: dict[str, Proposal] = {}
        self._unsaved: dict[str, Proposal] = {}
        self._wake = asyncio.Event()
        self._refused = False
        self.counts: Counter[str] = Counter()
        self.changed = asyncio.Event()

    def find(self, proposal_id: str) -> Proposal | None:
        """The proposal, if it is in memory."""
        return self._known.get(proposal_id)

    def waiting(self) -> list[Proposal]:
        """Those that a person can still decide, oldest first."""
        return list(self._waiting.values())

    def recall(self, proposals: Sequence[Proposal]) -> None:
        """Proposals of before this sign-in."""
        for each in proposals:
            self._hold(each)
        if proposals:
            self._context.channel.put(ProposalsChanged(tuple(proposals), replay=True))

    async def add(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """Keep and tell those that are new. A store that takes none is told, and they go on."""
        try:
            new = await self._store.add(proposals)
        except WorldError as error:
            self._context.channel.problem("automation", error.sentence)
            new = [each.proposal_id not in self._known for each in proposals]
        added = [each for each, is_new in zip(proposals, new, strict=True) if is_new]
        for each in added:
            self._hold(each)
            self._count(each)
        if added:
            self._context.channel.put(ProposalsChanged(tuple(added)))
        self._trim()
        return added

    def change(self, proposal: Proposal, **fields: Any) -> Proposal:
        """Replace fields of a proposal; told now, on disk soon."""
        changed = replace(self._known.get(proposal.proposal_id, proposal), **fields)
        before = self._known.get(proposal.proposal_id)
        self._hold(changed)
        if before is None or before.state is not changed.state:
            self.counts[changed.state] += 1
        self._context.channel.put(ProposalsChanged((changed,)))
        self._unsaved[changed.proposal_id] = changed
        self._wake.set()
        return changed

    async def run(self) -> None:
        """Write what changed, for as long as this runs."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._unsaved and await self._save_one():
                pass
            if self._unsaved:
                await self._context.clock.sleep(STORE_AGAIN_S)
                self._wake.set()

    async def close(self) -> None:
        """Write what is left, once."""
        while self._unsaved and await self._save_one():
            pass

    async def _save_one(self) -> bool:
        proposal_id, proposal = next(iter(self._unsaved.items()))
        try:
            await self._store.change(proposal, self._context.clock.now())
        except WorldError as error:
            if not self._refused:
                self._context.channel.problem("automation", error.sentence)
            self._refused = True
            return False
        self._refused = False
        if self._unsaved.get(proposal_id) is proposal:
            del self._unsaved[proposal_id]
        self.changed.set()  # records are counted by the store, which has it only now
        return True

    def _hold(self, proposal: Proposal) -> None:
        self._known[proposal.proposal_id] = proposal
        if proposal.waiting:
            self._waiting[proposal.proposal_id] = proposal
        else:
            self._waiting.pop(proposal.proposal_id, None)

    def _count(self, proposal: Proposal) -> None:
        self.counts[proposal.state] += 1
        self.counts["proposed"] += proposal.state is not ProposalState.SHADOW
        self.changed.set()

    def _trim(self) -> None:
        over = len(self._known) - KEPT
        if over > 0:
            settled = [key for key, each in self._known.items() if not each.waiting]
            for key in settled[:over]:
                del self._known[key]
