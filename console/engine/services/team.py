"""The team: tells colleagues what is done here, and takes in what they do.

Off where the profile names no channel. Who says something is who Stream says it is. Nothing that
comes from the channel acts on anybody, but what a moderator suspended, or closed to all but
members, stays so for those who come, also when that console is gone.
"""

import asyncio
import uuid
from functools import partial

import msgspec

from console.domain.about_person import Note, WatchMark
from console.domain.act import Act
from console.domain.item import Item
from console.domain.raised import RaisedItem
from console.domain.team import (
    GONE_S,
    TeamMember,
    Told,
    Took,
    Word,
)
from console.domain.verdict import Source, Verdict
from console.engine.services.service import Service, SessionContext
from console.engine.team.book import TeamBook, given_back_by
from console.engine.team.envelope import (
    NotOursError,
    unpack_beat,
)
from console.engine.team.guard import (
    OF_MODERATORS,
    who_should_not_read,
    why_not_this_channel,
)
from console.engine.team.heartbeat import Heartbeat
from console.engine.team.lasting import to_tell
from console.engine.team.line import TeamEvent, TeamLine, TeamMessage
from console.engine.team.outgoing import Outgoing
from console.engine.team.reading import Reading
from console.engine.team.telling import Telling
from console.engine.team.verdicts_of_colleagues import VerdictsOfColleagues
from console.engine.wire.refusals import StreamRefusedError
from console.protocol.acts import ActProgress
from console.protocol.team import TeamChanged, TeamTold
from console.protocol.to_window import Heard

LOOK_S = 1.0
LEAVE_S = 2.0
"""Longest that the end of a sign-in waits to say so."""
MOST_LOOKED_AT = 10_000
"""Open items of which it is looked up whether an earlier console of this user holds them."""


