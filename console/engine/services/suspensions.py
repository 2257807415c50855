"""Suspended calls: what is taken from everybody, who had what before, and who came in since."""

import asyncio
import contextlib
import uuid
from collections.abc import Iterable, Mapping
from typing import ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.act import Act, ReceiptState
from console.domain.acts.spec import ActSpec
from console.domain.acts.suspension import (
    ACTS,
    GIVE_MICROPHONES,
    RESUME_CALL,
    SUSPEND_CALL,
    TAKE_MICROPHONES,
)
from console.domain.acts.table import spec_of
from console.domain.call import PERMISSION_OF_TRACK, Call
from console.domain.suspended import (
    HeldRights,
    Suspension,
    given_back,
    giving_back,
    let_in,
    suspended,
)
from console.domain.suspension_told import heard, rights_told, words_of
from console.domain.team import Lasting, Restored, Told, Withheld
from console.engine.services.rights import Rights
from console.engine.services.role_rights import learn_roles
from console.engine.services.service import Received, RightsTold, Service, SessionContext
from console.engine.wire.events import CallDeleted, CallEnded, CallUpdated, ParticipantJoined
from console.protocol.acts import ActProgress
from console.protocol.suspensions import AskSuspension, SuspensionAnswer

GATHER_S = 0.5
"""Whoever comes into a suspended call within this time waits together with the others."""
COLLEAGUE_S = 6.0
"""So long a colleague's console has to take the rights of whoever comes into its suspended call."""

TOLD_WITHIN_S = 3.0
"""So long after it gave or took something a colleague's console tells of it at the latest."""

_GIVES = (RESUME_CALL, GIVE_MICROPHONES)
_HERE = (ReceiptState.ACCEPTED, ReceiptState.SEEN)
_COMING = (ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED)


def permissions_of(spec: ActSpec) -> frozenset[str]:
    """What an act of this kind takes or gives."""
    return frozenset(PERMISSION_OF_TRACK[track] for track in spec.tracks)


