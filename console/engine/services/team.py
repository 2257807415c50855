"""The team: tells colleagues what is done here, and takes in what they do.

Off where the profile names no channel. Who says something is who Stream says it is. Nothing that
comes from the channel acts on anybody, but what a moderator suspended stays suspended for those who
come, also when that console is gone.
"""

import asyncio
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import msgspec

from console.base.errors import WorldError
from console.domain.about_person import Note, WatchMark
from console.domain.act import Act
from console.domain.item import Item
from console.domain.raised import RaisedItem
from console.domain.team import (
    BEAT_S,
    GONE_S,
    SharedVerdict,
    TeamMember,
    Told,
    Took,
    Word,
)
from console.domain.verdict import Source, Verdict
from console.engine.services.service import Service, SessionContext
from console.engine.team.book import TeamBook, given_back_by
from console.engine.team.envelope import (
    FIELD,
    VERSION,
    Beat,
    NotOursError,
    unpack,
    unpack_beat,
)
from console.engine.team.guard import (
    OF_MODERATORS,
    is_moderator,
    who_should_not_read,
    why_not_believed,
    why_not_this_channel,
)
from console.engine.team.line import CHANNELS, TeamEvent, TeamLine, TeamMessage
from console.engine.team.outgoing import Outgoing
from console.engine.team.shared_verdicts import EarlyVerdicts, VerdictsToShare, taken_over
from console.engine.team.telling import Telling
from console.engine.wire.refusals import StreamRefusedError
from console.protocol.acts import ActProgress
from console.protocol.team import TeamChanged, TeamTold
from console.protocol.to_window import Heard, Judged

LOOK_S = 1.0
LEAVE_S = 2.0
"""Longest that the end of a sign-in waits to say so."""
KNOWN_MESSAGES = 1_000
"""Messages that are kept to be read anew, and to be known when they come again."""
MOST_LOOKED_AT = 10_000
"""Open items of which it is looked up whether an earlier console of this user holds them."""