class Team(Service):
    """One channel of the team, while this sign-in lasts."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._channel = context.profile.team_channel.strip()
        self._console_id = uuid.uuid4().hex[:16]
        self._book = TeamBook(context.user_id)
        self._in_order = asyncio.Lock()
        """Pages and events come from different tasks; each is read to its end."""
        self._members: tuple[TeamMember, ...] = ()
        self._sentence = ""
        self._joined_at = 0.0
        """Of the monotonic clock; 0.0 before the channel was read."""
        self._unread_since = 0.0
        """Since when nothing can be read (monotonic seconds)."""
        self._refused = ""
        self._says_it_acts = False
        self._newcomers: set[str] = set()
        """Users whose consoles came since the channel was read."""
        self._verdicts = VerdictsOfColleagues(context)
        self._shown = TeamChanged()
        problem = context.channel.problem
        self._reading = Reading(self._console_id, partial(problem, "team"))
        self._line = TeamLine(context, self._channel, self)
        self._out = Outgoing(
            context.gateway, context.clock, self._channel, self._console_id, problem
        )
        self._telling = Telling(context.user_id, self._book, self._out.tell)
        self._heart = Heartbeat(
            context,
            self._channel,
            self._console_id,
            joined=lambda: bool(self._joined_at),
            last_id=lambda: self._out.last_id,
        )

    @property
    def _on(self) -> bool:
        return bool(self._channel) and not self._refused

    async def start(self) -> None:
        if not self._channel or self._refuse():
            return
        self._show()
        self.context.keep_running(self._line.run, "team")
        self.context.keep_running(self._out.run, "team")
        self.context.keep_running(self._heart.run, "team")
        self.context.keep_running(self._look, "team")

    async def close(self) -> None:
        if not self._joined_at:
            return
        try:
            async with asyncio.timeout(LEAVE_S):
                if len(self._out):
                    await self._out.send_some()
                await self._heart.send(leaves=True)
        except (TimeoutError, StreamRefusedError):
            return  # it is noticed by its silence

    # -- what is done here

    def on_focus(self, cid: str) -> None:
        if cid != self._heart.cid:
            self._heart.cid = cid
            self._heart.soon()

    def on_raised(self, changed: list[RaisedItem], undone: str = "") -> None:
        if self._joined_at:
            self._telling.raised(changed, undone)

    def on_act(self, progress: ActProgress) -> None:
        if self._joined_at:
            self._telling.act(progress)

    def on_time_changed(self, act: Act) -> None:
        if self._joined_at:
            self._telling.time_changed(act)

    def on_word(self, word: Word) -> None:
        if self._joined_at:
            self._out.tell(word)

    def on_note(self, note: Note) -> None:
        if self._joined_at:
            self._telling.note(note)

    def on_mark(self, mark: WatchMark) -> None:
        if self._joined_at:
            self._telling.mark(mark)

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        if self._joined_at and verdict.source is Source.STREAM:
            self._heart.share(verdict)

    def on_items(self, heard: Heard) -> None:
        if self._on:
            self._verdicts.on_items([each.item for each in heard.items])

    # -- what comes in (line.Reader)

    async def on_history(self, messages: list[TeamMessage], members: list[TeamMember]) -> None:
        async with self._in_order:
            await self._take_page(messages, members)

    async def _take_page(self, messages: list[TeamMessage], members: list[TeamMember]) -> None:
        self._members = tuple(members)
        if self._refuse():
            return
        first, now = not self._joined_at, self.context.clock.monotonic()
        if first:
            self._joined_at = now
        if any(message.id not in self._reading for message in messages):
            # Holders follow from the order in which Stream got the words, so all are read anew:
            # those too that came while this page was on its way.
            self._book.holders.clear()
            touched: dict[str, Told] = {}
            for message in self._reading.together_with(messages):
                touched |= await self._read(message)
            if now - self._joined_at > GONE_S:
                for user_id in self._book.holds_unheard():
                    self._book.free(user_id)
            await self._rule(touched)
        if first:
            await self._let_go()
        if first or self._newcomers:
            self._tell_what_lasts()
        elif self._unread_since and now - self._unread_since > GONE_S / 2:
            self._telling.hold_again()
        self._unread_since = 0.0
        self._heart.soon()
        self._show()

    async def on_message(self, message: TeamMessage) -> None:
        async with self._in_order:
            if self._joined_at:
                await self._rule(await self._read(message))
                self._show()

    async def on_told(self, event: TeamEvent) -> None:
        try:
            beat, verdicts = unpack_beat(event.custom)
        except NotOursError:
            return
        user, now = event.user, self.context.clock.monotonic()
        comes = not (beat.leaves or self._book.knows(beat.console))
        if beat.leaves:
            await self._free({user.id: self._book.leave(beat.console, user.id)})
        elif self._book.beat(
            beat.console,
            user.id,
            user.shown_name,
            beat.cid,
            shares=beat.shares,
            acts=beat.acts,
            now=now,
            wall=self.context.clock.now(),
        ):
            self._heart.soon()  # who comes gets to know who is there
        if beat.last and beat.last not in self._reading:
            self._line.read_again()
        if beat.console != self._console_id:
            if comes and self._joined_at:
                self._newcomers.add(user.id)
                self._line.read_again()  # what they can read as well is not said again
            await self._verdicts.take(verdicts, user.shown_name)
        self._order_rules()
        self._show()

    def on_line(self, sentence: str) -> None:
        self._sentence = sentence
        if sentence and not self._unread_since:
            self._unread_since = self.context.clock.monotonic()
        self._show()

    async def _let_go(self) -> None:
        """What an earlier console of this user held is free: it ended, and maybe not by itself."""
        self._telling.let_go()
        me = self.context.user_id
        held = await self.context.store.raised.before(most_open=MOST_LOOKED_AT, most_ended=0)
        ours = [one.item_id for one in held.open if one.handling.holder == me]
        await self._free({me: ours})

    def _order_rules(self) -> None:
        acting = self.context.acting
        acting.another_first = bool(self._joined_at) and self._book.acts_before(self._console_id)
        if acting.here != self._says_it_acts:
            self._says_it_acts = acting.here
            self._heart.soon()

    def _tell_what_lasts(self) -> None:
        """Who just joined, or this console itself, may not have been there when it was said."""
        there = {one.user_id for one in self._book.colleagues()} - self._newcomers
        self._newcomers.clear()
        every = (each for lasting in self.context.lasting for each in lasting())
        said = self._reading.lately_said()
        for word in to_tell(every, said, there, self.context.user_id):
            self._out.tell(word)

    async def _read(self, message: TeamMessage) -> dict[str, Told]:
        """Take in a message; the items that somebody took, each with the word that said so."""
        found = self._reading.read(message, self._members)
        touched: dict[str, Told] = {}
        for told in found.every:
            touched |= dict.fromkeys(self._book.fold(told), told)
        for told in found.fresh:
            if not told.ours and not isinstance(told.word, Took):
                self._telling.heard(told)
                await self.context.colleague_told(told)
        shown = tuple(one for one in found.fresh if not isinstance(one.word, OF_MODERATORS))
        if shown:  # the act itself is told, too
            self.context.channel.put(TeamTold(shown))
        return touched

    async def _rule(self, touched: dict[str, Told]) -> None:
        """Whoever the order of the words makes the holder of an item, holds it here too."""
        for item_id, told in touched.items():
            if holder := self._book.holders.get(item_id, ""):
                ruling = msgspec.structs.replace(
                    told, told_id=f"{told.told_id}/{item_id}", by=holder, word=Took((item_id,))
                )
                await self.context.colleague_told(ruling)

    # -- who is there

    async def _look(self) -> None:
        clock = self.context.clock
        while True:
            await clock.sleep(LOOK_S)
            now = clock.monotonic()
            self._refuse()
            await self._free(self._book.expire(now))
            self._order_rules()
            if self._joined_at and now - self._joined_at > GONE_S:
                for user_id, item_ids in self._book.holds_unheard().items():
                    self._book.free(user_id)
                    await self._free({user_id: item_ids})
            self._show()

    async def _free(self, held: dict[str, list[str]]) -> None:
        """What these users held is free: their consoles are gone."""
        for user_id, item_ids in held.items():
            for told in given_back_by(user_id, item_ids, self.context.clock.now()):
                await self.context.colleague_told(told)
                self.context.channel.put(TeamTold((told,)))

    # -- the window

    def _refuse(self) -> bool:
        """Tell nothing where the channel cannot be the team's: a call may have got its id."""
        call_ids = [call.id for call in self.context.directory.calls()]
        self._refused = why_not_this_channel(self._channel, call_ids)
        if self._refused:
            self._joined_at = 0.0
            self._show()
        return bool(self._refused)

    def _show(self) -> None:
        outsiders = who_should_not_read(self._members)
        shown = TeamChanged(
            channel=self._channel,
            joined=bool(self._joined_at) and not self._sentence,
            sentence=self._refused or self._sentence,
            members=self._members,
            outsiders=tuple(member.user_id for member in outsiders),
            colleagues=self._book.colleagues(),
            lost=self._out.lost + self._heart.lost,
        )
        if shown != self._shown:
            self._shown = shown
            self.context.channel.put(shown)
