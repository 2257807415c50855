"""Holds the door of a call: who comes and is no member is blocked until the door opens.

The console that closed it does the work. Those of colleagues show it, can open it, and go on with
it where that console is gone.
"""

import asyncio
from collections.abc import Callable
from typing import ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.base.tasks import Tasks
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.block import BLOCK, UNBLOCK
from console.domain.acts.refusal import refusal
from console.domain.call import DOOR_MEMBERS, Call, Participant
from console.domain.door import Door
from console.domain.door_told import heard, words_of
from console.domain.team import HeldDoor, Lasting, LetIn, Told
from console.engine.acts.standing import standing
from console.engine.services.service import Received, Service, SessionContext
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.events import CallDeleted, CallEnded, ParticipantJoined
from console.engine.wire.member_events import MemberAdded
from console.engine.wire.members import PAGE, members_page
from console.engine.wire.refusals import StreamRefusedError
from console.protocol.door import DoorSet, SetDoor
from console.store.acts import StoredAct

GATHER_S = 0.2
"""Whoever comes within this time is looked up together with the others."""

COLLEAGUE_S = 6.0
"""So long a colleague's console, silent, has for whoever stands before a door that it holds."""

AGAIN_S = 2.0
"""Seconds before members that could not be read are asked for again."""

REASON = "The door is held: only members may come in."
OPENED = "The door is open again."