class Suspensions(Service):
    """Remembers the rights before they are taken, and forgets them once they are given back."""

    handles: ClassVar = (AskSuspension,)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._held = context.suspended_calls
        self._coming: dict[str, tuple[str, Mapping[str, tuple[str, ...]]]] = {}
        """Acts that give rights back and were not seen yet: the call, and what each person gets."""
        self._looked_at: dict[str, set[str]] = {}
        self._of_newcomers: set[str] = set()
        self._waits_for_colleague: set[str] = set()
        self._wake = asyncio.Event()
        self._changed = asyncio.Event()
        self._writing = asyncio.Lock()
        """Held from reading what is remembered until its change is written: it takes a moment, in
        which a newcomer could be held with what is being given back."""
        self._tasks = Tasks()
        context.lasting.append(self._lasting)
        for spec in ACTS:
            prepare = self._take if spec.revokes else self._give
            context.preparations[spec.kind] = prepare

    async def start(self) -> None:
        known = await self.context.store.suspensions()
        for suspension in known:
            begun = await self.context.store.act(suspension.act_id)
            if (
                begun is None and not suspension.by
            ):  # the engine stopped before the act was written down
                await self.context.store.forget_suspension(suspension.cid)
            else:
                self._held[suspension.cid] = suspension
        self.context.keep_running(self._hold_those_who_come, "suspended calls")

    async def close(self) -> None:
        await self._tasks.close()

    async def answer(self, message: AskSuspension) -> SuspensionAnswer:
        held = self._held.get(message.cid)
        return SuspensionAnswer(
            message.request_id,
            cid=message.cid,
            since=held.since if held else 0.0,
            people=held.people if held else (),
        )

    async def on_event(self, received: Received) -> None:
        event = received.event
        if isinstance(event, CallUpdated):
            self._changed.set()
        if isinstance(event, ParticipantJoined) and event.call_cid in self._held:
            self._wake.set()
        elif isinstance(event, CallEnded | CallDeleted) and event.call_cid in self._held:
            async with self._writing:
                await self._keep(event.call_cid, None)

    async def on_colleague(self, told: Told) -> None:
        word = told.word
        if not isinstance(word, Withheld | Restored):
            return
        async with self._writing:
            known = self._held.get(word.cid)
            after = heard(known, told)
            if after == known:
                return
            if known is None and await self.context.store.act(word.act_id) is not None:
                return  # this console suspended it, and has given everything back since
            try:
                await self._write(word.cid, after)
            except WorldError as error:
                self.context.channel.problem("store", error.sentence)
        # The events that show it may have been lost.
        at = told.at - TOLD_WITHIN_S
        for user_id, (given, taken) in rights_told(known, after).items():
            self.context.rights_told(RightsTold(word.cid, user_id, given, taken, at))

    def _lasting(self) -> list[Lasting]:
        return [Lasting(held.by, words_of(None, held)) for held in self._held.values()]

    def on_swept(self, connection_id: str) -> None:
        for cid in self._held:
            self._show(cid)
        self._wake.set()

    def on_act(self, progress: ActProgress) -> None:
        act, receipt = progress.act, progress.receipt
        if act.kind in _GIVES:
            self._coming.pop(act.act_id, None)
            if receipt.state in _COMING:
                self._coming[act.act_id] = (act.cid, act.of_each)
        held = self._held.get(act.cid)
        if held is None:
            return
        if act.kind in _GIVES and receipt.state in _HERE:
            self._tasks.spawn(self._end_for(act), name="rights given back")
        never_sent = receipt.state is ReceiptState.FAILED and not receipt.sent_at
        if act.act_id == held.act_id and never_sent:
            self._tasks.spawn(self._undo_for(act), name="suspension that never was")

    async def _end_for(self, act: Act) -> None:
        """What this act gave back is remembered no more."""
        async with self._writing:
            held = self._held.get(act.cid)
            left = given_back(held, act.act_id) if held is not None else None
            if left != held:
                await self._keep(act.cid, left)

    async def _undo_for(self, act: Act) -> None:
        async with self._writing:
            held = self._held.get(act.cid)
            if held is not None and held.act_id == act.act_id:
                await self._keep(act.cid, None)

    # -- before an act is accepted

    async def _take(self, act: Act) -> Act:
        """Name those from whom something is taken, and remember what they had."""
        call = self.context.directory.call(act.cid)
        if call is None:
            return act
        await learn_roles(self.context, call, self._changed)
        wanted = permissions_of(spec_of(act.kind))
        async with self._writing:
            taken = self._to_take(act.cid, wanted, act.user_ids)
            if act.act_id in self._of_newcomers:
                held = self._held.get(act.cid)
                if held is None or not wanted <= held.permissions:
                    taken = []  # meanwhile a moderator gave everybody their rights back
            if not taken:
                return replace(act, user_ids=(), names=(), each=())
            held = suspended(
                self._held.get(act.cid),
                act.cid,
                wanted,
                [person for person, _ in taken],
                at=self.context.clock.now(),
                act_id=act.act_id,
            )
            await self._keep(act.cid, held)
        return _naming(act, ((person, taking) for person, taking in taken))

    async def _give(self, act: Act) -> Act:
        """Name those who get something back, and what."""
        async with self._writing:
            held = self._held.get(act.cid)
            if held is None:
                return replace(act, user_ids=(), names=(), each=())
            wanted = permissions_of(spec_of(act.kind))
            everybody = not act.user_ids or act.undo_of == held.act_id
            people = [p for p in held.people if everybody or p.user_id in act.user_ids]
            if everybody:
                held = let_in(held, wanted)
            ids = [person.user_id for person in people]
            await self._keep(act.cid, giving_back(held, wanted, ids, act.act_id))
        return _naming(act, ((p, p.held & wanted) for p in people if p.held & wanted))

    def _to_take(
        self, cid: str, wanted: frozenset[str], user_ids: Iterable[str] = ()
    ) -> list[tuple[HeldRights, frozenset[str]]]:
        """Who has, or may have, any of ``wanted``: what they had, and what is taken from them."""
        directory, only = self.context.directory, frozenset(user_ids)
        here = {p.user_id: p for p in directory.everyone(cid) if p.user_session_id}
        here.pop(self.context.user_id, None)
        found: list[tuple[HeldRights, frozenset[str]]] = []
        everybodys = directory.rights(cid)
        for user_id, person in here.items():
            if only and user_id not in only:
                continue
            rights = everybodys.get(user_id, Rights())
            has = (rights.held | self._coming_to(cid, user_id)) & wanted
            taking = has if rights.known else wanted
            if taking:
                remembered = HeldRights(
                    user_id=user_id,
                    name=person.name,
                    held=has,
                    known=rights.known,
                )
                found.append((remembered, taking))
        return found

    def _coming_to(self, cid: str, user_id: str) -> frozenset[str]:
        """What is on its way back to somebody: they will have it before anything else is sent."""
        given = (each.get(user_id, ()) for where, each in self._coming.values() if where == cid)
        return frozenset(permission for permissions in given for permission in permissions)

    # -- while it lasts

    async def _hold_those_who_come(self) -> None:
        while True:
            await self._wake.wait()
            await self.context.clock.sleep(GATHER_S)
            self._wake.clear()
            for held in tuple(self._held.values()):
                call = self.context.directory.call(held.cid)
                if call is not None and held.permissions:
                    await self._hold_new_people(held, call)

    async def _hold_if_nobody_does(self, cid: str) -> None:
        """The console that suspended the call may be gone."""
        await self.context.clock.sleep(COLLEAGUE_S)
        held, call = self._held.get(cid), self.context.directory.call(cid)
        if held is not None and call is not None and held.permissions:
            await self._hold_new_people(held, call, also_for=held.by)
        self._waits_for_colleague.discard(cid)

    async def _hold_new_people(self, held: Suspension, call: Call, also_for: str = "") -> None:
        if held.by != also_for:
            if held.cid not in self._waits_for_colleague:
                self._waits_for_colleague.add(held.cid)
                self._tasks.spawn(self._hold_if_nobody_does(held.cid), name="suspended call")
            return
        looked_at = self._looked_at.setdefault(held.cid, set())
        # Or an engine that has just begun would ask for an act on whoever may not send anyway.
        await learn_roles(self.context, call, self._changed)
        new = [
            person.user_id
            for person, _ in self._to_take(held.cid, held.permissions)
            if person.user_id not in looked_at and held.find(person.user_id) is None
        ]
        looked_at.update(new)
        if not new:
            return
        only_microphones = held.permissions == permissions_of(spec_of(TAKE_MICROPHONES))
        act_id = uuid.uuid4().hex
        self._of_newcomers.add(act_id)
        await self.context.request_act(
            Act(
                act_id=act_id,
                kind=TAKE_MICROPHONES if only_microphones else SUSPEND_CALL,
                cid=held.cid,
                requested_at=self.context.clock.now(),
                session_id=call.session_id,
                call_name=call.name,
                user_ids=tuple(new),
                reason="They came into the suspended call.",
                by=self.context.user_id,
            )
        )
        self._of_newcomers.discard(act_id)

    async def _keep(self, cid: str, held: Suspension | None) -> None:
        """Write down what is held in a call now, None for nothing, and tell the team.

        Raises:
            WorldError: it could not be written down; nothing was changed.
        """
        before = self._held.get(cid)
        await self._write(cid, held)
        for word in words_of(before, self._held.get(cid)):
            self.context.tell_team(word)

    async def _write(self, cid: str, held: Suspension | None) -> None:
        if held is None or not (held.people or held.permissions):
            await self.context.store.forget_suspension(cid)
            self._held.pop(cid, None)
            self._looked_at.pop(cid, None)
        else:
            await self.context.store.keep_suspension(held)
            self._held[cid] = held
        self._show(cid)

    def _show(self, cid: str) -> None:
        held = self._held.get(cid)
        self.context.directory.hold(
            cid,
            suspended=held.permissions if held else frozenset(),
            to_give_back=len(held.people) if held else 0,
        )
        with contextlib.suppress(RuntimeError):  # the loop is closing
            self.context.publisher.publish_soon()


def _naming(act: Act, people: Iterable[tuple[HeldRights, frozenset[str]]]) -> Act:
    named = list(people)
    return replace(
        act,
        user_ids=tuple(person.user_id for person, _ in named),
        names=tuple(person.name for person, _ in named),
        each=tuple(tuple(sorted(permissions)) for _, permissions in named),
    )