class Team(Service):
    """One channel of the team, while this sign-in lasts."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._channel = context.profile.team_channel.strip()
        self._console_id = uuid.uuid4().hex[:16]
        self._book = TeamBook(context.user_id)
        self._known: OrderedDict[str, TeamMessage] = OrderedDict()
        """The last messages that were read, by id."""
        self._in_order = asyncio.Lock()
        """Pages and events come from different tasks; each is read to its end."""
        self._members: tuple[TeamMember, ...] = ()
        self._sentence = ""
        self._joined_at = 0.0
        """Of the monotonic clock; 0.0 before the channel was read."""
        self._unread_since = 0.0
        """Since when nothing can be read (monotonic seconds)."""
        self._refused = ""
        self._cid = ""
        self._beat_at = 0.0
        """When the last beat was sent (monotonic seconds)."""
        self._beat_now = asyncio.Event()
        self._verdicts = VerdictsToShare()
        self._early = EarlyVerdicts()
        self._shown = TeamChanged()
        problem = context.channel.problem
        self._line = TeamLine(context, self._channel, self)
        self._out = Outgoing(
            context.gateway, context.clock, self._channel, self._console_id, problem
        )
        self._telling = Telling(context.user_id, self._book, self._out.tell)

    @property
    def _on(self) -> bool:
        return bool(self._channel) and not self._refused

    async def start(self) -> None:
        if not self._channel or self._refuse():
            return
        self._show()
        self.context.keep_running(self._line.run, "team")
        self.context.keep_running(self._out.run, "team")
        self.context.keep_running(self._beat, "team")
        self.context.keep_running(self._look, "team")

    async def close(self) -> None:
        if not self._joined_at:
            return
        try:
            async with asyncio.timeout(LEAVE_S):
                if len(self._out):
                    await self._out.send_some()
                await self._send_beat(leaves=True)
        except (TimeoutError, StreamRefusedError):
            return  # it is noticed by its silence

    # -- what is done here

    def on_focus(self, cid: str) -> None:
        if cid != self._cid:
            self._cid = cid
            self._beat_now.set()

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
            self._verdicts.offer(verdict)
            self._beat_now.set()

    def on_items(self, heard: Heard) -> None:
        if not self._on:
            return
        for item, verdict in self._early.take([each.item for each in heard.items]):
            self._judge(item, verdict)

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
        if any(message.id not in self._known for message in messages):
            # Holders follow from the order in which Stream got the words, so all are read anew:
            # those too that came while this page was on its way.
            every = {message.id: message for message in (*self._known.values(), *messages)}
            self._book.holders.clear()
            touched: dict[str, Told] = {}
            for message in sorted(every.values(), key=lambda one: (one.created_at.seconds, one.id)):
                touched |= await self._read(message)
            if now - self._joined_at > GONE_S:
                for user_id in self._book.holds_unheard():
                    self._book.free(user_id)
            await self._rule(touched)
        if first:
            await self._let_go()
        elif self._unread_since and now - self._unread_since > GONE_S / 2:
            self._telling.hold_again()
        self._unread_since = 0.0
        self._beat_now.set()
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
        if beat.leaves:
            await self._free({user.id: self._book.leave(beat.console, user.id)})
        elif self._book.beat(
            beat.console,
            user.id,
            user.shown_name,
            beat.cid,
            shares=beat.shares,
            now=now,
            wall=self.context.clock.now(),
        ):
            self._beat_now.set()  # who comes gets to know who is there
        if beat.last and beat.last not in self._known:
            self._line.read_again()
        if beat.console != self._console_id:
            await self._take_verdicts(verdicts, user.shown_name)
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

    async def _read(self, message: TeamMessage) -> dict[str, Told]:
        """Take in a message; the items that somebody took, each with the word that said so."""
        try:
            console_id, words, wrong = unpack(message.custom)
        except NotOursError:
            return {}  # people may write there too
        seen = message.id in self._known
        self._known[message.id] = message
        if len(self._known) > KNOWN_MESSAGES:
            self._known.popitem(last=False)
        for sentence in () if seen else wrong:
            self.context.channel.problem("team", f"A word of a colleague was left out: {sentence}")
        touched: dict[str, Told] = {}
        new = []
        for number, word in enumerate(words):
            told = Told(
                told_id=f"{message.id}/{number}",
                by=message.user.id,
                name=message.user.shown_name,
                at=message.created_at.seconds,
                word=word,
                ours=console_id == self._console_id,
                moderator=is_moderator(message.user.id, self._members),
            )
            touched |= dict.fromkeys(self._book.fold(told), told)
            if seen:
                continue
            if sentence := why_not_believed(told):
                self.context.channel.problem("team", sentence)
                continue
            new.append(told)
            if not told.ours and not isinstance(word, Took):
                self._telling.heard(told)
                await self.context.colleague_told(told)
        shown = tuple(one for one in new if not isinstance(one.word, OF_MODERATORS))
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

    async def _beat(self) -> None:
        clock = self.context.clock
        while True:
            if self._joined_at:
                try:
                    await self._send_beat()
                except StreamRefusedError as error:
                    self.context.channel.problem("team", f"The team was not told: {error}")
                    await clock.sleep(1.0)
            try:
                async with clock.timeout(1.0 if len(self._verdicts) else BEAT_S):
                    await self._beat_now.wait()
            except TimeoutError:
                continue
            # What happens at once goes in one: Stream delivers some five a second (STREAM.md 12.1)
            seldom = clock.monotonic() - self._beat_at > 1.0
            await clock.sleep(0.1 if seldom else 0.4)

    async def _send_beat(self, *, leaves: bool = False) -> None:
        self._beat_now.clear()
        self._beat_at = self.context.clock.monotonic()
        context = self.context
        verdicts = [] if leaves else self._verdicts.take()
        beat = Beat(
            v=VERSION,
            console=self._console_id,
            cid=self._cid,
            shares=context.gateway.may_check,
            leaves=leaves,
            last=self._out.last_id,
            verdicts=[msgspec.to_builtins(one) for one in verdicts],
        )
        event: dict[str, Any] = {"type": FIELD, "custom": msgspec.to_builtins(beat)}
        path = f"{CHANNELS}/{self._channel.replace(':', '/', 1)}/event"
        if context.gateway.actor:  # the app's server is spared the limit for each user
            event["user_id"] = context.gateway.actor
        await context.gateway.ask("POST", path, {"event": event})

    async def _look(self) -> None:
        clock = self.context.clock
        while True:
            await clock.sleep(LOOK_S)
            now = clock.monotonic()
            self._refuse()
            await self._free(self._book.expire(now))
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

    # -- verdicts

    async def _take_verdicts(self, told: Iterable[SharedVerdict], by: str) -> None:
        if self.context.gateway.may_check:
            return  # this console asks Stream itself
        verdicts = [taken_over(each, by, self.context.clock.now()) for each in told]
        if not verdicts:
            return
        store = self.context.store
        try:
            known = await store.known([verdict.item_id for verdict in verdicts])
            await store.keep_verdicts([one for one in verdicts if one.item_id in known])
        except WorldError as error:
            self.context.channel.problem("store", error.sentence)
            return
        for verdict in verdicts:
            judged = known.get(verdict.item_id)
            if judged is None:
                self._early.keep(verdict)
            else:
                self._judge(judged.item, verdict)

    def _judge(self, item: Item, verdict: Verdict) -> None:
        self.context.verdict_kept(item, verdict)
        self.context.channel.put(Judged(verdicts=(verdict,)))

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
            lost=self._out.lost + self._verdicts.lost,
        )
        if shown != self._shown:
            self._shown = shown
            self.context.channel.put(shown)