class Doors(Service):
    """Answers SetDoor, and keeps at it over a restart.

    Who could not be looked up is let in, and looked up again.
    """

    handles: ClassVar = (SetDoor,)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._doors: dict[str, Door] = {}
        self._opened: dict[str, float] = {}
        """By call, the time since which its last door was held: late words of it count no more."""
        self._waits_for_colleague: set[str] = set()
        self._tasks = Tasks()
        self._told_at: dict[str, float] = {}
        """When a colleague's console said last what it does (monotonic seconds)."""
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()
        """Held from reading a door until its change is written: it takes a moment, in which one
        that is being opened could be written down as held again."""
        context.lasting.append(self._lasting)

    async def start(self) -> None:
        self._doors = {door.cid: door for door in await self.context.store.doors()}
        self.context.keep_running(self._watch, "doors")

    async def close(self) -> None:
        await self._tasks.close()

    async def answer(self, message: SetDoor) -> DoorSet:
        door = self._doors.get(message.cid)
        if message.held:
            await self._hold(message.cid)
        elif door is not None:
            await self._change(message.cid, lambda door: replace(door, held=False, told=False))
            self._wake.set()
        put_out = 0 if message.held or door is None else len(door.put_out)
        return DoorSet(message.request_id, cid=message.cid, held=message.held, put_out=put_out)

    async def on_event(self, received: Received) -> None:
        event = received.event
        if isinstance(event, ParticipantJoined) and event.call_cid in self._doors:
            self._wake.set()
        elif isinstance(event, CallEnded | CallDeleted) and event.call_cid in self._doors:
            await self._forget(self._doors[event.call_cid])
        elif isinstance(event, MemberAdded) and event.call_cid in self._doors:
            for member in event.members:
                await self._let_in(event.call_cid, member.user_id)

    async def on_colleague(self, told: Told) -> None:
        word = told.word
        if not isinstance(word, HeldDoor | LetIn):
            return
        if word.since <= self._opened.get(word.cid, 0.0):
            if isinstance(word, HeldDoor):  # whoever says so was not there when it was opened
                self.context.tell_team(LetIn(word.cid, word.since))
            return
        self._told_at[word.cid] = self.context.clock.monotonic()
        async with self._writing:
            known = self._doors.get(word.cid)
            after = heard(known, told)
            try:
                if after is not None and after != known:
                    await self._write(after)
                elif after is None and known is not None:
                    await self._erase(known)
            except WorldError as error:
                self.context.channel.problem("store", error.sentence)
        self._wake.set()

    def _lasting(self) -> list[Lasting]:
        return [
            Lasting(door.by if door.told else "", words_of(None, door))
            for door in self._doors.values()
        ]

    def on_swept(self, connection_id: str) -> None:
        for cid in self._doors:
            self._show(cid)
        self._wake.set()

    async def _hold(self, cid: str) -> None:
        call = self.context.directory.call(cid)
        if call is None:
            raise WorldError("This call is not active.")
        some = Participant(cid=cid, user_id="somebody", user_session_id="", name="")
        why = refusal(BLOCK, method=self.context.profile.method, call=call, person=some)
        if why:
            raise WorldError(f"The door cannot be held. {why}")
        async with self._writing:
            known = self._doors.get(cid)
            door = Door(
                cid=cid,
                held=True,
                since=self.context.clock.now(),
                by=self.context.user_id,
                inside=frozenset(self._here(cid)),
                put_out=known.put_out if known else {},
                names=known.names if known else {},
            )
            await self._keep(door)

    def _here(self, cid: str) -> dict[str, str]:
        """Names of those who are in the call now, by user id."""
        everyone = self.context.directory.everyone(cid)
        return {person.user_id: person.name for person in everyone if person.user_session_id}

    async def _watch(self) -> None:
        while True:
            await self._wake.wait()
            await self.context.clock.sleep(GATHER_S)
            self._wake.clear()
            for door in tuple(self._doors.values()):
                if not door.told:
                    await self._work_at(door)
                elif door.cid not in self._waits_for_colleague:
                    self._waits_for_colleague.add(door.cid)
                    self._tasks.spawn(self._work_if_nobody_does(door.cid), name="held door")

    async def _work_if_nobody_does(self, cid: str) -> None:
        clock, begun = self.context.clock, 0.0
        while self._told_at.get(cid, 0.0) >= begun:
            begun = clock.monotonic()
            await clock.sleep(COLLEAGUE_S)
        self._waits_for_colleague.discard(cid)
        door = self._doors.get(cid)
        if door is not None:
            await self._work_at(door if door.held else replace(door, told=False))

    async def _work_at(self, door: Door) -> None:
        call = self.context.directory.call(door.cid)
        if not door.held:
            await self._open(door)
        elif call is not None:
            await self._look_at(door, call)

    async def _look_at(self, door: Door, call: Call) -> None:
        here = self._here(door.cid)
        here.pop(self.context.user_id, None)
        strangers = door.strangers(here)
        for at in range(0, len(strangers), PAGE):
            some = strangers[at : at + PAGE]
            try:
                page = await members_page(self.context.gateway, door.cid, user_ids=some)
            except (StreamRefusedError, MalformedAnswerError) as error:
                self.context.channel.problem(
                    f"door of {door.cid}", f"Who is a member could not be read: {error}"
                )
                await self.context.clock.sleep(AGAIN_S)
                self._wake.set()
                return
            members = {member.user_id for member in page.members}
            for user_id in some:
                if user_id in members:
                    await self._let_in(door.cid, user_id)
                else:
                    await self._put_out(call, user_id, here[user_id])

    async def _put_out(self, call: Call, user_id: str, name: str) -> None:
        def put(door: Door) -> Door:
            act_id = f"door-{door.since:.3f}-{call.cid}-{user_id}"
            return door.put(user_id, name, act_id) if door.held else door

        door = await self._change(call.cid, put)
        if door is not None and door.held:
            act_id = door.put_out[user_id]
            await self._request(BLOCK, call.cid, user_id, name, act_id, reason=REASON)

    async def _let_in(self, cid: str, user_id: str) -> None:
        door = self._doors.get(cid)
        if door is None:
            return
        act_id = door.put_out.get(user_id)
        if act_id is not None:
            await self._unblock(door, user_id, act_id)
        await self._change(cid, lambda door: door.let(user_id))

    async def _unblock(self, door: Door, user_id: str, act_id: str) -> None:
        """Lift exactly that block; one that is still under way is followed by its opposite."""
        name = door.names.get(user_id, user_id)
        stored, undone = await self.context.store.act(act_id), ""
        if stored is None:
            if await self._others_block(door, user_id, name, act_id):
                return
        elif stored.receipt.state is ReceiptState.FAILED:
            return
        elif stored.receipt.undoable:
            undone = act_id
        await self._request(
            UNBLOCK, door.cid, user_id, name, f"{act_id}-open", reason=OPENED, undo_of=undone
        )

    async def _others_block(self, door: Door, user_id: str, name: str, act_id: str) -> bool:
        """Whether somebody else blocked whom a colleague's console put out; then it is said."""
        acts = await self.context.store.people.acts_on(user_id)
        their = next((one for one in acts if one.act.act_id == act_id), None)
        if their is None:
            act = Act(
                act_id=act_id, kind=BLOCK, cid=door.cid, requested_at=0.0, user_ids=(user_id,)
            )
            their = StoredAct(act, Receipt(act_id=act_id, state=ReceiptState.SEEN), {})
        by = standing(their, acts, self.context.clock.now()).by
        if by is not None:
            self.context.channel.problem(
                f"door of {door.cid}",
                f"{visible(name)} stays blocked: {visible(by.by) or 'somebody'} blocked them, too.",
            )
        return by is not None

    async def _open(self, door: Door) -> None:
        for user_id in tuple(door.put_out):
            await self._let_in(door.cid, user_id)
        await self._forget(door)

    async def _request(
        self,
        kind: str,
        cid: str,
        user_id: str,
        name: str,
        act_id: str,
        *,
        reason: str,
        undo_of: str = "",
    ) -> None:
        call = self.context.directory.call(cid)
        await self.context.request_act(
            Act(
                act_id=act_id,
                kind=kind,
                cid=cid,
                requested_at=self.context.clock.now(),
                session_id=call.session_id if call else "",
                call_name=call.name if call else cid,
                user_ids=(user_id,),
                names=(name,),
                by=self.context.user_id,
                reason=reason,
                undo_of=undo_of,
            )
        )

    async def _change(self, cid: str, change: Callable[[Door], Door]) -> Door | None:
        """The door of this call as ``change`` leaves it; None where there is none any more.

        Raises:
            WorldError: it could not be written down; nothing was changed.
        """
        async with self._writing:
            door = self._doors.get(cid)
            if door is None:
                return None
            changed = change(door)
            if changed != door:
                await self._keep(changed)
            return changed

    async def _keep(self, door: Door) -> None:
        """Write it down and tell the team.

        Raises:
            WorldError: it could not be written down; nothing was changed.
        """
        before = self._doors.get(door.cid)
        await self._write(door)
        self._tell(before, door)

    async def _forget(self, door: Door) -> None:
        """Nothing of ``door`` is left, unless somebody held it anew meanwhile."""
        async with self._writing:
            present = self._doors.get(door.cid)
            if present is None or present.since != door.since:
                return
            await self._erase(door)
            if not door.told:
                self._tell(door, None)

    def _tell(self, before: Door | None, after: Door | None) -> None:
        for word in words_of(before, after):
            self.context.tell_team(word)

    async def _write(self, door: Door) -> None:
        await self.context.store.keep_door(door)
        self._doors[door.cid] = door
        self._show(door.cid)

    async def _erase(self, door: Door) -> None:
        await self.context.store.forget_door(door.cid)
        self._doors.pop(door.cid, None)
        self._opened[door.cid] = door.since
        self._show(door.cid)

    def _show(self, cid: str) -> None:
        door = self._doors.get(cid)
        self.context.directory.hold(cid, door=DOOR_MEMBERS if door and door.held else "")
        self.context.publisher.publish_soon()
